"""Getting at the bytes of a library, and saying what is wrong with them.

Nothing is handed to SQLite that is not a plain file with cryrec's mark, and nothing it does may
take for ever, be deaf to Ctrl-C, or wait longer for other programs than a person would.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from cryrec.errors import FileProblem, printable
from cryrec.files import reason
from cryrec.library.schema import APPLICATION_ID, version

MOST_BYTES: Final = 256 * 2**20
"""Of a library. A hundred thousand entries and their import, to be undone, take a tenth of it."""

MOST_BYTES_OF_A_ROW: Final = 64 * 2**20
"""An import of a hundred thousand entries, as one change to undo, takes a third of it."""

MOST_STEPS: Final = 100_000_000
"""Of SQLite's machine in one go. Writing a hundred thousand entries takes a tenth of it."""

STEPS_AT_ONCE: Final = 10_000
"""Between two looks at whether to go on: less than a millisecond."""

PAUSE: Final = 0.02
"""Seconds between two attempts to get a lock that others hold for milliseconds."""

SILENCE: Final = 1.0
"""Seconds from which somebody wants to know what is being waited for."""

_T = TypeVar("_T")


class LibraryProblem(FileProblem):
    """A library that cannot be read or written: what is wrong with it, and what to do."""

    def __init__(self, path: Path, wrong: str, remedy: str) -> None:
        super().__init__(
            f"the library {printable(str(path))} {wrong}; {remedy}"
        )


class Refused(Exception):
    """What is wrong and what to do, raised where the path is not known."""


def _say_nothing() -> None:
    """Wait silently."""


class Patience(NamedTuple):
    """How many seconds to wait for a lock, and what to do after the first of them.

    SQLite's own waiting neither says anything nor hears Ctrl-C. So it is told not to wait at all,
    and is asked again.
    """

    seconds: float
    tell: Callable[[], object] = _say_nothing

    def until_free(self, attempt: Callable[[], _T]) -> _T:
        """What `attempt` returns, once no other program keeps it from its lock."""
        begun = time.monotonic()
        silent = True
        while True:
            try:
                return attempt()
            except sqlite3.OperationalError as error:
                waited = time.monotonic() - begun
                if (
                    _code(error) != sqlite3.SQLITE_BUSY
                    or waited >= self.seconds
                ):
                    raise
            if silent and waited >= SILENCE:
                self.tell()
                silent = False
            time.sleep(PAUSE)


READING: Final = Patience(2.0)
WRITING: Final = Patience(10.0)


class Effort:
    """The work SQLite has done since the beginning of a task, and the bound on it.

    Python hears Ctrl-C only while it runs code of its own, and during a query that is this.
    """

    def __init__(self) -> None:
        self._looks = 0

    def begin(self) -> None:
        """A new task."""
        self._looks = 0

    def __call__(self) -> bool:
        """Count; whether to stop."""
        self._looks += 1
        return self.is_spent()

    def is_spent(self) -> bool:
        """Whether the task took more than any library can need."""
        return self._looks > MOST_STEPS // STEPS_AT_ONCE


def connect(address: str, effort: Effort) -> sqlite3.Connection:
    """A database that never waits, runs nothing on its own, and can be stopped."""
    database = sqlite3.connect(
        address, uri=True, timeout=0, isolation_level=None
    )
    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MOST_BYTES_OF_A_ROW)
    database.execute("PRAGMA trusted_schema = OFF")
    database.set_progress_handler(effort, STEPS_AT_ONCE)
    return database


def address_of(real: Path, mode: str) -> str:
    """The file as SQLite is told of it: "ro" to read, "rw" to write what is there."""
    return f"{real.as_uri()}?mode={mode}"


def load(real: Path, memory: sqlite3.Connection, patience: Patience) -> None:
    """Copy the file at `real` into `memory`; nothing if there is none, or none was finished."""
    while _is_ours(real):
        try:
            _copy(real, "ro", memory, patience)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_READONLY_ROLLBACK:
                raise
        else:
            return
        if _copy_rolled_back(real, memory, patience):
            return


def _is_ours(real: Path) -> bool:
    """Whether there is a library; refuses anything else before SQLite gets to see it."""
    try:
        _refuse_all_but_files(real, "is")
    except (FileNotFoundError, NotADirectoryError):
        return False
    with real.open("rb") as file:
        head = file.read(100)
    if not head:
        return False
    application_id = APPLICATION_ID.to_bytes(4, "big")
    if head[:16] != b"SQLite format 3\0" or head[68:72] != application_id:
        raise Refused("is no file of cryrec's, or was cut short", _ELSEWHERE)
    if head[18:20] != b"\1\1" or os.path.lexists(f"{real}-wal"):
        wrong = "was changed by another program, to use a WAL"
        raise Refused(wrong, "change it back there")
    with suppress(FileNotFoundError):
        _refuse_all_but_files(_journal(real), "has a journal that is")
    return True


