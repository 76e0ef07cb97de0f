"""MyAnimeList: its XML export, which Kitsu and Shikimori write too, and the JSON of its pages.

That JSON comes in two forms: `load.json`, behind the list somebody sees in a browser, and API v2.
The days in `load.json` are left alone: "06-05-19" may be May or June.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final
from xml.parsers import expat

from cryrec.exchange.documents import DEEPEST, MOST, table, tables
from cryrec.exchange.reading import (
    AGAIN,
    AS_UTF8,
    ONLY_ANIME,
    SITES,
    TOO_MUCH,
    NotAList,
)
from cryrec.exchange.rows import ForeignList, Medium, Row, is_true
from cryrec.exchange.sniffing import Text, is_utf8

Progress = Callable[[int, int], None]
"""Told the bytes done and all of them."""

_CHUNK: Final = 1024 * 1024
_LONGEST_TOKEN: Final = 1024 * 1024
"""Bytes of a tag or comment, which expat scans anew with every chunk until it comes to its end."""

_MOST_ELEMENTS: Final = 1_000_000
"""The most elements; a list of 20,000 anime has 500,000."""

_MOST_NAMES: Final = 1_000
"""The most different names of elements; lists have 30."""

_MOST_EQUALS: Final = 250_000
"""The most equals signs, one an attribute, of which lists have none: comments may use some."""

_FIELDS: Final = (
    "series_animedb_id",
    "my_status",
    "my_score",
    "my_finish_date",
    "my_times_watched",
    "my_rewatching",
    "user_export_type",
)
_MANGA_EXPORT: Final = "2"


def listed(document: object) -> ForeignList | None:
    """The list in a JSON document of MyAnimeList's; None if it is none."""
    loaded = [
        row
        for row in tables(document)
        if "anime_id" in row or "manga_id" in row
    ]
    if loaded:
        return ForeignList("MyAnimeList JSON", map(_loaded_row, loaded))
    served = [
        row for row in tables(table(document).get("data")) if "node" in row
    ]
    if served:
        return ForeignList("MyAnimeList JSON", map(_served_row, served))
    return None


def _loaded_row(row: Mapping[str, Any]) -> Row:
    """A row of `load.json`."""
    return Row(
        mal=row.get("anime_id", row.get("manga_id")),
        status=row.get("status"),
        score=row.get("score"),
        seen_before=is_true(row.get("is_rewatching")),
        medium=Medium.ANIME if "anime_id" in row else Medium.MANGA,
    )


def _served_row(row: Mapping[str, Any]) -> Row:
    """A row of the API, where a work may also carry its status with it."""
    node = table(row["node"])
    status = table(row.get("list_status") or node.get("my_list_status"))
    is_rewatching = is_true(status.get("is_rewatching"))
    was_rewatched = is_true(status.get("num_times_rewatched"))
    is_manga = "num_chapters_read" in status
    return Row(
        mal=node.get("id"),
        status=status.get("status"),
        score=status.get("score"),
        finished=status.get("finish_date"),
        seen_before=is_rewatching or was_rewatched,
        medium=Medium.MANGA if is_manga else Medium.ANIME,
    )


def exported(text: Text, progress: Progress) -> ForeignList:
    """The list in an XML export. Raises NotAList."""
    if text.data.count(b"=") > _MOST_EQUALS:
        raise NotAList(*TOO_MUCH)
    # What is UTF-8 is read as that, whatever it declares; only what is not needs to be believed.
    listener = _Listener("utf-8" if is_utf8(text.data) else None)
    try:
        for start in range(0, len(text.data), _CHUNK):
            progress(start, len(text.data))
            listener.parser.Parse(text.data[start : start + _CHUNK], False)
            if start - listener.parser.CurrentByteIndex > _LONGEST_TOKEN:
                raise NotAList(*TOO_MUCH)
        listener.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise _damage(error, text) from None
    except (LookupError, ValueError):
        raise NotAList(
            "its XML is in an unknown encoding", "save it as UTF-8"
        ) from None
    if listener.says_manga and not listener.rows:
        raise NotAList("it is a manga list", ONLY_ANIME)
    return ForeignList("MyAnimeList XML", listener.rows)


def _damage(error: expat.ExpatError, text: Text) -> NotAList:
    if (
        error.code
        == expat.errors.codes[expat.errors.XML_ERROR_UNKNOWN_ENCODING]
    ):
        return NotAList(
            "its XML is in an unknown encoding", "save it as UTF-8"
        )
    if not is_utf8(text.data):
        return NotAList(*AS_UTF8)
    line = error.lineno + text.lines_before
    return NotAList(f"its XML is damaged or cut short at line {line}", AGAIN)


class _Listener:
    """Hears the elements of an export one by one, and keeps only the fields of a row.

    Whatever could make one byte stand for many, a document type and what it declares, is refused.
    """

    def __init__(self, encoding: str | None) -> None:
        self.rows: list[Row] = []
        self.depth = self.elements = self.children = 0
        self.fields: dict[str, str] = {}
        self.says_manga = False
        self.parser = expat.ParserCreate(encoding)
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.StartDoctypeDeclHandler = _refuse_type

    def start(self, tag: str, _attributes: object) -> None:
        """An element begins."""
        self.depth += 1
        self.elements += 1
        self.children += self.depth == 2
        self._refuse_too_much()
        if self.depth == 1 and tag.lower() != "myanimelist":
            raise NotAList(
                "its XML is not that of a MyAnimeList export", SITES
            )
        if self.depth == 2:
            self.fields = {}
        # Text is listened to only where it is wanted: the rest costs nothing.
        if self.depth == 3 and tag in _FIELDS:
            self.fields[tag] = ""
            self.parser.CharacterDataHandler = self._hear(tag)
        else:
            self.parser.CharacterDataHandler = None

    def _hear(self, tag: str) -> Callable[[str], None]:
        def heard(text: str) -> None:
            self.fields[tag] = (self.fields[tag] + text)[:_LONGEST_FIELD]

        return heard

    def end(self, tag: str) -> None:
        """An element ends."""
        self.parser.CharacterDataHandler = None
        if self.depth == 2:
            self._add(tag)
        self.depth -= 1

    def _refuse_too_much(self) -> None:
        if self.depth > DEEPEST or self.children > MOST:
            raise NotAList(*TOO_MUCH)
        names = self.parser.intern
        if self.elements > _MOST_ELEMENTS or len(names) > _MOST_NAMES:
            raise NotAList(*TOO_MUCH)

    def _add(self, tag: str) -> None:
        """Take in what stands directly below the root: the header, or a row."""
        field = self.fields.get
        self.says_manga |= field("user_export_type") == _MANGA_EXPORT
        if tag not in ("anime", "manga"):
            return
        is_rewatching = is_true(field("my_rewatching"))
        was_rewatched = is_true(field("my_times_watched"))
        row = Row(
            mal=field("series_animedb_id"),
            status=field("my_status"),
            score=field("my_score"),
            finished=field("my_finish_date"),
            seen_before=is_rewatching or was_rewatched,
            medium=Medium(tag),
        )
        self.rows.append(row)


_LONGEST_FIELD: Final = 100
"""Characters of a field that matters."""


def _refuse_type(*_: object) -> None:
    raise NotAList(
        "its XML declares a type or entities", "no list export does"
    )
