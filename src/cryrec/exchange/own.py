"""The library written out as JSON or CSV, and either read back.

The JSON has the shape of what `cryrec library --json` prints, so that can be imported too. The CSV
is read as a spreadsheet saves it again: quoted, with another separator, its dates without a T.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, Final, TypeGuard

import msgspec

from cryrec.exchange.documents import few, table, table_rows, tables
from cryrec.exchange.reading import SITES, NotAList, Reading, Skipped, Treated
from cryrec.library.entries import LONGEST, Entry, Status, merge

FIELDS: Final = ("id", "title", "status", "rating", "at", "forgotten")

_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*|mal:[1-9][0-9]{0,8}|work:.+")
_AT: Final = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|\+00:00)", re.ASCII
)
_SAVED_AT: Final = re.compile(
    r"\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?)?",
    re.ASCII,
)
_RATINGS: Final = (None, "", *range(1, 6), *"12345")

_FORMULA: Final = re.compile(
    r"(?:^|(?<=[,;\t]))(?='*[=+\-@\uff1d\uff0b\uff0d\uff20])"
)
"""Where a spreadsheet could take what follows for a formula, though it splits at other signs."""

_HARMLESS: Final = re.compile(rf"{_FORMULA.pattern}'")
_QUOTED: Final = re.compile(r'[,;\t"\r\n]')


def write_json(entries: Iterable[Entry]) -> str:
    """`{schema_version, entries}`, indented, with a newline at the end."""
    rows = [_row(entry) for entry in entries]
    document = {"schema_version": 1, "entries": rows}
    compact = msgspec.json.encode(document)
    return msgspec.json.format(compact, indent=2).decode() + "\n"


def write_csv(entries: Iterable[Entry]) -> str:
    """A header and one line an entry; no rating is an empty cell.

    An apostrophe stands before whatever a spreadsheet would run as a formula.
    """
    lines = [",".join(FIELDS)]
    for entry in entries:
        cells = map(_cell, _row(entry).values())
        lines.append(",".join(cells))
    return "\n".join([*lines, ""])


def read_json(document: object, now: str) -> Reading | None:
    """What one of our JSON documents says, undated entries dated `now`; None if it is none."""
    entries = table(document).get("entries")
    if "schema_version" not in table(document) or not isinstance(
        entries, list
    ):
        return None
    rows = few(tables(entries))
    return _reading("cryrec JSON", rows, now)


def read_csv(data: bytes, now: str) -> Reading:
    """What our CSV says, undated entries dated `now`. Raises NotAList for that of anybody else."""
    table_lines = table_rows(data)
    header = [column.strip() for column in next(table_lines, [])]
    while header and not header[-1]:
        header.pop()
    if sorted(header) != sorted(FIELDS):
        columns = ", ".join(FIELDS)
        wrong = f"its columns are not those that cryrec writes ({columns})"
        raise NotAList(wrong, SITES)
    rows = few(_named(header, table_lines))
    return _reading("cryrec CSV", rows, now)


def entry_of(row: Mapping[str, Any], now: str) -> Entry:
    """The entry in a row of either, dated `now` if the row is not; ValueError says what is wrong.

    Ids need not be in the catalogue: another catalogue may know them.
    """
    entry_id = row.get("id")
    title = row.get("title")
    rating = row.get("rating")
    if not _is_line(entry_id) or not _ID.fullmatch(entry_id):
        raise ValueError("its id is none that cryrec writes")
    if not _is_line(title):
        raise ValueError(
            "its title is missing, too long, or more than one line of text"
        )
    if row.get("status") not in list(Status):
        raise ValueError("its status is none that cryrec knows")
    if rating not in _RATINGS or isinstance(rating, bool | float):
        raise ValueError("its rating is not 1 to 5")
    return Entry(
        id=entry_id,
        title=title,
        status=Status(row["status"]),
        rating=int(rating) if rating else None,
        at=_moment(row.get("at")) or now,
        forgotten=str(row.get("forgotten")).strip().lower() == "true",
    )


def _reading(
    name: str, rows: Iterable[Mapping[str, Any]], now: str
) -> Reading:
    entries = []
    skipped: Counter[str] = Counter()
    for row in rows:
        try:
            entries.append(entry_of(row, now))
        except ValueError as error:
            skipped[str(error)] += 1
    merged = merge({}, entries)
    statuses = Counter(entry.status for entry in merged)
    return Reading(
        format=name,
        entries=merged,
        not_in_catalogue=0,
        skipped=tuple(
            Skipped("entry", reason, count)
            for reason, count in skipped.items()
        ),
        treated=tuple(
            Treated(status.value, status, count)
            for status, count in statuses.items()
        ),
    )


def _row(entry: Entry) -> dict[str, Any]:
    return {field: getattr(entry, field) for field in FIELDS}


def _cell(value: object) -> str:
    if value is None:
        return ""
    harmless = _FORMULA.sub("'", str(value))
    if not _QUOTED.search(harmless):
        return harmless
    doubled = harmless.replace('"', '""')
    return f'"{doubled}"'


def _named(
    header: list[str], rows: Iterable[list[str]]
) -> Iterator[dict[str, str]]:
    """The cells of each row by their column, as they were before they were made harmless."""
    for row in rows:
        cells = [_HARMLESS.sub("", cell) for cell in row]
        yield dict(zip(header, cells, strict=False))


def _moment(at: object) -> str | None:
    """A moment as the library writes it; None for one that no calendar has, or that is none."""
    if not isinstance(at, str) or not _SAVED_AT.fullmatch(at):
        return None
    try:
        moment = datetime.fromisoformat(at)
        if _AT.fullmatch(at):
            return at
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return _written(moment)
    except (ValueError, OverflowError):
        return None


def _written(moment: datetime) -> str:
    in_utc = moment.astimezone(UTC).replace(tzinfo=None)
    return in_utc.isoformat(timespec="seconds") + "Z"


def _is_line(value: object) -> TypeGuard[str]:
    return (
        isinstance(value, str)
        and value.isprintable()
        and len(value) <= LONGEST
    )
