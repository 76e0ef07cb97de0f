"""A file written whole or not at all: settings, exports, pictures.

The new text goes into a temporary file beside the old one, which then takes its name. So a full
disk, a kill or Ctrl-C leaves either the old file or the new one, and nothing else in the folder.
"""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from cryrec.errors import UnusableFile

PRIVATE: Final = 0o600
"""The mode of a new file that is about a person: nobody else may read it."""

PUBLIC: Final = 0o666
"""The mode of any other new file, before the umask."""


def write_whole(path: Path, text: str, *, mode: int = PUBLIC, doing: str = "write") -> None:
    """Put `text` into the file at `path`, in UTF-8.

    A link is followed, a file that is replaced keeps its mode, and a new one gets `mode` less the
    umask. File and folder reach the disk before this returns. `doing` is what the error says that
    could not be done. Raises UnusableFile.
    """
    try:
        target = Path(os.path.realpath(path, strict=False))
        _refuse_all_but_files(target)
        _replace(target, text, _mode_for(target, mode))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnusableFile(doing, path, reason) from error


def _refuse_all_but_files(target: Path) -> None:
    """Raise OSError where `target` is a folder, a device or a pipe: replacing it would lose it."""
    with suppress(FileNotFoundError):
        if not stat.S_ISREG(target.stat().st_mode):
            raise OSError("it is no regular file")


def _mode_for(target: Path, mode: int) -> int:
    """The mode of the file at `target`; that of a new file if there is none."""
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        # The umask can only be read by setting it.
        umask = os.umask(0)
        os.umask(umask)
        return mode & ~umask


def _replace(target: Path, text: str, mode: int) -> None:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".cryrec-")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            temporary.chmod(mode)
            os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make the new name reach the disk; some systems cannot open a folder, and need not."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
