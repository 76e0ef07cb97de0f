"""What a large catalogue of one's own costs, as a multiple of a small Typer program.

    python benchmarks/scale.py [REPETITIONS]

Catalogues of 30, 120, 300 and 3,000 invented titles, each with six names, lie in homes of their own
beside both shelves; the same number always gives the same titles. Every run is a whole process, set
against the program of `startup.py` right before it, in the time the processor worked. The first
table is of homes as the last run left them, the second of runs that find the catalogue changed.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final

import startup

from cryrec.models import (
    Ending,
    Format,
    Mood,
    NoteId,
    NoteLevel,
    Season,
    Setting,
)

SIZES: Final = (0, 30, 120, 300, 3000)
"""Titles of one's own; without any there are both shelves."""

COMMANDS: Final = (
    ("suggest", "--mood", "family", "--time", "weekend", "--tissues", "3"),
    ("suggest", "--mood", "family", "--time", "weekend", "--json"),
    ("search", "{first}"),
    ("search", "{slip}"),
    ("list", "--json"),
    ("seen", "{first}"),
)
"""The command lines; `{first}` is the name of a title of ours, `{slip}` the same misspelt."""

FIRST: Final = "your lie in april"

FOLDER: Final = (
    "from cryrec.paths import catalogues_path; print(catalogues_path())"
)

SYLLABLES: Final = (
    *(
        "ka",
        "ki",
        "ku",
        "ke",
        "ko",
        "sa",
        "shi",
        "su",
        "ta",
        "chi",
        "tsu",
        "to",
        "na",
        "ni",
        "no",
    ),
    *(
        "ha",
        "hi",
        "fu",
        "ho",
        "ma",
        "mi",
        "mo",
        "ya",
        "yu",
        "yo",
        "ra",
        "ri",
        "ru",
        "re",
        "wa",
    ),
)

KANA: Final = "あいうえおかきくけこさしすせそたちつてとなにぬねはひふへほまみむめもやゆよらりるれろ"

WORDS: Final = (
    *(
        "letter",
        "garden",
        "winter",
        "harbour",
        "sister",
        "lantern",
        "railway",
        "island",
        "summer",
    ),
    *(
        "violin",
        "snow",
        "promise",
        "orchard",
        "window",
        "paper",
        "star",
        "river",
        "clock",
        "sea",
    ),
)


def titles(count: int) -> Iterator[dict[str, Any]]:
    """Entries of a catalogue file, no two of the same name."""
    chance = random.Random(count)
    for number in range(count):
        yield _entry(number, chance)


def _entry(number: int, chance: random.Random) -> dict[str, Any]:
    is_film = chance.random() < 0.4
    episodes = 1 if is_film else chance.choice((11, 12, 13, 24, 26))
    minutes = chance.randint(60, 150) if is_film else episodes * 24
    moods = chance.sample(list(Mood), chance.randint(1, 4))
    return {
        "id": f"title-{number}",
        **_names(number, chance),
        "studios": [f"Studio {chance.randint(1, 60)}"],
        "format": Format.MOVIE if is_film else Format.SERIES,
        "episodes": episodes,
        "minutes": minutes,
        "season": chance.choice(list(Season)),
        "year": chance.randint(1985, 2024),
        "blurb": "Somebody has to say goodbye, and does not know how to begin with it.",
        "moods": [
            {
                "id": mood,
                "strength": max(1, 3 - place),
                "evidence": "The premise.",
            }
            for place, mood in enumerate(moods)
        ],
        "tissues": chance.randint(1, 5),
        "ending": chance.choice(list(Ending)),
        "setting": chance.sample(list(Setting), chance.randint(1, 2)),
        "age": chance.choice((0, 10, 13, 16, 18)),
        "notes": [
            {"id": note, "level": chance.choice(list(NoteLevel))}
            for note in chance.sample(list(NoteId), chance.randint(0, 6))
        ],
        "mal_ids": [number + 1],
        "anilist_id": number + 1,
    }


