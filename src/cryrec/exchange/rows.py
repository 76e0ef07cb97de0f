"""What somebody else's rows mean: numbers, statuses, scores and days, whoever wrote them.

Only these are looked at: user names and comments are not even remembered while reading.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from cryrec.exchange.documents import few
from cryrec.exchange.reading import ONLY_ANIME, NotAList, Reading, Skipped, Treated
from cryrec.library import Entry, Status
from cryrec.library.entries import RANK
from cryrec.models import Title, work_id

ANILIST_OWN: Final = 20_000
"""AniList began with MyAnimeList's numbers; its own start here."""


class Medium(StrEnum):
    """What a row is about."""

    ANIME = "anime"
    MANGA = "manga"
    OTHER = "film or show"


class Row(NamedTuple):
    """One row of somebody's list, its values as they stand in the file.

    `seen_before` says that it is being watched again, or was: then it has been seen to the end,
    whatever its status is now.
    """

    mal: object
    status: object
    score: object = None
    finished: object = None
    anilist: object = None
    seen_before: bool = False
    medium: Medium = Medium.ANIME


class ForeignList(NamedTuple):
    """A list in somebody else's dialect: what that is called, and its rows.

    Scores are out of `top`; 0 where the file does not tell.
    """

    name: str
    rows: Iterable[Row]
    top: int = 10


def reading_of(foreign: ForeignList, titles: Sequence[Title], now: str) -> Reading:
    """What a list says of the works of `titles` and of what has to be seen before them.

    An entry is dated `now`, a seen one by the day it was finished if the file says so. Raises
    NotAList where there is nothing but manga or the like.
    """
    rows = few(foreign.rows)
    media = {row.medium for row in rows}
    if media and Medium.ANIME not in media:
        raise NotAList(f"it is a {min(media)} list", ONLY_ANIME)
    gathered = _Gathered(titles)
    for row in rows:
        gathered.add(row)
    return gathered.reading(foreign, now)


def is_true(value: object) -> bool:
    """Whether a field says yes: true, "YES", or a number above zero."""
    return plain(value).lower() in ("yes", "true") or bool(number(value))


def plain(value: object) -> str:
    """A value as text; nothing for one that is none."""
    return str(value).strip() if isinstance(value, str | int | float) else ""


def number(value: object) -> float | None:
    """A value as a number that is not below zero; None if it is none."""
    text = plain(value)
    return float(text) if _NUMBER.fullmatch(text) else None


def whole(value: object) -> int | None:
    """A value as a whole number above zero; None if it is none."""
    amount = number(value)
    return int(amount) if amount and amount == int(amount) else None


_NUMBER: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")

_SPELT: Final = {
    "1": "watching",
    "2": "completed",
    "3": "on hold",
    "4": "dropped",
    "6": "planned",
    "current": "watching",
    "hold": "on hold",
    "onhold": "on hold",
    "paused": "on hold",
    "notinteresting": "dropped",
    "plantowatch": "planned",
    "planning": "planned",
    "repeating": "rewatching",
}
_MEANING: Final = {
    "completed": Status.SEEN,
    "rewatching": Status.SEEN,
    "watching": Status.WATCHING,
    "on hold": Status.WATCHING,
    "dropped": Status.DROPPED,
    "planned": Status.LATER,
}

_NO_NUMBER: Final = ("entry", "it has no number to tell the anime by")
_NO_STATUS: Final = ("entry", "its status is none that cryrec knows")


class _Known(NamedTuple):
    """A row that is understood. Of two about the same work the greater one says more."""

    rank: int
    score: float
    day: str
    word: str

    @property
    def status(self) -> Status:
        """What the word means here."""
        return RANK[self.rank]


