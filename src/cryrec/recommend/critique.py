"""What can be asked for after the cards: a direction from one of them, or more of its kind."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from cryrec.models import Title
from cryrec.recommend.answers import Answers, Direction, replace
from cryrec.recommend.ranking import weigh


class Step(Struct, frozen=True):
    """Where a critique would lead: the answers, how many titles, and what must give way."""

    answers: Answers
    count: int
    loosens: tuple[str, ...]


def towards(answers: Answers, origin: Title, direction: Direction) -> Answers:
    """The same wishes, but strictly in `direction` from `origin`.

    Directions add up: those taken before are held, so that nothing goes back beyond `origin` in
    them. The latest wins: it replaces its opposite, and going harder or longer overrides the
    ceiling that was answered before.
    """
    before = dict.fromkeys((*answers.held, *answers.directions))
    held = tuple(d for d in before if d not in (direction, direction.opposite))
    answers = replace(answers, like=origin.id, directions=(direction,), held=held)
    if direction is Direction.HARDER:
        return answers.without("tissues")
    return answers.without("time") if direction is Direction.LONGER else answers


def alike(answers: Answers, origin: Title) -> Answers:
    """The same wishes, nearest to `origin` first, and no direction any more."""
    return replace(answers, like=origin.id, directions=(), held=())


def step(titles: Sequence[Title], answers: Answers) -> Step:
    """What these answers would give."""
    ranking = weigh(titles, answers)
    loosens = tuple(each.answer for each in ranking.relaxed)
    return Step(answers, len(ranking.scored), loosens)
