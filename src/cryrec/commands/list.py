"""`cryrec list`: the titles, or those of a studio, a kind of cry, a length."""

from collections.abc import Callable
from typing import Any, Final

from cryrec.commands import options
from cryrec.errors import BadValue
from cryrec.matching import normalise
from cryrec.models import Title
from cryrec.recommend.answers import Answers
from cryrec.recommend.criteria import failed
from cryrec.recommend.parsing import (
    read_format,
    read_moods,
    read_shelves,
    read_time,
    read_tissues,
)
from cryrec.session import Session
from cryrec.terminal import emit, say
from cryrec.views import Detail, Output, view_for

ORDERS: Final[dict[str, Callable[[Title], Any]]] = {
    "title": lambda title: normalise(title.title),
    "year": lambda title: (*_known_first(title.year), normalise(title.title)),
    "length": lambda title: (title.minutes_total, normalise(title.title)),
    "tissues": lambda title: (*_known_first(title.tissues), normalise(title.title)),
}


def _known_first(fact: int | None) -> tuple[bool, int]:
    """What is sorted by; what is not known comes last."""
    return (fact is None, fact or 0)


def command(
    studio: options.StudioWords = None,
    mood: options.Moods = [],
    format: options.FormatWord = None,
    time: options.Time = None,
    tissues: options.ExactTissues = None,
    shelf: options.Shelves = [],
    unseen: options.Unseen = False,
    sort: options.Sort = "title",
    notes: options.Notes = False,
    spoilers: options.Spoilers = False,
    json: options.Json = False,
) -> None:
    """
    \b
    cryrec list --studio kyoani
    cryrec list --mood goodbye --time tonight
    cryrec list --shelf own
    cryrec list --unseen --sort tissues

    All titles, or those that fit.
    """
    session = Session()
    answers = Answers(
        mood=read_moods(mood),
        format=read_format(format),
        time=read_time(time),
        shelf=read_shelves(shelf),
        include_seen=not unseen,
        person=session.person,
    )
    number = read_tissues(tissues)
    titles = [title for title in session.titles if not failed(title, answers)]
    if sort not in ORDERS:
        raise BadValue("order", sort, ORDERS)
    if number is not None:
        titles = [title for title in titles if title.tissues == number]
    if studio is not None:
        name = session.catalogue.find_studio(studio)
        say(f"titles by {name}")
        titles = [title for title in titles if name in title.studios]
    view = view_for(Output.of(json), Detail(notes, spoilers))
    emit(view.titles(sorted(titles, key=ORDERS[sort]), session.person))
