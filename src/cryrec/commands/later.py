"""`cryrec later`: one title more on the watchlist."""

from __future__ import annotations

from cryrec.catalogue import load_bundled
from cryrec.commands import options
from cryrec.commands.shelf import find_work, now, report
from cryrec.errors import UsageProblem
from cryrec.library import Entry, Library, Status
from cryrec.paths import library_path


def command(words: options.TitleWords, json: options.Json = False) -> None:
    """
    \b
    cryrec later angel beats

    Put a title on the watchlist: it comes first among equals.
    """
    catalogue = load_bundled()
    with Library.open_for_writing(library_path()) as library:
        work = find_work(catalogue, words, library.entries)
        known = next((entry for entry in library.entries if entry.id == work.key), None)
        if known and known.status is Status.SEEN:
            raise UsageProblem(f"{work.text} is seen already; cryrec forget {work.key} first")
        changes = library.put([Entry(work.key, work.text, Status.LATER, None, now())], "later")
    report(changes, json)
