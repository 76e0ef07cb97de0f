"""The cards and the row of keys below them, drawn as one screen: a letter is enough."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Final

from prompt_toolkit.formatted_text import (
    ANSI,
    StyleAndTextTuples,
    to_formatted_text,
)
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import Dimension, Window
from prompt_toolkit.layout.controls import FormattedTextControl

from cryrec.conversation.prompts import screen
from cryrec.conversation.prompts.choices import (
    ENTER,
    ESCAPE,
    Key,
    Press,
    Row,
    Table,
)
from cryrec.terminal import height, width

LINK: Final = re.compile(r"\x1b\]8;[^\x1b\x07]*(?:\x1b\\|\x07)")
"""A terminal's link, which what draws here would print as text."""

SIGNS: Final = {ENTER: "\u21b5", ESCAPE: "Esc"}
"""What keys without a letter are called in the row."""

FRONT: Final = 10
"""Cells of what stands in front of the rows."""

BROAD: Final = 80
"""Cells of a line below which the rows run on into one another, and nothing stands in front."""

GAP: Final = "  "

ARROWS: Final = {"up": -1, "left": -1, "down": 1, "right": 1}

Piece = tuple[str, str]
"""A style, and text in it."""

Line = list[Piece]


class KeyRow:
    """The screen while one card is chosen; it is drawn anew whenever that changes."""

    def __init__(self, table: Table, chosen: int) -> None:
        self.table = table
        self.chosen = chosen
        self.said = table.said
        self._cards = cache(self._parsed)

    def ask(self) -> Press:
        """Draw until an open key is pressed."""
        keys = FormattedTextControl(self._keys, show_cursor=False)
        parts = [Window(keys, height=self._height)]
        if self.table.draw:
            cards = FormattedTextControl(self._shown_cards, show_cursor=False)
            parts.insert(0, Window(cards, dont_extend_height=True))
        press: Press = screen.run(screen.application(parts, self._bindings()))
        return press

    # --- what is on the screen

    def _shown_cards(self) -> StyleAndTextTuples:
        return self._cards(self.chosen, width(), height())

    def _parsed(self, chosen: int, *_: int) -> StyleAndTextTuples:
        """The cards as text in pieces; the size of the screen is part of what they are."""
        return to_formatted_text(ANSI(drawn_cards(self.table, chosen)))

    def _below(self) -> list[Line]:
        return lines_below(self.table, self.chosen, self.said)

    def _height(self) -> Dimension:
        return Dimension.exact(len(self._below()))

    def _keys(self) -> StyleAndTextTuples:
        lines = self._below()
        pieces = [piece for line in lines for piece in (*line, ("", "\n"))]
        return list(pieces[:-1])

    # --- what the keys do

    def _bindings(self) -> KeyBindings:
        bindings = KeyBindings()
        screen.bind_leaving(bindings)
        screen.bind_keys(bindings, self._type)
        bindings.add(Keys.BracketedPaste, eager=True)(lambda _: None)
        for arrow, step in ARROWS.items():
            bindings.add(arrow, eager=True)(self._mover(step))
        for name in (ENTER, ESCAPE):
            bindings.add(name, eager=True)(self._presser(name))
        return bindings

    def _mover(self, step: int) -> Callable[[KeyPressEvent], None]:
        return lambda _: self._choose(self.chosen + step)

    def _presser(self, name: str) -> Callable[[KeyPressEvent], None]:
        return lambda event: self._press(event, name)

    def _choose(self, place: int) -> None:
        if self.table.cards:
            self.chosen = place % len(self.table.cards)
            self.said = self.table.said

    def _type(self, event: KeyPressEvent) -> None:
        typed = event.data.strip()
        if typed in places(self.table):
            self._choose(int(typed) - 1)
        elif typed.isprintable() and typed:
            self._press(event, typed)

    def _press(self, event: KeyPressEvent, typed: str) -> None:
        """Take an open key; of any other, say why it leads nowhere."""
        key = self.table.key(self.chosen, typed)
        if key and key.open:
            event.app.exit(result=Press(key.key, self.chosen))
        elif key is None and self.table.any_key:
            event.app.exit(result=Press(ENTER, self.chosen))
        else:
            self.said = (key.does if key else no_such_key(typed),)


