"""The options that commands share, each declared once, and what the shell completes for them.

Values arrive as the words that were typed; `recommend.answers` reads them, so that a question and
its flag understand the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from cryrec.models import (
    NOTE_ALIASES,
    TISSUE_WORDS,
    Aftertaste,
    Band,
    Format,
    Mood,
    NoteId,
    Setting,
    Shelf,
)

Completion = list[tuple[str, str]]


def _starting(incomplete: str, words: Iterable[tuple[str, str]]) -> Completion:
    """The words that `incomplete` begins, each with what it means."""
    return [(word, help) for word, help in words if word.startswith(incomplete.lower())]


def complete_mood(incomplete: str) -> Completion:
    """The kinds of cry."""
    return _starting(incomplete, [(mood.value, mood.label) for mood in Mood])


def complete_time(incomplete: str) -> Completion:
    """The bands of time."""
    return _starting(incomplete, [(band.value, band.label) for band in Band])


def complete_format(incomplete: str) -> Completion:
    """Film or series."""
    return _starting(incomplete, [(each.value, each.label) for each in Format])


def complete_tissues(incomplete: str) -> Completion:
    """One to five, in words."""
    words = [(str(number), words) for number, words in enumerate(TISSUE_WORDS, start=1)]
    return _starting(incomplete, words)


def complete_note(incomplete: str) -> Completion:
    """The content notes and their everyday names; after a comma, one more."""
    before, comma, last = incomplete.rpartition(",")
    notes = [(note.value, note.label) for note in NoteId]
    aliases = [(word, ", ".join(note.label for note in ids)) for word, ids in NOTE_ALIASES.items()]
    return [(before + comma + word, help) for word, help in _starting(last, notes + aliases)]


def complete_setting(incomplete: str) -> Completion:
    """The settings."""
    return _starting(incomplete, [(each.value, each.label) for each in Setting])


def complete_aftertaste(incomplete: str) -> Completion:
    """How one wants to be left."""
    return _starting(incomplete, [(each.value, "") for each in Aftertaste])


def complete_shelf(incomplete: str) -> Completion:
    """The shelves."""
    return _starting(incomplete, [(each.value, "") for each in Shelf])


def complete_title(incomplete: str) -> Completion:
    """The ids of the titles, found by id or by the beginning of the title."""
    from cryrec.session import Session

    titles = Session().catalogue.titles
    named = [t for t in titles if t.title.lower().startswith(incomplete.lower())]
    by_id = _starting(incomplete, [(t.id, t.title) for t in titles])
    return by_id or [(t.id, t.title) for t in named]


def complete_studio(incomplete: str) -> Completion:
    """The studios."""
    from cryrec.session import Session

    studios = Session().catalogue.studios
    return [(name, "") for name in studios if name.lower().startswith(incomplete.lower())]


Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Notes = Annotated[
    bool, typer.Option("--notes", help="Open the content notes that give nothing away.")
]
Spoilers = Annotated[
    bool, typer.Option("--spoilers", help="Show the ending and every content note.")
]
TitleWords = Annotated[
    list[str],
    typer.Argument(
        metavar="TITLE", help="An id, or a name in any language.", autocompletion=complete_title
    ),
]
QueryWords = Annotated[list[str], typer.Argument(metavar="WORDS", help="The name, as remembered.")]
Moods = Annotated[
    list[str],
    typer.Option(
        "--mood",
        "-m",
        metavar="MOOD",
        help="The kind of cry; up to two (see: cryrec moods).",
        autocompletion=complete_mood,
    ),
]
Time = Annotated[
    str | None,
    typer.Option(
        "--time",
        "-t",
        metavar="TIME",
        help="tonight, weekend, week, long-haul, or minutes: 90, 2h, 1h45m.",
        autocompletion=complete_time,
    ),
]
FormatWord = Annotated[
    str | None,
    typer.Option(
        "--format", metavar="FORMAT", help="movie or series.", autocompletion=complete_format
    ),
]
Tissues = Annotated[
    str | None,
    typer.Option(
        "--tissues",
        metavar="1-5",
        help="How hard it should hit, from a lump in the throat to wrecked for days.",
        autocompletion=complete_tissues,
    ),
]
Avoid = Annotated[
    list[str],
    typer.Option(
        "--avoid",
        "-x",
        metavar="NOTE",
        help="A content note to steer clear of; repeat it, or use commas. Curated, not complete.",
        autocompletion=complete_note,
    ),
]
AftertasteWord = Annotated[
    str | None,
    typer.Option(
        "--aftertaste",
        metavar="HOW",
        help="How it should leave you: lighter, aching, flattened.",
        autocompletion=complete_aftertaste,
    ),
]
SettingWord = Annotated[
    str | None,
    typer.Option(
        "--setting",
        metavar="WHERE",
        help="realistic, fantasy, sci-fi or historical.",
        autocompletion=complete_setting,
    ),
]
MaxAge = Annotated[
    str | None, typer.Option("--max-age", metavar="YEARS", help="Fine for this age.")
]
Shelves = Annotated[
    list[str],
    typer.Option(
        "--shelf",
        metavar="SHELF",
        help="Only from the list, beyond it, or your own; repeatable.",
        autocompletion=complete_shelf,
    ),
]
Like = Annotated[
    str | None,
    typer.Option(
        "--like",
        metavar="TITLE",
        help="Nearest to this title first.",
        autocompletion=complete_title,
    ),
]
WhyNotTitle = Annotated[
    str | None,
    typer.Option(
        "--why-not",
        metavar="TITLE",
        help="Say which answers keep this title out.",
        autocompletion=complete_title,
    ),
]
StudioWords = Annotated[
    str | None,
    typer.Option(
        "--studio", metavar="STUDIO", help="Of this studio.", autocompletion=complete_studio
    ),
]
Count = Annotated[str, typer.Option("--count", "-n", metavar="1-10", help="How many cards.")]
Strict = Annotated[bool, typer.Option("--strict", help="Loosen nothing.")]
Explain = Annotated[bool, typer.Option("--explain", help="Show how the score adds up.")]
Ask = Annotated[bool, typer.Option("--ask", help="Ask what the flags left open.")]
NoInput = Annotated[
    bool, typer.Option("--no-input", help="Never ask anything; so does CRYREC_NO_INPUT.")
]
Gentler = Annotated[bool, typer.Option("--gentler", help="Fewer tissues than --like.")]
Harder = Annotated[bool, typer.Option("--harder", help="More tissues than --like.")]
Shorter = Annotated[bool, typer.Option("--shorter", help="Less time than --like.")]
Longer = Annotated[bool, typer.Option("--longer", help="More time than --like.")]
Sort = Annotated[
    str,
    typer.Option("--sort", metavar="BY", help="title, year, length or tissues."),
]
Shown = Annotated[list[str], typer.Option("--shown", "--after", hidden=True)]
"""Ids of titles that were on the screen before, which come last now."""

Recent = Annotated[list[str], typer.Option("--recent", hidden=True)]
"""Ids of titles that were offered first in the latest conversations, newest first."""

Still = Annotated[list[str], typer.Option("--still", hidden=True)]
"""Directions that were taken before: as far from `--like` as it is, or farther."""

IncludeSeen = Annotated[
    bool, typer.Option("--include-seen", help="Suggest what you have seen, too.")
]
IncludeUncurated = Annotated[
    bool,
    typer.Option("--include-uncurated", help="With --avoid: titles without content notes, too."),
]
Rating = Annotated[str | None, typer.Option("--rating", "-r", metavar="1-5", help="How it was.")]
Reset = Annotated[bool, typer.Option("--reset", help="Let ratings until now count no more.")]
ExportFile = Annotated[
    Path | None, typer.Argument(metavar="[FILE]", help="A .json or .csv file; stdout without one.")
]
ImportFile = Annotated[Path, typer.Argument(metavar="FILE", help="The exported list.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Write without asking.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be written.")]
Seed = Annotated[str | None, typer.Option("--seed", hidden=True)]
Picture = Annotated[
    Path | None,
    typer.Option("--save", metavar="FILE.svg", help="Write the card as a picture as well."),
]
