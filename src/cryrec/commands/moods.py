"""`cryrec moods`: the eight kinds of cry."""

from cryrec.commands import options
from cryrec.models import Mood
from cryrec.session import Session
from cryrec.terminal import emit
from cryrec.views import Output, view_for


def command(json: options.Json = False) -> None:
    """
    \b
    cryrec moods
    cryrec moods --json

    The eight kinds of cry, with how many titles have each.
    """
    titles = Session().catalogue.titles
    counts = {
        mood: sum(title.strength(mood) > 0 for title in titles)
        for mood in Mood
    }
    view = view_for(Output.of(json))
    emit(view.moods(counts))
