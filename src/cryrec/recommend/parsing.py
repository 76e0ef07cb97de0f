"""From words to answers: what was typed after each flag, read or refused.

Questions give values that need no reading; a flag gives words, which may be anything. Whatever is
no answer is named with what would be one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Final, Protocol, TypeVar

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
    Shelf,
    Title,
)
from cryrec.recommend.answers import ANY, Answers, Direction, TimeLimit, Wished
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

    @property
    def open_questions(self) -> tuple[str, ...]:
        """The questions that no flag answers, not even with "any"."""
        questions = {"mood": self.mood, "time": self.time, "tissues": self.tissues}
        questions |= {"avoid": self.avoid}
        return tuple(name for name, words in questions.items() if not words)

    @property
    def are_silent(self) -> bool:
        """Whether nothing was said about titles."""
        refined = (self.format, self.setting, self.aftertaste, self.max_age, self.like)
        is_refined = bool(self.shelf or self.words) or any(
            word is not None for word in refined
        )
        return len(self.open_questions) == 4 and not is_refined

    @property
    def forgets_settings(self) -> bool:
        """Whether what is always steered clear of does not count this time."""
        return "none" in split_words(self.avoid)

    @property
    def directions(self) -> tuple[Direction, ...]:
        """The directions that were asked for."""
        asked = (self.gentler, self.harder, self.shorter, self.longer)
        return tuple(
            direction for direction, on in zip(Direction, asked, strict=True) if on
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
        # gets the same answer, whatever was talked about in between.
        person=structs.replace(who.person, recent=tuple(split_words(flags.recent))),
    )


def _read_directions(
    flags: Flags,
) -> tuple[tuple[Direction, ...], tuple[Direction, ...]]:
    """The directions that were asked for, and those that were taken before and still count.

    Raises UsageProblem where they make no sense.
    """
    taken = (
        read_word(Direction, "direction", word) for word in split_words(flags.still)
    )
    still = tuple(direction for direction in taken if direction)
    every = (*flags.directions, *still)
    for direction in every:
        if flags.like is None:
            raise UsageProblem(f"--{direction} needs --like TITLE to start from")
        if direction.opposite in every:
            raise UsageProblem(
                f"--{direction} and --{direction.opposite} contradict each other"
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
    return [
        word.strip().lower()
        for value in values
        for word in value.split(",")
        if word.strip()
    ]


def read_moods(values: list[str]) -> tuple[Mood, ...]:
    """Up to two moods, by id, label or everyday word; `any` is none.

    Raises BadValue, or UsageProblem for a third.
    """
    # One of the labels has a comma in it, at which the words are split.
    shown = {mood.label.lower(): mood.value for mood in Mood if "," in mood.label}
    values = [shown.get(value.strip().lower(), value) for value in values]
    words = [MOOD_WORDS.get(word, word) for word in split_words(values)]
    words = list(dict.fromkeys(words))
    for word in words:
        if word not in (*Mood, ANY):
            raise BadValue("mood", word, [*Mood, ANY])
    if ANY in words and len(words) > 1:
        raise UsageProblem(
            "--mood any leaves the mood open, so it cannot stand beside another"
        )
    if len(words) > 2:
        raise UsageProblem(
            f"--mood takes one or two, got {len(words)}: {', '.join(words)}"
        )
    return tuple(Mood(word) for word in words if word != ANY)


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
    word = (word or ANY).strip().lower()
    word = TIME_WORDS.get(word, word).replace(" ", "")
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
    hours, extra, clock_hours, clock_minutes, alone = (
        int(part or 0) for part in found.groups()
    )
    extra += clock_minutes
    minutes = (hours + clock_hours) * 60 + extra + alone
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
        raise UsageProblem(
            f"{flag} takes a whole number from {low} to {high}, got {quoted(word)}"
        )
    return int(word)


def read_format(word: str | None) -> Format | None:
    """`movie` (or `film`), `series` (or `tv`); `any` is None. Raises BadValue."""
    word = (word or ANY).strip().lower()
    return read_word(Format, "format", FORMAT_WORDS.get(word, word))


def read_setting(word: str | None) -> Setting | None:
    """A setting, by id or everyday word; `any` is None. Raises BadValue."""
    word = (word or ANY).strip().lower()
    return read_word(Setting, "setting", SETTING_WORDS.get(word, word))


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
        raise UsageProblem(
            "--avoid none leaves nothing out, so it cannot stand beside a note"
        )
    return tuple(sorted(found))


def read_shelves(values: list[str]) -> tuple[Shelf, ...]:
    """The shelves to keep to, in their order; `any` is all of them. Raises BadValue."""
    words = set(split_words(values))
    for word in words - {*Shelf, ANY}:
        raise BadValue("shelf", word, [*Shelf, ANY])
    return tuple(shelf for shelf in Shelf if shelf in words and ANY not in words)


def read_word(kind: type[Word], what: str, word: str | None) -> Word | None:
    """A word of a fixed list; `any` is None. Raises BadValue."""
    word = (word or ANY).strip().lower()
    if word == ANY:
        return None
    if word not in list(kind):
        raise BadValue(what, word, [*kind, ANY])
    return kind(word)
