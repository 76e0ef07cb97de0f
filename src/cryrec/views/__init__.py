"""What a person or a script sees: one protocol, two kinds of reply.

A view turns results into text and writes nothing. Which one is chosen is the last decision of a
command, so everything before it is the same for both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, assert_never

from cryrec.catalogue import OpenFile
from cryrec.library.entries import Change, Entry, Undone
from cryrec.matching import Found
from cryrec.models import Mood, NoteId, Title
from cryrec.recommend.person import Person
from cryrec.recommend.suggesting import Recommendation, WhyNot
from cryrec.recommend.taste import Taste

if TYPE_CHECKING:  # what reads words and descriptions takes 100 ms to import
    from cryrec.premises import Elsewhere
    from cryrec.wording.reading import Reading as Heard


class Detail(NamedTuple):
    """What is opened beyond the usual: content notes, spoilers, the ledger."""

    notes: bool = False
    spoilers: bool = False
    explain: bool = False


USUAL: Final = Detail()


class Output(Enum):
    """Whom a reply is for."""

    PEOPLE = "people"
    JSON = "json"

    @classmethod
    def of(cls, json: bool) -> Output:
        """What `--json` chooses."""
        return cls.JSON if json else cls.PEOPLE


class View(Protocol):
    """Every kind of reply there is, as text to write on stdout."""

    def suggestions(
        self,
        recommendation: Recommendation,
        chosen: int | None = None,
        below: int | None = None,
    ) -> str:
        """The short cards of `suggest`; `chosen` is the place of the one that is marked.

        On a screen they leave so many lines free `below` them, or what the keys usually need.
        """

    def why_not(self, verdict: WhyNot) -> str:
        """The answers that keep one title out."""

    def matches(
        self,
        query: str,
        found: Found,
        titles: Mapping[str, Title],
        elsewhere: Elsewhere | None = None,
    ) -> str:
        """What a search found, by name or else by what is known; `titles` by id."""

    def titles(self, titles: Sequence[Title], person: Person) -> str:
        """Titles in the order given, one after another, with what `person` said of them."""

    def title(self, title: Title, among: Recommendation | None = None) -> str:
        """One full card; `among` are the cards it was suggested with, which say why."""

    def page(self, title: Title) -> str:
        """The address of a title's page."""

    def studios(self, studios: Mapping[str, Sequence[Title]]) -> str:
        """Each studio with its titles."""

    def changes(self, changes: Sequence[Change]) -> str:
        """What became of entries of the library."""

    def undone(self, undone: Undone) -> str:
        """What was taken back, of the library or the settings."""

    def entries(
        self, entries: Sequence[Entry], titles: Mapping[str, Title]
    ) -> str:
        """The library; `titles` by id are what is known of the works in it."""

    def taste(self, taste: Taste | None, ratings: int) -> str:
        """What is believed of somebody's taste, from how many ratings."""

    def config(
        self, avoid: Sequence[NoteId], settings: Path, library: Path
    ) -> str:
        """What is always steered clear of, and where the files are."""

    def moods(self, counts: Mapping[Mood, int]) -> str:
        """The kinds of cry, with how many titles have each."""

    def files(self, files: Sequence[OpenFile]) -> str:
        """The catalogue files that are read, in their order."""

    def problems(self, files: Sequence[OpenFile]) -> str:
        """Everything that is wrong with catalogue files."""


def view_for(
    output: Output,
    detail: Detail = USUAL,
    heard: Heard | None = None,
    names_flags: bool = True,
) -> View:
    """The view that draws `output`; for people, with whatever stdout can show.

    A document repeats what was `heard` of a person's own words. For people it `names_flags` where
    they could type them.
    """
    match output:
        case Output.JSON:
            from cryrec.views.document import Document

            return Document(detail, heard)
        case Output.PEOPLE:
            from cryrec.views.cards import Cards

            return Cards.for_stdout(detail, names_flags)
        case _:
            assert_never(output)
