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
    "tissues": lambda title: (
        *_known_first(title.tissues),
        normalise(title.title),
    ),
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
    tissue_count = read_tissues(tissues)
    titles = [title for title in session.titles if not failed(title, answers)]
    titles.sort(key=_order(sort))
    if tissue_count is not None:
        titles = [title for title in titles if title.tissues == tissue_count]
    if studio is not None:
        titles = _made_by(studio, titles, session)
    view = view_for(Output.of(json), Detail(notes, spoilers))
    emit(view.titles(titles, session.person))


def _order(word: str) -> Callable[[Title], Any]:
    if word not in ORDERS:
        raise BadValue("order", word, ORDERS)
    return ORDERS[word]


def _made_by(words: str, titles: list[Title], session: Session) -> list[Title]:
    """The titles of the one studio of that name, which is said."""
    studio = session.catalogue.find_studio(words)
    say(f"titles by {studio}")
    return [title for title in titles if studio in title.studios]
