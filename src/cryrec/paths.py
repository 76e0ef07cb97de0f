"""Where a person's own files live: in the platform's own folders, or all below CRYREC_HOME."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from cryrec.errors import FileProblem, quoted

NAMED_CATALOGUE: Final = "CRYREC_CATALOGUE"
"""The variable that names one catalogue file more."""


def config_path() -> Path:
    """The settings file; it need not exist. Raises FileProblem as `library_path` does."""
    return _folder("user_config_path") / "config.toml"


def library_path() -> Path:
    """The library; it need not exist. FileProblem if CRYREC_HOME begins with "~" and no home."""
    return _folder("user_data_path") / "library.db"


def catalogues_path() -> Path:
    """The folder of the person's own catalogue files; it need not exist."""
    return _folder("user_config_path") / "catalogues"


def named_catalogue() -> Path | None:
    """The catalogue file that CRYREC_CATALOGUE names; None if it names none."""
    path = os.environ.get(NAMED_CATALOGUE)
    return Path(path) if path else None


def cache_path() -> Path:
    """What was worked out from the catalogue files and can be worked out again; need not exist."""
    home = os.environ.get("CRYREC_HOME")
    folder = Path(home, "cache") if home else _folder("user_cache_path")
    return folder / "catalogue.bin"


def cache_folders() -> tuple[Path, ...]:
    """The folders around that file which may be made, the outer one first."""
    folder = cache_path().parent
    return (
        (folder,) if os.environ.get("CRYREC_HOME") else (folder.parent, folder)
    )


def _folder(kind: str) -> Path:
    """CRYREC_HOME if it is set and not empty, else the platform's folder of that kind."""
    home = os.environ.get("CRYREC_HOME")
    if home:
        return _expanded(home)
    import platformdirs  # 8 ms, and not needed where CRYREC_HOME says everything

    # An account without a home gets an error or, from older versions, a literal "~", which must not
    # become a folder right here. Below the null device nothing can be found, and nothing be made.
    folder = Path("~")
    with suppress(RuntimeError):
        folder = getattr(platformdirs, kind)("cryrec", appauthor=False)
    return folder if folder.is_absolute() else Path(os.devnull, "cryrec")


def _expanded(home: str) -> Path:
    """The folder that CRYREC_HOME names, "~" and "~somebody" being homes as in a shell.

    A shell has done this already, but not a service's unit, a crontab or an `.env` file.
    """
    if not home.startswith("~"):
        return Path(home)
    with suppress(RuntimeError):
        folder = Path(home).expanduser()
        if folder.is_absolute() and os.environ.get("HOME") != "":
            return folder
    raise FileProblem(
        f"CRYREC_HOME is {quoted(home)}, and there is no such home; write it out"
    )
