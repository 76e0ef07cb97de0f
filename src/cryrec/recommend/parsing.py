"""From words to answers: what was typed after each flag, read or refused.

Questions give values that need no reading; a flag gives words, which may be anything. Whatever is
no answer is named with what would be one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Final, Protocol, Self, TypeVar

from msgspec import Struct, structs

from cryrec.errors import BadNote, BadValue, UsageProblem, quoted
from cryrec.models import (
    NOTE_ALIASES,
    Aftertaste,
    Band,
    Format,
    Mood,
    NoteId,
    Setting,
    Shelf,
    Title,
)
from cryrec.recommend.answers import (
    ANY,
    AnswerName,
    Answers,
    Direction,
    TimeLimit,
    Wished,
)
from cryrec.recommend.person import Person

Word = TypeVar("Word", bound=StrEnum)

LONGEST_LIMIT: Final = 100_000
"""The most minutes `--time` takes: about seventy days without sleep."""

MOST_CARDS: Final = 10

OLDEST: Final = 150

HIGHEST_SEED: Final = 2**63 - 1


class Flags(Struct, frozen=True, kw_only=True):
    """What was typed after each flag that says something about titles, unread.

    `words` are wishes about what a title should be about.
    """

    words: list[str] = []
    mood: list[str] = []
    time: str | None = None
    tissues: str | None = None
    avoid: list[str] = []
    format: str | None = None
    setting: str | None = None
    aftertaste: str | None = None
    max_age: str | None = None
    shelf: list[str] = []
    like: str | None = None
    gentler: bool = False
    harder: bool = False
    shorter: bool = False
    longer: bool = False
    still: list[str] = []
    count: str = "3"
    seed: str | None = None
    recent: list[str] = []
    strict: bool = False
    include_seen: bool = False
    include_uncurated: bool = False

    @classmethod
    def of(cls, arguments: Mapping[str, Any]) -> Self:
        """The flags among the arguments of a command, by name; its words are no flags."""
        names = [name for name in cls.__struct_fields__ if name != "words"]
        return cls(**{name: arguments[name] for name in names})

    @property
    def open_questions(self) -> tuple[str, ...]:
        """The questions that no flag answers, not even with "any"."""
        flags_by_question = {
            "mood": self.mood,
            "time": self.time,
            "tissues": self.tissues,
            "avoid": self.avoid,
        }
        return tuple(
            question
            for question, flag in flags_by_question.items()
            if not flag
        )

    @property
    def are_silent(self) -> bool:
        """Whether nothing was said about titles, not even "any"."""
        names = (name for name in AnswerName if name in self.__struct_fields__)
        return not any(getattr(self, name) for name in names)

    @property
    def forgets_settings(self) -> bool:
        """Whether what is always steered clear of does not count this time."""
        return "none" in split_words(self.avoid)

    @property
    def directions(self) -> tuple[Direction, ...]:
        """The directions that were asked for."""
        switches = {
            Direction.GENTLER: self.gentler,
            Direction.HARDER: self.harder,
            Direction.SHORTER: self.shorter,
            Direction.LONGER: self.longer,
        }
        return tuple(
            direction for direction, is_on in switches.items() if is_on
        )


class WhoAsks(Protocol):
    """Whatever has to be known of whoever typed the flags."""

    @property
    def person(self) -> Person:
        """What their library knows."""

    @property
    def always_avoided(self) -> tuple[NoteId, ...] | None:
        """What their settings always steer clear of."""

    def find_title(self, name: str) -> Title:
        """The one title of that name; raises UnknownName or AmbiguousName."""

    def wished(self, words: Sequence[str]) -> Mapping[str, Wished]:
        """What some wishes come to, by the ids of the titles in which they stand."""


def read_answers(flags: Flags, who: WhoAsks) -> Answers:
    """The answers in `flags`, with what is known of `who` types them.

    Raises UsageProblem for whatever is no answer, UnknownName or AmbiguousName for a title, and
    FileProblem where the settings cannot be read.
    """
    always = () if flags.forgets_settings else who.always_avoided or ()
    directions, still = _read_directions(flags)
    return Answers(
        mood=read_moods(flags.mood),
        time=read_time(flags.time),
        tissues=read_tissues(flags.tissues),
        avoid=tuple(sorted({*read_avoid(flags.avoid), *always})),
        format=read_format(flags.format),
        setting=read_setting(flags.setting),
        aftertaste=read_word(Aftertaste, "aftertaste", flags.aftertaste),
        max_age=read_whole("--max-age", flags.max_age, 0, OLDEST),
        shelf=read_shelves(flags.shelf),
        words=tuple(flags.words),
        wished=who.wished(flags.words) if flags.words else {},
        like=None if flags.like is None else who.find_title(flags.like).id,
        directions=directions,
        still=still,
        count=read_whole("--count", flags.count, 1, MOST_CARDS) or 1,
        seed=read_whole("--seed", flags.seed, 0, HIGHEST_SEED) or 0,
        strict=flags.strict,
        include_seen=flags.include_seen,
        include_uncurated=flags.include_uncurated,
        # What conversations offered lately counts in a conversation alone: a script that runs twice
        # gets the same reply, whatever was talked about in between.
        person=structs.replace(
            who.person, recent=tuple(split_words(flags.recent))
        ),
    )


def _read_directions(
    flags: Flags,
) -> tuple[tuple[Direction, ...], tuple[Direction, ...]]:
    """The directions that were asked for, and those that were taken before and still count.

    Raises UsageProblem where they make no sense.
    """
    still = tuple(
        direction
        for word in split_words(flags.still)
        if (direction := read_word(Direction, "direction", word))
    )
    all_directions = (*flags.directions, *still)
    for direction in all_directions:
        opposite = direction.opposite
        if flags.like is None:
            raise UsageProblem(
                f"--{direction} needs --like TITLE to start from"
            )
        if opposite in all_directions:
            raise UsageProblem(
                f"--{direction} and --{opposite} contradict each other"
            )
    return flags.directions, still


MOOD_WORDS: Final = {
    **{mood.label.lower(): mood.value for mood in Mood},
    "dying": "goodbye",
    "grief": "left-behind",
    "breakup": "missed",
    "romance": "missed",
    "siblings": "family",
    "regrets": "regret",
    "hopeful": "healing",
}
"""What people call a kind of cry, and its id: the labels that are shown, and everyday words."""

TIME_WORDS: Final = {
    **{band.label: band.value for band in Band},
    "evening": "tonight",
    "an evening": "tonight",
    "a week": "week",
    "long haul": "long-haul",
}
"""What people call a length, and its id."""

FORMAT_WORDS: Final = {
    "film": "movie",
    "films": "movie",
    "movies": "movie",
    "tv": "series",
    "show": "series",
    "shows": "series",
}
"""What people call a film or a series, and its id."""

SETTING_WORDS: Final = {
    **{setting.label: setting.value for setting in Setting},
    "scifi": "sci-fi",
    "sci fi": "sci-fi",
    "science fiction": "sci-fi",
    "space": "sci-fi",
    "real": "realistic",
    "past": "historical",
    "history": "historical",
}
"""What people call a setting, and its id."""


def split_words(values: list[str]) -> list[str]:
    """The values of a repeatable option, each of which may be several joined by commas."""
    words = ",".join(values).split(",")
    return [word.strip().lower() for word in words if word.strip()]


def read_moods(values: list[str]) -> tuple[Mood, ...]:
    """Up to two moods, by id, label or everyday word; `any` is none.

    Raises BadValue, or UsageProblem for a third.
    """
    mood_ids = _mood_ids(values)
    for mood_id in mood_ids:
        if mood_id not in (*Mood, ANY):
            raise BadValue("mood", mood_id, [*Mood, ANY])
    if mood_ids == [ANY]:
        return ()
    if ANY in mood_ids:
        raise UsageProblem(
            "--mood any leaves the mood open, so it cannot stand beside another"
        )
    if len(mood_ids) > 2:
        listed = ", ".join(mood_ids)
        raise UsageProblem(
            f"--mood takes one or two, got {len(mood_ids)}: {listed}"
        )
    return tuple(map(Mood, mood_ids))


def _mood_ids(values: list[str]) -> list[str]:
    """What was asked for, each once, as ids of moods; what is none stays as it was typed."""
    # One of the labels has a comma in it, at which the words are split.
    ids_by_label = {
        mood.label.lower(): mood.value for mood in Mood if "," in mood.label
    }
    unlabelled = [ids_by_label.get(_folded(value), value) for value in values]
    mood_ids = (MOOD_WORDS.get(word, word) for word in split_words(unlabelled))
    return list(dict.fromkeys(mood_ids))


_MINUTE: Final = "(?:m|min|mins|minute|minutes)"
_TIME: Final = re.compile(
    rf"(\d{{1,9}})(?:h|hr|hrs|hour|hours)(?:(\d{{1,2}}){_MINUTE}?)?"
    r"|(\d{1,9}):(\d\d)"
    rf"|(\d{{1,9}}){_MINUTE}?",
    re.ASCII,
)


def read_time(word: str | None) -> TimeLimit | None:
    """A band, or minutes as 90, 90m, 2h, 2h30, 2:30, "2 hours"; `any` is None.

    Raises UsageProblem.
    """
    typed = _folded(word)
    length = TIME_WORDS.get(typed, typed).replace(" ", "")
    if length == ANY:
        return None
    if length in list(Band):
        return TimeLimit.of_band(Band(length))
    return TimeLimit.of_minutes(_read_minutes(length))


def _read_minutes(length: str) -> int:
    match = _TIME.fullmatch(length)
    if match is None:
        if length.isalpha():
            raise BadValue("time", length, [*Band, ANY])
        bands = ", ".join(Band)
        raise UsageProblem(
            f"{quoted(length)} is no time; write {bands}, any, or minutes such as 90, "
            "2h or 1h45m"
        )
    numbers = [int(digits or 0) for digits in match.groups()]
    hours, minutes_beside, clock_hours, clock_minutes, minutes_alone = numbers
    minutes_beside += clock_minutes
    minutes = (hours + clock_hours) * 60 + minutes_beside + minutes_alone
    if not 1 <= minutes <= LONGEST_LIMIT or minutes_beside > 59:
        raise UsageProblem(
            f"{quoted(length)} is no time; expected 1 to {LONGEST_LIMIT} whole minutes"
        )
    return minutes


def read_whole(flag: str, word: str | None, low: int, high: int) -> int | None:
    """A whole number from `low` to `high`; None for None. Raises UsageProblem."""
    if word is None:
        return None
    digits = word.strip()
    is_number = digits.isascii() and digits.isdigit()
    is_short = len(digits) <= len(str(high))
    if not (is_number and is_short and low <= int(digits) <= high):
        raise UsageProblem(
            f"{flag} takes a whole number from {low} to {high}, got {quoted(digits)}"
        )
    return int(digits)


def read_format(word: str | None) -> Format | None:
    """`movie` (or `film`), `series` (or `tv`); `any` is None. Raises BadValue."""
    typed = _folded(word)
    return read_word(Format, "format", FORMAT_WORDS.get(typed, typed))


def read_setting(word: str | None) -> Setting | None:
    """A setting, by id or everyday word; `any` is None. Raises BadValue."""
    typed = _folded(word)
    return read_word(Setting, "setting", SETTING_WORDS.get(typed, typed))


def read_tissues(word: str | None) -> int | None:
    """1 to 5; `any` is None. Raises UsageProblem."""
    typed = _folded(word)
    if typed == ANY:
        return None
    if typed not in ("1", "2", "3", "4", "5"):
        raise UsageProblem(
            f"{quoted(typed)} is no number of tissues; expected 1 (a lump in the throat) to "
            "5 (wrecked for days), or any"
        )
    return int(typed)


def read_avoid(values: list[str]) -> tuple[NoteId, ...]:
    """Content notes and their everyday words, sorted; `none` is empty. Raises BadValue."""
    words = [word.replace(" ", "-") for word in split_words(values)]
    notes: set[NoteId] = set()
    for word in words:
        if word in NOTE_ALIASES:
            notes |= set(NOTE_ALIASES[word])
        elif word in list(NoteId):
            notes.add(NoteId(word))
        elif word != "none":
            raise BadNote(word, [*NOTE_ALIASES, *NoteId, "none"])
    if "none" in words and notes:
        raise UsageProblem(
            "--avoid none leaves nothing out, so it cannot stand beside a note"
        )
    return tuple(sorted(notes))


def read_shelves(values: list[str]) -> tuple[Shelf, ...]:
    """The shelves to keep to, in their order; `any` is all of them. Raises BadValue."""
    words = set(split_words(values))
    for word in words - {*Shelf, ANY}:
        raise BadValue("shelf", word, [*Shelf, ANY])
    if ANY in words:
        return ()
    return tuple(shelf for shelf in Shelf if shelf in words)


def read_word(kind: type[Word], what: str, word: str | None) -> Word | None:
    """A word of a fixed list; `any` is None. Raises BadValue."""
    typed = _folded(word)
    if typed == ANY:
        return None
    if typed not in list(kind):
        raise BadValue(what, typed, [*kind, ANY])
    return kind(typed)


def _folded(word: str | None) -> str:
    """A word as words are compared; an option that was not given is one left open."""
    return (word or ANY).strip().lower()
