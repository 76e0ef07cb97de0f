"""Lists on a screen are tables; elsewhere they stay one plain thing a line."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from views.gallery import BY_ID, CATALOGUE, ENTRIES, PERSON, TITLES, cards

from cryrec.matching import normalise
from cryrec.models import Mood


@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
def test_the_columns_of_a_list_stand_in_line(width: int) -> None:
    """The year of every title begins in the same cell, under its heading."""
    heading, *rows = (
        cards("terminal", width)
        .titles(TITLES, PERSON)
        .splitlines()[: len(TITLES) + 1]
    )
    cell = cell_len(heading[: heading.index("Year")])
    for title, row in zip(TITLES, rows, strict=True):
        before, year, _ = row.rpartition(str(title.year))
        assert year
        assert cell_len(before) == cell


def test_a_list_says_what_the_library_knows() -> None:
    """Seen with its rating, the watchlist, what comes first: each is marked and explained."""
    *rows, end = cards("terminal").titles(TITLES, PERSON).splitlines()[1:]
    for title, row in zip(TITLES, rows, strict=True):
        rating = PERSON.ratings.get(title.id, "")
        assert row.endswith(f"\u2713{rating}") == (title.id in PERSON.seen)
        assert row.endswith("\u2605") == (title.id in PERSON.later)
        assert (" + " in row) == bool(title.prerequisites)
    for words in (
        "30 titles",
        "\u2713 seen",
        "\u2605 watchlist",
        "+ something comes first",
    ):
        assert words in end


def test_only_marks_that_stand_there_are_explained() -> None:
    """Somebody without a library is told of no marks of one."""
    plain = [title for title in TITLES if not title.prerequisites]
    assert cards("terminal").titles(plain).endswith(f"\n{len(plain)} titles\n")
    assert cards("terminal").titles([]) == "0 titles\n"


def test_a_pipe_gets_no_table() -> None:
    """One title a line, each beginning with its name, and no line about marks."""
    lines = cards("pipe").titles(TITLES, PERSON).splitlines()
    assert len(lines) == len(TITLES)
    assert all(
        line.startswith(t.title) for line, t in zip(lines, TITLES, strict=True)
    )
    entries = cards("pipe").entries(ENTRIES, BY_ID).splitlines()
    assert all(
        line.startswith(e.title)
        for line, e in zip(entries, ENTRIES, strict=True)
    )


def test_what_one_types_stands_in_a_column_of_its_own() -> None:
    """The first word of a studio's or a mood's line is what the option takes."""
    studios = cards("terminal").studios(CATALOGUE.studios)
    starts = {
        line.split()[0]
        for line in studios.splitlines()
        if not line.startswith(" ")
    }
    for name in CATALOGUE.studios:
        (typed,) = (
            word for word in starts if normalise(word) == normalise(name)
        )
        assert CATALOGUE.find_studio(typed) == name
    moods = cards("terminal").moods(dict.fromkeys(Mood, 1)).splitlines()
    assert [line.split()[0] for line in moods if not line.startswith(" ")][
        :-1
    ] == list(Mood)
