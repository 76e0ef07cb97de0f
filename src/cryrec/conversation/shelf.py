"""The library behind the cards: writes what is asked, and says what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from msgspec import structs

from cryrec import keeping
from cryrec.errors import CryrecError
from cryrec.library.entries import Change, Status
from cryrec.matching import Name
from cryrec.models import NoteId, Title
from cryrec.recommend.person import Person
from cryrec.views.notices import became, taken_back


class Outcome(NamedTuple):
    """What came of writing: lines for the person, and what became of entries of the library."""

    lines: tuple[str, ...]
    changes: tuple[Change, ...] = ()


class Shelf(Protocol):
    """The person's own library, as far as a conversation writes to it; nothing it does raises.

    An evening does not end because a file cannot be written.
    """

    @property
    def can_undo(self) -> bool:
        """Whether anything was changed in this conversation that `undo` would take back."""

    def later(self, title: Title) -> Outcome:
        """Put a title on the watchlist."""

    def seen(self, title: Title, rating: int | None) -> Outcome:
        """Remember that a title has been seen."""

    def remember_avoided(self, notes: Sequence[NoteId]) -> Outcome:
        """Steer clear of these in every run from now on."""

    def forget_avoided(self) -> Outcome:
        """Steer clear of nothing any more but what each run says."""

    def undo(self) -> Outcome:
        """Take back the last change, of the library or the settings."""

    def offered(self, titles: Sequence[Title]) -> None:
        """Remember which titles were on the screen, the first one first."""


class OwnShelf:
    """The library of whoever runs the program. It counts its changes, so as not to undo others."""

    def __init__(self) -> None:
        self.changes_made = 0

    @property
    def can_undo(self) -> bool:
        """Whether anything was changed in this conversation that `undo` would take back."""
        return self.changes_made > 0

    def later(self, title: Title) -> Outcome:
        """Put a title on the watchlist."""
        return self._written(lambda: keeping.put_on_watchlist(_work(title)))

    def seen(self, title: Title, rating: int | None) -> Outcome:
        """Remember that a title has been seen."""
        return self._written(lambda: keeping.mark_seen(_work(title), rating))

    def remember_avoided(self, notes: Sequence[NoteId]) -> Outcome:
        """Steer clear of these in every run from now on."""
        return self._avoided(
            tuple(notes), "remembered; cryrec config changes it"
        )

    def forget_avoided(self) -> Outcome:
        """Steer clear of nothing any more but what each run says."""
        return self._avoided(None, "forgotten")

    def undo(self) -> Outcome:
        """Take back the last change, of the library or the settings."""
        try:
            undone = keeping.undo()
        except CryrecError as error:
            return Outcome((str(error),))
        if undone is None:
            self.changes_made = 0
            return Outcome(("there is nothing to undo",))
        self.changes_made -= 1
        return Outcome(tuple(taken_back(undone)), undone.changes)

    def offered(self, titles: Sequence[Title]) -> None:
        """Remember which titles were on the screen; silently not, where nothing can be written."""
        keeping.record_offered([title.id for title in titles])

    def _written(self, write: Callable[[], Sequence[Change]]) -> Outcome:
        try:
            changes = write()
        except CryrecError as error:
            return Outcome((str(error),))
        self.changes_made += bool(changes)
        lines = tuple(became(changes)) or ("nothing has changed",)
        return Outcome(lines, tuple(changes))

    def _avoided(
        self, notes: tuple[NoteId, ...] | None, reply: str
    ) -> Outcome:
        try:
            can_be_undone = keeping.avoid_always(notes)
        except CryrecError as error:
            return Outcome((str(error),))
        self.changes_made += can_be_undone
        return Outcome((reply,))


def _work(title: Title) -> Name:
    return Name(title.id, title.title)


def after(person: Person, changes: Sequence[Change]) -> Person:
    """The person once entries of their library have changed."""
    changed_ids = {change.id for change in changes}
    seen = set(person.seen - changed_ids)
    later = set(person.later - changed_ids)
    ratings = dict(person.ratings)
    for change in changes:
        ratings.pop(change.id, None)
        entry = change.after
        if entry and entry.rating:
            ratings[entry.id] = entry.rating
        if entry and entry.status is Status.SEEN:
            seen.add(entry.id)
        elif entry and entry.status is Status.LATER:
            later.add(entry.id)
    return structs.replace(
        person, seen=frozenset(seen), later=frozenset(later), ratings=ratings
    )
