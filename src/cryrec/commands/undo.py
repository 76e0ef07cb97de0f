"""`cryrec undo`: take the last change back."""

from cryrec import keeping
from cryrec.commands import options
from cryrec.errors import NothingToShow
from cryrec.showing import show_undone
from cryrec.views import Output


def command(json: options.Json = False) -> None:
    """
    \b
    cryrec undo

    Take back the last change, of whatever kind: a whole import, or what you always avoid, too.
    """
    undone = keeping.undo()
    if undone is None:
        raise NothingToShow("there is nothing to undo")
    show_undone(undone, Output.of(json))
