"""The library behind the menu: writes what is asked, and says so where it cannot."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Protocol

from cryrec import settings
from cryrec.errors import FileProblem
from cryrec.library import Entry, Library, Status
from cryrec.models import NoteId, Title
from cryrec.paths import config_path, library_path
from cryrec.session import now
from cryrec.showing import show_changes
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

    def offered(self, titles: Sequence[Title]) -> None:
        """Remember which titles were on the screen, the first one first."""


class OwnShelf:
    """The library behind the menu: writes what is asked, and says so where it cannot."""

    def later(self, title: Title) -> None:
        """Put a title on the watchlist."""
        self._put(title, Status.LATER, None)

    def seen(self, title: Title, rating: int | None) -> None:
        """Remember that a title has been seen."""
        self._put(title, Status.SEEN, rating)

    def remember_avoided(self, notes: Sequence[NoteId]) -> None:
        """Steer clear of these in every run from now on."""
        try:
            settings.save(config_path(), settings.Settings(avoid=tuple(notes)))
        except FileProblem as error:
            say(str(error))
        else:
            say("remembered; cryrec config changes it")

    def offered(self, titles: Sequence[Title]) -> None:
        """Remember which titles were on the screen; silently not, where nothing can be written."""
        with suppress(FileProblem), Library.open_for_writing(library_path()) as library:
            library.record_offered([title.id for title in titles])

    def _put(self, title: Title, status: Status, rating: int | None) -> None:
        try:
            with Library.open_for_writing(library_path()) as library:
                entry = Entry(title.id, title.title, status, rating, now())
                show_changes(library.put([entry], status.value), Output.PEOPLE)
        except FileProblem as error:
            say(str(error))
