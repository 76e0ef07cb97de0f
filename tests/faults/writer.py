"""Once a line comes in, writes twelve pairs of titles: `writer.py PATH NUMBER`."""

from __future__ import annotations

import sys
from pathlib import Path

from faults.child import end, write


def main(path: Path) -> None:
    sys.stdin.readline()
    for number in range(12):
        write(
            path,
            f"{sys.argv[2]}-{number:02}-a",
            f"{sys.argv[2]}-{number:02}-b",
        )


end(main)