def _names(number: int, chance: random.Random) -> dict[str, Any]:
    """Six names of a title: English, romaji, Japanese, two aliases and a translation.

    Each ends in the title's number, written in its own way, so that none stands twice.
    """

    def romaji(words: int) -> str:
        return " ".join(
            "".join(chance.choices(SYLLABLES, k=3)) for _ in range(words)
        ).title()

    digits = "".join(KANA[int(digit)] for digit in str(number))
    spelled = "".join(SYLLABLES[int(digit)] for digit in str(number))
    return {
        "title": f"The {' '.join(chance.sample(WORDS, 3)).title()} of {spelled.title()}",
        "romaji": f"{romaji(3)} {spelled.title()}",
        "japanese": "".join(chance.choices(KANA, k=6)) + "の" + digits,
        "aliases": [
            f"{romaji(1)}{spelled}",
            f"{romaji(2)} no {spelled.title()}",
        ],
        "translations": {"de": f"{romaji(2)} von {spelled.title()}"},
    }


def written(entries: Iterator[dict[str, Any]]) -> str:
    """The entries as TOML: `repr` of what they hold is nearly that, enums and tables apart."""
    blocks = []
    for entry in entries:
        lines = [f"{key} = {_value(value)}" for key, value in entry.items()]
        blocks.append("\n".join(["[[anime]]", *lines]))
    return "\n\n".join(blocks) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return (
            "{ "
            + ", ".join(
                f"{key} = {_value(each)}" for key, each in value.items()
            )
            + " }"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def furnished(home: Path, size: int) -> Path:
    """Make a home with a catalogue of so many titles; where that lies."""
    home.mkdir()
    (home / "panel.py").write_text(startup.YARDSTICK, encoding="utf-8")
    place = subprocess.run(
        [sys.executable, "-c", FOLDER],
        env=startup.environment(home),
        check=True,
        capture_output=True,
        text=True,
    )
    path = Path(place.stdout.strip(), "own.toml")
    path.parent.mkdir(parents=True)
    if size:
        path.write_text(written(titles(size)), encoding="utf-8")
    return path


def filled(command: tuple[str, ...]) -> tuple[str, ...]:
    """The command line with the name of a title in its place."""
    slip = FIRST[:5] + FIRST[6:]
    return tuple(word.format(first=FIRST, slip=slip) for word in command)


def ratios(
    command: tuple[str, ...],
    home: Path,
    repetitions: int,
    before: Callable[[], object] = lambda: None,
) -> tuple[float, float]:
    """The median ratio of the command to the yardstick, and its seconds on the clock."""
    yardstick = startup.process("panel", ["panel"])
    process = startup.process("cryrec.__main__", filled(command))
    startup.spent(yardstick, home)
    startup.spent(process, home)
    works, walls = [], []
    for _ in range(repetitions):
        panel = startup.spent(yardstick, home)
        before()
        ours = startup.spent(process, home)
        works.append(ours.work / panel.work)
        walls.append(ours.wall)
    return statistics.median(works), statistics.median(walls)


def appended(path: Path) -> None:
    """Change a catalogue without changing what it says."""
    with path.open("a", encoding="utf-8") as file:
        file.write("# changed\n")


def warm(homes: dict[int, Path], repetitions: int) -> None:
    """Print the table of homes as the last run left them."""
    names = " | ".join(f"{size:,} more" for size in SIZES[1:])
    print(f"| command | both shelves | {names} | most to shelves |")
    print("|---" * (len(SIZES) + 2) + "|")
    for command in COMMANDS:
        found = [
            ratios(command, homes[size], repetitions)[0] for size in SIZES
        ]
        cells = " | ".join(f"{ratio:.2f}" for ratio in found)
        print(
            f"| `{' '.join(command)}` | {cells} | {found[-1] / found[0]:.2f} |",
            flush=True,
        )


def changed(
    paths: dict[int, Path], homes: dict[int, Path], repetitions: int
) -> None:
    """Print the table of first runs after a change."""
    print("| titles of one's own | ratio | on the clock |")
    print("|---|---|---|")
    for size in SIZES[1:]:
        ratio, wall = ratios(
            ("search", "{first}"),
            homes[size],
            repetitions,
            partial(appended, paths[size]),
        )
        print(f"| {size:,} | {ratio:.2f} | {wall:.2f} s |", flush=True)


def main() -> None:
    """Print both tables."""
    repetitions = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    with tempfile.TemporaryDirectory() as name:
        homes = {size: Path(name, str(size)) for size in SIZES}
        paths = {size: furnished(homes[size], size) for size in SIZES}
        print(f"as the last run left it, {repetitions} pairs each\n")
        warm(homes, repetitions)
        print("\nright after a change\n")
        changed(paths, homes, repetitions)


if __name__ == "__main__":
    main()
