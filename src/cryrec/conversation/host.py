"""Who asks, and what comes of a question: what every question is handed, and what it hands back."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from cryrec.conversation.prompts import Asker
from cryrec.conversation.shelf import Shelf
from cryrec.models import NoteId, Title
from cryrec.recommend.answers import Answers
from cryrec.recommend.pool import Pool

Understand = Callable[[str, Answers], Answers]
"""Reads a person's own words into the answers, and says what it made of them.

Raises UsageProblem for what it must not pass over.
"""

OpenPage = Callable[[Title], str]
"""Shows a title's page in the person's browser; the line that says what came of it."""


class Host(NamedTuple):
    """Who asks, about which titles, and what is there to remember and to understand replies.

    Without a `shelf` nothing is remembered; without `understand` nobody is asked for own words,
    without `open_page` no page is offered. `always` is what the settings steer clear of; None if
    nothing was ever to be remembered.
    """

    asker: Asker
    pool: Pool
    shelf: Shelf | None = None
    understand: Understand | None = None
    always: tuple[NoteId, ...] | None = None
    open_page: OpenPage | None = None


class Reply(NamedTuple):
    """The answers after a question, and where it leads: back, or past all the others."""

    answers: Answers
    back: bool = False
    done: bool = False
