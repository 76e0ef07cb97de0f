"""Stops a write before and after every single system call: `killed_everywhere.py PATH NAME`.

Whatever lies on the disk there is read, without a byte being changed, and written to again; and at
every few of the calls the write is killed. Prints a JSON report of the states that were found.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from faults.child import end, entry, put, read, remove, undo_last, write

from cryrec.library import schema
from cryrec.library.entries import AvoidChange, forget_ratings
from cryrec.library.store import Library
from cryrec.models import NoteId

TRACEME, STEP = 0, 24

LIBC = ctypes.CDLL(None, use_errno=True)
LIBC.ptrace.argtypes = [ctypes.c_long] * 4

EVERY = 7
"""Steps from one kill to the next: what a kill leaves is what lay there, so a few prove it."""


class Write(NamedTuple):
    """What is done while somebody kills, and how the library came about before."""

    act: Callable[[Path], object]
    arrange: Callable[[Path], object]


def _remove(path: Path) -> None:
    with Library.open_for_writing(path) as library:
        remove(library, ["old"])


def _rate(path: Path) -> None:
    with Library.open_for_writing(path) as library:
        put(library, [entry("old", 5)])


def _reset_taste(path: Path) -> None:
    with Library.open_for_writing(path) as library:
        library.change(forget_ratings, "taste")


def _offer(path: Path) -> None:
    with Library.open_for_writing(path) as library:
        library.record_offered(["a", "b"])


def _avoid(path: Path) -> None:
    with Library.open_for_writing(path) as library:
        library.record_avoided(AvoidChange(None, (NoteId.WAR,)))


def _later_version(database: sqlite3.Connection) -> None:
    database.execute("ALTER TABLE entry ADD COLUMN mood TEXT")
    database.execute("UPDATE entry SET title = upper(title)")


LATER = (*schema.MIGRATIONS, _later_version)


def _migrate(path: Path) -> None:
    schema.MIGRATIONS = LATER
    Library.open_for_writing(path).close()


def _old_and_many(path: Path) -> None:
    write(path, "old")
    write(path, *range(300))


WRITES = {
    "first": Write(lambda path: write(path, "a", "b"), lambda path: None),
    "put": Write(
        lambda path: write(path, "a"), lambda path: write(path, "old")
    ),
    "import": Write(
        lambda path: write(path, *range(300)),
        lambda path: write(path, *range(150, 400)),
    ),
    "remove": Write(_remove, lambda path: write(path, "old", "b")),
    "undo": Write(undo_last, _old_and_many),
    "taste": Write(_reset_taste, _rate),
    "offered": Write(_offer, lambda path: write(path, "old")),
    "settings": Write(_avoid, lambda path: write(path, "old")),
    "migration": Write(_migrate, lambda path: write(path, *range(300))),
}


def files(folder: Path) -> dict[str, bytes]:
    """The files in a folder, which need not exist."""
    found = folder.iterdir() if folder.exists() else ()
    return {file.name: file.read_bytes() for file in found}


def arrange(folder: Path, content: dict[str, bytes]) -> None:
    """Make the folder hold exactly these files; a folder without any does not exist."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in content.items():
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)


def started(act: Callable[[], object]) -> int:
    """A process that is about to act, stopped before its first way into the system."""
    child = os.fork()
    if not child:
        LIBC.ptrace(TRACEME, 0, 0, 0)
        os.kill(os.getpid(), signal.SIGSTOP)
        act()
        os._exit(0)
    os.waitpid(child, 0)
    return child


def goes_on(child: int) -> bool:
    """Whether a stopped process lives until its next way in or out of the system."""
    assert LIBC.ptrace(STEP, child, 0, 0) == 0
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status):
        assert os.WEXITSTATUS(status) == 0
        return False
    assert os.WIFSTOPPED(status)
    assert os.WSTOPSIG(status) == signal.SIGTRAP
    return True


def moments(
    folder: Path, act: Callable[[], object]
) -> Iterator[dict[str, bytes]]:
    """What lies in the folder each time that a process which acts goes in or out of the system.

    The process is stopped there, so it is what it would leave if it were killed.
    """
    child = started(act)
    yield files(folder)
    while goes_on(child):
        yield files(folder)
    yield files(folder)


def kill(act: Callable[[], object], step: int) -> None:
    """Kill a process that acts, at its `step`th way in or out of the system or at its end."""
    child = started(act)
    if all(goes_on(child) for _ in range(step)):
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL


def check(path: Path, left: dict[str, bytes]) -> str:
    """The state of what is left, having looked that it is read untouched and can be written to."""
    state = repr(read(path))
    assert left == files(path.parent), "reading has changed something"
    known, schema.MIGRATIONS = schema.MIGRATIONS, LATER
    write(path, "next")
    assert repr(entry("next")) in repr(read(path))
    schema.MIGRATIONS = known
    assert set(files(path.parent)) == {path.name}
    return state


def main(path: Path) -> None:
    folder, name = path.parent, sys.argv[2]
    write(path)  # what is imported late is imported now
    path.unlink()
    WRITES[name].arrange(path)
    before = files(folder) if path.exists() else {}
    arrange(folder, before)
    old = repr(read(path))
    arrange(folder, before)

    def act() -> object:
        return WRITES[name].act(path)

    def checked(left: dict[str, bytes]) -> str:
        arrange(folder, left)
        return check(path, left)

    lefts = list(moments(folder, act))
    states = [checked(left) for left, _ in groupby(lefts)]
    new = states[-1]
    for step in range(0, len(lefts), EVERY):
        arrange(folder, before)
        kill(act, step)
        states.append(check(path, files(folder)))
    report = {
        "strange": [state for state in states if state not in (old, new)],
        "old": states.count(old),
        "new": states.count(new),
        "journals": sum(
            any(left.get(f"{path.name}-journal", b"")[:8]) for left in lefts
        ),
        "same": old == new,
    }
    print(json.dumps(report))


if __name__ == "__main__":
    end(main)