def no_such_key(typed: str) -> str:
    """What is said of a key that the row does not have."""
    called = SIGNS.get(typed, typed)
    return f"{called} does nothing here; ? explains the keys"


def places(table: Table) -> tuple[str, ...]:
    """The digits that choose a card."""
    count = min(9, len(table.cards))
    return tuple(str(place + 1) for place in range(count))


def drawn_cards(table: Table, chosen: int) -> str:
    """The cards, without what the screen cannot show, and with room for what stands below them."""
    assert table.draw
    below = lines_below(table, chosen, table.said)
    text = table.draw(chosen, len(below))
    return LINK.sub("", text).strip("\n")


def holds(table: Table) -> bool:
    """Whether cards, keys, and what is said between them fit the screen together."""
    for chosen in range(max(1, len(table.cards))):
        below = lines_below(table, chosen, table.said)
        cards = drawn_cards(table, chosen).count("\n") + 1
        if cards + len(below) > height():
            return False
    return True


def lines_below(table: Table, chosen: int, said: Sequence[str]) -> list[Line]:
    """What is said, in at least one line under cards, and the rows of keys."""
    lines: list[Line] = [[("", line)] for line in _folded(said)]
    if table.draw and not lines:
        lines.append([])
    if table.cards and not table.draw:
        lines.append([])
        lines.append(_name_of_card(table.cards[chosen], chosen))
    rows = _rows_with_digits(table, chosen)
    return [*lines, *laid_out(rows, width())]


def _rows_with_digits(table: Table, chosen: int) -> list[Row]:
    """The rows of keys; the digits that choose a card lead the last one."""
    *rows, last = table.rows(chosen)
    digits = places(table)
    if len(digits) > 1:
        choosing = Key(f"1-{digits[-1]}", "choose", "choose a card")
        last = last._replace(keys=(choosing, *last.keys))
    return [*rows, last]


def _folded(paragraphs: Sequence[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        yield from textwrap.wrap(
            paragraph, width() - 1, initial_indent=" ", subsequent_indent=" "
        )


def _name_of_card(name: str, place: int) -> Line:
    """Which card is chosen, where the cards themselves have been written above."""
    return [("class:key", f" {place + 1}"), ("class:label", f"  {name}")]


def laid_out(rows: Sequence[Row], cells: int) -> list[Line]:
    """The rows as lines of at most `cells`; a key is never torn from its name."""
    if cells < BROAD:
        keys = [key for row in rows for key in row.keys]
        return _flowed(keys, " ", cells)
    lines: list[Line] = []
    for row in rows:
        head = f" {row.front}".ljust(FRONT)
        lines += _flowed(row.keys, head, cells)
    return lines


def _flowed(keys: Sequence[Key], head: str, cells: int) -> list[Line]:
    """The keys behind `head`, which is blank from the second line on."""
    lines: list[Line] = []
    line: Line = [("", head)]
    for key in keys:
        longer: Line = [*line, ("", GAP), *_named(key)]
        if len(line) == 1:
            line = [*line, *_named(key)]
        elif _size(longer) <= cells:
            line = longer
        else:
            lines.append(line)
            line = [("", " " * len(head)), *_named(key)]
    return [*lines, line]


def _size(line: Line) -> int:
    return sum(len(text) for _, text in line)


def _named(key: Key) -> Line:
    """A key and its name; one that leads nowhere has nothing bright about it."""
    sign = SIGNS.get(key.key, key.key)
    label = f" {key.label}" if key.label else ""
    if not key.open:
        return [("class:closed", f"({sign}{label})")]
    return [("class:key", sign), ("", label)]
