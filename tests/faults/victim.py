"""Once a line comes in, writes without pause until somebody kills it: `victim.py PATH`."""

from __future__ import annotations

import sys
from pathlib import Path

from faults.child import end

from cryrec.library.store import Library


def main(path: Path) -> None:
    sys.stdin.readline()
    with Library.open_for_writing(path) as library:
        while True:
            library.record_offered(
                [f"offer-{number}" for number in range(500)]
            )
            print("offered", flush=True)


end(main)
