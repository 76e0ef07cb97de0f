"""Asks a library something that has no end, until somebody stops it: `endless.py PATH`."""

from __future__ import annotations

from pathlib import Path

from faults.child import end
from faults.tampering import ENDLESS

from cryrec.library.store import Library


def main(path: Path) -> None:
    with Library.open_for_reading(path) as library, library._explained("read"):
        print("begun", flush=True)
        library._db.execute(f"SELECT max(x) FROM ({ENDLESS})").fetchone()


end(main)
