"""The options that commands share, each declared once.

Values arrive as the words that were typed; `recommend.answers` reads them, so that a question and
its flag understand the same.
"""

from pathlib import Path
from typing import Annotated

import typer

from cryrec.commands.completion import (
    complete_aftertaste,
    complete_age,
    complete_count,
    complete_episodes,
    complete_format,
    complete_minutes,
    complete_mood,
    complete_note,
    complete_nothing,
    complete_order,
    complete_rating,
    complete_setting,
    complete_shelf,
    complete_studio,
    complete_task,
    complete_time,
    complete_tissues,
    complete_title,
    complete_title_words,
    complete_year,
)
from cryrec.helping import Group

Json = Annotated[
    bool,
    typer.Option(
        "--json",
        help="Print one JSON document.",
        rich_help_panel=Group.OUTPUT,
    ),
]
Notes = Annotated[
    bool,
    typer.Option(
        "--notes",
        help="Open the content notes that give nothing away.",
        rich_help_panel=Group.OUTPUT,
    ),
]
Spoilers = Annotated[
    bool,
    typer.Option(
        "--spoilers",
        help="Show the ending and every content note.",
        rich_help_panel=Group.OUTPUT,
    ),
]
TitleWords = Annotated[
    list[str],
    typer.Argument(
        metavar="TITLE",
        help="An id, or a name in any language.",
        autocompletion=complete_title_words,
    ),
]
QueryWords = Annotated[
    list[str],
    typer.Argument(
        metavar="WORDS",
        help="The name, as remembered.",
        autocompletion=complete_title_words,
    ),
]
SentenceWords = Annotated[
    list[str],
    typer.Argument(
        metavar="[WORDS]",
        help="What you want, in your own words.",
        autocompletion=complete_nothing,
    ),
]
Moods = Annotated[
    list[str],
    typer.Option(
        "--mood",
        "-m",
        metavar="MOOD",
        help="The kind of cry; up to two (cryrec moods).",
        autocompletion=complete_mood,
        rich_help_panel=Group.WHAT,
    ),
]
Time = Annotated[
    str | None,
    typer.Option(
        "--time",
        "-t",
        metavar="TIME",
        help="tonight, weekend, week, long-haul, 90, 2h30.",
        autocompletion=complete_time,
        rich_help_panel=Group.WHAT,
    ),
]
FormatWord = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="movie or series.",
        autocompletion=complete_format,
        rich_help_panel=Group.WHAT,
    ),
]
Tissues = Annotated[
    str | None,
    typer.Option(
        "--tissues",
        metavar="1-5",
        help="From a lump in the throat to wrecked for days.",
        autocompletion=complete_tissues,
        rich_help_panel=Group.WHAT,
    ),
]
Avoid = Annotated[
    list[str],
    typer.Option(
        "--avoid",
        "-x",
        metavar="NOTE",
        help="Steer clear of a note. Curated, not complete.",
        autocompletion=complete_note,
        rich_help_panel=Group.LIMITS,
    ),
]
AftertasteWord = Annotated[
    str | None,
    typer.Option(
        "--aftertaste",
        metavar="HOW",
        help="How it leaves you: lighter, aching, flattened.",
        autocompletion=complete_aftertaste,
        rich_help_panel=Group.WHAT,
    ),
]
SettingWord = Annotated[
    str | None,
    typer.Option(
        "--setting",
        metavar="WHERE",
        help="realistic, fantasy, sci-fi or historical.",
        autocompletion=complete_setting,
        rich_help_panel=Group.WHAT,
    ),
]
MaxAge = Annotated[
    str | None,
    typer.Option(
        "--max-age",
        metavar="YEARS",
        help="Fine for this age. A surprise is below 18.",
        autocompletion=complete_age,
        rich_help_panel=Group.LIMITS,
    ),
]
Shelves = Annotated[
    list[str],
    typer.Option(
        "--shelf",
        metavar="SHELF",
        help="Only from: list, beyond, own; repeatable.",
        autocompletion=complete_shelf,
        rich_help_panel=Group.LIMITS,
    ),
]
Like = Annotated[
    str | None,
    typer.Option(
        "--like",
        metavar="TITLE",
        help="Nearest to this title first.",
        autocompletion=complete_title,
        rich_help_panel=Group.COMPARED,
    ),
]
WhyNotTitle = Annotated[
    str | None,
    typer.Option(
        "--why-not",
        metavar="TITLE",
        help="Say which answers keep this title out.",
        autocompletion=complete_title,
        rich_help_panel=Group.OUTPUT,
    ),
]
StudioWords = Annotated[
    str | None,
    typer.Option(
        "--studio",
        metavar="STUDIO",
        help="Of this studio.",
        autocompletion=complete_studio,
    ),
]
Count = Annotated[
    str,
    typer.Option(
        "--count",
        "-n",
        metavar="1-10",
        help="How many cards.",
        autocompletion=complete_count,
        rich_help_panel=Group.OUTPUT,
    ),
]
Strict = Annotated[
    bool,
    typer.Option(
        "--strict",
        help="Loosen nothing.",
        rich_help_panel=Group.LIMITS,
    ),
]
Explain = Annotated[
    bool,
    typer.Option(
        "--explain",
        help="Show how the score adds up.",
        rich_help_panel=Group.OUTPUT,
    ),
]
Ask = Annotated[
    bool,
    typer.Option(
        "--ask",
        help="Ask what the flags left open.",
        rich_help_panel=Group.BEHAVIOUR,
    ),
]
NoInput = Annotated[
    bool,
    typer.Option(
        "--no-input",
        help="Never ask anything; so does CRYREC_NO_INPUT.",
        rich_help_panel=Group.BEHAVIOUR,
    ),
]
Gentler = Annotated[
    bool,
    typer.Option(
        "--gentler",
        help="Fewer tissues than --like.",
        rich_help_panel=Group.COMPARED,
    ),
]
Harder = Annotated[
    bool,
    typer.Option(
        "--harder",
        help="More tissues than --like.",
        rich_help_panel=Group.COMPARED,
    ),
]
Shorter = Annotated[
    bool,
    typer.Option(
        "--shorter",
        help="Less time than --like.",
        rich_help_panel=Group.COMPARED,
    ),
]
Longer = Annotated[
    bool,
    typer.Option(
        "--longer",
        help="More time than --like.",
        rich_help_panel=Group.COMPARED,
    ),
]
ExactTissues = Annotated[
    str | None,
    typer.Option(
        "--tissues",
        metavar="1-5",
        help="Of exactly so many tissues.",
        autocompletion=complete_tissues,
    ),
]
Unseen = Annotated[
    bool, typer.Option("--unseen", help="Only what you have not seen.")
]
Sort = Annotated[
    str,
    typer.Option(
        "--sort",
        metavar="BY",
        help="title, year, length or tissues.",
        autocompletion=complete_order,
    ),
]
Shown = Annotated[list[str], typer.Option("--shown", "--after", hidden=True)]
"""Ids of titles that were on the screen before, which come last now."""

