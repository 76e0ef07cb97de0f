"""The conversation: four questions, the cards, and what a person wants next.

It decides nothing about titles: it turns replies into answers and lets `recommend` work.
"""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from cryrec.commands.publishing import publish
from cryrec.errors import Interrupted, NothingToShow
from cryrec.models import TISSUE_WORDS, Band, Mood, NoteId, Title
from cryrec.prompts import BACK, Asker, Choice, asker
from cryrec.recommend import (
    Answers,
    Direction,
    Recommendation,
    TimeLimit,
    recommend,
)
from cryrec.recommend.answers import replace
from cryrec.recommend.critique import Step, alike, step, towards
from cryrec.recommend.loosening import fitting
from cryrec.terminal import emit, is_terminal, say, tell
from cryrec.views import Detail, View
from cryrec.views.notices import NAMES

ANY: Final = "any"
QUIT: Final = "quit"

TIME_WORDS: Final = {
    Band.TONIGHT: "Tonight, up to 2 h 30: a film, or one very short series",
    Band.WEEKEND: "A short series over a weekend, up to 6 h",
    Band.WEEK: "A longer series, a week of evenings, up to 10 h 30",
    Band.LONG_HAUL: "I'm in for the long haul",
}

# --- before the cards: the four questions ------------------------------------------------------


def _ask_mood(asker: Asker, titles: Sequence[Title], answers: Answers) -> Answers | None:
    choices = [Choice(mood.value, mood.label, mood.line) for mood in Mood]
    choices.append(Choice(ANY, "Surprise me"))
    usual = answers.moods[0].value if answers.moods else ANY
    reply = asker.choose("What kind of cry are you after?", choices, usual)
    if reply == BACK:
        return None
    return replace(answers, moods=() if reply == ANY else (Mood(reply),))


def _ask_time(asker: Asker, titles: Sequence[Title], answers: Answers) -> Answers | None:
    limits = {band.value: TimeLimit.of_band(band) for band in Band}
    choices = [
        Choice(word, TIME_WORDS[limit.band], _left(titles, replace(answers, time=limit)))
        for word, limit in limits.items()
    ]
    choices.append(Choice(ANY, "Doesn't matter", _left(titles, replace(answers, time=None))))
    usual = answers.time.word if answers.time and answers.time.word in limits else ANY
    reply = asker.choose("How long have you got?", choices, usual)
    return None if reply == BACK else replace(answers, time=limits.get(reply))


def _left(titles: Sequence[Title], answers: Answers) -> str:
    """How many titles an answer would leave, and that something gives way where it is none."""
    count = len(fitting(titles, replace(answers, strict=True)).titles)
    return f"({count} left)" if count else "(none left: something else will give way)"


def _ask_tissues(asker: Asker, titles: Sequence[Title], answers: Answers) -> Answers | None:
    choices = [
        Choice(str(number), f"{number} {'tissue' if number == 1 else 'tissues'}, {words}")
        for number, words in enumerate(TISSUE_WORDS, start=1)
    ]
    choices.append(Choice(ANY, "Doesn't matter"))
    usual = str(answers.tissues or ANY)
    reply = asker.choose("How hard should it hit?", choices, usual)
    return None if reply == BACK else replace(answers, tissues=None if reply == ANY else int(reply))


def _ask_avoid(asker: Asker, titles: Sequence[Title], answers: Answers) -> Answers | None:
    choices = [Choice(note.value, note.label.capitalize()) for note in NoteId]
    replies = asker.mark("Anything to steer clear of?", choices, answers.avoid)
    if replies == [BACK]:
        return None
    return replace(answers, avoid=tuple(sorted(NoteId(reply) for reply in replies)))


Question = Callable[[Asker, Sequence[Title], Answers], Answers | None]
"""Puts one question and returns the answers with it filled in; None to go one question back."""

QUESTIONS: Final[dict[str, Question]] = {
    "mood": _ask_mood,
    "time": _ask_time,
    "tissues": _ask_tissues,
    "avoid": _ask_avoid,
}
"""The four questions in their order, by the answer they fill."""


def ask(
    asker: Asker,
    titles: Sequence[Title],
    answers: Answers,
    open_answers: Sequence[str],
    from_last: bool = False,
) -> Answers:
    """The answers, with those named in `open_answers` asked for; `from_last` enters from behind.

    Raises Interrupted if the person leaves.
    """
    questions = [put for name, put in QUESTIONS.items() if name in open_answers]
    place = len(questions) - 1 if from_last else 0
    while place < len(questions):
        reply = questions[place](asker, titles, answers)
        if reply is None:
            place = max(0, place - 1)
        else:
            answers, place = reply, place + 1
    return answers


# --- after the cards: the menu ------------------------------------------------------------------


