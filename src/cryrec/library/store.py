"""The library as one SQLite file with a rollback journal.

A WAL would let readers pass writers, but reading would then create two files, which a read-only
home refuses, and a copy of the file alone could lack the latest changes. Writers queue for a lock
instead; each holds it for milliseconds.

Reading copies the file into memory and lets go of it: nothing on the disk is touched, not even to
undo what a killed writer left half done or to bring an older version forward.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Self

import msgspec

from cryrec.library.entries import (
    Addition,
    AvoidChange,
    Change,
    Decide,
    Entry,
    Undone,
)
from cryrec.library.file import (
    READING,
    WRITING,
    Effort,
    LibraryProblem,
    Patience,
    Refused,
    address_of,
    connect,
    explained,
    is_interrupted,
    load,
    refuse_newer,
)
from cryrec.library.schema import (
    check_content,
    check_schema,
    is_newer,
    migrate,
)

OFFERED_KEPT: Final = 20
"""Conversations whose offers are remembered."""

UNDO_KEPT: Final = 100
"""Changes that can be undone, one after the other."""

Restore = Callable[[AvoidChange], AvoidChange | None]
"""Takes a change of the settings back; what it changed, None if it left them alone."""

TakeOut = Callable[[Addition], bool]
"""Takes an addition out of its file; whether it still stood there as it was written."""


def leave(_: Addition) -> bool:
    """Take nothing out."""
    return False


_COLUMNS: Final = Entry.__struct_fields__
_NAMES: Final = ", ".join(_COLUMNS)
_MARKS: Final = ", ".join("?" * len(_COLUMNS))


class Library:
    """An open library; close it, or use it in a `with`. Everything may raise LibraryProblem."""

    def __init__(
        self,
        path: Path,
        database: sqlite3.Connection,
        effort: Effort,
        patience: Patience,
    ) -> None:
        self._path = path
        self._db = database
        self._effort = effort
        self._patience = patience
        self._newer = False

    @classmethod
    def open_for_reading(
        cls, path: Path, patience: Patience = READING
    ) -> Self:
        """The library as it is now; an empty one if there is no file. Nothing is written.

        One written by a newer cryrec is read as far as it can be understood.
        """
        effort = Effort()
        library = cls(path, connect(":memory:", effort), effort, patience)
        try:
            with library._explained("read"):
                library._read()
        except BaseException:
            library.close()
            raise
        return library

    @classmethod
    def open_for_writing(
        cls, path: Path, patience: Patience = WRITING
    ) -> Self:
        """The library, made if there is none (folder 0700, file 0600), brought forward if old.

        A file that is not cryrec's, damaged, or of a newer cryrec is refused and left as it is.
        """
        effort = Effort()
        with (
            cls.open_for_reading(path, patience) as reader,
            reader._explained("write"),
        ):
            if reader._newer:
                raise refuse_newer()
            real = Path(os.path.realpath(path))
            real.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(real, os.O_RDWR | os.O_CREAT, 0o600))
            database = connect(address_of(real, "rw"), effort)
            library = cls(path, database, effort, patience)
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
            rows = self._db.execute(f"SELECT {_NAMES} FROM entry ORDER BY id")
            records = [dict(zip(_COLUMNS, row, strict=True)) for row in rows]
            return msgspec.convert(records, tuple[Entry, ...], strict=False)

    @property
    def ratings(self) -> dict[str, int]:
        """The ratings that count for taste, by id."""
        remembered = (entry for entry in self.entries if not entry.forgotten)
        return {
            entry.id: entry.rating
            for entry in remembered
            if entry.rating is not None
        }

    @property
    def offered(self) -> tuple[tuple[str, ...], ...]:
        """The ids that each of the last 20 conversations offered, the newest conversation first."""
        with self._explained("read"):
            newest_first = "SELECT ids FROM offered ORDER BY number DESC"
            rows = self._db.execute(newest_first).fetchall()
            decoder = msgspec.json.Decoder(tuple[str, ...])
            return tuple(decoder.decode(ids) for (ids,) in rows)

    @property
    def last_change(self) -> str | None:
        """The label of what `undo` would take back; None if there is nothing."""
        with self._explained("read"):
            newest_first = "SELECT label FROM log ORDER BY number DESC"
            row = self._db.execute(newest_first).fetchone()
            return None if row is None else str(row[0])

    def change(self, decide: Decide, label: str) -> tuple[Change, ...]:
        """Make the entries what `decide` says, as one change that `undo` takes back.

        An entry that says nothing new but its title or date is left as it was. What `decide` raises
        leaves everything as it was.
        """
        with self._changing():
            entries_before = self._by_id()
            decided = decide(entries_before)
            news = {
                entry_id: entry
                for entry_id, entry in decided.items()
                if _content(entries_before.get(entry_id)) != _content(entry)
            }
            changes = self._write(news)
            if changes:
                encoded = msgspec.json.encode(changes).decode()
                self._append("log", UNDO_KEPT, label=label, changes=encoded)
        return changes

    def record_avoided(self, change: AvoidChange) -> None:
        """Remember a change of the settings, so that `undo` takes it back in its turn."""
        encoded = msgspec.json.encode(change).decode()
        with self._changing():
            self._append(
                "log",
                UNDO_KEPT,
                label="settings",
                changes="[]",
                avoided=encoded,
            )

    def record_added(self, addition: Addition) -> None:
        """Remember a title of the person's own, so that `undo` takes it back in its turn."""
        encoded = msgspec.json.encode(addition).decode()
        with self._changing():
            self._append(
                "log", UNDO_KEPT, label="add", changes="[]", added=encoded
            )

    def undo(
        self, restore: Restore, take_out: TakeOut = leave
    ) -> Undone | None:
        """Take the last change back, whole; None if there is none. There is no redo.

        What `restore` or `take_out` raises leaves everything as it was.
        """
        with self._changing():
            columns = "number, label, changes, avoided, added"
            last = f"SELECT {columns} FROM log ORDER BY number DESC LIMIT 1"
            row = self._db.execute(last).fetchone()
            if row is None:
                return None
            number, label, changes, avoided, added = row
            self._db.execute("DELETE FROM log WHERE number = ?", (number,))
            logged_changes = msgspec.json.decode(
                changes, type=tuple[Change, ...]
            )
            undoing = {change.id: change.before for change in logged_changes}
            undone_changes = self._write(undoing)
            restored = None
            if avoided is not None:
                restored = restore(
                    msgspec.json.decode(avoided, type=AvoidChange)
                )
            taken_out = None
            if added is not None:
                addition = msgspec.json.decode(added, type=Addition)
                taken_out = addition if take_out(addition) else None
            return Undone(label, undone_changes, restored, taken_out)

    def record_offered(self, ids: Sequence[str]) -> None:
        """Remember what a conversation offered. This is history, not a change to undo."""
        encoded = msgspec.json.encode(ids).decode()
        with self._changing():
            self._append("offered", OFFERED_KEPT, ids=encoded)

    def _read(self) -> None:
        """Fill the memory with what is in the file, having looked at all that will be asked for."""
        load(Path(os.path.realpath(self._path)), self._db, self._patience)
        self._newer = is_newer(self._db)
        check_schema(self._db)
        if not self._newer:
            check_content(self._db)
            migrate(self._db)
        self._db.execute("PRAGMA query_only = ON")
        _ = self.entries, self.offered, self.last_change

    def _by_id(self) -> dict[str, Entry]:
        return {entry.id: entry for entry in self.entries}

    def _write(
        self, entries: Mapping[str, Entry | None]
    ) -> tuple[Change, ...]:
        """Make the entries of these ids what they are given as; None takes one out."""
        entries_before = self._by_id()
        replaced = [
            (entry_id,) for entry_id in entries if entry_id in entries_before
        ]
        rows = [_row(entry) for entry in entries.values() if entry is not None]
        self._db.executemany("DELETE FROM entry WHERE id = ?", replaced)
        self._db.executemany(
            f"INSERT INTO entry ({_NAMES}) VALUES ({_MARKS})", rows
        )
        return tuple(
            Change(entry_id, entries_before.get(entry_id), entry)
            for entry_id, entry in entries.items()
        )

    def _append(self, table: str, most_rows: int, **cells: str) -> None:
        """Add a row to a table whose rows are numbered, and drop the oldest of too many."""
        columns = ", ".join(cells)
        marks = ", ".join("?" * len(cells))
        insert = f"INSERT INTO {table} ({columns}) VALUES ({marks})"
        self._db.execute(insert, tuple(cells.values()))
        oldest = f"SELECT max(number) - {most_rows} FROM {table}"
        self._db.execute(f"DELETE FROM {table} WHERE number <= ({oldest})")

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """One transaction, which has the lock from its beginning and ends whole or not at all.

        The file may have become another one since it was read, so it is looked at again.
        """
        with self._explained("write"):
            self._wait_for("BEGIN IMMEDIATE")
            try:
                if is_newer(self._db):
                    raise refuse_newer()
                check_schema(self._db)
                migrate(self._db)
                yield
                self._wait_for("COMMIT")
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    def _wait_for(self, statement: str) -> None:
        self._patience.until_free(lambda: self._db.execute(statement))

    @contextmanager
    def _explained(self, doing: str) -> Iterator[None]:
        """Turn whatever the system or SQLite says into a LibraryProblem, and a stop into Ctrl-C."""
        self._effort.begin()
        try:
            yield
        except Refused as error:
            raise LibraryProblem(self._path, *error.args) from None
        except sqlite3.ProgrammingError:
            raise  # a mistake of whoever called, which no file has made
        except (
            OSError,
            sqlite3.Error,
            msgspec.MsgspecError,
            ValueError,
            RecursionError,
        ) as error:
            if is_interrupted(error) and not self._effort.is_spent():
                raise KeyboardInterrupt from None
            raise explained(self._path, error, doing, self._newer) from error


def _content(entry: Entry | None) -> object:
    """What an entry says that is worth a change."""
    return entry and (entry.status, entry.rating, entry.forgotten)


def _row(entry: Entry) -> tuple[object, ...]:
    return tuple(getattr(entry, column) for column in _COLUMNS)
