"""The whole conversation: ask, show, follow what is wanted next, and leave a line to repeat it."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence

from cryrec.conversation.menu import Guest, Page, browse
from cryrec.conversation.prompts import asker
from cryrec.conversation.questions import ask
from cryrec.conversation.shelf import Shelf
from cryrec.recommend import Answers, recommend
from cryrec.recommend.pool import Pool
from cryrec.showing import show_cards
from cryrec.terminal import is_terminal, tell
from cryrec.views import Detail, View


def converse(
    pool: Pool,
    answers: Answers,
    unasked: Sequence[str],
    view: View,
    detail: Detail,
    json: bool,
    shelf: Shelf | None = None,
) -> None:
    """Ask, show, and follow what is wanted next; where nobody sees the cards, ask and show."""
    guest = Guest(asker(), pool, view, detail, unasked, shelf)
    answers = ask(guest.asker, pool, answers, unasked, shelf=shelf)
    if json or not is_terminal(sys.stdout):
        show_cards(pool, recommend(pool, answers), view, detail)
        page = Page(answers)
    else:
        page = _browse_and_return(guest, answers)
    if not json:
        tell(f"Same again: {_one_line(page, detail)}")


def _browse_and_return(guest: Guest, answers: Answers) -> Page:
    """Browse, and put the questions again, the last one first, whenever the person goes back."""
    while (page := browse(guest, answers)) is None:
        answers = ask(
            guest.asker, guest.pool, answers, guest.unasked, from_last=True, shelf=guest.shelf
        )
    return page


def _one_line(page: Page, detail: Detail) -> str:
    """The command that shows the same cards without asking."""
    answers = page.answers
    words = [*answers.flags, "--seed", str(answers.seed)]
    words += ["--count", str(answers.count)] if answers.count != Answers().count else []
    words += ["--strict"] if answers.strict else []
    words += [f"--{name}" for name, on in detail._asdict().items() if on]
    words += ["--recent", ",".join(answers.person.recent)] if answers.person.recent else []
    words += ["--shown", ",".join(sorted(page.shown))] if page.shown else []
    return shlex.join(["cryrec", "suggest", *words])
