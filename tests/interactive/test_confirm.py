"""A question that is answered with yes or no, in either way of asking."""

from __future__ import annotations

import io

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from real_terminal import CTRL_C, CTRL_D, ENTER, ESCAPE

from cryrec.conversation.prompts import asker
from cryrec.errors import Interrupted

QUESTION = "Shall it be done?"


@pytest.mark.parametrize(
    ("typed", "reply"),
    [
        *(("y", True), ("Y", True), ("xz y", True)),
        *(
            ("n", False),
            ("N", False),
            (ENTER, False),
            (ESCAPE, False),
            ("x" + ENTER, False),
        ),
    ],
)
def test_drawn(
    typed: str, reply: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """One key answers, Enter is no, and what was answered stays in sight."""
    with create_pipe_input() as pipe, create_app_session(input=pipe):
        pipe.send_text(typed)
        assert asker().confirm(QUESTION) is reply
    assert capsys.readouterr().err.endswith(
        f"{QUESTION} {'Yes' if reply else 'No'}\n"
    )


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_leaving(key: str) -> None:
    """Ctrl-C and Ctrl-D leave."""
    with create_pipe_input() as pipe, create_app_session(input=pipe):
        pipe.send_text(key)
        with pytest.raises(Interrupted):
            asker().confirm(QUESTION)


@pytest.mark.parametrize(
    ("typed", "reply"),
    [
        *(("y", True), ("YES", True), ("maybe\n2\ny", True)),
        *(("n", False), ("no", False), ("", False), ("perhaps\n", False)),
    ],
)
def test_plain(
    typed: str,
    reply: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A line answers, an empty one is no, said in words, and any other is asked again."""
    monkeypatch.setenv("ACCESSIBLE", "1")
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed}\n"))
    assert asker().confirm(QUESTION) is reply
    assert "Enter alone means: no." in capsys.readouterr().err


def test_plain_input_that_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """A keyboard that is gone leaves."""
    monkeypatch.setenv("ACCESSIBLE", "1")
    monkeypatch.setattr("sys.stdin", io.StringIO("maybe\n"))
    with pytest.raises(Interrupted):
        asker().confirm(QUESTION)
