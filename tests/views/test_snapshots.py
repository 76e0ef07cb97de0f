"""Answers as a reviewer reads them, kept in files; CRYREC_SNAPSHOTS=write makes the files anew."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from views.gallery import cards
from views.invented import (
    ENTRIES,
    INVENTED,
    LIGHTHOUSE,
    PAPER,
    SEEN_IT,
    UNKNOWN,
)

from cryrec.models import Band, Format, Mood, NoteId
from cryrec.recommend.answers import Answers, Direction, TimeLimit
from cryrec.recommend.pool import Pool
from cryrec.recommend.suggesting import recommend
from cryrec.views import USUAL, Detail
from cryrec.views.cards import Cards

SNAPSHOTS = Path(__file__).with_name("snapshots")

POOL = Pool(INVENTED)
BY_ID = {title.id: title for title in INVENTED}
TONIGHT = TimeLimit.of_band(Band.TONIGHT)

GOODBYE = recommend(
    POOL,
    Answers(
        mood=(Mood.GOODBYE,), tissues=5, person=SEEN_IT, include_seen=True
    ),
)
LOOSENED = recommend(
    POOL,
    Answers(
        mood=(Mood.FAMILY,),
        time=TONIGHT,
        format=Format.SERIES,
        avoid=(NoteId.WAR,),
    ),
)
LIKE = recommend(
    POOL, Answers(like="unknown", directions=(Direction.LONGER,), count=2)
)

View = Callable[[Detail], Cards]
"""The view for people, with more or less opened."""

DRAWN: dict[str, Callable[[View], str]] = {
    "three": lambda view: view(USUAL).suggestions(GOODBYE),
    "three-chosen": lambda view: view(USUAL).suggestions(GOODBYE, chosen=1),
    "something-gave-way": lambda view: view(USUAL).suggestions(LOOSENED),
    "explained": lambda view: view(Detail(explain=True)).suggestions(LIKE),
    "full": lambda view: view(USUAL).title(PAPER),
    "full-suggested": lambda view: view(USUAL).title(LIGHTHOUSE, GOODBYE),
    "full-notes": lambda view: view(Detail(notes=True)).title(PAPER),
    "full-spoilers": lambda view: view(Detail(spoilers=True)).title(
        LIGHTHOUSE
    ),
    "full-unknown": lambda view: view(USUAL).title(UNKNOWN),
    "list": lambda view: view(USUAL).titles(INVENTED, SEEN_IT),
    "library": lambda view: view(USUAL).entries(ENTRIES, BY_ID),
    "studios": lambda view: view(USUAL).studios(
        {"Wells & Sons Animation": [PAPER]}
    ),
    "moods": lambda view: view(USUAL).moods({Mood.GOODBYE: 3, Mood.FAMILY: 1}),
}


LOOKS = ("terminal", "pipe", "ascii")
WIDTHS = (40, 80, 120)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("look", LOOKS)
def test_every_answer_looks_as_reviewed(look: str, width: int) -> None:
    """A change of what is drawn shows in a file that somebody can read before it lands."""
    view = partial(cards, look, width)
    drawn = "\n".join(
        f"=== {name}\n{draw(view)}" for name, draw in DRAWN.items()
    )
    path = SNAPSHOTS / f"{look}-{width}.txt"
    if os.environ.get("CRYREC_SNAPSHOTS") == "write":
        path.write_text(drawn, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == drawn


def test_every_file_is_the_picture_of_a_test() -> None:
    """No snapshot is left behind by a look that is no longer drawn."""
    drawn = {f"{look}-{width}.txt" for look in LOOKS for width in WIDTHS}
    assert {path.name for path in SNAPSHOTS.iterdir()} == drawn
