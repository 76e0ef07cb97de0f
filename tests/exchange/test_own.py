"""Our own exports: what is written, and read back however it was saved meanwhile."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from exchange.written import LATER, LIBRARIES, NOW, SEEN, reading_of
from hypothesis import given, settings
from hypothesis import strategies as st

from cryrec.exchange.own import write_csv, write_json
from cryrec.exchange.reading import Skipped
from cryrec.library.entries import Entry

untimed = settings(deadline=None)
"""The machine may be busy with something else."""


@untimed
@given(LIBRARIES)
def test_round_trip(entries: tuple[Entry, ...]) -> None:
    """An export in either form, read again, is the very library it was."""
    for written, name in (
        (write_json(entries), "JSON"),
        (write_csv(entries), "CSV"),
    ):
        reading = reading_of(written)
        assert reading.format == f"cryrec {name}"
        assert reading.entries == entries
        assert reading.skipped == ()


def test_export_form() -> None:
    """The exports are what the documentation says, a newline at the end."""
    entry = Entry("anohana", "Anohana, again", SEEN, 5, NOW)
    row = {
        "id": "anohana",
        "title": "Anohana, again",
        "status": "seen",
        "rating": 5,
        "at": NOW,
    }
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
        (
            {"title": "\x1b[2Jgone"},
            "its title is missing, too long, or more than one line of text",
        ),
        (
            {"title": "x" * 301},
            "its title is missing, too long, or more than one line of text",
        ),
        ({"status": "loved"}, "its status is none that cryrec knows"),
        ({"status": ["seen"]}, "its status is none that cryrec knows"),
        ({"rating": 6}, "its rating is not 1 to 5"),
        ({"rating": True}, "its rating is not 1 to 5"),
        ({"rating": 4.0}, "its rating is not 1 to 5"),
        ({"rating": "many"}, "its rating is not 1 to 5"),
    ],
)
def test_own_rows_are_checked(
    change: Mapping[str, object], reason: str
) -> None:
    """A row of our own export that we cannot have written is left out with the reason."""
    row = {
        "id": "air",
        "title": "Air",
        "status": "seen",
        "rating": 3,
        "at": NOW,
    }
    rows = [{**row, **change}, {**row, "id": "nana", "more": 1}]
    reading = reading_of(json.dumps({"schema_version": 9, "entries": rows}))
    assert [entry.id for entry in reading.entries] == ["nana"]
    assert reading.skipped == (Skipped("entry", reason, 1),)


@pytest.mark.parametrize(
    "at",
    [
        None,
        "",
        "yesterday",
        "2020-99-01T00:00:00Z",
        "0000-00-00",
        "01/02/2020",
        5,
    ],
)
def test_own_rows_without_a_moment(at: object) -> None:
    """A row of our own that does not say when is dated now."""
    row = {
        "id": "air",
        "title": "Air",
        "status": "seen",
        "rating": None,
        "at": at,
    }
    reading = reading_of(json.dumps({"schema_version": 1, "entries": [row]}))
    assert reading.entries == (Entry("air", "Air", SEEN, None, NOW),)


# --- saved again by a spreadsheet ---------------------------------------------------------------

SAVED = (
    Entry("nana", "NANA", SEEN, 5, "2020-01-01T10:20:30Z"),
    Entry(
        "air",
        'Air; "again", and again',
        LATER,
        None,
        "2020-01-02T00:00:00Z",
        forgotten=True,
    ),
)


def table(**how: Any) -> str:
    """The CSV of `SAVED`, written as the arguments for `csv.writer` say."""
    rows = csv.reader(io.StringIO(write_csv(SAVED), newline=""))
    file = io.StringIO(newline="")
    csv.writer(file, **how).writerows(rows)
    return file.getvalue()


@pytest.mark.parametrize(
    "saved",
    [
        table(quoting=csv.QUOTE_ALL).encode(),
        table(delimiter=";").encode(),
        table(delimiter="\t").encode(),
        table().encode("utf-8-sig"),
        table(delimiter="\t").encode("utf-16"),
        b"\xff\xfe" + table(lineterminator="\n").encode("utf-16-le"),
        b"sep=;\r\n" + table(delimiter=";").encode(),
        b'"sep=;"\r\n' + table(delimiter=";", quoting=csv.QUOTE_ALL).encode(),
        table(lineterminator="\r").encode(),
        b"\n \r\n" + table().encode(),
        table(lineterminator="\n\n").encode(),
        table().replace("True", "TRUE").replace("False", "FALSE").encode(),
        table()
        .replace("T10:20:30Z", " 10:20:30")
        .replace("T00:00:00Z", "")
        .encode(),
        table().replace("T10:20:30Z", "T12:20:30+02:00").encode(),
        table()
        .replace("forgotten", "forgotten,,")
        .replace("False", "False,,")
        .encode(),
    ],
)
def test_our_table_saved_again(saved: bytes) -> None:
    """However a spreadsheet or a shell saves our CSV, it is still the same library."""
    reading = reading_of(saved)
    assert reading.format == "cryrec CSV"
    assert reading.entries == SAVED
    assert reading.skipped == ()


def test_columns_in_another_order() -> None:
    """Columns count by their names."""
    lines = "forgotten,at,rating,status,title,id\nFalse,2020-01-01T10:20:30Z,5,seen,NANA,nana\n"
    assert reading_of(lines).entries == SAVED[:1]


FORMULA = st.text("=+-@\uff1d',;\t ab", max_size=9).filter(str.isprintable)


@untimed
@given(FORMULA)
def test_formulas_are_harmless(title: str) -> None:
    """No cell that we write begins like a formula, whatever a spreadsheet splits at; read back it
    is what it was."""
    entry = Entry("nana", title, SEEN, 5, NOW)
    written = write_csv([entry])
    line = written.splitlines()[1].removeprefix("nana,")
    for cell in re.split("[,;\t]", line):
        assert not re.match('"?[=+\\-@\uff1d]', cell)
    assert reading_of(written).entries == (entry,)


def test_a_formula_of_somebody_elses() -> None:
    """A title that begins like a formula, in a table that was not made harmless, stays a title."""
    lines = "id,title,status,rating,at,forgotten\nnana,=1+1,seen,,,\n"
    assert reading_of(lines).entries == (
        Entry("nana", "=1+1", SEEN, None, NOW),
    )
