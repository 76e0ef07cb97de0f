"""What the conversation keeps: the watchlist, what was seen, what to always steer clear of."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from real_terminal import CTRL_C, CTRL_D, DOWN, ENTER, ESCAPE, SPACE


def library(home: Path) -> dict[str, dict]:
    """The entries of the library in that folder, by id, as a script reads them."""
    done = subprocess.run(
        [sys.executable, "-m", "cryrec", "library", "--json"],
        env={**os.environ, "CRYREC_HOME": str(home)},
        capture_output=True,
        check=True,
    )
    return {entry["id"]: entry for entry in json.loads(done.stdout)["entries"]}


def test_watch_it_and_seen_it(terminal, tmp_path):
    """The menu puts a card on the watchlist, takes a rating for another, and fills its place."""
    home = tmp_path / "home"
    cryrec = terminal("suggest", CRYREC_HOME=str(home), ACCESSIBLE="1")
    for _ in range(4):
        cryrec.until("Enter alone means:")
        cryrec.press(ENTER)
    cryrec.until("Card 1 of 3", "Enter alone means: open.")
    cryrec.press("w", ENTER)
    cryrec.until("is on the watchlist", "Enter alone means: open.")
    (watched,) = library(home)
    cryrec.press("2s", ENTER)
    cryrec.until("How was", "Enter alone means: no rating.")
    cryrec.press("4", ENTER)
    cryrec.until("is seen, 4 of 5", "Enter alone means: open.")
    cryrec.press("q", ENTER)
    assert cryrec.ended() == 0
    entries = library(home)
    (seen,) = entries.keys() - {watched}
    assert entries[watched]["status"] == "later"
    assert (entries[seen]["status"], entries[seen]["rating"]) == ("seen", 4)


def test_what_is_always_avoided_is_asked_once(terminal, tmp_path):
    """Marked to be remembered, the fourth question is asked no more, and the cards keep to it."""
    home = str(tmp_path / "home")
    cryrec = terminal("suggest", CRYREC_HOME=home)
    cryrec.enter_until("avoid")
    cryrec.press(SPACE, ENTER)
    cryrec.asked("always")
    cryrec.press(DOWN, ENTER)
    cryrec.asked("menu")
    assert "remembered" in cryrec.text
    cryrec.press(CTRL_D)
    assert cryrec.ended() == 0
    again = terminal("suggest", CRYREC_HOME=home)
    for name in ("mood", "time", "tissues"):
        again.asked(name)
        again.press(ENTER)
    again.asked("menu")
    again.press(CTRL_D)
    assert again.ended() == 0
    assert "from your settings: death of a child" in again.text
    assert "Anything to steer clear of" not in again.text
    assert "--avoid child-death" in again.text


def test_leaving_at_a_question_keeps_nothing(terminal, tmp_path):
    """Ctrl-C at the last question saves neither what was marked nor that anything was asked."""
    home = tmp_path / "home"
    cryrec = terminal("suggest", CRYREC_HOME=str(home))
    cryrec.enter_until("avoid")
    cryrec.press(SPACE, ENTER)
    cryrec.asked("always")
    cryrec.press(DOWN, CTRL_C)
    assert cryrec.ended() == 130
    assert not home.exists()


def test_an_evening_like_the_last_begins_with_another_title(
    terminal, tmp_path
):
    """What was offered first steps back, and the line that repeats the cards stays true."""
    home = str(tmp_path / "home")
    firsts = []
    for _ in range(4):
        cryrec = terminal("suggest", "--seed", "3", CRYREC_HOME=home)
        cryrec.enter_until("menu")
        cryrec.press(CTRL_D)
        assert cryrec.ended() == 0
        line = cryrec.text.rsplit("Same again: cryrec ", 1)[1].split()
        done = subprocess.run(
            [sys.executable, "-m", "cryrec", *line, "--json"],
            env={**os.environ, "CRYREC_HOME": home},
            capture_output=True,
            check=True,
        )
        first = json.loads(done.stdout)["suggestions"][0]
        assert first["title"] in cryrec.text
        firsts.append(first["id"])
    assert len(set(firsts)) == 4


@pytest.mark.parametrize(
    ("reply", "code", "written"),
    [
        *(("y", 0, True), ("Y", 0, True), ("y\r", 0, True)),
        *(
            (ENTER, 0, False),
            ("n", 0, False),
            (ESCAPE, 0, False),
            ("x" + ENTER, 0, False),
        ),
        *((CTRL_C, 130, False), (CTRL_D, 130, False)),
    ],
)
def test_an_import_asks_before_it_writes(
    terminal, tmp_path, reply, code, written
):
    """On a terminal an import shows what it would do; y writes it, Enter alone nothing."""
    home = tmp_path / "home"
    export = Path(__file__).parents[1] / "fixtures" / "mal-1.1.0.xml"
    cryrec = terminal("import", str(export), CRYREC_HOME=str(home))
    cryrec.until("MyAnimeList XML", "Take them over?", "[y/N]")
    cryrec.press(reply)
    assert cryrec.ended() == code
    assert bool(library(home)) is written


def test_what_is_rated_while_an_import_asks_is_not_lost(terminal, tmp_path):
    """An import decides when it writes: a rating given meanwhile, in another window, stays."""
    home = tmp_path / "home"
    export = Path(__file__).parents[1] / "fixtures" / "mal-1.1.0.xml"
    cryrec = terminal(
        "import", str(export), CRYREC_HOME=str(home), ACCESSIBLE="1"
    )
    cryrec.until("Take them over?", "Enter alone means: no.")
    subprocess.run(
        [sys.executable, "-m", "cryrec", "seen", "grave", "--rating", "2"],
        env={**os.environ, "CRYREC_HOME": str(home)},
        capture_output=True,
        check=True,
    )
    cryrec.press("y", ENTER)
    assert cryrec.ended() == 0
    entries = library(home)
    assert entries["grave"]["rating"] == 2
    assert len(entries) > 1
