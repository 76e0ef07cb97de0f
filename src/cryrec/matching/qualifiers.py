"""What people write beside a name: "watch", "movie", "season 2", "(2016)".

Most of it is noise. A year, a number or a kind says which of several works is meant, so one that
does not fit what is known of a name makes the match doubtful.
"""

import re
from collections.abc import Iterator
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
_FORMATS: Final = {word: kind for kind, words in _KINDS.items() for word in words}
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
    "Clannad season 2" is "Clannad 2". `meant` has neither.
    """

    typed: Form
    numbered: Form
    meant: Form
    years: tuple[int, ...]
    numbers: tuple[int, ...]
    formats: tuple[tuple[str, str], ...]

    @property
    def forms(self) -> tuple[Form, ...]:
        """The different readings, as typed first."""
        return tuple(dict.fromkeys((self.typed, self.numbered, self.meant)))


@lru_cache(maxsize=64)
def read_query(plain: str) -> Query:
    """Return the readings of a normalised query."""
    bare = _NUMBERED.sub(_as_bare_number, plain)
    return Query(
        typed=form(plain),
        numbered=without_filler(bare),
        meant=without_filler(_NUMBERED.sub(" ", plain)),
        years=tuple(map(int, _YEAR.findall(plain))),
        numbers=tuple(_numbers(bare)),
        formats=tuple((word, _FORMATS[word]) for word in plain.split() if word in _FORMATS),
    )


def without_filler(plain: str) -> Form:
    """Return a normalised text without the words that only accompany names."""
    return form(" ".join(word for word in plain.split() if word not in _FILLER))


def without_qualifiers(plain: str) -> Form:
    """Return a normalised text without fillers, years and numbered seasons."""
    return without_filler(_NUMBERED.sub(" ", plain))


def _as_bare_number(match: re.Match[str]) -> str:
    """Return "2" for "season 2", "2nd season" and the like, and a year as it is."""
    number = match["after"] or match["before"] or match["ordinal"] or match["short"]
    return NUMBER_WORDS.get(number, number) if number else match["year"] or " "


def _numbers(bare: str) -> Iterator[int]:
    for number in _BARE_NUMBER.findall(bare):
        yield int(NUMBER_WORDS.get(number, number))


def contradicts(query: Query, name: Form, facts: Facts) -> bool:
    """Tell whether a year, a number or a kind in the query speaks against this name.

    What stands in the name itself never does, and what is not known cannot.
    """
    own_numbers = {NUMBER_WORDS.get(word, word) for word in name.words}
    own_numbers.update(_DIGITS.findall(name.plain))
    own_values = {int(number) for number in own_numbers if number.isdecimal()}
    for year in query.years:
        if year not in own_values and facts.year not in (None, year):
            return True
    for number in query.numbers:
        if number not in own_values and not 1 <= number <= facts.parts:
            return True
    for word, format in query.formats:
        if word not in name.words and facts.format not in (None, format):
            return True
    return False
