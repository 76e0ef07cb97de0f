"""Simkl: its backup, and what its API serves; both have the same shape.

It also keeps films and shows that are no anime. Some of its anime have no MyAnimeList number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from cryrec.exchange.documents import table, tables
from cryrec.exchange.rows import ForeignList, Medium, Row, is_true, plain

_MEDIA: Final = {
    "anime": Medium.ANIME,
    "shows": Medium.OTHER,
    "movies": Medium.OTHER,
}
_DATE: Final = len("2019-06-30")


def listed(document: object) -> ForeignList | None:
    """The list in a document of Simkl's; None if it is none."""
    rows = list(_rows(table(document)))
    return ForeignList("Simkl JSON", rows) if rows else None


def _rows(backup: Mapping[str, Any]) -> Iterator[Row]:
    for group, medium in _MEDIA.items():
        for entry in tables(backup.get(group)):
            work = entry.get("show") or entry.get("movie")
            if work:
                yield _row(entry, table(work), medium)


def _row(
    entry: Mapping[str, Any], work: Mapping[str, Any], medium: Medium
) -> Row:
    ids = table(work.get("ids"))
    last_watched = plain(entry.get("last_watched_at"))
    return Row(
        mal=ids.get("mal"),
        anilist=ids.get("anilist"),
        status=entry.get("status"),
        score=entry.get("user_rating"),
        finished=last_watched[:_DATE],
        seen_before=is_true(entry.get("is_rewatch")),
        medium=medium,
    )
