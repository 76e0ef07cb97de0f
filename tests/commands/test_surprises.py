"""What nobody asked for is for people under 18, too."""

from __future__ import annotations

from itertools import product

import pytest
from commands.running import Document, Run
from msgspec.structs import replace

from cryrec.catalogue import load_bundled
from cryrec.models import Band, Mood, Shelf, Title
from cryrec.recommend.answers import (
    AnswerName,
    Answers,
    Direction,
    TimeLimit,
    Wished,
)
from cryrec.recommend.critique import towards
from cryrec.recommend.loosening import blockers
from cryrec.recommend.pool import Pool
from cryrec.recommend.suggesting import recommend, why_not

TITLES = load_bundled().titles
POOL = Pool(TITLES)
GROWN_UP = [title for title in TITLES if (title.age or 0) >= 18]
FOR_GROWN_UPS = {title.id for title in GROWN_UP}

by_id = pytest.mark.parametrize("title", GROWN_UP, ids=lambda title: title.id)


def offered(answers: Answers, pool: Pool = POOL) -> set[str]:
    """Everything that could be a card for these answers."""
    return {each.title.id for each in recommend(pool, answers).fitting}


def test_there_is_something_for_grown_ups_alone() -> None:
    """The tests below look at something."""
    assert GROWN_UP


@pytest.mark.parametrize(
    ("time", "tissues"), [*product((None, *Band), (None, 1, 2, 3, 4, 5))]
)
def test_a_surprise_is_for_younger_people_too(
    time: Band | None, tissues: int | None
) -> None:
    """Whatever is said of time and weight, without a kind of cry nothing of 18 and up is drawn."""
    limit = None if time is None else TimeLimit.of_band(time)
    asked = Answers(time=limit, tissues=tissues)
    assert not offered(asked) & FOR_GROWN_UPS


@by_id
def test_what_is_asked_for_is_there(title: Title) -> None:
    """By its kind of cry, by a word, by another such title, or by an age it is like any other."""
    other = next(each.id for each in GROWN_UP if each is not title)
    wished = {title.id: Wished(("war",), 18)}
    for asked in (
        Answers(mood=(title.lead_mood,)),
        Answers(words=("war",), wished=wished),
        Answers(like=other),
        Answers(max_age=18),
    ):
        assert title.id in offered(asked)


@by_id
def test_another_kind_of_cry_does_not_ask_for_it(title: Title) -> None:
    """However far a kind of cry is loosened, no other kind brings up a title for grown-ups."""
    other = next(mood for mood in Mood if not title.strength(mood))
    alone = Pool([title])
    assert offered(Answers(mood=(other,)), alone) == set()
    assert offered(Answers(mood=(title.lead_mood,)), alone) == {title.id}


@pytest.mark.parametrize("direction", Direction)
def test_a_direction_from_a_surprise_is_still_one(
    direction: Direction,
) -> None:
    """Harder than a surprise asks for something harder, and not for grown-ups alone."""
    surprise = recommend(POOL, Answers()).suggestions[0].title
    asked = towards(Answers(), surprise, direction)
    assert not offered(asked) & FOR_GROWN_UPS


def test_an_age_that_nobody_wrote_down_is_no_obstacle_to_a_surprise() -> None:
    """A title of one's own is drawn though its age is not known, and fails an age that is given."""
    unknown = replace(TITLES[0], age=None, shelf=Shelf.OWN)
    assert offered(Answers(), Pool([unknown])) == {unknown.id}
    assert offered(Answers(max_age=18), Pool([unknown])) == set()


def test_a_list_is_no_surprise(document: Document) -> None:
    """Somebody who looks at the whole list sees all of it."""
    assert len(document("list")["titles"]) == len(TITLES)


@by_id
def test_why_not_says_how_to_ask_for_it(run: Run, title: Title) -> None:
    """The title is said to be for grown-ups, with the flag that asks for it; an age is the age."""
    assert why_not(POOL, Answers(), title).failed == (AnswerName.MAX_AGE,)
    told = " ".join(run("suggest", "--why-not", title.id).stdout.split())
    assert "for grown-ups" in told
    assert "--max-age 18" in told
    given = run("suggest", "--why-not", title.id, "--max-age", "12").stdout
    assert "kept out by the age." in " ".join(given.split())


def test_where_only_the_age_is_in_the_way_it_is_named() -> None:
    """With nothing but titles for grown-ups, the age is what can be changed."""
    assert blockers(Pool(GROWN_UP), Answers()) == (AnswerName.MAX_AGE,)
