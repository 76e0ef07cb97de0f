"""The conversation at a real terminal: keys go in, a screen and an exit code come out."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from real_terminal import (
    CTRL_C,
    CTRL_D,
    ENTER,
    ESCAPE,
    LEFT,
    SPACE,
    UP,
    Terminal,
)
from rich.cells import cell_len

from cryrec.conversation.avoiding import NOTE_KINDS
from cryrec.conversation.keys import Key
from cryrec.models import Mood, NoteId

Start = Callable[..., Terminal]

QUESTIONS = ("mood", "time", "tissues", "avoid")


def same_again(text: str) -> list[str]:
    """The titles that the line printed on leaving gives without a conversation."""
    line = re.search(r"^Same again: cryrec (.+)$", text, re.MULTILINE)
    assert line, text
    words = [*shlex.split(line.group(1)), "--json"]
    done = subprocess.run(
        [sys.executable, "-m", "cryrec", *words],
        capture_output=True,
        check=True,
        text=True,
    )
    return [each["title"] for each in json.loads(done.stdout)["suggestions"]]


SHOWN = re.compile(r"^ (\d)  (\S.+)$", re.MULTILINE)
"""The first line of a short card that is not chosen: its number, and the title with its facts."""


def headings(text: str) -> list[str]:
    """The first line of every card that was left behind in `text`, behind its number."""
    return [found.group(2) for found in SHOWN.finditer(text)]


def assert_shown(titles: list[str], text: str) -> None:
    """The last cards in `text` are those `titles`, in their order."""
    lines = headings(text)[-len(titles) :]
    assert len(titles) == len(lines)
    for title, line in zip(titles, lines, strict=True):
        assert line.startswith(title[:30])


def note_number(note: NoteId) -> str:
    """The number of a content note in the plain list."""
    listed = [each for notes in NOTE_KINDS.values() for each in notes]
    return str(listed.index(note) + 1)


def test_a_whole_conversation_ends_with_the_line_that_repeats_it(
    terminal: Start,
) -> None:
    """Arrows and Enter lead to cards of that mood, and "Same again" gives the very same cards."""
    cryrec = terminal("suggest")
    cryrec.asked("mood")
    cryrec.press("the good kind", ENTER)
    cryrec.asked("time")
    cryrec.press(ENTER)
    cryrec.asked("tissues")
    cryrec.press(ENTER)
    cryrec.asked("avoid")
    cryrec.press(SPACE, ENTER)
    cryrec.asked("always")
    cryrec.press(ENTER)
    cryrec.asked("menu")
    cryrec.press(Key.QUIT)
    assert cryrec.ended() == 0
    assert "--mood healing" in cryrec.text
    assert "--avoid child-death" in cryrec.text
    shown = cryrec.text.split("Same again:")[0]
    assert "the good kind of cry" in shown
    assert_shown(same_again(cryrec.text), shown)


@pytest.mark.parametrize("key", [Key.OTHERS, Key.ALIKE])
def test_same_again_repeats_a_later_page_too(
    terminal: Start, key: Key
) -> None:
    """After two more pages the line gives the cards seen last, not those of an earlier page."""
    cryrec = terminal("suggest")
    cryrec.enter_until("menu")
    for _ in range(2):
        cryrec.press(key)
        cryrec.asked("menu")
    cryrec.press(CTRL_D)
    assert cryrec.ended() == 0
    assert_shown(same_again(cryrec.text), cryrec.text.split("Same again:")[0])


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D], ids=["ctrl-c", "ctrl-d"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_leaving_at_a_question(
    terminal: Start, tmp_path: Path, question: str, key: str
) -> None:
    """Ctrl-C and Ctrl-D at any question exit with 130 and leave nothing on stdout."""
    out = tmp_path / "out"
    cryrec = terminal("suggest", redirect=f"> {shlex.quote(str(out))}")
    cryrec.enter_until(question)
    cryrec.press(key)
    assert cryrec.ended() == 130
    assert out.read_bytes() == b""


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D], ids=["ctrl-c", "ctrl-d"])
@pytest.mark.parametrize(
    "variables", [{}, {"ACCESSIBLE": "1"}], ids=["drawn", "plain"]
)
def test_leaving_at_the_menu_is_quitting(
    terminal: Start, variables: dict[str, str], key: str
) -> None:
    """Ctrl-C and Ctrl-D at the menu exit with 0 and still say how to get the same again."""
    cryrec = terminal("suggest", **variables)
    if variables:
        for _ in range(4):
            cryrec.until("Enter alone means:")
            cryrec.press(ENTER)
        cryrec.until("Enter alone means: open.")
    else:
        cryrec.enter_until("menu")
    cryrec.press(key)
    assert cryrec.ended() == 0
    assert "Same again: cryrec suggest" in cryrec.text


@pytest.mark.parametrize("key", [LEFT, ESCAPE], ids=["left", "escape"])
def test_going_back(terminal: Start, key: str) -> None:
    """Left and Escape go back a question from each, and do nothing at the first one."""
    cryrec = terminal("suggest")
    cryrec.enter_until("avoid")
    for question in ("tissues", "time", "mood"):
        cryrec.press(key)
        cryrec.asked(question)
    cryrec.press(key, ENTER)
    cryrec.asked("time")
    cryrec.press(CTRL_C)
    assert cryrec.ended() == 130


def test_no_key_is_lost_behind_escape(terminal: Start) -> None:
    """Ctrl-C typed right behind Escape leaves all the same."""
    cryrec = terminal("suggest")
    cryrec.enter_until("time")
    cryrec.press(ESCAPE, CTRL_C)
    assert cryrec.ended() == 130


def test_marks_stay_when_going_back(terminal: Start) -> None:
    """A note marked before going back from question 4 is still marked when it is asked again."""
    cryrec = terminal("suggest")
    cryrec.enter_until("avoid")
    cryrec.press(SPACE, ESCAPE)
    cryrec.asked("tissues")
    cryrec.press(ENTER)
    again = cryrec.asked("avoid")
    cryrec.press(CTRL_C)
    assert cryrec.ended() == 130
    assert "[x] a child" in again
    assert again.count("[x]") == 1


def test_marks_are_visible_without_unicode(terminal: Start) -> None:
    """On an ASCII terminal the questions are plain lists, which name what is marked in words."""
    cryrec = terminal("suggest", PYTHONIOENCODING="ascii")
    for _ in range(3):
        cryrec.until("Enter alone means:")
        cryrec.press(ENTER)
    cryrec.until("Enter alone means: nothing.")
    cryrec.press("1", ENTER)
    cryrec.until("every time?", "Enter alone means: Just tonight.")
    cryrec.press(ENTER)
    cryrec.until("Enter alone means: open.")
    cryrec.press(Key.CHANGE, ENTER)
    cryrec.until("What would you change?", "Enter alone means:")
    cryrec.press("4", ENTER)
    cryrec.until("Enter alone means: Death of a child.")
    cryrec.press(CTRL_C)
    assert cryrec.ended() == 130
    assert cryrec.text.isascii()


@pytest.mark.parametrize(
    "redirect", ["<&-", "</dev/null"], ids=["closed", "empty"]
)
def test_without_a_keyboard_nothing_is_asked(
    terminal: Start, redirect: str
) -> None:
    """With stdin closed or empty the cards come at once, and one line says why."""
    cryrec = terminal("suggest", redirect=redirect)
    assert cryrec.ended() == 0
    assert len(headings(cryrec.text)) == 3
    assert "What kind of cry" not in cryrec.text
    assert cryrec.text.count("cryrec: no terminal to ask on") == 1


@pytest.mark.parametrize("value", ["1", "0", "please"])
def test_a_variable_turns_questions_off(terminal: Start, value: str) -> None:
    """CRYREC_NO_INPUT counts whenever it is set and not empty, whatever it says."""
    cryrec = terminal("suggest", CRYREC_NO_INPUT=value)
    assert cryrec.ended() == 0
    assert "What kind of cry" not in cryrec.text
    assert len(headings(cryrec.text)) == 3


def test_redirected_stdout_is_clean(terminal: Start, tmp_path: Path) -> None:
    """Questions appear on the screen while the file gets the cards, no escape and no box in it."""
    out = tmp_path / "cards.txt"
    cryrec = terminal("suggest", redirect=f"> {shlex.quote(str(out))}")
    cryrec.enter_until("avoid")
    cryrec.press(ENTER)
    assert cryrec.ended() == 0
    written = out.read_text(encoding="utf-8")
    assert "\x1b" not in written
    assert not re.search("[\u2500-\u257f]", written)
    assert "?" not in cryrec.text.split("Same again:")[1]
    assert_shown(same_again(cryrec.text), written)


@pytest.mark.parametrize("columns", [40, 80])
def test_nothing_is_wider_than_the_screen(
    terminal: Start, columns: int
) -> None:
    """No question, answer, card or menu is cut or runs over, on a narrow screen and a usual one."""
    cryrec = terminal("suggest", columns=columns)
    cryrec.asked("mood")
    cryrec.press("goodbye", ENTER)
    cryrec.asked("time")
    cryrec.press(UP, ENTER)
    cryrec.asked("tissues")
    cryrec.press(ENTER)
    cryrec.asked("avoid")
    cryrec.press(ENTER)
    cryrec.asked("menu")
    cryrec.press(Key.QUIT)
    assert cryrec.ended() == 0
    lines = cryrec.text.split("Same again:")[0].splitlines()
    assert [line for line in lines if cell_len(line.rstrip()) > columns] == []
    unwrapped = " ".join(cryrec.text.split())
    for words in (
        *(mood.line for mood in Mood),
        "ableism",
        "up to 10 h 30",
        "wrecked for days",
    ):
        assert words in unwrapped


@pytest.mark.parametrize(
    "variables", [{"ACCESSIBLE": "1"}, {"TERM": "dumb"}], ids=["plain", "dumb"]
)
def test_plain_questions_from_first_to_last(
    terminal: Start, variables: dict[str, str]
) -> None:
    """Numbers and Enter answer plain lists; nothing is redrawn, no escape sent, no rule drawn."""
    cryrec = terminal("suggest", **variables)
    for typed, means in (
        ("1", "Surprise me"),
        ("4", "Doesn't matter"),
        ("", "Doesn't matter"),
    ):
        cryrec.until(f"Enter alone means: {means}.")
        cryrec.press(typed, ENTER)
    cryrec.until("Enter alone means: nothing.")
    cryrec.press(
        f"{note_number(NoteId.WAR)}, {note_number(NoteId.SUICIDE)}", ENTER
    )
    cryrec.until("every time?", "Enter alone means: Just tonight.")
    cryrec.press(ENTER)
    cards = cryrec.until("Enter alone means: open.")
    cryrec.press(Key.QUIT, ENTER)
    assert cryrec.ended() == 0
    assert re.findall(r"\x1b(?!\[[0-9;]*m)", cryrec.raw) == []
    assert "TERM" not in variables or "\x1b" not in cryrec.raw
    assert not re.search("[\u2500-\u257f]", cryrec.raw)
    assert "--mood goodbye --time long-haul --tissues any" in cryrec.text
    assert "--avoid suicide,war" in cryrec.text
    assert_shown(same_again(cryrec.text), cards)


def test_plain_questions_put_up_with_anything(terminal: Start) -> None:
    """Words and numbers that are no choice are turned down in words, and the question stays."""
    cryrec = terminal("suggest", ACCESSIBLE="1")
    cryrec.until("Enter alone means: Surprise me.")
    for typed in ("banana", "0", "99", "-1", "\u0663", "\u00bd", "1.5"):
        cryrec.press(typed, ENTER)
        cryrec.until(
            "Please type a number from 1 to", "Enter alone means: Surprise me."
        )
    cryrec.press(CTRL_D)
    assert cryrec.ended() == 130


def test_avoiding_everything(terminal: Start) -> None:
    """With every note marked nothing is shown, the menu leads back to the marks, quitting is 3."""
    cryrec = terminal("suggest", ACCESSIBLE="1")
    for _ in range(3):
        cryrec.until("Enter alone means:")
        cryrec.press(ENTER)
    cryrec.until("Enter alone means: nothing.")
    cryrec.press(
        ",".join(str(number) for number in range(1, len(NoteId) + 1)), ENTER
    )
    cryrec.until("every time?", "Enter alone means: Just tonight.")
    cryrec.press(ENTER)
    said = cryrec.until("q quit.")
    assert "change what you steer clear of" in said
    assert "--" not in said
    assert headings(said) == []
    cryrec.press(Key.CHANGE, ENTER)
    cryrec.until("What would you change?", "Enter alone means:")
    cryrec.press("4", ENTER)
    cryrec.until("Enter alone means: Death of a child", "Substance use.")
    cryrec.press(ENTER)
    cryrec.until("every time?", "Enter alone means: Just tonight.")
    cryrec.press(ENTER)
    cryrec.until("q quit.")
    cryrec.press(Key.QUIT, ENTER)
    assert cryrec.ended() == 3


def test_json_asks_and_prints_one_document(
    terminal: Start, tmp_path: Path
) -> None:
    """With --json the questions are asked, then comes one document and no menu."""
    out = tmp_path / "cards.json"
    cryrec = terminal(
        "suggest", "--json", redirect=f"| tee {shlex.quote(str(out))}"
    )
    cryrec.asked("mood")
    cryrec.press("the good kind", ENTER)
    for question in ("time", "tissues", "avoid"):
        cryrec.asked(question)
        cryrec.press(ENTER)
    assert cryrec.ended() == 0
    document = json.loads(out.read_text(encoding="utf-8"))
    assert document["answers"]["mood"] == ["healing"]
    assert document["answers"]["seed"] == 0
    assert "q quit" not in cryrec.text
    assert "Same again" not in cryrec.text


def test_a_reader_who_has_seen_enough(terminal: Start) -> None:
    """Piped to head the questions are asked, one line comes out, and nothing is complained of."""
    cryrec = terminal("suggest", redirect="| head -1")
    cryrec.enter_until("avoid")
    cryrec.press(ENTER)
    assert cryrec.ended() == 0
    assert re.search(r" 3 of \d+ shown$", cryrec.text, re.MULTILINE)
    assert "cryrec: " not in cryrec.text
    assert "Broken" not in cryrec.text


def test_only_what_flags_left_open_is_asked(terminal: Start) -> None:
    """--ask puts the open questions alone, and the line on leaving keeps every flag."""
    cryrec = terminal(
        "suggest", "--ask", "-m", "family", "-x", "war", "-n", "2", "--strict"
    )
    cryrec.asked("time")
    cryrec.press(ENTER)
    cryrec.asked("tissues")
    cryrec.press(ENTER)
    cryrec.asked("menu")
    cryrec.press(Key.QUIT)
    assert cryrec.ended() == 0
    assert "What kind of cry" not in cryrec.text
    assert "Anything to steer" not in cryrec.text
    assert_shown(same_again(cryrec.text), cryrec.text.split("Same again:")[0])


@pytest.mark.parametrize(
    "words", [("--ask", "-m", "any"), ("-m", "any")], ids=["ask", "flags"]
)
def test_an_answer_that_a_flag_gave_can_be_changed(
    terminal: Start, words: tuple[str, ...]
) -> None:
    """From the cards Escape leads to the four answers, whoever gave them; leaving there is 130."""
    cryrec = terminal(
        "suggest", *words, "-t", "any", "--tissues", "any", "-x", "none"
    )
    cryrec.asked("menu")
    cryrec.press(ESCAPE)
    cryrec.until("What would you change?", "Enter: ")
    cryrec.press(CTRL_D)
    assert cryrec.ended() == 130
