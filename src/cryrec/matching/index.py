"""All names, prepared once so that a query looks only at those it may mean.

The normalised names stand one a line in a single text, and what a query must share with a name is
looked up in that text: a scan of 18,000 names in C costs less than taking a few apart in Python.
The names found so are a few more than those that match; only they are scored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from cryrec.matching.forms import Form, form
from cryrec.matching.names import Name
from cryrec.matching.normalising import normalise
from cryrec.matching.qualifiers import Facts


class Compiled(NamedTuple):
    """Everything an index is made of, as texts with one name a line: a form to be stored.

    Reading it back costs what reading four texts costs, however many names there are. It holds as
    long as the names do, and `normalise` is what it was.
    """

    names: str
    """Key, name, year, format and parts, with tabs between; nothing where one is not known."""
    padded: str
    """The normalised names, with a space on both sides of every word."""
    compact: str
    """The normalised names without any space."""
    heard: str | None
    """How the names sound, padded likewise; None if that has not been worked out."""


class NameIndex:
    """Names of things, ready to be searched; a name is known by its line, from 0.

    Whatever can wait is worked out when it is first needed, and then kept.
    """

    def __init__(self, compiled: Compiled) -> None:
        self.padded = compiled.padded
        self.compact = compiled.compact
        self._compiled = compiled

    @classmethod
    def of(cls, names: Iterable[Name]) -> NameIndex:
        """Return an index of `names`; normalising them is most of the work of a search."""
        names = tuple(names)
        plain = "\n".join(normalise(name.text) for name in names)
        compiled = Compiled(
            names="\n".join(map(_written, names)),
            padded=_padded(plain),
            compact=plain.replace(" ", ""),
            heard=None,
        )
        return cls(compiled)

    def compile(self) -> Compiled:
        """Return what can be stored, so that nothing need be worked out again."""
        return self._compiled._replace(heard=self.heard)

    @cached_property
    def heard(self) -> str:
        """The sounds of the names, one a line, with a space on both sides of every word."""
        if self._compiled.heard is not None:
            return self._compiled.heard
        return _padded("\n".join(form(line).heard for line in self._plain_lines))

    @cached_property
    def compact_lines(self) -> list[str]:
        """The names without spaces, by their line."""
        return self.compact.split("\n")

    @cached_property
    def heard_lines(self) -> list[str]:
        """The sounds of the names without spaces, by the line."""
        return self.heard.replace(" ", "").split("\n")

    @cached_property
    def written_words(self) -> list[str]:
        """Every word that stands in a name, once."""
        return list(set(self.padded.split()))

    @cached_property
    def heard_words(self) -> list[str]:
        """Every sound of such a word, once."""
        return list(set(self.heard.split()))

    @cached_property
    def keys(self) -> list[str]:
        """The ids of what is named, by the line."""
        return [line.partition("\t")[0] for line in self._name_lines]

    @cached_property
    def _name_lines(self) -> list[str]:
        return self._compiled.names.split("\n")

    @cached_property
    def _plain_lines(self) -> list[str]:
        return self.padded.split("\n")

    @cached_property
    def _compact_names(self) -> frozenset[str]:
        return frozenset(self.compact_lines)

    def name(self, line: int) -> Name:
        """Return the name in this line."""
        return _read(self._name_lines[line])

    def form(self, line: int) -> Form:
        """Return the name in this line, normalised and taken apart."""
        return form(self._plain_lines[line].strip())

    def lines_called(self, compact: str) -> Sequence[int]:
        """Return the lines of the names that are written so without their spaces."""
        if compact not in self._compact_names:
            return ()
        lines = lines_with(self.compact, compact)
        return [line for line in lines if self.compact_lines[line] == compact]


def _padded(lines: str) -> str:
    return f" {lines} ".replace("\n", " \n ")


def _written(name: Name) -> str:
    facts = ("" if fact is None else str(fact) for fact in name.facts)
    return "\t".join(" ".join(cell.split()) for cell in (name.key, name.text, *facts))


def _read(line: str) -> Name:
    key, text, year, format, parts = line.split("\t")
    return Name(key, text, Facts(int(year) if year else None, format or None, int(parts)))


def lines_with(text: str, piece: str) -> Iterator[int]:
    """Yield the numbers of the lines of `text` that hold `piece`, from 0."""
    line = counted = 0
    hit = text.find(piece)
    while hit >= 0:
        line += text.count("\n", counted, hit)
        yield line
        counted = hit
        line_end = text.find("\n", hit + len(piece))
        hit = text.find(piece, line_end) if line_end >= 0 else -1


def lines_beginning(text: str, piece: str) -> Iterator[int]:
    """Yield the numbers of the lines of `text` that begin with `piece`, from 0."""
    if text.startswith(piece):
        yield 0
    for line_before in lines_with(text, f"\n{piece}"):
        yield line_before + 1
