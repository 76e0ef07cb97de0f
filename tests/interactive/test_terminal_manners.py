"""What cryrec owes the terminal it runs in: left as it was, shared with others, and resized."""

from __future__ import annotations

import os
import re
import signal
import termios
from collections.abc import Callable, Iterator

import pytest
from real_terminal import CTRL_C, CTRL_Z, DOWN, ENTER, SPACE, Shell, Terminal

Start = Callable[..., Terminal]

HIDE, SHOW = "\x1b[?25l", "\x1b[?25h"


@pytest.fixture
def shell() -> Iterator[Shell]:
    """A shell at a terminal of its own."""
    started = Shell()
    yield started
    started.child.close(force=True)


def echoes(terminal: Terminal) -> bool:
    """Whether the terminal shows what is typed."""
    return bool(termios.tcgetattr(terminal.child.child_fd)[3] & termios.ECHO)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("question", ["mood", "avoid", "menu"])
def test_killed_at_a_question(
    shell: Shell, number: signal.Signals, question: str
) -> None:
    """A signal ends the program as the shell expects; cursor and echo are there again."""
    shell.run("$CRYREC suggest; echo ENDED $?")
    shell.enter_until(question)
    assert not echoes(shell)
    group = os.tcgetpgrp(shell.child.child_fd)
    os.kill(group, number)
    shell.until(f"ENDED {128 + number}", "READY ")
    shell.run("echo $((6 * 7))")
    shell.until("42", "READY ")
    assert shell.raw.rindex(SHOW) > shell.raw.rindex(HIDE)


def test_interrupted_from_outside(terminal: Start) -> None:
    """SIGINT from elsewhere is Ctrl-C: 130."""
    cryrec = terminal("suggest")
    cryrec.enter_until("time")
    os.kill(cryrec.child.pid, signal.SIGINT)
    assert cryrec.ended() == 130


@pytest.mark.parametrize("question", ["mood", "avoid", "menu"])
def test_suspended_and_resumed(shell: Shell, question: str) -> None:
    """Ctrl-Z gives the shell back, `fg` draws the question again, and it can be answered."""
    shell.run("$CRYREC suggest; echo ENDED $?")
    shell.enter_until(question)
    shell.press(CTRL_Z)
    shell.until("Stopped", "READY ")
    assert shell.raw.rindex(SHOW) > shell.raw.rindex(HIDE)
    shell.run("fg")
    shell.asked(question)
    shell.press(CTRL_C)
    shell.until("READY ")


def test_ended_while_suspended(shell: Shell) -> None:
    """A suspended question can be ended, and does not touch the terminal it no longer has."""
    shell.run("$CRYREC suggest")
    shell.enter_until("mood")
    shell.press(CTRL_Z)
    shell.until("Stopped", "READY ")
    shell.run(
        "kill %1; while jobs %1 2>&1 | grep -q Stopped; do sleep 0.1; done; echo GO''NE"
    )
    shell.until("GONE", "READY ")


def test_nothing_is_written_over_a_pager(terminal: Start) -> None:
    """With another program at the end of stdout the screen is that program's."""
    cryrec = terminal("suggest", redirect="| cat")
    cryrec.enter_until("avoid")
    cryrec.press(ENTER)
    assert cryrec.ended() == 0
    assert "Same again" not in cryrec.text


def question_on(screen: list[str]) -> list[str]:
    """The lines of the question that is being asked."""
    lines = [line for line in screen if line]
    start = max(
        place for place, line in enumerate(lines) if line.startswith("? ")
    )
    return lines[start:]


@pytest.mark.parametrize("question", ["mood", "time", "avoid"])
def test_a_question_follows_its_window(terminal: Start, question: str) -> None:
    """Narrowed to 40 columns and widened again, every choice is whole, and none is cut."""
    cryrec = terminal("suggest", columns=80, rows=40)
    cryrec.enter_until(question)
    wide = question_on(cryrec.screen)
    cryrec.resize(40, 40)
    narrow = " ".join(" ".join(cryrec.screen).split())
    cryrec.resize(40, 80)
    assert question_on(cryrec.screen) == wide
    for line in wide[-6:-1]:
        label = re.sub("^[ >]*[\u25cb\u25cf]?", "", line)
        assert " ".join(label.split()) in narrow


def test_no_flag_is_advertised_to_somebody_who_typed_none(
    terminal: Start,
) -> None:
    """What gave way, and what could instead, is said in words; flags stand in the last line."""
    cryrec = terminal("suggest")
    cryrec.asked("mood")
    cryrec.press(DOWN, DOWN, ENTER)
    cryrec.asked("time")
    cryrec.press("tonight", ENTER)
    cryrec.asked("tissues")
    cryrec.press("1", ENTER)
    cryrec.asked("avoid")
    cryrec.press("illness", ENTER, "suicide", ENTER, SPACE, SPACE, ENTER)
    cryrec.asked("always")
    cryrec.press(ENTER)
    cryrec.asked("menu")
    cryrec.press(CTRL_C)
    assert cryrec.ended() == 0
    said = [
        line
        for line in cryrec.text.splitlines()
        if line.startswith("cryrec: ")
    ]
    assert any("nothing fits all of that" in line for line in said)
    conversation = cryrec.text.split("Same again:")[0]
    assert (
        re.findall(
            r"--(?:include|mood|time|tissues|avoid|max)\S*", conversation
        )
        == []
    )
