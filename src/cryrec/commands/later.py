"""`cryrec later`: one title more on the watchlist."""

from cryrec import keeping
from cryrec.commands import options
from cryrec.session import Session
from cryrec.showing import show_changes
from cryrec.views import Output


def command(words: options.TitleWords, json: options.Json = False) -> None:
    """
    \b
    cryrec later angel beats

    Put a title on the watchlist: it comes first among equals.
    """
    work = keeping.find_work(Session(), words)
    show_changes(keeping.put_on_watchlist(work), Output.of(json))
