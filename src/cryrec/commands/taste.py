"""`cryrec taste`: what cryrec believes about somebody's taste, and from how much."""

from cryrec import keeping
from cryrec.commands import options
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
    output = Output.of(json)
    if reset:
        keeping.reset_taste()
        say(
            "taste forgotten: ratings until now count no more; cryrec undo takes it back"
        )
        if output is Output.PEOPLE:
            return
    session = Session()
    titles, ratings = session.catalogue.titles, session.person.ratings
    counted = sum(title.id in ratings for title in titles)
    emit(view_for(output).taste(learn(titles, ratings), counted))
