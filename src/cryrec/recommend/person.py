"""What is known of whoever asks, as plain values: nothing in here is read from anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec
from msgspec import Struct

from cryrec.models import Title, work_id


class Person(Struct, frozen=True):
    """A person's own library, as far as it changes what is suggested.

    `seen` and `later` hold ids of titles, and `seen` those of prerequisites too; `recent` the ids
    of the titles that were offered first in the latest conversations, newest first; `ratings` one
    to five by id.
    """

    seen: frozenset[str] = frozenset()
    later: frozenset[str] = frozenset()
    recent: tuple[str, ...] = ()
    ratings: Mapping[str, int] = {}


NOBODY: Final = Person()
"""Somebody nothing is known of."""


def titles_for(titles: Sequence[Title], person: Person) -> tuple[Title, ...]:
    """The titles as they stand before `person`: prerequisites already seen cost no more minutes."""
    return tuple(_title_for(title, person) for title in titles)


def _title_for(title: Title, person: Person) -> Title:
    if not title.prerequisites:
        return title
    unseen = tuple(
        work
        for work in title.prerequisites
        if work_id(work) not in person.seen
    )
    return msgspec.structs.replace(title, prerequisites=unseen)
