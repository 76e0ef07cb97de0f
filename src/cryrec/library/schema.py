"""What is in the file: its tables, how older ones become them, and that nothing else is there.

A database can hold more than rows. Triggers, views, checks and computed columns run whenever a
table is touched, so a file that holds anything the migrations did not make is not worked with.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from typing import Final

from cryrec.errors import quoted

APPLICATION_ID: Final = 0x63727972
"""Bytes 68 to 71 of the file, "cryr": what tells it from the database of another program."""

TABLES: Final = ("entry", "offered", "log")

_HIGHEST_NUMBER: Final = 2**53
"""No row is numbered as high as this: each is one more than the one before."""


def _first(database: sqlite3.Connection) -> None:
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute(
        "CREATE TABLE entry (id TEXT PRIMARY KEY, title TEXT NOT NULL,"
        " status TEXT NOT NULL"
        " CHECK (status IN ('seen', 'later', 'watching', 'dropped')),"
        " rating INTEGER CHECK (rating BETWEEN 1 AND 5), at TEXT NOT NULL,"
        " forgotten INTEGER NOT NULL CHECK (forgotten IN (0, 1))) WITHOUT ROWID"
    )
    database.execute(
        "CREATE TABLE offered (number INTEGER PRIMARY KEY, ids TEXT NOT NULL)"
    )
    database.execute(
        "CREATE TABLE log (number INTEGER PRIMARY KEY, label TEXT NOT NULL, changes TEXT NOT NULL)"
    )


def _with_settings(database: sqlite3.Connection) -> None:
    database.execute("ALTER TABLE log ADD COLUMN avoided TEXT")


def _with_titles(database: sqlite3.Connection) -> None:
    database.execute("ALTER TABLE log ADD COLUMN added TEXT")


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (
    _first,
    _with_settings,
    _with_titles,
)
"""Each makes the next version out of the one before. What is here was shipped: only ever append."""


def version(database: sqlite3.Connection) -> int:
    """How many migrations made the database; more than there are if a newer cryrec did."""
    (number,) = database.execute("PRAGMA user_version").fetchone()
    return int(number)


def is_newer(database: sqlite3.Connection) -> bool:
    """Whether a later cryrec made it, with tables this one does not know."""
    return version(database) > len(MIGRATIONS)


def migrate(database: sqlite3.Connection) -> None:
    """Bring an older file forward; inside a transaction, all the way or not at all."""
    for number in range(version(database), len(MIGRATIONS)):
        MIGRATIONS[number](database)
        database.execute(f"PRAGMA user_version = {number + 1}")


def check_schema(database: sqlite3.Connection) -> None:
    """Raise DatabaseError where there is anything but what the migrations make, or less.

    What a newer cryrec makes is not known; there, only reading its tables must run nothing.
    """
    if is_newer(database):
        _check_plain(database)
        return
    expected = _expected(version(database))
    present = _objects(database)
    for part in sorted(expected.keys() | present.keys(), key=str):
        if part not in present:
            raise sqlite3.DatabaseError(f"{_called(part)} is missing")
        if part not in expected:
            raise sqlite3.DatabaseError(f"{_called(part)} is none of cryrec's")
        if present[part] != expected[part]:
            raise sqlite3.DatabaseError(
                f"{_called(part)} is not as cryrec makes it"
            )


def check_content(database: sqlite3.Connection) -> None:
    """Raise DatabaseError where a page, a row or the order of changes is broken.

    Runs the checks of the tables, so their definitions have to be known to be ours.
    """
    (finding,) = database.execute("PRAGMA integrity_check(1)").fetchone()
    if finding != "ok":
        raise sqlite3.DatabaseError(finding)
    for table in TABLES[1:]:
        query = f"SELECT 1 FROM {table} WHERE number NOT BETWEEN 0 AND {_HIGHEST_NUMBER}"
        if version(database) and database.execute(query).fetchone():
            raise sqlite3.DatabaseError(
                f"a row of {table} has an impossible number"
            )


_Part = tuple[object, object]
"""Kind and name of a part of a database: ("table", "log")."""

_Definitions = Mapping[_Part, tuple[object, object]]
"""The table that each part belongs to, and the SQL that makes it."""


def _objects(database: sqlite3.Connection) -> _Definitions:
    rows = database.execute(
        "SELECT type, name, tbl_name, sql FROM sqlite_master"
    )
    return {(kind, name): (table, sql) for kind, name, table, sql in rows}


def _expected(number: int) -> _Definitions:
    """What the first so many migrations make."""
    if number < 0:
        raise sqlite3.DatabaseError("it has an impossible version")
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as model:
        for migration in MIGRATIONS[:number]:
            migration(model)
        return _objects(model)


def _called(part: _Part) -> str:
    kind, name = part
    return f"the {kind} {quoted(str(name))}"


def _check_plain(database: sqlite3.Connection) -> None:
    """Raise DatabaseError unless the tables are stored ones, none of whose columns is computed."""
    stored = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0"
    )
    stored_tables = {table for (table,) in database.execute(stored)}
    for table in TABLES:
        columns = database.execute(f"PRAGMA table_xinfo({table})").fetchall()
        is_computed = any(hidden for *_, hidden in columns)
        if is_computed or table not in stored_tables:
            raise sqlite3.DatabaseError(
                f"the table {table} is not stored as it stands"
            )
