"""Lists of other sites, and our own: what is understood, what is left out, what is refused."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import socket
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cryrec.catalogue import load_bundled
from cryrec.errors import ExitCode
from cryrec.exports import write_csv, write_json
from cryrec.imports import LIMIT, MOST, BadImport, Reading, Skipped, Treated, merge, read
from cryrec.library import Entry, Status
from cryrec.models import Work

FIXTURES = Path(__file__).parents[1] / "fixtures"
TITLES = load_bundled().titles
NOW = "2025-01-01T12:00:00Z"
SEEN, LATER, WATCHING, DROPPED = Status.SEEN, Status.LATER, Status.WATCHING, Status.DROPPED

Said = dict[str, tuple[Status, int | None]]


def said(reading: Reading) -> Said:
    """Status and rating by id."""
    return {entry.id: (entry.status, entry.rating) for entry in reading.entries}


def reading_of(data: bytes | str) -> Reading:
    """What is read from a file of that content, under a name that says nothing."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list"
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return read(path, TITLES, NOW)


def refusal(data: bytes | str) -> str:
    """The part of the error that comes after the path."""
    with pytest.raises(BadImport) as caught:
        reading_of(data)
    assert caught.value.exit_code == ExitCode.FILE
    assert str(caught.value).isprintable()
    return str(caught.value).split(": ", 1)[1]


def mal(*rows: Mapping[str, object]) -> str:
    """A MyAnimeList export of rows given as `{status: ..., score: ...}` and so on."""
    names = {"id": "series_animedb_id", "finished": "my_finish_date"}
    anime = "".join(
        "<anime>"
        + "".join(
            f"<{names.get(k, f'my_{k}')}>{v}</{names.get(k, f'my_{k}')}>" for k, v in r.items()
        )
        + "</anime>"
        for r in rows
    )
    return f"<?xml version='1.0'?><myanimelist>{anime}</myanimelist>"


def anilist(*scores: float | None, says: str | None = None, first: int = 9989) -> str:
    """A completed AniList list: Anohana (or `first`) with the first score, strangers after it."""
    entries = [
        {
            "status": "COMPLETED",
            "score": score,
            "media": {"id": first if n == 0 else 500_000 + n, "idMal": None, "type": "ANIME"},
        }
        for n, score in enumerate(scores)
    ]
    user = {"mediaListOptions": {"scoreFormat": says}} if says else None
    return json.dumps({"MediaListCollection": {"user": user, "lists": [{"entries": entries}]}})


WHOLE_MAL: Said = {
    "anohana": (SEEN, 5),
    "your-lie-in-april": (SEEN, 5),
    "violet-evergarden": (WATCHING, None),
    "clannad-after-story": (LATER, None),
    "steins-gate": (WATCHING, None),
    "silent-voice": (SEEN, None),
    "grave": (LATER, None),
    "elfen-lied": (DROPPED, None),
    "march-lion": (SEEN, 5),
    "mal:2167": (SEEN, 4),
}

# --- what people can export ---------------------------------------------------------------------


@pytest.mark.parametrize("name", ["mal-2008.xml", "mal-1.1.0.xml"])
@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_myanimelist(name: str, pack: Callable[[bytes], bytes]) -> None:
    """Both forms of a MyAnimeList export say the same, packed as it comes or unpacked."""
    reading = reading_of(pack((FIXTURES / name).read_bytes()))
    assert reading.format == "MyAnimeList XML"
    assert said(reading) == WHOLE_MAL
    assert reading.not_in_catalogue == 2
    assert reading.skipped == ()
    assert Treated("on hold", WATCHING, 1) in reading.treated
    assert Treated("watching", WATCHING, 1) in reading.treated
    assert sum(each.count for each in reading.treated) == len(reading.entries)


