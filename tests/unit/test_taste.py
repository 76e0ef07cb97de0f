"""What is learnt from ratings, and what may never be."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from cryrec.catalogue import load_bundled
from cryrec.models import Ending
from cryrec.recommend.taste import FEWEST, MOST_POINTS, learn

TITLES = load_bundled().titles

RATINGS = st.dictionaries(
    st.sampled_from([t.id for t in TITLES]), st.integers(1, 5)
)


@given(RATINGS)
def test_points_stay_within_their_bounds(ratings: dict[str, int]) -> None:
    """However somebody rates, taste moves a score by at most eight points."""
    taste = learn(TITLES, ratings)
    assert (taste is None) == (len(ratings) < FEWEST)
    if taste:
        assert all(
            -MOST_POINTS <= taste.points[title.id] <= MOST_POINTS
            for title in TITLES
        )


@given(RATINGS)
def test_the_order_of_ratings_does_not_matter(ratings: dict[str, int]) -> None:
    """The same ratings teach the same, in whatever order they were given."""
    turned = dict(reversed(ratings.items()))
    one, other = learn(TITLES, ratings), learn(TITLES, turned)
    if one and other:
        assert [one.points[t.id] for t in TITLES] == [
            other.points[t.id] for t in TITLES
        ]


@given(RATINGS)
def test_the_opposite_ratings_teach_the_opposite(
    ratings: dict[str, int],
) -> None:
    """Turning every rating round the middle turns every point round nought."""
    one = learn(TITLES, ratings)
    other = learn(TITLES, {key: 6 - rating for key, rating in ratings.items()})
    if one and other:
        assert [one.points[t.id] for t in TITLES] == [
            -other.points[t.id] for t in TITLES
        ]


def test_what_was_liked_is_liked_more_than_what_was_not() -> None:
    """Three loved romances and a hated war film put a romance above a war film."""
    taste = learn(
        TITLES,
        {
            "your-name": 5,
            "firefly-forest": 5,
            "five-centimeters": 5,
            "grave": 1,
        },
    )
    by_id = {title.id: title for title in TITLES}
    assert taste
    assert (
        taste.points[by_id["plastic-memories"].id]
        > taste.points[by_id["now-and-then"].id]
    )


def test_a_middling_rating_says_nothing() -> None:
    """Somebody who rates everything 3 has no taste that anybody could know."""
    taste = learn(TITLES, {title.id: 3 for title in TITLES})
    assert taste
    assert {taste.points[title.id] for title in TITLES} == {0}
    assert taste.leaning == {}


def test_endings_and_spoilers_are_no_part_of_it() -> None:
    """With every ending and revealing note changed, the same ratings teach the same."""
    other = [
        msgspec.structs.replace(
            title, ending=Ending.HOPEFUL, notes=title.open_notes
        )
        for title in TITLES
    ]
    ratings = {title.id: 1 + number % 5 for number, title in enumerate(TITLES)}
    assert learn(TITLES, ratings) == learn(other, ratings)
