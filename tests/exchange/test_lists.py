"""Lists of other sites: what is understood, and what is left out."""

from __future__ import annotations

import gzip
import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
from exchange.hostile import zipped
from exchange.written import (
    DROPPED,
    FIXTURES,
    LATER,
    NOW,
    SEEN,
    TITLES,
    WATCHING,
    Said,
    anilist,
    mal,
    reading_of,
    refusal,
    said,
)

from cryrec.exchange.lists import BadImport, read
from cryrec.exchange.reading import Skipped, Treated
from cryrec.library.entries import Entry, Status
from cryrec.models import Work

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


@pytest.mark.parametrize(
    ("name", "site", "expected", "strangers"),
    [
        (
            "mal-load.json",
            "MyAnimeList JSON",
            {
                "anohana": (SEEN, 5),
                "silent-voice": (SEEN, 5),
                "steins-gate": (WATCHING, None),
                "elfen-lied": (DROPPED, None),
                "grave": (LATER, None),
            },
            1,
        ),
        (
            "mal-api.json",
            "MyAnimeList JSON",
            {
                "anohana": (SEEN, 5),
                "silent-voice": (SEEN, 5),
                "grave": (SEEN, 5),
                "steins-gate": (LATER, None),
                "elfen-lied": (DROPPED, None),
            },
            1,
        ),
        (
            "shikimori.json",
            "Shikimori JSON",
            {
                "anohana": (SEEN, 5),
                "silent-voice": (SEEN, 5),
                "grave": (SEEN, 5),
                "steins-gate": (LATER, None),
                "elfen-lied": (DROPPED, None),
            },
            1,
        ),
        (
            "shikimori-api.json",
            "Shikimori JSON",
            {"anohana": (SEEN, 5), "silent-voice": (SEEN, 5)},
            0,
        ),
        (
            "simkl.json",
            "Simkl JSON",
            {
                "anohana": (SEEN, 5),
                "silent-voice": (SEEN, 5),
                "your-name": (SEEN, 5),
                "steins-gate": (WATCHING, None),
                "elfen-lied": (DROPPED, None),
                "grave": (LATER, None),
            },
            1,
        ),
    ],
)
def test_json_of_other_sites(
    name: str, site: str, expected: Said, strangers: int
) -> None:
    """Each site's JSON is told by its content, and understood; no manga is taken for an anime."""
    reading = read(FIXTURES / name, TITLES, NOW)
    assert reading.format == site
    assert said(reading) == expected
    assert reading.not_in_catalogue == strangers


@pytest.mark.parametrize(
    ("name", "left_out"),
    [
        ("shikimori.json", {"manga": 1}),
        ("shikimori-api.json", {"manga": 1}),
        ("simkl.json", {"film or show": 2, "entry": 1}),
    ],
)
def test_what_other_sites_also_keep(
    name: str, left_out: Mapping[str, int]
) -> None:
    """What is no anime, or has no number, is left out and counted."""
    reading = read(FIXTURES / name, TITLES, NOW)
    assert {
        skipped.what: skipped.count for skipped in reading.skipped
    } == left_out


def test_dates_of_other_sites() -> None:
    """A day counts where the site writes it whole and unmistakably; "05-06-19" may be in June."""
    dates = {}
    for name in ("mal-load.json", "mal-api.json", "simkl.json"):
        entries = read(FIXTURES / name, TITLES, NOW).entries
        dates[name] = {
            entry.id: entry.at for entry in entries if entry.status is SEEN
        }
    assert dates["mal-load.json"]["anohana"] == NOW
    assert dates["mal-api.json"]["anohana"] == "2019-06-30T00:00:00Z"
    assert dates["mal-api.json"]["silent-voice"] == NOW
    assert dates["simkl.json"]["anohana"] == "2019-06-30T00:00:00Z"
    assert dates["simkl.json"]["your-name"] == NOW


def test_shikimori_asked_by_query() -> None:
    """Shikimori's newest API says which number is MyAnimeList's."""
    rate = {
        "status": "rewatching",
        "score": 8,
        "rewatches": 0,
        "anime": {"id": "1", "malId": "578"},
    }
    reading = reading_of(json.dumps({"data": {"userRates": [rate]}}))
    assert said(reading) == {"grave": (SEEN, 4)}


def test_simkl_without_anime() -> None:
    """A list of films and shows alone is refused: nothing in it can be an anime."""
    movie = {
        "status": "completed",
        "movie": {"title": "A film", "ids": {"mal": "578"}},
    }
    assert refusal(json.dumps({"movies": [movie]})).startswith(
        "it is a film or show list"
    )


