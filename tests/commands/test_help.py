"""The help of `suggest` fits one screen, in groups, and leaves nothing out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from commands.running import Run, is_hidden

from cryrec.cli import COMMANDS, load_command
from cryrec.helping import LABEL_WIDTH, TOGETHER, Group

WIDE = 80
NARROW = 40


def drawn(name: str, width: int) -> tuple[str, dict[str, str]]:
    """The help of a command at that width, and each option it shows with what is said of it."""
    command = load_command(name)
    context = command.make_context(
        f"cryrec {name}", [], resilient_parsing=True, terminal_width=width
    )
    shown = [
        option.get_help_record(context)
        for option in command.get_params(context)
    ]
    return command.get_help(context), dict(
        record for record in shown if record
    )


def options(name: str) -> list[str]:
    """How each option that a command shows is written."""
    return [term for term in drawn(name, WIDE)[1] if term.startswith("-")]


def labels(text: str) -> list[str]:
    """What stands in the margin of the help."""
    return [
        line[:LABEL_WIDTH].strip()
        for line in text.splitlines()
        if line[:1].strip()
    ]


@pytest.fixture
def told() -> str:
    """What `suggest --help` prints in 80 columns."""
    return drawn("suggest", WIDE)[0]


def test_the_help_fits_one_screen(told: str) -> None:
    """Fewer than thirty lines of eighty columns, the examples first."""
    lines = told.splitlines()
    assert len(lines) < 30
    assert max(map(len, lines)) <= WIDE
    assert lines[2].startswith("  cryrec suggest ")


def test_the_groups_stand_in_their_order(told: str) -> None:
    """After the usage, each group is named once in the margin."""
    assert labels(told)[1:] == list(Group)


def test_the_help_names_every_option_once(told: str) -> None:
    """Each option has a row, alone or with those it is told with."""
    rows = [line[LABEL_WIDTH:] for line in told.splitlines()]
    together = {term: ", ".join(terms) for terms in TOGETHER for term in terms}
    for term in options("suggest"):
        written = together.get(term, term)
        assert sum(row.startswith(f"{written}  ") for row in rows) == 1, term


def test_what_stands_together_is_there() -> None:
    """No row is made of options that do not exist any more."""
    for terms in TOGETHER:
        assert set(terms) <= set(options("suggest"))


def test_no_help_shows_what_is_hidden(run: Run) -> None:
    """What a script writes for itself is in no help."""
    for name in COMMANDS:
        text = run(name, "--help").stdout
        hidden = [
            option.opts[0]
            for option in load_command(name).params
            if is_hidden(option)
        ]
        assert not [flag for flag in hidden if flag in text.split()]


def test_a_narrow_screen_has_the_plain_list() -> None:
    """Where the groups would be all edges, every option has a row of its own."""
    text = drawn("suggest", NARROW)[0]
    assert not set(labels(text)) & set(Group)
    rows = [line.strip() for line in text.splitlines()]
    for term in options("suggest"):
        assert any(
            row == term or row.startswith(f"{term}  ") for row in rows
        ), term


# --- what is said where nothing fits --------------------------------------------------------------


@pytest.fixture
def strict(run: Run) -> Callable[..., str]:
    """Runs `suggest --strict` without asking, and gives the line that says what to change."""

    def read(*words: str) -> str:
        result = run("suggest", "--strict", "--no-input", *words)
        assert result.exit_code == 3
        return result.stderr.splitlines()[-1]

    return read


def test_a_flag_that_was_typed_is_named(strict: Callable[..., str]) -> None:
    """Whoever typed a flag is told to change that flag."""
    assert strict("--avoid", "war,death", "--mood", "cruel-world").endswith(
        "change --mood or --avoid"
    )


def test_what_the_settings_steer_clear_of_is_named_as_that(
    run: Run, strict: Callable[..., str]
) -> None:
    """Whoever typed no --avoid is told of their settings, and where to change them."""
    run("config", "--avoid", "war,death")
    line = strict("--mood", "cruel-world")
    assert "--avoid" not in line
    assert "your settings" in line
    assert "cryrec config" in line
    both = strict("--mood", "cruel-world", "--avoid", "nudity")
    assert "--avoid or what your settings" in both
    assert "settings" not in strict("--time", "5m", "--avoid", "none")


def test_what_was_said_in_words_is_named_in_words(
    strict: Callable[..., str],
) -> None:
    """Whoever said it in their own words is told of no flag."""
    line = strict("something", "under", "5", "minutes")
    assert line.endswith("change the time")


def test_what_nobody_said_is_to_be_added(
    run: Run, strict: Callable[..., str]
) -> None:
    """Where everything that would fit was seen, the flag that brings it back is named."""
    run("seen", "voices of a distant star")
    line = strict("--time", "25m", "--mood", "cruel-world")
    assert line.endswith("change --time or add --include-seen")