def test_kitsu() -> None:
    """Kitsu leaves out empty fields and titles, writes "On Hold", and is understood."""
    reading = read(FIXTURES / "kitsu.xml", TITLES, NOW)
    assert said(reading) == {
        "anohana": (SEEN, 5),
        "steins-gate": (WATCHING, None),
        "grave": (LATER, None),
    }


def test_anilist_collection() -> None:
    """AniList's answer is understood: custom lists counted once, entries without idMal found."""
    reading = read(FIXTURES / "anilist-collection.json", TITLES, NOW)
    assert reading.format == "AniList JSON"
    assert said(reading) == {
        "anohana": (SEEN, 4),
        "your-lie-in-april": (SEEN, 5),
        "silent-voice": (SEEN, None),
        "steins-gate": (WATCHING, None),
        "grave": (LATER, None),
        "elfen-lied": (DROPPED, None),
        "march-lion": (WATCHING, None),
        "mal:2167": (SEEN, 4),
    }
    assert reading.not_in_catalogue == 1
    assert Treated("completed in part", WATCHING, 1) in reading.treated


def test_anilist_download() -> None:
    """The file behind AniList's "Download my data" is understood, with numbers for words."""
    reading = read(FIXTURES / "anilist-download.json", TITLES, NOW)
    assert said(reading) == {
        "anohana": (SEEN, 4),
        "silent-voice": (SEEN, None),
        "violet-evergarden": (WATCHING, None),
        "steins-gate": (WATCHING, None),
        "grave": (LATER, None),
        "elfen-lied": (DROPPED, None),
    }
    assert reading.skipped == (Skipped("manga", "cryrec knows only anime", 1),)
    assert reading.not_in_catalogue == 1


@pytest.mark.parametrize("codec", ["utf-16", "utf-8-sig"])
@pytest.mark.parametrize("name", ["mal-1.1.0.xml", "anilist-collection.json"])
def test_byte_order_marks(name: str, codec: str) -> None:
    """A file saved again by a Windows program, with a byte order mark, says the same."""
    text = (FIXTURES / name).read_text(encoding="utf-8")
    saved = text.replace('encoding="UTF-8"', f'encoding="{codec[:6].rstrip("-")}"')
    assert said(reading_of(saved.encode(codec))) == said(reading_of(text))


@pytest.mark.parametrize("name", sorted(path.name for path in FIXTURES.iterdir()))
def test_private(name: str) -> None:
    """No user name, mail address or comment of a file is in what is read, or in an error."""
    try:
        text = repr(read(FIXTURES / name, TITLES, NOW))
    except BadImport as error:
        text = str(error)
    assert not re.search("madeup|1234567|7654321|PRIVATE|Kim|Rainy", text)


# --- statuses, scores, dates, seasons -----------------------------------------------------------


@pytest.mark.parametrize(
    ("spelling", "status"),
    [
        *(("Watching", WATCHING), ("watching", WATCHING), ("1", WATCHING), ("CURRENT", WATCHING)),
        *(("Completed", SEEN), ("completed", SEEN), ("2", SEEN), (" Completed\n", SEEN)),
        *(("On-Hold", WATCHING), ("On Hold", WATCHING), ("on_hold", WATCHING), ("3", WATCHING)),
        *(("Dropped", DROPPED), ("4", DROPPED), ("Rewatching", SEEN)),
        *(("Plan to Watch", LATER), ("plan to watch", LATER), ("6", LATER)),
    ],
)
def test_spellings(spelling: str, status: Status) -> None:
    """Every way that sites and tools write a status means the same."""
    assert said(reading_of(mal({"id": 9989, "status": spelling}))) == {"anohana": (status, None)}


@pytest.mark.parametrize("spelling", ["", "5", "Plan to Read", "&lt;b&gt;", "Watched?"])
def test_unknown_status(spelling: str) -> None:
    """A row with a status that nobody knows is left out and counted, with the reason."""
    reading = reading_of(mal({"id": 9989, "status": spelling}, {"id": 1, "status": spelling}))
    assert reading.entries == ()
    assert reading.skipped == (Skipped("entry", "its status is none that cryrec knows", 1),)
    assert reading.not_in_catalogue == 1


