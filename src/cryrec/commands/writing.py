"""Files that somebody asked for by name."""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile

from cryrec.errors import UnusableFile


def write_file(path: Path, text: str) -> None:
    """Write a file whole or not at all, so that a full disk leaves an older one as it was."""
    try:
        with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            file.write(text)
        Path(file.name).replace(path)
    except OSError as error:
        raise UnusableFile("write", path, error.strerror or str(error)) from error
