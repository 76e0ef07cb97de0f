"""Reads, writes and undoes in one process, and prints how each was refused: `attempts.py PATH`."""

from __future__ import annotations

from pathlib import Path

from faults.child import end, ids, undo_last, write

from cryrec.errors import CryrecError


def main(path: Path) -> None:
    for attempt in (ids, lambda path: write(path, "new"), undo_last):
        try:
            attempt(path)
            print("worked")
        except CryrecError as error:
            print(error.exit_code.value, error)


end(main)