@pytest.mark.parametrize("number", ["", "0", "Anohana", "-9989", "9989.5", "9" * 5000])
def test_unusable_number(number: str) -> None:
    """A row without a usable number is left out and counted."""
    reading = reading_of(mal({"id": number, "status": "Completed"}))
    assert reading.skipped == (Skipped("entry", "it has no number to tell the anime by", 1),)


def test_scores_of_ten() -> None:
    """Scores of 1 to 10 are ratings of 1 to 5, two and two; 0 is no rating."""
    ratings = [
        said(reading_of(mal({"id": 9989, "status": 2, "score": score})))["anohana"][1]
        for score in range(11)
    ]
    assert ratings == [None, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


@pytest.mark.parametrize("score", ["11", "85"])
def test_score_out_of_range(score: str) -> None:
    """A score that no ten-point scale has makes the entry unrated, and that is said."""
    reading = reading_of(mal({"id": 9989, "status": "Completed", "score": score}))
    assert said(reading) == {"anohana": (SEEN, None)}
    assert reading.skipped == (Skipped("rating", "its score is not 1 to 10", 1),)


@pytest.mark.parametrize(
    ("finished", "at"),
    [
        ("2019-06-30", "2019-06-30T00:00:00Z"),
        ("2019-06-00", NOW),
        ("0000-00-00", NOW),
        ("2019-02-31", NOW),
        ("", NOW),
        ("2999-01-01", NOW),
    ],
)
def test_dates(finished: str, at: str) -> None:
    """A seen entry has the day it was finished if that is a whole day in the past, else now."""
    row = {"id": 9989, "status": "Completed", "finished": finished}
    assert reading_of(mal(row)).entries[0].at == at


def test_only_seen_is_rated_and_dated() -> None:
    """What was not seen to the end has no rating, and is dated now."""
    row = {"id": 9989, "status": "Dropped", "score": 3, "finished": "2019-06-30"}
    title = next(title.title for title in TITLES if title.id == "anohana")
    assert reading_of(mal(row)).entries == (Entry("anohana", title, DROPPED, None, NOW),)


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (("Completed", 8), ("Completed", 9), (SEEN, 5)),
        (("Completed", 8), ("Completed", 8), (SEEN, 4)),
        (("Completed", 3), ("Completed", 5), (SEEN, 3)),
        (("Completed", 8), ("Completed", 0), (SEEN, 4)),
        (("Completed", 8), None, (WATCHING, None)),
        (None, ("Completed", 8), (WATCHING, None)),
        (("Completed", 8), ("Plan to Watch", 0), (WATCHING, None)),
        (("Completed", 8), ("Dropped", 2), (DROPPED, None)),
        (("Watching", 0), ("Plan to Watch", 0), (WATCHING, None)),
        (("Plan to Watch", 0), ("Plan to Watch", 0), (LATER, None)),
    ],
)
def test_two_seasons(
    first: tuple[str, int] | None, second: tuple[str, int] | None, expected: Any
) -> None:
    """March Comes In Like a Lion is seen only when both seasons are; ratings are averaged."""
    seasons = zip((31646, 35180), (first, second), strict=True)
    rows = [{"id": n, "status": each[0], "score": each[1]} for n, each in seasons if each]
    assert said(reading_of(mal(*rows))) == {"march-lion": expected}


def test_prerequisites(tmp_path: Path) -> None:
    """A prerequisite counts by itself only if it has a number and is no title of its own."""
    air, nana = (title for title in TITLES if title.id in ("air", "nana"))
    before = (
        Work("Air", 12, 300, 101),
        Work("Unnumbered", 1, 90, None),
        Work("Kanon", 24, 570, 1530),
    )
    titles = [air, msgspec.structs.replace(nana, prerequisites=before)]
    path = tmp_path / "list"
    path.write_text(mal({"id": 101, "status": "2"}, {"id": 1530, "status": "2", "score": 6}))
    assert said(read(path, titles, NOW)) == {"air": (SEEN, None), "mal:1530": (SEEN, 3)}


