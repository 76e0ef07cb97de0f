"""Every key under the cards at a real terminal: what is on the screen, and what becomes of it."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from real_terminal import (
    CTRL_C,
    DOWN,
    ENTER,
    ESCAPE,
    LEFT,
    RIGHT,
    UP,
    Terminal,
)

from cryrec.conversation.keys import Key

Start = Callable[..., Terminal]

LINE = ("suggest", "--mood", "family", "--seed", "3")
"""A line of flags that gives the same three cards every time, and has many more."""

BAR = "\u258c"

NUMBERED = re.compile(f"^[ {BAR}]([1-9])  (?!\\W)")
"""The first line of a card, by its number."""


def run_json(*words: str, home: Path) -> Any:
    """The document of a command, with its home in that folder."""
    done = subprocess.run(
        [sys.executable, "-m", "cryrec", *words, "--json"],
        env={**os.environ, "CRYREC_HOME": str(home)},
        capture_output=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def at_the_row(terminal: Start, home: Path) -> Terminal:
    """cryrec with three cards on a usual screen, waiting for a key."""
    cryrec = terminal(*LINE, columns=80, rows=24, CRYREC_HOME=str(home))
    cryrec.shows("q quit")
    return cryrec


def titles(home: Path, *words: str) -> list[dict[str, Any]]:
    """The cards that a script gets for that line."""
    cards: list[dict[str, Any]] = run_json(*LINE, *words, home=home)[
        "suggestions"
    ]
    return cards


def quit_from(cryrec: Terminal) -> None:
    """Leave as one should."""
    cryrec.press(Key.QUIT)
    assert cryrec.ended() == 0


def cards_on(screen: list[str]) -> list[str]:
    """The first lines of the cards on a screen."""
    return [line for line in screen if NUMBERED.match(line)]


def chosen_on(screen: list[str]) -> list[str]:
    """The numbers of the cards that are marked."""
    return [line[1] for line in cards_on(screen) if line[0] == BAR]


def counted(name: str, screen: list[str]) -> int:
    """The number beside a key's name."""
    found = re.search(rf"\b{name} (\d+)", " ".join(screen))
    assert found, screen
    return int(found.group(1))


# --- the screen ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "rows"),
    [(80, 24), (40, 24), (60, 24), (100, 24), (120, 40), (200, 50)],
)
def test_three_cards_and_the_keys_share_a_screen(
    terminal: Start, columns: int, rows: int
) -> None:
    """Nothing has scrolled away: the line above, three cards, one of them marked, every key."""
    cryrec = terminal(*LINE, columns=columns, rows=rows)
    screen = cryrec.shows("q quit")
    assert " shown" in screen[0]
    row = " ".join(" ".join(screen).split())
    for name in (
        "open",
        "watchlist",
        "longer",
        "change an answer",
        "help",
        "q quit",
    ):
        assert name in row
    if columns < 120:
        assert [line[1] for line in cards_on(screen)] == ["1", "2", "3"]
        assert [line[0] for line in cards_on(screen)] == [BAR, " ", " "]
    else:
        assert all(f" {number} " in screen[2] for number in (1, 2, 3))
        assert screen[2].count("\u250f") == 1
    quit_from(cryrec)


@pytest.mark.parametrize(
    ("keys", "number"),
    [
        *(("2", 2), ("3", 3), ("31", 1), ("9", 1)),
        *((DOWN, 2), (RIGHT * 2, 3), (UP, 3), (DOWN + LEFT, 1), (DOWN * 3, 1)),
    ],
)
def test_digits_and_arrows_choose(
    at_the_row: Terminal, keys: str, number: int
) -> None:
    """The chosen card alone is marked; a number without a card changes nothing."""
    at_the_row.press(keys)
    at_the_row.becomes(lambda lines: chosen_on(lines) == [str(number)])
    at_the_row.shows(f"\n card {number} ")
    quit_from(at_the_row)


def test_the_row_follows_its_window(at_the_row: Terminal) -> None:
    """Narrowed and widened again, the screen is what it was, with the same card chosen."""
    at_the_row.press("2")
    wide = at_the_row.becomes(lambda lines: chosen_on(lines) == ["2"])
    at_the_row.resize(24, 50)
    narrow = at_the_row.becomes(lambda lines: "q quit" in lines[-1])
    assert [line[1] for line in cards_on(narrow)] == ["1", "2", "3"]
    assert chosen_on(narrow) == ["2"]
    at_the_row.resize(24, 80)
    at_the_row.becomes(lambda lines: lines == wide)
    quit_from(at_the_row)


