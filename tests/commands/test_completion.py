"""What the shell completes: words that work as they stand, and never the files of the folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import get_type_hints

import pytest
from _pytest.mark import ParameterSet
from commands.running import Complete, Run

from cryrec.catalogue import load_bundled
from cryrec.cli import COMMANDS
from cryrec.commands import completion
from cryrec.models import Title

CATALOGUE = load_bundled()
BASH = Path("/bin/bash")
SPECIAL = set(" \t\"'\\;&|<>()$`*?[]{}!#~")
"""What a shell reads as more than itself."""

SESSION = r"""
eval "$1"
shift
COMP_WORDS=("$@")
COMP_CWORD=$(( $# - 1 ))
_cryrec_completion cryrec
printf '%s\n' "${COMPREPLY[@]}"
"""
"""What a shell does on Tab: the script of the program, then its function for the line so far."""


@pytest.fixture
def complete(monkeypatch: pytest.MonkeyPatch, run: Run) -> Complete:
    """The words offered for a line, as a shell gets them before it sorts or escapes anything."""

    def words(*line: str) -> list[str]:
        monkeypatch.setenv("_CRYREC_COMPLETE", "complete_bash")
        monkeypatch.setenv("COMP_WORDS", "\n".join(("cryrec", *line)))
        monkeypatch.setenv("COMP_CWORD", str(len(line)))
        return run().stdout.splitlines()

    return words


def valued_parameters() -> Iterator[ParameterSet]:
    """Every visible option or argument of every command that takes a value other than a file."""
    for name in COMMANDS:
        hints = get_type_hints(
            import_module(f"cryrec.commands.{name}").command,
            include_extras=True,
        )
        for key, hint in hints.items():
            for info in getattr(hint, "__metadata__", ()):
                kind = str(hint.__origin__)
                if info.hidden or kind == str(bool) or "Path" in kind:
                    continue
                declared_words = (
                    *(getattr(info, "param_decls", None) or ()),
                    str(info.default),
                )
                flags = [
                    word for word in declared_words if word.startswith("--")
                ]
                yield pytest.param(
                    name, *(flags or [None]), id=f"{name} {key}"
                )


@pytest.mark.parametrize(("command", "flag"), tuple(valued_parameters()))
def test_every_value_completes_and_no_file_ever_does(
    command: str, flag: str | None, complete: Complete
) -> None:
    """Where a title, a word or a number is wanted there are such words; a file is never offered."""
    before = [command, flag] if flag else [command]
    assert complete(*before, "")
    assert complete(*before, "README.m") == ["README.m"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (("show", "ano"), ["anohana"]),
        (("show", "Grav"), ["Grave"]),
        (("show", "your", "li"), ["lie-in-april"]),
        (("show", "Your", "Li"), ["Lie-in-april"]),
        (("seen", "kimi", "no", "n"), ["na-wa"]),
        (("later", "now-and-then"), ["now-and-then"]),
        (("search", "君の名"), ["君の名は"]),
        (("suggest", "--like", "steins"), ["steins-gate"]),
        (("show", "--", "angel", ""), ["beats"]),
        (("list", "--studio", "Kyo"), ["Kyoto-animation"]),
        (("list", "--studio", "gh"), ["ghibli"]),
        (("list", "--studio", "p-a"), ["p-a-works"]),
        (("list", "--sort", "y"), ["year"]),
        (("suggest", "--mood", "Fam"), ["Family"]),
        (("suggest", "--avoid", "war,sui"), ["war,suicide"]),
        (("suggest", "--time", "ton"), ["tonight"]),
        (("suggest", "--format", "mo"), ["movie"]),
        (("suggest", "--setting", "fan"), ["fantasy"]),
        (("suggest", "--aftertaste", "li"), ["lighter"]),
        (("suggest", "--tissues", "5"), ["5"]),
        (("suggest", "--count", "1"), ["1", "10"]),
        (("seen", "air", "--rating", ""), ["1", "2", "3", "4", "5"]),
    ],
)
def test_the_shell_completes(
    line: tuple[str, ...], words: list[str], complete: Complete
) -> None:
    """A word is completed from its beginning, whatever its case, and from the words before."""
    assert complete(*line) == words


@cache
def title_of(word: str) -> str:
    """The title that a word leads to; many beginnings are completed to the same."""
    return CATALOGUE.find_title(word).title


@pytest.mark.parametrize("title", CATALOGUE.titles, ids=lambda title: title.id)
def test_a_completed_title_is_that_title_without_quotes(title: Title) -> None:
    """Whatever beginning of a name was typed, what is inserted leads to the title it stands for."""
    for name in filter(None, (title.id, title.title, title.romaji)):
        for size in range(1, len(name), 3):
            for word, label in completion.complete_title(name[:size].lower()):
                if label:
                    assert not SPECIAL & set(word)
                    assert title_of(word) == label


@pytest.mark.parametrize("studio", tuple(CATALOGUE.studios))
def test_a_completed_studio_is_that_studio(studio: str) -> None:
    """`--studio` accepts what completion inserts for it."""
    words = [
        word
        for word, label in completion.complete_studio("")
        if label == studio
    ]
    assert [CATALOGUE.find_studio(word) for word in words] == [studio]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (("show", "your", "li"), ["lie-in-april"]),
        (("list", "--studio", "Kyo"), ["Kyoto-animation"]),
        (("suggest", "--max-age", "R"), ["R"]),
    ],
)
def test_a_real_bash_completes(
    line: tuple[str, ...], words: list[str], tmp_path: Path
) -> None:
    """The script the program writes for bash offers the words in a folder full of files."""
    (tmp_path / "README.md").touch()
    (tmp_path / "lies").touch()
    programs = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    surroundings = {
        **os.environ,
        "PATH": programs,
        "CRYREC_HOME": str(tmp_path),
    }
    script = subprocess.run(
        ["cryrec"],
        env={**surroundings, "_CRYREC_COMPLETE": "source_bash"},
        capture_output=True,
        text=True,
        check=True,
    )
    shell = subprocess.run(
        [
            BASH,
            "--norc",
            "-c",
            SESSION,
            "bash",
            script.stdout,
            "cryrec",
            *line,
        ],
        cwd=tmp_path,
        env=surroundings,
        capture_output=True,
        text=True,
        check=True,
    )
    assert shell.stdout.splitlines() == words
