"""Who is asking: the open catalogue as it stands before them, their person, what they avoid.

The one place that knows which files belong to whom. Everything is read when it is first needed and
then kept, so a command asks for what it uses and pays for nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from cryrec import settings
from cryrec.catalogue import Catalogue, open_catalogue
from cryrec.errors import FileProblem
from cryrec.files import is_missing
from cryrec.library.entries import Entry, Status
from cryrec.models import NoteId, Title
from cryrec.paths import config_path, library_path
from cryrec.recommend.answers import Wished
from cryrec.recommend.ledger import RECENT_POINTS
from cryrec.recommend.person import NOBODY, Person, titles_for
from cryrec.recommend.pool import Pool
from cryrec.terminal import say

if TYPE_CHECKING:  # only a person's own words ask what titles are about
    from cryrec.premises import Elsewhere, Premises


class Session:
    """One run of the program, seen from the person who started it."""

    def __init__(self, is_quiet: bool = False) -> None:
        """`is_quiet` where a line on stderr would be in somebody's way, as in completing."""
        self.is_quiet = is_quiet

    @cached_property
    def catalogue(self) -> Catalogue:
        """All open titles and their names; what is wrong with a person's own file is said.

        Raises BadCatalogue or UnusableFile where a bundled file is damaged.
        """
        catalogue = open_catalogue()
        for file in catalogue.files:
            if file.trouble and not self.is_quiet:
                say(
                    f"{file.trouble}; going on without it (cryrec catalogue check)"
                )
        return catalogue

    @cached_property
    def person(self) -> Person:
        """What the library knows; nobody, and said so, where it cannot be read."""
        path = library_path()
        if is_missing(path):
            return NOBODY
        # SQLite, 2 ms, for whoever has a library.
        from cryrec.library.store import Library

        try:
            with Library.open_for_reading(path) as library:
                return _person_of(
                    library.entries, library.ratings, library.offered
                )
        except FileProblem as error:
            say(f"{error}; going on without it")
            return NOBODY

    @cached_property
    def titles(self) -> tuple[Title, ...]:
        """The titles with the minutes they have for this person."""
        return titles_for(self.catalogue.titles, self.person)

    @cached_property
    def pool(self) -> Pool:
        """The same titles, ready to be suggested from."""
        return Pool(self.titles)

    @cached_property
    def always_avoided(self) -> tuple[NoteId, ...] | None:
        """What the settings always steer clear of; None if nothing was ever to be remembered.

        Raises FileProblem where the settings cannot be understood: they may protect somebody.
        """
        return settings.load(config_path()).avoid

    def find_title(self, name: str) -> Title:
        """The one title of that name, with the minutes it has for this person.

        Raises UnknownName or AmbiguousName.
        """
        return self.pool.title(self.catalogue.find_title(name).id)

    @cached_property
    def premises(self) -> Premises:
        """What the titles are about."""
        from cryrec.premises import Premises

        return Premises(self.catalogue.titles)

    def wished(self, words: Sequence[str]) -> dict[str, Wished]:
        """What some wishes come to, by the ids of the titles in which they stand."""
        return self.premises.wished(words)

    def elsewhere(self, query: str) -> Elsewhere:
        """What a query means that is no title's name."""
        from cryrec.describing import elsewhere

        return elsewhere(query, self.catalogue, self.premises)


def now() -> str:
    """This second, as the library writes it; midnight would say that only the day is known."""
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return moment.replace("T00:00:00Z", "T00:00:01Z")


def _person_of(
    entries: Sequence[Entry],
    ratings: Mapping[str, int],
    offered: Sequence[Sequence[str]],
) -> Person:
    first_offers = dict.fromkeys(ids[0] for ids in offered if ids)
    return Person(
        seen=frozenset(
            entry.id for entry in entries if entry.status is Status.SEEN
        ),
        later=frozenset(
            entry.id for entry in entries if entry.status is Status.LATER
        ),
        recent=tuple(first_offers)[: len(RECENT_POINTS)],
        ratings=ratings,
    )
