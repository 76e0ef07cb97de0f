"""Nothing untrue is said: of what was kept, of what fits, of how cards differ."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from msgspec.structs import replace

from cryrec.catalogue import load_bundled
from cryrec.models import Aftertaste, Band, Format, Mood, Setting, Title
from cryrec.recommend.answers import AnswerName, Answers, TimeLimit
from cryrec.recommend.pool import Pool
from cryrec.recommend.reasons import Difference, contrasts
from cryrec.recommend.suggesting import Recommendation, recommend
from cryrec.views import USUAL
from cryrec.views.notices import about
from cryrec.views.words import WORDS, contrast_of

TITLES = load_bundled().titles
POOL = Pool(TITLES)

TIMES = (None, *(TimeLimit.of_band(band) for band in Band))

QUESTIONS = [
    Answers(
        mood=(mood,),
        time=time,
        tissues=tissues,
        aftertaste=aftertaste,
        format=format_,
    )
    for mood, time, tissues, aftertaste, format_ in product(
        Mood, TIMES, range(1, 6), (None, *Aftertaste), (None, *Format)
    )
]


@pytest.fixture(scope="module")
def recommended() -> list[Recommendation]:
    """What is recommended for each of the questions."""
    return [recommend(POOL, answers) for answers in QUESTIONS]


def test_nothing_is_called_kept_that_differs(
    recommended: list[Recommendation],
) -> None:
    """How hard it hits is kept only where every card hits exactly as hard as was asked."""
    loosened = [each for each in recommended if each.relaxed]
    assert loosened
    for recommendation in loosened:
        said = next(about(recommendation, USUAL))
        kept = said.partition("let go of")[0]
        tissues = {card.title.tissues for card in recommendation.suggestions}
        is_kept = tissues == {recommendation.answers.tissues}
        assert (WORDS[AnswerName.TISSUES].name in kept) == is_kept, (
            recommendation.answers
        )


def test_at_equal_mood_the_exact_number_of_tissues_comes_first(
    recommended: list[Recommendation],
) -> None:
    """No title with another number stands before an equal in mood that has the number asked."""
    for recommendation in recommended:
        exact_yet_to_come = {}
        for each in reversed(recommendation.fitting):
            mood = each.ledger["mood"]
            if each.title.tissues == recommendation.answers.tissues:
                exact_yet_to_come[mood] = each.title.id
            else:
                assert mood not in exact_yet_to_come, recommendation.answers


def test_a_difference_is_said_under_but_and_nowhere_else(
    recommended: list[Recommendation],
) -> None:
    """A card with another number of tissues says so as something against it."""
    for recommendation in recommended:
        for card in recommendation.suggestions:
            differs = card.title.tissues != recommendation.answers.tissues
            for_it = {*card.fits, *(why.answer for why in card.why)}
            assert differs == (AnswerName.TISSUES in card.misses)
            assert differs != (AnswerName.TISSUES in for_it)
            for name in card.misses:
                assert WORDS[name].missed(card.title, recommendation.answers)


def made(title_id: str, **facts: Any) -> Title:
    """A title that differs from the others in these facts only."""
    return replace(TITLES[0], id=title_id, **facts)


@pytest.mark.parametrize(
    ("facts", "word"),
    [
        ({"tissues": 1}, "gentler"),
        ({"tissues": 5}, "harder"),
        ({"minutes": 20}, "shorter"),
        ({"minutes": 900}, "longer"),
        ({"setting": (Setting.SCI_FI,)}, "sci-fi"),
        ({"year": 2030}, "newer"),
        ({"year": 1950}, "older"),
        ({}, "much alike"),
    ],
)
def test_a_contrast_is_a_word_or_two(facts: dict[str, Any], word: str) -> None:
    """What is different about a card is said in a word, and it is true."""
    usual = {
        "tissues": 3,
        "minutes": 100,
        "setting": (Setting.REALISTIC,),
        "year": 2000,
    }
    pool = Pool([made("first", **usual), made("other", **{**usual, **facts})])
    cards = recommend(pool, Answers(like=None, count=2)).suggestions
    assert contrast_of(cards[0]) is None
    turned = cards[0].title.id == "other"
    opposite = {
        "gentler": "harder",
        "shorter": "longer",
        "newer": "older",
        "sci-fi": "realistic",
    }
    opposite |= {other: one for one, other in opposite.items()}
    assert contrast_of(cards[1]) == (
        opposite.get(word, word) if turned else word
    )


def test_two_cards_say_different_things_of_themselves() -> None:
    """The second and third card differ from the first in ways of their own, where they can."""
    first = made("first", tissues=3, minutes=200)
    others = [
        made("second", tissues=2, minutes=100),
        made("third", tissues=2, minutes=100),
    ]
    assert contrasts([first, *others]) == (
        None,
        Difference.GENTLER,
        Difference.SHORTER,
    )


def test_what_comes_afterwards_changes_and_passes_every_filter() -> None:
    """Over a few evenings more than one gentle title is named, on the first card alone."""
    named = set()
    for seed in range(20):
        answers = Answers(tissues=5, max_age=13, seed=seed)
        recommendation = recommend(POOL, answers)
        first, *others = recommendation.suggestions
        assert all(card.afterwards is None for card in others)
        assert first.afterwards is not None
        assert first.afterwards.tissues in (1, 2)
        assert first.afterwards.age in range(14)
        assert (
            first.afterwards
            == recommend(POOL, answers).suggestions[0].afterwards
        )
        named.add(first.afterwards.id)
    assert len(named) > 1
