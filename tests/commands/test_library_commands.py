"""The commands that know a person: what they keep, change, take back and hand on."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from commands.running import Document, Run
from faults.tampering import TAMPERED
from typer.testing import CliRunner

from cryrec.catalogue import load_bundled
from cryrec.cli import app

TITLES = load_bundled().titles
FIXTURES = Path(__file__).parents[1] / "fixtures"

WRITING = [
    ("seen", "grave"),
    ("later", "grave"),
    ("forget", "grave"),
    ("undo",),
    ("taste", "--reset"),
]


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A folder of one's own for the settings and the library, which need not exist."""
    folder = tmp_path / "cryrec-home"
    monkeypatch.setenv("CRYREC_HOME", str(folder))
    return folder


def ids(document: dict[str, Any]) -> list[str]:
    return [title["id"] for title in document["suggestions"]]


def test_a_prerequisite_that_was_seen_costs_no_more_time(
    run: Run, document: Document
) -> None:
    """Clannad is no title here, but having seen it takes 564 minutes off After Story everywhere."""
    told = run("seen", "clannad")
    assert told.exit_code == 0
    assert "Clannad is seen" in told.stderr
    assert told.stdout == ""
    assert document("show", "after story")["anime"]["minutes_total"] == 584
    listed = {t["id"]: t["minutes_total"] for t in document("list")["titles"]}
    assert listed["clannad-after-story"] == 584
    found = document(
        "suggest", "--mood", "family", "--time", "week", "-n", "10"
    )
    assert "clannad-after-story" in ids(found)
    assert found["relaxed"] == []


def test_seen_titles_are_left_out_and_counted(
    run: Run, document: Document
) -> None:
    """What has been seen is left out, one line says how many, and a flag brings it back."""
    words = (
        "suggest",
        "--mood",
        "missed",
        "--time",
        "tonight",
        "--setting",
        "fantasy",
        "-n",
        "10",
    )
    before = ids(document(*words))
    assert 1 < len(before) < 10, "all that fit are to be shown"
    run("seen", before[0], "--rating", "4")
    assert sorted(ids(document(*words))) == sorted(before[1:])
    assert "1 title you have seen is left out" in run(*words).stderr
    again = run(*words, "--include-seen")
    assert "seen, 4 of 5" in again.stdout
    assert before[0] in ids(document(*words, "--include-seen"))


def test_when_all_is_seen_a_second_time_is_offered(
    run: Run, document: Document
) -> None:
    """Somebody who has seen everything gets cards, told that they are for a second time."""
    for title in TITLES:
        run("seen", title.id)
    words = ("suggest", "--mood", "goodbye")
    assert len(document(*words)["suggestions"]) == 3
    assert document(*words)["relaxed"] == [
        {"answer": "seen", "from": "skipped", "to": "included"}
    ]
    assert "second time" in run(*words).stderr
    assert "you have seen it" in run(*words).stdout
    assert document(*words, "--strict", code=3)["suggestions"] == []


def test_the_watchlist_lifts_a_title(run: Run, document: Document) -> None:
    """A title on the watchlist has its line in the ledger, and wins among equals."""
    words = ("suggest", "--tissues", "3", "-n", "10")
    last = ids(document(*words))[-1]
    run("later", last)
    first = document(*words)["suggestions"][0]
    assert first["id"] == last
    assert first["ledger"]["watchlist"] == 4


def test_a_line_of_flags_writes_nothing(run: Run, home: Path) -> None:
    """A script gets the same bytes twice, and leaves no file behind."""
    assert run("suggest", "--json").stdout == run("suggest", "--json").stdout
    assert not home.exists()


def test_ratings_teach_from_the_third_on(run: Run, document: Document) -> None:
    """Two ratings change nothing at all; with the third a line of taste appears."""
    words = ("suggest", "--include-seen", "-n", "10")
    plain = document(*words)
    for title_id, rating in (("grave", "1"), ("now-and-then", "1")):
        run("seen", title_id, "--rating", rating)
    assert [s["ledger"] for s in document(*words)["suggestions"]] == [{}] * 10
    assert ids(document(*words)) == ids(plain)
    assert "before three ratings" in run("taste").stdout
    run("seen", "your name", "--rating", "5")
    assert any("taste" in s["ledger"] for s in document(*words)["suggestions"])
    assert "From 3 ratings" in run("taste").stdout
    assert "the world is cruel" in run("taste").stdout
    run("taste", "--reset")
    assert [s["ledger"] for s in document(*words)["suggestions"]] == [{}] * 10
    run("undo")
    assert "From 3 ratings" in run("taste").stdout