@pytest.mark.parametrize(
    "name", sorted(path.name for path in FIXTURES.iterdir())
)
def test_packed_and_piped(name: str) -> None:
    """A list in a zip, as .gz in a zip, or piped in says what it says by itself."""
    data = (FIXTURES / name).read_bytes()
    if name == "mal-manga.xml":
        return
    expected = reading_of(data)
    assert reading_of(zipped(data)) == expected
    assert reading_of(zipped(data, method=zipfile.ZIP_STORED)) == expected
    assert reading_of(zipped(gzip.compress(data))) == expected
    assert (
        reading_of(
            gzip.compress(data[:99]) + gzip.compress(data[99:]) + bytes(9)
        )
        == expected
    )
    assert read(io.BytesIO(data), TITLES, NOW) == expected


def test_a_zip_from_a_mac() -> None:
    """Folders, and what a Mac adds unasked, are no second list in a zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("lists/", "")
        archive.writestr("lists/mine", mal({"id": 578, "status": 2}))
        archive.writestr("lists/.DS_Store", "x")
        archive.writestr("__MACOSX/lists/._mine", "x")
    assert said(reading_of(stream.getvalue())) == {"grave": (SEEN, None)}


BLANK_LINES = "\n\r\n \t\n"


@pytest.mark.parametrize(
    "codec",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"],
)
@pytest.mark.parametrize("blank", ["", BLANK_LINES, BLANK_LINES * 9999])
@pytest.mark.parametrize(
    "name", ["mal-1.1.0.xml", "kitsu.xml", "anilist-download.json"]
)
def test_saved_again(name: str, codec: str, blank: str) -> None:
    """The encoding is what the bytes are, whatever the first line says; blank lines say nothing."""
    text = (FIXTURES / name).read_text(encoding="utf-8")
    assert reading_of((blank + text).encode(codec)) == reading_of(text)


@pytest.mark.parametrize(
    "declared", ["utf-16", "shift_jis", "klingon", "us-ascii", "iso-8859-1"]
)
def test_declared_but_not_so(declared: str) -> None:
    """What is UTF-8 is read as that, though it says that it is something else."""
    row = mal({"id": 578, "status": 2, "comments": "é"})
    xml = row.replace("?>", f" encoding='{declared}'?>", 1)
    assert said(reading_of(xml)) == {"grave": (SEEN, None)}


@pytest.mark.parametrize("codec", ["windows-1251", "iso-8859-5", "koi8-r"])
def test_declared_and_so(codec: str) -> None:
    """Another encoding is believed where the text is in it."""
    row = mal({"id": 578, "status": 2, "comments": "привет"})
    xml = row.replace("?>", f" encoding='{codec}'?>", 1)
    assert said(reading_of(xml.encode(codec))) == {"grave": (SEEN, None)}


@pytest.mark.parametrize("codec", ["utf-16", "utf-8-sig"])
@pytest.mark.parametrize("name", ["mal-1.1.0.xml", "anilist-collection.json"])
def test_byte_order_marks(name: str, codec: str) -> None:
    """A file saved again by a Windows program, with a byte order mark, says the same."""
    text = (FIXTURES / name).read_text(encoding="utf-8")
    saved = text.replace(
        'encoding="UTF-8"', f'encoding="{codec[:6].rstrip("-")}"'
    )
    assert said(reading_of(saved.encode(codec))) == said(reading_of(text))


@pytest.mark.parametrize(
    "name", sorted(path.name for path in FIXTURES.iterdir())
)
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
        *(
            ("Watching", WATCHING),
            ("watching", WATCHING),
            ("1", WATCHING),
            ("CURRENT", WATCHING),
        ),
        *(
            ("Completed", SEEN),
            ("completed", SEEN),
            ("2", SEEN),
            (" Completed\n", SEEN),
        ),
        *(
            ("On-Hold", WATCHING),
            ("On Hold", WATCHING),
            ("on_hold", WATCHING),
            ("3", WATCHING),
        ),
        *(("Dropped", DROPPED), ("4", DROPPED), ("Rewatching", SEEN)),
        *(("Plan to Watch", LATER), ("plan to watch", LATER), ("6", LATER)),
    ],
)
def test_spellings(spelling: str, status: Status) -> None:
    """Every way that sites and tools write a status means the same."""
    assert said(reading_of(mal({"id": 9989, "status": spelling}))) == {
        "anohana": (status, None)
    }


@pytest.mark.parametrize(
    "spelling", ["", "5", "Plan to Read", "&lt;b&gt;", "Watched?"]
)
def test_unknown_status(spelling: str) -> None:
    """A row with a status that nobody knows is left out and counted, with the reason."""
    reading = reading_of(
        mal({"id": 9989, "status": spelling}, {"id": 1, "status": spelling})
    )
    assert reading.entries == ()
    assert reading.skipped == (
        Skipped("entry", "its status is none that cryrec knows", 1),
    )
    assert reading.not_in_catalogue == 1


@pytest.mark.parametrize(
    "number", ["", "0", "Anohana", "-9989", "9989.5", "9" * 5000]
)
def test_unusable_number(number: str) -> None:
    """A row without a usable number is left out and counted."""
    reading = reading_of(mal({"id": number, "status": "Completed"}))
    assert reading.skipped == (
        Skipped("entry", "it has no number to tell the anime by", 1),
    )


def test_scores_of_ten() -> None:
    """Scores of 1 to 10 are ratings of 1 to 5, two and two; 0 is no rating."""
    ratings = [
        said(reading_of(mal({"id": 9989, "status": 2, "score": score})))[
            "anohana"
        ][1]
        for score in range(11)
    ]
    assert ratings == [None, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


@pytest.mark.parametrize("score", ["11", "85"])
def test_score_out_of_range(score: str) -> None:
    """A score that no ten-point scale has makes the entry unrated, and that is said."""
    reading = reading_of(
        mal({"id": 9989, "status": "Completed", "score": score})
    )
    assert said(reading) == {"anohana": (SEEN, None)}
    assert reading.skipped == (
        Skipped("rating", "its score is not 1 to 10", 1),
    )


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
    row = {
        "id": 9989,
        "status": "Dropped",
        "score": 3,
        "finished": "2019-06-30",
    }
    title = next(title.title for title in TITLES if title.id == "anohana")
    assert reading_of(mal(row)).entries == (
        Entry("anohana", title, DROPPED, None, NOW),
    )


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
    first: tuple[str, int] | None,
    second: tuple[str, int] | None,
    expected: Any,
) -> None:
    """March Comes In Like a Lion is seen only when both seasons are; ratings are averaged."""
    seasons = zip((31646, 35180), (first, second), strict=True)
    rows = [
        {"id": n, "status": each[0], "score": each[1]}
        for n, each in seasons
        if each
    ]
    assert said(reading_of(mal(*rows))) == {"march-lion": expected}


@pytest.mark.parametrize(
    "status", ["Watching", "On-Hold", "Dropped", "Plan to Watch", "Skimmed"]
)
@pytest.mark.parametrize(
    "again",
    [
        *({"rewatching": value} for value in ("1", "YES", "true")),
        *({"times_watched": value} for value in ("1", "12")),
    ],
)
def test_rewatching(status: str, again: Mapping[str, str]) -> None:
    """Whoever watches a work again has seen it to the end, whatever its status, and rated it."""
    row = {"id": 578, "status": status, "score": 9, **again}
    assert said(reading_of(mal(row))) == {"grave": (SEEN, 5)}


@pytest.mark.parametrize(
    "once",
    [
        *({"rewatching": value} for value in ("0", "NO", "", "false")),
        *({"times_watched": value} for value in ("0", "", "-1", "many")),
    ],
)
def test_not_rewatching(once: Mapping[str, str]) -> None:
    """Whoever watches a work for the first time has not seen it."""
    row = {"id": 578, "status": "Watching", "score": 9, **once}
    assert said(reading_of(mal(row))) == {"grave": (WATCHING, None)}


@pytest.mark.parametrize(
    "entry",
    [
        {"mediaId": 578, "score": 9, "status": "REPEATING"},
        {"mediaId": 578, "score": 9, "status": "CURRENT", "repeat": 1},
        {"mediaId": 578, "score": 9, "status": "PAUSED", "repeat": 2},
    ],
)
def test_repeating(entry: Mapping[str, object]) -> None:
    """What AniList calls repeating, or has repeats of, has been seen."""
    lists = [{"name": "Watching", "entries": [entry]}]
    assert said(reading_of(json.dumps({"lists": lists}))) == {
        "grave": (SEEN, 5)
    }


@pytest.mark.parametrize("repeat", [0, 3])
def test_repeating_in_a_download(repeat: int) -> None:
    """The same in the file behind "Download my data"."""
    row = {
        "series_id": 578,
        "series_type": 0,
        "status": 0,
        "score": 9,
        "repeat": repeat,
    }
    expected = (SEEN, 5) if repeat else (WATCHING, None)
    assert said(reading_of(json.dumps({"lists": [row]}))) == {
        "grave": expected
    }


def test_own_titles(tmp_path: Path) -> None:
    """A title of anybody's catalogue is filled in if it says its number."""
    nana = next(title for title in TITLES if title.id == "nana")
    ours = msgspec.structs.replace(
        nana, id="bebop", title="Bebop", mal_ids=(1,), anilist_id=None
    )
    theirs = msgspec.structs.replace(
        ours, id="other", title="Other", mal_ids=()
    )
    path = tmp_path / "list"
    path.write_text(mal({"id": 1, "status": "2", "score": 8}))
    reading = read(path, [*TITLES, ours, theirs], NOW)
    assert reading.entries == (Entry("bebop", "Bebop", SEEN, 4, NOW),)


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
    path.write_text(
        mal(
            {"id": 101, "status": "2"}, {"id": 1530, "status": "2", "score": 6}
        )
    )
    assert said(read(path, titles, NOW)) == {
        "air": (SEEN, None),
        "mal:1530": (SEEN, 3),
    }


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
    xml = mal({"id": 9989, "status": "Dropped"}).replace(
        "</anime>", f"{nested}</anime>"
    )
    assert said(reading_of(xml)) == {"anohana": (DROPPED, None)}


