"""The score: a ledger of integer lines, one for each answered question, that anybody can add up.

The weights say what people forgive least: the wrong kind of cry, then the wrong weight, then the
wrong length. No floats, no clock, no locale and no set order anywhere, so one input has one answer.
"""

from __future__ import annotations

from typing import Final

from cryrec.models import Aftertaste, Ending, Title
from cryrec.recommend.answers import Answers
from cryrec.recommend.person import Person
from cryrec.recommend.taste import Taste

MOOD_POINTS: Final = {3: 40, 2: 26, 1: 14}
NEIGHBOUR_POINTS: Final = 12
BOTH_MOODS_POINTS: Final = 6
TISSUES_POINTS: Final = 20
EACH_TISSUE_OVER: Final = 8
EACH_TISSUE_UNDER: Final = 5
TIME_POINTS: Final = (15, 10, 5, 2)
AFTERTASTE_POINTS: Final = (10, 5, 0)
WATCHLIST_POINTS: Final = 4
RECENT_POINTS: Final = (-13, -9, -6, -3)


def ledger(title: Title, answers: Answers, taste: Taste | None = None) -> dict[str, int]:
    """The points of `title`, by answer; an answer left open contributes no line."""
    lines = {}
    if answers.mood:
        lines["mood"] = _mood(title, answers)
    if answers.tissues is not None:
        lines["tissues"] = _tissues(title, answers.tissues)
    if answers.time is not None:
        steps = answers.time.band.place - title.band.place
        lines["time"] = TIME_POINTS[steps] if steps >= 0 else 0
    if answers.aftertaste is not None:
        lines["aftertaste"] = _aftertaste(title, answers.aftertaste)
    return lines | _personal(title, answers.person, taste)


def _personal(title: Title, person: Person, taste: Taste | None) -> dict[str, int]:
    """What the person's own library adds; a line that would be nought is left out."""
    lines = {}
    if taste and (points := taste.points.get(title.id, 0)):
        lines["taste"] = points
    if title.id in person.later:
        lines["watchlist"] = WATCHLIST_POINTS
    if title.id in person.recent[: len(RECENT_POINTS)]:
        lines["recent"] = RECENT_POINTS[person.recent.index(title.id)]
    return lines


def _mood(title: Title, answers: Answers) -> int:
    strengths = [s for mood in answers.mood if (s := title.strength(mood))]
    if strengths:
        return MOOD_POINTS[max(strengths)] + (BOTH_MOODS_POINTS if len(strengths) == 2 else 0)
    near = {mood for asked in answers.mood for mood in asked.neighbours}
    return NEIGHBOUR_POINTS if any(tag.id in near for tag in title.moods) else 0


def _aftertaste(title: Title, asked: Aftertaste) -> int:
    if title.ending is None:
        return 0
    apart = abs(list(Ending).index(title.ending) - list(Aftertaste).index(asked))
    return AFTERTASTE_POINTS[apart]


def _tissues(title: Title, asked: int) -> int:
    if title.tissues is None:
        return 0
    apart = title.tissues - asked
    cost = apart * EACH_TISSUE_OVER if apart > 0 else -apart * EACH_TISSUE_UNDER
    return max(0, TISSUES_POINTS - cost)


def similarity(one: Title, other: Title) -> int:
    """How alike two titles are, 0 to 100, from what a viewer can know beforehand; never the ending.

    Moods 50 (weighted Jaccard index of the strengths), first setting 15, band 15, tissues 15,
    studio 5; bands and tissues lose 5 for each step apart.
    """
    moods = {tag.id for tag in (*one.moods, *other.moods)}
    shared = sum(min(one.strength(mood), other.strength(mood)) for mood in moods)
    every = sum(max(one.strength(mood), other.strength(mood)) for mood in moods)
    return (
        50 * shared // every
        + (15 if one.look is not None and one.look is other.look else 0)
        + max(0, 15 - 5 * abs(one.band.place - other.band.place))
        + _tissues_in_common(one, other)
        + (5 if set(one.studios) & set(other.studios) else 0)
    )


def _tissues_in_common(one: Title, other: Title) -> int:
    if one.tissues is None or other.tissues is None:
        return 0
    return max(0, 15 - 5 * abs(one.tissues - other.tissues))