def test_undo_takes_back_any_last_change(run: Run, document: Document) -> None:
    """Each kind of change can be taken back, one after the other, until there is nothing left."""
    run("seen", "grave", "--rating", "5")
    run("later", "nana")
    run("forget", "grave")
    entries = document("library")["entries"]
    assert [entry["id"] for entry in entries] == ["nana"]
    back = document("undo")["changed"]
    assert back[0]["before"] is None
    assert back[0]["after"]["rating"] == 5
    run("undo")
    run("undo")
    assert document("library")["entries"] == []
    assert run("undo").exit_code == 3


def test_a_change_is_told_with_the_way_back(
    run: Run, document: Document
) -> None:
    """People are told on stderr what changed and how to undo it, scripts before and after."""
    told = run("later", "angel", "beats")
    assert "Angel Beats! is on the watchlist" in told.stderr
    assert "cryrec undo takes it back" in told.stderr
    (change,) = document("seen", "angel beats", "--rating", "3")["changed"]
    assert change["id"] == "angel-beats"
    assert change["before"]["status"] == "later"
    assert (change["after"]["status"], change["after"]["rating"]) == (
        "seen",
        3,
    )


def test_seeing_twice_keeps_what_was_said(
    run: Run, document: Document
) -> None:
    """A second `seen` without a rating changes nothing."""
    run("seen", "grave", "--rating", "4")
    assert document("seen", "grave")["changed"] == []
    assert document("library")["entries"][0]["rating"] == 4


def test_a_seen_title_is_not_put_on_the_watchlist_by_accident(
    run: Run, document: Document
) -> None:
    """`later` on a seen title would lose its rating, so it says what to do instead."""
    run("seen", "grave", "--rating", "4")
    assert run("later", "grave").exit_code == 2
    assert document("library")["entries"][0]["rating"] == 4


@pytest.mark.parametrize("command", ["seen", "later", "forget"])
def test_nothing_is_guessed_when_writing(
    command: str, run: Run, home: Path
) -> None:
    """A name that fits two titles names both and writes nothing."""
    result = run(command, "fireflies")
    assert result.exit_code == 3
    assert "Grave of the Fireflies" in result.stderr
    assert "Into the Forest" in result.stderr
    assert json.loads(run("library", "--json").stdout)["entries"] == []


@pytest.mark.parametrize("rating", ["0", "6", "x", "4.5"])
def test_a_rating_is_one_to_five(rating: str, run: Run) -> None:
    """Any other rating is exit 2 and says so."""
    result = run("seen", "grave", "--rating", rating)
    assert result.exit_code == 2
    assert "1 to 5" in result.stderr


@pytest.mark.parametrize("words", WRITING)
def test_a_damaged_library_is_left_as_it_is(
    words: tuple[str, ...], run: Run, home: Path
) -> None:
    """What cannot be understood is named, exit 4, and keeps every byte."""
    home.mkdir()
    library = home / "library.db"
    library.write_bytes(b"not a library at all")
    result = run(*words)
    assert result.exit_code == 4
    assert str(library) in result.stderr
    assert result.stderr.count("\n") == 1
    assert library.read_bytes() == b"not a library at all"


@pytest.mark.parametrize(
    "words",
    [
        ("suggest", "--mood", "family"),
        ("search", "anohana"),
        ("list",),
        ("show", "anohana"),
    ],
)
def test_answers_do_without_a_damaged_library(
    words: tuple[str, ...], run: Run, home: Path
) -> None:
    """Suggestions, search and lists work without it, and say in one line that they do."""
    home.mkdir()
    expected = run(*words).stdout
    (home / "library.db").write_bytes(b"not a library at all")
    result = run(*words)
    assert result.exit_code == 0
    assert result.stdout == expected
    assert "going on without it" in result.stderr


