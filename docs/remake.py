"""Makes the picture in the README anew: python docs/remake.py."""

from __future__ import annotations

from pathlib import Path

from cryrec.catalogue import load_bundled
from cryrec.models import Band, Mood
from cryrec.recommend import Answers, Pool, TimeLimit, recommend
from cryrec.views.picture import picture_of_cards

PICTURE = Path(__file__).with_name("cards.svg")


def main() -> None:
    """Draw what `cryrec suggest --mood goodbye --time tonight --count 2` shows."""
    answers = Answers(mood=(Mood.GOODBYE,), time=TimeLimit.of_band(Band.TONIGHT), count=2)
    recommendation = recommend(Pool(load_bundled().titles), answers)
    PICTURE.write_text(picture_of_cards(recommendation), encoding="utf-8")


if __name__ == "__main__":
    main()