# --- every key ----------------------------------------------------------------------------------


EVIDENCE = {
    Key.OPEN: ("anilist.co",),
    Key.LATER: ("is on the watchlist",),
    Key.SEEN: ("How was",),
    Key.ALIKE: ("like ", "back"),
    Key.OTHERS: ("shown", "back"),
    Key.CHANGE: ("What would you change?",),
    Key.UNDO: ("nothing has been noted yet",),
    Key.HELP: ("explain the keys",),
    Key.QUIT: (),
}
"""What appears after a key; the directions are not open from every card."""


@pytest.mark.parametrize(
    "variables", [{}, {"ACCESSIBLE": "1"}], ids=["drawn", "plain"]
)
@pytest.mark.parametrize("key", EVIDENCE)
def test_each_key(
    terminal: Start, variables: dict[str, str], key: Key
) -> None:
    """Every key does the same, whether it is drawn or typed as a line."""
    cryrec = terminal("suggest", "--mood", "any", **variables)
    cryrec.shows(
        *(["Enter alone means: open."] if variables else [" help", " quit"])
    )
    typed = "" if key is Key.OPEN else key.value
    cryrec.press(*((typed, ENTER) if variables else (typed or ENTER,)))
    cryrec.shows(*EVIDENCE[key])
    if key is not Key.QUIT:
        cryrec.press(CTRL_C)
    assert cryrec.ended() == (130 if key is Key.CHANGE else 0)


def test_enter_opens_and_comes_back_and_never_quits(
    at_the_row: Terminal,
) -> None:
    """The full card of the chosen title, then the cards again, as often as one likes."""
    at_the_row.press("2", ENTER)
    at_the_row.shows("Tissues", "anilist.co", "\n 2  ", "the cards", "q quit")
    for _ in range(2):
        at_the_row.press(ENTER)
        at_the_row.shows(" open", "q quit", f"\n{BAR}2  ", "\n 3  ")
        at_the_row.press("2", ENTER)
        at_the_row.shows("the cards", "q quit")
    at_the_row.press(ESCAPE)
    at_the_row.shows(" open", "q quit", f"\n{BAR}2  ", "\n 3  ")
    quit_from(at_the_row)


def test_card_two_is_on_the_watchlist_in_two_keys(
    at_the_row: Terminal, home: Path
) -> None:
    """2 and w, and the second title of the three is there, alone."""
    second = titles(home)[1]
    at_the_row.press("2", "w")
    at_the_row.shows("is on the watchlist", "on your watchlist")
    quit_from(at_the_row)
    assert f"cryrec: {second['title']} is on the watchlist" in at_the_row.text
    (entry,) = run_json("library", home=home)["entries"]
    assert (entry["id"], entry["status"]) == (second["id"], "later")


def test_keys_that_come_all_at_once_are_all_heard(
    at_the_row: Terminal, home: Path
) -> None:
    """Whoever types faster than a library is written loses no key."""
    first, second, third = titles(home)
    at_the_row.press("3", "w", "2", "w", "1", "w", "q")
    assert at_the_row.ended() == 0
    entries = run_json("library", home=home)["entries"]
    kept = {entry["id"] for entry in entries}
    assert kept == {first["id"], second["id"], third["id"]}


@pytest.mark.parametrize(
    ("key", "rating"),
    [("4", 4), ("1", 1), (ENTER, None)],
    ids=["4", "1", "enter"],
)
def test_seen_and_how_it_was(
    at_the_row: Terminal, home: Path, key: str, rating: int | None
) -> None:
    """s and a rating, or Enter for none: it is in the library, and another card in its place."""
    first = titles(home)[0]
    at_the_row.press("s")
    at_the_row.shows("How was", "not after all")
    at_the_row.press(key)
    cards = cards_on(at_the_row.shows("is seen", "q quit"))
    assert len(cards) == 3
    assert first["title"][:20] not in " ".join(cards)
    quit_from(at_the_row)
    (entry,) = run_json("library", home=home)["entries"]
    assert (entry["id"], entry["status"]) == (first["id"], "seen")
    assert entry["rating"] == rating


