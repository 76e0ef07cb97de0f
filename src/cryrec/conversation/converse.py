"""The whole conversation: ask, show, follow what is wanted next, and leave a line to repeat it."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from functools import partial

from msgspec import structs

from cryrec.conversation.menu import Guest, Page, browse
from cryrec.conversation.questions import (
    GROWN_UP,
    Host,
    ask,
    change_one,
    is_surprise,
    pool_for,
    settle_always,
)
from cryrec.recommend import Answers, recommend
from cryrec.showing import show_cards
from cryrec.terminal import is_piped, is_terminal, say, tell
from cryrec.views import Detail, Output, View, view_for
from cryrec.views.notices import from_settings


def converse(
    host: Host, answers: Answers, unasked: Sequence[str], view: View, detail: Detail, json: bool
) -> None:
    """Ask, show, and follow what is wanted next; where nobody sees the cards, ask and show."""
    host, answers = settle_always(host, answers)
    if host.always is not None:
        say(from_settings(host.always))
        unasked = [name for name in unasked if name != "avoid"]
    answers = ask(host, answers, unasked)
    if json or not is_terminal(sys.stdout):
        pool = pool_for(host, answers)
        show_cards(pool, recommend(pool, answers), view, detail, asked=True)
        line = one_line(Page(answers), detail, is_surprise(answers))
    else:
        line = _browse(host, answers, detail)
    if not json and not is_piped(sys.stdout):
        tell(f"Same again: {line}")


def follow(host: Host, answers: Answers, shown: frozenset[str], detail: Detail) -> None:
    """Show what a line of flags gives, and follow what is wanted next.

    Raises NothingToShow where it gives nothing.
    """
    host, answers = settle_always(host, answers)
    recommendation = recommend(host.pool, answers, shown)
    if not recommendation.suggestions:
        show_cards(host.pool, recommendation, view_for(Output.PEOPLE, detail), detail)
    line = _browse(host, answers, detail, shown, asked=False)
    if line != one_line(Page(answers, shown), detail):
        tell(f"Same again: {line}")


def _browse(
    host: Host,
    answers: Answers,
    detail: Detail,
    shown: frozenset[str] = frozenset(),
    asked: bool = True,
) -> str:
    """Browse, and put a question again whenever somebody wants to change an answer.

    Returns the line that shows the last cards again.
    """
    view = partial(view_for, Output.PEOPLE, detail)
    while True:
        surprise = asked and is_surprise(answers)
        pool = host.tame_pool if surprise else host.pool
        left = browse(Guest(host, pool, view, detail, asked), answers, shown)
        if not left.back:
            return one_line(left.page, detail, surprise)
        answers = structs.replace(answers, person=left.page.answers.person)
        answers = change_one(host, answers)
        shown = frozenset()


def one_line(page: Page, detail: Detail, surprise: bool = False) -> str:
    """The command that shows the same cards without asking; a `surprise` was drawn from fewer."""
    answers = page.answers
    if surprise:
        answers = structs.replace(answers, max_age=GROWN_UP - 1)
    words = [*answers.flags, "--seed", str(answers.seed)]
    words += ["--count", str(answers.count)] if answers.count != Answers().count else []
    words += ["--strict"] if answers.strict else []
    words += [f"--{name}" for name, on in detail._asdict().items() if on]
    words += ["--recent", ",".join(answers.person.recent)] if answers.person.recent else []
    words += ["--shown", ",".join(sorted(page.shown))] if page.shown else []
    return shlex.join(["cryrec", "suggest", *words])
