"""A title of one's own: written whole, found at once, and taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands.running import Document, Run
from typer.testing import CliRunner, Result

from cryrec.catalogue import load_bundled, open_catalogue
from cryrec.cli import app
from cryrec.models import Mood, Shelf, Title

WHOLE = (
    "Ours of many",
    "--format",
    "movie",
    "--minutes",
    "95",
    "--mood",
    "family",
)
KNOWN = load_bundled().titles[0].title


@pytest.fixture
def own_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where titles of one's own are written; nothing is there yet."""
    monkeypatch.setenv("CRYREC_HOME", str(tmp_path / "home"))
    return tmp_path / "home" / "catalogues" / "own.toml"


def own_titles() -> list[Title]:
    """The titles that the person's files add, all of which must be well."""
    catalogue = open_catalogue()
    assert not [file.trouble for file in catalogue.files if file.trouble]
    return [title for title in catalogue.titles if title.shelf is Shelf.OWN]


def test_what_is_said_is_what_the_title_is(
    own_file: Path, document: Document
) -> None:
    """Every flag reaches the file, the answer shows the title, and it is found like any other."""
    more = ("--tissues", "4", "--year", "2019", "--studio", 'A "B"')
    notes = (
        "--blurb",
        "A house, and who is left in it.",
        "--age",
        "12",
        "--note",
        "war",
    )
    where = ("--setting", "fantasy,realistic")
    said = document("add", *WHOLE, *more, *notes, *where)["anime"]
    (title,) = own_titles()
    assert (title.title, title.minutes_total, title.tissues, title.year) == (
        WHOLE[0],
        95,
        4,
        2019,
    )
    assert (title.studios, title.age) == (('A "B"',), 12)
    assert [setting.value for setting in title.setting] == [
        "fantasy",
        "realistic",
    ]
    assert [note.id for note in title.notes or ()] == ["war"]
    assert said["id"] == title.id
    assert (
        document("search", *WHOLE[0].split())["matches"][0]["id"] == title.id
    )
    assert title.id in [
        each["id"] for each in document("list", "--shelf", "own")["titles"]
    ]


def test_a_series_is_as_long_as_its_episodes(own_file: Path, run: Run) -> None:
    """The length of one episode is enough."""
    how_long = ("--episodes", "12", "--episode-minutes", "24")
    words = ("Ours", "--format", "series", *how_long, "-m", "family", "--yes")
    assert run("add", *words).exit_code == 0
    assert [title.minutes_total for title in own_titles()] == [288]


def test_no_note_given_is_not_the_same_as_none(
    own_file: Path, run: Run
) -> None:
    """What nobody has said of a title is not known; only `none` says there is nothing."""
    run("add", *WHOLE)
    run("add", *WHOLE, "--note", "none", "--yes")
    assert [title.notes for title in own_titles()] == [None, ()]


@pytest.mark.parametrize("ending", ["\n", "", "\r\n"])
def test_undo_leaves_every_byte_that_was_there(
    own_file: Path, run: Run, ending: str
) -> None:
    """Comments, order and line ends stay, while a title comes and goes."""
    own_file.parent.mkdir(parents=True)
    before = f"# mine{ending or chr(10)}# keep this{ending}".encode()
    own_file.write_bytes(before)
    assert run("add", *WHOLE).exit_code == 0
    assert own_file.read_bytes().startswith(before)
    assert own_titles()
    assert run("undo").exit_code == 0
    assert own_file.read_bytes() == before


def test_undo_leaves_alone_what_was_edited_since(
    own_file: Path, run: Run
) -> None:
    """Somebody's own work is not taken away."""
    run("add", *WHOLE)
    edited = own_file.read_bytes().replace(b"95", b"96")
    own_file.write_bytes(edited)
    result = run("undo")
    assert str(own_file) in result.stderr.replace("\n", "")
    assert own_file.read_bytes() == edited


def test_a_broken_file_is_named_and_left_alone(
    own_file: Path, run: Run
) -> None:
    """What cannot be read is not written to."""
    own_file.parent.mkdir(parents=True)
    own_file.write_text("[[anime]\n")
    result = run("add", *WHOLE)
    assert result.exit_code == 4
    assert str(own_file) in result.stderr.replace("\n", "")
    assert own_file.read_text() == "[[anime]\n"


