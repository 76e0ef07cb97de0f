"""`cryrec config`: what cryrec always steers clear of, and where its files are."""

from cryrec import keeping, settings
from cryrec.commands import options
from cryrec.paths import config_path, library_path
from cryrec.recommend.parsing import read_avoid
from cryrec.terminal import emit, say
from cryrec.views import Output, view_for


def command(avoid: options.Avoid = [], json: options.Json = False) -> None:
    """
    \b
    cryrec config
    cryrec config --avoid suicide,war
    cryrec config --avoid none

    Show or change what you always steer clear of, and show where your files are.
    """
    if avoid:
        is_undoable = keeping.avoid_always(read_avoid(avoid))
        hint = "; cryrec undo takes it back" if is_undoable else ""
        say(f"saved {config_path()}{hint}")
    saved_notes = settings.load(config_path()).avoid or ()
    view = view_for(Output.of(json))
    emit(view.config(saved_notes, config_path(), library_path()))
