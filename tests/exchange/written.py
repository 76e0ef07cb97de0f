"""Lists of other sites, and our own, in few words."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import strategies as st

from cryrec.catalogue import load_bundled
from cryrec.errors import ExitCode
from cryrec.exchange.lists import BadImport, read
from cryrec.exchange.reading import Reading
from cryrec.library.entries import Entry, Status
from cryrec.models import Shelf

FIXTURES = Path(__file__).parents[1] / "fixtures"
TITLES = [
    title for title in load_bundled().titles if title.shelf is Shelf.LIST
]
"""The thirty: what is on another shelf may change without the lists here saying anything else."""

NOW = "2025-01-01T12:00:00Z"
SEEN, LATER, WATCHING, DROPPED = (
    Status.SEEN,
    Status.LATER,
    Status.WATCHING,
    Status.DROPPED,
)

IDS = st.sampled_from(
    [
        *(title.id for title in TITLES),
        "mal:2167",
        "mal:1",
        "gone",
        'work:a "film", 1',
    ]
)
PRINTABLE = st.text(max_size=200).filter(str.isprintable)
MOMENTS = st.datetimes().map(
    lambda moment: f"{moment:%Y-%m-%d}".zfill(10) + f"T{moment:%H:%M:%S}Z"
)
ENTRIES = st.builds(
    Entry,
    IDS,
    PRINTABLE,
    st.sampled_from(Status),
    st.none() | st.integers(1, 5),
    MOMENTS,
    st.booleans(),
)
"""Any entry that may stand in a library, of titles that are known and of others."""

LIBRARIES = st.lists(ENTRIES, unique_by=lambda entry: entry.id).map(tuple)

Said = dict[str, tuple[Status, int | None]]


def said(reading: Reading) -> Said:
    """Status and rating by id."""
    return {
        entry.id: (entry.status, entry.rating) for entry in reading.entries
    }


def reading_of(data: bytes | str) -> Reading:
    """What is read from a file of that content, under a name that says nothing."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list"
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return read(path, TITLES, NOW)


def refusal(data: bytes | str) -> str:
    """The part of the error that comes after the path."""
    with pytest.raises(BadImport) as caught:
        reading_of(data)
    assert caught.value.exit_code == ExitCode.FILE
    assert str(caught.value).isprintable()
    return str(caught.value).split(": ", 1)[1]


def mal(*rows: Mapping[str, object]) -> str:
    """A MyAnimeList export of rows given as `{status: ..., score: ...}` and so on."""
    names = {"id": "series_animedb_id", "finished": "my_finish_date"}
    anime = "".join(
        "<anime>"
        + "".join(
            f"<{names.get(k, f'my_{k}')}>{v}</{names.get(k, f'my_{k}')}>"
            for k, v in r.items()
        )
        + "</anime>"
        for r in rows
    )
    return f"<?xml version='1.0'?><myanimelist>{anime}</myanimelist>"


def anilist(
    *scores: float | None, says: str | None = None, first: int = 9989
) -> str:
    """A completed AniList list: Anohana (or `first`) with the first score, strangers after it."""
    entries = [
        {
            "status": "COMPLETED",
            "score": score,
            "media": {
                "id": first if n == 0 else 500_000 + n,
                "idMal": None,
                "type": "ANIME",
            },
        }
        for n, score in enumerate(scores)
    ]
    user = {"mediaListOptions": {"scoreFormat": says}} if says else None
    return json.dumps(
        {
            "MediaListCollection": {
                "user": user,
                "lists": [{"entries": entries}],
            }
        }
    )
