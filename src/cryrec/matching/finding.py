"""The ladder: a query climbs down and stops at the first rung that holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cryrec.matching import spelled
from cryrec.matching.forms import (
    SHORTEST_GUESS,
    SHORTEST_SOUND,
    Form,
    form,
    is_dense_letter,
    is_hangul,
    is_one_letter,
    says_enough,
    sound,
)
from cryrec.matching.index import NameIndex, rows_beginning, rows_with
from cryrec.matching.names import MOST_OFFERED, Found, Match, Name
from cryrec.matching.normalising import normalise
from cryrec.matching.qualifiers import Query, contradicts, read_query

# What a doubtful match loses: enough to come after every other one, of which the lowest has 60.
_DOUBT: Final = 40
# From so many letters on a word is rarely in a name by accident.
_LONG_WORD: Final = 7
# What a related work's name loses: of two names found in the same way, a thing's own is meant.
_RELATED: Final = 1


def find(query: str, names: Sequence[Name]) -> Found:
    """Find what `query` names: the accepted matches or, if there are none, what is near.

    The result depends on nothing but the arguments; of equal scores the first in `names` leads.
    Whoever searches the same names again, or has them compiled, asks `find_in`.
    """
    return find_in(NameIndex.of(names), query)


def find_in(index: NameIndex, query: str) -> Found:
    """Find what `query` names in an index, as `find` does."""
    plain = normalise(query)
    if not plain:
        return Found((), ())
    readings = read_query(plain)
    matches = as_spelled(index, readings)
    if matches and all(
        _is_before(readings.numbered, match) for match in matches
    ):
        return Found((), matches[:MOST_OFFERED])
    if matches or not _can_be_misspelt(readings.meant):
        return Found(matches, ())
    # Imported here because it costs 10 ms of start-up, which a well-spelled name must not pay.
    from cryrec.matching.guessing import guess

    return guess(index, readings)


def _is_before(query: Form, match: Match) -> bool:
    """Tell whether a match is numbered where the query ends: "White Album 2", not its first.

    Two numbers are a fraction: "Tokyo Magnitude" is 8.0 all the same.
    """
    name_words = form(normalise(match.name)).words
    count = len(query.words)
    numbers = [word.isdecimal() for word in name_words[count : count + 2]]
    if query.words[-1:] and query.words[-1].isdecimal():
        return False
    return name_words[:count] == query.words and numbers in (
        [True],
        [True, False],
    )


def as_spelled(index: NameIndex, query: Query) -> tuple[Match, ...]:
    """Return what is spelled as asked, wholly or in part."""
    scores = {}
    for row in _rows_spelled_so(index, query):
        scores[row] = spelled.score(query, index.form(row))
    return best_matches(index, query, scores)


def best_matches(
    index: NameIndex, query: Query, scores: Mapping[int, int]
) -> tuple[Match, ...]:
    """Return the best match of every key, best first, of names by their row and score.

    One short word from inside the name of a work before or after leads nowhere.
    """
    best: dict[str, Match] = {}
    for row, score in sorted(scores.items()):
        if not score:
            continue
        name, name_form = index.name(row), index.form(row)
        is_inside = score <= spelled.PART and len(name_form.content) > 1
        if name.is_related and is_inside and _is_short_word(query.meant):
            continue
        match = _match(name, name_form, query, score)
        rival = best.setdefault(match.key, match)
        if match.score > rival.score:
            best[match.key] = match
    return tuple(sorted(best.values(), key=lambda match: -match.score))


def _is_short_word(meant: Form) -> bool:
    """Tell whether a query is one word of few letters, in a script that needs many for one."""
    is_dense = any(map(is_dense_letter, meant.compact))
    return (
        len(meant.content) == 1
        and not is_dense
        and len(meant.compact) < _LONG_WORD
    )


def _match(name: Name, name_form: Form, query: Query, score: int) -> Match:
    points = score - _RELATED if name.is_related else score
    match = Match(
        key=name.key,
        score=points,
        name=name.text,
        facts=name.facts,
    )
    is_whole_name = score >= spelled.SPACING
    if is_whole_name:
        return match
    is_one_character = len(query.typed.compact) == 1
    if is_one_character or contradicts(query, name_form, name.facts):
        return match._replace(score=points - _DOUBT, is_doubtful=True)
    return match


def _rows_spelled_so(index: NameIndex, query: Query) -> set[int]:
    """Return where the query may stand as spelled: all its letters, or at least a whole word."""
    rows: set[int] = set()
    for reading in query.readings:
        if not reading.compact:
            continue
        if is_one_letter(reading.compact):
            rows.update(index.rows_called(reading.compact))
            continue
        if not says_enough(reading.compact):
            rows.update(rows_beginning(index.compact, reading.compact))
            continue
        rows.update(rows_with(index.compact, reading.compact))
        if reading.content:
            longest_word = max(reading.content, key=len)
            # The beginning of a Korean word is enough.
            end = "" if is_hangul(longest_word[-1]) else " "
            rows.update(rows_with(index.padded, f" {longest_word}{end}"))
    return rows


def _can_be_misspelt(meant: Form) -> bool:
    """Tell whether a query says enough to be guessed at when nothing is spelled so."""
    if not meant.content or is_one_letter(meant.compact):
        return False
    if len(meant.compact) < SHORTEST_GUESS:
        return False
    return len(sound(meant.compact)) >= SHORTEST_SOUND
