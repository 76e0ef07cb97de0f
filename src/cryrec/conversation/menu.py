"""The cards, and what a person wants next: a key each, and pages of answers to turn."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import cache
from typing import Final, NamedTuple, assert_never

from msgspec import structs

from cryrec.conversation import prompts
from cryrec.conversation.prompts import ENTER, Row, Table
from cryrec.conversation.questions import Host
from cryrec.conversation.shelf import Outcome, Shelf
from cryrec.errors import Interrupted, NothingToShow
from cryrec.library import Change, Status
from cryrec.models import Title
from cryrec.recommend import Answers, Direction, blockers, recommend
from cryrec.recommend.critique import alike, step, towards
from cryrec.recommend.person import Person
from cryrec.recommend.pool import Pool
from cryrec.terminal import emit, say, width
from cryrec.views import Detail, Output, View, view_for
from cryrec.views.notices import CARE, about, heavy, nothing
from cryrec.views.words import WORDS, joined


class Key(StrEnum):
    """The keys under the cards, by what they type."""

    OPEN = ENTER
    LATER = "w"
    SEEN = "s"
    ALIKE = "m"
    PAGE = "o"
    GENTLER = "g"
    HARDER = "h"
    SHORTER = "<"
    LONGER = ">"
    OTHERS = "n"
    BACK = "b"
    UNDO = "u"
    HELP = "?"
    QUIT = "q"


DIRECTIONS: Final = {
    Key.GENTLER: Direction.GENTLER,
    Key.HARDER: Direction.HARDER,
    Key.SHORTER: Direction.SHORTER,
    Key.LONGER: Direction.LONGER,
}

MOST_STARS: Final = 5

NO_RATING: Final = prompts.Key(ENTER, "no rating", "say nothing of how it was")
NOT_SEEN: Final = prompts.Key(Key.BACK, "not after all", "leave the card as it is")


class Page(NamedTuple):
    """A screenful of cards: the answers behind it, and the ids of titles that were shown before."""

    answers: Answers
    shown: frozenset[str] = frozenset()


class Guest(NamedTuple):
    """Everything that stays the same while somebody browses.

    `pool` is what is suggested from; `view` draws the cards in the width of the moment. Whoever
    was not `asked` has typed flags, is told of flags, and what they are offered is forgotten.
    """

    host: Host
    pool: Pool
    view: Callable[[], View]
    detail: Detail
    asked: bool = True

    def full_view(self) -> View:
        """How a full card is shown: nobody can type `--notes` here, so they are open."""
        return view_for(Output.PEOPLE, detail=self.detail._replace(notes=True))


class Left(NamedTuple):
    """The page that somebody left, and whether they want to change an answer rather than go."""

    page: Page
    back: bool


class Turn(NamedTuple):
    """The page that a key turns to, and how many titles are there that were not here."""

    page: Page
    number: int
    words: str
    loosens: str = ""


def browse(guest: Guest, answers: Answers, shown: frozenset[str] = frozenset()) -> Left:
    """Show cards and follow what is asked for next, until the person leaves.

    Raises NothingToShow if the last page was empty.
    """
    return Browsing(guest, Page(answers, shown)).run()


class Browsing:
    """The pages so far, the cards of the last one, and what has become of them."""

    def __init__(self, guest: Guest, page: Page) -> None:
        self.guest = guest
        self.host = guest.host
        self.pages = [page]
        self.chosen = 0
        self.left: Left | None = None
        self._lay_out(page.answers.person)
        if guest.asked and self.host.shelf and self.titles:
            self.host.shelf.offered(self.titles)

    def run(self) -> Left:
        """Wait for keys and do what they say."""
        try:
            while self.left is None:
                press = self.host.asker.press(self._table(), self.chosen)
                self.chosen = press.chosen
                self.said = ""
                self._follow(Key(press.key))
        except Interrupted:
            self._leave(back=False)
        assert self.left
        if not (self.titles or self.left.back):
            raise NothingToShow("")
        return self.left

    # --- what lies on the table

    @property
    def page(self) -> Page:
        """The page that is on the screen."""
        return self.pages[-1]

    @property
    def titles(self) -> list[Title]:
        """The titles on the cards."""
        return [each.title for each in self.recommendation.suggestions]

    @property
    def title(self) -> Title:
        """The title on the chosen card."""
        return self.titles[self.chosen]

    @property
    def _is_open(self) -> bool:
        """Whether the last thing that was written is a full card."""
        return self.opened is not None

    def _lay_out(self, person: Person) -> None:
        """Put the cards of the last page on the table, for a person as they are now."""
        self.pages[-1] = _for_person(self.page, person)
        self.recommendation = recommend(self.guest.pool, self.page.answers, self.page.shown)
        self.turns = cache(self._turns)
        self.chosen = 0
        self.said = ""
        self.opened: int | None = None
        self._say_all()
        text = self._draw(0) if self.titles else ""
        self.is_written = not text or not self.host.asker.holds(self._cards_and_keys())
        if self.is_written:
            emit(text)

    def _say_all(self) -> None:
        """What there is to say of the cards; the line about heavy days on the first page alone."""
        care, asked = len(self.pages) == 1, self.guest.asked
        for line in about(self.recommendation, self.guest.detail, care, asked):
            say(line)
        if not self.titles:
            answers = self.page.answers
            say(nothing(answers, blockers(self.guest.pool, answers), asked))

    def _draw(self, chosen: int) -> str:
        """The cards while one of them is chosen."""
        return self.guest.view().suggestions(self.recommendation)

    def _cards_and_keys(self) -> Table:
        names = tuple(title.title for title in self.titles)
        return Table(names, self._draw, self._rows, self.said)

    def _table(self) -> Table:
        table = self._cards_and_keys()
        return table._replace(draw=None) if self.is_written or self._is_open else table

    def _write_cards(self) -> None:
        """Leave the cards behind in the terminal's own history, where they stood until now."""
        if not (self.is_written or self._is_open):
            emit(self._draw(self.chosen))
            self.is_written = True

    # --- what the keys do

    def _follow(self, key: Key) -> None:
        match key:
            case Key.OPEN:
                self._open()
            case Key.LATER:
                self._note(self._shelf.later(self.title))
            case Key.SEEN:
                self._seen()
            case Key.PAGE:
                self._show_page()
            case Key.BACK:
                self._go_back()
            case Key.UNDO:
                self._note(self._shelf.undo())
            case Key.HELP:
                self._help()
            case Key.QUIT:
                self._leave(back=False)
            case Key.ALIKE | Key.GENTLER | Key.HARDER | Key.SHORTER | Key.LONGER | Key.OTHERS:
                self._turn_to(self.turns(self.chosen)[key].page)
            case _:
                assert_never(key)

    @property
    def _shelf(self) -> Shelf:
        assert self.host.shelf
        return self.host.shelf

    def _open(self) -> None:
        """Write the full card of the chosen title; where it stands there already, the cards."""
        if self.opened == self.chosen:
            self.opened = None
            if self.is_written:
                emit(self._draw(self.chosen))
            return
        self.opened = self.chosen
        emit("\n" + self.guest.full_view().title(self.title))
        if heavy([self.title], Detail(notes=True)):
            say(CARE)

    def _note(self, outcome: Outcome) -> None:
        """Go on as the person is now; what they have seen gives its place to something else."""
        before = self.page.answers.person
        person = _after(before, outcome.changes)
        if person.seen != before.seen:
            self._lay_out(person)
        else:
            self._know(person)
        self.said = "; ".join(outcome.lines)

    def _know(self, person: Person) -> None:
        """Mark the cards for the person as they are now, and leave them where they are."""
        self.pages[-1] = _for_person(self.page, person)
        answers = self.page.answers
        self.recommendation = structs.replace(self.recommendation, answers=answers)
        self.turns = cache(self._turns)

    def _seen(self) -> None:
        title = self.title
        draw = None if self.is_written or self._is_open else self._draw
        row = ("rating", (*RATINGS, NO_RATING, NOT_SEEN))
        table = Table((), draw, lambda _: (row,), f"How was {title.title}?")
        press = self.host.asker.press(table, self.chosen)
        if press.key == Key.BACK:
            return
        rating = None if press.key == ENTER else int(press.key)
        outcome = self._shelf.seen(title, rating)
        person = _after(self.page.answers.person, outcome.changes)
        # Seen is seen, even where it could not be written down.
        self._lay_out(structs.replace(person, seen=person.seen | {title.id}))
        self.said = "; ".join(outcome.lines)

    def _show_page(self) -> None:
        assert self.host.open_page
        self.said = self.host.open_page(self.title)

    def _turn_to(self, page: Page) -> None:
        self._write_cards()
        self.pages.append(page)
        self._lay_out(self.page.answers.person)

    def _go_back(self) -> None:
        """To the page before, with what has become known since; or else to the answers."""
        if len(self.pages) == 1:
            self._leave(back=True)
            return
        self._write_cards()
        person = self.page.answers.person
        self.pages.pop()
        self._lay_out(person)

    def _leave(self, back: bool) -> None:
        self._write_cards()
        self.left = Left(self.page, back)

    def _help(self) -> None:
        keys = [key for _, row in self._rows(self.chosen) for key in row if key.open]
        lines = [f"{_sign(key)}  {key.does}" for key in keys]
        if len(self.titles) > 1:
            lines.insert(0, f"1 to {len(self.titles)}, or the arrows, choose a card")
        text = "\n".join(_wrapped(line) for line in lines)
        row = ("", (BACK_TO_CARDS,))
        self.host.asker.press(Table((), lambda _: text, lambda _: (row,)), self.chosen)

    # --- which keys there are

    def _rows(self, chosen: int) -> tuple[Row, ...]:
        front = f"1-{len(self.titles)} choose" if len(self.titles) > 1 else ""
        return (
            (f"card {chosen + 1}" if self.titles else "", self._card_keys(chosen)),
            ("cards" if self.titles else "", self._turn_keys(chosen)),
            (front, self._other_keys()),
        )

    def _card_keys(self, chosen: int) -> tuple[prompts.Key, ...]:
        """What can be done with the chosen card."""
        title = self.titles[chosen] if self.titles else None
        keeps = title is not None and self.host.shelf is not None
        is_later = title is not None and title.id in self.page.answers.person.later
        keys = [
            self._open_key(chosen),
            prompts.Key(Key.LATER, "watchlist", "put it on the watchlist", keeps and not is_later),
            prompts.Key(Key.SEEN, "seen it", "say that you have seen it, and how it was", keeps),
            self._turn_key(Key.ALIKE, "more like it", chosen),
        ]
        if self.host.open_page:
            has_page = title is not None and title.anilist_id is not None
            keys.append(prompts.Key(Key.PAGE, "its page", "show its page in the browser", has_page))
        return tuple(keys)

    def _open_key(self, chosen: int) -> prompts.Key:
        if self._is_open and self.opened == chosen:
            return prompts.Key(Key.OPEN, "the cards", "go back to the cards")
        return prompts.Key(Key.OPEN, "open", "open its full card", bool(self.titles))

    def _turn_keys(self, chosen: int) -> tuple[prompts.Key, ...]:
        """Where one can go from the chosen card."""
        ways = [self._turn_key(key, way.value, chosen) for key, way in DIRECTIONS.items()]
        return (*ways, self._turn_key(Key.OTHERS, "others", chosen))

    def _turn_key(self, key: Key, label: str, chosen: int) -> prompts.Key:
        turn = self.turns(chosen).get(key)
        if turn is None or not turn.number:
            return prompts.Key(key, label if key is Key.ALIKE else f"{label} 0", label, False)
        titles = "1 title" if turn.number == 1 else f"{turn.number} titles"
        does = f"{turn.words}: {titles}{turn.loosens}"
        return prompts.Key(key, label if key is Key.ALIKE else f"{label} {turn.number}", does)

    def _other_keys(self) -> tuple[prompts.Key, ...]:
        is_first = len(self.pages) == 1
        back = "change an answer" if is_first else "back"
        does = "change an answer" if is_first else "go back to the cards before these"
        can_undo = self.host.shelf is not None and self.host.shelf.can_undo
        return (
            prompts.Key(Key.BACK, back, does),
            prompts.Key(Key.UNDO, "undo", "take back what was noted last", can_undo),
            prompts.Key(Key.HELP, "help", "explain the keys"),
            prompts.Key(Key.QUIT, "quit", "leave"),
        )

    def _turns(self, chosen: int) -> dict[Key, Turn]:
        """Where the keys lead from the card in place `chosen`; nowhere without cards."""
        if not self.titles:
            return {}
        start, answers = self.titles[chosen], self.page.answers
        shown = self.page.shown | {title.id for title in self.titles}
        turns = {Key.ALIKE: self._turn(f"more like {start.title}", alike(answers, start), shown)}
        for key, way in DIRECTIONS.items():
            there = towards(answers, start, way)
            still = "".join(f", still {earlier}" for earlier in there.still)
            turns[key] = self._turn(f"{way} than {start.title}{still}", there, shown)
        others = sum(each.title.id not in shown for each in self.recommendation.fitting)
        turns[Key.OTHERS] = Turn(Page(answers, shown), others, "others that fit as well")
        return turns

    def _turn(self, words: str, answers: Answers, shown: frozenset[str]) -> Turn:
        there = step(self.guest.pool, answers)
        names = [WORDS[name].name for name in there.loosens]
        loosens = f", letting go of {joined(names)}" if names else ""
        return Turn(Page(there.answers, shown), there.count, words, loosens)