class _Gathered:
    """Takes rows in any order, and makes entries of those that concern a work of the catalogue."""

    def __init__(self, titles: Sequence[Title]) -> None:
        self.wanted = {title.id: (title.title, title.mal_ids) for title in titles}
        owned = {mal_id for title in titles for mal_id in title.mal_ids}
        prerequisites = (work for title in titles for work in title.prerequisites)
        for work in prerequisites:
            if work.mal_id and work.mal_id not in owned:
                self.wanted[work_id(work)] = (work.title, (work.mal_id,))
        self.mal_ids = {mal_id for _, mal_ids in self.wanted.values() for mal_id in mal_ids}
        self.by_anilist = {mal_id: mal_id for mal_id in self.mal_ids if mal_id < ANILIST_OWN}
        for title in titles:
            if title.anilist_id and title.mal_ids:
                self.by_anilist[title.anilist_id] = title.mal_ids[0]
        self.known: dict[int, _Known] = {}
        self.strangers: set[int] = set()
        self.unknown_status: set[int] = set()
        self.skipped: defaultdict[tuple[str, str], set[object]] = defaultdict(set)

    def add(self, row: Row) -> None:
        """Take in one row."""
        mal, anilist = whole(row.mal), whole(row.anilist)
        mal_id = mal if mal in self.mal_ids else self.by_anilist.get(anilist or 0, mal)
        if row.medium is not Medium.ANIME:
            self.skipped[row.medium, "cryrec knows only anime"].add(anilist or mal or object())
        elif mal is None and anilist is None:
            self.skipped[_NO_NUMBER].add(object())
        elif mal_id is None or mal_id not in self.mal_ids:
            self.strangers.add(mal or -(anilist or 0))
        else:
            self._add_known(mal_id, row)

    def _add_known(self, mal_id: int, row: Row) -> None:
        word = _word(row)
        if word is None:
            self.unknown_status.add(mal_id)
            return
        rank = RANK.index(_MEANING[word])
        known = _Known(rank, number(row.score) or 0, _day(row.finished), word)
        self.known[mal_id] = max(self.known.get(mal_id, known), known)

    def reading(self, foreign: ForeignList, now: str) -> Reading:
        """Everything taken in, scores turned into ratings."""
        treated: Counter[tuple[str, Status]] = Counter()
        entries = []
        for entry_id, (title, mal_ids) in self.wanted.items():
            rows = [self.known[mal_id] for mal_id in mal_ids if mal_id in self.known]
            if rows:
                word, status = _together(rows, is_all=len(rows) == len(mal_ids))
                treated[word, status] += 1
                entries.append(
                    self._entry(Entry(entry_id, title, status, None, now), rows, foreign)
                )
        counts = tuple(Treated(word, status, count) for (word, status), count in treated.items())
        strangers = len(self.strangers)
        return Reading(foreign.name, tuple(entries), strangers, self._left_out(), counts)

    def _entry(self, entry: Entry, rows: Sequence[_Known], foreign: ForeignList) -> Entry:
        """`entry` with the date and the rating that seen works have."""
        if entry.status is not Status.SEEN:
            return entry
        at = min(entry.at, max(row.day or entry.at for row in rows))
        ratings = [_rating(row.score, foreign.top) for row in rows if row.score]
        usable = [rating for rating in ratings if rating is not None]
        if len(usable) < len(ratings):
            self.skipped["rating", _unrated(foreign.top)].add(entry.id)
        rating = _half_up(sum(usable) / len(usable)) if usable else None
        return Entry(entry.id, entry.title, entry.status, rating, at)

    def _left_out(self) -> tuple[Skipped, ...]:
        """What was left out; a work that another row says more of was not."""
        left_out: dict[tuple[str, str], set[object]] = dict(self.skipped)
        left_out[_NO_STATUS] = set(self.unknown_status - self.known.keys())
        return tuple(Skipped(*key, len(rows)) for key, rows in left_out.items() if rows)


def _together(rows: Sequence[_Known], is_all: bool) -> tuple[str, Status]:
    """What the seasons of one title come to: seen only if all of them are."""
    statuses = {row.status for row in rows}
    if Status.SEEN not in statuses or (is_all and statuses == {Status.SEEN}):
        best = max(rows)
        return best.word, best.status
    if Status.DROPPED in statuses:
        return "dropped", Status.DROPPED
    return "completed in part", Status.WATCHING


def _word(row: Row) -> str | None:
    """What the row calls its status, in our spelling; None for a status that nobody knows."""
    letters = re.sub("[^a-z0-9]", "", plain(row.status).lower())
    word = _SPELT.get(letters, letters)
    if row.seen_before and _MEANING.get(word) is not Status.SEEN:
        return "rewatching"
    return word if word in _MEANING else None


def _day(value: object) -> str:
    """Midnight of a whole date; nothing for one like "0000-00-00" or "2019-06-00"."""
    try:
        return f"{date.fromisoformat(plain(value))}T00:00:00Z"
    except ValueError:
        return ""


def _rating(score: float, top: int) -> int | None:
    """How a score of 1 to `top` becomes a rating of 1 to 5: in proportion, half rounded up.

    AniList itself counts its three faces as 35, 60 and 85 of a hundred; so they are 2, 3 and 4.
    """
    if not 0 < score <= top:
        return None
    return int(score) + 1 if top == 3 else max(1, _half_up(score * 5 / top))


def _unrated(top: int) -> str:
    """Why a score gives no rating."""
    return f"its score is not 1 to {top}" if top else "the file does not say out of how many"


def _half_up(amount: float) -> int:
    return int(amount + 0.5)
