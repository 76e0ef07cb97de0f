"""AniList: what its API serves, and the file behind "Download my data"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from cryrec.exchange.documents import few, table, tables
from cryrec.exchange.rows import (
    ForeignList,
    Medium,
    Row,
    is_true,
    number,
    plain,
    whole,
)

_TOPS: Final = {
    "POINT_100": 100,
    "POINT_10_DECIMAL": 10,
    "POINT_10": 10,
    "POINT_5": 5,
    "POINT_3": 3,
}
_DOWNLOADED: Final = {
    "0": "current",
    "1": "planning",
    "2": "completed",
    "3": "dropped",
    "4": "paused",
    "5": "repeating",
}
_BOOKS: Final = ("MANGA", "NOVEL", "ONE_SHOT")
_HOLDERS: Final = ("user", "User", "Viewer")

_ENOUGH: Final = 10
"""Scores from which on their greatest tells what they are out of."""


def listed(document: object) -> ForeignList | None:
    """The list in a document of AniList's; None if it is none.

    A query may name its collections as it likes, and ask for several at once.
    """
    download = table(document)
    reply = table(download.get("data")) or download
    collections = dict(_collections(reply))
    if not collections:
        return None
    rows = few(_rows(collections))
    top = _top([reply, *collections.values()], rows)
    return ForeignList("AniList JSON", rows, top)


def _collections(
    reply: Mapping[str, Any],
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Whatever has lists in it, by its name; a download is one without a name."""
    for name, content in [("", reply), *reply.items()]:
        collection = table(content)
        if isinstance(collection.get("lists"), list):
            yield name, collection


def _rows(collections: Mapping[str, Mapping[str, Any]]) -> Iterator[Row]:
    """The rows of all collections; in a download they stand where the API has lists of them."""
    for name, collection in collections.items():
        for group in tables(collection["lists"]):
            if "series_id" in group:
                yield _downloaded_row(group)
            for entry in tables(group.get("entries")):
                yield _served_row(name, group, entry)


def _downloaded_row(row: Mapping[str, Any]) -> Row:
    return Row(
        mal=None,
        anilist=row["series_id"],
        status=_DOWNLOADED.get(plain(row.get("status"))),
        score=row.get("score"),
        finished=row.get("finished_on"),
        seen_before=is_true(row.get("repeat")),
        medium=Medium.MANGA if row.get("series_type") == 1 else Medium.ANIME,
    )


def _served_row(
    name: str, group: Mapping[str, Any], entry: Mapping[str, Any]
) -> Row:
    """An entry of the list `group`, in the collection called `name`."""
    media = table(entry.get("media"))
    is_book = media.get("format") in _BOOKS
    is_manga = is_book or "MANGA" in (media.get("type"), name.upper())
    return Row(
        mal=media.get("idMal"),
        anilist=media.get("id") or entry.get("mediaId"),
        status=entry.get("status") or group.get("status"),
        score=entry.get("score"),
        finished=_day(table(entry.get("completedAt"))),
        seen_before=is_true(entry.get("repeat")),
        medium=Medium.MANGA if is_manga else Medium.ANIME,
    )


def _day(parts: Mapping[str, Any]) -> str:
    numbers = (plain(parts.get(part)) for part in ("year", "month", "day"))
    return "-".join(digits.zfill(2) for digits in numbers)


def _top(places: Iterable[Mapping[str, Any]], rows: Iterable[Row]) -> int:
    """What the scores are out of, or 0 if that cannot be known.

    The document's own `scoreFormat` counts, unless a score exceeds it. Without one the scores tell:
    above 10 it is 100; above 5, or with a fraction, 10. Lower ones fit three formats, but ten works
    of which none has more than 5 (or 3) are not scored out of ten; with fewer, nothing is guessed.
    """
    scores = _scores(rows)
    highest = max(scores, default=0)
    for top in _stated_tops(places):
        if highest <= top:
            return top
    return _likely_top(scores, highest)


def _scores(rows: Iterable[Row]) -> list[float]:
    """The score of each work that has one; a work in several lists counts once."""
    by_work = {}
    for row in rows:
        work = whole(row.anilist) or whole(row.mal)
        by_work[work] = number(row.score)
    return [score for score in by_work.values() if score]


def _likely_top(scores: Sequence[float], highest: float) -> int:
    """What the scores themselves tell that they are out of."""
    if highest > 10:
        return 100
    has_fraction = any(score != int(score) for score in scores)
    if has_fraction or highest > 5:
        return 10
    if len(scores) < _ENOUGH:
        return 0
    return 5 if highest > 3 else 3


def _stated_tops(places: Iterable[Mapping[str, Any]]) -> Iterator[int]:
    """What the document says that scores are out of, wherever it says so."""
    for place in places:
        for holder in _HOLDERS:
            user = table(place.get(holder))
            options = table(user.get("mediaListOptions"))
            score_format = plain(options.get("scoreFormat"))
            top = _TOPS.get(score_format)
            if top:
                yield top
