"""Lines, rows and rules: how words are laid out to the width, in cells, with what stdout can show.

The only importer of Rich, and only of its text: a console takes longer to import than a card to
draw.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final, cast

from rich.cells import cell_len as cell_len
from rich.color import ColorSystem
from rich.style import Style as Style
from rich.text import Span
from rich.text import Text as Text

from cryrec.models import MOST_TISSUES
from cryrec.terminal import Look, ascii_only, has_columns

if TYPE_CHECKING:
    from rich.console import Console

WIDEST_CARD: Final = 100
"""Cells beyond which lines of prose are harder to read, not easier."""

LABELS: Final = 13
"""Cells of the column of labels; below `ROOMY` cells a label stands in the line instead."""

ROOMY: Final = 60

# What carries nothing a reader needs is dimmed, and nothing else: half the themes with a light
# ground leave dimmed words unreadable, and none of the sixteen colours is a grey in all of them.
PLAIN: Final = Style.null()
STRONG: Final = Style(bold=True)
FAINT: Final = Style(dim=True)
TISSUES: Final = Style(color="magenta")
MARK: Final = Style(bold=True, color="cyan")

_MEASURE: Final = cast("Console", None)
"""Wrapping asks for a console, but only justified text uses it; a real one takes 8 ms to import."""


class Layout:
    """Words become lines of at most `width` cells, in characters that `look` allows."""

    def __init__(self, look: Look, widest: int = WIDEST_CARD) -> None:
        self.look = look
        self.width = min(look.width, widest)

    # --- characters

    @property
    def separator(self) -> str:
        """What stands between two facts in a line."""
        return " \u00b7 " if self.look.unicode else " - "

    def spelled(self, words: str) -> str:
        """The words in characters that stdout can show."""
        return words if self.look.unicode else ascii_only(words)

    def joined(self, *facts: str | None) -> str:
        """The facts that are known, in one line."""
        known_facts = [fact for fact in facts if fact]
        return self.spelled(self.separator.join(known_facts))

    def tissues(self, count: int | None) -> Text:
        """One to five tissues as a shape of five cells, or of seven in ASCII; None is no shape."""
        if count is None:
            return Text()
        missing = MOST_TISSUES - count
        if self.look.unicode:
            full = ("\u25b0" * count, TISSUES)
            empty = ("\u25b1" * missing, FAINT)
            return Text.assemble(full, empty)
        return Text.assemble("[", ("#" * count, TISSUES), "." * missing, "]")

    # --- lines

    def wrapped(
        self, text: Text | str, indent: int = 0, hang: int = 0
    ) -> list[Text]:
        """`text` broken between words, `indent`ed, all lines but the first by `hang` more."""
        room = max(1, self.width - indent - hang)
        body = _broken(_text(text), room)
        first_margin = " " * indent
        further_margin = " " * (indent + hang)
        return _beside_first(first_margin, further_margin, body)

    def whole(self, text: Text, hang: int = 0) -> list[Text]:
        """One thing of a list: whole in a pipe that names no width, so that grep sees all of it."""
        if not self.look.live and not has_columns():
            return [text]
        return self.wrapped(text, hang=hang)

    def row(self, label: str, text: Text | str) -> list[Text]:
        """A labelled fact: label in a column of its own, or in the line where there is no room."""
        if self.width < ROOMY:
            inline_label = f"{label}: " if label else ""
            return self.wrapped(beside(inline_label, text), hang=2)
        body = _broken(_text(text), self.width - LABELS)
        return _beside_first(f"{label:<{LABELS}}", " " * LABELS, body)

    @property
    def indent(self) -> int:
        """Where the second line of a labelled fact begins."""
        return LABELS if self.width >= ROOMY else 2

    def rule(self, words: str) -> list[Text]:
        """The line above a card: drawn on a terminal, two hyphens in a pipe."""
        if not self.look.drawn:
            return self.wrapped(f"-- {words}")
        beginning = Text.assemble(("\u2500\u2500 ", FAINT), f"{words} ")
        room = self.width - beginning.cell_len
        if room < 0:
            return self.wrapped(words)
        return [beginning.append("\u2500" * room, FAINT)]

    def spread(self, left: Text | str, right: Text | str) -> Text:
        """Two ends of one line; the left one is shortened where both do not fit."""
        right_end = _text(right)
        room = self.width - right_end.cell_len - 2
        if room < 1 or not right_end:
            return self.shortened(left or right_end, self.width)
        left_end = self.shortened(left, room)
        return beside(padded(left_end, room + 2), right_end)

    @property
    def ellipsis(self) -> str:
        """What stands for what is missing at the end of a line."""
        return "\u2026" if self.look.unicode else "..."

    def shortened(self, text: Text | str, cells: int) -> Text:
        """`text` in at most so many cells, with an ellipsis where something is missing."""
        return shortened(_text(text), cells, self.ellipsis)

    def without_last(self, lines: Sequence[Text]) -> list[Text]:
        """Lines of prose without the last one, and a sign of that behind the last whole word."""
        *earlier, last = lines[:-1]
        room = self.width - len(self.ellipsis)
        while last.cell_len > room and " " in last.plain:
            last_space = last.plain.rindex(" ")
            last = last[:last_space]
        ending = self.shortened(last, room).append(self.ellipsis)
        return [*earlier, ending]

    # --- text

    def drawn(self, lines: Sequence[Text]) -> str:
        """The lines as text, with escapes only where stdout shows style."""
        written = self._escaped if self.look.styled else _unstyled
        return "".join(f"{written(line)}\n" for line in lines)

    def _escaped(self, line: Text) -> str:
        """The line with its styles as escapes of the terminal's own 16 colours."""
        return "".join(
            self._painted(words, style) for words, style in runs(line)
        )

    def _painted(self, words: str, style: Style) -> str:
        unlinked = style.update_link(None) if style.link else style
        painted = unlinked.render(words, color_system=ColorSystem.STANDARD)
        if style.link and self.look.live:
            return f"\x1b]8;;{style.link}\x1b\\{painted}\x1b]8;;\x1b\\"
        return painted


