"""What stands in the end where a sentence gives one answer more than once.

The strictest of several times and the youngest of several ages, the first of everything else; a
number comes before words.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Final, NamedTuple

from cryrec.models import Band, Format
from cryrec.recommend.answers import ANY, AnswerName
from cryrec.recommend.parsing import read_time
from cryrec.wording.lexicon import DIRECTION

MOST_MOODS: Final = 2

_ALL_STAND: Final = (AnswerName.AVOID, AnswerName.WORDS, DIRECTION)

_NO_LIMIT: Final = 10**9

_SHORT: Final = "2h"
_SHORT_SERIES: Final = Band.WEEKEND.value
"""What "short" means of a series: none is over in two hours."""


class Understood(NamedTuple):
    """Some words, the answer that they give, and its value as the flag takes it."""

    words: str
    answer: str
    value: str


def settled(
    understood: Sequence[Understood], counted: Set[Understood]
) -> list[Understood]:
    """Return what stands of everything that was understood; `counted` was said in numbers."""
    by_answer: dict[str, dict[str, Understood]] = {}
    for answered in understood:
        by_value = by_answer.setdefault(answered.answer, {})
        by_value.setdefault(answered.value, answered)
    standing: set[Understood] = set()
    for answer, by_value in by_answer.items():
        candidates = _numbers_first(answer, list(by_value.values()), counted)
        standing.update(_standing(answer, candidates))
    is_series = any(answered.value == Format.SERIES for answered in standing)
    return [
        _of_series(answered)
        if is_series and answered not in counted
        else answered
        for answered in understood
        if answered in standing
    ]


def _numbers_first(
    answer: str, candidates: Sequence[Understood], counted: Set[Understood]
) -> Sequence[Understood]:
    """The values of one answer, those in numbers first; an age in words gives way to one."""
    numbers = [answered for answered in candidates if answered in counted]
    words = [answered for answered in candidates if answered not in counted]
    if numbers and answer == AnswerName.MAX_AGE:
        return numbers
    return numbers + words


def _standing(
    answer: str, candidates: Sequence[Understood]
) -> Sequence[Understood]:
    """Which of several values of one answer stand."""
    if answer in _ALL_STAND:
        return candidates
    if answer == AnswerName.MOOD:
        return candidates[:MOST_MOODS]
    if answer == AnswerName.TIME:
        return [min(candidates, key=_minutes)]
    if answer == AnswerName.MAX_AGE:
        return [min(candidates, key=_years)]
    if answer == AnswerName.FORMAT and len(candidates) > 1:
        return []
    return candidates[:1]


def _of_series(answered: Understood) -> Understood:
    """Return what an answer in words means where a series is asked for."""
    is_short = (answered.answer, answered.value) == (AnswerName.TIME, _SHORT)
    return answered._replace(value=_SHORT_SERIES) if is_short else answered


def _years(age: Understood) -> int:
    return int(age.value)


def _minutes(time: Understood) -> int:
    limit = None if time.value == ANY else read_time(time.value)
    if limit is None:
        return _NO_LIMIT + 1
    return limit.limit or _NO_LIMIT
