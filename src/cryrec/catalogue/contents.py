"""What the catalogue files hold together, as plain values: a form that can be stored."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

from cryrec.catalogue.names import WorkNames
from cryrec.models import Shelf, Title

MOST_BYTES: Final = 64 * 1024 * 1024
"""Of one file: more than a hundred thousand titles take."""


class Source(Struct, frozen=True, array_like=True):
    """One file as it was found: its bytes, or why there are none.

    `name` tells it from the others of its shelf: the path of a file of one's own, the file's name
    alone for a bundled one, which may lie anywhere.
    """

    shelf: Shelf
    name: str
    content: bytes | None
    trouble: str = ""


class Problem(Struct, frozen=True):
    """One thing that is wrong with a file: in which entry, at which key, and what would be right.

    An entry is named by its position, as in "anime[3]", a key by its way from there, as in
    "moods[0].id"; both are empty, and `line` None, where there is no such place.
    """

    entry: str
    key: str
    message: str
    line: int | None = None

    @property
    def place(self) -> str:
        """Entry and key together."""
        is_index = self.key.startswith("[")
        joint = "." if self.entry and self.key and not is_index else ""
        return f"{self.entry}{joint}{self.key}"

    @property
    def sentence(self) -> str:
        """All of it in one line, but for the number of the line."""
        return f"{self.place}: {self.message}" if self.place else self.message


class FileReport(Struct, frozen=True):
    """How many entries of a file serve, and everything that is wrong with it."""

    titles: int
    problems: tuple[Problem, ...] = ()


class Contents(Struct, frozen=True):
    """All titles in the order of the files, what leads to them, and a report on each file.

    `hidden_ids` are those of titles that some file hides.
    """

    titles: tuple[Title, ...]
    hidden_ids: tuple[str, ...]
    studio_aliases: Mapping[str, tuple[str, ...]]
    names: WorkNames
    files: tuple[FileReport, ...]


class OpenFile(Struct, frozen=True):
    """A catalogue file that is read, in the order in which they are laid over one another."""

    shelf: Shelf
    path: Path
    titles: int
    problems: tuple[Problem, ...] = ()

    @property
    def trouble(self) -> str | None:
        """The first problem, with its place, and how many there are; None if all is well."""
        if not self.problems:
            return None
        problem = self.problems[0]
        place = f", line {problem.line}" if problem.line else ""
        further = len(self.problems) - 1
        more = f" (and {further} more)" if further else ""
        return f"{self.path}{place}: {problem.sentence}{more}"
