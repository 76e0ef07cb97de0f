"""Lists that people already have, read into entries of the library.

The format is told by content, never by name. Of a stranger's list only the number, status, score
and date of each row are looked at: user names and comments are not even remembered while reading.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import stat
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar
from xml.etree.ElementTree import ParseError

import msgspec
from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from cryrec.errors import FileProblem
from cryrec.exports import entry_of
from cryrec.library import Entry, Status
from cryrec.library.entries import RANK as _RANK
from cryrec.library.entries import merge as merge
from cryrec.models import Title, work_id

LIMIT: Final = 64 * 1024 * 1024
"""The most bytes, unpacked, that are read: a list of 20,000 anime has about 20 million."""

MOST: Final = 100_000
"""The most rows: AniList itself gives out no more than 11,000."""

Progress = Callable[[int, int], None]
T = TypeVar("T")

_DEEPEST: Final = 20
_CHUNK: Final = 1024 * 1024  # expat scans an unfinished token anew with every chunk: few, then
_HEAD: Final = 4096
_EXPORTS: Final = "cryrec reads anime list exports of MyAnimeList, Kitsu and AniList, and its own"
_AGAIN: Final = "download it again"
_TOO_MUCH: Final = ("it is longer, or more nested, than any list", _EXPORTS)
_ANIME: Final = "cryrec knows only anime; export the anime list"


class BadImport(FileProblem):
    """A file that is no list cryrec can read: what is wrong with it, and what would be right."""

    def __init__(self, path: Path, wrong: str, right: str) -> None:
        name = "".join(sign if sign.isprintable() else "?" for sign in str(path))
        super().__init__(f"cannot import {name}: {wrong}; {right}")


class _Wrong(Exception):
    """What is wrong and what would be right, raised where the path is not known."""


class Skipped(msgspec.Struct, frozen=True):
    """Something left out: `what` is "entry", "manga" or "rating"; repeated rows count once."""

    what: str
    reason: str
    count: int


class Treated(msgspec.Struct, frozen=True):
    """How many entries the file calls `word`, such as "on hold", and what they became."""

    word: str
    status: Status
    count: int


class Reading(msgspec.Struct, frozen=True):
    """What a file says of the works that matter here, and what became of everything else."""

    format: str
    entries: tuple[Entry, ...]
    not_in_catalogue: int
    skipped: tuple[Skipped, ...]
    treated: tuple[Treated, ...]


def read(
    path: Path, titles: Sequence[Title], now: str, progress: Progress | None = None
) -> Reading:
    """The list in the file at `path`; `progress` is told the bytes done and all of them.

    An entry is dated `now`, a seen one by the day it was finished if the file says so. Whatever is
    wrong with the file, BadImport is raised and nothing else.
    """
    try:
        kind, data = _content(path)
        reading = _READERS[kind](data, titles, now, progress or _silent)
    except _Wrong as error:
        raise BadImport(path, *error.args) from None
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise BadImport(path, "its compression is damaged or cut short", _AGAIN) from None
    except OSError as error:
        raise BadImport(path, (error.strerror or "unreadable").lower(), _EXPORTS) from error
    (progress or _silent)(len(data), len(data))
    return reading


def _silent(done: int, whole: int) -> None:
    """Nobody watches."""


# --- what kind of file it is --------------------------------------------------------------------


def _content(path: Path) -> tuple[str, bytes]:
    """The kind of file, by how it begins, and all of it, unpacked, if it is one of ours."""
    try:
        mode = path.stat().st_mode
    except ValueError:
        raise _Wrong("no file can have that name", _EXPORTS) from None
    if not stat.S_ISREG(mode):
        what = "a folder" if stat.S_ISDIR(mode) else "a pipe or a device"
        raise _Wrong(f"it is {what}, not a file", _EXPORTS)
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        stream = gzip.GzipFile(fileobj=file) if packed else file
        data = stream.read(_HEAD)
        kind = _kind(_text(data, errors="replace").lstrip().lower())
        data += stream.read(LIMIT + 1 - len(data))
    if len(data) > LIMIT:
        raise _Wrong(f"it holds more than {LIMIT // 1024**2} MB", "no list export is that large")
    return kind, data


def _kind(head: str) -> str:
    if not head:
        raise _Wrong("it is empty", _EXPORTS)
    if head.startswith(("<!doctype html", "<html")):
        raise _Wrong("it is a web page, not an export", "download it while signed in")
    if head.startswith(("{", "[")):
        return "json"
    if {"id", "title", "status"} <= set(head.splitlines()[0].split(",")):
        return "csv"
    if not head.startswith("<"):
        raise _Wrong("it is no list that cryrec knows", _EXPORTS)
    return "xml"


def _text(data: bytes, errors: str = "strict") -> str:
    codec = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(codec, errors)
    except UnicodeDecodeError:
        raise _Wrong("its text is not UTF-8", "save or download it as UTF-8") from None


# --- what somebody else's rows mean -------------------------------------------------------------

_SPELT: Final = {
    "1": "watching",
    "2": "completed",
    "3": "on hold",
    "4": "dropped",
    "6": "planned",
    "current": "watching",
    "onhold": "on hold",
    "paused": "on hold",
    "plantowatch": "planned",
    "planning": "planned",
    "repeating": "rewatching",
}
_MEANING: Final = {
    "completed": Status.SEEN,
    "rewatching": Status.SEEN,
    "watching": Status.WATCHING,
    "on hold": Status.WATCHING,
    "dropped": Status.DROPPED,
    "planned": Status.LATER,
}
_NUMBER: Final = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


class _Row(NamedTuple):
    """One row of somebody's list, its values as they stand in the file."""

    mal: object
    anilist: object
    status: object
    score: object
    finished: str
    manga: bool = False


