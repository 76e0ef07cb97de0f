"""What a person answers: the questions' values, how words are read as them, and how they are said.

An answer left open is None or empty. Everything is immutable, so a conversation can keep every
state it was in.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final, TypeVar

from msgspec import Struct, structs

from cryrec.errors import BadValue, UsageProblem, quoted
from cryrec.models import (
    NOTE_ALIASES,
    Aftertaste,
    Band,
    Format,
    Mood,
    NoteId,
    Setting,
    Title,
    duration,
)
from cryrec.recommend.person import NOBODY, Person

ANY: Final = "any"
"""The word that answers a question with no preference."""

LONGEST_LIMIT: Final = 100_000
"""The most minutes `--time` takes: about seventy days without sleep."""


class Direction(StrEnum):
    """Which way to go from a title one has been shown."""

    GENTLER = "gentler"
    HARDER = "harder"
    SHORTER = "shorter"
    LONGER = "longer"

    @property
    def opposite(self) -> Direction:
        """The direction that contradicts this one."""
        pairs = {"gentler": "harder", "harder": "gentler", "shorter": "longer", "longer": "shorter"}
        return Direction(pairs[self.value])

    def keeps(self, origin: Title, to: Title) -> bool:
        """Whether `to` lies no less far in this direction than `origin`."""
        known = self._measure(origin) is not None and self._measure(to) is not None
        return known and not self.opposite.leads(origin, to)

    def leads(self, origin: Title, to: Title) -> bool:
        """Whether `to` lies strictly in this direction, seen from `origin`."""
        here, there = self._measure(origin), self._measure(to)
        if here is None or there is None:
            return False
        return there < here if self in (Direction.GENTLER, Direction.SHORTER) else there > here

    def _measure(self, title: Title) -> int | None:
        """What this direction changes of a title; None if it is not known."""
        by_weight = self in (Direction.GENTLER, Direction.HARDER)
        return title.tissues if by_weight else title.minutes_total


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
        word = f"{hours}h{rest:02}" if hours and rest else f"{hours}h" if hours else f"{rest}m"
        return cls(word, minutes, Band.holding(minutes))

    @property
    def label(self) -> str:
        """The limit in running text, such as "a weekend" or "1 h 45"."""
        return self.band.label if self.word == self.band.value else duration(self.limit or 0)

    @property
    def loosened(self) -> TimeLimit | None:
        """One step longer: its band's ceiling, or the next band's; None if there is no limit."""
        if self.limit is None:
            return None
        if self.limit != self.band.ceiling:
            return TimeLimit.of_band(self.band)
        return TimeLimit.of_band(self.band.longer) if self.band.longer else None

    def holds(self, minutes: int) -> bool:
        """Whether something of `minutes` fits."""
        return self.limit is None or minutes <= self.limit


class Answers(Struct, frozen=True):
    """All that a suggestion depends on: the answers, and `person`, who gave them.

    `avoid` is sorted; `like` is the id of a title. A title must lie strictly in the `directions`
    from it, and no less far in those `still` taken.
    """

    mood: tuple[Mood, ...] = ()
    time: TimeLimit | None = None
    format: Format | None = None
    tissues: int | None = None
    avoid: tuple[NoteId, ...] = ()
    aftertaste: Aftertaste | None = None
    setting: Setting | None = None
    max_age: int | None = None
    like: str | None = None
    directions: tuple[Direction, ...] = ()
    still: tuple[Direction, ...] = ()
    count: int = 3
    seed: int = 0
    strict: bool = False
    include_seen: bool = False
    person: Person = NOBODY

    @property
    def words(self) -> tuple[str, ...]:
        """The flags that say the same, seed and count apart: what a script would write.

        The questions about mood, time and tissues always stand, so that the line asks nothing.
        """
        flags = {
            "--mood": ",".join(self.mood) or ANY,
            "--time": self.time.word if self.time else ANY,
            "--tissues": str(self.tissues or ANY),
            "--format": self.format,
            "--avoid": ",".join(self.avoid),
            "--setting": self.setting,
            "--aftertaste": self.aftertaste,
            "--max-age": None if self.max_age is None else str(self.max_age),
            "--like": self.like,
        }
        valued = [word for flag, value in flags.items() if value for word in (flag, str(value))]
        still = ["--still", ",".join(self.still)] if self.still else []
        seen = ["--include-seen"] if self.include_seen else []
        return (*valued, *(f"--{direction}" for direction in self.directions), *still, *seen)

    @property
    def given(self) -> tuple[str, ...]:
        """The names of the answers that say something about titles, the questions first."""
        return tuple(name for name in ANSWER_NAMES if getattr(self, name) not in (None, ()))

    def without(self, name: str) -> Answers:
        """The same answers with that one left open."""
        return structs.replace(self, **{name: () if name in ("mood", "avoid") else None})


ANSWER_NAMES: Final = (
    "mood",
    "time",
    "format",
    "tissues",
    "setting",
    "aftertaste",
    "max_age",
    "avoid",
)
"""The answers that filter or score, by the names scripts know them by."""


# --- words to answers ---------------------------------------------------------------------------


def split_words(values: list[str]) -> list[str]:
    """The values of a repeatable option, each of which may be several joined by commas."""
    return [word.strip().lower() for value in values for word in value.split(",") if word.strip()]


def read_moods(values: list[str]) -> tuple[Mood, ...]:
    """Up to two moods; `any` is none. Raises BadValue, or UsageProblem for a third."""
    words = list(dict.fromkeys(split_words(values)))
    for word in words:
        if word not in (*Mood, ANY):
            raise BadValue("mood", word, [*Mood, ANY])
    if ANY in words and len(words) > 1:
        raise UsageProblem("--mood any leaves the mood open, so it cannot stand beside another")
    if len(words) > 2:
        raise UsageProblem(f"--mood takes one or two, got {len(words)}: {', '.join(words)}")
    return tuple(Mood(word) for word in words if word != ANY)


_TIME: Final = re.compile(r"(?:(\d{1,9})h(?:(\d{1,2})m?)?|(\d{1,9})m?)", re.ASCII)


def read_time(word: str | None) -> TimeLimit | None:
    """A band, or minutes as 90, 90m, 2h, 2h30, 1h45m; `any` is None. Raises UsageProblem."""
    word = (word or ANY).strip().lower().replace(" ", "")
    if word == ANY:
        return None
    if word in list(Band):
        return TimeLimit.of_band(Band(word))
    found = _TIME.fullmatch(word)
    if found is None:
        if word.isalpha():
            raise BadValue("time", word, [*Band, ANY])
        raise UsageProblem(
            f"{quoted(word)} is no time; write {', '.join(Band)}, any, or minutes such as 90, "
            "2h or 1h45m"
        )
    hours, extra, alone = (int(part or 0) for part in found.groups())
    minutes = hours * 60 + extra + alone
    if not 1 <= minutes <= LONGEST_LIMIT or extra > 59:
        raise UsageProblem(
            f"{quoted(word)} is no time; expected 1 to {LONGEST_LIMIT} whole minutes"
        )
    return TimeLimit.of_minutes(minutes)


def read_whole(flag: str, word: str | None, low: int, high: int) -> int | None:
    """A whole number from `low` to `high`; None for None. Raises UsageProblem."""
    if word is None:
        return None
    word = word.strip()
    digits = word.isascii() and word.isdigit() and len(word) <= len(str(high))
    if not (digits and low <= int(word) <= high):
        raise UsageProblem(f"{flag} takes a whole number from {low} to {high}, got {quoted(word)}")
    return int(word)


def read_format(word: str | None) -> Format | None:
    """`movie` (or `film`), `series`; `any` is None. Raises BadValue."""
    word = (word or ANY).strip().lower()
    known = {"movie": Format.MOVIE, "film": Format.MOVIE, "series": Format.SERIES, ANY: None}
    if word not in known:
        raise BadValue("format", word, known)
    return known[word]


def read_tissues(word: str | None) -> int | None:
    """1 to 5; `any` is None. Raises UsageProblem."""
    word = (word or ANY).strip().lower()
    if word == ANY:
        return None
    if word not in ("1", "2", "3", "4", "5"):
        raise UsageProblem(
            f"{quoted(word)} is no number of tissues; expected 1 (a lump in the throat) to "
            "5 (wrecked for days), or any"
        )
    return int(word)


def read_avoid(values: list[str]) -> tuple[NoteId, ...]:
    """Content notes and their everyday words, sorted; `none` is empty. Raises BadValue."""
    words = split_words(values)
    found: set[NoteId] = set()
    for word in words:
        word = word.replace(" ", "-")
        if word in NOTE_ALIASES:
            found |= set(NOTE_ALIASES[word])
        elif word in list(NoteId):
            found.add(NoteId(word))
        elif word != "none":
            raise BadValue("content note", word, [*NoteId, *NOTE_ALIASES, "none"])
    if "none" in words and found:
        raise UsageProblem("--avoid none leaves nothing out, so it cannot stand beside a note")
    return tuple(sorted(found))


Word = TypeVar("Word", bound=StrEnum)


def read_word(kind: type[Word], what: str, word: str | None) -> Word | None:
    """A word of a fixed list; `any` is None. Raises BadValue."""
    word = (word or ANY).strip().lower()
    if word == ANY:
        return None
    if word not in list(kind):
        raise BadValue(what, word, [*kind, ANY])
    return kind(word)
