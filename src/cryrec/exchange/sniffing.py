"""What kind of file it is, by how it begins: its encoding, then whether it is XML, JSON or a table.

Names and declarations are not believed: files are renamed, and saved again by programs that leave
`encoding="UTF-8"` standing in what they write as UTF-16.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from enum import Enum, auto
from typing import Final, NamedTuple

from cryrec.exchange.reading import AS_UTF8, SITES, NotAList

HEAD: Final = 4096
"""Bytes that tell the kind of a file."""

SEPARATORS: Final = (",", ";", "\t")
"""What stands between the cells of a table, most usual first."""

SEPARATOR_LINE: Final = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
"""A first line by which a spreadsheet is told what stands between the cells."""

_FEWEST_COLUMNS: Final = 3
_CHUNK: Final = 1024 * 1024
_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
_BLANK: Final = b" \t\r\n" + codecs.BOM_UTF8


class Form(Enum):
    """The three kinds of text that a list comes in."""

    XML = auto()
    JSON = auto()
    TABLE = auto()


class Text(NamedTuple):
    """The bytes of a text without what is blank before it.

    `lines_before` counts the lines that were blank.
    """

    data: bytes
    lines_before: int


def in_utf8(data: bytes) -> Text:
    """The same text in UTF-8, if its first bytes tell that it is in another Unicode encoding.

    Raises NotAList where it is not in the encoding that it begins in.
    """
    codec = _codec(data)
    try:
        recoded = b"".join(_recoded(data, codec)) if codec else data
    except UnicodeDecodeError:
        raise NotAList(*AS_UTF8) from None
    stripped = recoded.lstrip(_BLANK)
    blank = recoded[: len(recoded) - len(stripped)]
    return Text(stripped, blank.count(b"\n"))


def is_utf8(data: bytes) -> bool:
    """Whether `data` is UTF-8, as far as it goes: a last character that is cut short counts."""
    try:
        for _ in _recoded(data, "utf-8"):
            pass
    except UnicodeDecodeError:
        return False
    return True


def form_of(text: bytes) -> Form:
    """Which kind of text begins like this. Raises NotAList for one that is no list."""
    head = text[:HEAD].lower()
    if not head:
        raise NotAList("it is empty", SITES)
    if head.startswith((b"<!doctype html", b"<html")):
        raise NotAList(
            "it is a web page, not an export", "download it while signed in"
        )
    if head.startswith((b"{", b"[")):
        return Form.JSON
    if head.startswith(b"<"):
        return Form.XML
    if _is_table(head.decode("utf-8", "replace")):
        return Form.TABLE
    raise NotAList("it is no list that cryrec knows", SITES)


def _is_table(head: str) -> bool:
    """Whether the first line names columns."""
    first_line = head.splitlines()[0]
    if not first_line.replace("\t", " ").isprintable():
        return False
    if SEPARATOR_LINE.fullmatch(first_line):
        return True
    most_separators = max(
        first_line.count(separator) for separator in SEPARATORS
    )
    return most_separators + 1 >= _FEWEST_COLUMNS


def _codec(data: bytes) -> str | None:
    """The Unicode encoding that the first bytes tell; None if they tell nothing."""
    marked = [codec for mark, codec in _MARKS if data.startswith(mark)]
    if marked:
        return marked[0]
    # Without a mark the zeros tell: lists begin with a character of ASCII.
    first, second = data[:1].strip(b"\0"), data[1:2].strip(b"\0")
    if first and data[1:2] and not second:
        return "utf-16-le"
    if second and not first:
        return "utf-16-be"
    return None


def _recoded(data: bytes, codec: str) -> Iterator[bytes]:
    """`data` in UTF-8, in pieces: as one text it could take four times the room."""
    decoder = codecs.getincrementaldecoder(codec)()
    for start in range(0, len(data), _CHUNK):
        yield decoder.decode(data[start : start + _CHUNK]).encode("utf-8")