class _Known(NamedTuple):
    """A row that is understood. Of two about the same work the greater one says more."""

    rank: int
    score: float
    day: str
    word: str

    @property
    def status(self) -> Status:
        """What the word means here."""
        return _RANK[self.rank]


class _Gathered:
    """Takes rows in any order, and makes entries of those that concern a work of the catalogue."""

    def __init__(self, titles: Sequence[Title]) -> None:
        self.wanted = {title.id: (title.title, title.mal_ids) for title in titles}
        owned = {number for title in titles for number in title.mal_ids}
        for work in (work for title in titles for work in title.prerequisites):
            if work.mal_id and work.mal_id not in owned:
                self.wanted[work_id(work)] = (work.title, (work.mal_id,))
        self.numbers = {number for _, numbers in self.wanted.values() for number in numbers}
        # AniList began with MyAnimeList's numbers; its own start at 20,000.
        self.by_anilist = {number: number for number in self.numbers if number < 20_000}
        self.by_anilist |= {
            title.anilist_id: title.mal_ids[0]
            for title in titles
            if title.anilist_id and title.mal_ids
        }
        self.known: dict[int, _Known] = {}
        self.strangers: set[int] = set()
        self.skipped: defaultdict[tuple[str, str], set[object]] = defaultdict(set)

    def add(self, row: _Row) -> None:
        """Take in one row."""
        mal, anilist, word = _whole(row.mal), _whole(row.anilist), _word(row.status)
        number = mal if mal in self.numbers else self.by_anilist.get(anilist or 0, mal)
        if row.manga:
            self.skipped["manga", "cryrec knows only anime"].add(anilist or mal or object())
        elif mal is None and anilist is None:
            self.skipped["entry", "it has no number to tell the anime by"].add(object())
        elif number is None or number not in self.numbers:
            self.strangers.add(mal or -(anilist or 0))
        elif word is None:
            self.skipped["entry", "its status is none that cryrec knows"].add(number)
        else:
            rank = _RANK.index(_MEANING[word])
            known = _Known(rank, _number(row.score) or 0, _day(row.finished), word)
            self.known[number] = max(self.known.get(number, known), known)

    def reading(
        self, name: str, now: str, rate: Callable[[float], int | None], unrated: str
    ) -> Reading:
        """Everything taken in, scores turned into ratings; `unrated` is why one may not be."""
        treated: Counter[tuple[str, Status]] = Counter()
        entries = []
        for entry_id, (title, numbers) in self.wanted.items():
            rows = [self.known[number] for number in numbers if number in self.known]
            if not rows:
                continue
            word, status = _together(rows, whole=len(rows) == len(numbers))
            treated[word, status] += 1
            rating, at = None, now
            if status is Status.SEEN:
                at = min(now, max(row.day or now for row in rows))
                ratings = [rate(row.score) for row in rows if row.score]
                given = [each for each in ratings if each is not None]
                rating = _half_up(sum(given) / len(given)) if given else None
                if len(given) < len(ratings):
                    self.skipped["rating", unrated].add(entry_id)
            entries.append(Entry(entry_id, title, status, rating, at))
        skipped = tuple(Skipped(*key, len(which)) for key, which in self.skipped.items())
        said = tuple(Treated(*key, count) for key, count in treated.items())
        return Reading(name, tuple(entries), len(self.strangers), skipped, said)


def _together(rows: Sequence[_Known], whole: bool) -> tuple[str, Status]:
    """What the seasons of one title come to: seen only if all of them are."""
    statuses = {row.status for row in rows}
    if Status.SEEN not in statuses or (whole and statuses == {Status.SEEN}):
        best = max(rows)
        return best.word, best.status
    if Status.DROPPED in statuses:
        return "dropped", Status.DROPPED
    return "completed in part", Status.WATCHING


