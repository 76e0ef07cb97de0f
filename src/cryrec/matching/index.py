"""All names, prepared once so that a query looks only at those it may mean.

The normalised names stand one a line in a single text, and what a query must share with a name is
looked up in that text: a scan of 18,000 names in C costs less than taking a few apart in Python.
The names found so are a few more than those that match; only they are scored.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from cryrec.matching.forms import Form, form
from cryrec.matching.names import Name
from cryrec.matching.normalising import normalise


class Compiled(NamedTuple):
    """What an index works out of its names, to be stored beside them: one name a line."""

    plain: str
    """The normalised names."""
    heard: str
    """How they sound."""


class NameIndex:
    """Names of things, ready to be searched; a name is known by its place among `names`.

    Without `compiled` the names are normalised now, which is most of the work of a search. With
    what `compile` returned for the very same names, nothing is worked out before it is needed.
    """

    def __init__(self, names: Sequence[Name], compiled: Compiled | None = None) -> None:
        self.names = tuple(names)
        self._compiled = compiled

    def compile(self) -> Compiled:
        """Return what can be stored, so that these names need not be normalised again."""
        return Compiled(self.plain, self.heard)

    @cached_property
    def plain(self) -> str:
        """The normalised names, one a line."""
        if self._compiled:
            return self._compiled.plain
        return "\n".join(normalise(name.text) for name in self.names)

    @cached_property
    def heard(self) -> str:
        """The sounds of the names, one a line."""
        if self._compiled:
            return self._compiled.heard
        return "\n".join(form(line).heard for line in self._lines)

    @cached_property
    def compact(self) -> str:
        """The names without their spaces, one a line."""
        return self.plain.replace(" ", "")

    @cached_property
    def padded(self) -> str:
        """The names with a space on both sides of every word, one a line."""
        return _padded(self.plain)

    @cached_property
    def padded_heard(self) -> str:
        """The sounds of the names with a space on both sides of every word, one a line."""
        return _padded(self.heard)

    @cached_property
    def _lines(self) -> list[str]:
        return self.plain.split("\n")

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where a name stands that is written so without its spaces."""
        places: dict[str, list[int]] = {}
        for place, line in enumerate(self.compact.split("\n")):
            places.setdefault(line, []).append(place)
        return places

    def form(self, place: int) -> Form:
        """Return the name at `place`, taken apart."""
        return form(self._lines[place])

    def places_called(self, compact: str) -> Sequence[int]:
        """Return where a name is written so without its spaces."""
        return self._places.get(compact, ())


def _padded(lines: str) -> str:
    return f" {lines} ".replace("\n", " \n ")


def lines_with(text: str, piece: str) -> Iterator[int]:
    """Yield the numbers of the lines of `text` that hold `piece`, from 0."""
    line = start = 0
    while (hit := text.find(piece, start)) >= 0:
        line += text.count("\n", start, hit)
        yield line
        start = text.find("\n", hit)
        if start < 0:
            return
