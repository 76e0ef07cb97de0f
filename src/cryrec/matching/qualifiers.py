"""What people write beside a name: "watch", "movie", "season 2", "(2016)".

Most of it is noise. A year, a number or a kind says which of several works is meant, so one that
does not fit what is known of a name makes the match doubtful.
"""

import re
from collections.abc import Set
from functools import lru_cache
from typing import Final, NamedTuple

from cryrec.matching.forms import NUMBER_WORDS, Form, form, word_set

_NOISE: Final = word_set(
    "anime cartoon complete dub dubbed english hd online ova show special specials stream",
    "streaming sub subbed subs subtitled subtitles watch アニメ",
)
# What a word says of the format, in the words of the catalogue. No work of ours is of the third.
_KINDS: Final = {
    "movie": word_set("film films movie movies 映画 劇場版"),
    "series": word_set("episode episodes season seasons serie series tv"),
    "neither": word_set("manga ost"),
}
_FORMATS: Final = {
    word: kind for kind, words in _KINDS.items() for word in words
}
_FILLER: Final = _NOISE | _FORMATS.keys()
_COUNT: Final = r"\d{1,3}|one|two|three|four|five|six|ii|iii|iv"
_NUMBERED: Final = re.compile(
    rf"\b(?:(?:season|part|cour) (?P<after>{_COUNT})"
    r"|(?P<before>\d{1,3})(?:st|nd|rd|th) (?:season|part|cour)"
    r"|(?P<ordinal>first|second|third|final) (?:season|part|cour)"
    r"|s(?P<short>\d{1,2})"
    r"|(?:episode|ep) \d{1,3}"
    r"|(?P<year>(?:19|20)\d\d))\b"
)
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_BARE_NUMBER: Final = re.compile(r"\b(?:\d{1,3}|ii|iii|iv)\b")
_DIGITS: Final = re.compile(r"\d+")


class Facts(NamedTuple):
    """What is known of the work behind a name, beyond the name; None where nothing is.

    `format` is "movie" or "series"; `parts` is how many seasons or parts the one work holds.
    """

    year: int | None = None
    format: str | None = None
    parts: int = 1


class Query(NamedTuple):
    """What was typed, and what is left of it without what may stand beside a name.

    `numbered` still has its years, and its seasons as bare numbers, because names have them too:
    "Clannad season 2" is "Clannad 2". `qualified` still has its kind, as in "Violet Evergarden
    Movie (2020)". `meant` has none of these.
    """

    typed: Form
    numbered: Form
    qualified: Form
    meant: Form
    years: tuple[int, ...]
    numbers: tuple[int, ...]
    formats: tuple[tuple[str, str], ...]

    @property
    def readings(self) -> tuple[Form, ...]:
        """All of them, each different one once, as typed first."""
        readings = (self.typed, self.numbered, self.qualified, self.meant)
        return tuple(dict.fromkeys(readings))


@lru_cache(maxsize=64)
def read_query(plain: str) -> Query:
    """Return the readings of a normalised query."""
    bare = _NUMBERED.sub(_as_bare_number, plain)
    numbers = [
        NUMBER_WORDS.get(number, number)
        for number in _BARE_NUMBER.findall(bare)
    ]
    format_words = [word for word in plain.split() if word in _FORMATS]
    return Query(
        typed=form(plain),
        numbered=_without(_FILLER, bare),
        qualified=_without(_NOISE, _NUMBERED.sub(" ", plain)),
        meant=without_qualifiers(plain),
        years=tuple(map(int, _YEAR.findall(plain))),
        numbers=tuple(map(int, numbers)),
        formats=tuple((word, _FORMATS[word]) for word in format_words),
    )


def without_qualifiers(plain: str) -> Form:
    """Return a normalised text without fillers, years and numbered seasons."""
    bare = _NUMBERED.sub(" ", plain)
    return _without(_FILLER, bare)


def _without(dropped_words: Set[str], plain: str) -> Form:
    kept_words = [word for word in plain.split() if word not in dropped_words]
    return form(" ".join(kept_words))


def _as_bare_number(match: re.Match[str]) -> str:
    """Return "2" for "season 2", "2nd season" and the like, and a year as it is."""
    number = (
        match["after"] or match["before"] or match["ordinal"] or match["short"]
    )
    if number:
        return NUMBER_WORDS.get(number, number)
    return match["year"] or " "


def contradicts(query: Query, name: Form, facts: Facts) -> bool:
    """Tell whether a year, a number or a kind in the query speaks against this name.

    What stands in the name itself never does, and what is not known cannot.
    """
    own_numbers = _own_numbers(name)
    foreign_years = set(query.years) - own_numbers
    if facts.year is not None and foreign_years - {facts.year}:
        return True
    foreign_numbers = set(query.numbers) - own_numbers
    if any(not 1 <= number <= facts.parts for number in foreign_numbers):
        return True
    foreign_formats = {
        format for word, format in query.formats if word not in name.words
    }
    return facts.format is not None and bool(foreign_formats - {facts.format})


def _own_numbers(name: Form) -> set[int]:
    """Return the numbers that stand in a name, in figures or letters."""
    spelled_numbers = [
        NUMBER_WORDS[word] for word in name.words if word in NUMBER_WORDS
    ]
    written_numbers = _DIGITS.findall(name.plain)
    return {int(number) for number in (*spelled_numbers, *written_numbers)}
