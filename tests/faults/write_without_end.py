"""Writes pairs of titles on and on, and reports each: `write_without_end.py PATH FIRST`."""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from faults.child import end, entry, put

from cryrec.library.store import Library


def main(path: Path) -> None:
    with Library.open_for_writing(path) as library:
        for number in count(int(sys.argv[2])):
            put(library, [entry(f"{number:06}-a"), entry(f"{number:06}-b")])
            print(number, flush=True)


end(main)
