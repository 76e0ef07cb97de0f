"""Where in a catalogue file a value stands: the line of every place in its document.

The parser tells what a file holds and not where. Only a file with something wrong in it is read
again like this, and only after it was parsed, so the text is known to be TOML.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

Place = tuple[str | int, ...]
"""The way to a value: keys, and positions in lists from 0, as in ("anime", 3, "minutes")."""

_TOKEN: Final = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}'  # text over several lines
    r'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\''
    r"|\#[^\n]*"
    r"|[\n\[\]{}=,.]"
    r"|[^\s\[\]{}=,.\"'#]+",
    re.DOTALL,
)


class _Token(NamedTuple):
    text: str
    line: int


def lines_of(text: str) -> dict[Place, int]:
    """The line, from 1, of every table, key and list item in `text`, which must be TOML."""
    return _Reader(text).read()


def line_of(place: Place, lines: dict[Place, int]) -> int | None:
    """The line of `place`, or of the nearest thing around it that stands there; else None."""
    for length in range(len(place), 0, -1):
        if place[:length] in lines:
            return lines[place[:length]]
    return None


def _tokens(text: str) -> Iterator[_Token]:
    """The tokens of `text` without comments."""
    line = 1
    counted = 0
    for match in _TOKEN.finditer(text):
        line += text.count("\n", counted, match.start())
        counted = match.start()
        is_comment = match[0].startswith("#")
        if not is_comment:
            yield _Token(match[0], line)


class _Reader:
    """Walks through the tokens once and notes where each value begins."""

    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.next = 0
        self.lines: dict[Place, int] = {}
        self.counts: dict[Place, int] = {}

    def read(self) -> dict[Place, int]:
        """All lines."""
        table: Place = ()
        while self._peek():
            if self._peek() == "\n":
                self._take()
            elif self._peek() == "[":
                table = self._header()
            else:
                self._pair(table)
        return self.lines

    def _peek(self) -> str:
        return (
            self.tokens[self.next].text if self.next < len(self.tokens) else ""
        )

    def _take(self) -> _Token:
        self.next += 1
        return self.tokens[self.next - 1]

    def _header(self) -> Place:
        """The table that `[a.b]` opens, or the next one of the list that `[[a.b]]` continues."""
        line = self._take().line
        is_list = self._peek() == "["
        *outer_keys, last_key = self._keys("]")
        place: Place = ()
        for key in outer_keys:
            place = self._latest((*place, key))
        place = (*place, last_key)
        if is_list:
            self.counts[place] = self.counts.get(place, -1) + 1
            place = self._latest(place)
        self.lines.setdefault(place, line)
        return place

    def _latest(self, place: Place) -> Place:
        """The last item so far, if `place` is a list of tables."""
        return (*place, self.counts[place]) if place in self.counts else place

    def _keys(self, end: str) -> list[str]:
        """The parts of a dotted key; takes the token `end` as well, as often as it stands there."""
        keys = []
        while self._peek() not in (end, ""):
            token = self._take()
            if token.text not in (".", "["):
                keys.append(token.text.strip("\"'"))
        while self._peek() == end:
            self._take()
        return keys or [""]

    def _pair(self, table: Place) -> None:
        line = self.tokens[self.next].line
        place = (*table, *self._keys("="))
        self.lines.setdefault(place, line)
        self._value(place)

    def _value(self, place: Place) -> None:
        if self._peek() == "[":
            self._list(place)
        elif self._peek() == "{":
            self._table(place)
        else:
            while self._peek() not in (",", "]", "}", "\n", ""):
                self._take()

    def _list(self, place: Place) -> None:
        self._take()
        index = 0
        while self._peek() not in ("]", ""):
            if self._peek() in (",", "\n"):
                self._take()
                continue
            item_place = (*place, index)
            self.lines.setdefault(item_place, self.tokens[self.next].line)
            self._value(item_place)
            index += 1
        self._take()

    def _table(self, place: Place) -> None:
        self._take()
        while self._peek() not in ("}", ""):
            if self._peek() in (",", "\n"):
                self._take()
            else:
                self._pair(place)
        self._take()
