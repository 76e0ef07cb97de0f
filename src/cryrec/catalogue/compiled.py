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
    body = msgspec.msgpack.encode(_Stored(maker, tuple(sources), encoded))
    return _MAGIC + zlib.crc32(body).to_bytes(_CHECK) + body


def unpack(stored: bytes, sources: Sequence[Source], maker: str) -> Contents | None:
    """The contents, if they were made by `maker` from exactly these files; None otherwise."""
    start = len(_MAGIC) + _CHECK
    head, body = stored[:start], memoryview(stored)[start:]
    if head != _MAGIC + zlib.crc32(body).to_bytes(_CHECK):
        return None
    try:
        found = msgspec.msgpack.decode(body, type=_Stored)
        if (found.maker, found.sources) != (maker, tuple(sources)):
            return None
        return msgspec.msgpack.decode(found.contents, type=Contents)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
