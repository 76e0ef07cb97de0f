"""The row of keys in both ways of asking: one test, keys through a pipe or lines through stdin."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import Final

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from real_terminal import CTRL_C, CTRL_D, DOWN, ENTER, ESCAPE, LEFT, UP
from script import SEEDS, walk

from cryrec.conversation.prompts import Asker, Key, Press, Row, Table
from cryrec.conversation.prompts.choices import ENTER as ENTER_KEY
from cryrec.conversation.prompts.choices import ESCAPE as ESCAPE_KEY
from cryrec.conversation.prompts.drawn import DrawnAsker
from cryrec.conversation.prompts.plain import PlainAsker
from cryrec.conversation.prompts.row import lines_below
from cryrec.errors import Interrupted
from cryrec.models import Mood
from cryrec.recommend.answers import Answers

NO_SUGAR: Final = "there is no sugar"

CARDS: Final = ("Tea", "Cake", "Blanket")


def keys_of(chosen: int) -> tuple[Row, ...]:
    """Four keys; sugar there is for the first card alone."""
    sugar = Key(
        "s", "sugar", "add sugar" if chosen == 0 else NO_SUGAR, chosen == 0
    )
    return (
        Row("card", (Key(ENTER_KEY, "have it", "have it"), sugar)),
        Row(
            "",
            (
                Key("w", "wait", "wait"),
                Key(ESCAPE_KEY, "leave it", "leave it"),
            ),
        ),
    )


TABLE: Final = Table(CARDS, None, keys_of, ("It is late.",))

Sit = Callable[..., Asker]


@pytest.fixture(params=["drawn", "plain"])
def sit(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Sit]:
    """Somebody at a keyboard of either kind, who types keys one after another."""
    monkeypatch.setenv("COLUMNS", "100")
    with create_pipe_input() as pipe, create_app_session(input=pipe):

        def drawn(*keys: str) -> Asker:
            pipe.send_text("".join(keys))
            return DrawnAsker()

        def plain(*keys: str) -> Asker:
            words = {ENTER: "", ESCAPE: "back"}
            lines = "".join(f"{words.get(key, key)}\n" for key in keys)
            monkeypatch.setattr("sys.stdin", io.StringIO(lines))
            return PlainAsker()

        yield drawn if request.param == "drawn" else plain


@pytest.mark.parametrize(
    ("keys", "press"),
    [
        ((ENTER,), Press(ENTER_KEY, 0)),
        (("w",), Press("w", 0)),
        (("W",), Press("w", 0)),
        (("2", "w"), Press("w", 1)),
        (("3", "1", "s"), Press("s", 0)),
        (("3", ENTER), Press(ENTER_KEY, 2)),
        ((ESCAPE,), Press(ESCAPE_KEY, 0)),
        (("4", "w"), Press("w", 0)),
        (("0", "x", "\u00e9", "w"), Press("w", 0)),
    ],
)
def test_a_key_for_the_chosen_card(
    sit: Sit, keys: tuple[str, ...], press: Press
) -> None:
    """A digit chooses, a letter acts; what is neither changes nothing."""
    assert sit(*keys).press(TABLE, 0) == press


def test_the_card_that_was_chosen_stays_chosen(sit: Sit) -> None:
    """A row that comes back begins with the card it was left with."""
    assert sit("w").press(TABLE, 2) == Press("w", 2)


def test_a_closed_key_takes_nothing(
    sit: Sit, capsys: pytest.CaptureFixture[str]
) -> None:
    """The next key is heard as if it had not been pressed."""
    assert sit("2", "s", "w").press(TABLE, 0) == Press("w", 1)
    assert capsys.readouterr().out == ""


def test_digits_are_keys_where_there_are_no_cards(sit: Sit) -> None:
    """As for a rating."""
    row = Row(
        "", (Key("4", "", "4 of 5"), Key(ENTER_KEY, "no rating", "none"))
    )
    table = Table((), None, lambda _: (row,))
    assert sit("4").press(table, 1) == Press("4", 1)


def test_any_key_leads_on_where_it_should(sit: Sit) -> None:
    """As from the page that explains the keys."""
    row = Row("", (Key(ENTER_KEY, "go on", "go on"),))
    table = Table((), lambda *_: "words", lambda _: (row,), any_key=True)
    assert sit("q").press(table, 1) == Press(ENTER_KEY, 1)


def test_escape_stands_for_another_key(sit: Sit) -> None:
    """Where the table says so."""
    assert sit(ESCAPE).press(TABLE._replace(back="w"), 0) == Press("w", 0)


def test_what_was_said_is_there(
    sit: Sit, capsys: pytest.CaptureFixture[str]
) -> None:
    """What came of the last key, the names of the keys, and what Enter does."""
    sit("w").press(TABLE, 0)
    written = capsys.readouterr().err
    for words in ("It is late.", "sugar", "wait", "have it"):
        assert words in written


def test_a_pasted_text_is_no_key() -> None:
    """Whatever somebody pastes presses nothing."""
    with create_pipe_input() as pipe, create_app_session(input=pipe):
        pipe.send_text("\x1b[200~s\nw\x1b[201~" + ENTER)
        assert DrawnAsker().press(TABLE, 0) == Press(ENTER_KEY, 0)


@pytest.mark.parametrize(
    ("arrows", "place"),
    [(DOWN, 1), (UP, 2), (DOWN * 3, 0), (DOWN * 2 + LEFT, 1)],
)
def test_arrows_go_round(arrows: str, place: int) -> None:
    """From the last card to the first, and back."""
    with create_pipe_input() as pipe, create_app_session(input=pipe):
        pipe.send_text(arrows + "w")
        assert DrawnAsker().press(TABLE, 0) == Press("w", place)


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D], ids=["ctrl-c", "ctrl-d"])
def test_leaving_the_row(key: str) -> None:
    """Ctrl-C and Ctrl-D leave."""
    with create_pipe_input() as pipe, create_app_session(input=pipe):
        pipe.send_text(key)
        with pytest.raises(Interrupted):
            DrawnAsker().press(TABLE, 0)


def test_a_closed_key_says_why(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a line of its own."""
    monkeypatch.setattr("sys.stdin", io.StringIO("2s\nw\n"))
    PlainAsker().press(TABLE, 0)
    assert NO_SUGAR in capsys.readouterr().err.splitlines()