Recent = Annotated[list[str], typer.Option("--recent", hidden=True)]
"""Ids of titles that were offered first in the latest conversations, newest first."""

Still = Annotated[list[str], typer.Option("--still", hidden=True)]
"""Directions that were taken before: as far from `--like` as it is, or farther."""

IncludeSeen = Annotated[
    bool,
    typer.Option(
        "--include-seen",
        help="Suggest what you have seen, too.",
        rich_help_panel=Group.LIMITS,
    ),
]
IncludeUncurated = Annotated[
    bool,
    typer.Option(
        "--include-uncurated",
        help="With --avoid: titles of unknown notes, too.",
        rich_help_panel=Group.LIMITS,
    ),
]
Rating = Annotated[
    str | None,
    typer.Option(
        "--rating",
        "-r",
        metavar="1-5",
        help="How it was.",
        autocompletion=complete_rating,
    ),
]
Reset = Annotated[
    bool, typer.Option("--reset", help="Let ratings until now count no more.")
]
ExportFile = Annotated[
    Path | None,
    typer.Argument(
        metavar="[FILE]", help="A .json or .csv file; stdout without one."
    ),
]
ImportFile = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help="The exported list; - for what is piped in."
    ),
]
Yes = Annotated[
    bool, typer.Option("--yes", "-y", help="Write without asking.")
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Show what would be written.")
]
Seed = Annotated[str | None, typer.Option("--seed", hidden=True)]
Picture = Annotated[
    Path | None,
    typer.Option(
        "--save",
        metavar="FILE.svg",
        help="Write the card as a picture as well.",
    ),
]
CardsPicture = Annotated[
    Path | None,
    typer.Option(
        "--save",
        metavar="FILE.svg",
        help="Write the cards as a picture as well; asks nothing.",
        rich_help_panel=Group.OUTPUT,
    ),
]
Light = Annotated[
    bool,
    typer.Option(
        "--light",
        help="With --save: a picture on a light ground.",
        rich_help_panel=Group.OUTPUT,
    ),
]

