"""`cryrec search`: titles by whatever name somebody remembers, or by what they are about."""

import sys

from cryrec.commands import options
from cryrec.errors import UnknownName
from cryrec.matching import Found, Match
from cryrec.models import Title
from cryrec.session import Session
from cryrec.terminal import (
    emit,
    is_interactive,
    is_terminal,
    printable,
    variable,
)
from cryrec.views import Detail, Output, view_for


def command(
    words: options.QueryWords,
    notes: options.Notes = False,
    spoilers: options.Spoilers = False,
    json: options.Json = False,
) -> None:
    """
    \b
    cryrec search anohana
    cryrec search grave of the firefiles
    cryrec search 君の名は
    cryrec search the one with the deaf girl

    Find titles by name: English, romaji, Japanese or everyday, misspelled or in part. What is no
    name is looked for among studios, kinds of cry and years, then in what titles are about.
    """
    session = Session()
    query = printable(" ".join(words))
    titles = {title.id: title for title in session.titles}
    view = view_for(Output.of(json), Detail(notes, spoilers))
    by_name = session.catalogue.search(query)
    if by_name.matches:
        emit(view.matches(query, by_name, titles))
        return
    elsewhere = session.elsewhere(query)
    if not elsewhere.about and not json:
        agreed_match = _agreed(by_name, titles)
        if agreed_match:
            emit(view.matches(query, Found((agreed_match,), ()), titles))
            return
    emit(view.matches(query, by_name, titles, elsewhere))
    if not elsewhere.about:
        near_titles = [titles[match.key].title for match in by_name.near]
        raise UnknownName("title", query, near_titles, len(titles))


def _agreed(found: Found, titles: dict[str, Title]) -> Match | None:
    """The nearest name, if somebody is there to say that it was meant."""
    is_watched = is_interactive() and is_terminal(sys.stdout)
    if not found.near or not is_watched or variable("CRYREC_NO_INPUT"):
        return None
    from cryrec.conversation import prompts

    nearest = found.near[0]
    question = f"Did you mean {titles[nearest.key].title}?"
    is_meant = prompts.asker().confirm(question, default=True)
    return nearest if is_meant else None
