"""Makes the picture in the README anew: python docs/remake.py."""

from __future__ import annotations

from pathlib import Path

from cryrec.catalogue import load_bundled
from cryrec.models import Band, Mood
from cryrec.recommend.answers import Answers, TimeLimit
from cryrec.recommend.pool import Pool
from cryrec.recommend.suggesting import recommend
from cryrec.views.picture import picture_of_cards

PICTURE = Path(__file__).with_name("cards.svg")


def main() -> None:
    """Write the picture."""
    PICTURE.write_text(made(), encoding="utf-8")


def made() -> str:
    """What `cryrec suggest --mood goodbye --time tonight --tissues 5 --save` draws today."""
    answers = Answers(
        mood=(Mood.GOODBYE,), time=TimeLimit.of_band(Band.TONIGHT), tissues=5
    )
    return picture_of_cards(recommend(Pool(load_bundled().titles), answers))


if __name__ == "__main__":
    main()
