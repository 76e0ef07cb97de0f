"""`cryrec undo`: take the last change of the library back."""

from __future__ import annotations

from cryrec.commands import options
from cryrec.errors import NothingToShow
from cryrec.library import Library
from cryrec.paths import library_path
from cryrec.showing import show_changes
from cryrec.views import Output


def command(json: options.Json = False) -> None:
    """
    \b
    cryrec undo

    Take back the last change of the library, of whatever kind: a whole import, too.
    """
    with Library.open_for_writing(library_path()) as library:
        if library.last_change is None:
            raise NothingToShow("there is nothing to undo")
        changes = library.undo()
    show_changes(changes, Output.of(json))
