"""The two ways of asking, with keys through prompt_toolkit's own pipe and lines through stdin."""

from __future__ import annotations

import io
import string
from collections.abc import Iterator

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from real_terminal import (
    BACKSPACE,
    CTRL_C,
    CTRL_D,
    CTRL_Z,
    DOWN,
    ENTER,
    ESCAPE,
    LEFT,
    RIGHT,
    SPACE,
    UP,
)

from cryrec.conversation.prompts import BACK, Choice, Marks, asker
from cryrec.conversation.prompts.drawn import DrawnAsker
from cryrec.conversation.prompts.plain import PlainAsker
from cryrec.errors import Interrupted

CHOICES = [
    Choice("tea", "Tea", "hot, and no sugar"),
    Choice("cake", "Cake", open=False),
    Choice("blanket", "Blanket", also="warm"),
    Choice("any", "Anything"),
]
"""Four things, the second of which cannot be had."""

QUESTION = "What would help?"


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[PipeInput]:
    """A keyboard for drawn questions; what is sent is read as if it had been typed."""
    monkeypatch.setenv("COLUMNS", "100")
    with create_pipe_input() as pipe, create_app_session(input=pipe):
        yield pipe


def lines(monkeypatch: pytest.MonkeyPatch, *typed: str) -> None:
    """Lines typed for plain questions; after them the input ends."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr(
        "sys.stdin", io.StringIO("".join(f"{line}\n" for line in typed))
    )


# --- drawn --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "reply"),
    [
        (ENTER, "any"),
        (UP + ENTER, "blanket"),
        (UP + UP + ENTER, "tea"),
        (DOWN + ENTER, BACK),
        (DOWN * 2 + ENTER, "tea"),
        (DOWN * 3 + ENTER, "blanket"),
        (UP * 4 + ENTER, "any"),
        (DOWN + LEFT, BACK),
        (ESCAPE, BACK),
        ("back" + ENTER, BACK),
        ("blan" + ENTER, "blanket"),
        ("NO SUGAR" + ENTER, "tea"),
        ("warm" + ENTER, "blanket"),
        ("te" + BACKSPACE * 2 + ENTER, "any"),
        ("te" + ESCAPE + ENTER, "any"),
        (
            "cake" + ENTER + UP + DOWN + SPACE + ENTER + BACKSPACE * 5 + ENTER,
            "any",
        ),
        ("\u00e9" + ENTER + BACKSPACE + ENTER, "any"),
        ("\x1b[200~blanket\nx\x1b[201~" + ENTER, "blanket"),
    ],
)
def test_drawn_choice(keys: PipeInput, typed: str, reply: str) -> None:
    """Arrows go round past what cannot be had, typing finds, Enter takes, Escape and Left go back.

    Where nothing is called what was typed, Enter takes nothing.
    """
    keys.send_text(typed)
    assert DrawnAsker().choose(QUESTION, CHOICES, "any", back=True) == reply


@pytest.mark.parametrize(
    "key", [ESCAPE, LEFT, "b"], ids=["escape", "left", "b"]
)
def test_no_way_back_from_the_first_question(
    keys: PipeInput, key: str
) -> None:
    """Where one cannot go back, no key does, and no choice offers to."""
    keys.send_text(key + BACKSPACE + ENTER)
    assert DrawnAsker().choose(QUESTION, CHOICES, "any") == "any"


@pytest.mark.parametrize(
    ("typed", "marks"),
    [
        (ENTER, Marks(("blanket",))),
        (SPACE + ENTER, Marks(("tea", "blanket"))),
        (SPACE + SPACE + ENTER, Marks(("blanket",))),
        (RIGHT + SPACE + ENTER, Marks(())),
        (RIGHT * 2 + SPACE + ENTER, Marks(("blanket", "any"))),
        (RIGHT * 3 + SPACE + ENTER, Marks(("tea", "blanket"))),
        (RIGHT + LEFT + SPACE + ENTER, Marks(("tea", "blanket"))),
        (SPACE + ESCAPE, Marks(("tea", "blanket"), back=True)),
        (SPACE + LEFT, Marks(("tea", "blanket"), back=True)),
        ("sugar" + SPACE + ENTER, Marks(("tea", "blanket"))),
        ("sugar" + ENTER + ENTER, Marks(("tea", "blanket"))),
        ("warm" + ENTER + ENTER, Marks(("blanket",))),
        (
            "anything" + ENTER + "tea" + ENTER + ENTER,
            Marks(("tea", "blanket", "any")),
        ),
        ("clowns" + ENTER + BACKSPACE * 6 + ENTER, Marks(("blanket",))),
        ("clowns" + SPACE + ESCAPE + ENTER, Marks(("blanket",))),
    ],
)
def test_drawn_marks(keys: PipeInput, typed: str, marks: Marks) -> None:
    """Space marks and unmarks, Enter marks what was found by typing, and goes on otherwise."""
    keys.send_text(typed)
    assert (
        DrawnAsker().mark(QUESTION, CHOICES, ["blanket"], back=True) == marks
    )


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        (ENTER, ("any",)),
        (UP + ENTER, ("blanket",)),
        (UP + SPACE + ENTER, ("blanket",)),
        (UP + SPACE + UP + SPACE + ENTER, ("tea", "blanket")),
        (UP + SPACE + UP + SPACE + UP + SPACE + ENTER, ("blanket", "any")),
        (UP + SPACE + SPACE + ENTER, ("blanket",)),
        ("tea" + ENTER, ("tea",)),
        ("tea" + SPACE + UP + ENTER, ("tea",)),
    ],
)
def test_drawn_choice_of_up_to_two(
    keys: PipeInput, typed: str, values: tuple[str, ...]
) -> None:
    """Enter takes the one pointed at, or what Space has marked; a third replaces the second."""
    keys.send_text(typed)
    assert DrawnAsker().choose_upto(2, QUESTION, CHOICES, ["any"]) == Marks(
        values
    )


@pytest.mark.parametrize(
    "letter", sorted(set(string.printable) - set(string.whitespace))
)
def test_no_letter_is_a_hidden_key(keys: PipeInput, letter: str) -> None:
    """Typed and taken back, no letter, digit or sign changes what would have been answered."""
    keys.send_text(letter + BACKSPACE + ENTER)
    assert (
        DrawnAsker().choose(QUESTION, CHOICES, "blanket", back=True)
        == "blanket"
    )
    keys.send_text(letter + BACKSPACE + ENTER)
    assert DrawnAsker().mark(
        QUESTION, CHOICES, ["blanket"], back=True
    ) == Marks(("blanket",))
    keys.send_text(letter + BACKSPACE + ENTER)
    assert DrawnAsker().choose_upto(
        2, QUESTION, CHOICES, ["blanket"]
    ) == Marks(("blanket",))


@pytest.mark.parametrize("number", range(1, 27))
def test_no_control_key_is_a_hidden_key(keys: PipeInput, number: int) -> None:
    """Control keys change no mark either; some of them leave, go on, or go back."""
    if chr(number) in (CTRL_C, CTRL_D, CTRL_Z):
        return
    keys.send_text(chr(number) + ENTER)
    assert DrawnAsker().mark(QUESTION, CHOICES, ["blanket"]) == Marks(
        ("blanket",)
    )


@pytest.mark.parametrize(
    ("typed", "line"),
    [("sisters" + ENTER, "sisters"), (ENTER, ""), (ESCAPE, BACK)],
)
def test_drawn_line(keys: PipeInput, typed: str, line: str) -> None:
    """A line of one's own; Escape goes back."""
    keys.send_text(typed)
    assert DrawnAsker().write(QUESTION, back=True) == line


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D], ids=["ctrl-c", "ctrl-d"])
def test_leaving_a_drawn_question(
    keys: PipeInput, capsys: pytest.CaptureFixture[str], key: str
) -> None:
    """Ctrl-C and Ctrl-D leave every kind of drawn question, and nothing is written on stdout."""
    keys.send_text(key)
    with pytest.raises(Interrupted):
        DrawnAsker().choose(QUESTION, CHOICES, "any")
    keys.send_text(key)
    with pytest.raises(Interrupted):
        DrawnAsker().mark(QUESTION, CHOICES, [])
    keys.send_text(key)
    with pytest.raises(Interrupted):
        DrawnAsker().write(QUESTION)
    assert capsys.readouterr().out == ""


