"""What the fixtures of this folder are: ways to run the program in-process, as a shell would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from typer.testing import Result

Run = Callable[..., Result]
"""Runs the program with these words, and gives what it wrote and its exit code."""


class Document(Protocol):
    """Runs the program with --json, and gives the one document on stdout."""

    def __call__(self, *words: str, code: int = 0) -> dict[str, Any]:
        """The document of a run that ends with `code`."""


Complete = Callable[..., list[str]]
"""The words offered for a line, as a shell gets them before it sorts or escapes anything."""


def is_hidden(parameter: object) -> bool:
    """Whether the help leaves an option out; an argument cannot be left out."""
    return bool(getattr(parameter, "hidden", False))
