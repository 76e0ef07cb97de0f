"""What a person answers: the questions' values, and how they are written on a command line.

An answer left open is None or empty. Everything is immutable, so a conversation can keep every
state it was in.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

from msgspec import Struct, structs

from cryrec.models import (
    Aftertaste,
    Band,
    Format,
    Mood,
    NoteId,
    Setting,
    Shelf,
    Title,
    duration,
)
from cryrec.recommend.person import NOBODY, Person

ANY: Final = "any"
"""The word that answers a question with no preference."""


class AnswerName(StrEnum):
    """Everything that decides about titles, by the name that scripts know.

    All are fields of `Answers`, but for `seen`, which comes from the library. `like` stands for
    the directions taken from a title.
    """

    MOOD = "mood"
    TIME = "time"
    FORMAT = "format"
    TISSUES = "tissues"
    SETTING = "setting"
    AFTERTASTE = "aftertaste"
    MAX_AGE = "max_age"
    AVOID = "avoid"
    SHELF = "shelf"
    WORDS = "words"
    SEEN = "seen"
    LIKE = "like"


class Direction(StrEnum):
    """Which way to go from a title one has been shown."""

    GENTLER = "gentler"
    HARDER = "harder"
    SHORTER = "shorter"
    LONGER = "longer"

    @property
    def opposite(self) -> Direction:
        """The direction that contradicts this one."""
        return _OPPOSITES[self]

    def leads(self, here: int | None, there: int | None) -> bool:
        """Whether the measure `there` lies strictly in this direction, seen from `here`."""
        if here is None or there is None:
            return False
        if self in (Direction.GENTLER, Direction.SHORTER):
            return there < here
        return there > here

    def measure(self, title: Title) -> int | None:
        """What this direction changes of a title; None if it is not known."""
        if self in (Direction.GENTLER, Direction.HARDER):
            return title.tissues
        return title.minutes_total


_OPPOSITES: Final = {
    Direction.GENTLER: Direction.HARDER,
    Direction.HARDER: Direction.GENTLER,
    Direction.SHORTER: Direction.LONGER,
    Direction.LONGER: Direction.SHORTER,
}


class TimeLimit(Struct, frozen=True):
    """How long somebody has: a ceiling in minutes (None for no limit) and the band it is scored as.

    `word` is how it is written on the command line.
    """

    word: str
    limit: int | None
    band: Band

    @classmethod
    def of_band(cls, band: Band) -> TimeLimit:
        """A whole band."""
        return cls(band.value, band.ceiling, band)

    @classmethod
    def of_minutes(cls, minutes: int) -> TimeLimit:
        """A ceiling of one's own, scored as the band that holds it."""
        hours, rest = divmod(minutes, 60)
        if not hours:
            word = f"{rest}m"
        elif not rest:
            word = f"{hours}h"
        else:
            word = f"{hours}h{rest:02}"
        return cls(word, minutes, Band.holding(minutes))

    @property
    def label(self) -> str:
        """The limit in running text, such as "a weekend" or "1 h 45"."""
        if self.word == self.band.value:
            return self.band.label
        return duration(self.limit or 0)

    @property
    def loosened(self) -> TimeLimit | None:
        """One step longer: its band's ceiling, or the next band's; None if there is no limit."""
        if self.limit is None:
            return None
        if self.limit != self.band.ceiling:
            return TimeLimit.of_band(self.band)
        if self.band.longer is None:
            return None
        return TimeLimit.of_band(self.band.longer)

    def holds(self, minutes: int) -> bool:
        """Whether something of `minutes` fits."""
        return self.limit is None or minutes <= self.limit


class Wished(Struct, frozen=True):
    """How much of what somebody wished for a title is about: which of the words, and the points."""

    words: tuple[str, ...]
    points: int


class Answers(Struct, frozen=True):
    """All that a suggestion depends on: the answers, and `person`, who gave them.

    `avoid` and `shelf` are sorted; `words` are no answers but wishes about what a title is
    about, and `wished` what they come to, by the ids of the titles in which they stand.
    `like` is the id of a title, and a title must lie strictly in the `directions` from it, and no
    less far in those `still` taken.
    """

    mood: tuple[Mood, ...] = ()
    time: TimeLimit | None = None
    format: Format | None = None
    tissues: int | None = None
    avoid: tuple[NoteId, ...] = ()
    aftertaste: Aftertaste | None = None
    setting: Setting | None = None
    max_age: int | None = None
    shelf: tuple[Shelf, ...] = ()
    words: tuple[str, ...] = ()
    wished: Mapping[str, Wished] = {}
    like: str | None = None
    directions: tuple[Direction, ...] = ()
    still: tuple[Direction, ...] = ()
    count: int = 3
    seed: int = 0
    strict: bool = False
    include_seen: bool = False
    include_uncurated: bool = False
    person: Person = NOBODY

    @property
    def flags(self) -> tuple[str, ...]:
        """The flags that say the same, seed and count apart: what a script would write.

        The questions about mood, time and tissues always stand, so that the line asks nothing.
        """
        flags = list(self.words)
        for flag, value in self._values.items():
            if value:
                flags += [flag, value]
        flags += [f"--{direction}" for direction in self.directions]
        if self.still:
            flags += ["--still", ",".join(self.still)]
        if self.include_seen:
            flags.append("--include-seen")
        if self.include_uncurated:
            flags.append("--include-uncurated")
        return tuple(flags)

    @property
    def _values(self) -> dict[str, str | None]:
        """What stands behind each flag that takes a value; nothing where it is left away."""
        return {
            "--mood": ",".join(self.mood) or ANY,
            "--time": self.time.word if self.time else ANY,
            "--tissues": str(self.tissues or ANY),
            "--format": self.format,
            "--avoid": ",".join(self.avoid),
            "--setting": self.setting,
            "--aftertaste": self.aftertaste,
            "--max-age": None if self.max_age is None else str(self.max_age),
            "--shelf": ",".join(self.shelf),
            "--like": self.like,
        }

    @property
    def given(self) -> tuple[AnswerName, ...]:
        """The answers that say something about titles, the questions first."""
        return tuple(
            name
            for name in _GIVEN
            if getattr(self, name) != getattr(_NOTHING_SAID, name)
        )

    def without(self, name: str) -> Answers:
        """The same answers with that one left open."""
        return structs.replace(self, **{name: getattr(_NOTHING_SAID, name)})


_NOTHING_SAID: Final = Answers()

_GIVEN: Final = tuple(
    name
    for name in AnswerName
    if name not in (AnswerName.SEEN, AnswerName.LIKE)
)
