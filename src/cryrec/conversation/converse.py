"""The whole conversation: ask, show, follow what is wanted next, and leave a line to repeat it."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Mapping, Sequence
from functools import partial

from cryrec.conversation.avoiding import settle_always
from cryrec.conversation.host import Host
from cryrec.conversation.keys import Page
from cryrec.conversation.menu import Guest, browse
from cryrec.conversation.prompts import asker
from cryrec.conversation.questions import ask, change_one
from cryrec.conversation.shelf import OwnShelf
from cryrec.models import NoteId
from cryrec.pages import show_page
from cryrec.recommend.answers import AnswerName, Answers
from cryrec.recommend.suggesting import recommend
from cryrec.session import Session
from cryrec.showing import show_cards
from cryrec.terminal import is_piped, is_terminal, say, tell
from cryrec.views import Detail, Output, View, view_for
from cryrec.views.notices import from_settings


def host_of(session: Session, always: tuple[NoteId, ...] | None) -> Host:
    """Who asks at this terminal; `always` is what the settings steer clear of, where it counts."""

    def understand(line: str, answers: Answers) -> Answers:
        # Reading sentences takes 100 ms to import, more than all the rest, and is seldom chosen.
        from cryrec import hearing

        return hearing.understand(session, line, answers)

    return Host(
        asker=asker(),
        pool=session.pool,
        shelf=OwnShelf(),
        understand=understand,
        always=always,
        open_page=show_page,
    )


def converse(
    host: Host,
    answers: Answers,
    unasked: Sequence[str],
    view: View,
    detail: Detail,
    json: bool,
) -> None:
    """Ask, show, and follow what is wanted next; where nobody sees the cards, ask and show."""
    host, answers = settle_always(host, answers)
    if host.always is not None:
        say(from_settings(host.always))
        unasked = [name for name in unasked if name != "avoid"]
    answers = ask(host, answers, unasked)
    if json or not is_terminal(sys.stdout):
        recommendation = recommend(host.pool, answers)
        show_cards(host.pool, recommendation, view, detail, asked=True)
        page = Page(answers)
    else:
        page = _browse(host, Page(answers), detail, asked=True)
    if not json and not is_piped(sys.stdout):
        tell(f"Same again: {one_line(page, detail)}")


def follow(
    host: Host,
    answers: Answers,
    shown: frozenset[str],
    detail: Detail,
    called: Mapping[AnswerName, str],
) -> None:
    """Show what a line of flags gives, and follow what is wanted next.

    Raises NothingToShow where it gives nothing; `called` names the answers that nobody typed.
    """
    host, answers = settle_always(host, answers)
    recommendation = recommend(host.pool, answers, shown)
    if not recommendation.suggestions:
        view = view_for(Output.PEOPLE, detail)
        show_cards(host.pool, recommendation, view, detail, called=called)
    page = Page(answers, shown)
    last = _browse(host, page, detail, asked=False)
    line = one_line(last, detail)
    if line != one_line(page, detail):
        tell(f"Same again: {line}")


def _browse(host: Host, page: Page, detail: Detail, asked: bool) -> Page:
    """Browse, and put a question again whenever somebody wants to change an answer.

    Returns the last page.
    """
    view = partial(view_for, Output.PEOPLE, detail)
    guest = Guest(host, view, detail, asked)
    while (left := browse(guest, page)).changes:
        page = Page(change_one(host, left.page.answers))
    return left.page


def one_line(page: Page, detail: Detail) -> str:
    """The command that shows the same cards without asking."""
    answers = page.answers
    words = [*answers.flags, "--seed", str(answers.seed)]
    words += (
        ["--count", str(answers.count)]
        if answers.count != Answers().count
        else []
    )
    words += ["--strict"] if answers.strict else []
    words += [f"--{name}" for name, on in detail._asdict().items() if on]
    words += (
        ["--recent", ",".join(answers.person.recent)]
        if answers.person.recent
        else []
    )
    words += ["--shown", ",".join(sorted(page.shown))] if page.shown else []
    return shlex.join(["cryrec", "suggest", *words])
