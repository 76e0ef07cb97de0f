"""Who imports whom, and what a command does not pay for."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from cryrec.cli import COMMANDS

PYPROJECT = Path(__file__).parents[1] / "pyproject.toml"

PROBE = """
import json, sys
from cryrec.__main__ import main
try:
    main()
except SystemExit as stop:
    code = stop.code
names = sorted({name.partition(".")[0] for name in sys.modules})
print(json.dumps([code or 0, names]), file=sys.stderr)
"""
"""Runs a command line, then tells its exit code and the packages that are loaded."""

QUESTIONS = {"questionary", "prompt_toolkit"}

HUMAN = (
    ("suggest", "--mood", "family", "--time", "tonight"),
    ("suggest", "--no-input"),
    ("suggest",),
    ("suggest", "--like", "your name", "--gentler", "--explain", "--notes"),
    ("suggest", "--mood", "family", "--why-not", "anohana"),
    ("search", "anohana"),
    ("search", "grave of the firefiles"),
    ("list", "--studio", "kyoani"),
    ("studios",),
    ("moods",),
    ("show", "anohana"),
)

JSON = tuple((*words, "--json") for words in HUMAN)

NO_CARDS = (
    *JSON,
    (),
    ("--version",),
    ("--help",),
    *((name, "--help") for name in COMMANDS),
)


@cache
def loaded(*words: str) -> frozenset[str]:
    """The packages in a fresh interpreter after one command line that must succeed."""
    run = subprocess.run(
        [sys.executable, "-c", PROBE, *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    code, names = json.loads(run.stderr.splitlines()[-1])
    assert code == 0, run.stderr
    return frozenset(names)


@pytest.fixture(autouse=True)
def _read_before() -> None:
    """The catalogue is as every start but the first finds it: read, and what it holds kept."""
    loaded("list")


def test_every_import_points_where_the_drawing_of_the_house_says(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The import contracts in pyproject.toml hold for every module of the package."""
    code = lint_imports(config_filename=str(PYPROJECT), no_cache=True)
    report = capsys.readouterr().out
    assert code == 0, report
    assert "Imports point downwards only" in report


@pytest.mark.parametrize("words", [*HUMAN, *NO_CARDS], ids=" ".join)
def test_nothing_that_asks_is_loaded_by_a_line_that_answers(
    words: tuple[str, ...],
) -> None:
    """Whoever is asked nothing does not wait for the library that draws questions."""
    assert not loaded(*words) & QUESTIONS


def test_plain_questions_do_not_wait_for_drawn_ones() -> None:
    """The conversation itself loads nothing that draws questions; only drawing one does."""
    code = "import sys, cryrec.conversation.converse; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
    )
    names = set(run.stdout.split())
    assert "cryrec.conversation.prompts" in names
    assert not names & QUESTIONS


@pytest.mark.parametrize("words", NO_CARDS, ids=" ".join)
def test_nothing_that_draws_is_loaded_where_no_card_is_drawn(
    words: tuple[str, ...],
) -> None:
    """JSON, help and version do not wait for Rich."""
    assert "rich" not in loaded(*words)


@pytest.mark.parametrize(
    "words",
    [
        ("search", "anohana"),
        ("search", "Your Name."),
        ("show", "your-name"),
        ("list",),
        ("moods",),
    ],
    ids=" ".join,
)
def test_a_name_spelled_right_does_not_load_what_compares_names(
    words: tuple[str, ...],
) -> None:
    """The library for misspellings is loaded only once no plain rule has found a name."""
    assert "rapidfuzz" not in loaded(*words)


@pytest.mark.parametrize(
    "words", [(), ("--help",), ("--version",)], ids=" ".join
)
def test_help_and_version_know_nothing_of_the_catalogue(
    words: tuple[str, ...],
) -> None:
    """The program's own help and version load neither schema nor parser of the catalogue."""
    assert not loaded(*words) & {"msgspec", "tomli", "tomllib", "rapidfuzz"}


@pytest.mark.parametrize("words", [*HUMAN, *JSON], ids=" ".join)
def test_a_new_person_with_the_usual_catalogue_reads_neither_toml_nor_a_library(
    words: tuple[str, ...],
) -> None:
    """Once it was read, the catalogue is not parsed again; what was never written is not sought."""
    assert not loaded(*words) & {"tomli", "sqlite3"}


@pytest.mark.parametrize(
    ("words", "package"),
    [
        (("list",), "rich"),
        (("search", "grave of the firefiles"), "rapidfuzz"),
        (("moods", "--json"), "msgspec"),
        (("catalogue", "check"), "tomli"),
        (("library",), "sqlite3"),
    ],
)
def test_the_probe_sees_what_is_loaded(
    words: tuple[str, ...], package: str
) -> None:
    """The tests above look for names that would be seen: where a package is needed, it is there."""
    assert package in loaded(*words)
