"""Once a line comes in, reads until there are so many titles: `reader.py PATH NUMBER`."""

from __future__ import annotations

import sys
from pathlib import Path

from faults.child import end, ids


def main(path: Path) -> None:
    sys.stdin.readline()
    known = 0
    while known < int(sys.argv[2]):
        found = ids(path)
        assert len(found) % 2 == 0, found
        assert len(found) >= known, found
        known = len(found)


end(main)
