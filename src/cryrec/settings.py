"""What a person said once and for all: the content notes to steer clear of in every run.

A settings file that cannot be understood stops cryrec rather than being passed over: it may hold
what somebody must not be shown.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import tomli
from msgspec import Struct

from cryrec.errors import FileProblem, UnusableFile
from cryrec.files import PRIVATE, write_whole
from cryrec.models import NoteId


class Settings(Struct, frozen=True, forbid_unknown_fields=True):
    """`avoid` is None as long as nobody has asked for anything to be remembered."""

    avoid: tuple[NoteId, ...] | None = None


class BadSettings(FileProblem):
    """A settings file that does not hold."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"the settings {path} are damaged: {problem}; mend or remove the file")


def load(path: Path) -> Settings:
    """The settings in the file at `path`; those of a new person if there is none.

    Raises BadSettings or UnusableFile.
    """
    try:
        return msgspec.convert(tomli.loads(path.read_text(encoding="utf-8")), Settings)
    except (FileNotFoundError, NotADirectoryError):
        return Settings()
    except OSError as error:
        raise UnusableFile("read the settings", path, error.strerror or str(error)) from error
    except (ValueError, msgspec.ValidationError) as error:
        raise BadSettings(path, " ".join(str(error).split())) from error


def save(path: Path, settings: Settings) -> None:
    """Write the settings, whole or not at all; raises UnusableFile."""
    notes = ", ".join(f'"{note}"' for note in settings.avoid or ())
    text = f"# What cryrec always steers clear of. Changed by: cryrec config\navoid = [{notes}]\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise UnusableFile("write the settings", path, error.strerror or str(error)) from error
    write_whole(path, text, mode=PRIVATE, doing="write the settings")
