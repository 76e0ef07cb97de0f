"""Files read with a bound, and written whole or not at all: settings, exports, pictures.

A new text goes into a temporary file beside the old one, which then takes its name. So a full
disk, a kill or Ctrl-C leaves either the old file or the new one; only a kill can leave the
temporary one as well.
"""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from cryrec.errors import UnusableFile

PRIVATE: Final = 0o600
"""The mode of a new file that is about a person: nobody else may read it."""

PUBLIC: Final = 0o666
"""The mode of any other new file, before the umask."""

_NEW_FILE: Final = (
    os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
)


def read_plain(path: Path, most: int) -> bytes | None:
    """All bytes of a plain file of at most `most`; None if there is no file of that name.

    Only that passes. A link that leads nowhere, a pipe, a device, anything that cannot be read is
    an OSError, whose `reason` says what it is: there may be something that has to be heeded.
    """
    try:
        _refuse_all_but_files(path)
        with path.open("rb") as file:
            content = file.read(most + 1)
    except (FileNotFoundError, NotADirectoryError):
        _refuse_broken_links(path)
        return None
    if len(content) > most:
        raise OSError(errno.EFBIG, f"it is larger than {most // 1024} KB")
    return content


def is_missing(path: Path) -> bool:
    """Whether nothing lies at `path`; False, too, where nobody can tell."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def write_whole(
    path: Path,
    content: str | bytes,
    *,
    mode: int = PUBLIC,
    doing: str = "write",
) -> None:
    """Put `content` into the file at `path`; text in UTF-8.

    A link is followed, a file that is replaced keeps its mode, and a new one gets `mode` less the
    umask. File and folder reach the disk before this returns. `doing` is what the error says that
    could not be done. Raises UnusableFile.
    """
    try:
        content = (
            content.encode("utf-8") if isinstance(content, str) else content
        )
        mode = _mode_for(path, mode)
        _replace(Path(os.path.realpath(path)), content, mode)
    except (OSError, ValueError) as error:
        raise UnusableFile(doing, path, reason(error, path)) from error


def reason(error: Exception, path: Path) -> str:
    """What an error says of `path`, in a few words; a folder that keeps everybody out is named."""
    message = getattr(error, "strerror", None) or str(error)
    if not isinstance(error, PermissionError):
        return message
    for folder in reversed(path.absolute().parents):
        if not os.access(folder, os.X_OK):
            return f"{message}: the folder {folder} may not be searched"
    return message


def _refuse_all_but_files(path: Path) -> None:
    """Raise OSError where `path` is a folder, a device or a pipe: some of them never end."""
    mode = path.stat().st_mode
    if stat.S_ISREG(mode):
        return
    kind = "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"
    raise OSError(errno.EINVAL, f"it is {kind}, not a file")


def _refuse_broken_links(path: Path) -> None:
    """Raise OSError where a link on the way to `path` leads nowhere."""
    for place in (path, *path.parents):
        if place.is_symlink() and not place.exists():
            link = "it" if place == path else str(place)
            raise OSError(errno.ENOENT, f"{link} is a link that leads nowhere")


def _mode_for(path: Path, mode: int) -> int:
    """The mode of the file at `path`, which must be one; that of a new file if there is none."""
    try:
        _refuse_all_but_files(path)
        if not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, "it is read-only")
        return stat.S_IMODE(path.stat().st_mode)
    except FileNotFoundError:
        # The umask can only be read by setting it.
        umask = os.umask(0)
        os.umask(umask)
        return mode & ~umask


def _replace(target: Path, content: bytes, mode: int) -> None:
    # A name that is known before there is a file can be removed whenever Ctrl-C comes.
    temporary = target.with_name(f".cryrec-{os.urandom(8).hex()}")
    try:
        handle = os.open(temporary, _NEW_FILE, PRIVATE)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
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
