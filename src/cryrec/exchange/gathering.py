"""Rows in any order, gathered to entries of those works that a catalogue knows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

from msgspec.structs import replace

from cryrec.exchange.documents import few
from cryrec.exchange.reading import (
    ONLY_ANIME,
    NotAList,
    Reading,
    Skipped,
    Treated,
)
from cryrec.exchange.rows import (
    ForeignList,
    Meaning,
    Medium,
    Row,
    half_up,
    meaning,
    rating,
    whole,
)
from cryrec.library.entries import Entry, Status
from cryrec.models import Title, work_id

ANILIST_OWN: Final = 20_000
"""AniList began with MyAnimeList's numbers; its own start here."""

_NO_NUMBER: Final = ("entry", "it has no number to tell the anime by")
_NO_STATUS: Final = ("entry", "its status is none that cryrec knows")


class _Wanted(NamedTuple):
    """A work that an entry is wanted of, and the numbers of all its seasons."""

    id: str
    title: str
    mal_ids: tuple[int, ...]


class _Numbers(NamedTuple):
    """The numbers of a row, as far as it has any."""

    mal: int | None
    anilist: int | None

    @property
    def key(self) -> object:
        """What two rows about the same work have in common; nothing else is equal to it."""
        if self.mal:
            return "mal", self.mal
        if self.anilist:
            return "anilist", self.anilist
        return object()


def reading_of(
    foreign: ForeignList, titles: Sequence[Title], now: str
) -> Reading:
    """What a list says of the works of `titles` and of what has to be seen before them.

    An entry is dated `now`, a seen one by the day it was finished if the file says so. Raises
    NotAList where there is nothing but manga or the like.
    """
    rows = few(foreign.rows)
    media = {row.medium for row in rows}
    if media and Medium.ANIME not in media:
        medium = min(media)
        raise NotAList(f"it is a {medium} list", ONLY_ANIME)
    gathering = _Gathering(titles)
    for row in rows:
        gathering.add(row)
    return gathering.reading(foreign, now)