def test_a_number_and_a_letter_in_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever types lines may say both at once."""
    for line in ("2w", "2 w", " 2W "):
        monkeypatch.setattr("sys.stdin", io.StringIO(f"{line}\n"))
        assert PlainAsker().press(TABLE, 0) == Press("w", 1)


KEY_LINES: Final = {20: 15, 40: 6, 60: 6, 79: 6, 80: 3, 100: 3, 120: 3, 200: 3}
"""Lines that the keys may take at each width: as many as the cards leave them."""

WIDE_OPEN: Final = [
    *(Answers(seed=seed) for seed in SEEDS),
    Answers(mood=(Mood.HEALING, Mood.FAMILY)),
    Answers(tissues=1, strict=True),
    Answers(tissues=5, max_age=99),
]


@pytest.mark.parametrize("columns", KEY_LINES)
def test_the_keys_fit_below_the_cards(
    monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    """From every card of every page, none is torn, cut, or pushed off the screen."""
    monkeypatch.setenv("COLUMNS", str(columns))
    for answers in WIDE_OPEN:
        for page in walk(answers, "m", "m").tables:
            for chosen in range(len(page.table.cards)):
                table = page.table._replace(draw=lambda *_: "")
                _, *lines = lines_below(table, chosen, ())
                texts = ["".join(text for _, text in line) for line in lines]
                assert len(texts) <= KEY_LINES[columns]
                assert max(map(len, texts)) <= columns
                row = " ".join(" ".join(texts).split())
                assert all(key.label in row for key in page.table.keys(chosen))