def test_listed_twice() -> None:
    """Of two rows about the same work the one that says more counts, in either order."""
    rows = [
        {"id": 9989, "status": "Completed", "score": 8},
        {"id": 9989, "status": "Completed", "score": 0},
        {"id": 9989, "status": "Plan to Watch", "score": 10},
    ]
    assert said(reading_of(mal(*rows))) == {"anohana": (SEEN, 4)}
    assert reading_of(mal(*rows)) == reading_of(mal(*reversed(rows)))


def test_manga_beside_anime() -> None:
    """A manga with the number of an anime is never taken for it."""
    xml = mal({"id": 578, "status": "Completed"}).replace(
        "</myanimelist>",
        "<manga><series_animedb_id>9989</series_animedb_id><my_status>2</my_status></manga>"
        "</myanimelist>",
    )
    reading = reading_of(xml)
    assert said(reading) == {"grave": (SEEN, None)}
    assert reading.skipped == (Skipped("manga", "cryrec knows only anime", 1),)


def test_nested_fields_are_not_ours() -> None:
    """A field counts only where it belongs, directly in its row."""
    nested = "<x><my_status>Completed</my_status></x>"
    xml = mal({"id": 9989, "status": "Dropped"}).replace("</anime>", f"{nested}</anime>")
    assert said(reading_of(xml)) == {"anohana": (DROPPED, None)}


# --- AniList's five score formats ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("says", "ratings"),
    [
        ("POINT_100", {0: None, 1: 1, 29: 1, 30: 2, 69: 3, 70: 4, 85: 4, 90: 5, 100: 5}),
        ("POINT_10_DECIMAL", {0: None, 0.5: 1, 2.9: 1, 3: 2, 6.9: 3, 7: 4, 8.5: 4, 9: 5}),
        ("POINT_10", {1: 1, 2: 1, 3: 2, 5: 3, 8: 4, 9: 5, 10: 5}),
        ("POINT_5", {0: None, 1: 1, 2: 2, 3: 3, 4: 4, 5: 5}),
        ("POINT_3", {0: None, 1: 2, 2: 3, 3: 4}),
    ],
)
def test_said_format(says: str, ratings: Mapping[float, int | None]) -> None:
    """A score counts in the format that the document names."""
    for score, rating in ratings.items():
        assert said(reading_of(anilist(score, says=says))) == {"anohana": (SEEN, rating)}


@pytest.mark.parametrize(
    ("scores", "rating"),
    [
        ((5, 85), 1),
        ((60, 10), 3),
        ((4, 7.5), 2),
        ((3, 6), 2),
        ((1.5,), 1),
        ((4, *[3] * 9), 4),
        ((4, *[5] * 9), 4),
        ((3, *[1] * 9), 4),
    ],
)
def test_unsaid_format(scores: tuple[float, ...], rating: int) -> None:
    """Without a named format all scores together tell it, if they can."""
    assert said(reading_of(anilist(*scores))) == {"anohana": (SEEN, rating)}


@pytest.mark.parametrize("scores", [(4,), (2, 3), (5, *[4] * 8), (3, *[None] * 20)])
def test_format_not_guessed(scores: tuple[float, ...]) -> None:
    """A few low scores fit several formats: no rating is guessed, and that is said."""
    reading = reading_of(anilist(*scores))
    assert said(reading) == {"anohana": (SEEN, None)}
    assert reading.skipped == (Skipped("rating", "the file does not say out of how many", 1),)


def test_said_format_contradicted() -> None:
    """A named format that the scores exceed is not believed: the query asked for another."""
    assert said(reading_of(anilist(80, 60, says="POINT_5"))) == {"anohana": (SEEN, 4)}


