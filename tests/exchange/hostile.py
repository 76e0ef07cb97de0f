"""Files made to cost more than they show: small on the disk, or within every limit but one."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import Final

MEGABYTE: Final = 1024 * 1024
FULL: Final = 32 * MEGABYTE
"""The size of a file that is just not too large."""


def filled(start: bytes, unit: bytes, end: bytes = b"") -> bytes:
    """`unit` over and over, between a start and an end, as often as a full file holds."""
    return start + unit * ((FULL - len(start) - len(end)) // len(unit)) + end


def numbered(start: bytes, unit: str, end: bytes = b"") -> bytes:
    """The same, with a number in each unit that makes it another."""
    count = (FULL - len(start) - len(end)) // len(unit.format(10**7))
    return (
        start
        + "".join(map(unit.format, range(10**7, 10**7 + count))).encode()
        + end
    )


def repeated(count: int, unit: str) -> bytes:
    """A JSON list of `count` units, and a zero."""
    units = (
        unit.format(number, number) for number in range(10**7, 10**7 + count)
    )
    return b"[" + "".join(units).encode() + b"0]"


def zipped(
    data: bytes, files: int = 1, method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """A zip with as many files of that content."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for place in range(files):
            archive.writestr(f"{place}", data)
    return stream.getvalue()


def long_gzip_name() -> bytes:
    """A gzip file whose header never comes to its end."""
    return filled(b"\x1f\x8b\x08\x08" + bytes(6), b"x")


def bomb(unit: bytes, size: int) -> bytes:
    """`size` bytes of `unit`, packed with gzip."""
    packer = zlib.compressobj(wbits=31)
    block = unit * (MEGABYTE // len(unit))
    pieces = [packer.compress(block) for _ in range(size // len(block))]
    return b"".join([*pieces, packer.flush()])


OWN_HEADER: Final = b"id,title,status,rating,at,forgotten\n"
ROOT: Final = b"<myanimelist>"

HOSTILE: Final[Mapping[str, Callable[[], bytes]]] = {
    "brackets in gzip": lambda: bomb(b"[", 64 * MEGABYTE),
    "empty lists in gzip": lambda: bomb(b"[],", 64 * MEGABYTE),
    "many members of gzip": lambda: filled(b"", gzip.compress(b"")),
    "long name in gzip": long_gzip_name,
    "a gigabyte in zip": lambda: zipped(b"[" * 64 * MEGABYTE),
    "many files in zip": lambda: zipped(b"", files=60_000),
    "open brackets": lambda: filled(b"", b"["),
    "empty lists": lambda: filled(b"[", b"[],", b"0]"),
    "numbers": lambda: filled(b"[", b"0,", b"0]"),
    "keys": lambda: numbered(b"{", '"{}":1,', b'"":0}'),
    "objects, as many as are allowed": lambda: repeated(
        499_000, '{{"{}":"{}","a":1.5}},'
    ),
    "keys, as many as are allowed": lambda: (
        b"[{" + repeated(1_249_000, '"{}":"",')[1:-2] + b'"":0}]'
    ),
    "one string": lambda: filled(b'["', b"x", b'"]'),
    "one wide character at last": lambda: filled(
        b'["', b"x", b'\xf0\x9f\x98\xa2"]'
    ),
    "escaped quotes": lambda: filled(b'["', rb"\"", b'"]'),
    "quotes without an end": lambda: filled(b'["', b'\\"'),
    "wide characters in UTF-16": lambda: filled(
        b"\xff\xfe[\0", "語".encode("utf-16-le")
    ),
    "elements": lambda: filled(ROOT, b"<a/>"),
    "names of elements": lambda: numbered(ROOT + b"<anime>", "<a{}/>"),
    "open elements": lambda: filled(ROOT, b"<a>"),
    "lines in a field": lambda: filled(ROOT + b"<anime><my_status>", b"\n"),
    "attributes": lambda: numbered(ROOT + b"<a ", "b{}='' "),
    "one attribute": lambda: filled(ROOT + b"<a b='", b"x"),
    "one comment": lambda: filled(ROOT + b"<!--", b"<"),
    "one line": lambda: filled(OWN_HEADER, b"x"),
    "blank rows": lambda: filled(OWN_HEADER, b"\n"),
    "one quoted cell": lambda: filled(OWN_HEADER + b'"', b"x\n"),
    "one row of many lines": lambda: filled(OWN_HEADER + b'"', b'\n","'),
}
"""By what they are made of."""