# --- AniList's five score formats ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("says", "ratings"),
    [
        (
            "POINT_100",
            {0: None, 1: 1, 29: 1, 30: 2, 69: 3, 70: 4, 85: 4, 90: 5, 100: 5},
        ),
        (
            "POINT_10_DECIMAL",
            {0: None, 0.5: 1, 2.9: 1, 3: 2, 6.9: 3, 7: 4, 8.5: 4, 9: 5},
        ),
        ("POINT_10", {1: 1, 2: 1, 3: 2, 5: 3, 8: 4, 9: 5, 10: 5}),
        ("POINT_5", {0: None, 1: 1, 2: 2, 3: 3, 4: 4, 5: 5}),
        ("POINT_3", {0: None, 1: 2, 2: 3, 3: 4}),
    ],
)
def test_said_format(says: str, ratings: Mapping[float, int | None]) -> None:
    """A score counts in the format that the document names."""
    for score, rating in ratings.items():
        assert said(reading_of(anilist(score, says=says))) == {
            "anohana": (SEEN, rating)
        }


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


@pytest.mark.parametrize(
    "scores", [(4,), (2, 3), (5, *[4] * 8), (3, *[None] * 20)]
)
def test_format_not_guessed(scores: tuple[float, ...]) -> None:
    """A few low scores fit several formats: no rating is guessed, and that is said."""
    reading = reading_of(anilist(*scores))
    assert said(reading) == {"anohana": (SEEN, None)}
    assert reading.skipped == (
        Skipped("rating", "the file does not say out of how many", 1),
    )


