"""JSON and tables as plain values, once it is known that they take no more room than a list does.

A few bytes of text can be a hundred in memory, so a document is counted before it is decoded.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO, TextIOWrapper
from itertools import accumulate, chain, islice
from typing import Any, Final, TypeVar

import msgspec

from cryrec.exchange.reading import AGAIN, AS_UTF8, TOO_MUCH, NotAList
from cryrec.exchange.sniffing import SEPARATOR_LINE, SEPARATORS, is_utf8

MOST: Final = 100_000
"""The most rows: AniList itself gives out no more than 11,000."""

DEEPEST: Final = 20
"""The most tables in one another; lists have eight."""

MOST_BRACKETS: Final = 1_000_000
"""The most brackets in a document. A list of 20,000 anime with all its episodes has 600,000."""

MOST_VALUES: Final = 1_250_000
"""The most commas in a document. A list of 20,000 anime in MyAnimeList's own form has a million."""

LONGEST_LINE: Final = 20_000
"""Characters of a line in a table; a title of ours has at most 300."""

_MOST_LINES: Final = 2 * MOST
_WINDOW: Final = 1024 * 1024
_BRACKETS: Final = b"[]{}"
_STEPS: Final = {ord("["): 1, ord("{"): 1, ord("]"): -1, ord("}"): -1}
_ALL_BUT_BRACKETS: Final = bytes(
    byte for byte in range(256) if byte not in _BRACKETS
)

T = TypeVar("T")


def json_document(data: bytes) -> Any:
    """The value that `data` is the JSON of. Raises NotAList."""
    _refuse_outsized(data)
    try:
        return msgspec.json.decode(data)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        if not is_utf8(data):
            raise NotAList(*AS_UTF8) from None
        raise NotAList("its JSON is damaged or cut short", AGAIN) from None


def table_rows(data: bytes) -> Iterator[list[str]]:
    """The rows of a table that are not empty, the header first. Raises NotAList on the way."""
    lines = _lines(data)
    header = next(lines, "")
    separator_line = SEPARATOR_LINE.fullmatch(header)
    if separator_line:
        separator = separator_line[1]
        header = next(lines, "")
    else:
        separator = max(SEPARATORS, key=header.count)
    rows = csv.reader(chain([header], lines), delimiter=separator)
    try:
        yield from filter(any, rows)
    except csv.Error:
        raise NotAList(
            "its table is damaged", "save or export it as CSV again"
        ) from None


def few(rows: Iterable[T]) -> list[T]:
    """All the rows. Raises NotAList where they are more than any list has."""
    listed_rows = list(islice(rows, MOST + 1))
    if len(listed_rows) > MOST:
        raise NotAList(*TOO_MUCH)
    return listed_rows


def table(value: object) -> Mapping[str, Any]:
    """`value` where it is a JSON object, else an empty one."""
    return value if isinstance(value, dict) else {}


def tables(value: object) -> list[Mapping[str, Any]]:
    """The JSON objects in `value` where it is an array, else none."""
    if not isinstance(value, list):
        return []
    return [entry for entry in value if isinstance(entry, dict)]


def _lines(data: bytes) -> Iterator[str]:
    file = TextIOWrapper(BytesIO(data), encoding="utf-8", newline="")
    try:
        for _ in range(_MOST_LINES):
            line = file.readline(LONGEST_LINE)
            if len(line) == LONGEST_LINE:
                raise NotAList(
                    "its table is damaged: a line has no end", AGAIN
                )
            if not line:
                return
            yield line
    except UnicodeDecodeError:
        raise NotAList(*AS_UTF8) from None
    raise NotAList(*TOO_MUCH)


def _refuse_outsized(data: bytes) -> None:
    """Raise NotAList where the JSON in `data` would take more room than that of any list."""
    depth = 0
    bracket_count = 0
    comma_count = 0
    for piece in _outside_strings(data):
        brackets = piece.translate(None, _ALL_BUT_BRACKETS)
        bracket_count += len(brackets)
        comma_count += piece.count(b",")
        if comma_count > MOST_VALUES or bracket_count > MOST_BRACKETS:
            raise NotAList(*TOO_MUCH)
        steps = (_STEPS[byte] for byte in brackets)
        depths = list(accumulate(steps, initial=depth))
        if max(depths) > DEEPEST:
            raise NotAList(*TOO_MUCH)
        depth = depths[-1]


def _outside_strings(data: bytes) -> Iterator[bytes]:
    """What stands outside the strings of a JSON text, in pieces."""
    unescaped = data.replace(rb"\\", b"").replace(rb"\"", b"")
    inside = False
    for start in range(0, len(unescaped), _WINDOW):
        window = unescaped[start : start + _WINDOW]
        parts = window.split(b'"')
        if inside and parts == [window] and len(window) == _WINDOW:
            raise NotAList(*TOO_MUCH)
        yield b" ".join(parts[inside::2])
        inside ^= len(parts) % 2 == 0
