"""The keys under the cards, and where those lead that turn to other cards."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from cryrec.conversation.prompts import ENTER, ESCAPE
from cryrec.recommend.answers import Answers, Direction
from cryrec.recommend.critique import alike, step, towards
from cryrec.recommend.pool import Pool
from cryrec.recommend.suggesting import Recommendation
from cryrec.views.words import WORDS, joined


class Key(StrEnum):
    """The keys under the cards, by what they type."""

    OPEN = ENTER
    LATER = "w"
    SEEN = "s"
    ALIKE = "m"
    PAGE = "o"
    GENTLER = "g"
    HARDER = "h"
    SHORTER = "<"
    LONGER = ">"
    OTHERS = "n"
    EARLIER = ESCAPE
    CHANGE = "b"
    UNDO = "u"
    HELP = "?"
    QUIT = "q"


DIRECTIONS: Final = {
    Key.GENTLER: Direction.GENTLER,
    Key.HARDER: Direction.HARDER,
    Key.SHORTER: Direction.SHORTER,
    Key.LONGER: Direction.LONGER,
}


class Page(NamedTuple):
    """A screenful of cards: the answers behind it, and the ids of titles that were shown before."""

    answers: Answers
    shown: frozenset[str] = frozenset()


class Turn(NamedTuple):
    """The page that a key turns to, and how many titles are there that it promises.

    `does` says so in a sentence; where there is none, why not.
    """

    page: Page
    number: int
    does: str


Turns = Mapping[Key, Turn]
"""Where the keys lead from one of the cards."""


def turns_from(
    pool: Pool, page: Page, recommendation: Recommendation, place: int
) -> Turns:
    """Where the keys lead from the card in that place; nowhere without cards."""
    cards = recommendation.suggestions
    if not cards:
        return {}
    start = cards[place].title
    shown = page.shown | {card.title.id for card in cards}
    there = alike(page.answers, start)
    turns = {Key.ALIKE: _turn(pool, there, shown, "more like this one")}
    for key, direction in DIRECTIONS.items():
        there = towards(page.answers, start, direction)
        turns[key] = _turn(pool, there, shown, _called(direction, there))
    turns[Key.OTHERS] = _others(page, recommendation, shown)
    return turns


def _called(direction: Direction, there: Answers) -> str:
    """A direction in words, with those taken before that still count."""
    return ", still ".join([f"{direction} than this one", *there.still])


def _turn(
    pool: Pool, answers: Answers, shown: frozenset[str], words: str
) -> Turn:
    ahead = step(pool, answers)
    page = Page(answers, shown)
    if not ahead.count:
        return Turn(page, 0, f"nothing that fits is {words}")
    names = [WORDS[name].name for name in ahead.loosens]
    loosens = f", letting go of {joined(names)}" if names else ""
    return Turn(page, ahead.count, f"{words}: {_titles(ahead.count)}{loosens}")


def _others(
    page: Page, recommendation: Recommendation, shown: frozenset[str]
) -> Turn:
    """What fits as well and has not been on the screen."""
    fresh = [
        each for each in recommendation.fitting if each.title.id not in shown
    ]
    count = len(fresh)
    does = f"others that fit as well: {_titles(count)}" if count else NO_OTHERS
    return Turn(Page(page.answers, shown), count, does)


NO_OTHERS: Final = "these are the last that fit; b changes an answer"


def _titles(count: int) -> str:
    return "1 title" if count == 1 else f"{count} titles"