def test_seen_after_all_not(at_the_row: Terminal, home: Path) -> None:
    """Escape at the rating leaves the cards and the library as they were."""
    before = at_the_row.shows("q quit")
    at_the_row.press("s")
    at_the_row.shows("How was", "not after all")
    at_the_row.press(ESCAPE)
    at_the_row.becomes(lambda lines: lines == before)
    quit_from(at_the_row)
    assert run_json("library", home=home)["entries"] == []


@pytest.mark.parametrize("keys", ["w", "s5"], ids=["watchlist", "seen"])
def test_undo_takes_back_what_was_noted(
    at_the_row: Terminal, home: Path, keys: str
) -> None:
    """u leaves the library, the cards, and what is said on leaving as if nothing had been."""
    before = cards_on(at_the_row.shows("q quit"))
    at_the_row.press(keys)
    at_the_row.shows(" is ", "u undo", "q quit")
    at_the_row.press("u")
    screen = at_the_row.shows("taken back", "(u undo)", "q quit")
    assert cards_on(screen) == before
    quit_from(at_the_row)
    assert run_json("library", home=home)["entries"] == []
    left_behind = at_the_row.text.rsplit(" shown", 1)[1]
    assert " is seen" not in left_behind
    assert " is on the watchlist" not in left_behind


@pytest.mark.parametrize("card", ["1", "2", "3"])
@pytest.mark.parametrize("key", ["g", "h", "<", ">"])
def test_directions_lead_to_as_many_as_they_say(
    at_the_row: Terminal, key: str, card: str
) -> None:
    """The number beside the key is that of the titles behind it; a nought says why it is one."""
    names = {"g": "gentler", "h": "harder", "<": "shorter", ">": "longer"}
    at_the_row.press(card)
    screen = at_the_row.becomes(lambda lines: chosen_on(lines) == [card])
    promised = counted(names[key], screen)
    at_the_row.press(key)
    if promised:
        at_the_row.shows(
            f"{names[key]} than", f"of {promised} shown", "Esc back"
        )
    else:
        said = at_the_row.shows(f"nothing that fits is {names[key]} than")
        assert cards_on(said) == cards_on(screen)
    quit_from(at_the_row)


def test_others_are_others_and_escape_leads_back(at_the_row: Terminal) -> None:
    """n shows three that have not been there; Escape goes back to the three before."""
    before = cards_on(at_the_row.shows("q quit"))
    at_the_row.press("n")
    others = cards_on(at_the_row.shows("Esc back", "q quit"))[-3:]
    assert len(others) == 3
    assert not {line[4:24] for line in others} & {
        line[4:24] for line in before
    }
    at_the_row.press(ESCAPE)
    at_the_row.becomes(lambda lines: cards_on(lines)[-3:] == before)
    quit_from(at_the_row)


def test_its_page_opens_in_the_browser(
    terminal: Start, tmp_path: Path, home: Path
) -> None:
    """o hands the address of the chosen card to BROWSER, and says so."""
    page = tmp_path / "page"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {shlex.quote(str(page))}\n')
    browser.chmod(0o755)
    second = titles(home)[1]
    address = f"https://anilist.co/anime/{second['anilist_id']}"
    cryrec = terminal(*LINE, CRYREC_HOME=str(home), BROWSER=str(browser))
    cryrec.asked("menu")
    cryrec.press("2", "o")
    cryrec.shows(f"opened {address}", " quit")
    quit_from(cryrec)
    assert page.read_text().strip() == address


def test_help_explains_every_key_and_any_key_leads_back(
    at_the_row: Terminal,
) -> None:
    """? takes the place of the cards, on one screen, until the next key."""
    before = at_the_row.shows("q quit")
    at_the_row.press("?")
    screen = at_the_row.shows("choose a card", "back to the cards")
    for key in set(Key) - {Key.OPEN, Key.EARLIER}:
        assert [
            line
            for line in screen
            if line.startswith((f" {key} ", f" ({key}) "))
        ]
    at_the_row.press("x")
    at_the_row.becomes(lambda lines: lines == before)
    quit_from(at_the_row)


