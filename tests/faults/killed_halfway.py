"""Kills itself in the middle of a transaction, with pages in the file: `killed_halfway.py PATH`."""

from __future__ import annotations

import os
import signal
import sqlite3
from pathlib import Path

from faults.child import end


def main(path: Path) -> None:
    database = sqlite3.connect(path, isolation_level=None)
    database.execute(
        "PRAGMA cache_size = 1"
    )  # so that pages go to the file before the end
    database.execute("BEGIN IMMEDIATE")
    database.execute("UPDATE entry SET title = 'changed', status = 'later'")
    database.execute("DELETE FROM log")
    for number in range(2000):
        row = f"half-{number}", "title " * 20, "seen", None, "", 0
        database.execute("INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?)", row)
    os.kill(os.getpid(), signal.SIGKILL)


end(main)
