"""One way to run the program in-process, as a shell would."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from typer.testing import CliRunner, Result

from cryrec.cli import app

Run = Callable[..., Result]
Json = Callable[..., dict]


@pytest.fixture
def run() -> Run:
    """Runs the program with these words, and gives what it wrote and its exit code."""
    return lambda *words: CliRunner().invoke(app, list(words), prog_name="cryrec")


@pytest.fixture
def document(run: Run) -> Json:
    """Runs the program with --json, and gives the one document on stdout."""

    def read(*words: str, code: int = 0) -> dict:
        result = run(*words, "--json")
        assert result.exit_code == code, result.stderr
        return msgspec.json.decode(result.stdout)

    return read
