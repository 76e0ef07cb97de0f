"""What somebody else's rows mean: numbers, statuses, scores and days, whoever wrote them.

Only these are looked at: user names and comments are not even remembered while reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from cryrec.library.entries import RANK, Status


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


class Meaning(NamedTuple):
    """What a row says, understood. Of two about the same work the greater one says more.

    `rank` is the place of the status in `RANK`, `day` midnight of the day it was finished or
    nothing, `word` the status in our spelling.
    """

    rank: int
    score: float
    day: str
    word: str

    @property
    def status(self) -> Status:
        """What the word means here."""
        return RANK[self.rank]


def meaning(row: Row) -> Meaning | None:
    """What the row says; None where its status is none that anybody has."""
    status_word = _word(row)
    if status_word is None:
        return None
    return Meaning(
        rank=RANK.index(_STATUSES[status_word]),
        score=number(row.score) or 0,
        day=_day(row.finished),
        word=status_word,
    )


def rating(score: float, top: int) -> int | None:
    """How a score of 1 to `top` becomes a rating of 1 to 5: in proportion, half rounded up.

    AniList itself counts its three faces as 35, 60 and 85 of a hundred; so they are 2, 3 and 4.
    """
    if not 0 < score <= top:
        return None
    if top == 3:
        return int(score) + 1
    return max(1, half_up(score * 5 / top))


def half_up(amount: float) -> int:
    """The nearest whole number, half rounded up."""
    return int(amount + 0.5)


def is_true(value: object) -> bool:
    """Whether a field says yes: true, "YES", or a number above zero."""
    return plain(value).lower() in ("yes", "true") or bool(number(value))


def plain(value: object) -> str:
    """A value as text; nothing for one that is none."""
    return str(value).strip() if isinstance(value, str | int | float) else ""


def number(value: object) -> float | None:
    """A value as a number that is not below zero; None if it is none."""
    digits = plain(value)
    return float(digits) if _NUMBER.fullmatch(digits) else None


def whole(value: object) -> int | None:
    """A value as a whole number above zero; None if it is none."""
    amount = number(value)
    return int(amount) if amount and amount == int(amount) else None


_NUMBER: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")
_NO_LETTER: Final = re.compile(r"[^a-z0-9]")

_SPELLINGS: Final = {
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
_STATUSES: Final = {
    "completed": Status.SEEN,
    "rewatching": Status.SEEN,
    "watching": Status.WATCHING,
    "on hold": Status.WATCHING,
    "dropped": Status.DROPPED,
    "planned": Status.LATER,
}


def _word(row: Row) -> str | None:
    """The status of the row in our spelling; None for one that nobody knows."""
    letters = _NO_LETTER.sub("", plain(row.status).lower())
    status_word = _SPELLINGS.get(letters, letters)
    status = _STATUSES.get(status_word)
    if row.seen_before and status is not Status.SEEN:
        return "rewatching"
    return status_word if status else None


def _day(value: object) -> str:
    """Midnight of a whole date; nothing for one like "0000-00-00" or "2019-06-00"."""
    try:
        return f"{date.fromisoformat(plain(value))}T00:00:00Z"
    except ValueError:
        return ""
