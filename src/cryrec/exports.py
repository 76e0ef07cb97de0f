"""The library written out as JSON or CSV, and a row of either read back.

The JSON has the shape of what `cryrec library --json` prints, so that can be imported too.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeGuard

import msgspec

from cryrec.library import Entry, Status

FIELDS: Final = ("id", "title", "status", "rating", "at", "forgotten")

_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*|mal:[1-9][0-9]{0,8}|work:.+")
_AT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|\+00:00)", re.ASCII)
_LONGEST: Final = 300


def write_json(entries: Iterable[Entry]) -> str:
    """`{schema_version, entries}`, indented, with a newline at the end."""
    document = {"schema_version": 1, "entries": [_row(entry) for entry in entries]}
    return msgspec.json.format(msgspec.json.encode(document), indent=2).decode() + "\n"


def write_csv(entries: Iterable[Entry]) -> str:
    """A header and one line an entry; no rating is an empty cell."""
    file = io.StringIO()
    table = csv.DictWriter(file, FIELDS, lineterminator="\n")
    table.writeheader()
    table.writerows(_row(entry) for entry in entries)
    return file.getvalue()


def _row(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in FIELDS}


def entry_of(row: Mapping[str, Any], now: str) -> Entry:
    """The entry in a row of either, dated `now` if the row is not; ValueError says what is wrong.

    Ids need not be in the catalogue: another catalogue may know them.
    """
    entry_id, title, rating = row.get("id"), row.get("title"), row.get("rating")
    if not _is_line(entry_id) or not _ID.fullmatch(entry_id):
        raise ValueError("its id is none that cryrec writes")
    if not _is_line(title):
        raise ValueError("its title is missing, too long, or more than one line of text")
    if row.get("status") not in list(Status):
        raise ValueError("its status is none that cryrec knows")
    if rating not in (None, "", *range(1, 6), *"12345") or isinstance(rating, bool | float):
        raise ValueError("its rating is not 1 to 5")
    at = row.get("at")
    return Entry(
        entry_id,
        title,
        Status(row["status"]),
        int(rating) if rating else None,
        at if isinstance(at, str) and _AT.fullmatch(at) else now,
        row.get("forgotten") in (True, "True", "TRUE", "true"),
    )


def _is_line(value: object) -> TypeGuard[str]:
    return isinstance(value, str) and value.isprintable() and len(value) <= _LONGEST
