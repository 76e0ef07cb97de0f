"""A person's own library: seen, later and ratings, what was offered lately, and how to undo.

One SQLite file with a rollback journal. A WAL would let readers pass writers, but reading would
then create two files, which a read-only home refuses, and a copy of the file alone could lack the
latest changes. Writers queue for a lock instead; each holds it for milliseconds.

Reading copies the file into memory and lets go of it: nothing on the disk is touched, not even to
undo what a killed writer left half done or to bring an older version forward.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Final, Self

import msgspec
from msgspec import Meta, Struct

from cryrec.errors import FileProblem

APPLICATION_ID: Final = 0x63727972
"""Bytes 68 to 71 of the file, "cryr": what tells it from the database of another program."""

OFFERED_KEPT: Final = 20
"""Conversations whose offers are remembered."""

UNDO_KEPT: Final = 100
"""Changes that can be undone, one after the other."""

PATIENCE: Final = 60.0
"""Seconds to wait for other processes. Eight that write without pause wait a few at most."""


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


class Change(Struct, frozen=True):
    """What became of one entry; `before` is None where it is new, `after` where it is gone."""

    id: str
    before: Entry | None
    after: Entry | None


class LibraryProblem(FileProblem):
    """A library that cannot be read or written: what is wrong with it, and what to do."""

    def __init__(self, path: Path, wrong: str, remedy: str) -> None:
        name = "".join(sign if sign.isprintable() else "?" for sign in str(path))
        super().__init__(f"the library {name} {wrong}; {remedy}")


class _Refused(Exception):
    """What is wrong and what to do, raised where the path is not known."""


class Library:
    """An open library; close it, or use it in a `with`. Everything may raise LibraryProblem."""

    def __init__(self, path: Path, database: sqlite3.Connection) -> None:
        self._path = path
        self._db = database
        self._newer = False

    @classmethod
    def open_for_reading(cls, path: Path) -> Self:
        """The library as it is now; an empty one if there is no file. Nothing is written.

        One written by a newer cryrec is read as far as it can be understood.
        """
        library = cls(path, sqlite3.connect(":memory:", isolation_level=None))
        try:
            with library._explained("read"):
                _load(Path(os.path.realpath(path)), library._db)
                library._newer = _version(library._db) > len(MIGRATIONS)
                _migrate(library._db)
                _check_content(library._db)
                library._db.execute("PRAGMA query_only = ON")
                _ = library.entries, library.offered, library.last_change
        except BaseException:
            library.close()
            raise
        return library

    @classmethod
    def open_for_writing(cls, path: Path) -> Self:
        """The library, made if there is none (folder 0700, file 0600), brought forward if old.

        A file that is not cryrec's, damaged, or of a newer cryrec is refused and left as it is.
        """
        with cls.open_for_reading(path) as found, found._explained("write"):
            _refuse_newer(found._db)
            real = Path(os.path.realpath(path))
            real.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(real, os.O_RDWR | os.O_CREAT, 0o600))
            library = cls(path, _connect(real, "rw"))
        try:
            with library._changing():
                pass
        except BaseException:
            library.close()
            raise
        return library

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def __enter__(self) -> Self:
        """The library itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Everything in it, by id."""
        with self._explained("read"):
            rows = self._db.execute(f"SELECT {', '.join(_COLUMNS)} FROM entry ORDER BY id")
            found = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
            return msgspec.convert(found, tuple[Entry, ...], strict=False)

    @property
    def ratings(self) -> dict[str, int]:
        """The ratings that count for taste, by id."""
        return {e.id: e.rating for e in self.entries if e.rating is not None and not e.forgotten}

    @property
    def offered(self) -> tuple[tuple[str, ...], ...]:
        """The ids that each of the last 20 conversations offered, the newest conversation first."""
        with self._explained("read"):
            rows = self._db.execute("SELECT ids FROM offered ORDER BY number DESC").fetchall()
            return tuple(msgspec.json.decode(ids, type=tuple[str, ...]) for (ids,) in rows)

    @property
    def last_change(self) -> str | None:
        """The label of what `undo` would take back; None if there is nothing."""
        with self._explained("read"):
            row = self._db.execute("SELECT label FROM log ORDER BY number DESC").fetchone()
            return None if row is None else str(row[0])

    def put(self, entries: Iterable[Entry], label: str) -> tuple[Change, ...]:
        """Add or replace entries; the changes it made, in one step that `undo` takes back.

        An entry that says nothing new but its title or date is left as it was.
        """
        return self._change({entry.id: entry for entry in entries}, label)

    def remove(self, ids: Iterable[str], label: str) -> tuple[Change, ...]:
        """Take entries out; ids that are not in it are passed over."""
        return self._change(dict.fromkeys(ids), label)

    def reset_taste(self) -> tuple[Change, ...]:
        """Forget every rating given so far as far as taste goes; the entries keep showing them."""
        rated = (e for e in self.entries if e.rating is not None)
        forgotten = {e.id: msgspec.structs.replace(e, forgotten=True) for e in rated}
        return self._change(forgotten, "taste")

    def undo(self) -> tuple[Change, ...]:
        """Take the last change back, whole; nothing if there is none. There is no redo."""
        with self._changing():
            last = "SELECT number, changes FROM log ORDER BY number DESC LIMIT 1"
            for number, changes in self._db.execute(last).fetchall():
                done = msgspec.json.decode(changes, type=tuple[Change, ...])
                self._db.execute("DELETE FROM log WHERE number = ?", (number,))
                return self._write({change.id: change.before for change in done})
        return ()

    def record_offered(self, ids: Sequence[str]) -> None:
        """Remember what a conversation offered. This is history, not a change to undo."""
        with self._changing():
            self._append("offered", OFFERED_KEPT, ids=msgspec.json.encode(ids).decode())

    def _change(self, wanted: Mapping[str, Entry | None], label: str) -> tuple[Change, ...]:
        with self._changing():
            known = {entry.id: _said(entry) for entry in self.entries}
            news = {key: e for key, e in wanted.items() if known.get(key) != _said(e)}
            changes = self._write(news)
            if changes:
                encoded = msgspec.json.encode(changes).decode()
                self._append("log", UNDO_KEPT, label=label, changes=encoded)
        return changes

    def _write(self, wanted: Mapping[str, Entry | None]) -> tuple[Change, ...]:
        known = {entry.id: entry for entry in self.entries}
        gone = [(key,) for key in wanted if key in known]
        new = [[getattr(e, name) for name in _COLUMNS] for e in wanted.values() if e is not None]
        self._db.executemany("DELETE FROM entry WHERE id = ?", gone)
        names, marks = ", ".join(_COLUMNS), ", ".join("?" * len(_COLUMNS))
        self._db.executemany(f"INSERT INTO entry ({names}) VALUES ({marks})", new)
        return tuple(Change(key, known.get(key), entry) for key, entry in wanted.items())

    def _append(self, table: str, kept: int, **values: str) -> None:
        """Add a row to a table whose rows are numbered, and drop the oldest of too many."""
        names, marks = ", ".join(values), ", ".join("?" * len(values))
        self._db.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", (*values.values(),))
        oldest = f"SELECT max(number) - {kept} FROM {table}"
        self._db.execute(f"DELETE FROM {table} WHERE number <= ({oldest})")

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """One transaction, which has the lock from its beginning and ends whole or not at all."""
        with self._explained("write"):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                _refuse_newer(self._db)
                _migrate(self._db)
                yield
                self._db.execute("COMMIT")
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    @contextmanager
    def _explained(self, doing: str) -> Iterator[None]:
        """Turn whatever the system or SQLite says into a LibraryProblem."""
        try:
            yield
        except _Refused as error:
            raise LibraryProblem(self._path, *error.args) from None
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
            raise  # a mistake of whoever called, which no file has made
        except (OSError, sqlite3.Error, ValueError) as error:
            wrong, remedy = _NEWER if self._newer else _wrong(error)
            said = error.strerror if isinstance(error, OSError) else " ".join(str(error).split())
            wrong = wrong.format(done="read" if doing == "read" else "written", error=said)
            raise LibraryProblem(self._path, wrong, remedy) from error


def _said(entry: Entry | None) -> object:
    """What an entry says that is worth a change."""
    return entry and (entry.status, entry.rating, entry.forgotten)


# --- what is in the file ------------------------------------------------------------------------

_COLUMNS: Final = Entry.__struct_fields__


def _first(database: sqlite3.Connection) -> None:
    statuses = ", ".join(f"'{status}'" for status in ("seen", "later", "watching", "dropped"))
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute(
        "CREATE TABLE entry (id TEXT PRIMARY KEY, title TEXT NOT NULL,"
        f" status TEXT NOT NULL CHECK (status IN ({statuses})),"
        " rating INTEGER CHECK (rating BETWEEN 1 AND 5), at TEXT NOT NULL,"
        " forgotten INTEGER NOT NULL CHECK (forgotten IN (0, 1))) WITHOUT ROWID"
    )
    database.execute("CREATE TABLE offered (number INTEGER PRIMARY KEY, ids TEXT NOT NULL)")
    database.execute(
        "CREATE TABLE log (number INTEGER PRIMARY KEY, label TEXT NOT NULL, changes TEXT NOT NULL)"
    )


MIGRATIONS: tuple[Callable[[sqlite3.Connection], None], ...] = (_first,)
"""Each makes the next version out of the one before. What is here was shipped: only ever append."""


def _version(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def _migrate(database: sqlite3.Connection) -> None:
    """Bring an older file forward; inside a transaction, all the way or not at all."""
    for number in range(_version(database), len(MIGRATIONS)):
        MIGRATIONS[number](database)
        database.execute(f"PRAGMA user_version = {number + 1}")


_NEWER: Final = "was written by a newer cryrec", "update cryrec"


def _refuse_newer(database: sqlite3.Connection) -> None:
    if _version(database) > len(MIGRATIONS):
        raise _Refused(*_NEWER)


def _check_content(database: sqlite3.Connection) -> None:
    (found,) = database.execute("PRAGMA integrity_check(1)").fetchone()
    if found != "ok":
        raise sqlite3.DatabaseError(found)


# --- getting at the file ------------------------------------------------------------------------


def _connect(real: Path, mode: str) -> sqlite3.Connection:
    uri = f"{real.as_uri()}?mode={mode}"
    return sqlite3.connect(uri, uri=True, timeout=PATIENCE, isolation_level=None)


def _load(real: Path, memory: sqlite3.Connection) -> None:
    """Copy the file at `real` into `memory`; nothing if there is none, or none was finished."""
    while _is_ours(real):
        try:
            return _copy(real, "ro", memory)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_READONLY_ROLLBACK:
                raise
        if _copy_rolled_back(real, memory):
            return None
    return None


def _is_ours(real: Path) -> bool:
    """Whether there is a library; refuses anything else before SQLite gets to see it."""
    try:
        mode = real.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return False
    if not stat.S_ISREG(mode):
        raise _Refused("is no file", _ELSEWHERE)
    with real.open("rb") as file:
        head = file.read(100)
    if not head:
        return False
    if head[:16] != b"SQLite format 3\0" or head[68:72] != APPLICATION_ID.to_bytes(4, "big"):
        raise _Refused("is no file of cryrec's, or was cut short", _ELSEWHERE)
    if head[18:20] != b"\1\1" or Path(f"{real}-wal").exists():
        raise _Refused("was changed by another program, to use a WAL", "change it back there")
    return True


def _copy(real: Path, mode: str, memory: sqlite3.Connection) -> None:
    with closing(_connect(real, mode)) as source:
        source.execute("BEGIN")
        _version(source)  # takes the lock, with patience; `backup` alone would wait for ever
        (page,) = source.execute("PRAGMA page_size").fetchone()
        if real.stat().st_size % page:  # which SQLite would silently fill up with zeros
            raise sqlite3.DatabaseError("its end is missing")
        source.backup(memory)


def _copy_rolled_back(real: Path, memory: sqlite3.Connection) -> bool:
    """Copy what was there before a writer was killed; False if somebody has mended it since.

    A journal that stays the same holds all that is being changed in the file meanwhile.
    """
    from tempfile import TemporaryDirectory  # loads OpenSSL, and is hardly ever needed

    journal = Path(f"{real}-journal")
    try:
        left, data = journal.read_bytes(), real.read_bytes()
        if journal.read_bytes() != left:
            return False
    except FileNotFoundError:
        return False
    with TemporaryDirectory(prefix="cryrec-") as folder:
        copy = Path(folder, real.name)
        copy.write_bytes(data)
        Path(f"{copy}-journal").write_bytes(left)
        _copy(copy, "rw", memory)
    return True


# --- what went wrong ----------------------------------------------------------------------------

_ELSEWHERE: Final = "move it away, or set CRYREC_HOME to another folder"
_ROOM: Final = "make room on the disk first"
_OWN: Final = "give yourself the right to, or set CRYREC_HOME to another folder"
_WRONG: Final = {
    sqlite3.SQLITE_BUSY: ("is in use by another program", "try again"),
    sqlite3.SQLITE_FULL: ("cannot be {done}: the disk is full", _ROOM),
    sqlite3.SQLITE_IOERR: ("cannot be {done}: {error}", "see whether the disk is full or failing"),
    sqlite3.SQLITE_READONLY: ("cannot be {done}: {error}", _OWN),
    sqlite3.SQLITE_CANTOPEN: ("cannot be {done}: {error}", _OWN),
    sqlite3.SQLITE_PERM: ("cannot be {done}: {error}", _OWN),
}
_DAMAGED: Final = "is damaged, and was left as it is: {error}", "move it away and import an export"


def _wrong(error: Exception) -> tuple[str, str]:
    if isinstance(error, OSError):
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
        return "cannot be {done}: {error}", _ROOM if full else _OWN
    return _WRONG.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, _DAMAGED)
