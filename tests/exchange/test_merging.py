"""How a list and a library become one."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from exchange.written import (
    DROPPED,
    ENTRIES,
    FIXTURES,
    LATER,
    LIBRARIES,
    NOW,
    SEEN,
    TITLES,
    WATCHING,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from cryrec.exchange.lists import read
from cryrec.library.entries import Entry, merge

untimed = settings(deadline=None)
"""The machine may be busy with something else."""


def library(entries: tuple[Entry, ...]) -> dict[str, Entry]:
    """Entries by id."""
    return {entry.id: entry for entry in entries}


@untimed
@given(LIBRARIES, st.lists(ENTRIES))
def test_merge_is_idempotent(
    known: tuple[Entry, ...], found: list[Entry]
) -> None:
    """The same list merged a second time changes nothing, nor does the library's own export."""
    before = library(known)
    after = before | library(merge(before, found))
    assert merge(after, found) == ()
    assert merge(after, tuple(after.values())) == ()


@untimed
@given(LIBRARIES, st.lists(ENTRIES))
def test_merge_never_downgrades(
    known: tuple[Entry, ...], found: list[Entry]
) -> None:
    """No status goes back, no rating is replaced or lost, and only what differs is returned."""
    ranks = [LATER, WATCHING, DROPPED, SEEN]
    before = library(known)
    for entry in merge(before, found):
        old = before.get(entry.id)
        if old:
            assert entry != old
            assert ranks.index(entry.status) >= ranks.index(old.status)
            assert old.rating in (None, entry.rating)


@pytest.mark.parametrize(
    ("old", "new", "after"),
    [
        ((LATER, None), (SEEN, 4), (SEEN, 4)),
        ((SEEN, 4), (LATER, None), None),
        ((SEEN, 4), (SEEN, None), None),
        ((SEEN, None), (SEEN, 4), (SEEN, 4)),
        ((SEEN, 5), (SEEN, 1), None),
        ((DROPPED, None), (WATCHING, None), None),
        ((WATCHING, None), (DROPPED, None), (DROPPED, None)),
        ((DROPPED, None), (SEEN, 2), (SEEN, 2)),
        ((LATER, None), (DROPPED, None), (DROPPED, None)),
        ((LATER, 3), (SEEN, 5), (SEEN, 3)),
    ],
)
def test_merge_cases(old: Any, new: Any, after: Any) -> None:
    """Seen beats dropped beats watching beats later; a rating is filled in, never replaced."""
    known = {"air": Entry("air", "Air", old[0], old[1], NOW)}
    found = [Entry("air", "AIR", new[0], new[1], "2019-01-01T00:00:00Z")]
    assert [(entry.status, entry.rating) for entry in merge(known, found)] == [
        after
    ][: bool(after)]


def test_merge_keeps_a_forgotten_rating_forgotten() -> None:
    """A rating that taste was told to forget stays so; one that an import fills in counts."""
    old = Entry("air", "Air", LATER, 3, NOW, forgotten=True)
    new = Entry("air", "Air", SEEN, 5, NOW)
    assert merge({"air": old}, [new]) == (
        Entry("air", "Air", SEEN, 3, NOW, forgotten=True),
    )
    unrated = msgspec.structs.replace(old, rating=None)
    assert merge({"air": unrated}, [new]) == (new,)


def test_real_import_twice() -> None:
    """A second import of the same real list changes nothing, on whatever day it is made."""
    first = read(FIXTURES / "mal-1.1.0.xml", TITLES, NOW)
    second = read(FIXTURES / "mal-1.1.0.xml", TITLES, "2026-06-06T06:06:06Z")
    known = library(merge({}, first.entries))
    assert len(known) == 10
    assert merge(known, second.entries) == ()
