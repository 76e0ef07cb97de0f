"""The ladder: a query climbs down and stops at the first rung that answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from cryrec.matching import spelled
from cryrec.matching.forms import SHORTEST_GUESS, SHORTEST_SOUND, Form, is_one_letter, sound
from cryrec.matching.index import NameIndex, lines_with
from cryrec.matching.names import Found, Match, Name
from cryrec.matching.normalising import normalise
from cryrec.matching.qualifiers import Query, contradicts, read_query

# What a doubtful match loses: enough to come after every other one, of which the lowest has 60.
_DOUBT: Final = 40


def find(query: str, names: Sequence[Name]) -> Found:
    """Find what `query` names: the accepted matches or, if there are none, what is near.

    The result depends on nothing but the arguments; of equal scores the first in `names` leads.
    Whoever searches the same names again, or has them compiled, asks `find_in`.
    """
    return find_in(NameIndex(names), query)


def find_in(index: NameIndex, query: str) -> Found:
    """Find what `query` names in an index, as `find` does."""
    plain = normalise(query)
    if not plain:
        return Found((), ())
    asked = read_query(plain)
    matches = as_spelled(index, asked)
    if matches or not _can_be_misspelt(asked.meant):
        return Found(matches, ())
    # Imported here because it costs 10 ms of start-up, which a well-spelled name must not pay.
    from cryrec.matching.guessing import guess

    return guess(index, asked)


def as_spelled(index: NameIndex, query: Query) -> tuple[Match, ...]:
    """Return what is spelled as asked, wholly or in part."""
    places = _places_spelled_so(index, query)
    return best_matches(index, query, places, lambda name: spelled.score(query, name))


def best_matches(
    index: NameIndex, query: Query, places: Iterable[int], score: Callable[[Form], int]
) -> tuple[Match, ...]:
    """Return the best match of every key among the names at `places`, best first."""
    best: dict[str, Match] = {}
    for place in sorted(set(places)):
        match = _match(index.names[place], index.form(place), query, score)
        rival = best.setdefault(match.key, match)
        if match.score > rival.score:
            best[match.key] = match
    accepted_matches = [match for match in best.values() if match.score > 0]
    return tuple(sorted(accepted_matches, key=lambda match: -match.score))


def _match(name: Name, name_form: Form, query: Query, score: Callable[[Form], int]) -> Match:
    points = score(name_form)
    is_whole = points >= spelled.SPACING
    is_one_character = len(query.typed.compact) == 1
    if not points or is_whole:
        return Match(name.key, points, name.text)
    if is_one_character or contradicts(query, name_form, name.facts):
        return Match(name.key, points - _DOUBT, name.text, is_doubtful=True)
    return Match(name.key, points, name.text)


def _places_spelled_so(index: NameIndex, query: Query) -> set[int]:
    """Return where the query may stand as spelled: in a row, or at least its longest word."""
    places: set[int] = set()
    for reading in query.forms:
        if reading.compact:
            places.update(lines_with(index.compact, reading.compact))
        if reading.content:
            longest_word = max(reading.content, key=len)
            # Of a Korean word the beginning is enough; a scan for that finds whole words, too.
            places.update(lines_with(index.padded, f" {longest_word}"))
    return places


def _can_be_misspelt(meant: Form) -> bool:
    """Tell whether a query says enough to be guessed at when nothing is spelled so."""
    has_content = bool(meant.content) and not is_one_letter(meant.compact)
    has_length = len(meant.compact) >= SHORTEST_GUESS
    return has_content and has_length and len(sound(meant.compact)) >= SHORTEST_SOUND
