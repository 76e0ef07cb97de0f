"""What the tests of the views look at: the real catalogue, every look, every kind of answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from itertools import cycle

from cryrec.catalogue import load_bundled
from cryrec.library.entries import Entry, Status
from cryrec.matching import find
from cryrec.models import Mood, NoteId, Shelf
from cryrec.recommend.answers import Answers, Direction, TimeLimit
from cryrec.recommend.person import Person
from cryrec.recommend.pool import Pool
from cryrec.recommend.suggesting import recommend, why_not
from cryrec.terminal import Look
from cryrec.views import Detail, View
from cryrec.views.cards import Cards

CATALOGUE = load_bundled(Shelf.LIST)
TITLES = CATALOGUE.titles
POOL = Pool(TITLES)
BY_ID = {title.id: title for title in TITLES}

NOW = datetime(2026, 3, 14, 21, 15)

WIDTHS = (*range(20, 41), 60, 79, 80, 99, 100, 120, 200)

DETAILS = (
    Detail(),
    Detail(notes=True, explain=True),
    Detail(spoilers=True, explain=True),
    Detail(notes=True, spoilers=True, explain=True),
)

EVERYTHING = Answers(max_age=18, count=len(TITLES))

ANSWERS = (
    EVERYTHING,
    # every line a card can have: reasons, fits, a miss, something afterwards
    Answers(
        mood=(Mood.GOODBYE, Mood.CRUEL_WORLD),
        time=TimeLimit.of_minutes(95),
        tissues=5,
        avoid=(NoteId.NUDITY, NoteId.SEXUAL_VIOLENCE),
        max_age=16,
        count=10,
    ),
    Answers(like="your-name", directions=(Direction.HARDER,), count=10),
)


def looks(width: int) -> dict[str, Look]:
    """Every way an answer may have to look at `width` cells."""
    return {
        "colour": Look(
            width, styled=True, unicode=True, drawn=True, live=True
        ),
        "terminal": Look(
            width, styled=False, unicode=True, drawn=True, live=True
        ),
        "pipe": Look(
            width, styled=False, unicode=True, drawn=False, live=False
        ),
        "ascii": Look(
            width, styled=False, unicode=False, drawn=False, live=False
        ),
        "ascii in colour": Look(
            width, styled=True, unicode=False, drawn=False, live=True
        ),
    }


LOOKS = tuple(looks(80))


def cards(look: str, width: int = 80, detail: Detail = DETAILS[0]) -> Cards:
    """The view for people, with a clock where somebody is looking."""
    chosen = looks(width)[look]
    return Cards(chosen, detail, NOW if chosen.live else None)


# Made once: the tests are about showing these, thousands of times, and not about finding them.
RECOMMENDED = [recommend(POOL, answers) for answers in ANSWERS]
FOUND = {
    query: find(query, CATALOGUE.names)
    for query in (
        "fireflies",
        "rebellion",
        "clannad",
        "gatsu",
        "no such thing at all",
    )
}
KEPT_OUT = [
    why_not(POOL, answers, title)
    for answers in ANSWERS
    for title in TITLES[::7]
]
COUNTS = {
    mood: sum(title.strength(mood) > 0 for title in TITLES) for mood in Mood
}


ENTRIES = tuple(
    Entry(title.id, title.title, status, rating, "2026-01-02T03:04:05Z")
    for title, status, rating in zip(
        TITLES, cycle(Status), cycle((None, 5, None, 2, None)), strict=False
    )
)
"""An entry of every status, with and without a rating."""

PERSON = Person(
    seen=frozenset(
        entry.id for entry in ENTRIES if entry.status is Status.SEEN
    ),
    later=frozenset(
        entry.id for entry in ENTRIES if entry.status is Status.LATER
    ),
    ratings={entry.id: entry.rating for entry in ENTRIES if entry.rating},
)
"""Whoever has these entries in their library."""


def answers_of(view: View) -> Iterator[str]:
    """An answer of every kind, about all titles."""
    yield from (view.suggestions(each, chosen=1) for each in RECOMMENDED)
    yield from whole_answers_of(view)
    yield view.titles(TITLES, PERSON)
    yield view.entries(ENTRIES, BY_ID)


def whole_answers_of(view: View) -> Iterator[str]:
    """An answer of every kind that is never shortened, however little room there is."""
    yield from (view.title(title, RECOMMENDED[1]) for title in TITLES)
    yield view.studios(CATALOGUE.studios)
    yield view.moods(COUNTS)
    yield from (
        view.matches(query, found, BY_ID) for query, found in FOUND.items()
    )
    yield from map(view.why_not, KEPT_OUT)


_STYLE = re.compile(r"\x1b\[[0-9;]*m|\x1b]8;;[^\x1b]*\x1b\\")


def unstyled(text: str) -> str:
    """`text` without colour, weight and links; any other escape stays where it is."""
    return _STYLE.sub("", text)
