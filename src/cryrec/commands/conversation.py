"""The conversation: four questions, the cards, and what a person wants next.

It decides nothing about titles: it turns replies into answers and lets `recommend` work.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, NamedTuple, Protocol

import msgspec

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
from cryrec.views import Detail, View, view_for
from cryrec.views.notices import CARE, NAMES, heavy

ANY: Final = "any"
QUIT: Final = "quit"
LATER: Final = "later"
SEEN: Final = "seen"
ALWAYS: Final = "always"

TIME_WORDS: Final = {
    Band.TONIGHT: ("Tonight", "up to 2 h 30, a film or one very short series, "),
    Band.WEEKEND: ("A short series over a weekend", "up to 6 h, "),
    Band.WEEK: ("A longer series, a week of evenings", "up to 10 h 30, "),
    Band.LONG_HAUL: ("I'm in for the long haul", ""),
}

# --- before the cards: the four questions ------------------------------------------------------


class Reply(NamedTuple):
    """The answers after a question, and whether the person went back rather than on."""

    answers: Answers
    back: bool = False


def _ask_mood(asker: Asker, titles: Sequence[Title], answers: Answers) -> Reply:
    choices = [Choice(mood.value, mood.label, mood.line) for mood in Mood]
    choices.append(Choice(ANY, "Surprise me"))
    usual = answers.moods[0].value if answers.moods else ANY
    reply = asker.choose("What kind of cry are you after?", choices, usual)
    if reply == BACK:
        return Reply(answers, back=True)
    return Reply(replace(answers, moods=() if reply == ANY else (Mood(reply),)))


def _ask_time(asker: Asker, titles: Sequence[Title], answers: Answers) -> Reply:
    limits = {band.value: TimeLimit.of_band(band) for band in Band}
    choices = []
    for word, limit in limits.items():
        label, detail = TIME_WORDS[limit.band]
        left = _left(titles, replace(answers, time=limit))
        choices.append(Choice(word, label, f"{detail}{left}"))
    choices.append(Choice(ANY, "Doesn't matter", _left(titles, replace(answers, time=None))))
    usual = answers.time.word if answers.time and answers.time.word in limits else ANY
    reply = asker.choose("How long have you got?", choices, usual)
    if reply == BACK:
        return Reply(answers, back=True)
    return Reply(replace(answers, time=limits.get(reply)))


def _left(titles: Sequence[Title], answers: Answers) -> str:
    """How many titles an answer would leave, and that something gives way where it is none."""
    count = len(fitting(titles, replace(answers, strict=True)).titles)
    return f"{count} left" if count else "none left, something else will give way"


def _ask_tissues(asker: Asker, titles: Sequence[Title], answers: Answers) -> Reply:
    choices = [
        Choice(str(number), f"{number} {'tissue' if number == 1 else 'tissues'}, {words}")
        for number, words in enumerate(TISSUE_WORDS, start=1)
    ]
    choices.append(Choice(ANY, "Doesn't matter"))
    reply = asker.choose("How hard should it hit?", choices, str(answers.tissues or ANY))
    if reply == BACK:
        return Reply(answers, back=True)
    return Reply(replace(answers, tissues=None if reply == ANY else int(reply)))


def _ask_avoid(
    asker: Asker, titles: Sequence[Title], answers: Answers, shelf: Shelf | None = None
) -> Reply:
    choices = [Choice(note.value, note.label.capitalize()) for note in NoteId]
    if shelf:
        choices.append(Choice(ALWAYS, "And every time from now on"))
    marks = asker.mark("Anything to steer clear of?", choices, answers.avoid)
    # Going back keeps the marks: somebody who changes the tissues must not lose what to avoid.
    avoid = tuple(sorted(NoteId(value) for value in marks.values if value != ALWAYS))
    if shelf and ALWAYS in marks.values and not marks.back:
        shelf.remember_avoided(avoid)
    return Reply(replace(answers, avoid=avoid), marks.back)


Question = Callable[[Asker, Sequence[Title], Answers], Reply]
"""Puts one question."""

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
    shelf: Shelf | None = None,
) -> Answers:
    """The answers, with those named in `open_answers` asked for; `from_last` enters from behind.

    With a `shelf` the last question offers to be remembered.

    Raises Interrupted if the person leaves.
    """
    known: dict[str, Question] = {**QUESTIONS, "avoid": partial(_ask_avoid, shelf=shelf)}
    questions = [put for name, put in known.items() if name in open_answers]
    place = max(0, len(questions) - 1) if from_last else 0
    while place < len(questions):
        answers, back = questions[place](asker, titles, answers)
        place = max(0, place - 1) if back else place + 1
    return answers


# --- after the cards: the menu ------------------------------------------------------------------


class Page(NamedTuple):
    """A screenful of cards: the answers behind it, and the ids of titles that were shown before."""

    answers: Answers
    shown: frozenset[str] = frozenset()


class Shelf(Protocol):
    """The person's own library, as far as the menu writes to it; nothing it does raises."""

    def later(self, title: Title) -> None:
        """Put a title on the watchlist."""

    def seen(self, title: Title, rating: int | None) -> None:
        """Remember that a title has been seen."""

    def remember_avoided(self, notes: Sequence[NoteId]) -> None:
        """Steer clear of these in every run from now on."""

    def offered(self, titles: Sequence[Title]) -> None:
        """Remember which titles were on the screen, the first one first."""


class Guest(NamedTuple):
    """Everything that stays the same while somebody browses."""

    asker: Asker
    titles: Sequence[Title]
    view: View
    detail: Detail
    unasked: Sequence[str] = ()
    shelf: Shelf | None = None

    @property
    def full_view(self) -> View:
        """How a full card is shown: nobody can type `--notes` at a menu, so they are open."""
        return view_for(json=False, detail=self.detail._replace(notes=True))


