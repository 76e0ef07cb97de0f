"""Simkl: its backup, and what its API answers; both have the same shape.

It also keeps films and shows that are no anime. Some of its anime have no MyAnimeList number.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from cryrec.exchange.documents import table, tables
from cryrec.exchange.rows import ForeignList, Medium, Row, is_true, plain

_MEDIA: Final = {"anime": Medium.ANIME, "shows": Medium.OTHER, "movies": Medium.OTHER}
_DATE: Final = len("2019-06-30")


def listed(document: object) -> ForeignList | None:
    """The list in a document of Simkl's; None if it is none."""
    rows = list(_rows(table(document)))
    return ForeignList("Simkl JSON", rows) if rows else None


def _rows(backup: Mapping[str, Any]) -> Iterator[Row]:
    for name, medium in _MEDIA.items():
        for item in tables(backup.get(name)):
            work = item.get("show") or item.get("movie")
            if work:
                yield _row(item, table(work), medium)


def _row(item: Mapping[str, Any], work: Mapping[str, Any], medium: Medium) -> Row:
    ids = table(work.get("ids"))
    last_watched = plain(item.get("last_watched_at"))
    return Row(
        mal=ids.get("mal"),
        anilist=ids.get("anilist"),
        status=item.get("status"),
        score=item.get("user_rating"),
        finished=last_watched[:_DATE],
        seen_before=is_true(item.get("is_rewatch")),
        medium=medium,
    )
