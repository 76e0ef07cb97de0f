"""`cryrec seen`: one title more that has been seen."""

from __future__ import annotations

from cryrec.commands import options
from cryrec.library import Entry, Library, Status
from cryrec.paths import library_path
from cryrec.recommend.parsing import read_whole
from cryrec.session import Session, now
from cryrec.showing import show_changes
from cryrec.views import Output


def command(
    words: options.TitleWords, rating: options.Rating = None, json: options.Json = False
) -> None:
    """
    \b
    cryrec seen your lie in april
    cryrec seen clannad --rating 4

    Remember that you have seen a title, or something that comes before one. It is suggested no
    more, and ratings teach cryrec your taste, from three on.
    """
    session = Session()
    stars = read_whole("--rating", rating, 1, 5)
    with Library.open_for_writing(library_path()) as library:
        work = session.find_work(words, library.entries)
        known = next((entry for entry in library.entries if entry.id == work.key), None)
        entry = Entry(work.key, work.text, Status.SEEN, stars, now())
        if known and known.status is Status.SEEN and stars is None:
            entry = known  # seen twice without a word about it: what was said before stays
        changes = library.put([entry], "seen")
    show_changes(changes, Output.of(json))
