"""What is no list: refused in one line that helps, whatever it is, at a cost that is bounded."""

from __future__ import annotations

import gzip
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest
from exchange.hostile import HOSTILE, OWN_HEADER, filled, zipped
from exchange.written import FIXTURES, NOW, TITLES, mal, reading_of, refusal
from hypothesis import given, settings
from hypothesis import strategies as st

from cryrec.exchange.documents import MOST
from cryrec.exchange.lists import BadImport, read
from cryrec.exchange.unpacking import LIMIT

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol">'
    + "".join(
        f'<!ENTITY {n} "{f"&{m};" * 10}">'
        for m, n in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]><myanimelist><anime><my_status>&j;</my_status></anime></myanimelist>"
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]><myanimelist>&f;</myanimelist>'
BOUNDED = Path(__file__).with_name("bounded.py")
MAL = (FIXTURES / "mal-1.1.0.xml").read_bytes()
UNKNOWN = "its XML is in an unknown encoding; save it as UTF-8"
COLLECTION = (FIXTURES / "anilist-collection.json").read_bytes()


def locked(archive: bytes) -> bytes:
    """The same zip, whose file says that it is encrypted, in both places that say so."""
    marked = bytearray(archive)
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        marked[archive.index(signature) + flags] |= 1
    return bytes(marked)


@pytest.mark.parametrize(
    ("data", "wrong"),
    [
        (b"", "it is empty"),
        (b" \r\n\t\n", "it is empty"),
        (gzip.compress(b"", mtime=0), "it is empty"),
        (MAL[:5000], "its XML is damaged or cut short at line"),
        (COLLECTION[:5000], "its JSON is damaged or cut short"),
        (gzip.compress(MAL)[:900], "its compression is damaged or cut short"),
        (
            b"\x1f\x8b" + b"\x00" * 50,
            "its compression is damaged or cut short",
        ),
        (b"\x1f\x8b", "its compression is damaged or cut short"),
        ((FIXTURES / "mal-manga.xml").read_bytes(), "it is a manga list"),
        (COLLECTION.replace(b'"ANIME"', b'"MANGA"'), "it is a manga list"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "it is a web page"),
        (
            b"\n <HTML><head><title>Just a moment...</title></head></HTML>",
            "it is a web page",
        ),
        (
            b"<?xml version='1.0'?><html/>",
            "its XML is not that of a MyAnimeList export",
        ),
        (BOMB.encode(), "its XML declares a type or entities"),
        (OUTSIDE.encode(), "its XML declares a type or entities"),
        (
            b"<myanimelist>&nbsp;</myanimelist>",
            "its XML is damaged or cut short at line 1",
        ),
        (
            b"<myanimelist>" + b"<a>" * 100_000,
            "it is longer, or more nested, than any list",
        ),
        (
            b"<myanimelist>" + b"<a/>" * (MOST + 1),
            "it is longer, or more nested, than any list",
        ),
        (
            b'{"lists":[{"entries":[' + b"{}," * MOST + b"{}]}]}",
            "it is longer, or more nested",
        ),
        (b"[" * 200_000, "it is longer, or more nested, than any list"),
        (b"[]]", "its JSON is damaged or cut short"),
        (
            b'{"errors":[{"message":"Not Found."}],"data":null}',
            "its JSON is no list",
        ),
        (b"[]", "its JSON is no list"),
        (b'{"lists": "\xff"}', "its text is not UTF-8"),
        (OWN_HEADER + "å".encode("latin-1"), "its text is not UTF-8"),
        (b"\xff\xfe{\x00\x00\xd8{\x00", "its text is not UTF-8"),
        (OWN_HEADER + b"x" * 200_000, "its table is damaged"),
        (OWN_HEADER + b'"' + b"x\n" * 200_000, "its table is damaged"),
        (
            OWN_HEADER + b"a,b,c\n" * (MOST + 1),
            "it is longer, or more nested, than any list",
        ),
        (
            "<myanimelist>å</myanimelist>".encode("latin-1"),
            "its text is not UTF-8",
        ),
        ("<myanimelist>å".encode()[:-1], "its XML is damaged or cut short"),
        (
            "<?xml version='1.0' encoding='shift_jis'?><å/>".encode("latin-1"),
            UNKNOWN,
        ),
        (
            "<?xml version='1.0' encoding='klingon'?><å/>".encode("latin-1"),
            UNKNOWN,
        ),
        (
            b"\n\n<myanimelist>\n<anime>",
            "its XML is damaged or cut short at line 4",
        ),
        (
            b"<myanimelist><a " + b"b='' " * 300_000,
            "it is longer, or more nested, than any list",
        ),
        (gzip.compress(gzip.compress(MAL)), "it is no list that cryrec knows"),
        (
            gzip.compress(MAL) + b"noise",
            "its compression is damaged or cut short",
        ),
        (
            b"PK\x03\x04" + b"\x00" * 100,
            "its compression is damaged or cut short",
        ),
        (zipped(MAL)[:-40], "its compression is damaged or cut short"),
        (zipped(MAL, files=0), "it holds 0 files"),
        (zipped(MAL, files=2), "it holds 2 files"),
        (zipped(MAL, files=65), "it holds too many files"),
        (
            zipped(MAL, method=zipfile.ZIP_LZMA),
            "it is packed in an unusual way",
        ),
        (locked(zipped(MAL)), "it is locked with a password"),
        (zipped(zipped(MAL)), "it is no list that cryrec knows"),
        (b"Anohana\nAir\n", "it is no list that cryrec knows"),
    ],
)
def test_refused(data: bytes, wrong: str) -> None:
    """What is no list is refused in one line that says what is wrong and what would be right."""
    told = refusal(data)
    assert told.startswith(wrong)
    assert "; " in told
    assert ("UTF-8" in wrong) == ("save it as UTF-8" in told)


