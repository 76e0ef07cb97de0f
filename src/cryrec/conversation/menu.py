"""The cards, and what a person wants next: a key each, and pages of answers to turn."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Literal, NamedTuple, assert_never

from msgspec import structs

from cryrec.conversation.host import Host
from cryrec.conversation.keys import Key, Page, Turns, turns_from
from cryrec.conversation.prompts import ENTER, Row, Table
from cryrec.conversation.rows import (
    HELP_ROW,
    NOT_SEEN,
    RATING_ROW,
    Spread,
    explained,
    rows_of,
)
from cryrec.conversation.shelf import Outcome, Shelf, after
from cryrec.errors import Interrupted, NothingToShow
from cryrec.models import Title
from cryrec.recommend.loosening import blockers
from cryrec.recommend.person import Person
from cryrec.recommend.suggesting import recommend
from cryrec.terminal import emit, say, tell
from cryrec.views import Detail, Output, View, view_for
from cryrec.views.notices import CARE, about, heavy, nothing


class Guest(NamedTuple):
    """Everything that stays the same while somebody browses.

    `view` draws the cards in the size of the moment. Whoever was not `asked` has typed flags, is
    told of flags, and what they are offered is forgotten.
    """

    host: Host
    view: Callable[[], View]
    detail: Detail
    asked: bool = True

    def full_view(self) -> View:
        """How a full card is shown: nobody can type `--notes` here, so they are open."""
        detail = self.detail._replace(notes=True)
        return view_for(Output.PEOPLE, detail, names_flags=not self.asked)


class Left(NamedTuple):
    """The page that somebody left, and whether they want to change an answer rather than go."""

    page: Page
    changes: bool


def browse(guest: Guest, page: Page) -> Left:
    """Show cards and follow what is asked for next, until the person leaves.

    Raises NothingToShow if the last page was empty.
    """
    return Browsing(guest, page).run()


class Browsing:
    """The pages so far, the cards of the last one, and what has become of them."""

    def __init__(self, guest: Guest, page: Page) -> None:
        self.guest = guest
        self.host = guest.host
        self.pages = [page]
        self.noted: list[str] = []
        self.left: Left | None = None
        self.chosen = 0
        self.is_new = True
        self._lay_out(page.answers.person)
        if guest.asked and self.host.shelf and self.titles:
            self.host.shelf.offered(self.titles)

    def run(self) -> Left:
        """Wait for keys and do what they say."""
        try:
            while self.left is None:
                self._follow(self._press())
        except (Interrupted, KeyboardInterrupt):
            self._leave(changes=False)
        assert self.left
        if not (self.titles or self.left.changes):
            raise NothingToShow("")
        return self.left

    def _press(self) -> Key:
        """The next key, with the card that is chosen then."""
        table = self._table()
        press = self.host.asker.press(table, self.chosen)
        self.chosen = press.chosen
        self.said: tuple[str, ...] = ()
        return Key(press.key)

    # --- what lies on the table

    @property
    def page(self) -> Page:
        """The page that is on the screen."""
        return self.pages[-1]

    @property
    def titles(self) -> tuple[Title, ...]:
        """The titles on the cards."""
        return tuple(card.title for card in self.recommendation.suggestions)

    @property
    def title(self) -> Title:
        """The title on the chosen card."""
        return self.titles[self.chosen]

    def _lay_out(self, person: Person) -> None:
        """Put the cards of the last page on the table, for a person as they are now."""
        self.pages[-1] = _for_person(self.page, person)
        page, pool = self.page, self.host.pool
        self.recommendation = recommend(pool, page.answers, page.shown)
        self.turns = cache(self._turns)
        self.chosen = 0
        self.opened: int | None = None
        self.is_written = False
        self.notices = self._notices()
        self.said = self.notices
        if not self.titles:
            answers = page.answers
            say(nothing(answers, blockers(pool, answers), self.guest.asked))

    def _notices(self) -> tuple[str, ...]:
        """What there is to say of the cards; of heavy days once."""
        is_new, self.is_new = self.is_new, False
        recommendation, detail = self.recommendation, self.guest.detail
        return tuple(about(recommendation, detail, is_new, self.guest.asked))

    def _draw(self, chosen: int | None, below: int | None = None) -> str:
        """The cards, while one of them is chosen or as they stay behind."""
        return self.guest.view().suggestions(
            self.recommendation, chosen, below
        )

    def _table(self) -> Table:
        """The cards with the keys, or the keys alone under what has been written."""
        table = self._with_cards(self._rows, self.said)
        if table.draw is None or self.host.asker.holds(table):
            return table
        self._write_cards()
        return self._with_cards(self._rows, self.said)

    def _with_cards(
        self, rows: Callable[[int], tuple[Row, ...]], said: tuple[str, ...]
    ) -> Table:
        names = tuple(title.title for title in self.titles)
        is_bare = self.opened is not None or self.is_written or not names
        is_first = len(self.pages) == 1 and self.opened is None
        back = Key.CHANGE if is_first else Key.EARLIER
        return Table(names, None if is_bare else self._draw, rows, said, back)

    def _write_cards(self) -> None:
        """Leave the cards behind in the terminal's own history, and what was said of them."""
        if self.is_written or self.opened is not None:
            return
        self.is_written = True
        emit(self._draw(None))
        for notice in self.notices:
            say(notice)
        self.said = () if self.said == self.notices else self.said
        self.notices = ()

    # --- what the keys do

    def _follow(self, key: Key) -> None:
        match key:
            case Key.OPEN:
                self._open()
            case Key.LATER | Key.SEEN | Key.UNDO:
                self._keep(key)
            case Key.PAGE:
                self._show_page()
            case Key.EARLIER:
                self._go_back()
            case Key.HELP:
                self._help()
            case Key.CHANGE | Key.QUIT:
                self._leave(changes=key is Key.CHANGE)
            case Key.ALIKE | Key.OTHERS:
                self._turn_to(key)
            case Key.GENTLER | Key.HARDER | Key.SHORTER | Key.LONGER:
                self._turn_to(key)
            case _:
                assert_never(key)

    def _keep(self, key: Literal[Key.LATER, Key.SEEN, Key.UNDO]) -> None:
        """Write to the library, or take back what was written."""
        match key:
            case Key.LATER:
                self._note(self._shelf.later(self.title))
            case Key.SEEN:
                self._seen()
            case Key.UNDO:
                self._undo()
            case _:
                assert_never(key)

    @property
    def _shelf(self) -> Shelf:
        assert self.host.shelf
        return self.host.shelf

    def _open(self) -> None:
        """Write the full card of the chosen title; where it stands there already, go back."""
        if self.opened == self.chosen:
            self._close()
            return
        self._write_cards()
        self.opened = self.chosen
        emit(
            "\n"
            + self.guest.full_view().title(self.title, self.recommendation)
        )
        if heavy([self.title], Detail(notes=True)):
            say(CARE)

    def _close(self) -> None:
        """Back from a full card to all of them."""
        self.opened = None
        self.is_written = False

    def _note(self, outcome: Outcome) -> None:
        """Go on with what has been written, and say so."""
        self._know(after(self.page.answers.person, outcome.changes))
        self.said = outcome.lines
        self.noted += outcome.lines

    def _know(self, person: Person) -> None:
        """Go on for the person as they are now; what has been seen gives its place away."""
        if person.seen != self.page.answers.person.seen:
            self._lay_out(person)
            return
        self.pages[-1] = _for_person(self.page, person)
        answers = self.page.answers
        self.recommendation = structs.replace(
            self.recommendation, answers=answers
        )
        self.turns = cache(self._turns)

    def _undo(self) -> None:
        outcome = self._shelf.undo()
        if outcome.changes:
            self.noted = self.noted[:-1]
        self._know(after(self.page.answers.person, outcome.changes))
        self.said = outcome.lines

    def _seen(self) -> None:
        """Ask how it was, and put another card in its place."""
        title = self.title
        question = (f"How was {title.title}?",)
        table = self._with_cards(lambda _: (RATING_ROW,), question)
        table = table._replace(cards=(), back=NOT_SEEN.key)
        press = self.host.asker.press(table, self.chosen)
        if press.key == NOT_SEEN.key:
            return
        rating = None if press.key == ENTER else int(press.key)
        outcome = self._shelf.seen(title, rating)
        # Seen is seen, even where it could not be written down.
        person = self.page.answers.person
        self._know(structs.replace(person, seen=person.seen | {title.id}))
        self._note(outcome)

    def _show_page(self) -> None:
        assert self.host.open_page
        self.said = (self.host.open_page(self.title),)

    def _turn_to(self, key: Key) -> None:
        self._write_cards()
        self.pages.append(self.turns(self.chosen)[key].page)
        self._lay_out(self.page.answers.person)

    def _go_back(self) -> None:
        """From a full card to all of them, or to those before, with what is known since."""
        if self.opened is not None:
            self._close()
            return
        self._write_cards()
        person = self.page.answers.person
        self.pages.pop()
        self._lay_out(person)

    def _leave(self, changes: bool) -> None:
        self._write_cards()
        if not self.host.asker.is_lasting:
            for line in self.noted:
                say(line)
        self.left = Left(self.page, changes)

    def _help(self) -> None:
        """Explain the keys in the place of the cards; where they find no room there, above."""
        text = explained(self._rows(self.chosen), len(self.titles))
        table = Table((), lambda *_: text, lambda _: (HELP_ROW,), any_key=True)
        if not self.host.asker.holds(table):
            tell(text)
            table = table._replace(draw=None)
        self.host.asker.press(table, self.chosen)

    # --- which keys there are

    def _turns(self, place: int) -> Turns:
        return turns_from(
            self.host.pool, self.page, self.recommendation, place
        )

    def _rows(self, chosen: int) -> tuple[Row, ...]:
        shelf = self.host.shelf
        spread = Spread(
            titles=self.titles,
            turns=self.turns,
            later=self.page.answers.person.later,
            opened=self.opened,
            wanted=self.page.answers.count,
            is_first=len(self.pages) == 1,
            keeps=shelf is not None,
            can_undo=shelf is not None and shelf.can_undo,
            shows_pages=self.host.open_page is not None,
        )
        return rows_of(spread, chosen)


def _for_person(page: Page, person: Person) -> Page:
    return page._replace(answers=structs.replace(page.answers, person=person))
