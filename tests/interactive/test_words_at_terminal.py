"""A person's own words in the conversation, and a near miss in a search, at a real terminal."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from real_terminal import CTRL_D, ENTER, Terminal

Start = Callable[..., Terminal]


def test_in_my_own_words(terminal: Start) -> None:
    """What must not be passed over is asked again; the rest is said as flags, and answers all."""
    program = terminal("suggest", ACCESSIBLE="1")
    program.until("In my own words", "Type a number")
    program.press("10", ENTER)
    program.until("In your own words")
    program.press("a film, no vampires", ENTER)
    program.until('no content note says "vampires"', "In your own words")
    program.press("a film, no gore", ENTER)
    program.until("understood: --format movie --avoid graphic-violence")
    program.press(CTRL_D)
    assert program.ended() == 0


def test_words_leave_no_question_open(terminal: Start) -> None:
    """Somebody who has said what they want is not asked for it."""
    program = terminal("suggest", "a", "film", "about", "sisters")
    program.until(
        "understood: --format movie; about sisters", "sisters, as you said"
    )
    assert "What kind of cry" not in program.text


@pytest.mark.parametrize(
    ("key", "code", "then"), [(ENTER, 0, "film"), ("n", 3, "no title called")]
)
def test_a_near_miss_is_offered(
    terminal: Start, key: str, code: int, then: str
) -> None:
    program = terminal("search", "wolf", "chxldrex", "raxn")
    program.until("Did you mean Wolf Children?")
    program.press(key)
    program.until(then)
    assert program.ended() == code


def test_a_script_is_not_asked(terminal: Start) -> None:
    program = terminal(
        "search", "wolf", "chxldrex", "raxn", CRYREC_NO_INPUT="1"
    )
    program.until("did you mean Wolf Children?")
    assert program.ended() == 3
