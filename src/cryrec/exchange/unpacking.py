"""The bytes of a list, out of a file or a pipe, gzip or zip, and never more than a list can have.

Whatever is refused here costs no more than its first bytes or `LIMIT`: what would unpack without
end, in many members or through a long directory, is stopped by a count.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable, Iterator
from functools import partial
from io import BytesIO
from itertools import chain
from typing import BinaryIO, Final
from zipfile import (
    ZIP_DEFLATED,
    ZIP_STORED,
    BadZipFile,
    LargeZipFile,
    ZipFile,
    ZipInfo,
)

from cryrec.exchange.reading import AGAIN, NotAList
from cryrec.exchange.sniffing import HEAD, form_of, in_utf8

LIMIT: Final = 32 * 1024 * 1024
"""The most bytes that are read, packed or not: a list of 20,000 anime has about 20 million."""

CHUNK: Final = 64 * 1024
"""Bytes that are unpacked at a time."""

MOST_MEMBERS: Final = 64
"""Parts of a gzip file, or files in a zip. An export has one, and a zip some that nobody sees."""

GZIP: Final = b"\x1f\x8b"
ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")

_ZIP_ENTRY: Final = b"PK\x01\x02"
_GZIP_FORMAT: Final = 16 + zlib.MAX_WBITS
_ENCRYPTED: Final = 1
_ITSELF: Final = "unpack it, and import the list itself"
_DAMAGED: Final = ("its compression is damaged or cut short", AGAIN)
_BROKEN_ZIP: Final = (
    BadZipFile,
    LargeZipFile,
    EOFError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""All that zipfile raises at one damage or another."""


def content(stream: BinaryIO) -> bytes:
    """Everything in `stream`, unpacked. Raises NotAList, for noise after its first bytes."""
    head = stream.read(HEAD)
    if not head.startswith((GZIP, *ZIP)):
        _refuse_noise(head)
    rest = iter(partial(stream.read, CHUNK), b"")
    unpacked = _joined(chain([head], rest))
    if unpacked.startswith(ZIP):
        unpacked = _unzipped(unpacked)
    if unpacked.startswith(GZIP):
        unpacked = _joined(_gunzipped(unpacked))
    return unpacked


def _refuse_noise(head: bytes) -> None:
    """Raise NotAList where `head`, if anything is in it, does not begin like a list."""
    text = in_utf8(head).data
    if text or not head:
        form_of(text)


def _joined(pieces: Iterable[bytes]) -> bytes:
    """All the pieces in one. Raises NotAList as soon as they are too many."""
    counted_pieces = []
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > LIMIT:
            wrong = f"it holds more than {LIMIT // 1024**2} MB"
            raise NotAList(wrong, "no list export is that large")
        counted_pieces.append(piece)
    return b"".join(counted_pieces)


def _gunzipped(packed: bytes) -> Iterator[bytes]:
    """What is in a gzip file, piece by piece; a zero behind it begins its padding."""
    place = 0
    for _ in range(MOST_MEMBERS):
        member = zlib.decompressobj(_GZIP_FORMAT)
        while not member.eof:
            piece = member.unconsumed_tail
            if not piece:
                piece = packed[place : place + CHUNK]
                place += len(piece)
            yield _decompressed(member, piece)
        place -= len(member.unused_data)
        if packed[place : place + 1] in (b"", b"\0"):
            return
    raise NotAList("it is made of too many parts", _ITSELF)


def _decompressed(member: zlib._Decompress, piece: bytes) -> bytes:
    if not piece:
        raise NotAList(*_DAMAGED)
    try:
        return member.decompress(piece, CHUNK)
    except zlib.error:
        raise NotAList(*_DAMAGED) from None


def _unzipped(packed: bytes) -> bytes:
    """The one file in a zip."""
    # A long directory is refused before zipfile spends a kilobyte and more on each of its entries.
    if packed.count(_ZIP_ENTRY) > MOST_MEMBERS:
        raise NotAList("it holds too many files", _ITSELF)
    try:
        with ZipFile(BytesIO(packed)) as archive:
            member = _only_file(archive)
            with archive.open(member) as file:
                return _joined(iter(partial(file.read, CHUNK), b""))
    except _BROKEN_ZIP:
        raise NotAList(*_DAMAGED) from None


def _only_file(archive: ZipFile) -> ZipInfo:
    files = [member for member in archive.infolist() if _is_visible(member)]
    if len(files) != 1:
        raise NotAList(f"it holds {len(files)} files, not one", _ITSELF)
    (member,) = files
    if member.flag_bits & _ENCRYPTED:
        raise NotAList("it is locked with a password", _ITSELF)
    if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise NotAList("it is packed in an unusual way", _ITSELF)
    return member


def _is_visible(member: ZipInfo) -> bool:
    """Whether somebody put it there; a Mac adds files of its own."""
    name = member.filename.rpartition("/")[2]
    own_to_macs = member.filename.startswith("__MACOSX/") or name.startswith(
        "."
    )
    return bool(name) and not own_to_macs
