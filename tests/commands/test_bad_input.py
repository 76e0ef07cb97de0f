"""Bad input: one plain line that says what is wrong and what would be right, and the exit code."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from commands.running import Run, is_hidden
from typer.testing import Result

from cryrec.cli import load_command

USAGE = [
    (("suggest", "--mood", "famly"), "family"),
    (("suggest", "--mood", "zzz"), "goodbye"),
    (("suggest", "-m", "goodbye,family,regret"), "one or two"),
    (("suggest", "-m", "any,goodbye"), "any"),
    (("suggest", "--avoid", "gor"), "gore"),
    (("suggest", "--avoid", "none,war"), "none"),
    (("suggest", "--time", "weekendd"), "weekend"),
    (("suggest", "--time", "0"), "100000"),
    (("suggest", "--time", "-5"), "minutes"),
    (("suggest", "--time", "999999h"), "100000"),
    (("suggest", "--time", "2x"), "1h45m"),
    (("suggest", "--time", "2h60"), "whole minutes"),
    (("suggest", "--tissues", "9"), "5 (wrecked for days)"),
    (("suggest", "--tissues", "٣"), "expected 1"),
    (("suggest", "--count", "0"), "1 to 10"),
    (("suggest", "--count", "many"), "1 to 10"),
    (("suggest", "--max-age", "-1"), "0 to"),
    (("suggest", "--format", "book"), "series"),
    (("suggest", "--setting", "fantsy"), "fantasy"),
    (("suggest", "--shelf", "beyonde"), "beyond"),
    (("suggest", "--aftertaste", "ligther"), "lighter"),
    (
        (
            "suggest",
            "--gentler",
        ),
        "--like",
    ),
    (("suggest", "--like", "grave", "--gentler", "--harder"), "contradict"),
    (("suggest", "--like", "grave", "--shorter", "--longer"), "contradict"),
    (("suggest", "--moood", "family"), "--mood"),
    (("list", "--sort", "yaer"), "year"),
    (("list", "--mood", "famly"), "family"),
    (("lst",), "did you mean list?"),
    (("opne", "grave"), "did you mean open?"),
    (("random",), '"random" is no command; cryrec --help lists them all'),
    (("--", "--zzz"), "is no command"),
    (("suggest", "--zzz"), "cryrec suggest --help lists them all"),
    (("--zzz",), "cryrec --help lists them all"),
    (("-z",), "cryrec --help lists them all"),
    (("suggest", "--mood", "random"), "choose from goodbye"),
    (("show", "anohana", "--save", "card.png"), ".svg"),
    (("show",), "TITLE"),
]

NOTHING = [
    (("list", "--studio", "giblhi"), "Studio Ghibli"),
    (("list", "--studio", "studio"), "more than one studio"),
    (("list", "--studio", "[bold]"), "[bold]"),
    (("show", "fireflies"), "Grave of the Fireflies"),
    (("show", "naruto"), "naruto"),
    (("suggest", "--like", "one week friends", "--gentler"), "gentler"),
    (("suggest", "--max-age", "3"), "--max-age"),
    (("suggest", "--shelf", "own"), "--shelf"),
    (("suggest", "--like", "naruto"), "naruto"),
    (("search", "x" * 10_000), "xxx"),
    (("search", "   "), "title"),
    (("search", "😭"), "title"),
    (("search", "\x1b[31m"), "[31m"),
    (("search", "مرحبا"), "title"),
    (("search", "[bold]"), "[bold]"),
    (("search", "[/x]"), "[/x]"),
    (("search", "the"), "the"),
]


@pytest.mark.parametrize(("words", "named"), USAGE)
def test_a_bad_value_is_exit_2(
    words: tuple[str, ...], named: str, run: Run
) -> None:
    """One line on stderr names the right value, and stdout stays empty."""
    _is_one_plain_line(run(*words), 2, named)


HIDDEN = [
    name
    for parameter in load_command("suggest").params
    for name in (parameter.opts if is_hidden(parameter) else ())
]


@pytest.mark.parametrize("name", HIDDEN)
@pytest.mark.parametrize(
    "slip", [lambda name: name[:-1], lambda name: name + "x"]
)
def test_no_message_gives_a_hidden_option_away(
    name: str, slip: Callable[[str], str], run: Run
) -> None:
    """Whoever mistypes an option is sent to one that the help shows, or to the help."""
    result = run("suggest", slip(name), "3")
    _is_one_plain_line(result, 2, "cryrec suggest")
    assert name not in result.stderr.replace(slip(name), "").split()


@pytest.mark.parametrize(("words", "named"), NOTHING)
def test_nothing_to_show_is_exit_3(
    words: tuple[str, ...], named: str, run: Run
) -> None:
    """One line on stderr says what was not found and what is near, and stdout stays empty."""
    _is_one_plain_line(run(*words), 3, named)


@pytest.mark.parametrize(
    "words", [("show", "naruto"), ("list", "--studio", "zzz")]
)
def test_an_unknown_name_leaves_json_empty(
    words: tuple[str, ...], run: Run
) -> None:
    """Where a name was not found there is no document at all."""
    result = run(*words, "--json")
    assert (result.exit_code, result.stdout) == (3, "")


def _is_one_plain_line(result: Result, code: int, named: str) -> None:
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    assert result.stderr.startswith("cryrec: ")
    assert result.stderr.count("\n") == 1
    assert result.stderr[:-1].isprintable()
    assert named in result.stderr