class Page(NamedTuple):
    """A screenful of cards: the answers behind it, and the ids of titles that were shown before."""

    answers: Answers
    shown: frozenset[str] = frozenset()


class Guest(NamedTuple):
    """Everything that stays the same while somebody browses."""

    asker: Asker
    titles: Sequence[Title]
    view: View
    detail: Detail


def browse(guest: Guest, answers: Answers) -> Answers | None:
    """Show cards and follow what is asked for next, until the person quits.

    Returns the answers of the last page; None if the person went back beyond the first. Raises
    NothingToShow if the last page was empty.
    """
    pages = [Page(answers)]
    while pages:
        page = pages[-1]
        recommendation = recommend(guest.titles, page.answers, page.shown)
        empty = None
        try:
            publish(guest.titles, recommendation, guest.view, guest.detail, care=len(pages) == 1)
        except NothingToShow as error:
            say(str(error))
            empty = NothingToShow("")
        follow = _what_next(guest, page, recommendation)
        if follow is None and empty:
            raise empty
        if follow is None:
            return page.answers
        pages = [*pages, follow] if isinstance(follow, Page) else pages[:-1]
    return None


def _what_next(guest: Guest, page: Page, recommendation: Recommendation) -> Page | str | None:
    """The page to turn to, BACK for the one before, or None to quit."""
    shown = [each.title for each in recommendation.suggestions]
    origin = 0
    while True:
        pages = _pages(guest.titles, page, recommendation, origin) if shown else {}
        choices = [*_card_choices(shown), *[choice for choice, _ in pages.values()], *LEAVING]
        tell("")
        try:
            reply = guest.asker.choose("What next?", choices, QUIT)
        except Interrupted:
            return None
        if reply in pages:
            return pages[reply][1]
        if reply in (BACK, QUIT):
            return BACK if reply == BACK else None
        origin = int(reply)
        emit("\n" + guest.view.title(shown[origin]))


LEAVING: Final = (Choice(BACK, "Back"), Choice(QUIT, "Quit"))


def _card_choices(shown: Sequence[Title]) -> list[Choice]:
    return [
        Choice(str(place), f"Full card of {place + 1}, {title.title}")
        for place, title in enumerate(shown)
    ]


def _pages(
    titles: Sequence[Title], page: Page, recommendation: Recommendation, origin: int
) -> dict[str, tuple[Choice, Page]]:
    """Where one can go from the card in place `origin`, with the number of titles there."""
    start = recommendation.suggestions[origin].title
    shown = page.shown | {each.title.id for each in recommendation.suggestions}
    steps = {
        direction.value: (
            f"{direction.value.capitalize()} than {start.title}",
            step(titles, towards(page.answers, start, direction)),
        )
        for direction in Direction
    }
    steps["alike"] = (f"More like {start.title}", step(titles, alike(page.answers, start)))
    others = sum(each.title.id not in shown for each in recommendation.fitting)
    steps["none"] = ("None of these", Step(page.answers, others, ()))
    return {
        value: (_counted(value, label, where), Page(where.answers, shown))
        for value, (label, where) in steps.items()
    }


def _counted(value: str, label: str, where: Step) -> Choice:
    loosens = f", letting go of {' and '.join(NAMES[name] for name in where.loosens)}"
    return Choice(
        value, label, f"({where.count}{loosens if where.loosens else ''})", where.count > 0
    )


# --- the whole of it ----------------------------------------------------------------------------


def converse(
    titles: Sequence[Title],
    answers: Answers,
    unasked: Sequence[str],
    view: View,
    detail: Detail,
    json: bool,
    seed: int | None,
) -> None:
    """Ask, show, and follow what is wanted next; where nobody sees the cards, ask and show."""
    guest = Guest(asker(), titles, view, detail)
    if seed is None and not json:
        answers = replace(answers, seed=1 + int.from_bytes(os.urandom(2)) % 9999)
    answers = ask(guest.asker, guest.titles, answers, unasked)
    if json or not is_terminal(sys.stdout):
        publish(guest.titles, recommend(guest.titles, answers), guest.view, guest.detail)
    else:
        last = browse(guest, answers)
        while last is None:
            answers = ask(guest.asker, guest.titles, answers, unasked, from_last=True)
            last = browse(guest, answers)
        answers = last
    if not json:
        tell(f"Same again: {_one_line(answers, guest.detail)}")


def _one_line(answers: Answers, detail: Detail) -> str:
    """The command that shows the same cards without asking."""
    opened = [f"--{name}" for name, on in detail._asdict().items() if on]
    counted = ["--count", str(answers.count)] if answers.count != Answers().count else []
    strict = ["--strict"] if answers.strict else []
    words = [*answers.words, *counted, *strict, *opened, "--seed", str(answers.seed)]
    return shlex.join(["cryrec", "suggest", *words])
