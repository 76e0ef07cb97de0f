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
    replaced = (direction, direction.opposite)
    taken_before = dict.fromkeys((*answers.still, *answers.directions))
    refined = structs.replace(
        answers,
        like=origin.id,
        directions=(direction,),
        still=tuple(taken for taken in taken_before if taken not in replaced),
    )
    if direction is Direction.HARDER:
        return refined.without(AnswerName.TISSUES)
    if direction is Direction.LONGER:
        return refined.without(AnswerName.TIME)
    return refined


def alike(answers: Answers, origin: Title) -> Answers:
    """The same wishes, nearest to `origin` first, and no direction any more."""
    return structs.replace(answers, like=origin.id, directions=(), still=())


def step(pool: Pool, answers: Answers) -> Step:
    """What these answers would give."""
    candidates = fitting(pool, answers)
    loosened_answers = tuple(relaxed.answer for relaxed in candidates.relaxed)
    return Step(answers, candidates.count, loosened_answers)