def test_anilist_bare_entries() -> None:
    """Entries with nothing but AniList's number take the status of their list."""
    lists = [{"status": "PLANNING", "entries": [{"mediaId": 21519}, {"mediaId": 7}, 3, None]}]
    reading = reading_of(json.dumps({"data": {"anime": {"lists": [*lists, None, {}, 4]}}}))
    assert said(reading) == {"your-name": (LATER, None)}
    assert reading.not_in_catalogue == 1


def test_anilist_manga_alias() -> None:
    """Where anime and manga were asked for together, what stands under manga is manga."""
    entry = {"status": "COMPLETED", "media": {"idMal": 9989}}
    document = {
        "data": {
            "manga": {"lists": [{"entries": [entry]}]},
            "anime": {"lists": [{"entries": [{**entry, "media": {"idMal": 578}}]}]},
        }
    }
    reading = reading_of(json.dumps(document))
    assert said(reading) == {"grave": (SEEN, None)}
    assert [each.what for each in reading.skipped] == ["manga"]


# --- refused, in one line -----------------------------------------------------------------------

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(
        f'<!ENTITY {n} "{f"&{m};" * 10}">' for m, n in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]><myanimelist><anime><my_status>&j;</my_status></anime></myanimelist>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><myanimelist>&f;</myanimelist>'
MAL = (FIXTURES / "mal-1.1.0.xml").read_bytes()
COLLECTION = (FIXTURES / "anilist-collection.json").read_bytes()


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (b"", "it is empty"),
        (b" \r\n\t\n", "it is empty"),
        (gzip.compress(b""), "it is empty"),
        (MAL[:5000], "its XML is damaged or cut short at line"),
        (COLLECTION[:5000], "its JSON is damaged or cut short"),
        (gzip.compress(MAL)[:900], "its compression is damaged or cut short"),
        (b"\x1f\x8b" + b"\x00" * 50, "its compression is damaged or cut short"),
        (b"\x1f\x8b", "its compression is damaged or cut short"),
        ((FIXTURES / "mal-manga.xml").read_bytes(), "it is a manga list"),
        (COLLECTION.replace(b'"ANIME"', b'"MANGA"'), "it is a manga list"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "it is a web page"),
        (b"\n <HTML><head><title>Just a moment...</title></head></HTML>", "it is a web page"),
        (b"<?xml version='1.0'?><html/>", "its XML is not that of a MyAnimeList export"),
        (BOMB.encode(), "its XML declares a type or entities"),
        (OUTSIDE.encode(), "its XML declares a type or entities"),
        (b"<myanimelist>&nbsp;</myanimelist>", "its XML is damaged or cut short at line 1"),
        (b"<myanimelist>" + b"<a>" * 100_000, "it is longer, or more nested, than any list"),
        (b"<myanimelist>" + b"<a/>" * (MOST + 1), "it is longer, or more nested, than any list"),
        (b'{"lists":[{"entries":[' + b"{}," * MOST + b"{}]}]}", "it is longer, or more nested"),
        (b"[" * 200_000, "its JSON is damaged or cut short"),
        (b'{"errors":[{"message":"Not Found."}],"data":null}', "its JSON is neither"),
        (b"[]", "its JSON is neither"),
        (b'{"lists": "\xff"}', "its text is not UTF-8"),
        ("id,title,status\nå".encode("latin-1"), "its text is not UTF-8"),
        (b"id,title,status\n" + b"x" * 200_000, "its CSV is damaged"),
        ("<myanimelist>å</myanimelist>".encode("latin-1"), "its XML is damaged or cut short"),
        (b"<?xml version='1.0' encoding='shift_jis'?><myanimelist/>", "its XML is in an unknown"),
        (b"<?xml version='1.0' encoding='klingon'?><myanimelist/>", "its XML is in an unknown"),
        (gzip.compress(gzip.compress(MAL)), "it is no list that cryrec knows"),
        (b"PK\x03\x04" + b"\x00" * 100, "it is no list that cryrec knows"),
        (b"Anohana\nAir\n", "it is no list that cryrec knows"),
    ],
)
def test_refused(data: bytes, wrong: str) -> None:
    """What is no list is refused in one line that says what is wrong and what would be right."""
    assert refusal(data).startswith(wrong)
    assert "; " in refusal(data)


