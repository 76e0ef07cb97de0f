"""`cryrec forget`: one title less in the library."""

from cryrec import keeping
from cryrec.commands import options
from cryrec.session import Session
from cryrec.showing import show_changes
from cryrec.views import Output


def command(words: options.TitleWords, json: options.Json = False) -> None:
    """
    \b
    cryrec forget angel beats

    Take a title out of the library, whether seen or on the watchlist.
    """
    work = keeping.find_work(Session(), words)
    show_changes(keeping.forget(work), Output.of(json))