def browse(guest: Guest, answers: Answers) -> Page | None:
    """Show cards and follow what is asked for next, until the person quits.

    Returns the last page; None if the person went back beyond the first. Raises NothingToShow if
    the last page was empty.
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
        if guest.shelf and recommendation.suggestions and len(pages) == 1:
            guest.shelf.offered([each.title for each in recommendation.suggestions])
        can_return = len(pages) > 1 or bool(guest.unasked)
        follow = _what_next(guest, page, recommendation, can_return)
        if follow is None and empty:
            raise empty
        if follow is None:
            return page
        pages = [*pages, follow] if isinstance(follow, Page) else pages[:-1]
    return None


def _what_next(
    guest: Guest, page: Page, recommendation: Recommendation, can_return: bool
) -> Page | str | None:
    """The page to turn to, BACK for the one before, or None to quit."""
    shown = [each.title for each in recommendation.suggestions]
    leaving = [*([Choice(BACK, "Back")] if can_return else []), Choice(QUIT, "Quit")]
    origin = 0
    while True:
        pages = _pages(guest.titles, page, recommendation, origin) if shown else {}
        turns = [choice for choice, _ in pages.values()]
        keeping = _keeping(guest, shown[origin]) if shown else []
        tell("")
        try:
            choices = [*_card_choices(shown), *keeping, *turns, *leaving]
            reply = guest.asker.choose("What next?", choices, QUIT)
            if reply == SEEN and (after := _seen(guest, page, shown[origin])):
                return after
        except Interrupted:
            return None
        if reply in pages:
            return pages[reply][1]
        if reply == QUIT or (reply == BACK and can_return):
            return BACK if reply == BACK else None
        if reply == LATER and guest.shelf:
            guest.shelf.later(shown[origin])
        elif reply.isdigit():
            origin = int(reply)
            _open_card(guest, shown[origin])


def _keeping(guest: Guest, title: Title) -> list[Choice]:
    """What the library can be told of a card."""
    if guest.shelf is None:
        return []
    return [
        Choice(LATER, f"Watch {title.title}, put it on the watchlist"),
        Choice(SEEN, f"Seen {title.title} already"),
    ]


def _seen(guest: Guest, page: Page, title: Title) -> Page | None:
    """Ask how it was, and the page with that card's place filled anew; None if not after all."""
    stars = [Choice(str(number), f"{number} of 5") for number in range(1, 6)]
    rating = guest.asker.choose("How was it?", [*stars, Choice(ANY, "No rating")], ANY)
    if rating == BACK or guest.shelf is None:
        return None
    guest.shelf.seen(title, None if rating == ANY else int(rating))
    person = page.answers.person
    person = msgspec.structs.replace(person, seen=person.seen | {title.id})
    return page._replace(answers=replace(page.answers, person=person))


def _open_card(guest: Guest, title: Title) -> None:
    emit("\n" + guest.full_view.title(title))
    if heavy([title], Detail(notes=True)):
        say(CARE)


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
    steps = {}
    for direction in Direction:
        where = step(titles, towards(page.answers, start, direction))
        still = "".join(f", still {held}" for held in where.answers.held)
        steps[direction.value] = (
            f"{direction.value.capitalize()} than {start.title}{still}",
            where,
        )
    steps["alike"] = (f"More like {start.title}", step(titles, alike(page.answers, start)))
    others = sum(each.title.id not in shown for each in recommendation.fitting)
    steps["none"] = ("None of these", Step(page.answers, others, ()))
    return {
        value: (_counted(value, label, where), Page(where.answers, shown))
        for value, (label, where) in steps.items()
    }


def _counted(value: str, label: str, where: Step) -> Choice:
    if not where.count:
        return Choice(value, label, open=False)
    loosens = f", letting go of {' and '.join(NAMES[name] for name in where.loosens)}"
    return Choice(value, f"{label} ({where.count}{loosens if where.loosens else ''})")


# --- the whole of it ----------------------------------------------------------------------------


def converse(
    titles: Sequence[Title],
    answers: Answers,
    unasked: Sequence[str],
    view: View,
    detail: Detail,
    json: bool,
    shelf: Shelf | None = None,
) -> None:
    """Ask, show, and follow what is wanted next; where nobody sees the cards, ask and show."""
    guest = Guest(asker(), titles, view, detail, unasked, shelf)
    answers = ask(guest.asker, titles, answers, unasked, shelf=shelf)
    if json or not is_terminal(sys.stdout):
        publish(titles, recommend(titles, answers), view, detail)
        page = Page(answers)
    else:
        page = _browse_and_return(guest, answers)
    if not json:
        tell(f"Same again: {_one_line(page, detail)}")


def _browse_and_return(guest: Guest, answers: Answers) -> Page:
    """Browse, and put the questions again, the last one first, whenever the person goes back."""
    while (page := browse(guest, answers)) is None:
        answers = ask(
            guest.asker, guest.titles, answers, guest.unasked, from_last=True, shelf=guest.shelf
        )
    return page


def _one_line(page: Page, detail: Detail) -> str:
    """The command that shows the same cards without asking."""
    answers = page.answers
    words = [*answers.words, "--seed", str(answers.seed)]
    words += ["--count", str(answers.count)] if answers.count != Answers().count else []
    words += ["--strict"] if answers.strict else []
    words += [f"--{name}" for name, on in detail._asdict().items() if on]
    words += ["--recent", ",".join(answers.person.recent)] if answers.person.recent else []
    words += ["--after", ",".join(sorted(page.shown))] if page.shown else []
    return shlex.join(["cryrec", "suggest", *words])
