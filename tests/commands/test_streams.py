"""Streams that take nothing and terminals that are not there: the exit code stays what it is."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commands.running import Run

FULL = Path("/dev/full")

DETACHED = """
import os, subprocess, sys, time
parent = os.getpid()
if os.fork() == 0:
    os.setsid()
    while os.getppid() == parent:
        time.sleep(0.01)
    done = subprocess.run(sys.argv[2:], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    report = f"{done.returncode}\\0{done.stdout}\\0{done.stderr}"
    whole = sys.argv[1] + ".part"
    open(whole, "w").write(report)
    os.rename(whole, sys.argv[1])
"""
"""Runs a command line in a process that no shell has started, and leaves a report."""

COMPLETIONS = ("--show-completion", "--install-completion")


def plain_environment() -> dict[str, str]:
    """The variables of this machine without those that change how Python buffers."""
    return {
        name: value
        for name, value in os.environ.items()
        if name != "PYTHONUNBUFFERED"
    }


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("search", "no such thing at all"), 3),
        (("suggest", "--moood", "family"), 2),
        (
            (
                "suggest",
                "--mood",
                "family",
                "--time",
                "tonight",
                "--format",
                "series",
            ),
            0,
        ),
        (("seen", "grave"), 0),
        (("undo",), 3),
    ],
    ids=lambda value: (
        " ".join(value) if isinstance(value, tuple) else str(value)
    ),
)
def test_a_stderr_that_takes_nothing_changes_no_exit_code(
    words: tuple[str, ...], code: int
) -> None:
    """What cannot be said is lost; what was asked for is answered all the same."""
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "cryrec", *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=full,
            env=plain_environment(),
            check=False,
        )
    assert done.returncode == code


@pytest.mark.parametrize("flag", COMPLETIONS)
def test_completion_without_a_shell_is_a_usage_error(
    flag: str, tmp_path: Path
) -> None:
    """Where no shell started the program, one line on stderr says from which it would work."""
    report = tmp_path / "report"
    command = [sys.executable, "-m", "cryrec", flag]
    # The process that forks has to end before the program starts, or its shell would be found.
    helper = subprocess.Popen(
        [sys.executable, "-c", DETACHED, str(report), *command]
    )
    helper.wait()
    while not report.exists():
        time.sleep(0.05)
    code, out, err = report.read_text().split("\0")
    assert (code, out) == ("2", "")
    assert err.startswith("cryrec: ")
    assert "zsh" in err
    assert err.count("\n") == 1


def test_a_picture_that_cannot_be_saved_fails_before_the_card(
    run: Run, tmp_path: Path
) -> None:
    """A reply that is only half of what was asked for is none."""
    nowhere = tmp_path / "nowhere" / "card.svg"
    result = run("show", "grave", "--save", str(nowhere))
    assert result.exit_code == 4
    assert result.stdout == ""
    assert str(nowhere) in result.stderr