@pytest.mark.parametrize(
    ("key", "reply"),
    [
        ("u", "nothing has been noted yet"),
        ("x", "x does nothing here; ? explains"),
    ],
)
def test_a_key_that_leads_nowhere_says_so(
    at_the_row: Terminal, key: str, reply: str
) -> None:
    """It stays where it is, and the next key makes it forget what it said."""
    before = at_the_row.shows("q quit")
    at_the_row.press(key)
    at_the_row.shows(reply)
    at_the_row.press("1")
    at_the_row.becomes(lambda lines: lines == before)
    quit_from(at_the_row)


def test_an_answer_can_be_changed(at_the_row: Terminal) -> None:
    """b leads to the four answers, one of them is asked again, and the cards follow."""
    at_the_row.press("b")
    at_the_row.shows("What would you change?", "call home", "Enter: ")
    at_the_row.press("hard", ENTER)
    at_the_row.shows("? How hard should it hit?", "Enter: ")
    at_the_row.press("3 tissues", ENTER)
    at_the_row.shows("call home \u00b7 3 tissues", "q quit")
    at_the_row.press(Key.QUIT)
    assert at_the_row.ended() == 0
    assert (
        "Same again: cryrec suggest --mood family --time any --tissues 3"
        in (at_the_row.text)
    )


# --- where it stands and where it does not -------------------------------------------------------


def test_a_line_of_flags_ends_in_the_same_keys(terminal: Start) -> None:
    """Nothing is asked, the keys are there, and leaving at once adds no line."""
    cryrec = terminal("suggest", "--mood", "family", "--time", "tonight")
    cryrec.asked("menu")
    cryrec.press(Key.QUIT)
    assert cryrec.ended() == 0
    assert "What kind of cry" not in cryrec.text
    assert "Same again" not in cryrec.text


@pytest.mark.parametrize("words", [("--no-input",), ("--json",)], ids=" ".join)
def test_a_line_of_flags_that_wants_no_keys(
    terminal: Start, words: tuple[str, ...]
) -> None:
    """With --no-input or --json the cards are the end."""
    cryrec = terminal("suggest", "--mood", "family", *words)
    assert cryrec.ended() == 0
    assert " quit" not in cryrec.text


@pytest.mark.parametrize(
    "redirect", ["| cat", "</dev/null", "2>{file}", ">{file}"], ids=str
)
def test_no_keys_where_somebody_is_missing(
    terminal: Start, tmp_path: Path, redirect: str
) -> None:
    """With any of the three streams elsewhere, the cards are the end."""
    file = shlex.quote(str(tmp_path / "file"))
    cryrec = terminal(*LINE, redirect=redirect.format(file=file))
    assert cryrec.ended() == 0
    assert " quit" not in cryrec.text


def test_no_keys_where_a_variable_says_so(terminal: Start) -> None:
    """CRYREC_NO_INPUT stands for --no-input."""
    cryrec = terminal(*LINE, CRYREC_NO_INPUT="1")
    assert cryrec.ended() == 0
    assert " quit" not in cryrec.text


def test_more_cards_than_a_screen_holds(terminal: Start, home: Path) -> None:
    """They are written once, and the keys below name the card that is chosen."""
    cards = titles(home, "--count", "8")
    cryrec = terminal(
        *LINE, "--count", "8", columns=80, rows=24, CRYREC_HOME=str(home)
    )
    cryrec.asked("menu")
    cryrec.press("7")
    cryrec.shows(f"\n 7  {cards[6]['title']}\n")
    cryrec.press("w")
    cryrec.shows("is on the watchlist")
    quit_from(cryrec)
    assert cryrec.text.count(" 8 of ") == 1
    (entry,) = run_json("library", home=home)["entries"]
    assert entry["id"] == cards[6]["id"]


def test_what_gave_way_is_on_the_screen(terminal: Start) -> None:
    """It stands under the cards while one chooses, and stays behind with them."""
    words = (
        "-m",
        "regret",
        "-t",
        "60",
        "--format",
        "movie",
        "--setting",
        "historical",
    )
    cryrec = terminal("suggest", *words, columns=80, rows=24)
    cryrec.shows("\n nothing fits all of that", "q quit")
    quit_from(cryrec)
    assert "cryrec: nothing fits all of that" in cryrec.text
