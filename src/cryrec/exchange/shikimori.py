"""Shikimori: its list export as JSON, and what its APIs serve. Its XML is MyAnimeList's.

It counts anime as MyAnimeList does, so `target_id` is the number of both.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cryrec.exchange.documents import table, tables
from cryrec.exchange.rows import ForeignList, Medium, Row, is_true


def listed(document: object) -> ForeignList | None:
    """The list in a document of Shikimori's; None if it is none."""
    reply = table(table(document).get("data"))
    rates = tables(reply.get("userRates") or document)
    if not any(map(_is_rate, rates)):
        return None
    rows = map(_row, rates)
    return ForeignList("Shikimori JSON", rows)


def _is_rate(item: Mapping[str, Any]) -> bool:
    return "target_id" in item or {"rewatches", "status"} <= item.keys()


def _row(rate: Mapping[str, Any]) -> Row:
    anime = table(rate.get("anime"))
    mal_id = anime.get("malId") or anime.get("id")
    target = rate.get("target_type", "Anime")
    is_anime = target == "Anime" and not rate.get("manga")
    return Row(
        mal=rate.get("target_id") or mal_id,
        status=rate.get("status"),
        score=rate.get("score"),
        seen_before=is_true(rate.get("rewatches")),
        medium=Medium.ANIME if is_anime else Medium.MANGA,
    )
