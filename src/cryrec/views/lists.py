"""Lists: aligned tables on a screen, one plain thing a line everywhere else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from cryrec.catalogue import OpenFile
from cryrec.library.entries import Entry
from cryrec.matching import normalise
from cryrec.models import Mood, Title, duration
from cryrec.recommend.person import Person
from cryrec.terminal import printable
from cryrec.views.layout import PLAIN, STRONG, Layout, Text, beside, padded
from cryrec.views.words import SHELF_WORDS, counted

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
        return max(
            len(self.heading), *(cell.cell_len for cell in self.cells), 0
        )

    @property
    def narrowest(self) -> int:
        """The fewest cells it can be shown in."""
        if self.least is None:
            return self.widest
        return min(self.widest, self.least)


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
            Marks("\u2713", "\u2605")
            if layout.look.unicode
            else Marks("x", "*")
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
            summary = Text.assemble(shelf, layout.separator, facts)
            yield from layout.whole(summary, hang=2)
            if file.problems:
                sentence = printable(file.problems[0].sentence)
                problem = Text(f"  {layout.spelled(sentence)}")
                yield from layout.whole(problem, hang=2)

    def problems(self, files: Sequence[OpenFile]) -> Iterator[Text]:
        """One problem a line: file, line, place, and what would be right."""
        for file in files:
            for problem in file.problems:
                place = str(file.path)
                if problem.line:
                    place += f":{problem.line}"
                sentence = printable(f"{place}: {problem.sentence}")
                shown_sentence = Text(self.layout.spelled(sentence))
                yield from self.layout.whole(shown_sentence, hang=2)

    # --- titles

    def title_line(self, title: Title) -> Text:
        """A title and its facts in one line."""
        facts = self.layout.joined(
            title.format.label,
            duration(title.minutes_total),
            str(title.year or ""),
            _makers(title),
            counted(title.tissues, "tissue") if title.tissues else None,
        )
        return self._named(title.title, facts)

    def _named(self, name: str, facts: str) -> Text:
        """A name that stands out, and what is known of it."""
        strong_name = Text(self.layout.spelled(name), STRONG)
        return Text.assemble(strong_name, self.layout.separator, facts)

    def titles(self, titles: Sequence[Title], person: Person) -> list[Text]:
        """A table of titles, and a line that explains its marks."""
        kept_marks = [self._kept(title, person) for title in titles]
        first_marks = [
            self.marks.first if title.prerequisites else "" for title in titles
        ]
        columns = [
            *self._columns(titles, first_marks),
            self._column(
                "Studio", [_makers(title) for title in titles], least=12
            ),
            self._column("", kept_marks),
        ]
        count = counted(len(titles), "title")
        return self._table(columns, count, [*kept_marks, *first_marks])

    def _columns(
        self, titles: Sequence[Title], first: Sequence[str]
    ) -> list[Column]:
        """What every list of titles shows of them."""
        shapes = [self.layout.tissues(title.tissues) for title in titles]
        return [
            self._column(
                "Title", [title.title for title in titles], least=LEAST
            ),
            self._column("", first),
            self._column(
                "Time", [_time(title) for title in titles], right=True
            ),
            Column("Tissues", shapes),
            self._column("Year", [_year(title) for title in titles]),
        ]

    def _kept(self, title: Title, person: Person) -> str:
        if title.id in person.seen:
            rating = person.ratings.get(title.id)
            return self.marks.of_kept("seen", rating)
        return self.marks.later if title.id in person.later else ""

    # --- the library

    def entry_line(self, entry: Entry) -> Text:
        """A title, what is kept of it, and since when."""
        rating = f", {entry.rating} of 5" if entry.rating else ""
        facts = self.layout.joined(f"{entry.status}{rating}", entry.day)
        return self._named(entry.title, facts)

    def entries(
        self, entries: Sequence[Entry], titles: Mapping[str, Title]
    ) -> list[Text]:
        """A table of the library, and a line that explains its marks."""
        works = [titles.get(entry.id) for entry in entries]
        tissues = [work.tissues if work else None for work in works]
        marks = [
            self.marks.of_kept(entry.status, entry.rating) for entry in entries
        ]
        columns = [
            self._column(
                "Title", [entry.title for entry in entries], least=LEAST
            ),
            self._column("Time", [_time(work) for work in works], right=True),
            Column(
                "Tissues", [self.layout.tissues(count) for count in tissues]
            ),
            self._column("Year", [_year(work) for work in works]),
            self._column("Since", [entry.day for entry in entries]),
            self._column("", marks),
        ]
        return self._table(columns, counted(len(entries), "title"), marks)

    # --- studios and kinds of cry

    def studio_line(self, name: str, titles: Sequence[Title]) -> Text:
        """A studio and its titles in one line."""
        studio = (self.layout.spelled(name), STRONG)
        title_names = (title.title for title in titles)
        made = self.layout.joined(*title_names)
        return Text.assemble(studio, f" ({len(titles)})  ", made)

    def studios(self, studios: Mapping[str, Sequence[Title]]) -> list[Text]:
        """What to type for each studio, and its titles."""
        definitions = {
            normalise(name).replace(" ", "-"): [self.studio_line(name, titles)]
            for name, titles in studios.items()
        }
        return self._defined(definitions, "cryrec list --studio")

    def moods(self, counts: Mapping[Mood, int]) -> list[Text]:
        """What to type for each kind of cry, and what it is about."""
        definitions = {}
        for mood, count in counts.items():
            titles = counted(count, "title")
            heading = Text.assemble((mood.label, STRONG), f" ({titles})")
            definitions[mood.value] = [heading, Text(mood.line)]
        return self._defined(definitions, "cryrec suggest --mood")

    def _defined(
        self, definitions: Mapping[str, Sequence[Text]], usage: str
    ) -> list[Text]:
        """Words to type in a column of their own, each with lines about it; then how they are used.

        Where there is no room for a column the lines stand under the word.
        """
        cells = max(map(cell_width, definitions), default=0) + GAP
        has_column = cells <= self.layout.width // 2
        lines: list[Text] = []
        for word, about in definitions.items():
            body: list[Text] = []
            for paragraph in about:
                indent = cells if has_column else GAP
                body += self.layout.wrapped(paragraph, indent=indent)
            head = Text(self.layout.spelled(word))
            if has_column and body:
                first_line = beside(padded(head, cells), body[0][cells:])
                lines += [first_line, *body[1:]]
            else:
                lines += [*self.layout.wrapped(head), *body]
        if self.layout.look.live:
            example = next(iter(definitions), "")
            lines += self.layout.wrapped(f"To type: {usage} {example}")
        return lines

    # --- what a search found

    def found_by(self, name: str, title: Title) -> list[Text]:
        """Why a title was found, where its own name does not say so."""
        if name in {work.title for work in title.prerequisites}:
            reason = f"{name} comes first"
        elif name in {sequel.title for sequel in title.sequels}:
            reason = f"{name} comes after it"
        elif name in (title.title, title.id):
            return []
        else:
            reason = f"also called {name}"
        return self.layout.wrapped(self.layout.spelled(reason), indent=2)

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
        filled = [column for column in columns if any(column.cells)]
        fitting = self._fitting(filled)
        if not fitting:
            return self.layout.wrapped(explained)
        widths = self._shared(fitting)
        heads = [Text(column.heading) for column in fitting]
        rows = [
            heads,
            *zip(*(column.cells for column in fitting), strict=True),
        ]
        table = [self._line(row, fitting, widths) for row in rows]
        return [*table, *self.layout.wrapped(explained)]

    def _line(
        self,
        row: Sequence[Text],
        columns: Sequence[Column],
        widths: Sequence[int],
    ) -> Text:
        parts: list[Text | str] = []
        for cell, column, width in zip(row, columns, widths, strict=True):
            short = self.layout.shortened(cell, width)
            spaces = " " * (width - short.cell_len)
            parts += [spaces, short] if column.right else [short, spaces]
            parts.append(" " * GAP)
        return beside(*parts)

    def _fitting(self, columns: Sequence[Column]) -> list[Column]:
        """The columns that there is room for: the ones that say least give way first."""
        fitting = list(columns)
        for heading in ("Studio", "Since", "Year", "Tissues", "Time"):
            if _needed(fitting) <= self.table_width:
                break
            fitting = [
                column for column in fitting if column.heading != heading
            ]
        return fitting

    def _shared(self, columns: Sequence[Column]) -> list[int]:
        """The cells of each column; what is left goes to those that were short, the first first."""
        widths = [column.narrowest for column in columns]
        spare = self.table_width - _needed(columns)
        widths[0] += min(spare, 0)
        for number, column in enumerate(columns):
            widest = column.widest
            if number == 0:
                widest = min(widest, WIDEST_NAME)
            extra = max(0, min(widest - widths[number], spare))
            widths[number] += extra
            spare -= extra
        return widths


def _time(title: Title | None) -> str:
    """The honest total; nothing for a work that is no title of the catalogue."""
    return duration(title.minutes_total) if title else ""


def _year(title: Title | None) -> str:
    return str(title.year) if title and title.year else ""


def _needed(columns: Sequence[Column]) -> int:
    """The cells of a row in which every column is as narrow as it can be."""
    gaps = GAP * (len(columns) - 1)
    return sum(column.narrowest for column in columns) + gaps


def _makers(title: Title) -> str:
    return " and ".join(title.studios)


def cell_width(words: str) -> int:
    """The cells that words need."""
    return Text(words).cell_len
