"""What can be asked for after the cards: a direction from one of them, or more of its kind."""

from __future__ import annotations

from msgspec import Struct, structs

from cryrec.models import Title
from cryrec.recommend.answers import AnswerName, Answers, Direction
from cryrec.recommend.loosening import fitting
from cryrec.recommend.pool import Pool


class Step(Struct, frozen=True):
    """Where a critique would lead: the answers, how many titles, and what must give way."""

    answers: Answers
    count: int
    loosens: tuple[AnswerName, ...]


def towards(answers: Answers, origin: Title, direction: Direction) -> Answers:
    """The same wishes, but strictly in `direction` from `origin`.

    Directions add up: those taken before still count, so that nothing goes back beyond `origin` in
    them. The latest wins: it replaces its opposite, and going harder or longer overrides the
    ceiling that was answered before.
    """
    before = dict.fromkeys((*answers.still, *answers.directions))
    still = tuple(d for d in before if d not in (direction, direction.opposite))
    answers = structs.replace(
        answers, like=origin.id, directions=(direction,), still=still
    )
    if direction is Direction.HARDER:
        return answers.without("tissues")
    return answers.without("time") if direction is Direction.LONGER else answers


def alike(answers: Answers, origin: Title) -> Answers:
    """The same wishes, nearest to `origin` first, and no direction any more."""
    return structs.replace(answers, like=origin.id, directions=(), still=())


def step(pool: Pool, answers: Answers) -> Step:
    """What these answers would give."""
    found = fitting(pool, answers)
    return Step(answers, found.count, tuple(each.answer for each in found.relaxed))