@pytest.mark.parametrize(
    "words", [words for words in WRITING if words != ("undo",)]
)
def test_a_home_that_cannot_be_made_is_exit_4(
    words: tuple[str, ...],
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    """Where no folder can be, writing is one line and exit 4, and suggesting works."""
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("CRYREC_HOME", str(tmp_path / "file" / "home"))
    result = run(*words)
    assert result.exit_code == 4
    assert result.stderr.count("\n") == 1
    assert run("suggest", "--mood", "family").exit_code == 0


def test_what_is_always_avoided(run: Run, document: Document) -> None:
    """Settings hold in every run, add to the flag, and only `none` lifts them."""
    assert run("config", "--avoid", "war,gore").exit_code == 0
    for words in (("suggest",), ("suggest", "--avoid", "suicide")):
        assert {"war", "graphic-violence"} <= set(
            document(*words)["answers"]["avoid"]
        )
    assert document("suggest", "--avoid", "none")["answers"]["avoid"] == []
    assert document("config")["avoid"] == ["graphic-violence", "war"]
    assert "graphic violence, war" in run("config").stdout
    run("config", "--avoid", "none")
    assert document("suggest")["answers"]["avoid"] == []


def _text(text: str) -> Callable[[Path], int]:
    return lambda path: path.write_text(text, encoding="utf-8")


BAD_SETTINGS: dict[str, Callable[[Path], object]] = {
    "a number": _text("avoid = 3"),
    "a typo": _text("avoid = ['gorre']"),
    "cut short": _text("avoid = ["),
    "a key of another version": _text("avoyd = []"),
    "nested": _text("avoid = " + "[" * 9_999),
    "too long": _text("# " * 40_000),
    "a link that leads nowhere": lambda path: path.symlink_to(
        path.parent / "away" / "config.toml"
    ),
    "a link to itself": lambda path: path.symlink_to(path),
    "a folder": lambda path: path.mkdir(),
    "a pipe": os.mkfifo,
    "a device": lambda path: path.symlink_to("/dev/zero"),
}


@pytest.mark.parametrize("name", BAD_SETTINGS)
@pytest.mark.parametrize(
    "words",
    [
        ("suggest", "--mood", "family"),
        ("config", "--avoid", "none"),
        ("config",),
    ],
)
def test_settings_that_cannot_be_understood_stop_and_stay(
    words: tuple[str, ...], name: str, run: Run, home: Path
) -> None:
    """They may hold what somebody must not be shown, so they are named, and neither passed over
    nor written over.
    """
    home.mkdir()
    path = home / "config.toml"
    BAD_SETTINGS[name](path)
    before = path.lstat()
    result = run(*words)
    assert (result.exit_code, result.stdout) == (4, "")
    assert str(path) in result.stderr
    assert result.stderr.count("\n") == 1
    assert path.lstat().st_ino == before.st_ino
    assert path.lstat().st_mtime_ns == before.st_mtime_ns
    assert list(home.iterdir()) == [path]


def test_undo_takes_settings_back_in_their_turn(
    run: Run, document: Document
) -> None:
    """What is always avoided is a change like any other: the newest of both kinds goes first."""
    run("config", "--avoid", "war")
    run("seen", "grave")
    told = run("config", "--avoid", "none")
    assert "cryrec undo takes it back" in told.stderr
    back = document("undo")
    assert (back["changed"], back["avoid"]) == (
        [],
        {"before": [], "after": ["war"]},
    )
    assert document("suggest")["answers"]["avoid"] == ["war"]
    assert [change["id"] for change in document("undo")["changed"]] == [
        "grave"
    ]
    told = run("undo")
    assert "taken back: what you always steer clear of" in told.stderr
    assert "as before: nothing" in told.stderr
    assert document("suggest")["answers"]["avoid"] == []
    assert run("undo").exit_code == 3


def test_the_same_settings_again_are_no_change(run: Run) -> None:
    """There is nothing to take back where nothing has changed."""
    run("config", "--avoid", "war")
    run("config", "--avoid", "war")
    assert run("undo").exit_code == 0
    assert run("undo").exit_code == 3


def test_settings_changed_by_hand_are_not_thrown_away_by_undo(
    run: Run, document: Document, home: Path
) -> None:
    """What somebody has written since may protect them: it stays, and undo goes on to what came
    before.
    """
    run("seen", "grave")
    run("config", "--avoid", "war")
    (home / "config.toml").write_text("avoid = ['suicide']", encoding="utf-8")
    told = run("undo")
    assert told.exit_code == 0
    assert "were changed since, and stay as they are" in told.stderr
    assert document("config")["avoid"] == ["suicide"]
    assert len(document("undo")["changed"]) == 1


def test_settings_are_changed_without_a_library_that_can_be_written(
    run: Run, document: Document, home: Path
) -> None:
    """What protects somebody does not wait for the library; that undo will not know it is said."""
    home.mkdir()
    (home / "library.db").write_text("no library", encoding="utf-8")
    told = run("config", "--avoid", "war")
    assert told.exit_code == 0
    assert "cryrec undo will not know of this change" in told.stderr
    assert "takes it back" not in told.stderr
    assert document("config")["avoid"] == ["war"]


def test_config_in_a_folder_of_any_name(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A path that is no UTF-8 has no place in JSON, but the document comes all the same."""
    monkeypatch.setenv(
        "CRYREC_HOME", os.fsdecode(os.fsencode(tmp_path) + b"/\xff")
    )
    result = run("config", "--json")
    assert result.exit_code == 0, result.stderr
    told = json.loads(result.stdout_bytes.decode("utf-8"))
    assert told["library"] == f"{tmp_path}/\ufffd/library.db"
    assert run("config").exit_code == 0


def test_a_reset_of_taste_prints_its_document(document: Document) -> None:
    """A script sees what is believed afterwards: nothing."""
    document("seen", "grave", "--rating", "4")
    assert document("taste")["ratings"] == 1
    assert document("taste", "--reset") == {
        "schema_version": 1,
        "ratings": 0,
        "weights": {},
    }


ODD = "\x1b]0;owned\x07\x1b[2J\u202eevil\x9b31m\nsecond line"


def test_an_odd_title_is_one_harmless_line_everywhere(
    run: Run, home: Path, tmp_path: Path
) -> None:
    """Whatever somebody has put into a title, no output gets an escape or a line break of it, and
    the library can be exported and read again.
    """
    run("seen", "grave", "--rating", "4")
    with closing(sqlite3.connect(home / "library.db")) as database, database:
        database.execute("UPDATE entry SET title = ?, at = ?", (ODD, ODD))
    target = tmp_path / "library.csv"
    outputs = [
        *(
            run(*words).output
            for words in (("library",), ("library", "--json"), ("export",))
        ),
        run("forget", "grave").output,
        run("undo", "--json").output,
        run("export", str(target)).output,
        target.read_text(encoding="utf-8"),
    ]
    for text in outputs:
        assert not set(text) & set("\x1b\x07\u202e\x9b")
        assert "second line" not in text.splitlines()
    assert run("library").stdout.count("\n") == 1
    run("forget", "grave")
    assert run("import", str(target), "--yes").exit_code == 0
    assert "evil" in run("library").stdout


@pytest.mark.parametrize("name", TAMPERED)
def test_a_tampered_library_is_passed_by_and_named(
    name: str, run: Run, home: Path
) -> None:
    """Suggestions come without it and say so; whatever is about the library itself is exit 4."""
    run("seen", "grave")
    expected = run("suggest", "--mood", "family", "--include-seen").stdout
    TAMPERED[name](home / "library.db")
    result = run("suggest", "--mood", "family", "--include-seen")
    assert (result.exit_code, result.stdout.count("-- ")) == (
        0,
        expected.count("-- "),
    )
    assert "going on without it" in result.stderr
    for words in (("library",), ("undo",), ("export",), ("taste", "--reset")):
        refused = run(*words)
        assert (
            refused.exit_code,
            refused.stdout,
            refused.stderr.count("\n"),
        ) == (
            4,
            "",
            1,
        )


def test_nothing_is_made_where_no_title_is_found(run: Run, home: Path) -> None:
    """A slip of the keyboard does not leave an empty library behind."""
    assert run("seen", "nothing of that name at all").exit_code == 3
    assert run("undo").exit_code == 3
    assert not home.exists()


def test_a_library_that_is_a_link_to_itself_is_not_an_empty_one(
    run: Run, home: Path
) -> None:
    """What cannot be looked at is said, not taken for nothing."""
    home.mkdir()
    (home / "library.db").symlink_to("library.db")
    result = run("suggest", "--mood", "family")
    assert result.exit_code == 0
    assert "going on without it" in result.stderr


@pytest.mark.parametrize("name", ["library.json", "library.csv"])
def test_what_is_exported_can_be_imported(
    name: str, run: Run, document: Document, tmp_path: Path
) -> None:
    """Both formats bring everything back into an empty library, and nothing into a full one."""
    run("seen", "grave", "--rating", "5")
    run("seen", "clannad")
    run("later", "nana")
    before = document("library")["entries"]
    target = tmp_path / name
    assert run("export", str(target)).exit_code == 0
    assert document("import", str(target), "--yes")["changed"] == []
    for entry in before:
        run("forget", entry["id"])
    assert len(document("import", str(target), "--yes")["changed"]) == 3
    assert document("library")["entries"] == before


def test_export_writes_to_stdout_without_a_file(run: Run) -> None:
    """In a pipe the library is one JSON document."""
    run("later", "nana")
    assert json.loads(run("export").stdout)["entries"][0]["id"] == "nana"
    assert run("export", "library.txt").exit_code == 2


@pytest.mark.parametrize(
    "name",
    sorted(
        path.name
        for path in FIXTURES.iterdir()
        if path.name != "mal-manga.xml"
    ),
)
def test_other_lists_are_taken_over(
    name: str, run: Run, document: Document
) -> None:
    """A list kept elsewhere is shown first, written with --yes, once, and can be taken back."""
    path = str(FIXTURES / name)
    dry = run("import", path, "--dry-run")
    assert dry.exit_code == 0
    assert "not in the catalogue" in dry.stderr
    assert document("library")["entries"] == []
    changed = document("import", path, "--yes")["changed"]
    assert changed
    assert document("import", path, "--yes")["changed"] == []
    assert len(document("library")["entries"]) == len(changed)
    run("undo")
    assert document("library")["entries"] == []


def test_an_import_names_what_it_would_bring(run: Run, tmp_path: Path) -> None:
    """Up to ten titles of each kind are named before anything is written, the rest counted."""
    watched = [title for title in TITLES if len(title.mal_ids) == 1]
    rows = [
        {"anime_id": title.mal_ids[0], "status": 2} for title in watched[:12]
    ]
    rows += [
        {"anime_id": title.mal_ids[0], "status": 6} for title in watched[12:15]
    ]
    path = tmp_path / "list"
    path.write_text(json.dumps(rows), encoding="utf-8")
    lines = run("import", str(path), "--dry-run").stderr.splitlines()
    (seen,) = (line for line in lines if line.startswith("cryrec: seen: "))
    (later,) = (
        line for line in lines if line.startswith("cryrec: on the watchlist: ")
    )
    assert all(title.title in seen for title in watched[:10])
    assert seen.endswith(" and 2 more")
    assert later.endswith(", ".join(title.title for title in watched[12:15]))


def test_a_list_that_is_piped_in(document: Document, home: Path) -> None:
    """`-` is what comes in through a pipe; where nothing can be asked a flag has to say yes."""
    data = (FIXTURES / "mal-1.1.0.xml").read_bytes()
    piped = [
        CliRunner().invoke(app, ["import", "-", *flags], input=data)
        for flags in ([], ["--dry-run"], ["--yes"])
    ]
    assert [result.exit_code for result in piped] == [2, 0, 0]
    assert "--yes" in piped[0].stderr
    assert "grave" in {entry["id"] for entry in document("library")["entries"]}


@pytest.mark.parametrize("data", [b"", b"nothing of ours"])
def test_what_is_piped_in_may_be_no_list(data: bytes, home: Path) -> None:
    """Then it is one line and exit 4."""
    result = CliRunner().invoke(app, ["import", "-", "--yes"], input=data)
    assert result.exit_code == 4
    assert result.stderr.startswith(
        "cryrec: cannot import what was piped in: "
    )
    assert result.stderr.count("\n") == 1
    assert not home.exists()


def test_an_import_asks_before_it_writes(run: Run, document: Document) -> None:
    """With nobody to ask and no --yes nothing is written, and the flags that answer are named."""
    result = run("import", str(FIXTURES / "mal-1.1.0.xml"))
    assert result.exit_code == 2
    assert "--yes" in result.stderr
    assert document("library")["entries"] == []


@pytest.mark.parametrize(
    "content", [b"", b"<html></html>", b"\x1f\x8b broken", b"{]", b"\x00" * 99]
)
def test_what_is_no_list_is_one_line_and_exit_4(
    content: bytes, run: Run, home: Path, tmp_path: Path
) -> None:
    """Anything else is named with what would be right, and nothing is written."""
    path = tmp_path / "list.xml"
    path.write_bytes(content)
    result = run("import", str(path), "--yes")
    assert result.exit_code == 4
    assert result.stderr.count("\n") == 1
    assert not home.exists()


def test_an_empty_library_says_how_to_begin(run: Run) -> None:
    """Somebody who looks before anything is there learns what to type."""
    assert "cryrec seen" in run("library").stdout