NEEDED = {"a title": 1, "--format": 2, "--minutes": 2, "--mood": 2}
"""What a title cannot be without, and how many words of WHOLE say it, in their order."""


@pytest.mark.parametrize("name", NEEDED)
def test_what_is_missing_is_named(own_file: Path, run: Run, name: str) -> None:
    """Where nobody can be asked, the line says what it lacks, and nothing is written."""
    place = list(NEEDED).index(name)
    begin = sum(list(NEEDED.values())[:place])
    words = [*WHOLE[:begin], *WHOLE[begin + NEEDED[name] :]]
    result = run("add", *words)
    assert result.exit_code == 2
    assert name in result.stderr
    assert not own_file.exists()


@pytest.mark.parametrize(
    ("words", "culprit"),
    [
        (("--note", "none,war"), "--note"),
        (("--mood", "joy"), "joy"),
        (("--mood", "goodbye,missed,regret,healing"), "moods"),
        (("--setting", "moon"), "moon"),
        (("--year", "12"), "--year"),
        (("--age", "19"), "--age"),
        (("--blurb", "x" * 151), "blurb"),
        (("--blurb", "a\nb"), "--blurb"),
        (("--studio", "\x1b[31m"), "--studio"),
        (("--episode-minutes", "24"), "--episode-minutes"),
    ],
)
def test_bad_values_are_refused(
    own_file: Path, run: Run, words: tuple[str, ...], culprit: str
) -> None:
    """One line says which, and nothing is written."""
    result = run("add", *WHOLE, *words)
    assert result.exit_code == 2
    assert culprit in result.stderr
    assert not own_file.exists()


def test_a_name_that_is_taken_needs_a_yes(own_file: Path, run: Run) -> None:
    """The title that is there is named; with --yes both are kept apart."""
    words = (KNOWN, *WHOLE[1:])
    refused = run("add", *words)
    assert refused.exit_code == 2
    assert KNOWN in refused.stderr.replace("\n", " ")
    assert not own_file.exists()
    assert run("add", *words, "--yes").exit_code == 0
    (title,) = own_titles()
    assert title.id not in {each.id for each in load_bundled().titles}


def asked(
    monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], *lines: str
) -> Result:
    """What a run comes to in which somebody types these lines."""
    monkeypatch.setenv("ACCESSIBLE", "1")
    monkeypatch.setattr("cryrec.commands.add.is_interactive", lambda: True)
    typed = "".join(f"{line}\n" for line in lines)
    return CliRunner().invoke(
        app, ["add", *words], input=typed, prog_name="cryrec"
    )


@pytest.mark.parametrize(
    ("lines", "minutes"),
    [
        (("", "Ours of many", "1", "long", "95", "", "1, 4"), 95),
        (("Ours of many", "2", "12", "0", "24", "1 4"), 288),
    ],
)
def test_what_is_missing_is_asked(
    own_file: Path,
    monkeypatch: pytest.MonkeyPatch,
    lines: tuple[str, ...],
    minutes: int,
) -> None:
    """On a terminal everything is asked for, again where the reply is none."""
    result = asked(monkeypatch, (), *lines)
    assert result.exit_code == 0, result.stderr
    (title,) = own_titles()
    moods = list(Mood)
    assert [mood.id for mood in title.moods] == [moods[0], moods[3]]
    assert title.minutes_total == minutes


@pytest.mark.parametrize(
    ("reply", "is_added"), [("y", True), ("n", False), ("", False)]
)
def test_a_name_that_is_taken_is_asked_about(
    own_file: Path, monkeypatch: pytest.MonkeyPatch, reply: str, is_added: bool
) -> None:
    """Enter alone adds nothing."""
    result = asked(monkeypatch, (KNOWN, *WHOLE[1:]), reply)
    assert KNOWN in result.stderr
    assert own_file.exists() == is_added


def test_leaving_writes_nothing(
    own_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody who goes halfway through has added nothing."""
    assert asked(monkeypatch, (), "Ours of many").exit_code == 130
    assert not own_file.exists()
