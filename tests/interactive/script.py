"""A conversation without a terminal: a script answers the questions and presses the keys."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from cryrec.catalogue import load_bundled
from cryrec.conversation import prompts
from cryrec.conversation.host import Host
from cryrec.conversation.keys import Page
from cryrec.conversation.menu import Guest, Left, browse
from cryrec.conversation.prompts import (
    BACK,
    ENTER,
    Choice,
    Marks,
    Press,
    Table,
)
from cryrec.conversation.questions import QUESTIONS
from cryrec.conversation.shelf import Outcome, Shelf
from cryrec.errors import Interrupted
from cryrec.library.entries import Change, Entry, Status
from cryrec.models import NoteId, Title
from cryrec.recommend.answers import Answers
from cryrec.recommend.pool import Pool
from cryrec.recommend.suggesting import Recommendation
from cryrec.views import Detail
from cryrec.views.document import Document

BUNDLED: Final = load_bundled().titles
TITLES: Final = tuple(title for title in BUNDLED if title.age < 18)
"""What may come up when nobody asked for a kind of cry: a surprise is none for grown-ups alone."""

POOL: Final = Pool(TITLES)
ALL: Final = tuple(QUESTIONS)
SKIP: Final = "skip"
"""Stands for Enter alone."""

NOON: Final = "2026-01-02T12:00:00Z"

SEEDS: Final = (1, 2, 3, 5, 8)


class Put(NamedTuple):
    """One question as it was put, and whether one could go back from it."""

    question: str
    choices: tuple[Choice, ...]
    default: str | tuple[str, ...]
    back: bool

    def labelled(self, value: str) -> str:
        """What is written beside the choice of that value."""
        return next(
            choice.words for choice in self.choices if choice.value == value
        )

    @property
    def open(self) -> list[str]:
        """The values that can be chosen."""
        return [choice.value for choice in self.choices if choice.open]


class Laid(NamedTuple):
    """The table as it lay when a key was waited for, and the place of the chosen card."""

    table: Table
    chosen: int
    keys: tuple[prompts.Key, ...]

    def key(self, key: str) -> prompts.Key:
        """One key of the row, as it was for the chosen card."""
        return next(each for each in self.keys if each.key == key)

    @property
    def open(self) -> list[str]:
        """The keys that lead somewhere from the chosen card."""
        return [key.key for key in self.keys if key.open]


class Script:
    """An asker that answers from a list, chooses only what is open, and leaves at its end.

    A key is its letter, after the number of a card if one is chosen first: "w", "2w".
    """

    is_lasting = True

    def __init__(self, *replies: str | Marks) -> None:
        self.replies = list(replies)
        self.put: list[Put] = []
        self.laid: list[Laid] = []

    def _next(self) -> str | Marks:
        if not self.replies:
            raise Interrupted
        return self.replies.pop(0)

    def choose(
        self,
        question: str,
        choices: Sequence[Choice],
        default: str,
        back: bool = False,
    ) -> str:
        self.put.append(Put(question, tuple(choices), default, back))
        reply = self._next()
        assert isinstance(reply, str)
        chosen = default if reply == SKIP else reply
        assert chosen in self.put[-1].open or (back and chosen == BACK)
        return chosen

    def choose_upto(
        self,
        most: int,
        question: str,
        choices: Sequence[Choice],
        default: Sequence[str],
        back: bool = False,
    ) -> Marks:
        marks = self.mark(question, choices, default, back)
        assert 1 <= len(marks.values) <= most
        return marks

    def mark(
        self,
        question: str,
        choices: Sequence[Choice],
        marked: Sequence[str],
        back: bool = False,
    ) -> Marks:
        self.put.append(Put(question, tuple(choices), tuple(marked), back))
        reply = self._next()
        if isinstance(reply, Marks):
            marks = reply
        elif reply in (SKIP, BACK):
            marks = Marks(tuple(marked), back=reply == BACK)
        else:
            marks = Marks((reply,))
        assert set(marks.values) <= set(self.put[-1].open)
        assert back or not marks.back
        return marks

    def holds(self, table: Table) -> bool:
        return False

    def press(self, table: Table, chosen: int) -> Press:
        reply = str(self.replies[0]) if self.replies else ""
        if reply[:1].isdigit() and table.cards:
            chosen = int(reply[0]) - 1
            reply = reply[1:]
        self.laid.append(Laid(table, chosen, table.keys(chosen)))
        self._next()
        key = table.key(chosen, ENTER if reply in (SKIP, "") else reply)
        assert key
        assert key.open
        return Press(key.key, chosen)

    def confirm(self, question: str, default: bool = False) -> bool:
        raise AssertionError(question)

    def write(self, question: str, back: bool = False) -> str:
        self.put.append(Put(question, (), "", back))
        reply = self._next()
        assert isinstance(reply, str)
        return "" if reply == SKIP else reply


class Kept(Document):
    """The JSON view, which also keeps what it was given to show."""

    def __init__(self) -> None:
        super().__init__(Detail())
        self.pages: list[Recommendation] = []

    def suggestions(
        self,
        recommendation: Recommendation,
        chosen: int | None = None,
        below: int | None = None,
    ) -> str:
        self.pages.append(recommendation)
        return super().suggestions(recommendation, chosen, below)


class Walk(NamedTuple):
    """What somebody saw who pressed `keys`: every page, every row of keys, and how they left."""

    pages: list[Recommendation]
    tables: list[Laid]
    left: Left


def walk(
    answers: Answers,
    *keys: str,
    shelf: Shelf | None = None,
    asked: bool = True,
) -> Walk:
    """Browse from these answers, and press keys; at their end the person leaves."""
    script, view = Script(*keys), Kept()
    guest = Guest(Host(script, POOL, shelf), lambda: view, Detail(), asked)
    left = browse(guest, Page(answers))
    return Walk(view.pages, script.laid, left)


def ids(page: Recommendation) -> list[str]:
    return [each.title.id for each in page.suggestions]


def promised(key: prompts.Key) -> int:
    """The number of titles that a key promises."""
    found = re.search(r": (\d+) titles?\b", key.does)
    return int(found.group(1)) if found else 0


class Memory:
    """A shelf that only keeps what it was told."""

    def __init__(self, *, works: bool = True) -> None:
        self.works = works
        self.avoided: list[tuple[NoteId, ...] | None] = []
        self.entries: dict[str, Entry] = {}
        self.log: list[Change] = []
        self.offers: list[list[str]] = []

    @property
    def can_undo(self) -> bool:
        return bool(self.log)

    def later(self, title: Title) -> Outcome:
        return self._put(
            Entry(title.id, title.title, Status.LATER, None, NOON)
        )

    def seen(self, title: Title, rating: int | None) -> Outcome:
        return self._put(
            Entry(title.id, title.title, Status.SEEN, rating, NOON)
        )

    def remember_avoided(self, notes: Sequence[NoteId]) -> Outcome:
        self.avoided.append(tuple(notes))
        return Outcome(("remembered",))

    def forget_avoided(self) -> Outcome:
        self.avoided.append(None)
        return Outcome(("forgotten",))

    def undo(self) -> Outcome:
        done = self.log.pop()
        undone = Change(done.id, done.after, done.before)
        if done.before is None:
            del self.entries[done.id]
        else:
            self.entries[done.id] = done.before
        return Outcome((f"taken back: {done.id}",), (undone,))

    def offered(self, titles: Sequence[Title]) -> None:
        self.offers.append([title.id for title in titles])

    def _put(self, entry: Entry) -> Outcome:
        if not self.works:
            return Outcome(("the library cannot be written",))
        change = Change(entry.id, self.entries.get(entry.id), entry)
        self.entries[entry.id] = entry
        self.log.append(change)
        return Outcome((f"{entry.title} is {entry.status}",), (change,))