RATINGS: Final = tuple(
    prompts.Key(str(rating), f"of {MOST_STARS}", f"{rating} of {MOST_STARS}")
    for rating in range(1, MOST_STARS + 1)
)

BACK_TO_CARDS: Final = prompts.Key(ENTER, "the cards", "go back to the cards")


def _sign(key: prompts.Key) -> str:
    return "Enter" if key.key == ENTER else key.key


def _wrapped(line: str) -> str:
    return textwrap.fill(line, width(), initial_indent=" ", subsequent_indent="    ")


def _for_person(page: Page, person: Person) -> Page:
    return page._replace(answers=structs.replace(page.answers, person=person))


def _after(person: Person, changes: Sequence[Change]) -> Person:
    """The person once entries of their library have changed."""
    seen, later, ratings = set(person.seen), set(person.later), dict(person.ratings)
    for change in changes:
        seen.discard(change.id)
        later.discard(change.id)
        ratings.pop(change.id, None)
        if change.after and change.after.status is Status.SEEN:
            seen.add(change.id)
            if change.after.rating:
                ratings[change.id] = change.after.rating
        elif change.after and change.after.status is Status.LATER:
            later.add(change.id)
    return structs.replace(person, seen=frozenset(seen), later=frozenset(later), ratings=ratings)
