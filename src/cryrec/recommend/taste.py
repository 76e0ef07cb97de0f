"""Learning from ratings: which kinds of title a person has rated above or below the middle.

Rocchio's relevance feedback (1971) over moods, first setting, band and tissues: the profile is the
sum of the rated titles, each weighted by its rating less 3, and a title's agreement with it is
their scalar product less the catalogue's mean. Points are the agreement as a share of the largest
one, shrunk twice: by `SHRINKAGE` ratings that were never given, and by how well the profile made
of all the other ratings foretells each of them (leave-one-out). Who rates by something else than
these features is told nothing by them. Endings and content notes are no part of it. Integers only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from cryrec.models import MOST_TISSUES, Title

FEWEST: Final = 3
"""Ratings below which nothing is believed."""

MOST_POINTS: Final = 8
"""Points that taste can add to or take from a score."""

SHRINKAGE: Final = 1

MIDDLE: Final = 3
"""The rating that says neither yes nor no."""

Features = dict[str, int]


class Taste(Struct, frozen=True):
    """A profile: the weight of each feature, the points of each title by id, -8 to 8.

    `ratings` is how many it was made from.
    """

    weights: Mapping[str, int]
    points: Mapping[str, int]
    ratings: int

    @property
    def leaning(self) -> dict[str, int]:
        """The features it leans to or away from, with their weights; none if it tells nothing."""
        if not any(self.points.values()):
            return {}
        return {
            feature: weight
            for feature, weight in self.weights.items()
            if weight
        }


def features(title: Title) -> Features:
    """What a viewer can know of a title beforehand; a tissue more or less is half as good."""
    strengths = {f"mood {tag.id}": tag.strength for tag in title.moods}
    strengths[f"band {title.band}"] = 2
    if title.look is not None:
        strengths[f"setting {title.look}"] = 2
    if title.tissues is not None:
        fewest = max(1, title.tissues - 1)
        most_tissues = min(MOST_TISSUES, title.tissues + 1)
        for count in range(fewest, most_tissues + 1):
            strengths[f"tissues {count}"] = 2 if count == title.tissues else 1
    return strengths


def learn(titles: Sequence[Title], ratings: Mapping[str, int]) -> Taste | None:
    """The taste behind `ratings` (one to five, by id of title); None below three of them."""
    rated = {
        title.id: ratings[title.id] - MIDDLE
        for title in titles
        if title.id in ratings
    }
    if len(rated) < FEWEST:
        return None
    described = {title.id: features(title) for title in titles}
    whole: Counter[str] = Counter()
    for title_features in described.values():
        whole.update(title_features)
    profile = _profile(described, rated)
    agreements = {
        title_id: _agreement(profile, title_features, whole, len(described))
        for title_id, title_features in described.items()
    }
    foretold, to_foretell = _foretold(described, rated, profile, whole)
    largest = max(map(abs, agreements.values()))
    above = MOST_POINTS * len(rated) * max(0, foretold)
    below = largest * to_foretell * (len(rated) + SHRINKAGE)
    points = {
        title_id: _rounded(above * agreement, below)
        for title_id, agreement in agreements.items()
    }
    return Taste(dict(profile), points, len(rated))


def _profile(
    described: Mapping[str, Features], rated: Mapping[str, int]
) -> Counter[str]:
    """The sum of the features of rated titles, each weighted by its rating."""
    profile: Counter[str] = Counter()
    for title_id, rating in rated.items():
        for feature, strength in described[title_id].items():
            profile[feature] += rating * strength
    return profile


def _agreement(
    profile: Counter[str],
    title_features: Features,
    whole: Counter[str],
    count: int,
) -> int:
    """The scalar product with a title, less its mean over all `count` titles, times `count`."""
    with_title = sum(
        profile[feature] * strength
        for feature, strength in title_features.items()
    )
    with_all = sum(
        weight * whole[feature] for feature, weight in profile.items()
    )
    return count * with_title - with_all


def _foretold(
    described: Mapping[str, Features],
    rated: Mapping[str, int],
    profile: Counter[str],
    whole: Counter[str],
) -> tuple[int, int]:
    """How much of the ratings the others foretell, and how much there was to foretell."""
    foretold = 0
    to_foretell = 0
    for title_id, rating in rated.items():
        left_out = described[title_id]
        profile_of_others = Counter(profile)
        for feature, strength in left_out.items():
            profile_of_others[feature] -= rating * strength
        agreement = _agreement(
            profile_of_others, left_out, whole, len(described)
        )
        foretold += rating * agreement
        to_foretell += abs(rating * agreement)
    return foretold, to_foretell


def _rounded(above: int, below: int) -> int:
    """The nearest whole number to a fraction, halves away from nought; 0 where `below` is 0."""
    if not below:
        return 0
    size = (2 * abs(above) + below) // (2 * below)
    return size if above > 0 else -size
