"""What a person said once and for all: the content notes to steer clear of in every run.

A settings file that cannot be understood stops cryrec rather than being passed over: it may hold
what somebody must not be shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from pathlib import Path
from typing import Final

from msgspec import Struct

from cryrec.errors import BadNote, FileProblem, UnusableFile, quoted
from cryrec.files import PRIVATE, read_plain, reason, write_whole
from cryrec.models import NOTE_ALIASES, NoteId

MOST_BYTES: Final = 64 * 1024
"""Of the settings file, which has a line or two."""


class Settings(Struct, frozen=True):
    """`avoid` is None as long as nobody has asked for anything to be remembered."""

    avoid: tuple[NoteId, ...] | None = None


class BadSettings(FileProblem):
    """A settings file that does not hold."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(
            f"the settings {path} are damaged: {problem}; mend or remove the file"
        )


def load(path: Path) -> Settings:
    """The settings in the file at `path`; those of a new person if there is none.

    Raises BadSettings or UnusableFile.
    """
    try:
        content = read_plain(path, MOST_BYTES)
    except OSError as error:
        raise UnusableFile(
            "read the settings", path, reason(error, path)
        ) from error
    if content is None:
        return Settings()
    import tomli  # 2 ms, and nothing else that is usually read is TOML

    try:
        return _understood(tomli.loads(content.decode("utf-8-sig")))
    except RecursionError as error:
        raise BadSettings(
            path, "it is nested deeper than any settings are"
        ) from error
    except ValueError as error:
        raise BadSettings(path, " ".join(str(error).split())) from error


def save(path: Path, settings: Settings) -> None:
    """Write the settings, whole or not at all; raises UnusableFile."""
    doing = "write the settings"
    text = "# What cryrec always steers clear of. Changed by: cryrec config\n"
    if settings.avoid is not None:
        notes = ", ".join(f'"{note}"' for note in settings.avoid)
        text += f"avoid = [{notes}]\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise UnusableFile(doing, path, reason(error, path)) from error
    write_whole(path, text, mode=PRIVATE, doing=doing)


def _understood(table: Mapping[str, object]) -> Settings:
    """The settings in a table; ValueError says what is wrong, and what would be right."""
    for key in table:
        if key not in Settings.__struct_fields__:
            known_keys = ", ".join(Settings.__struct_fields__)
            raise ValueError(
                f"{quoted(key)} is no setting of this cryrec, though a newer one may know it;"
                f" it knows {known_keys}"
            )
    notes = table.get("avoid")
    if notes is None:
        return Settings()
    if not isinstance(notes, list):
        raise ValueError(
            'avoid is no list; write it as avoid = ["war", "suicide"]'
        )
    avoided = set(chain.from_iterable(map(_notes, notes)))
    return Settings(avoid=tuple(sorted(avoided)))


def _notes(word: object) -> tuple[NoteId, ...]:
    """The content notes that `word` stands for; ValueError names what would be one."""
    note = str(word)
    if note in list(NoteId):
        return (NoteId(note),)
    if note in NOTE_ALIASES:
        return NOTE_ALIASES[note]
    problem = BadNote(note, [*NOTE_ALIASES, *NoteId])
    raise ValueError(str(problem))
