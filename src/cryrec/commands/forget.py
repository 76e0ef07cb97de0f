"""`cryrec forget`: one title less in the library."""

from __future__ import annotations

from cryrec.catalogue import load_bundled
from cryrec.commands import options
from cryrec.commands.shelf import find_work, report
from cryrec.library import Library
from cryrec.paths import library_path


def command(words: options.TitleWords, json: options.Json = False) -> None:
    """
    \b
    cryrec forget angel beats

    Take a title out of the library, whether seen or on the watchlist.
    """
    catalogue = load_bundled()
    with Library.open_for_writing(library_path()) as library:
        work = find_work(catalogue, words, library.entries)
        changes = library.remove([work.key], "forget")
    report(changes, json)
