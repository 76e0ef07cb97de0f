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
    return tuple(
        msgspec.structs.replace(
            title,
            prerequisites=tuple(
                w for w in title.prerequisites if work_id(w) not in person.seen
            ),
        )
        if title.prerequisites
        else title
        for title in titles
    )
