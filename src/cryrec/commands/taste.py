"""`cryrec taste`: what cryrec believes about somebody's taste, and from how much."""

from __future__ import annotations

from cryrec.commands import options
from cryrec.library import Library
from cryrec.paths import library_path
from cryrec.recommend.taste import learn
from cryrec.session import Session
from cryrec.terminal import emit, say
from cryrec.views import Output, view_for


def command(reset: options.Reset = False, json: options.Json = False) -> None:
    """
    \b
    cryrec taste
    cryrec taste --reset

    What your ratings say you like. Nothing is believed before the third.
    """
    if reset:
        with Library.open_for_writing(library_path()) as library:
            library.reset_taste()
        say("taste forgotten: ratings until now count no more; cryrec undo takes it back")
        return
    session = Session()
    titles, ratings = session.catalogue.titles, session.person.ratings
    counted = sum(title.id in ratings for title in titles)
    emit(view_for(Output.of(json)).taste(learn(titles, ratings), counted))
