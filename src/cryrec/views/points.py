"""What speaks for a card and against it, and what was answered, in as few words as can be."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Final, NamedTuple

from cryrec.models import Title
from cryrec.recommend.answers import AnswerName, Answers
from cryrec.recommend.suggesting import Recommendation, Suggestion
from cryrec.views.words import WORDS

MUCH_LIKE: Final = 60
"""The similarity, of 100, from which a title is much like another."""

LITTLE_LIKE: Final = 30


class Sign(Enum):
    """Whether something speaks for a title or against it, in the order in which it is said."""

    FOR = "+"
    NEARLY = "~"
    AGAINST = "-"


class Point(NamedTuple):
    """Something that speaks for a title or against it; `answer` is the one it is about.

    One that is `checked` has made a difference: without that answer the title would stand lower.
    A `plain` one every short card shows anyway, among its facts or in the line above all of them.
    """

    sign: Sign
    words: str
    answer: AnswerName
    checked: bool = False
    plain: bool = False

    @property
    def is_in_time(self) -> bool:
        """Whether the point is that the title fits the time somebody has."""
        return self.answer is AnswerName.TIME and self.sign is Sign.FOR


def points_of(card: Suggestion, among: Recommendation) -> list[Point]:
    """What speaks for a card, in the order of the answers, and then what speaks against it."""
    points = list(_likeness(card, among)) if among.origin else []
    points += _in_favour(card, among.answers)
    points += _misses(card, among.answers)
    order = list(Sign)
    return sorted(points, key=lambda point: order.index(point.sign))


def _in_favour(card: Suggestion, answers: Answers) -> Iterator[Point]:
    """What of the answers a card meets."""
    checked = {why.answer for why in card.why}
    for answer in AnswerName:
        if answer in checked or answer in card.fits:
            yield Point(
                sign=Sign.FOR,
                words=WORDS[answer].speaks(card.title, answers),
                answer=answer,
                checked=answer in checked,
                plain=answer is AnswerName.FORMAT,
            )


def _misses(card: Suggestion, answers: Answers) -> Iterator[Point]:
    """What of the answers a card does not meet, or only nearly."""
    for answer in card.misses:
        is_near = _is_near(answer, card.title, answers)
        sign = Sign.NEARLY if is_near else Sign.AGAINST
        yield Point(sign, WORDS[answer].missed(card.title, answers), answer)


def _is_near(name: AnswerName, title: Title, answers: Answers) -> bool:
    """Whether a title that misses an answer has a neighbour of the kind of cry asked for."""
    if name is not AnswerName.MOOD:
        return False
    moods = {tag.id for tag in title.moods}
    return any(mood.neighbours & moods for mood in answers.mood)


def _likeness(card: Suggestion, among: Recommendation) -> Iterator[Point]:
    """How a card stands to the title that it should be like."""
    assert among.origin
    directions = among.answers.directions
    for direction in directions:
        comparison = f"{direction} than {among.origin.title}"
        yield Point(
            Sign.FOR, comparison, AnswerName.LIKE, checked=True, plain=True
        )
    origin = "it" if directions else among.origin.title
    likeness = card.similarity or 0
    if likeness < LITTLE_LIKE:
        yield Point(Sign.AGAINST, f"not much like {origin}", AnswerName.LIKE)
        return
    degree = "much" if likeness >= MUCH_LIKE else "a little"
    yield Point(
        Sign.FOR, f"{degree} like {origin}", AnswerName.LIKE, checked=True
    )


def dispensable(points: list[Point]) -> Point | None:
    """The point that may go first: of those in favour what made no difference, and never the last.

    None where everything has to stay.
    """
    in_favour = [point for point in points if point.sign is Sign.FOR]
    if len(points) < 2 or not in_favour:
        return None
    unchecked = [point for point in in_favour if not point.checked]
    return (unchecked or in_favour)[-1]


def asked_of(among: Recommendation) -> list[str]:
    """What was answered, in the words of each answer."""
    answers = among.answers
    facts = [WORDS[answer].asked(answers) for answer in answers.given]
    if among.origin is not None:
        comparison = WORDS[AnswerName.LIKE].asked(answers)
        facts.append(f"{comparison} {among.origin.title}")
    return facts or ["anything goes"]
