"""No line too wide, nothing that stdout cannot show, at every width and in every look."""

from __future__ import annotations

import re

import pytest
from rich.cells import cell_len
from views.gallery import (
    CATALOGUE,
    DETAILS,
    LOOKS,
    TITLES,
    WIDTHS,
    answers_of,
    cards,
    unstyled,
    whole_answers_of,
)

from cryrec.matching import find
from cryrec.views import Detail


def too_wide(text: str, width: int) -> list[str]:
    """The lines of `text` that need more than `width` cells."""
    return [
        line for line in unstyled(text).split("\n") if cell_len(line) > width
    ]


# What colour shows without its escapes is what a terminal without colour shows: see below.
COLOUR_AND_NO_TERMINAL = [look for look in LOOKS if look != "terminal"]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("look", COLOUR_AND_NO_TERMINAL)
def test_no_line_is_wider_than_the_width(
    look: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every kind of answer about every title, however much is opened, stays within the width."""
    monkeypatch.setenv("COLUMNS", str(width))
    for detail in DETAILS[:3]:
        for answer in answers_of(cards(look, width, detail)):
            assert not too_wide(answer, width)


@pytest.mark.parametrize("width", [120, 200])
@pytest.mark.parametrize("look", LOOKS)
def test_full_cards_stop_growing_at_a_hundred_cells(
    look: str, width: int
) -> None:
    """On a wide screen a full card is as wide as at a hundred cells, and not one cell wider."""
    for detail in DETAILS:
        wide, hundred = cards(look, width, detail), cards(look, 100, detail)
        for title in TITLES:
            assert not too_wide(wide.title(title), 100)
            assert wide.title(title) == hundred.title(title)


@pytest.mark.parametrize("width", [20, 33, 59, 60, 79])
@pytest.mark.parametrize("look", LOOKS)
def test_wrapping_loses_nothing(
    look: str, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A narrow answer says letter for letter what a wide one says, rules and label colons apart."""
    monkeypatch.setenv("COLUMNS", str(width))
    for detail in DETAILS[1:3]:
        narrow, wide = (
            whole_answers_of(cards(look, cells, detail))
            for cells in (width, 100)
        )
        for got, wanted in zip(narrow, wide, strict=True):
            assert letters(got) == letters(wanted)


def letters(text: str) -> str:
    """The text without style, space, rule or the colon that a label has where lines are short."""
    return re.sub(r"[\s\u2500:]", "", unstyled(text))


@pytest.mark.parametrize("look", ["pipe", "ascii"])
@pytest.mark.parametrize("width", [20, 40, 80, 120])
def test_a_pipe_gets_no_escapes_and_no_box_characters(
    look: str, width: int
) -> None:
    """What is piped holds no control character but the line end, and nothing of U+2500-257F."""
    for detail in DETAILS:
        for answer in answers_of(cards(look, width, detail)):
            assert not re.search(
                r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2500-\u257f]", answer
            )


@pytest.mark.parametrize("look", ["ascii", "ascii in colour"])
@pytest.mark.parametrize("width", [20, 40, 80, 120])
def test_a_stream_without_unicode_gets_ascii(look: str, width: int) -> None:
    """Where stdout is not UTF-8 every character of every answer is ASCII, and none is a "?"."""
    for detail in DETAILS:
        for answer in answers_of(cards(look, width, detail)):
            assert answer.isascii()
            assert "?" not in answer


def test_without_unicode_the_shape_is_hashes_and_the_name_is_romaji() -> None:
    """The ASCII card counts tissues as [####.] and names a Japanese title in Latin letters."""
    for title in TITLES:
        card = cards("ascii").title(title)
        assert title.tissues
        assert title.japanese
        assert f"[{'#' * title.tissues}{'.' * (5 - title.tissues)}]" in card
        assert title.japanese.isascii() or title.japanese not in card
    assert "Kimi no Na wa." in cards("ascii").title(
        CATALOGUE.title("your-name")
    )


@pytest.mark.parametrize("width", [20, 33, 80, 120])
def test_colour_is_never_the_only_carrier(width: int) -> None:
    """Without its escapes, a coloured answer is letter for letter the one without colour."""
    for detail in DETAILS:
        coloured, bare = (
            answers_of(cards(look, width, detail))
            for look in ("colour", "terminal")
        )
        for got, wanted in zip(coloured, bare, strict=True):
            assert unstyled(got) == wanted
    assert "\x1b[" in cards("colour", width).title(TITLES[0])


def test_only_the_sixteen_colours_of_the_terminal_are_used() -> None:
    """Every escape sets weight or one of the terminal's own colours, never a fixed shade."""
    allowed = {
        "0",
        "1",
        "2",
        *(str(code) for code in (*range(30, 38), *range(90, 98))),
    }
    for answer in answers_of(cards("colour")):
        assert not re.search(
            r"\x1b(?!\[[0-9;]*m|]8;;[^\x1b]*\x1b\\|\\)", answer
        )
        for codes in re.findall(r"\x1b\[([^m]*)m", answer):
            assert set(codes.split(";")) <= allowed


@pytest.mark.parametrize("look", LOOKS)
def test_no_line_ends_in_a_space(look: str) -> None:
    """Nothing trails behind the last letter of a line, so a copied card is clean."""
    for answer in answers_of(cards(look)):
        assert not [
            line
            for line in unstyled(answer).split("\n")
            if line != line.rstrip()
        ]


def test_a_pipe_without_columns_gets_one_title_a_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """`list` and `studios` in a pipe that names no width are one line each, for grep."""
    monkeypatch.delenv("COLUMNS", raising=False)
    view = cards("pipe", 80)
    lines = view.titles(TITLES).splitlines()
    assert all(
        line.startswith(t.title) for line, t in zip(lines, TITLES, strict=True)
    )
    assert too_wide("\n".join(lines), 80)
    studios = view.studios(CATALOGUE.studios).splitlines()
    for line, (name, titles) in zip(
        studios, CATALOGUE.studios.items(), strict=True
    ):
        assert line.startswith(f"{name} ({len(titles)})")
        assert all(title.title in line for title in titles)


def test_a_search_in_a_pipe_stays_within_eighty_cells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Only `list` and `studios` may go beyond the width in a pipe; matches of a search wrap."""
    monkeypatch.delenv("COLUMNS", raising=False)
    for title in TITLES:
        found = find(title.title, CATALOGUE.names)
        answer = cards("pipe", 80, Detail(notes=True)).matches(
            title.title, found, {each.id: each for each in TITLES}
        )
        assert not too_wide(answer, 80)
