"""A title's page in the person's own browser: the one thing that leaves the machine, and it is the
browser that takes it out.
"""

from __future__ import annotations

import os
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from cryrec.errors import NothingToShow, quoted
from cryrec.models import Title

STDOUT: Final = 1
STDERR: Final = 2


def page_of(title: Title) -> str:
    """The address of its page. Raises NothingToShow if none is known, as for own titles."""
    if title.page is None:
        raise NothingToShow(f"no page is known for {quoted(title.title)}")
    return title.page


def open_page(title: Title) -> bool:
    """Whether a browser could be started at the title's page: BROWSER, else the system's own.

    Raises NothingToShow if it has no page.
    """
    address = page_of(title)
    with _stdout_kept():
        return webbrowser.open(address)


def show_page(title: Title) -> str:
    """Open the title's page, and say in a line what came of it; nothing is raised."""
    try:
        is_open = open_page(title)
    except NothingToShow as problem:
        return str(problem)
    if is_open:
        return f"opened {title.page}"
    return f"no browser to open; it is at {title.page}"


@contextmanager
def _stdout_kept() -> Iterator[None]:
    """Let what a browser prints go to stderr meanwhile: stdout is for the reply.

    One that draws in the terminal finds the same terminal there.
    """
    try:
        usual_stdout = os.dup(STDOUT)
    except OSError:  # closed from the start, so there is nothing to keep
        yield
        return
    try:
        with suppress(OSError):
            os.dup2(STDERR, STDOUT)
        yield
    finally:
        os.dup2(usual_stdout, STDOUT)
        os.close(usual_stdout)