# --- titles of one's own --------------------------------------------------------------------------

NewTitle = Annotated[
    list[str],
    typer.Argument(
        metavar="[TITLE]",
        help="What it is called.",
        autocompletion=complete_nothing,
    ),
]
NewFormat = Annotated[
    str | None,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help="movie or series.",
        autocompletion=complete_format,
    ),
]
NewMinutes = Annotated[
    str | None,
    typer.Option(
        "--minutes",
        metavar="NUMBER",
        help="The whole of it, in minutes.",
        autocompletion=complete_minutes,
    ),
]
NewEpisodes = Annotated[
    str | None,
    typer.Option(
        "--episodes",
        metavar="NUMBER",
        help="How many episodes it has.",
        autocompletion=complete_episodes,
    ),
]
EpisodeMinutes = Annotated[
    str | None,
    typer.Option(
        "--episode-minutes",
        metavar="NUMBER",
        help="One episode, in minutes.",
        autocompletion=complete_minutes,
    ),
]
NewMoods = Annotated[
    list[str],
    typer.Option(
        "--mood",
        "-m",
        metavar="MOOD",
        help="The kinds of cry, up to four; the first is what it is about.",
        autocompletion=complete_mood,
    ),
]
NewTissues = Annotated[
    str | None,
    typer.Option(
        "--tissues",
        metavar="1-5",
        help="How hard it hits.",
        autocompletion=complete_tissues,
    ),
]
NewYear = Annotated[
    str | None,
    typer.Option(
        "--year",
        metavar="YEAR",
        help="When it came out.",
        autocompletion=complete_year,
    ),
]
NewStudios = Annotated[
    list[str],
    typer.Option(
        "--studio",
        metavar="STUDIO",
        help="Who made it; repeatable.",
        autocompletion=complete_studio,
    ),
]
NewBlurb = Annotated[
    str | None,
    typer.Option(
        "--blurb",
        metavar="TEXT",
        help="The premise in a sentence.",
        autocompletion=complete_nothing,
    ),
]
NewSettings = Annotated[
    list[str],
    typer.Option(
        "--setting",
        metavar="WHERE",
        help="realistic, fantasy, sci-fi or historical; what one sees first.",
        autocompletion=complete_setting,
    ),
]
NewAge = Annotated[
    str | None,
    typer.Option(
        "--age",
        metavar="YEARS",
        help="From which age it is suitable.",
        autocompletion=complete_age,
    ),
]
NewNotes = Annotated[
    list[str],
    typer.Option(
        "--note",
        metavar="NOTE",
        help="What there is to steer clear of in it; none says there is nothing.",
        autocompletion=complete_note,
    ),
]
CatalogueTask = Annotated[
    str,
    typer.Argument(
        metavar="check|schema|paths",
        help="What to do with the files.",
        autocompletion=complete_task,
    ),
]
CatalogueFile = Annotated[
    Path | None,
    typer.Argument(
        metavar="[FILE]", help="The file to check; else all that are open."
    ),
]
