"""A terminal that is closed again after every test."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from real_terminal import Terminal


@pytest.fixture
def terminal() -> Iterator[Callable[..., Terminal]]:
    """Start `cryrec` at a terminal; whatever still runs after the test is ended."""
    started: list[Terminal] = []

    def start(*args: str, **how: str) -> Terminal:
        started.append(Terminal(*args, **how))
        return started[-1]

    yield start
    for each in started:
        each.child.close(force=True)
