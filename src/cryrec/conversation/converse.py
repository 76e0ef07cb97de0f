"""The whole conversation: ask, show, follow what is wanted next, and leave a line to repeat it."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence

from cryrec.conversation.menu import Guest, Page, browse
from cryrec.conversation.questions import Host, ask, settle_always
from cryrec.recommend.answers import Answers
from cryrec.recommend.suggesting import recommend
from cryrec.showing import show_cards
from cryrec.terminal import is_piped, is_terminal, say, tell
from cryrec.views import Detail, View
from cryrec.views.notices import from_settings


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
    guest = Guest(host, view, detail, unasked)
    answers = ask(host, answers, unasked)
    if json or not is_terminal(sys.stdout):
        page = Page(answers)
        show_cards(
            host.pool, recommend(host.pool, page.answers), view, detail, asked=True
        )
    else:
        page = _browse_and_return(guest, answers)
    if not json and not is_piped(sys.stdout):
        tell(f"Same again: {_one_line(page, detail)}")


def _browse_and_return(guest: Guest, answers: Answers) -> Page:
    """Browse, and put the questions again, the last one first, whenever the person goes back."""
    while (page := browse(guest, answers)) is None:
        answers = ask(guest.host, answers, guest.unasked, from_last=True)
    return page


def _one_line(page: Page, detail: Detail) -> str:
    """The command that shows the same cards without asking."""
    answers = page.answers
    words = [*answers.flags, "--seed", str(answers.seed)]
    words += ["--count", str(answers.count)] if answers.count != Answers().count else []
    words += ["--strict"] if answers.strict else []
    words += [f"--{name}" for name, on in detail._asdict().items() if on]
    words += (
        ["--recent", ",".join(answers.person.recent)] if answers.person.recent else []
    )
    words += ["--shown", ",".join(sorted(page.shown))] if page.shown else []
    return shlex.join(["cryrec", "suggest", *words])
