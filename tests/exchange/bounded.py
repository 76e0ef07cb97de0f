"""Run as a program: reads one list with no more memory than is given, and says what came of it.

python bounded.py FILE MEGABYTES
"""

from __future__ import annotations

import resource
import sys
from pathlib import Path

from cryrec.exchange.lists import BadImport, read


def in_use() -> int:
    """Bytes of address space that this process has."""
    pages = int(
        Path("/proc/self/statm").read_text(encoding="ascii").split()[0]
    )
    return pages * resource.getpagesize()


def main(path: str, megabytes: str) -> None:
    """Read the list at `path`, and print the refusal, or that it was read."""
    limit = in_use() + int(megabytes) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    try:
        reading = read(Path(path), [], "2025-01-01T12:00:00Z")
    except BadImport as error:
        sys.stdout.write(f"refused: {str(error).split(': ', 1)[1]}")
    else:
        sys.stdout.write(f"read: {reading.not_in_catalogue}")


if __name__ == "__main__":
    main(*sys.argv[1:])