def test_gzip_bomb() -> None:
    """A small file that unpacks to more than the limit is refused."""
    bomb = gzip.compress(b"<myanimelist>" + b" " * LIMIT)
    assert len(bomb) < 100_000
    assert refusal(bomb).startswith("it holds more than 64 MB")


def test_noise(tmp_path: Path) -> None:
    """200 MB of noise are refused by their first bytes; with a good beginning, by their size."""
    path = tmp_path / "noise"
    for start, wrong in ((random.Random(7).randbytes(5000), "no list"), (b"{", "more than 64 MB")):
        with path.open("wb") as file:
            file.write(start)
            file.truncate(200_000_000)
        with pytest.raises(BadImport, match=wrong):
            read(path, TITLES, NOW)


def test_not_a_file(tmp_path: Path) -> None:
    """A folder, a pipe that nobody writes to, a socket, a device and nothing at all are refused."""
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        for path, wrong in {
            tmp_path: "it is a folder",
            tmp_path / "pipe": "it is a pipe or a device",
            tmp_path / "socket": "it is a pipe or a device",
            Path(os.devnull): "it is a pipe or a device",
            tmp_path / "nothing": "no such file",
            tmp_path / "x" / ("y" * 300): "no such file|too long",
            Path("nul\0byte"): "no file can have that name",
        }.items():
            with pytest.raises(BadImport, match=wrong):
                read(path, TITLES, NOW)


def test_one_line_whatever_the_name(tmp_path: Path) -> None:
    """A file name with line breaks or escapes in it cannot break the line."""
    path = tmp_path / "two\nlines\x1b[31m"
    path.write_bytes(b"")
    with pytest.raises(BadImport) as caught:
        read(path, TITLES, NOW)
    assert str(caught.value).isprintable()


def test_progress() -> None:
    """Progress only ever rises, in bytes, and ends with the whole."""
    told: list[tuple[int, int]] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list"
        path.write_text(mal({"id": 9989, "status": "2"}).replace(">", ">" + " " * 200_000))
        read(path, TITLES, NOW, lambda done, whole: told.append((done, whole)))
        size = path.stat().st_size
    assert len(told) > 2
    assert told == sorted(told)
    assert told[-1] == (size, size)
    assert {whole for _, whole in told} == {size}


MUTATED = [path.read_bytes() for path in FIXTURES.iterdir()] + [gzip.compress(MAL)]
KEYS = (
    *("id", "idMal", "mediaId", "media", "status", "score", "completedAt", "year", "type"),
    *("series_id", "series_type", "finished_on", "entries", "lists", "user", "title", "rating"),
)
PLAIN = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9)
JSON = st.recursive(
    PLAIN | st.sampled_from([9989, "COMPLETED", "seen", "air"]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)
    ),
    max_leaves=12,
)
DOCUMENTS = (
    st.fixed_dictionaries({"lists": st.lists(JSON, max_size=3), "user": JSON, "x": JSON})
    | st.builds(lambda rows: {"data": {"anime": {"lists": [{"entries": rows}]}}}, st.lists(JSON))
    | st.builds(lambda rows: {"schema_version": 1, "entries": rows}, st.lists(JSON))
    | JSON
)


def read_or_refuse(data: bytes) -> None:
    """Reads `data`, or is told why not in one line; anything else fails."""
    refused = ""
    try:
        reading_of(data)
    except BadImport as error:
        refused = str(error)
    assert refused.isprintable()


