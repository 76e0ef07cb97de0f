"""What speaks for a card and against it, and what was answered, in as few words as can be."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from cryrec.recommend.answers import AnswerName
from cryrec.views.words import WORDS

if TYPE_CHECKING:
    from cryrec.models import Title
    from cryrec.recommend.answers import Answers
    from cryrec.recommend.suggesting import Recommendation, Suggestion

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
    answers, title = among.answers, card.title
    checked = {why.answer for why in card.why}
    meeting = [name for name in AnswerName if name in checked or name in card.fits]
    points = list(_likeness(card, among)) if among.origin else []
    for name in meeting:
        words = WORDS[name].speaks(title, answers)
        is_plain = name is AnswerName.FORMAT
        points.append(Point(Sign.FOR, words, name, name in checked, is_plain))
    for name in card.misses:
        sign = Sign.NEARLY if _is_near(name, title, answers) else Sign.AGAINST
        points.append(Point(sign, WORDS[name].missed(title, answers), name))
    order = list(Sign)
    return sorted(points, key=lambda point: order.index(point.sign))


def _is_near(name: AnswerName, title: Title, answers: Answers) -> bool:
    """Whether a title that misses an answer has a neighbour of the kind of cry asked for."""
    moods = {tag.id for tag in title.moods}
    return name is AnswerName.MOOD and any(
        mood.neighbours & moods for mood in answers.mood
    )


def _likeness(card: Suggestion, among: Recommendation) -> Iterator[Point]:
    """How a card stands to the title that it should be like."""
    assert among.origin
    for direction in among.answers.directions:
        words = f"{direction} than {among.origin.title}"
        yield Point(Sign.FOR, words, AnswerName.LIKE, checked=True, plain=True)
    name = "it" if among.answers.directions else among.origin.title
    likeness = card.similarity or 0
    if likeness < LITTLE_LIKE:
        yield Point(Sign.AGAINST, f"not much like {name}", AnswerName.LIKE)
    else:
        how = "much" if likeness >= MUCH_LIKE else "a little"
        yield Point(Sign.FOR, f"{how} like {name}", AnswerName.LIKE, checked=True)


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
    facts = [WORDS[name].asked(answers) for name in answers.given]
    if among.origin is not None:
        facts.append(f"{WORDS[AnswerName.LIKE].asked(answers)} {among.origin.title}")
    return facts or ["anything goes"]
