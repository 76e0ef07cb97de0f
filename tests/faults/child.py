"""What the programs in this folder share: each is run by a test, does one thing to a library whose
path is its first word, and ends as cryrec would.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from cryrec.errors import CryrecError
from cryrec.library.entries import AvoidChange, Change, Entry, Status, Undone
from cryrec.library.store import Library


def entry(name: object, rating: int | None = None) -> Entry:
    """A title that was seen."""
    return Entry(
        str(name),
        f"Title of {name}",
        Status.SEEN,
        rating,
        "2026-01-02T03:04:05Z",
    )


def put(
    library: Library, entries: Iterable[Entry], label: str = "seen"
) -> tuple[Change, ...]:
    """Add or replace entries."""
    wanted = {each.id: each for each in entries}
    return library.change(lambda _: wanted, label)


def remove(
    library: Library, names: Iterable[str], label: str = "forget"
) -> tuple[Change, ...]:
    """Take entries out."""
    wanted = dict.fromkeys(names)
    return library.change(lambda _: wanted, label)


def keep(change: AvoidChange) -> AvoidChange:
    """Settings that nobody keeps, and that are therefore taken back without a file."""
    return AvoidChange(change.after, change.before)


def undo(library: Library) -> tuple[Change, ...]:
    """Take the last change back; nothing if there is none."""
    undone = library.undo(keep)
    return () if undone is None else undone.changes


def read(path: Path) -> tuple[object, ...]:
    """All that a library tells."""
    with Library.open_for_reading(path) as library:
        return library.entries, library.offered, library.last_change


def write(path: Path, *names: object) -> None:
    """Mark titles as seen."""
    with Library.open_for_writing(path) as library:
        put(library, map(entry, names))


def undo_last(path: Path) -> Undone | None:
    """Open the library and take the last change back."""
    with Library.open_for_writing(path) as library:
        return library.undo(keep)


def ids(path: Path) -> list[str]:
    """The ids of all entries."""
    with Library.open_for_reading(path) as library:
        return [each.id for each in library.entries]


def tree(folder: Path) -> dict[str, bytes | None]:
    """Every byte in a folder."""
    found = folder.rglob("*")
    return {
        str(p.relative_to(folder)): p.read_bytes() if p.is_file() else None
        for p in found
    }


def drop_privileges() -> None:
    """From here on permissions hold for root too."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "capset"):
        header, none = (
            (ctypes.c_uint32 * 2)(0x20080522, 0),
            (ctypes.c_uint32 * 6)(),
        )
        assert libc.capset(header, none) == 0


def end(main: Callable[[Path], object]) -> None:
    """Run `main` on the library that the command line names, and exit as cryrec does."""
    try:
        main(Path(sys.argv[1]))
    except CryrecError as error:
        print(error, file=sys.stderr)
        sys.exit(error.exit_code)