def runs(line: Text) -> Iterator[tuple[str, Style]]:
    """A line in pieces of one style each."""
    cuts = {0, len(line)}
    for span in line.spans:
        cuts |= {span.start, span.end}
    for start, end in pairwise(sorted(cuts)):
        styles = [line.style]
        styles += [
            span.style for span in line.spans if _covers(span, start, end)
        ]
        known_styles = [style for style in styles if isinstance(style, Style)]
        style = Style.combine(known_styles) if known_styles else PLAIN
        yield line.plain[start:end], style


def _covers(span: Span, start: int, end: int) -> bool:
    return span.start <= start and end <= span.end


def _unstyled(line: Text) -> str:
    return line.plain


def _beside_first(
    first: str, further: str, lines: Iterable[Text]
) -> list[Text]:
    """The lines, with one thing before the first of them and another before all others."""
    return [
        beside(first if number == 0 else further, line)
        for number, line in enumerate(lines)
    ]


def shortened(text: Text, cells: int, ellipsis: str) -> Text:
    """`text` in at most so many cells, ending in `ellipsis` where something is missing."""
    if text.cell_len <= cells:
        return text
    short = text.copy()
    room = max(0, cells - cell_len(ellipsis))
    short.truncate(room, overflow="crop")
    return trimmed(short).append(ellipsis[:cells])


def padded(text: Text, cells: int) -> Text:
    """`text` with spaces behind it, up to so many cells."""
    missing = max(0, cells - text.cell_len)
    return Text.assemble(text, " " * missing)


def beside(*parts: Text | str) -> Text:
    """The parts as one line, each in its own style: adding them would spread the first one's."""
    return trimmed(Text.assemble(*parts))


def trimmed(line: Text) -> Text:
    """`line` without the spaces at its end."""
    line.rstrip()
    return line


def unambiguous(words: str) -> str:
    """`words` without signs that are one cell wide in some terminals and two in others.

    Letters of that kind (Greek, Cyrillic, accented) stay: no terminal in use draws them wide.
    """
    return "".join(map(_unambiguous, words))


def _unambiguous(character: str) -> str:
    is_letter = unicodedata.category(character).startswith("L")
    if is_letter or unicodedata.east_asian_width(character) != "A":
        return character
    plain = ascii_only(character)
    return " " if plain == "?" else plain


def _broken(text: Text, cells: int) -> list[Text]:
    """`text` in lines of at most so many cells; most texts fit one, and are left alone."""
    if text.cell_len <= cells and text.plain.isprintable():
        return [text]
    return list(text.wrap(_MEASURE, cells))


def _text(words: Text | str) -> Text:
    return Text(words) if isinstance(words, str) else words
