"""Makes anew what the texts say in the program's own words: python docs/texts.py.

The help and the titles in the README, the tables of titles and of how many of a kind there are,
and the man page. A test holds them to what the program says today.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import typer
from manual import Row, manual

from cryrec.catalogue import load_bundled
from cryrec.cli import app
from cryrec.models import (
    MOST_TISSUES,
    Band,
    Format,
    Mood,
    Shelf,
    Title,
    duration,
)

DOCS = Path(__file__).parent
README = DOCS.parent / "README.md"
TITLES = DOCS / "titles.md"
MANUAL = DOCS / "cryrec.1"
FIGURES = DOCS / "figures.md"

WIDTH = 80

HELP_BLOCK = re.compile(r"(?<=```\n\$ cryrec --help\n).*?(?=```\n)", re.DOTALL)
TITLES_BLOCK = re.compile(
    r"(?<=<!-- titles -->\n).*?(?=<!-- /titles -->)", re.DOTALL
)
CELLS_BLOCK = re.compile(
    r"(?<=<!-- cells -->\n).*?(?=<!-- /cells -->)", re.DOTALL
)


def main() -> None:
    """Write every text that differs from what it should be."""
    for path, text in made().items():
        path.write_text(text, encoding="utf-8")


def made() -> dict[Path, str]:
    """Every text that is made, as it should be today."""
    titles = load_bundled().titles
    readme = README.read_text(encoding="utf-8")
    readme = HELP_BLOCK.sub(lambda _: program_help(), readme)
    readme = TITLES_BLOCK.sub(
        lambda _: "\n".join(by_mood(titles)) + "\n", readme
    )
    return {
        README: readme,
        TITLES: "\n".join(all_titles(titles)) + "\n",
        MANUAL: page(readme),
        FIGURES: with_cells(FIGURES.read_text(encoding="utf-8"), titles),
    }


def program_help() -> str:
    """What `cryrec --help` prints."""
    group = typer.main.get_command(app)
    context = group.make_context(
        "cryrec", [], resilient_parsing=True, terminal_width=WIDTH
    )
    return group.get_help(context) + "\n"


def page(readme: str) -> str:
    """The man page: the help, and what the README says of exit codes and variables."""
    sentence = readme.split("\n\n")[1]
    summary = sentence[0].lower() + sentence[1:].rstrip(".")
    return manual(
        summary, table(readme, "exit code"), table(readme, "variable")
    )


def table(readme: str, first_head: str) -> list[Row]:
    """The rows of the table in the README whose first column is called so."""
    block = readme.split(f"| {first_head} |")[1].split("\n\n")[0]
    cells = [line.strip("| ").split(" | ") for line in block.splitlines()[2:]]
    return [
        (term.replace("`", ""), meaning.replace("`", ""))
        for term, meaning in cells
    ]


def by_mood(titles: Sequence[Title]) -> Iterator[str]:
    """A row for each kind of cry: what of the list it is about, and how many are beyond it."""
    yield "| the cry | from the list | beyond it |"
    yield "|---|---|---|"
    for mood in Mood:
        about = [
            title for title in titles if strongest_moods(title)[0] is mood
        ]
        listed = [
            f"*{cell(title.title)}*"
            for title in about
            if title.shelf is Shelf.LIST
        ]
        beyond = sum(title.shelf is Shelf.BEYOND for title in about)
        yield f"| {mood.label} | {', '.join(listed)} | {beyond} more |"


def with_cells(figures: str, titles: Sequence[Title]) -> str:
    """The figures, with the table of how many titles there are of each kind of cry."""
    return CELLS_BLOCK.sub(lambda _: "\n".join(cells(titles)) + "\n", figures)


def cells(titles: Sequence[Title]) -> Iterator[str]:
    """A row for each kind of cry: how many titles have it, by length and by tissues.

    Those of which it is the main kind stand in brackets.
    """
    weights = range(1, MOST_TISSUES + 1)
    yield f"| the cry | {' | '.join([*Band, *map(str, weights)])} |"
    yield f"|---|{'---|' * (len(Band) + len(weights))}"
    for mood in Mood:
        having = [title for title in titles if title.strength(mood)]
        by_band = [[t for t in having if t.band is band] for band in Band]
        by_weight = [
            [t for t in having if t.tissues == weight] for weight in weights
        ]
        counts = [counted_of(mood, group) for group in (*by_band, *by_weight)]
        yield f"| {mood.label} | {' | '.join(counts)} |"


def counted_of(mood: Mood, titles: Sequence[Title]) -> str:
    """How many titles there are, and of how many that is the main kind of cry."""
    main_kind = sum(title.lead_mood is mood for title in titles)
    return f"{len(titles)} ({main_kind})"


SHELVES = {
    Shelf.LIST: "The list",
    Shelf.BEYOND: "Beyond the list",
}


def all_titles(titles: Sequence[Title]) -> Iterator[str]:
    """A table of each shelf, in the order of its file."""
    yield "# The titles"
    yield ""
    yield "Made by the program: `python docs/texts.py`. Hours count what has to be seen first."
    for shelf, heading in SHELVES.items():
        shelved = [title for title in titles if title.shelf is shelf]
        yield from ("", f"## {heading}: {len(shelved)}", "")
        yield "| title | in Japanese | year | kind | time | tissues | the cry, strongest first |"
        yield "|---|---|---|---|---|---|---|"
        yield from map(row, shelved)


def row(title: Title) -> str:
    """One title."""
    films = title.format is Format.MOVIE
    cells = [
        title.title,
        title.japanese or "",
        str(title.year),
        "film" if films else f"{title.episodes} episodes",
        duration(title.minutes_total),
        str(title.tissues),
        " · ".join(mood.label.lower() for mood in strongest_moods(title)),
    ]
    return f"| {' | '.join(map(cell, cells))} |"


def strongest_moods(title: Title) -> list[Mood]:
    """Its kinds of cry, strongest first; among equals, as its entry has them."""
    return [
        tag.id for tag in sorted(title.moods, key=lambda tag: -tag.strength)
    ]


def cell(text: str) -> str:
    """`text` as it may stand in a table, with no sign of it taken for markup."""
    return re.sub(r"([\\|*_`<>\[\]])", r"\\\1", text)


if __name__ == "__main__":
    main()
