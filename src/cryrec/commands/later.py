"""`cryrec later`: one title more on the watchlist."""

from __future__ import annotations

from cryrec.commands import options
from cryrec.errors import UsageProblem
from cryrec.library import Entry, Library, Status
from cryrec.paths import library_path
from cryrec.session import Session, now
from cryrec.showing import show_changes
from cryrec.views import Output


def command(words: options.TitleWords, json: options.Json = False) -> None:
    """
    \b
    cryrec later angel beats

    Put a title on the watchlist: it comes first among equals.
    """
    session = Session()
    with Library.open_for_writing(library_path()) as library:
        work = session.find_work(words, library.entries)
        known = next((entry for entry in library.entries if entry.id == work.key), None)
        if known and known.status is Status.SEEN:
            raise UsageProblem(f"{work.text} is seen already; cryrec forget {work.key} first")
        changes = library.put([Entry(work.key, work.text, Status.LATER, None, now())], "later")
    show_changes(changes, Output.of(json))
