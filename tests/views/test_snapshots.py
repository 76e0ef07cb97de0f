"""Cards as a reviewer reads them, kept in files; CRYREC_SNAPSHOTS=write makes the files anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from gallery import BY_ID, POOL, cards

from cryrec.models import Band, Format, Mood, NoteId
from cryrec.recommend import Answers, Direction, TimeLimit, recommend
from cryrec.views import USUAL, Detail

SNAPSHOTS = Path(__file__).with_name("snapshots")

TONIGHT = TimeLimit.of_band(Band.TONIGHT)


def suggestions(answers: Answers, detail: Detail = USUAL):
    """What draws the cards for these answers."""
    return lambda look, width: cards(look, width, detail).suggestions(recommend(POOL, answers))


def full(title_id: str, detail: Detail = USUAL):
    """What draws the full card of a title."""
    return lambda look, width: cards(look, width, detail).title(BY_ID[title_id])


DRAWN = {
    "three-cards": suggestions(Answers(mood=(Mood.GOODBYE,), time=TONIGHT)),
    "something-gave-way": suggestions(
        Answers(mood=(Mood.FAMILY,), time=TONIGHT, format=Format.SERIES, avoid=(NoteId.WAR,))
    ),
    "explained": suggestions(
        Answers(like="your-name", directions=(Direction.HARDER,), tissues=4, count=2),
        Detail(explain=True),
    ),
    "after-story": full("clannad-after-story"),
    "madoka-notes": full("madoka", Detail(notes=True)),
    "grave-spoilers": full("grave", Detail(spoilers=True)),
}


LOOKS = ("terminal", "ascii")
WIDTHS = (40, 80, 120)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", DRAWN)
def test_a_card_looks_as_reviewed(name, look, width):
    """A change of a card shows in a file that somebody can read before it lands."""
    drawn = DRAWN[name](look, width)
    path = SNAPSHOTS / f"{name}-{look}-{width}.txt"
    if os.environ.get("CRYREC_SNAPSHOTS") == "write":
        path.write_text(drawn, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == drawn


def test_every_file_is_the_picture_of_a_test():
    """No snapshot is left behind by a card that is no longer drawn."""
    drawn = {f"{n}-{look}-{width}.txt" for n in DRAWN for look in LOOKS for width in WIDTHS}
    assert {path.name for path in SNAPSHOTS.iterdir()} == drawn