@given(st.binary(), st.sampled_from([b"", b"<", b"<myanimelist>", b"{", b"id,title,status\n"]))
def test_any_bytes(data: bytes, start: bytes) -> None:
    """Any bytes are read or refused, packed or not."""
    read_or_refuse(start + data)
    read_or_refuse(gzip.compress(start + data))
    read_or_refuse(b"\x1f\x8b\x08\x00" + data)


@given(st.sampled_from(MUTATED), st.data())
def test_any_damage(whole: bytes, data: st.DataObject) -> None:
    """An export with any piece of it replaced by anything is read or refused."""
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 50)))
    read_or_refuse(whole[:start] + data.draw(st.binary(max_size=20)) + whole[end:])


@given(DOCUMENTS)
def test_any_json(document: object) -> None:
    """Any JSON, in the shapes that we look for and any other, is read or refused."""
    read_or_refuse(json.dumps(document).encode())


# --- our own export -----------------------------------------------------------------------------

IDS = st.sampled_from(
    [*(title.id for title in TITLES), "mal:2167", "mal:1", "gone", 'work:a "film", 1']
)
PRINTABLE = st.text(max_size=200).filter(str.isprintable)
MOMENTS = st.datetimes().map(lambda moment: f"{moment:%Y-%m-%d}".zfill(10) + f"T{moment:%H:%M:%S}Z")
ENTRIES = st.builds(
    Entry,
    IDS,
    PRINTABLE,
    st.sampled_from(Status),
    st.none() | st.integers(1, 5),
    MOMENTS,
    st.booleans(),
)
LIBRARIES = st.lists(ENTRIES, unique_by=lambda entry: entry.id).map(tuple)


@given(LIBRARIES)
def test_round_trip(entries: tuple[Entry, ...]) -> None:
    """An export in either form, read again, is the very library it was."""
    for written, name in ((write_json(entries), "JSON"), (write_csv(entries), "CSV")):
        reading = reading_of(written)
        assert reading.format == f"cryrec {name}"
        assert reading.entries == entries
        assert reading.skipped == ()


def test_export_form() -> None:
    """The exports are what the documentation says, a newline at the end."""
    entry = Entry("anohana", "Anohana, again", SEEN, 5, NOW)
    row = {"id": "anohana", "title": "Anohana, again", "status": "seen", "rating": 5, "at": NOW}
    document = {"schema_version": 1, "entries": [{**row, "forgotten": False}]}
    assert json.loads(write_json([entry])) == document
    assert write_json([entry]).endswith("}\n")
    header, line, end = write_csv([entry]).split("\n")
    assert header == "id,title,status,rating,at,forgotten"
    assert line == f'anohana,"Anohana, again",seen,5,{NOW},False'
    assert end == ""


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"id": "../etc"}, "its id is none that cryrec writes"),
        ({"id": "work:a\nb"}, "its id is none that cryrec writes"),
        ({"id": None}, "its id is none that cryrec writes"),
        ({"id": "a" * 301}, "its id is none that cryrec writes"),
        ({"title": "\x1b[2Jgone"}, "its title is missing, too long, or more than one line of text"),
        ({"title": "x" * 301}, "its title is missing, too long, or more than one line of text"),
        ({"status": "loved"}, "its status is none that cryrec knows"),
        ({"status": ["seen"]}, "its status is none that cryrec knows"),
        ({"rating": 6}, "its rating is not 1 to 5"),
        ({"rating": True}, "its rating is not 1 to 5"),
        ({"rating": 4.0}, "its rating is not 1 to 5"),
        ({"rating": "many"}, "its rating is not 1 to 5"),
    ],
)
def test_own_rows_are_checked(change: Mapping[str, object], reason: str) -> None:
    """A row of our own export that we cannot have written is left out with the reason."""
    row = {"id": "air", "title": "Air", "status": "seen", "rating": 3, "at": NOW}
    rows = [{**row, **change}, {**row, "id": "nana", "more": 1}]
    reading = reading_of(json.dumps({"schema_version": 9, "entries": rows}))
    assert [entry.id for entry in reading.entries] == ["nana"]
    assert reading.skipped == (Skipped("entry", reason, 1),)


