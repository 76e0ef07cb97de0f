"""`cryrec forget`: one title less in the library."""

from __future__ import annotations

from cryrec.commands import options
from cryrec.library import Library
from cryrec.paths import library_path
from cryrec.session import Session
from cryrec.showing import show_changes
from cryrec.views import Output


def command(words: options.TitleWords, json: options.Json = False) -> None:
    """
    \b
    cryrec forget angel beats

    Take a title out of the library, whether seen or on the watchlist.
    """
    session = Session()
    with Library.open_for_writing(library_path()) as library:
        work = session.find_work(words, library.entries)
        changes = library.remove([work.key], "forget")
    show_changes(changes, Output.of(json))
