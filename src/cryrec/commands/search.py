"""`cryrec search`: titles by whatever name somebody remembers."""

from __future__ import annotations

from cryrec.catalogue import load_bundled
from cryrec.commands import options
from cryrec.commands.person import own_titles
from cryrec.errors import UnknownName
from cryrec.matching import find
from cryrec.terminal import emit, printable
from cryrec.views import Detail, view_for


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
    catalogue = load_bundled()
    query = printable(" ".join(words))
    found = find(query, catalogue.names)
    titles = {title.id: title for title in own_titles(catalogue)}
    emit(view_for(json, Detail(notes, spoilers)).matches(query, found, titles))
    if not found.matches:
        raise UnknownName("title", query, [titles[match.key].title for match in found.near])
