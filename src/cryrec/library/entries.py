"""What a person said of works, what became of it, and how two lists become one.

Whatever wrote an entry, what is printed of it is one line of visible characters: an `Entry` cannot
be made otherwise, so that nothing which shows one has to think of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final

from msgspec import Meta, Struct
from msgspec.structs import force_setattr, replace

from cryrec.errors import printable
from cryrec.models import NoteId

LONGEST: Final = 300
"""Characters of an id or a title."""


class Status(StrEnum):
    """What a person said of a work. The last two come only from imports."""

    SEEN = "seen"
    LATER = "later"
    WATCHING = "watching"
    DROPPED = "dropped"


class Entry(Struct, frozen=True):
    """One work in the library, a title of some catalogue or a prerequisite ("mal:2167").

    `rating` is 1 to 5, `at` an ISO 8601 UTC second. A `forgotten` rating no longer counts for
    taste; an entry made anew with a rating counts again.
    """

    id: str
    title: str
    status: Status
    rating: Annotated[int, Meta(ge=1, le=5)] | None
    at: str
    forgotten: bool = False

    def __post_init__(self) -> None:
        """Hold title and date to what may be printed; ValueError for an id that may not be.

        A title with a line break in it is still that title. An id would be another one.
        """
        if not self.id or not _is_line(self.id):
            raise ValueError("the id of an entry is none that cryrec writes")
        if not _is_line(self.title):
            force_setattr(self, "title", printable(self.title[:LONGEST]))
        if not _is_line(self.at):
            force_setattr(self, "at", printable(self.at[:LONGEST]))

    @property
    def day(self) -> str:
        """The day it was said, as it was called here: "2026-12-31".

        Lists kept elsewhere say a date without a time; that is midnight UTC, and stays that date.
        """
        date, _, time = self.at.partition("T")
        if time.startswith("00:00:00"):
            return date
        try:
            moment = datetime.fromisoformat(self.at).astimezone()
            return moment.date().isoformat()
        except (ValueError, OverflowError, OSError):
            return date[:10]


def _is_line(text: str) -> bool:
    """Whether it can be printed as it stands."""
    return text.isprintable() and len(text) <= LONGEST


class Change(Struct, frozen=True):
    """What became of one entry; `before` is None where it is new, `after` where it is gone."""

    id: str
    before: Entry | None
    after: Entry | None


class AvoidChange(Struct, frozen=True):
    """What became of the notes that are always avoided; None where nothing was remembered."""

    before: tuple[NoteId, ...] | None
    after: tuple[NoteId, ...] | None


class Addition(Struct, frozen=True):
    """What was put at the end of a catalogue file of the person's own: the text, as it stands."""

    path: str
    text: str


class Undone(Struct, frozen=True):
    """What `undo` did: `label` names the change it took back, the rest is what that changed.

    `taken_out` is what stands in a catalogue file no more.
    """

    label: str
    changes: tuple[Change, ...]
    avoided: AvoidChange | None
    taken_out: Addition | None = None


Decide = Callable[[Mapping[str, Entry]], Mapping[str, Entry | None]]
"""Given all entries by id, those that should be others now; None takes an entry out.

It is asked while nobody else can write, so what it is given is true until its reply is written.
"""


def forget_ratings(entries: Mapping[str, Entry]) -> dict[str, Entry | None]:
    """Every rated entry, with a rating that is shown but counts no more for taste."""
    rated = (entry for entry in entries.values() if entry.rating is not None)
    return {entry.id: replace(entry, forgotten=True) for entry in rated}


def merge(
    entries: Mapping[str, Entry], additions: Iterable[Entry]
) -> tuple[Entry, ...]:
    """What `additions` adds to the library or makes better, as it would then be.

    Seen beats dropped beats watching beats later, whoever says so; a rating is only ever filled
    in, never replaced. So nothing is lost, and the same list a second time changes nothing.
    """
    changed: dict[str, Entry] = {}
    for new in additions:
        old = changed.get(new.id) or entries.get(new.id)
        better = new if old is None else _better(old, new)
        if better != old:
            changed[new.id] = better
    return tuple(changed.values())


RANK: Final = (Status.LATER, Status.WATCHING, Status.DROPPED, Status.SEEN)
"""What says more of a work comes later."""


def _better(old: Entry, new: Entry) -> Entry:
    """What both say of a work: the further status with its date, and the first rating there is."""
    steps_ahead = RANK.index(new.status) - RANK.index(old.status)
    if steps_ahead < 0:
        return old
    further = new if steps_ahead else old
    fills_in = old.rating is None and new.rating is not None
    rated = new if fills_in else old
    return Entry(
        id=old.id,
        title=old.title,
        status=further.status,
        rating=rated.rating,
        at=further.at,
        forgotten=rated.forgotten,
    )