class _Gathering:
    """Takes rows in any order, and makes entries of those that concern a work of the catalogue."""

    def __init__(self, titles: Sequence[Title]) -> None:
        self.wanted = tuple(_wanted(titles))
        self.mal_ids = {
            mal_id for work in self.wanted for mal_id in work.mal_ids
        }
        self.by_anilist = _by_anilist(titles, self.mal_ids)
        self.meanings: dict[int, Meaning] = {}
        self.strangers: set[object] = set()
        self.without_status: set[int] = set()
        self.skipped: defaultdict[tuple[str, str], set[object]] = defaultdict(
            set
        )

    def add(self, row: Row) -> None:
        """Take in one row."""
        numbers = _Numbers(whole(row.mal), whole(row.anilist))
        mal_id = self._known_number(numbers)
        if row.medium is not Medium.ANIME:
            self.skipped[row.medium, "cryrec knows only anime"].add(
                numbers.key
            )
        elif mal_id is not None:
            self._add_known(mal_id, row)
        elif any(numbers):
            self.strangers.add(numbers.key)
        else:
            self.skipped[_NO_NUMBER].add(numbers.key)

    def _known_number(self, numbers: _Numbers) -> int | None:
        """MyAnimeList's number of a wanted work; None for any other."""
        if numbers.mal in self.mal_ids:
            return numbers.mal
        return self.by_anilist.get(numbers.anilist or 0)

    def _add_known(self, mal_id: int, row: Row) -> None:
        row_meaning = meaning(row)
        if row_meaning is None:
            self.without_status.add(mal_id)
            return
        meaning_before = self.meanings.get(mal_id, row_meaning)
        self.meanings[mal_id] = max(meaning_before, row_meaning)

    def reading(self, foreign: ForeignList, now: str) -> Reading:
        """Everything taken in, scores turned into ratings."""
        treated: Counter[tuple[str, Status]] = Counter()
        entries = []
        for work in self.wanted:
            seasons = self._seasons(work)
            if not seasons:
                continue
            are_all = len(seasons) == len(work.mal_ids)
            status_word, status = _together(seasons, are_all)
            treated[status_word, status] += 1
            entry = Entry(work.id, work.title, status, None, now)
            entries.append(self._dated_and_rated(entry, seasons, foreign.top))
        return Reading(
            format=foreign.name,
            entries=tuple(entries),
            not_in_catalogue=len(self.strangers),
            skipped=self._left_out(),
            treated=tuple(
                Treated(status_word, status, count)
                for (status_word, status), count in treated.items()
            ),
        )

    def _seasons(self, work: _Wanted) -> list[Meaning]:
        """What the rows say of the seasons of a work, as far as they are in the list."""
        return [
            self.meanings[mal_id]
            for mal_id in work.mal_ids
            if mal_id in self.meanings
        ]

    def _dated_and_rated(
        self, entry: Entry, seasons: Sequence[Meaning], top: int
    ) -> Entry:
        """`entry` with the date and the rating that seen works have."""
        if entry.status is not Status.SEEN:
            return entry
        finished_at = max(season.day or entry.at for season in seasons)
        return replace(
            entry,
            rating=self._average_rating(entry.id, seasons, top),
            at=min(entry.at, finished_at),
        )

    def _average_rating(
        self, entry_id: str, seasons: Sequence[Meaning], top: int
    ) -> int | None:
        """The mean of what the seasons were rated; None where none of them was."""
        scores = [season.score for season in seasons if season.score]
        ratings = [stars for score in scores if (stars := rating(score, top))]
        if len(ratings) < len(scores):
            reason = _why_unrated(top)
            self.skipped["rating", reason].add(entry_id)
        if not ratings:
            return None
        return half_up(sum(ratings) / len(ratings))

    def _left_out(self) -> tuple[Skipped, ...]:
        """What was left out. A work without a status is not, where another row says more of it."""
        left_out: dict[tuple[str, str], set[object]] = dict(self.skipped)
        left_out[_NO_STATUS] = set(self.without_status - self.meanings.keys())
        return tuple(
            Skipped(kind, reason, len(rows))
            for (kind, reason), rows in left_out.items()
            if rows
        )


def _wanted(titles: Sequence[Title]) -> Iterator[_Wanted]:
    """The titles, and those works before them that are no titles themselves."""
    taken: set[int] = set()
    for title in titles:
        taken.update(title.mal_ids)
        yield _Wanted(title.id, title.title, title.mal_ids)
    prerequisites = (title.prerequisites for title in titles)
    for work in chain.from_iterable(prerequisites):
        if work.mal_id and work.mal_id not in taken:
            taken.add(work.mal_id)
            yield _Wanted(work_id(work), work.title, (work.mal_id,))


def _by_anilist(titles: Sequence[Title], mal_ids: set[int]) -> dict[int, int]:
    """MyAnimeList's numbers by those of AniList."""
    by_anilist = {mal_id: mal_id for mal_id in mal_ids if mal_id < ANILIST_OWN}
    for title in titles:
        if title.anilist_id and title.mal_ids:
            by_anilist[title.anilist_id] = title.mal_ids[0]
    return by_anilist


def _together(seasons: Sequence[Meaning], are_all: bool) -> tuple[str, Status]:
    """What the seasons of one title come to: seen only if all of them are."""
    statuses = {season.status for season in seasons}
    is_seen = are_all and statuses == {Status.SEEN}
    if is_seen or Status.SEEN not in statuses:
        furthest = max(seasons)
        return furthest.word, furthest.status
    if Status.DROPPED in statuses:
        return "dropped", Status.DROPPED
    return "completed in part", Status.WATCHING


def _why_unrated(top: int) -> str:
    """Why a score gives no rating."""
    if top:
        return f"its score is not 1 to {top}"
    return "the file does not say out of how many"
