"""Three short cards and the keys fit one screen, whichever titles they are."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from views.gallery import NOW, cards, looks, unstyled

from cryrec.catalogue import load_bundled
from cryrec.models import Band, Mood, NoteId
from cryrec.recommend.answers import AnswerName, Answers, TimeLimit
from cryrec.recommend.person import Person
from cryrec.recommend.pool import Pool
from cryrec.recommend.suggesting import Recommendation, recommend
from cryrec.views.cards import Cards
from cryrec.views.layout import unambiguous

TITLES = load_bundled().titles

SCREEN = 24

KEYS = {40: 6, 60: 6, 80: 3, 100: 3, 120: 3, 200: 3}
"""Rows that the keys need at each width; one more says what came of the last of them."""


def three_from(place: int) -> Recommendation:
    """A title and the two after it, with as much to say of each as there can be."""
    trio = [*TITLES, *TITLES][place : place + 3]
    answers = Answers(
        time=TimeLimit.of_band(Band.LONG_HAUL),
        tissues=5,
        max_age=99,
        person=Person(later=frozenset(title.id for title in trio)),
    )
    recommendation = recommend(Pool(trio), answers)
    # Said afterwards, so that it keeps no title out.
    said = replace(
        answers, mood=(Mood.LEFT_BEHIND, Mood.HEALING), avoid=(NoteId.WAR,)
    )
    cards_shown = tuple(
        replace(card, fits=(AnswerName.MOOD, *card.fits))
        for card in recommendation.suggestions
    )
    return replace(recommendation, answers=said, suggestions=cards_shown)


TRIOS = [three_from(place) for place in range(len(TITLES))]


def test_the_trios_are_three_of_all_titles() -> None:
    """What the tests below look at is all there is, and three at a time."""
    shown = [card.title.id for trio in TRIOS for card in trio.suggestions]
    assert Counter(shown) == {title.id: 3 for title in TITLES}


@pytest.mark.parametrize("width", KEYS)
@pytest.mark.parametrize("look", ["terminal", "colour", "ascii in colour"])
def test_three_cards_and_the_keys_fit_a_screen(look: str, width: int) -> None:
    """All titles of both shelves, in every place, leave the keys their rows on 24 lines."""
    for trio in TRIOS:
        lines = cards(look, width).suggestions(trio, chosen=1).splitlines()
        assert len(lines) + 1 + KEYS[width] <= SCREEN
        assert all(cell_len(unstyled(line)) <= width for line in lines)


@pytest.mark.parametrize("width", KEYS)
def test_every_card_keeps_what_one_chooses_by(width: int) -> None:
    """Title, year, notes and what speaks against a card stay, however little room there is."""
    for trio in TRIOS:
        drawn = cards("terminal", width).suggestions(trio)
        for card in trio.suggestions:
            assert card.title.title[:20] in drawn
            assert str(card.title.year) in drawn
        assert drawn.count("note") >= len(trio.suggestions)
        against = sum(
            AnswerName.TISSUES in card.misses for card in trio.suggestions
        )
        assert drawn.count("gentler than you") == against


def test_a_taller_screen_shows_more() -> None:
    """Nothing is cut where there are lines enough for it."""
    look = looks(40)["terminal"]
    short, tall = (
        Cards(look._replace(height=height), now=NOW) for height in (24, 60)
    )
    for trio in TRIOS:
        assert len(tall.suggestions(trio)) >= len(short.suggestions(trio))
        words = tall.suggestions(trio).split()
        for card in trio.suggestions:
            assert set((card.title.blurb or "").split()) <= set(words)


@pytest.mark.parametrize(
    ("width", "mark"), [(40, "\u258c"), (80, "\u258c"), (120, "\u250f")]
)
def test_the_chosen_card_is_marked_and_no_other(width: int, mark: str) -> None:
    """The mark stands beside the number of the chosen card, whichever it is."""
    trio = TRIOS[0]
    view = cards("terminal", width)
    assert mark not in view.suggestions(trio)
    for chosen in range(3):
        drawn = view.suggestions(trio, chosen=chosen)
        numbered = [
            mark in drawn and f"{mark}{gap}{chosen + 1} " in drawn
            for gap in ("", " ")
        ]
        assert any(numbered)
        others = {0, 1, 2} - {chosen}
        assert not any(
            f"{mark}{gap}{other + 1} " in drawn
            for other in others
            for gap in ("", " ")
        )


@pytest.mark.parametrize("width", [120, 133, 200])
def test_frames_close_in_line(width: int) -> None:
    """Every line of a row of frames is as wide as the others, in cells that no terminal doubts."""
    for trio in TRIOS:
        frames = [
            line
            for line in cards("terminal", width).suggestions(trio).splitlines()
            if line[:1] in "\u256d\u2502\u2570" and line
        ]
        assert len({cell_len(line) for line in frames}) == 1
        assert not set("\u2606\u2015\u2013") & set("".join(frames))


def test_the_line_above_says_what_was_answered() -> None:
    """The answers, in words, and how many of those that fit are shown."""
    pool = Pool(TITLES)
    answers = Answers(
        mood=(Mood.GOODBYE,), time=TimeLimit.of_band(Band.TONIGHT), tissues=5
    )
    recommendation = recommend(pool, answers)
    first = cards("terminal").suggestions(recommendation).splitlines()[0]
    assert first.startswith(" a long goodbye \u00b7 tonight \u00b7 5 tissues ")
    assert first.endswith(f" 3 of {len(recommendation.fitting)} shown")
    nothing = cards("terminal").suggestions(recommend(pool, Answers()))
    assert nothing.startswith(" anything goes ")
    like = cards("terminal").suggestions(
        recommend(pool, Answers(like="your-name"))
    )
    assert like.startswith(" like Your Name. ")


STYLED = re.compile(r"\x1b\[([0-9;]+)m([^\x1b]*)\x1b\[0m")


@pytest.mark.parametrize("width", KEYS)
def test_one_thing_at_a_time_is_bright(width: int) -> None:
    """Of an unchosen card the title alone is bold, and nothing that one reads is dimmed."""
    for trio in TRIOS:
        names = " ".join(card.title.title for card in trio.suggestions)
        for style, words in STYLED.findall(
            cards("colour", width).suggestions(trio)
        ):
            if style == "1":
                assert words.strip(" \u2026").split()[0] in names
                assert unambiguous(words.strip(" \u2026")) in unambiguous(
                    names
                )
            elif style == "2":
                assert not re.search(r"\w", words)
            else:
                assert set(words) <= set("\u25b0")
