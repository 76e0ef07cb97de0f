"""One way to run the program in-process, as a shell would."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from commands.running import Document, Run
from typer.testing import CliRunner

from cryrec.cli import app


@pytest.fixture
def run() -> Run:
    """Runs the program with these words, and gives what it wrote and its exit code."""
    return lambda *words: CliRunner().invoke(
        app, list(words), prog_name="cryrec"
    )


@pytest.fixture
def document(run: Run) -> Document:
    """Runs the program with --json, and gives the one document on stdout."""

    def read(*words: str, code: int = 0) -> dict[str, Any]:
        result = run(*words, "--json")
        assert result.exit_code == code, result.stderr
        return msgspec.json.decode(result.stdout, type=dict[str, Any])

    return read
