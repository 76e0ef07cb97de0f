"""`cryrec search`: titles by whatever name somebody remembers."""

from __future__ import annotations

from cryrec.commands import options
from cryrec.errors import UnknownName
from cryrec.session import Session
from cryrec.terminal import emit, printable
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

    Find titles by name: English, romaji, Japanese or everyday, misspelled or in part.
    """
    session = Session()
    query = printable(" ".join(words))
    found = session.catalogue.search(query)
    titles = {title.id: title for title in session.titles}
    emit(view_for(Output.of(json), Detail(notes, spoilers)).matches(query, found, titles))
    if not found.matches:
        raise UnknownName("title", query, [titles[match.key].title for match in found.near])
