"""Contents worked out once and stored, together with the very files they were made from.

What is stored is used only for the same files, byte for byte, and the same program. Comparing the
bytes costs less than any hash of them, and nothing can fool it: neither a date that was kept nor a
size that stayed. What was damaged, or written by another program, is passed over.
"""

import zlib
from collections.abc import Sequence
from typing import Final

import msgspec
from msgspec import Raw, Struct

from cryrec.catalogue.contents import Contents, Source

_MAGIC: Final = b"cryrec catalogue\n"
_CHECK: Final = 4
"""Bytes of the checksum that follows: it finds a damaged file, whoever damaged it."""


class _Stored(Struct, array_like=True):
    """`maker` is the program, as far as it decides what is made of a file."""

    maker: str
    sources: tuple[Source, ...]
    contents: Raw


def pack(contents: Contents, sources: Sequence[Source], maker: str) -> bytes:
    """The contents as they are stored, with what they were made from and by whom."""
    encoded = Raw(msgspec.msgpack.encode(contents))
    stored = _Stored(maker, tuple(sources), encoded)
    body = msgspec.msgpack.encode(stored)
    return _head(body) + body


def _head(body: bytes | memoryview) -> bytes:
    checksum = zlib.crc32(body)
    return _MAGIC + checksum.to_bytes(_CHECK)


def unpack(
    stored: bytes, sources: Sequence[Source], maker: str
) -> Contents | None:
    """The contents, if they were made by `maker` from exactly these files; None otherwise."""
    start = len(_MAGIC) + _CHECK
    body = memoryview(stored)[start:]
    if stored[:start] != _head(body):
        return None
    try:
        unpacked = msgspec.msgpack.decode(body, type=_Stored)
        if (unpacked.maker, unpacked.sources) != (maker, tuple(sources)):
            return None
        return msgspec.msgpack.decode(unpacked.contents, type=Contents)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
