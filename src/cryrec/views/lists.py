"""Lists: aligned tables on a screen, one plain thing a line everywhere else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from cryrec.matching import normalise
from cryrec.models import Mood, Title, duration
from cryrec.terminal import ascii_only, printable
from cryrec.views.layout import PLAIN, STRONG, Layout, Text, beside, padded
from cryrec.views.words import SHELF_WORDS, counted

if TYPE_CHECKING:  # a search must not pay for the recommender
    from cryrec.catalogue import OpenFile
    from cryrec.library.entries import Entry
    from cryrec.recommend.person import Person

GAP: Final = 2
"""Cells between two columns."""

LEAST: Final = 22
"""Cells of the first column below which another column gives way to it."""


WIDEST_TABLE: Final = 140
"""Cells beyond which the eye loses the line from one end of a row to the other."""


WIDEST_NAME: Final = 48
"""Cells of the first column beyond which one long name would push the rest out of sight."""


class Column(NamedTuple):
    """A heading and what stands under it, one cell for each thing of the list.

    One with a `least` may be shortened to so many cells; one without is whole, or left out.
    """

    heading: str
    cells: Sequence[Text]
    right: bool = False
    least: int | None = None

    @property
    def widest(self) -> int:
        """The cells that the longest of it needs."""
        return max(len(self.heading), *(cell.cell_len for cell in self.cells), 0)


class Marks(NamedTuple):
    """What stands for what the library and the catalogue know of a title."""

    seen: str
    later: str
    first: str = "+"

    def of_kept(self, status: str, rating: int | None) -> str:
        """The mark of an entry, with its rating; statuses from elsewhere are words."""
        if status == "seen":
            return f"{self.seen}{rating or ''}"
        return self.later if status == "later" else status

    def explained(self, marks: Sequence[str]) -> Iterator[str]:
        """What each mark among these means."""
        if any(mark.startswith(self.seen) for mark in marks):
            yield f"{self.seen} seen, your rating"
        if self.later in marks:
            yield f"{self.later} watchlist"
        if self.first in marks:
            yield f"{self.first} something comes first"


class Lists:
    """Draws several things of a kind under one another."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.table_width = min(layout.look.width, WIDEST_TABLE)
        self.marks = (
            Marks("\u2713", "\u2605") if layout.look.unicode else Marks("x", "*")
        )

    # --- files

    def files(self, files: Sequence[OpenFile]) -> Iterator[Text]:
        """One file a line, and below it the first thing that is wrong with it."""
        layout = self.layout
        for file in files:
            shelf = Text(SHELF_WORDS[file.shelf], STRONG)
            facts = layout.joined(
                counted(file.titles, "title"), printable(str(file.path))
            )
            line = Text.assemble(shelf, layout.separator, facts)
            yield from layout.whole(line, hang=2)
            if file.problems:
                first = layout.spelled(printable(file.problems[0].sentence))
                yield from layout.whole(Text(f"  {first}"), hang=2)

    def problems(self, files: Sequence[OpenFile]) -> Iterator[Text]:
        """One problem a line: file, line, place, and what would be right."""
        for file in files:
            for problem in file.problems:
                where = (
                    f"{file.path}:{problem.line}" if problem.line else str(file.path)
                )
                words = printable(f"{where}: {problem.sentence}")
                yield from self.layout.whole(Text(self.layout.spelled(words)), hang=2)

    # --- titles

    def title_line(self, title: Title) -> Text:
        """A title and its facts in one line."""
        tissues = counted(title.tissues, "tissue") if title.tissues else None
        makers = " and ".join(title.studios)
        line = Text(self.layout.spelled(title.title), STRONG)
        facts = self.layout.joined(
            title.format.label,
            duration(title.minutes_total),
            str(title.year or ""),
            makers,
            tissues,
        )
        return Text.assemble(line, self.layout.separator, facts)

    def titles(self, titles: Sequence[Title], person: Person) -> list[Text]:
        """A table of titles, and a line that explains its marks."""
        kept = [self._kept(title, person) for title in titles]
        first = [self.marks.first if title.prerequisites else "" for title in titles]
        columns = [
            *self._columns(titles, first),
            self._column(
                "Studio", [" and ".join(title.studios) for title in titles], least=12
            ),
            self._column("", kept),
        ]
        return self._table(columns, counted(len(titles), "title"), [*kept, *first])

    def _columns(self, titles: Sequence[Title], first: Sequence[str]) -> list[Column]:
        """What every list of titles shows of them."""
        return [
            self._column("Title", [title.title for title in titles], least=LEAST),
            self._column("", first),
            self._column("Time", [_time(title) for title in titles], right=True),
            Column("Tissues", [self.layout.tissues(title.tissues) for title in titles]),
            self._column("Year", [_year(title) for title in titles]),
        ]

    def _kept(self, title: Title, person: Person) -> str:
        if title.id in person.seen:
            return self.marks.of_kept("seen", person.ratings.get(title.id))
        return self.marks.later if title.id in person.later else ""

    # --- the library

    def entry_line(self, entry: Entry) -> Text:
        """A title, what is kept of it, and since when."""
        rating = f", {entry.rating} of 5" if entry.rating else ""
        name = Text(self.layout.spelled(entry.title), STRONG)
        facts = self.layout.joined(f"{entry.status}{rating}", entry.day)
        return Text.assemble(name, self.layout.separator, facts)

    def entries(
        self, entries: Sequence[Entry], titles: Mapping[str, Title]
    ) -> list[Text]:
        """A table of the library, and a line that explains its marks."""
        works = [titles.get(entry.id) for entry in entries]
        kept = [self.marks.of_kept(entry.status, entry.rating) for entry in entries]
        columns = [
            self._column("Title", [entry.title for entry in entries], least=LEAST),
            self._column("Time", [_time(work) for work in works], right=True),
            Column(
                "Tissues",
                [self.layout.tissues(work.tissues if work else None) for work in works],
            ),
            self._column("Year", [_year(work) for work in works]),
            self._column("Since", [entry.day for entry in entries]),
            self._column("", kept),
        ]
        return self._table(columns, counted(len(entries), "title"), kept)

    # --- studios and kinds of cry

    def studio_line(self, name: str, titles: Sequence[Title]) -> Text:
        """A studio and its titles in one line."""
        line = Text.assemble((self.layout.spelled(name), STRONG), f" ({len(titles)})  ")
        return line.append(self.layout.joined(*(title.title for title in titles)))

    def studios(self, studios: Mapping[str, Sequence[Title]]) -> list[Text]:
        """What to type for each studio, and its titles."""
        things = {
            normalise(name).replace(" ", "-"): [self.studio_line(name, titles)]
            for name, titles in studios.items()
        }
        return self._defined(things, "cryrec list --studio")

    def moods(self, counts: Mapping[Mood, int]) -> list[Text]:
        """What to type for each kind of cry, and what it is about."""
        things = {
            mood.value: [
                Text.assemble((mood.label, STRONG), f" ({counted(count, 'title')})"),
                Text(mood.line),
            ]
            for mood, count in counts.items()
        }
        return self._defined(things, "cryrec suggest --mood")

    def _defined(self, things: Mapping[str, Sequence[Text]], usage: str) -> list[Text]:
        """Words to type in a column of their own, each with lines about it; then how they are used.

        Where there is no room for a column the lines stand under the word.
        """
        cells = max(map(cell_width, things), default=0) + GAP
        indent = cells if cells <= self.layout.width // 2 else GAP
        lines: list[Text] = []
        for word, about in things.items():
            body = [
                line
                for text in about
                for line in self.layout.wrapped(text, indent=indent)
            ]
            head = Text(self.layout.spelled(word))
            if indent == cells and body:
                lines += [beside(padded(head, cells), body[0][cells:]), *body[1:]]
            else:
                lines += [*self.layout.wrapped(head), *body]
        if self.layout.look.live:
            lines += self.layout.wrapped(f"To type: {usage} {next(iter(things), '')}")
        return lines

    # --- what a search found

    def found_by(self, name: str, title: Title) -> list[Text]:
        """Why a title was found, where its own name does not say so."""
        if name in {work.title for work in title.prerequisites}:
            words = f"{name} comes first"
        elif name in {sequel.title for sequel in title.sequels}:
            words = f"{name} comes after it"
        elif name not in (title.title, title.id):
            words = (
                f"also called {name if self.layout.look.unicode else ascii_only(name)}"
            )
        else:
            return []
        return self.layout.wrapped(self.layout.spelled(words), indent=2)

    # --- tables

    def _column(
        self,
        heading: str,
        words: Sequence[str],
        right: bool = False,
        least: int | None = None,
    ) -> Column:
        style = STRONG if heading == "Title" else PLAIN
        cells = [Text(self.layout.spelled(word), style) for word in words]
        return Column(heading, cells, right, least)

    def _table(
        self, columns: Sequence[Column], count: str, marks: Sequence[str]
    ) -> list[Text]:
        explained = self.layout.joined(count, *self.marks.explained(marks))
        columns = self._fitting([column for column in columns if any(column.cells)])
        if not columns:
            return self.layout.wrapped(explained)
        cells = self._shared(columns)
        heads = [Text(column.heading) for column in columns]
        rows = [heads, *zip(*(column.cells for column in columns), strict=True)]
        lines = [self._line(row, columns, cells) for row in rows]
        return [*lines, *self.layout.wrapped(explained)]

    def _line(
        self, row: Sequence[Text], columns: Sequence[Column], cells: Sequence[int]
    ) -> Text:
        parts: list[Text | str] = []
        for text, column, width in zip(row, columns, cells, strict=True):
            short = self.layout.shortened(text, width)
            spaces = " " * (width - short.cell_len)
            parts += [spaces, short] if column.right else [short, spaces]
            parts.append(" " * GAP)
        return beside(*parts)

    def _fitting(self, columns: Sequence[Column]) -> list[Column]:
        """The columns that there is room for: the ones that say least give way first."""
        kept = list(columns)
        for heading in ("Studio", "Since", "Year", "Tissues", "Time"):
            if _needed(kept) <= self.table_width:
                break
            kept = [column for column in kept if column.heading != heading]
        return kept

    def _shared(self, columns: Sequence[Column]) -> list[int]:
        """The cells of each column; what is left goes to those that were short, the first first."""
        cells = [
            min(column.widest, column.least or column.widest) for column in columns
        ]
        left = self.table_width - sum(cells) - GAP * (len(columns) - 1)
        cells[0] += min(left, 0)
        for number, column in enumerate(columns):
            most = WIDEST_NAME if number == 0 else column.widest
            more = max(0, min(min(most, column.widest) - cells[number], left))
            cells[number] += more
            left -= more
        return cells


def _time(title: Title | None) -> str:
    """The honest total; nothing for a work that is no title of the catalogue."""
    return duration(title.minutes_total) if title else ""


def _year(title: Title | None) -> str:
    return str(title.year) if title and title.year else ""


def _needed(columns: Sequence[Column]) -> int:
    least = (min(column.widest, column.least or column.widest) for column in columns)
    return sum(least) + GAP * (len(columns) - 1)


def cell_width(words: str) -> int:
    """The cells that words need."""
    return Text(words).cell_len