def test_a_drawn_answer_stays_in_sight(
    keys: PipeInput, capsys: pytest.CaptureFixture[str]
) -> None:
    """The question is drawn on stderr, and what was answered is left behind in words."""
    keys.send_text(DOWN + ENTER)
    DrawnAsker().choose(QUESTION, CHOICES, "any")
    said = capsys.readouterr()
    assert said.out == ""
    assert f"{QUESTION} Tea\n" in said.err
    keys.send_text("tea" + SPACE + ENTER)
    DrawnAsker().mark(QUESTION, CHOICES, ["any"])
    assert f"{QUESTION} Tea, Anything\n" in capsys.readouterr().err


# --- plain --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "reply"),
    [
        ([""], "any"),
        (["1"], "tea"),
        (["  3 "], "blanket"),
        (["2", "3"], "blanket"),
        (
            ["0", "5", "-1", "1.0", "one", "1 3", "\u00b9", "\u0661", "1"],
            "tea",
        ),
        (["b"], BACK),
        (["B"], BACK),
        (["back"], BACK),
        (["cake", ""], "any"),
    ],
)
def test_plain_choice(
    monkeypatch: pytest.MonkeyPatch, typed: list[str], reply: str
) -> None:
    """One number of the list answers, Enter skips, b goes back, all else is asked again."""
    lines(monkeypatch, *typed)
    assert PlainAsker().choose(QUESTION, CHOICES, "any", back=True) == reply