def test_said_format_contradicted() -> None:
    """A named format that the scores exceed is not believed: the query asked for another."""
    assert said(reading_of(anilist(80, 60, says="POINT_5"))) == {
        "anohana": (SEEN, 4)
    }


@pytest.mark.parametrize("order", [1, -1])
def test_anilist_custom_list(order: int) -> None:
    """What stands in a status list is not left out of a list of one's own, in either order."""
    named = {
        "name": "Completed",
        "status": "COMPLETED",
        "entries": [{"mediaId": 578, "score": 9}],
    }
    custom = {
        "name": "Rainy days",
        "status": None,
        "entries": [{"mediaId": 578, "score": 9}],
    }
    reading = reading_of(json.dumps({"lists": [named, custom][::order]}))
    assert said(reading) == {"grave": (SEEN, 5)}
    assert reading.skipped == ()
    alone = reading_of(json.dumps({"lists": [custom]}))
    assert alone.entries == ()
    assert alone.skipped == (
        Skipped("entry", "its status is none that cryrec knows", 1),
    )


def test_anilist_bare_entries() -> None:
    """Entries with nothing but AniList's number take the status of their list."""
    lists = [
        {
            "status": "PLANNING",
            "entries": [{"mediaId": 21519}, {"mediaId": 7}, 3, None],
        }
    ]
    reading = reading_of(
        json.dumps({"data": {"anime": {"lists": [*lists, None, {}, 4]}}})
    )
    assert said(reading) == {"your-name": (LATER, None)}
    assert reading.not_in_catalogue == 1


def test_anilist_manga_alias() -> None:
    """Where anime and manga were asked for together, what stands under manga is manga."""
    entry = {"status": "COMPLETED", "media": {"idMal": 9989}}
    document = {
        "data": {
            "manga": {"lists": [{"entries": [entry]}]},
            "anime": {
                "lists": [{"entries": [{**entry, "media": {"idMal": 578}}]}]
            },
        }
    }
    reading = reading_of(json.dumps(document))
    assert said(reading) == {"grave": (SEEN, None)}
    assert [each.what for each in reading.skipped] == ["manga"]
