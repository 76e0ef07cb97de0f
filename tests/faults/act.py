"""Reads the ids, marks "new" as seen, or takes the last change back: `act.py PATH WORD... ACTION`.

The words before the action make it harder: `unprivileged`, `no-room`, `no-locks`.
"""

from __future__ import annotations

import ctypes
import platform
import resource
import signal
import struct
import sys
from errno import ENOLCK
from pathlib import Path

from faults.child import drop_privileges, end, ids, undo_last, write


def no_room() -> None:
    """No file may have a byte."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def no_locks() -> None:
    """Every lock is refused, as in a folder on the network that knows none.

    A filter of the kernel's on system calls: `fcntl` to set a lock fails, anything else passes.
    """
    number, architecture = {
        "x86_64": (72, 0xC000003E),
        "aarch64": (25, 0xC00000B7),
    }[platform.machine()]
    load, equal, answer = 0x20, 0x15, 0x06
    program = [
        (load, 0, 0, 4),  # the architecture
        (equal, 0, 5, architecture),
        (load, 0, 0, 0),  # the number of the call
        (equal, 0, 3, number),
        (load, 0, 0, 24),  # its second argument
        (equal, 0, 1, 6),  # F_SETLK
        (answer, 0, 0, 0x00050000 | ENOLCK),
        (answer, 0, 0, 0x7FFF0000),  # let it pass
    ]
    code = b"".join(struct.pack("HBBI", *step) for step in program)
    buffer = ctypes.create_string_buffer(code)
    header = struct.pack("HxxxxxxP", len(program), ctypes.addressof(buffer))
    libc = ctypes.CDLL(None, use_errno=True)
    assert libc.prctl(38, 1, 0, 0, 0) == 0  # PR_SET_NO_NEW_PRIVS
    assert libc.prctl(22, 2, header, 0, 0) == 0, (
        ctypes.get_errno()
    )  # PR_SET_SECCOMP, filtering


HARDER = {
    "unprivileged": drop_privileges,
    "no-room": no_room,
    "no-locks": no_locks,
}

ACTIONS = {
    "read": lambda path: print(*ids(path)),
    "write": lambda path: write(path, "new"),
    "undo": undo_last,
}


def main(path: Path) -> None:
    *harder, action = sys.argv[2:]
    for word in harder:
        HARDER[word]()
    ACTIONS[action](path)


end(main)
