"""The cards, and what a person wants next: replies become pages of answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from msgspec import structs

from cryrec.conversation.prompts import BACK, Choice
from cryrec.conversation.questions import Host
from cryrec.errors import Interrupted, NothingToShow
from cryrec.models import Title
from cryrec.recommend.answers import Answers, Direction
from cryrec.recommend.critique import Step, alike, step, towards
from cryrec.recommend.pool import Pool
from cryrec.recommend.suggesting import Recommendation, recommend
from cryrec.showing import show_cards
from cryrec.terminal import emit, say, tell
from cryrec.views import Detail, Output, View, view_for
from cryrec.views.notices import CARE, heavy
from cryrec.views.words import WORDS

ANY: Final = "any"
QUIT: Final = "quit"
LATER: Final = "later"
SEEN: Final = "seen"


class Page(NamedTuple):
    """A screenful of cards: the answers behind it, and the ids of titles that were shown before."""

    answers: Answers
    shown: frozenset[str] = frozenset()


class Guest(NamedTuple):
    """Everything that stays the same while somebody browses."""

    host: Host
    view: View
    detail: Detail
    unasked: Sequence[str] = ()

    @property
    def full_view(self) -> View:
        """How a full card is shown: nobody can type `--notes` at a menu, so they are open."""
        return view_for(Output.PEOPLE, detail=self.detail._replace(notes=True))


def browse(guest: Guest, answers: Answers) -> Page | None:
    """Show cards and follow what is asked for next, until the person quits.

    Returns the last page; None if the person went back beyond the first. Raises NothingToShow if
    the last page was empty.
    """
    pages = [Page(answers)]
    while pages:
        page = pages[-1]
        recommendation = recommend(guest.host.pool, page.answers, page.shown)
        empty = None
        try:
            first = len(pages) == 1
            show_cards(
                guest.host.pool,
                recommendation,
                guest.view,
                guest.detail,
                first,
                asked=True,
            )
        except NothingToShow as error:
            say(str(error))
            empty = NothingToShow("")
        if guest.host.shelf and recommendation.suggestions and len(pages) == 1:
            guest.host.shelf.offered(
                [each.title for each in recommendation.suggestions]
            )
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
    leaving = [Choice(QUIT, "Quit")]
    origin = 0
    while True:
        pages = _pages(guest.host.pool, page, recommendation, origin) if shown else {}
        turns = [choice for choice, _ in pages.values()]
        keeping = _keeping(guest, shown[origin]) if shown else []
        tell("")
        try:
            choices = [*_card_choices(shown), *keeping, *turns, *leaving]
            reply = guest.host.asker.choose("What next?", choices, QUIT, can_return)
            if reply == SEEN and (after := _seen(guest, page, shown[origin])):
                return after
        except Interrupted:
            return None
        if reply in pages:
            return pages[reply][1]
        if reply == QUIT or (reply == BACK and can_return):
            return BACK if reply == BACK else None
        if reply == LATER and guest.host.shelf:
            guest.host.shelf.later(shown[origin])
        elif reply.isdigit():
            origin = int(reply)
            _open_card(guest, shown[origin], recommendation)


def _keeping(guest: Guest, title: Title) -> list[Choice]:
    """What the library can be told of a card."""
    if guest.host.shelf is None:
        return []
    return [
        Choice(LATER, f"Watch {title.title}, put it on the watchlist"),
        Choice(SEEN, f"Seen {title.title} already"),
    ]


def _seen(guest: Guest, page: Page, title: Title) -> Page | None:
    """Ask how it was, and the page with that card's place filled anew; None if not after all."""
    stars = [Choice(str(number), f"{number} of 5") for number in range(1, 6)]
    rating = guest.host.asker.choose(
        "How was it?", [*stars, Choice(ANY, "No rating")], ANY, True
    )
    if rating == BACK or guest.host.shelf is None:
        return None
    guest.host.shelf.seen(title, None if rating == ANY else int(rating))
    person = page.answers.person
    person = structs.replace(person, seen=person.seen | {title.id})
    return page._replace(answers=structs.replace(page.answers, person=person))


def _open_card(guest: Guest, title: Title, recommendation: Recommendation) -> None:
    emit("\n" + guest.full_view.title(title, recommendation))
    if heavy([title], Detail(notes=True)):
        say(CARE)


def _card_choices(shown: Sequence[Title]) -> list[Choice]:
    return [
        Choice(str(place), f"Full card of {place + 1}, {title.title}")
        for place, title in enumerate(shown)
    ]


def _pages(
    pool: Pool, page: Page, recommendation: Recommendation, origin: int
) -> dict[str, tuple[Choice, Page]]:
    """Where one can go from the card in place `origin`, with the number of titles there."""
    start = recommendation.suggestions[origin].title
    shown = page.shown | {each.title.id for each in recommendation.suggestions}
    steps = {}
    for direction in Direction:
        where = step(pool, towards(page.answers, start, direction))
        still = "".join(
            f", still {direction_taken}" for direction_taken in where.answers.still
        )
        steps[direction.value] = (
            f"{direction.value.capitalize()} than {start.title}{still}",
            where,
        )
    steps["alike"] = (
        f"More like {start.title}",
        step(pool, alike(page.answers, start)),
    )
    others = sum(each.title.id not in shown for each in recommendation.fitting)
    steps["none"] = ("None of these", Step(page.answers, others, ()))
    return {
        value: (_counted(value, label, where), Page(where.answers, shown))
        for value, (label, where) in steps.items()
    }


def _counted(value: str, label: str, where: Step) -> Choice:
    if not where.count:
        return Choice(value, label, open=False)
    loosens = (
        f", letting go of {' and '.join(WORDS[name].name for name in where.loosens)}"
    )
    return Choice(value, f"{label} ({where.count}{loosens if where.loosens else ''})")
