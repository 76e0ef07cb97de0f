"""Reads and writes a file in a folder that keeps everybody out: `save.py PATH`, unprivileged."""

from __future__ import annotations

from pathlib import Path

from faults.child import drop_privileges, end

from cryrec.errors import CryrecError
from cryrec.files import write_whole
from cryrec.settings import load


def main(path: Path) -> None:
    drop_privileges()
    for attempt in (load, lambda path: write_whole(path, "new")):
        try:
            attempt(path)
            print("worked")
        except CryrecError as error:
            print(error.exit_code.value, error)


end(main)