def _refuse_all_but_files(real: Path, it_is: str) -> None:
    """Refuse what is no plain file, such as a pipe that nobody writes to, or is too large."""
    facts = real.stat()
    if not stat.S_ISREG(facts.st_mode):
        raise Refused(f"{it_is} no file", _ELSEWHERE)
    if facts.st_size > MOST_BYTES:
        megabytes = MOST_BYTES // 2**20
        wrong = f"{it_is} larger than any of cryrec's, {megabytes} MB"
        raise Refused(wrong, _ELSEWHERE)


def _journal(real: Path) -> Path:
    """Where SQLite keeps what it is about to change."""
    return Path(f"{real}-journal")


def _copy(
    real: Path,
    mode: str,
    memory: sqlite3.Connection,
    patience: Patience,
) -> None:
    with closing(connect(address_of(real, mode), Effort())) as source:
        source.execute("BEGIN")
        # Takes the lock, with patience; `backup` alone would wait for ever.
        patience.until_free(lambda: version(source))
        (page,) = source.execute("PRAGMA page_size").fetchone()
        if (
            real.stat().st_size % page
        ):  # which SQLite would silently fill up with zeros
            raise sqlite3.DatabaseError("its end is missing")
        source.backup(memory)


def _copy_rolled_back(
    real: Path, memory: sqlite3.Connection, patience: Patience
) -> bool:
    """Copy what was there before a writer was killed; False if somebody has mended it since.

    A journal that stays the same holds all that is being changed in the file meanwhile.
    """
    # Loads OpenSSL, and is hardly ever needed.
    from tempfile import TemporaryDirectory

    journal = _journal(real)
    try:
        rollback = journal.read_bytes()
        pages = real.read_bytes()
        if journal.read_bytes() != rollback:
            return False
    except FileNotFoundError:
        return False
    with TemporaryDirectory(prefix="cryrec-") as folder:
        copy = Path(folder, real.name)
        copy.write_bytes(pages)
        _journal(copy).write_bytes(rollback)
        _copy(copy, "rw", memory, patience)
    return True


# --- what went wrong ----------------------------------------------------------------------------

_ELSEWHERE: Final = "move it away, or set CRYREC_HOME to another folder"
_ROOM: Final = "make room on the disk first"
_OWN: Final = (
    "give yourself the right to, or set CRYREC_HOME to another folder"
)
_BUSY: Final = (
    "is in use by another program, or its folder cannot be locked",
    "try again, or set CRYREC_HOME to another folder",
)
_WRONG: Final = {
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_PROTOCOL: _BUSY,
    sqlite3.SQLITE_NOLFS: _BUSY,
    sqlite3.SQLITE_FULL: ("cannot be {done}: the disk is full", _ROOM),
    sqlite3.SQLITE_IOERR: (
        "cannot be {done}: {error}",
        "see whether the disk is full or failing",
    ),
    sqlite3.SQLITE_READONLY: ("cannot be {done}: {error}", _OWN),
    sqlite3.SQLITE_CANTOPEN: ("cannot be {done}: {error}", _OWN),
    sqlite3.SQLITE_PERM: ("cannot be {done}: {error}", _OWN),
}
_DAMAGED: Final = (
    "is damaged, and was left as it is: {error}",
    "move it away and import an export",
)
_NEWER: Final = "was written by a newer cryrec", "update cryrec"
_ENDLESS: Final = (
    "is damaged, and was left as it is: reading it does not end",
    _DAMAGED[1],
)


def is_interrupted(error: Exception) -> bool:
    """Whether SQLite was stopped: by Ctrl-C, or because its effort was spent."""
    return _code(error) == sqlite3.SQLITE_INTERRUPT


def explained(
    path: Path,
    error: Exception,
    doing: str,
    newer: bool = False,
) -> LibraryProblem:
    """What the system or SQLite said while `doing` "read" or "write", for a person.

    A `newer` library that cannot be understood is not damaged, whatever it looks like.
    """
    if isinstance(error, OSError):
        wrong, remedy = _wrong_with_system(error)
        message = reason(error, path)
    else:
        wrong, remedy = _wrong_with_content(error, newer)
        message = " ".join(str(error).split())
    done = "read" if doing == "read" else "written"
    return LibraryProblem(path, wrong.format(done=done, error=message), remedy)


def refuse_newer() -> Refused:
    """That a newer cryrec wrote the file, so that this one must not."""
    return Refused(*_NEWER)


def _wrong_with_system(error: OSError) -> tuple[str, str]:
    is_full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    return "cannot be {done}: {error}", _ROOM if is_full else _OWN


def _wrong_with_content(error: Exception, newer: bool) -> tuple[str, str]:
    if is_interrupted(error):
        return _ENDLESS
    wrong = _WRONG.get(_code(error), _DAMAGED)
    return _NEWER if newer and wrong is _DAMAGED else wrong


def _code(error: Exception) -> int:
    """SQLite's primary result code; 0 where the error is not SQLite's."""
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF
