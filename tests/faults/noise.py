"""Changes bytes of a library at random, 150 times, and uses what comes of it: `noise.py PATH SEED`.

Prints what happened: worked, refused.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from faults.child import end, read, tree, undo_last, write

from cryrec.errors import CryrecError


def noisy(whole: bytes, chance: random.Random) -> bytes:
    """The same with a few other bytes, and now and then without its end."""
    data = bytearray(whole)
    for _ in range(chance.choice((1, 1, 3, 30))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if chance.random() < 0.2:
        del data[chance.randrange(1, len(data)) :]
    return bytes(data)


def main(path: Path) -> None:
    chance = random.Random(int(sys.argv[2]))
    whole = path.read_bytes()
    outcomes = set()
    for _ in range(150):
        for attempt in (read, lambda path: write(path, "new"), undo_last):
            data = noisy(whole, chance)
            path.write_bytes(data)
            try:
                attempt(path)
                outcomes.add("worked")
            except CryrecError as error:
                assert error.exit_code == 4, error
                assert str(path) in str(error), error
                assert "\n" not in str(error), error
                outcomes.add("refused")
                assert tree(path.parent) == {path.name: data}
    print(*sorted(outcomes))


end(main)
