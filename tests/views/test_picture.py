"""Pictures stand alone, keep Japanese at its true width, and are those the program draws today."""

from __future__ import annotations

import itertools
import re
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from rich.cells import cell_len
from views.gallery import POOL, TITLES
from views.invented import INVENTED

from cryrec.models import Mood
from cryrec.recommend.answers import Answers
from cryrec.recommend.pool import Pool
from cryrec.recommend.suggesting import recommend
from cryrec.views import Detail
from cryrec.views.picture import (
    CELL,
    Ground,
    picture_of_cards,
    picture_of_title,
)

DOCS = Path(__file__).parents[2] / "docs"
SVG = "{http://www.w3.org/2000/svg}"

ANSWERS = (
    Answers(),
    Answers(mood=(Mood.GOODBYE,), tissues=5),
    Answers(count=5),
    Answers(count=1),
)

PICTURES = {
    **{title.id: picture_of_title(title) for title in (*TITLES, *INVENTED)},
    **{
        f"cards-{n}": picture_of_cards(recommend(POOL, a))
        for n, a in enumerate(ANSWERS)
    },
    "invented": picture_of_cards(
        recommend(Pool(INVENTED), Answers()), Ground.LIGHT
    ),
    "notes": picture_of_title(
        TITLES[0], Detail(notes=True, spoilers=True), Ground.LIGHT
    ),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_stands_alone(name: str) -> None:
    """It is well-formed, asks nothing of the network, and names no flag and no window."""
    drawn = PICTURES[name]
    root = ElementTree.fromstring(drawn)
    assert root.tag == f"{SVG}svg"
    assert root.findtext(f"{SVG}title")
    assert not re.search(r"(href|src|url\(|@import|@font-face)", drawn)
    words = " ".join(root.itertext())
    assert not re.search(r"--[a-z]", words)
    assert "cryrec" not in words
    assert not root.findall(f".//{SVG}circle")


@pytest.mark.parametrize("name", PICTURES)
def test_letters_are_as_wide_as_in_a_terminal(name: str) -> None:
    """Every piece is one width of letters, spread over its cells, and none covers another."""
    root = ElementTree.fromstring(PICTURES[name])
    ends: dict[str, list[tuple[float, float]]] = {}
    for text in root.iter(f"{SVG}text"):
        words, width = text.text or "", float(text.attrib["textLength"])
        assert len({cell_len(letter) for letter in words} - {0}) == 1
        assert width == pytest.approx(cell_len(words) * CELL, rel=0.01)
        start = float(text.attrib["x"])
        ends.setdefault(text.attrib["y"], []).append((start, start + width))
    for pieces in ends.values():
        pieces.sort()
        for (_, end), (start, _) in itertools.pairwise(pieces):
            assert start >= end - 1
    limit = float(root.attrib["width"])
    assert all(end <= limit for pieces in ends.values() for _, end in pieces)


def test_the_ground_changes_colours_and_nothing_else() -> None:
    """A light picture says and places everything as the dark one does."""
    for title in TITLES[:3]:
        dark, light = (
            picture_of_title(title, ground=ground) for ground in Ground
        )
        assert dark != light
        assert re.sub("#[0-9a-f]{6}", "", dark) == re.sub(
            "#[0-9a-f]{6}", "", light
        )


def test_the_picture_in_the_readme_is_the_one_drawn_today(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What docs/remake.py would write is what lies there."""
    monkeypatch.syspath_prepend(str(DOCS))
    monkeypatch.delitem(sys.modules, "remake", raising=False)
    from remake import PICTURE, made

    assert PICTURE.read_text(encoding="utf-8") == made()
