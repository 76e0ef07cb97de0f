"""Lists that people already have, read into entries of the library.

The format is told by content, never by name.
"""

from __future__ import annotations

import stat
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO, Final, assert_never

from cryrec.errors import FileProblem
from cryrec.exchange import anilist, myanimelist, own, shikimori, simkl
from cryrec.exchange.documents import json_document
from cryrec.exchange.gathering import reading_of
from cryrec.exchange.reading import SITES, NotAList, Reading
from cryrec.exchange.rows import ForeignList
from cryrec.exchange.sniffing import Form, form_of, in_utf8
from cryrec.exchange.unpacking import content
from cryrec.models import Title

DIALECTS: Final[tuple[Callable[[object], ForeignList | None], ...]] = (
    anilist.listed,
    myanimelist.listed,
    shikimori.listed,
    simkl.listed,
)
"""Each is given a JSON document, and returns the list in it if it is one of its own."""

Progress = myanimelist.Progress


class BadImport(FileProblem):
    """A file that is no list cryrec can read: what is wrong with it, and what would be right."""

    def __init__(self, source: str, wrong: str, right: str) -> None:
        printable_name = "".join(
            sign if sign.isprintable() else "?" for sign in source
        )
        super().__init__(f"cannot import {printable_name}: {wrong}; {right}")


def read(
    source: Path | BinaryIO,
    titles: Sequence[Title],
    now: str,
    progress: Progress | None = None,
) -> Reading:
    """The list in a file or a stream; `progress` is told the bytes done and all of them.

    An entry is dated `now`, a seen one by the day it was finished if the file says so. Whatever is
    wrong with the file, BadImport is raised and nothing else.
    """
    source_name = (
        str(source) if isinstance(source, Path) else "what was piped in"
    )
    try:
        unpacked = _opened(source)
        return _reading(unpacked, titles, now, progress or _silent)
    except NotAList as error:
        raise BadImport(source_name, *error.args) from None
    except MemoryError:
        wrong = "it takes more memory than there is"
        raise BadImport(source_name, wrong, SITES) from None
    except OSError as error:
        wrong = (error.strerror or "unreadable").lower()
        raise BadImport(source_name, wrong, SITES) from error


def _opened(source: Path | BinaryIO) -> bytes:
    """All that is in the file or stream, unpacked."""
    if not isinstance(source, Path):
        return content(source)
    _refuse_all_but_files(source)
    with source.open("rb") as file:
        return content(file)


def _refuse_all_but_files(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except ValueError:
        raise NotAList("no file can have that name", SITES) from None
    if stat.S_ISDIR(mode):
        raise NotAList("it is a folder, not a file", SITES)
    if not stat.S_ISREG(mode):
        raise NotAList(
            "it is a pipe or a device, not a file",
            "cryrec import - reads a pipe",
        )


def _reading(
    data: bytes,
    titles: Sequence[Title],
    now: str,
    progress: Progress,
) -> Reading:
    """What the text `data` says, in whatever form and dialect."""
    text = in_utf8(data)
    form = form_of(text.data)
    size = len(text.data)
    match form:
        case Form.XML:
            reading = reading_of(
                myanimelist.exported(text, progress), titles, now
            )
        case Form.JSON:
            reading = _of_document(json_document(text.data), titles, now)
        case Form.TABLE:
            reading = own.read_csv(text.data, now)
        case _:
            assert_never(form)
    progress(size, size)
    return reading


def _of_document(
    document: object, titles: Sequence[Title], now: str
) -> Reading:
    """What a JSON document says, in whatever dialect."""
    ours = own.read_json(document, now)
    if ours:
        return ours
    for dialect in DIALECTS:
        foreign = dialect(document)
        if foreign:
            return reading_of(foreign, titles, now)
    raise NotAList("its JSON is no list of a site that cryrec knows", SITES)


def _silent(done: int, size: int) -> None:
    """Nobody watches."""
