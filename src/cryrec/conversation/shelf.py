"""The library behind the menu: writes what is asked, and says so where it cannot."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from cryrec import keeping
from cryrec.errors import CryrecError
from cryrec.library.entries import Undone
from cryrec.matching import Name
from cryrec.models import NoteId, Title
from cryrec.showing import show_changes, show_undone
from cryrec.terminal import say
from cryrec.views import Output


class Shelf(Protocol):
    """The person's own library, as far as the menu writes to it; nothing it does raises."""

    def later(self, title: Title) -> None:
        """Put a title on the watchlist."""

    def seen(self, title: Title, rating: int | None) -> None:
        """Remember that a title has been seen."""

    def remember_avoided(self, notes: Sequence[NoteId]) -> None:
        """Steer clear of these in every run from now on."""

    def forget_avoided(self) -> None:
        """Steer clear of nothing any more but what each run says."""

    def undo(self) -> Undone | None:
        """Take back the last change, of the library or the settings; None if there was none."""

    def offered(self, titles: Sequence[Title]) -> None:
        """Remember which titles were on the screen, the first one first."""


class OwnShelf:
    """The library behind the menu: writes what is asked, and says so where it cannot."""

    def later(self, title: Title) -> None:
        """Put a title on the watchlist."""
        with _told():
            show_changes(keeping.put_on_watchlist(_work(title)), Output.PEOPLE)

    def seen(self, title: Title, rating: int | None) -> None:
        """Remember that a title has been seen."""
        with _told():
            show_changes(keeping.mark_seen(_work(title), rating), Output.PEOPLE)

    def remember_avoided(self, notes: Sequence[NoteId]) -> None:
        """Steer clear of these in every run from now on."""
        with _told():
            if keeping.avoid_always(tuple(notes)):
                say("remembered; cryrec config changes it, cryrec undo takes it back")

    def forget_avoided(self) -> None:
        """Steer clear of nothing any more but what each run says."""
        with _told():
            if keeping.avoid_always(None):
                say("forgotten; cryrec undo takes it back")

    def undo(self) -> Undone | None:
        """Take back the last change, of the library or the settings; None if there was none."""
        undone = None
        with _told():
            undone = keeping.undo()
            if undone is None:
                say("there is nothing to undo")
            else:
                show_undone(undone, Output.PEOPLE)
        return undone

    def offered(self, titles: Sequence[Title]) -> None:
        """Remember which titles were on the screen; silently not, where nothing can be written."""
        keeping.record_offered([title.id for title in titles])


def _work(title: Title) -> Name:
    return Name(title.id, title.title)


@contextmanager
def _told() -> Iterator[None]:
    """Say what went wrong, and go on: an evening does not end because a file cannot be written."""
    try:
        yield
    except CryrecError as error:
        say(str(error))