@pytest.mark.parametrize(
    "header",
    [
        b"id,title,status",
        b"id,title,status,rating",
        b"id,title,status,rating,at,forgotten,notes",
        b"id;name;status;rating;at;forgotten",
        b"Title,Type,Status,Score",
    ],
)
def test_a_table_of_somebody_else(header: bytes) -> None:
    """A table with other columns than ours is not taken for ours, whatever its rows look like."""
    row = b"nana,NANA,seen,5,2020-01-01T00:00:00Z,False,x"
    assert refusal(header + b"\n" + row).startswith(
        "its columns are not those that cryrec writes"
    )


def test_gzip_bomb() -> None:
    """A small file that unpacks to more than the limit is refused."""
    bomb = gzip.compress(b"<myanimelist>" + b" " * LIMIT)
    assert len(bomb) < 100_000
    assert refusal(bomb).startswith(
        f"it holds more than {LIMIT // 1024**2} MB"
    )


def test_noise(tmp_path: Path) -> None:
    """200 MB of noise are refused by their first bytes; with a good beginning, by their size."""
    path = tmp_path / "noise"
    for start, wrong in (
        (random.Random(7).randbytes(5000), "no list"),
        (b"{", "more than"),
    ):
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
        path.write_text(
            mal({"id": 9989, "status": "2"}).replace(">", ">" + " " * 200_000)
        )
        read(path, TITLES, NOW, lambda done, whole: told.append((done, whole)))
        size = path.stat().st_size
    assert len(told) > 2
    assert told == sorted(told)
    assert told[-1] == (size, size)
    assert {whole for _, whole in told} == {size}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_refusing_costs(name: str, tmp_path: Path) -> None:
    """Whatever a file is made of, it is refused with 200 MB, for what it is and not for want."""
    path = tmp_path / "list"
    path.write_bytes(HOSTILE[name]())
    command = [sys.executable, str(BOUNDED), str(path), "200"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("refused: ")
    assert "memory" not in done.stdout


def test_no_memory_left(tmp_path: Path) -> None:
    """Where memory is short the list is refused in one line, too."""
    path = tmp_path / "list"
    path.write_bytes(filled(b"[", b" ", b"]"))
    command = [sys.executable, str(BOUNDED), str(path), "40"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith(
        "refused: it takes more memory than there is; "
    )


def test_the_largest_list() -> None:
    """A list of 20,000 anime in the form with the most fields is far from every limit."""
    texts = {f"anime_field_{number}": "some text" for number in range(30)}
    genres = [{"id": 1, "name": "Drama"}, {"id": 2, "name": "Romance"}]
    row = {
        **texts,
        "status": 2,
        "score": 9,
        "genres": genres,
        "demographics": [],
    }
    rows = [{**row, "anime_id": number} for number in range(1, 20_001)]
    reading = reading_of(json.dumps(rows))
    assert len(reading.entries) > 10
    assert reading.not_in_catalogue > 19_900


PACKED = [gzip.compress(MAL), zipped(MAL)]
MUTATED = [path.read_bytes() for path in FIXTURES.iterdir()] + PACKED
untimed = settings(deadline=None)
"""The machine may be busy with something else."""

KEYS = (
    *(
        "id",
        "idMal",
        "mediaId",
        "media",
        "status",
        "score",
        "completedAt",
        "year",
        "type",
    ),
    *(
        "anime_id",
        "manga_id",
        "node",
        "list_status",
        "target_id",
        "rewatches",
        "anime",
        "manga",
    ),
    *(
        "data",
        "userRates",
        "show",
        "movie",
        "shows",
        "movies",
        "ids",
        "mal",
        "repeat",
    ),
    *(
        "series_id",
        "series_type",
        "finished_on",
        "entries",
        "lists",
        "user",
        "title",
        "rating",
    ),
)
PLAIN = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=9)
)
JSON = st.recursive(
    PLAIN | st.sampled_from([9989, "COMPLETED", "seen", "air"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)
    ),
    max_leaves=12,
)
DOCUMENTS = (
    st.fixed_dictionaries(
        {"lists": st.lists(JSON, max_size=3), "user": JSON, "x": JSON}
    )
    | st.builds(
        lambda rows: {"data": {"anime": {"lists": [{"entries": rows}]}}},
        st.lists(JSON),
    )
    | st.builds(lambda rows: {"data": rows}, st.lists(JSON))
    | st.builds(lambda rows: {"anime": rows, "shows": rows}, st.lists(JSON))
    | st.builds(
        lambda rows: {"schema_version": 1, "entries": rows}, st.lists(JSON)
    )
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


@untimed
@given(
    st.binary(),
    st.sampled_from(
        [b"", b"<", b"<myanimelist>", b"{", OWN_HEADER, b"PK\x03\x04"]
    ),
)
def test_any_bytes(data: bytes, start: bytes) -> None:
    """Any bytes are read or refused, packed or not."""
    read_or_refuse(start + data)
    read_or_refuse(gzip.compress(start + data))
    read_or_refuse(b"\x1f\x8b\x08\x00" + data)


@untimed
@given(st.sampled_from(MUTATED), st.data())
def test_any_damage(whole: bytes, data: st.DataObject) -> None:
    """An export with any piece of it replaced by anything is read or refused."""
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 50)))
    read_or_refuse(
        whole[:start] + data.draw(st.binary(max_size=20)) + whole[end:]
    )


@untimed
@given(DOCUMENTS)
def test_any_json(document: object) -> None:
    """Any JSON, in the shapes that we look for and any other, is read or refused."""
    read_or_refuse(json.dumps(document).encode())
