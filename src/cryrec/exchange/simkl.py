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
    backup = table(document)
    has_works = any("show" in item or "movie" in item for item, _ in _items(backup))
    return ForeignList("Simkl JSON", _rows(backup)) if has_works else None


def _items(backup: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Medium]]:
    for name, medium in _MEDIA.items():
        for item in tables(backup.get(name)):
            yield item, medium


def _rows(backup: Mapping[str, Any]) -> Iterator[Row]:
    for item, medium in _items(backup):
        work = table(item.get("show") or item.get("movie"))
        ids = table(work.get("ids"))
        yield Row(
            mal=ids.get("mal"),
            anilist=ids.get("anilist"),
            status=item.get("status"),
            score=item.get("user_rating"),
            finished=plain(item.get("last_watched_at"))[:_DATE],
            seen_before=is_true(item.get("is_rewatch")),
            medium=medium,
        )
