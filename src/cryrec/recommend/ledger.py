"""The weights: how many points a title has for each answer, and how alike two titles are.

The weights say what people forgive least: the wrong kind of cry, then the wrong weight, then the
wrong length. No floats, no clock, no locale and no set order anywhere, so one input has one result.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from cryrec.models import Aftertaste, Ending, Mood, Setting, Title
from cryrec.recommend.answers import TimeLimit
from cryrec.recommend.person import Person
from cryrec.recommend.taste import Taste

MOOD_POINTS: Final = {3: 40, 2: 26, 1: 14}
NEIGHBOUR_POINTS: Final = 12
BOTH_MOODS_POINTS: Final = 6
TISSUES_POINTS: Final = 20
EXACT_TISSUES_POINTS: Final = 20
EACH_TISSUE_OVER: Final = 8
EACH_TISSUE_UNDER: Final = 5
TIME_POINTS: Final = (15, 10, 5, 2)
AFTERTASTE_POINTS: Final = (10, 5, 0)
WATCHLIST_POINTS: Final = 4
RECENT_POINTS: Final = (-13, -9, -6, -3)


def mood_points(title: Title, asked: tuple[Mood, ...]) -> int:
    """By the strongest of the moods asked for, a little more for both; a neighbour has fewest."""
    strengths = [
        strength for mood in asked if (strength := title.strength(mood))
    ]
    if strengths:
        extra_points = BOTH_MOODS_POINTS if len(strengths) == 2 else 0
        return MOOD_POINTS[max(strengths)] + extra_points
    for mood in asked:
        if any(tag.id in mood.neighbours for tag in title.moods):
            return NEIGHBOUR_POINTS
    return 0


def tissues_points(title: Title, asked: int) -> int:
    """Most for the number asked for; a tissue too many costs more than one too few.

    At equal mood the exact number comes first: one tissue apart costs at least 25 points, and the
    best time and aftertaste against the worst are worth 13 and 10.
    """
    if title.tissues is None:
        return 0
    tissues_over = title.tissues - asked
    if tissues_over == 0:
        return TISSUES_POINTS + EXACT_TISSUES_POINTS
    if tissues_over > 0:
        cost = EACH_TISSUE_OVER * tissues_over
    else:
        cost = EACH_TISSUE_UNDER * -tissues_over
    return max(0, TISSUES_POINTS - cost)


def time_points(title: Title, asked: TimeLimit) -> int:
    """Most for the band asked for, fewer for each band shorter, none for a longer one."""
    bands_shorter = asked.band.place - title.band.place
    return TIME_POINTS[bands_shorter] if bands_shorter >= 0 else 0


def aftertaste_points(title: Title, asked: Aftertaste) -> int:
    """By how far the ending lies from how somebody wants to be left."""
    if title.ending is None:
        return 0
    ending = list(Ending).index(title.ending)
    wished_ending = list(Aftertaste).index(asked)
    return AFTERTASTE_POINTS[abs(ending - wished_ending)]


def personal_points(
    title: Title, person: Person, taste: Taste | None
) -> dict[str, int]:
    """What the person's own library adds, by line; a line that would be nought is left out."""
    lines = {}
    taste_points = taste.points.get(title.id, 0) if taste else 0
    if taste_points:
        lines["taste"] = taste_points
    if title.id in person.later:
        lines["watchlist"] = WATCHLIST_POINTS
    if title.id in person.recent[: len(RECENT_POINTS)]:
        conversations_ago = person.recent.index(title.id)
        lines["recent"] = RECENT_POINTS[conversations_ago]
    return lines


class Profile(NamedTuple):
    """What a viewer can know of a title beforehand, ready to be compared; never the ending."""

    moods: Mapping[Mood, int]
    look: Setting | None
    band: int
    tissues: int | None
    studios: frozenset[str]

    @classmethod
    def of(cls, title: Title) -> Profile:
        """The profile of `title`."""
        return cls(
            moods={tag.id: tag.strength for tag in title.moods},
            look=title.look,
            band=title.band.place,
            tissues=title.tissues,
            studios=frozenset(title.studios),
        )


def similarity(one: Profile, other: Profile) -> int:
    """How alike two titles are, 0 to 100.

    Moods 50 (weighted Jaccard index of the strengths), first setting 15, band 15, tissues 15,
    studio 5; bands and tissues lose 5 for each step apart.
    """
    points = _moods_in_common(one.moods, other.moods)
    if one.look is not None and one.look is other.look:
        points += 15
    bands_apart = abs(one.band - other.band)
    points += max(0, 15 - 5 * bands_apart)
    if one.tissues is not None and other.tissues is not None:
        tissues_apart = abs(one.tissues - other.tissues)
        points += max(0, 15 - 5 * tissues_apart)
    if not one.studios.isdisjoint(other.studios):
        points += 5
    return points


def _moods_in_common(
    one: Mapping[Mood, int], other: Mapping[Mood, int]
) -> int:
    common_moods = one.keys() & other.keys()
    shared = sum(min(one[mood], other[mood]) for mood in common_moods)
    united = sum(one.values()) + sum(other.values()) - shared
    return 50 * shared // united
