"""What the commands that know a person share: whose library it is, and how a change is told."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime

from cryrec import settings
from cryrec.catalogue import Catalogue
from cryrec.errors import FileProblem
from cryrec.library import Change, Entry, Library, Status
from cryrec.matching import Name
from cryrec.models import NoteId, Title
from cryrec.paths import config_path, library_path
from cryrec.terminal import emit, say
from cryrec.views.notices import changed


def now() -> str:
    """This second, as the library writes it."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def find_work(catalogue: Catalogue, words: Sequence[str], entries: Sequence[Entry]) -> Name:
    """The work that the words name: in the catalogue, or kept in the library from an older one."""
    return catalogue.find_work(" ".join(words), [Name(e.id, e.title) for e in entries])


def report(changes: Sequence[Change], json: bool) -> None:
    """Say what changed and how to take it back: on stderr, or as a document for a script."""
    if json:
        from cryrec.views.document import Document

        emit(Document().changes(changes))
        return
    for line in changed(changes):
        say(line)


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
                report(library.put([entry], status.value), json=False)
        except FileProblem as error:
            say(str(error))
