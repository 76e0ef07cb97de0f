"""`cryrec list`: the titles, or those of a studio, a kind of cry, a length."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from cryrec.commands import options
from cryrec.errors import BadValue
from cryrec.matching import normalise
from cryrec.models import Title
from cryrec.recommend import Answers
from cryrec.recommend.criteria import failed
from cryrec.recommend.parsing import read_format, read_moods, read_time
from cryrec.session import Session
from cryrec.terminal import emit, say
from cryrec.views import Detail, Output, view_for

ORDERS: Final[dict[str, Callable[[Title], Any]]] = {
    "title": lambda title: normalise(title.title),
    "year": lambda title: (title.year, normalise(title.title)),
    "length": lambda title: (title.minutes_total, normalise(title.title)),
    "tissues": lambda title: (title.tissues, normalise(title.title)),
}


def command(
    studio: options.StudioWords = None,
    mood: options.Moods = [],
    format: options.FormatWord = None,
    time: options.Time = None,
    sort: options.Sort = "title",
    notes: options.Notes = False,
    spoilers: options.Spoilers = False,
    json: options.Json = False,
) -> None:
    """
    \b
    cryrec list --studio kyoani
    cryrec list --mood goodbye --time tonight
    cryrec list --sort tissues

    All titles, or those that fit.
    """
    session = Session()
    answers = Answers(mood=read_moods(mood), format=read_format(format), time=read_time(time))
    titles = [title for title in session.titles if not failed(title, answers)]
    if sort not in ORDERS:
        raise BadValue("order", sort, ORDERS)
    if studio is not None:
        name = session.catalogue.find_studio(studio)
        say(f"titles by {name}")
        titles = [title for title in titles if name in title.studios]
    view = view_for(Output.of(json), Detail(notes, spoilers))
    emit(view.titles(sorted(titles, key=ORDERS[sort]), session.person))
