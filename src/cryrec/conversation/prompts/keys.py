"""The cards and the row of keys below them, drawn as one screen: a letter is enough."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Final

from prompt_toolkit.formatted_text import ANSI, StyleAndTextTuples, to_formatted_text
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import Window
from prompt_toolkit.layout.controls import FormattedTextControl

from cryrec.conversation.prompts import screen
from cryrec.conversation.prompts.choices import ENTER, Key, Press, Row, Table
from cryrec.terminal import height, width

LINK: Final = re.compile(r"\x1b\]8;[^\x1b\x07]*(?:\x1b\\|\x07)")
"""A terminal's link, which what draws here would print as text."""

FRONT: Final = 12
"""Cells of what stands in front of a row."""

NARROW: Final = 60
"""Cells of a line below which nothing stands in front of a row."""

BACK_KEY: Final = "b"
"""The key that Escape stands for; without one it is Enter."""

Piece = tuple[str, str]
"""A style, and text in it."""


class KeyRow:
    """The screen while one card is chosen; it is drawn anew whenever that changes."""

    def __init__(self, table: Table, chosen: int) -> None:
        self.table = table
        self.chosen = chosen
        self._cards = cache(self._parsed)

    def ask(self) -> Press:
        """Draw until an open key is pressed."""
        parts = [Window(FormattedTextControl(self._keys), dont_extend_height=True)]
        if self.table.draw:
            cards = FormattedTextControl(self._shown_cards, show_cursor=False)
            parts.insert(0, Window(cards, dont_extend_height=True))
        press: Press = screen.run(screen.application(parts, self._bindings()))
        return press

    def _shown_cards(self) -> StyleAndTextTuples:
        return self._cards(self.chosen, width())

    def _parsed(self, chosen: int, _: int) -> StyleAndTextTuples:
        """The cards as text in pieces; the width is part of what they were made for."""
        assert self.table.draw
        text = LINK.sub("", self.table.draw(chosen)).strip("\n")
        return to_formatted_text(ANSI(f"{text}\n"))

    def _keys(self) -> StyleAndTextTuples:
        said: StyleAndTextTuples = [("", f"{line}\n") for line in _folded(self.table.said)]
        lines = laid_out(self.table.rows(self.chosen), width())
        pieces: StyleAndTextTuples = [piece for line in lines for piece in (*line, ("", "\n"))]
        return [*said, *pieces[:-1]]

    # --- what the keys do

    def _bindings(self) -> KeyBindings:
        bindings = KeyBindings()
        screen.bind_leaving(bindings)
        screen.bind_typing(bindings, lambda text: None)
        for arrow, by in {"up": -1, "left": -1, "down": 1, "right": 1}.items():
            bindings.add(arrow, eager=True)(lambda _, by=by: self._choose(self.chosen + by))
        for place in range(min(9, len(self.table.cards))):
            bindings.add(str(place + 1), eager=True)(lambda _, place=place: self._choose(place))
        keys = [key.key for key in self.table.keys(self.chosen)]
        for key in keys:
            bindings.add(key, eager=True)(lambda event, key=key: self._press(event, key))
        going_back = BACK_KEY if BACK_KEY in keys else ENTER
        bindings.add("escape", eager=True)(lambda event: self._press(event, going_back))
        return bindings

    def _choose(self, place: int) -> None:
        if self.table.cards:
            self.chosen = place % len(self.table.cards)

    def _press(self, event: KeyPressEvent, key: str) -> None:
        if key in [each.key for each in self.table.open_keys(self.chosen)]:
            event.app.exit(result=Press(key, self.chosen))


def holds(table: Table) -> bool:
    """Whether cards, keys, and a line between them that says something fit the screen together."""
    assert table.draw
    cards = len(table.draw(0).strip("\n").split("\n"))
    keys = max(len(laid_out(table.rows(place), width())) for place in range(len(table.cards)))
    return cards + 1 + keys <= height()


def _folded(text: str) -> list[str]:
    return textwrap.wrap(text, width(), initial_indent=" ", subsequent_indent=" ")


def laid_out(rows: Iterable[Row], cells: int) -> list[list[Piece]]:
    """The rows as lines of at most `cells`; a key is never torn from its name."""
    lines: list[list[Piece]] = []
    for front, keys in rows:
        margin = FRONT if cells >= NARROW else 1
        head = f" {front}".ljust(margin)[:margin]
        lines += _flowed(head, [_named(key) for key in keys], cells)
    return lines


def _flowed(head: str, keys: Sequence[list[Piece]], cells: int) -> list[list[Piece]]:
    lines: list[list[Piece]] = [[("class:help", head)]]
    used = len(head)
    for pieces in keys:
        size = sum(len(text) for _, text in pieces)
        if used + size > cells and used > len(head):
            lines.append([("", " " * len(head))])
            used = len(head)
        lines[-1] += [*pieces, ("", GAP)]
        used += size + len(GAP)
    return [line[:-1] for line in lines]


GAP: Final = "  "


def _named(key: Key) -> list[Piece]:
    """A key and its name; dimmed as a whole where it leads nowhere."""
    sign = "\u21b5" if key.key == ENTER else key.key
    if not key.open:
        return [("class:disabled", f"{sign} {key.label}")]
    return [("class:key", sign), ("", f" {key.label}")]