def _word(status: object) -> str | None:
    letters = re.sub("[^a-z0-9]", "", _plain(status).lower())
    word = _SPELT.get(letters, letters)
    return word if word in _MEANING else None


def _plain(value: object) -> str:
    return str(value).strip() if isinstance(value, str | int | float) else ""


def _number(value: object) -> float | None:
    text = _plain(value)
    return float(text) if _NUMBER.fullmatch(text) else None


def _whole(value: object) -> int | None:
    number = _number(value)
    return int(number) if number and number == int(number) else None


def _day(text: str) -> str:
    """Midnight of a whole date; nothing for one like "0000-00-00" or "2019-06-00"."""
    try:
        return f"{date.fromisoformat(text)}T00:00:00Z"
    except ValueError:
        return ""


def _half_up(number: float) -> int:
    return int(number + 0.5)


def _out_of(top: int) -> Callable[[float], int | None]:
    """How a score of 1 to `top` becomes a rating of 1 to 5: in proportion, half rounded up.

    AniList itself counts its three faces as 35, 60 and 85 of a hundred; so they are 2, 3 and 4.
    """

    def rate(score: float) -> int | None:
        if not 0 < score <= top:
            return None
        return int(score) + 1 if top == 3 else max(1, _half_up(score * 5 / top))

    return rate


# --- MyAnimeList and Kitsu ----------------------------------------------------------------------

_HEARD: Final = ("series_animedb_id", "my_status", "my_score", "my_finish_date", "user_export_type")


class _Listener:
    """Hears the elements of a MyAnimeList export one by one, and keeps only the fields of a row."""

    def __init__(self, add: Callable[[_Row], None]) -> None:
        self.add = add
        self.depth = self.rows = 0
        self.fields: dict[str, str] = {}
        self.text: list[str] | None = None
        self.kinds: set[str] = set()

    def start(self, tag: str, _attributes: object) -> None:
        """An element begins."""
        self.depth += 1
        self.rows += self.depth == 2
        if self.depth > _DEEPEST or self.rows > MOST:
            raise _Wrong(*_TOO_MUCH)
        if self.depth == 1 and tag.lower() != "myanimelist":
            raise _Wrong("its XML is not that of a MyAnimeList export", _EXPORTS)
        if self.depth == 2:
            self.fields = {}
        self.text = [] if self.depth == 3 and tag in _HEARD else None

    def data(self, text: str) -> None:
        """A piece of text, perhaps not all of it."""
        if self.text is not None:
            self.text.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        if self.text is not None:
            self.fields[tag] = "".join(self.text).strip()
            self.text = None
        if self.depth == 2:
            number, status, score, finished, kind = (self.fields.get(name, "") for name in _HEARD)
            self.kinds.add("manga" if kind == "2" else tag)
            if tag in ("anime", "manga"):
                self.add(_Row(number, None, status, score, finished, manga=tag == "manga"))
        self.depth -= 1


def _read_xml(data: bytes, titles: Sequence[Title], now: str, progress: Progress) -> Reading:
    gathered = _Gathered(titles)
    listener = _Listener(gathered.add)
    parser = XMLParser(target=listener, forbid_dtd=True)
    try:
        for start in range(0, len(data), _CHUNK):
            progress(start, len(data))
            parser.feed(data[start : start + _CHUNK])
        parser.close()
    except ParseError as error:
        wrong = f"its XML is damaged or cut short at line {error.position[0]}"
        raise _Wrong(wrong, _AGAIN) from None
    except DefusedXmlException:
        raise _Wrong("its XML declares a type or entities", "no list export does") from None
    except (LookupError, ValueError):
        raise _Wrong("its XML is in an unknown encoding", "save it as UTF-8") from None
    if "manga" in listener.kinds and "anime" not in listener.kinds:
        raise _Wrong("it is a manga list", _ANIME)
    return gathered.reading("MyAnimeList XML", now, _out_of(10), "its score is not 1 to 10")


# --- AniList ------------------------------------------------------------------------------------

_TOPS: Final = {
    "POINT_100": 100,
    "POINT_10_DECIMAL": 10,
    "POINT_10": 10,
    "POINT_5": 5,
    "POINT_3": 3,
}
_DOWNLOADED: Final = ("current", "planning", "completed", "dropped", "paused", "repeating")
_BOOKS: Final = ("MANGA", "NOVEL", "ONE_SHOT")
_ENOUGH: Final = 10