@pytest.mark.parametrize(
    ("typed", "marks"),
    [
        ([""], Marks(("blanket",))),
        (["1"], Marks(("tea",))),
        (["1,3"], Marks(("tea", "blanket"))),
        (["3 1"], Marks(("blanket", "tea"))),
        (["1, 1,,1"], Marks(("tea",))),
        (["1,2", "1,9", "1,x", "4"], Marks(("any",))),
        (["b"], Marks(("blanket",), back=True)),
    ],
)
def test_plain_marks(
    monkeypatch: pytest.MonkeyPatch, typed: list[str], marks: Marks
) -> None:
    """Numbers mark, however they are separated; one bad number and nothing is taken at all."""
    lines(monkeypatch, *typed)
    assert (
        PlainAsker().mark(QUESTION, CHOICES, ["blanket"], back=True) == marks
    )


@pytest.mark.parametrize(
    ("typed", "marks"),
    [
        ([""], Marks(("any",))),
        (["1"], Marks(("tea",))),
        (["1,3"], Marks(("tea", "blanket"))),
        (["1 3 4", "2", "1,1"], Marks(("tea",))),
        (["b", "3"], Marks(("blanket",))),
    ],
)
def test_plain_choice_of_up_to_two(
    monkeypatch: pytest.MonkeyPatch, typed: list[str], marks: Marks
) -> None:
    """One number or two; three are asked again, and b where there is no way back."""
    lines(monkeypatch, *typed)
    assert PlainAsker().choose_upto(2, QUESTION, CHOICES, ["any"]) == marks


@pytest.mark.parametrize(
    ("typed", "line"), [("Sisters ", "Sisters"), ("", ""), ("b", BACK)]
)
def test_plain_line(
    monkeypatch: pytest.MonkeyPatch, typed: str, line: str
) -> None:
    """A line of one's own as it was typed; b goes back."""
    lines(monkeypatch, typed)
    assert PlainAsker().write(QUESTION, back=True) == line


def test_plain_question_without_a_way_back(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing says that b goes back where it does not."""
    lines(monkeypatch, "b", "")
    PlainAsker().choose(QUESTION, CHOICES, "any")
    assert " b " not in capsys.readouterr().err


def test_plain_question_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every choice has its number, what cannot be had says so, and the default is said in words."""
    lines(monkeypatch, "")
    PlainAsker().choose(QUESTION, CHOICES, "any", back=True)
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines() == [
        "",
        QUESTION,
        "  1  Tea: hot, and no sugar",
        "  2  Cake (none)",
        "  3  Blanket",
        "  4  Anything",
        "Type a number, or b to go back. Enter alone means: Anything.",
    ]


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("9", "Please type a number from 1 to 4"),
        ("x", "Please type a number from 1 to 4"),
        ("2", "nothing behind that one"),
        ("1 2", "nothing behind that one"),
        ("1 9", "Please type a number from 1 to 4"),
    ],
)
def test_plain_refusals_are_true(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    typed: str,
    reason: str,
) -> None:
    """A refusal gives its own reason: no such number, or nothing behind it."""
    lines(monkeypatch, typed, "b")
    PlainAsker().mark(QUESTION, CHOICES, [], back=True)
    written = capsys.readouterr().err.splitlines()
    said = [
        line
        for line in written
        if line.startswith(("Please type", "There is nothing"))
    ]
    assert len(said) == 1
    assert reason in said[0]


@pytest.mark.parametrize("columns", [20, 40, 80])
def test_plain_lines_fit(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    columns: int,
) -> None:
    """No line of a plain question, nor of a refusal, is wider than the screen."""
    lines(monkeypatch, "x", "2", "1")
    monkeypatch.setenv("COLUMNS", str(columns))
    PlainAsker().choose(QUESTION, CHOICES, "any")
    assert [
        line
        for line in capsys.readouterr().err.splitlines()
        if len(line) > columns
    ] == []


def test_plain_input_that_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """When the input ends, or there never was one, the person has left."""
    lines(monkeypatch, "x")
    with pytest.raises(Interrupted):
        PlainAsker().choose(QUESTION, CHOICES, "any")
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(Interrupted):
        PlainAsker().mark(QUESTION, CHOICES, [])


# --- which of them ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("variables", "encoding", "kind"),
    [
        ({"TERM": "xterm"}, "utf-8", DrawnAsker),
        ({"TERM": "xterm", "ACCESSIBLE": ""}, "utf-8", DrawnAsker),
        ({"TERM": "xterm", "ACCESSIBLE": "1"}, "utf-8", PlainAsker),
        ({"TERM": "dumb"}, "utf-8", PlainAsker),
        ({"TERM": "xterm"}, "ascii", PlainAsker),
        ({"TERM": "xterm"}, "cp1252", PlainAsker),
    ],
)
def test_the_way_of_asking_suits_the_terminal(
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    encoding: str,
    kind: type,
) -> None:
    """Plain where it was asked for, on a dumb terminal, and where marks could not be told apart."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(
        "sys.stderr", io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    )
    assert isinstance(asker(), kind)