@pytest.mark.parametrize("at", [None, "", "yesterday", "2020-01-01", 5])
def test_own_rows_without_a_moment(at: object) -> None:
    """A row of our own that does not say when is dated now."""
    row = {"id": "air", "title": "Air", "status": "seen", "rating": None, "at": at}
    reading = reading_of(json.dumps({"schema_version": 1, "entries": [row]}))
    assert reading.entries == (Entry("air", "Air", SEEN, None, NOW),)


# --- merging ------------------------------------------------------------------------------------


def library(entries: tuple[Entry, ...]) -> dict[str, Entry]:
    """Entries by id."""
    return {entry.id: entry for entry in entries}


@given(LIBRARIES, st.lists(ENTRIES))
def test_merge_is_idempotent(known: tuple[Entry, ...], found: list[Entry]) -> None:
    """The same list merged a second time changes nothing, nor does the library's own export."""
    before = library(known)
    after = before | library(merge(before, found))
    assert merge(after, found) == ()
    assert merge(after, tuple(after.values())) == ()


@given(LIBRARIES, st.lists(ENTRIES))
def test_merge_never_downgrades(known: tuple[Entry, ...], found: list[Entry]) -> None:
    """No status goes back, no rating is replaced or lost, and only what differs is returned."""
    ranks = [LATER, WATCHING, DROPPED, SEEN]
    before = library(known)
    for entry in merge(before, found):
        old = before.get(entry.id)
        if old:
            assert entry != old
            assert ranks.index(entry.status) >= ranks.index(old.status)
            assert old.rating in (None, entry.rating)


@pytest.mark.parametrize(
    ("old", "new", "after"),
    [
        ((LATER, None), (SEEN, 4), (SEEN, 4)),
        ((SEEN, 4), (LATER, None), None),
        ((SEEN, 4), (SEEN, None), None),
        ((SEEN, None), (SEEN, 4), (SEEN, 4)),
        ((SEEN, 5), (SEEN, 1), None),
        ((DROPPED, None), (WATCHING, None), None),
        ((WATCHING, None), (DROPPED, None), (DROPPED, None)),
        ((DROPPED, None), (SEEN, 2), (SEEN, 2)),
        ((LATER, None), (DROPPED, None), (DROPPED, None)),
        ((LATER, 3), (SEEN, 5), (SEEN, 3)),
    ],
)
def test_merge_cases(old: Any, new: Any, after: Any) -> None:
    """Seen beats dropped beats watching beats later; a rating is filled in, never replaced."""
    known = {"air": Entry("air", "Air", *old, NOW)}
    found = [Entry("air", "AIR", *new, "2019-01-01T00:00:00Z")]
    assert [(entry.status, entry.rating) for entry in merge(known, found)] == [after][: bool(after)]


def test_merge_keeps_a_forgotten_rating_forgotten() -> None:
    """A rating that taste was told to forget stays so; one that an import fills in counts."""
    old = Entry("air", "Air", LATER, 3, NOW, forgotten=True)
    new = Entry("air", "Air", SEEN, 5, NOW)
    assert merge({"air": old}, [new]) == (Entry("air", "Air", SEEN, 3, NOW, forgotten=True),)
    unrated = msgspec.structs.replace(old, rating=None)
    assert merge({"air": unrated}, [new]) == (new,)


def test_real_import_twice() -> None:
    """A second import of the same real list changes nothing, on whatever day it is made."""
    first = read(FIXTURES / "mal-1.1.0.xml", TITLES, NOW)
    second = read(FIXTURES / "mal-1.1.0.xml", TITLES, "2026-06-06T06:06:06Z")
    known = library(merge({}, first.entries))
    assert len(known) == 10
    assert merge(known, second.entries) == ()
