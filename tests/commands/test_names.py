"""Commands that name one title: what is meant is found, and what is not certain is not guessed."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands.running import Document, Run

from cryrec.errors import AmbiguousName

NAMING = (
    ("show",),
    ("seen",),
    ("later",),
    ("suggest", "--why-not"),
    ("suggest", "--like"),
)

DOUBTFUL = [
    (
        "Fullmetal Alchemist (2003)",
        "Fullmetal Alchemist: Brotherhood (series, 2009)",
    ),
    (
        "fullmetal alchemist 2003",
        "Fullmetal Alchemist: Brotherhood (series, 2009)",
    ),
    ("Clannad movie", "Clannad"),
    ("wolf children season 2", "Wolf Children (film, 2012)"),
    ("grave of the fireflies 2005", "Grave of the Fireflies (film, 1988)"),
    ("火", "Grave of the Fireflies"),
]


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CRYREC_HOME", str(tmp_path))


@pytest.mark.parametrize("command", NAMING, ids=" ".join)
@pytest.mark.parametrize(("words", "meant"), DOUBTFUL)
def test_what_contradicts_the_title_is_not_guessed(
    command: tuple[str, ...], words: str, meant: str, run: Run
) -> None:
    """Another year, number or kind is refused in one line that names both."""
    result = run(*command, words)
    assert (result.exit_code, result.stdout) == (3, "")
    assert words in result.stderr
    assert meant in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("words", "title_id"),
    [
        ("your name 2016", "your-name"),
        ("Clannad: After Story series", "clannad-after-story"),
        ("a silent voice movie", "silent-voice"),
        ("march comes in like a lion season 2", "march-lion"),
        ("your naim", "your-name"),
        ("wolves children", "wolf-children"),
    ],
)
def test_what_agrees_with_the_title_is_taken(
    words: str, title_id: str, document: Document
) -> None:
    """A right year, kind or season beside a name is no reason to ask, nor is one slip."""
    assert document("show", words)["anime"]["id"] == title_id
    assert document("seen", words)["changed"][0]["id"] == title_id


@pytest.mark.parametrize(
    "words", ["bbbbbbb", "zzzzzz", "g", "s", "2", "0", "jojo", "火", "君"]
)
def test_nothing_is_written_on_a_letter(
    words: str, run: Run, document: Document
) -> None:
    """A letter, a digit or a careless ear marks nothing."""
    assert run("seen", words).exit_code == 3
    assert document("library")["entries"] == []


def test_two_titles_in_one_name_are_both_named(
    run: Run, document: Document
) -> None:
    """Words that are one title and name another are refused, and both are said."""
    result = run("seen", "a", "silent", "violet-evergarden")
    assert result.exit_code == 3
    assert "Violet Evergarden" in result.stderr
    assert "A Silent Voice" in result.stderr
    assert document("library")["entries"] == []


def test_what_the_library_holds_is_no_less_certain(
    run: Run, document: Document
) -> None:
    """A title that stands in the library already is contradicted like any other."""
    assert run("seen", "fmab", "--rating", "4").exit_code == 0
    assert (
        run("seen", "fullmetal alchemist 2003", "--rating", "1").exit_code == 3
    )
    assert run("forget", "fmab 2003").exit_code == 3
    assert [entry["rating"] for entry in document("library")["entries"]] == [4]


def test_search_still_shows_what_may_be_meant(document: Document) -> None:
    """Searching commits to nothing, so a title is shown though the year is another."""
    for query in ("Fullmetal Alchemist (2003)", "fma movie"):
        assert document("search", query)["matches"][0]["id"] == "fmab"


@pytest.mark.parametrize(
    ("words", "studio"),
    [
        ("studio bones", "Bones"),
        ("Bones Studio", "Bones"),
        ("gibli", "Studio Ghibli"),
        ("studio gibli", "Studio Ghibli"),
        ("studio kyoani", "Kyoto Animation"),
        ("スタジオ deen", "Studio Deen"),
        ("kyoto-animation", "Kyoto Animation"),
    ],
)
def test_studios_with_and_without_the_word(
    words: str, studio: str, run: Run
) -> None:
    """The word "studio" may be there or not, and one slip does not hide a studio."""
    assert f"titles by {studio}" in run("list", "--studio", words).stderr


def test_a_shared_name_does_not_fill_the_screen() -> None:
    """However many titles share a word, a few are named and the others are counted."""
    message = str(
        AmbiguousName(
            "title", "love", [f"Love {number}" for number in range(1_000)]
        )
    )
    assert "Love 0, Love 1" in message
    assert message.endswith("or 995 others")


@pytest.mark.parametrize(
    "words",
    [
        ("show", "x" * 10_000),
        ("seen", "\u0301\u0316" * 64_000),
        ("list", "--studio", "x" * 10_000),
        ("suggest", "--like", "naruto " * 1_000),
        ("suggest", "--mood", "x" * 10_000),
        ("suggest", "--" + "x" * 10_000),
        ("moods", "x" * 10_000),
        ("moods", *map(str, range(2_000))),
        ("x" * 10_000,),
        ("show", "air", "--save", "x" * 10_000),
        ("export", "x" * 10_000),
    ],
    ids=lambda words: " ".join(words)[:30],
)
def test_what_was_typed_is_cut_to_a_line(
    words: tuple[str, ...], run: Run
) -> None:
    """A page pasted where a name is wanted is repeated in part, and answered at once."""
    result = run(*words)
    assert result.exit_code in (2, 3)
    assert result.stderr.count("\n") == 1
    assert len(result.stderr) < 500
