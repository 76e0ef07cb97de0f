"""`cryrec library`: what has been seen, and what is to be seen."""

from cryrec.commands import options
from cryrec.library.store import Library
from cryrec.paths import library_path
from cryrec.session import Session
from cryrec.terminal import emit
from cryrec.views import Output, view_for


def command(json: options.Json = False) -> None:
    """
    \b
    cryrec library

    What you have seen, with your ratings, and your watchlist.
    """
    with Library.open_for_reading(library_path()) as library:
        entries = library.entries
    titles = {title.id: title for title in Session().titles}
    emit(view_for(Output.of(json)).entries(entries, titles))
