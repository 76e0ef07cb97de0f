"""Writes or undoes where the room ends anywhere, in steps of 512 bytes: `full.py PATH ACTION`.

Prints how often there was not enough.
"""

from __future__ import annotations

import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from faults.child import end, ids, read, tree, undo_last, write

from cryrec.errors import CryrecError

ACTIONS: dict[str, Callable[[Path], object]] = {
    "adding": lambda path: write(path, *range(300)),
    "undoing": undo_last,
}


def is_done(path: Path, act: Callable[[Path], object], limit: int) -> bool:
    """Whether it could be done with files of at most `limit` bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        act(path)
    except CryrecError as error:
        assert error.exit_code == 4, error
        assert "cannot be written" in str(error), error
        return False
    finally:
        resource.setrlimit(
            resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2
        )
    return True


def main(path: Path) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    act = ACTIONS[sys.argv[2]]
    old, whole = repr(read(path)), path.read_bytes()
    refusals, done = 0, False
    looked_at: list[object] = []
    for limit in range(0, 2 * len(whole) + 40000, 512):
        for file in path.parent.iterdir():
            file.unlink()
        path.write_bytes(whole)
        done = is_done(path, act, limit)
        refusals += not done
        came_of_it = (done, tree(path.parent))
        if (
            came_of_it not in looked_at
        ):  # what is byte for byte the same does the same
            looked_at.append(came_of_it)
            assert (repr(read(path)) != old) == done
            write(path, "after")
            assert "after" in ids(path)
            assert set(tree(path.parent)) == {path.name}
    assert done
    print(refusals)


if __name__ == "__main__":
    end(main)
