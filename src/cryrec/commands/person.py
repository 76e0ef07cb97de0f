"""Who is asking, as far as their own files tell: read by every command that shows titles.

What a person without a library does not need is imported only where there is one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryrec.catalogue import Catalogue
from cryrec.errors import FileProblem
from cryrec.models import NoteId, Title
from cryrec.paths import config_path, library_path
from cryrec.terminal import say

if TYPE_CHECKING:
    from cryrec.recommend.person import Person


def person() -> Person:
    """What the library knows; nobody, and said so, where it cannot be read."""
    from cryrec.recommend.ledger import RECENT_POINTS
    from cryrec.recommend.person import NOBODY, Person

    path = library_path()
    if not path.exists():
        return NOBODY
    from cryrec.library import Library, Status

    try:
        with Library.open_for_reading(path) as library:
            entries = library.entries
            firsts = tuple(dict.fromkeys(ids[0] for ids in library.offered if ids))
            return Person(
                seen=frozenset(e.id for e in entries if e.status is Status.SEEN),
                later=frozenset(e.id for e in entries if e.status is Status.LATER),
                recent=firsts[: len(RECENT_POINTS)],
                ratings=library.ratings,
            )
    except FileProblem as error:
        say(f"{error}; going on without it")
        return NOBODY


def own_titles(catalogue: Catalogue) -> tuple[Title, ...]:
    """The titles with the minutes they have for this person."""
    if not library_path().exists():
        return catalogue.titles
    from cryrec.recommend.person import titles_for

    return titles_for(catalogue.titles, person())


def always_avoided() -> tuple[NoteId, ...] | None:
    """What the settings always steer clear of; None if nothing was ever to be remembered.

    Raises FileProblem where the settings cannot be understood: they may protect somebody.
    """
    path = config_path()
    if not path.exists():
        return None
    from cryrec import settings

    return settings.load(path).avoid