def _read_json(data: bytes, titles: Sequence[Title], now: str, progress: Progress) -> Reading:
    try:
        document = msgspec.json.decode(_text(data))
    except (msgspec.DecodeError, RecursionError):
        raise _Wrong("its JSON is damaged or cut short", _AGAIN) from None
    table = _table(document)
    if "schema_version" in table and isinstance(table.get("entries"), list):
        return _read_own("cryrec JSON", _few(_tables(table["entries"])), now)
    answer = _table(table.get("data")) or table
    named = {name: _table(each) for name, each in [("", answer), *answer.items()]}
    lists = {name: each for name, each in named.items() if isinstance(each.get("lists"), list)}
    if not lists:
        raise _Wrong("its JSON is neither an AniList list nor an export of cryrec", _EXPORTS)
    rows = _few(row for name, each in lists.items() for row in _anilist_rows(name, each))
    if rows and all(row.manga for row in rows):
        raise _Wrong("it is a manga list", _ANIME)
    gathered = _Gathered(titles)
    for row in rows:
        gathered.add(row)
    top = _scale([answer, *lists.values()], rows)
    unrated = "its score is out of range" if top else "the file does not say out of how many"
    return gathered.reading("AniList JSON", now, _out_of(top), unrated)


def _anilist_rows(name: str, collection: Mapping[str, Any]) -> Iterator[_Row]:
    """The rows of a MediaListCollection, or of the file behind AniList's "Download my data"."""
    for group in _tables(collection["lists"]):
        if "series_id" in group:
            status = dict(zip("012345", _DOWNLOADED, strict=True)).get(_plain(group.get("status")))
            day, manga = _plain(group.get("finished_on")), group.get("series_type") == 1
            yield _Row(None, group["series_id"], status, group.get("score"), day, manga)
        for entry in _tables(group.get("entries")):
            media, finished = _table(entry.get("media")), _table(entry.get("completedAt"))
            parts = (_plain(finished.get(part)) for part in ("year", "month", "day"))
            yield _Row(
                mal=media.get("idMal"),
                anilist=media.get("id") or entry.get("mediaId"),
                status=entry.get("status") or group.get("status"),
                score=entry.get("score"),
                finished="-".join(part.zfill(2) for part in parts),
                manga="MANGA" in (media.get("type"), name.upper()) or media.get("format") in _BOOKS,
            )


def _scale(places: Iterable[Mapping[str, Any]], rows: Iterable[_Row]) -> int:
    """What the scores are out of, or 0 if that cannot be known.

    The document's own `scoreFormat` counts, unless a score exceeds it. Without one the scores tell:
    above 10 it is 100; above 5, or with a fraction, 10. Lower ones fit three formats, but ten works
    of which none has more than 5 (or 3) are not scored out of ten; with fewer, nothing is guessed.
    """
    scores = {_whole(row.anilist) or _whole(row.mal): _number(row.score) or 0 for row in rows}
    most = max(scores.values(), default=0)
    for holder in (place.get(key) for place in places for key in ("user", "User", "Viewer")):
        options = _table(_table(holder).get("mediaListOptions"))
        top = _TOPS.get(_plain(options.get("scoreFormat")), 0)
        if top and most <= top:
            return top
    if most > 10:
        return 100
    if most > 5 or any(score != int(score) for score in scores.values()):
        return 10
    enough = sum(score > 0 for score in scores.values()) >= _ENOUGH
    return (5 if most > 3 else 3) if enough else 0


def _few(rows: Iterable[T]) -> list[T]:
    few = list(islice(rows, MOST + 1))
    if len(few) > MOST:
        raise _Wrong(*_TOO_MUCH)
    return few


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _tables(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


# --- our own ------------------------------------------------------------------------------------


def _read_csv(data: bytes, _titles: Sequence[Title], now: str, _progress: Progress) -> Reading:
    try:
        rows = _few(csv.DictReader(io.StringIO(_text(data), newline="")))
    except csv.Error:
        raise _Wrong("its CSV is damaged", "export it from cryrec again") from None
    return _read_own("cryrec CSV", rows, now)


def _read_own(name: str, rows: Iterable[Mapping[str, Any]], now: str) -> Reading:
    entries = []
    skipped: Counter[str] = Counter()
    for row in rows:
        try:
            entries.append(entry_of(row, now))
        except ValueError as error:
            skipped[str(error)] += 1
    kept = merge({}, entries)
    treated = Counter(entry.status for entry in kept)
    return Reading(
        name,
        kept,
        0,
        tuple(Skipped("entry", reason, count) for reason, count in skipped.items()),
        tuple(Treated(status.value, status, count) for status, count in treated.items()),
    )


_READERS: Final = {"xml": _read_xml, "json": _read_json, "csv": _read_csv}
