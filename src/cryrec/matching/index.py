"""All names, prepared once so that a query looks only at those it may mean.

The normalised names stand one a row in a single text, and what a query must share with a name is
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
    """Everything an index is made of, as texts with one name a row: a form to be stored.

    Reading it back costs what reading four texts costs, however many names there are. It holds as
    long as the names do, and `normalise` is what it was.
    """

    names: str
    """Key, name, year, format, parts, "related", with tabs between; nothing where not known."""
    padded: str
    """The normalised names, with a space on both sides of every word."""
    compact: str
    """The normalised names without any space."""
    heard: str | None
    """How the names sound, padded likewise; None if that has not been worked out."""

    def followed_by(self, other: Compiled) -> Compiled:
        """The rows of this one, then those of another; either may have none."""
        if not (self.names and other.names):
            return self if self.names else other
        is_heard = self.heard is not None and other.heard is not None
        return Compiled(
            names=f"{self.names}\n{other.names}",
            padded=f"{self.padded}\n{other.padded}",
            compact=f"{self.compact}\n{other.compact}",
            heard=f"{self.heard}\n{other.heard}" if is_heard else None,
        )


class NameIndex:
    """Names of things, ready to be searched; a name is known by its row, from 0.

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
        """The sounds of the names, one a row, with a space on both sides of every word."""
        if self._compiled.heard is not None:
            return self._compiled.heard
        sounds = (form(row.strip()).heard for row in self._plain_rows)
        return _padded("\n".join(sounds))

    @cached_property
    def compact_rows(self) -> list[str]:
        """The names without spaces, by their row."""
        return self.compact.split("\n")

    @cached_property
    def heard_rows(self) -> list[str]:
        """The sounds of the names without spaces, by the row."""
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
        """The ids of what is named, by the row."""
        return [row.partition("\t")[0] for row in self._name_rows]

    @cached_property
    def _name_rows(self) -> list[str]:
        return self._compiled.names.split("\n")

    @cached_property
    def _plain_rows(self) -> list[str]:
        return self.padded.split("\n")

    @cached_property
    def _compact_names(self) -> frozenset[str]:
        return frozenset(self.compact_rows)

    def name(self, row: int) -> Name:
        """Return the name in this row."""
        cells = self._name_rows[row]
        return _read(cells)

    def form(self, row: int) -> Form:
        """Return the name in this row, normalised and taken apart."""
        plain = self._plain_rows[row].strip()
        return form(plain)

    def rows_called(self, compact: str) -> Sequence[int]:
        """Return the rows of the names that are written so without their spaces."""
        if compact not in self._compact_names:
            return ()
        rows = rows_with(self.compact, compact)
        return [row for row in rows if self.compact_rows[row] == compact]


def _padded(rows: str) -> str:
    padded_breaks = rows.replace("\n", " \n ")
    return f" {padded_breaks} "


def _written(name: Name) -> str:
    """A name as a row of `Compiled.names`; whatever white space it holds is a space there."""
    year, format, parts = name.facts
    cells = (
        name.key,
        name.text,
        str(year or ""),
        format or "",
        str(parts),
        "related" if name.is_related else "",
    )
    return "\t".join(" ".join(cell.split()) for cell in cells)


def _read(row: str) -> Name:
    """The name in a row of `Compiled.names`."""
    key, text, year, format, parts, related = row.split("\t")
    facts = Facts(
        year=int(year) if year else None,
        format=format or None,
        parts=int(parts),
    )
    return Name(key, text, facts, is_related=bool(related))


def rows_with(text: str, piece: str) -> Iterator[int]:
    """Yield the numbers of the rows of `text` that hold `piece`, from 0."""
    row = counted = 0
    hit = text.find(piece)
    while hit >= 0:
        row += text.count("\n", counted, hit)
        yield row
        counted = hit
        row_end = text.find("\n", hit + len(piece))
        if row_end < 0:
            return
        hit = text.find(piece, row_end)


def rows_beginning(text: str, piece: str) -> Iterator[int]:
    """Yield the numbers of the rows of `text` that begin with `piece`, from 0."""
    if text.startswith(piece):
        yield 0
    for row_before in rows_with(text, f"\n{piece}"):
        yield row_before + 1
