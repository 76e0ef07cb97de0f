"""What a catalogue of a hundred times the titles costs: times as multiples of those for thirty.

    python benchmarks/scale.py [REPETITIONS]

Catalogues of 30, 120, 300 and 3,000 invented titles, each with six names, are written as files; the
same number always gives the same titles. Two tables follow. The first is of whole processes, each
in a copy of the package with that catalogue in place of the real one: the median of the ratios to
the run with thirty titles right before it, and to the small Typer program of `startup.py`. The
second is of what happens inside: reading the file, a first suggestion (which works out who passes
what), the same one again, one page of the menu, a name as it is written, and one with a slip.
"""

from __future__ import annotations

import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

import startup

import cryrec
from cryrec.catalogue import Catalogue
from cryrec.catalogue.contents import Source
from cryrec.catalogue.overlay import lay
from cryrec.matching import find
from cryrec.models import (
    Band,
    Ending,
    Format,
    Mood,
    NoteId,
    NoteLevel,
    Season,
    Setting,
    Shelf,
)
from cryrec.recommend.answers import Answers, Direction, TimeLimit
from cryrec.recommend.critique import step, towards
from cryrec.recommend.pool import Pool
from cryrec.recommend.suggesting import recommend

SIZES: Final = (30, 120, 300, 3000)

COMMANDS: Final = (
    (
        "suggest",
        "--mood",
        "family",
        "--time",
        "weekend",
        "--tissues",
        "3",
        "-x",
        "suicide",
    ),
    ("suggest", "--no-input"),
    ("suggest", "--mood", "family", "--time", "weekend", "--json"),
    ("search", "{first}"),
    ("search", "{slip}"),
)
"""The command lines; `{first}` is the name of the first title, `{slip}` the same misspelt."""

ASKED: Final = Answers(
    mood=(Mood.FAMILY,),
    time=TimeLimit.of_band(Band.WEEKEND),
    tissues=3,
    avoid=(NoteId.SUICIDE,),
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
            {"id": mood, "strength": max(1, 3 - place), "evidence": "The premise."}
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
        "aliases": [f"{romaji(1)}{spelled}", f"{romaji(2)} no {spelled.title()}"],
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
            + ", ".join(f"{key} = {_value(each)}" for key, each in value.items())
            + " }"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def copied(folder: Path, catalogue: str) -> Path:
    """A copy of the package in `folder`, with another catalogue."""
    package = Path(cryrec.__file__).parent
    shutil.copytree(
        package, folder / "cryrec", ignore=shutil.ignore_patterns("__pycache__")
    )
    (folder / "cryrec" / "data").mkdir(exist_ok=True)
    (folder / "cryrec" / "data" / "anime.toml").write_text(catalogue, encoding="utf-8")
    return folder


def filled(command: tuple[str, ...], first: str) -> tuple[str, ...]:
    """The command line with the name of the first title in its place."""
    slip = first[:5] + first[6:]
    return tuple(word.format(first=first, slip=slip) for word in command)


def processes(
    folders: dict[int, Path], firsts: dict[int, str], repetitions: int
) -> None:
    """Print the table of whole processes."""
    print(
        "| command | " + " | ".join(f"{size} titles" for size in SIZES) + " | panel |"
    )
    print("|---" * (len(SIZES) + 2) + "|")
    for command in COMMANDS:
        times: dict[object, list[float]] = {key: [] for key in ("panel", *SIZES)}
        # The first one leaves the bytecode behind.
        for number in range(repetitions + 1):
            taken: dict[object, float] = {
                "panel": startup.seconds(
                    startup.process("panel", ["panel"]), folders[30]
                )
            }
            taken |= {
                size: startup.seconds(
                    startup.process("cryrec.__main__", filled(command, firsts[size])),
                    folder,
                )
                for size, folder in folders.items()
            }
            for key, each in taken.items() if number else ():
                times[key].append(each)
        to_thirty = [_ratio(times[size], times[30]) for size in SIZES]
        to_panel = [
            _ratio(times[size], times["panel"]) for size in (SIZES[0], SIZES[-1])
        ]
        print(
            f"| `{' '.join(command)}` | {' | '.join(to_thirty)} | {' to '.join(to_panel)} |"
        )


def _ratio(times: list[float], yardstick: list[float]) -> str:
    pairs = zip(times, yardstick, strict=True)
    return f"{statistics.median(one / other for one, other in pairs):.2f}"


def worked_out(path: Path) -> Catalogue:
    """What a catalogue file holds, read and checked."""
    source = Source(Shelf.LIST, path.name, path.read_bytes())
    return Catalogue(lay([source]).titles)


def inside(path: Path, repetitions: int) -> dict[str, float]:
    """The median seconds of each thing that happens inside one process."""
    catalogue = worked_out(path)
    names = catalogue.names
    pool = Pool(catalogue.titles)
    first = recommend(pool, ASKED).suggestions[0].title
    slip = first.title[:5] + first.title[6:]
    work: dict[str, Callable[[], object]] = {
        "reading the file": lambda: worked_out(path),
        "first suggestion": lambda: recommend(Pool(catalogue.titles), ASKED),
        "the same again": lambda: recommend(pool, ASKED),
        "nothing asked, again": lambda: recommend(pool, Answers()),
        "a page of the menu": lambda: [
            step(pool, towards(ASKED, first, direction)) for direction in Direction
        ],
        "a name as written": lambda: find(first.title, names),
        "a name with a slip": lambda: find(slip, names),
    }
    return {
        what: statistics.median(_timed(each, repetitions))
        for what, each in work.items()
    }


def _timed(work: Callable[[], object], repetitions: int) -> Iterator[float]:
    work()
    for _ in range(repetitions):
        start = time.perf_counter()
        work()
        yield time.perf_counter() - start


def main() -> None:
    """Print both tables."""
    repetitions = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    with tempfile.TemporaryDirectory() as name:
        folders, firsts = {}, {}
        for size in SIZES:
            folders[size] = copied(Path(name) / str(size), written(titles(size)))
            (folders[size] / "panel.py").write_text(startup.YARDSTICK, encoding="utf-8")
            firsts[size] = next(titles(size))["title"]
        print(f"whole processes, {repetitions} of each\n")
        processes(folders, firsts, repetitions)
        print("\ninside one process\n")
        paths = {
            size: folder / "cryrec" / "data" / "anime.toml"
            for size, folder in folders.items()
        }
        taken = {size: inside(path, repetitions) for size, path in paths.items()}
        print(
            "| what | "
            + " | ".join(f"{size} titles" for size in SIZES)
            + " | at most |"
        )
        print("|---" * (len(SIZES) + 2) + "|")
        for what, least in taken[30].items():
            ratios = " | ".join(f"{taken[size][what] / least:.2f}" for size in SIZES)
            print(f"| {what} | {ratios} | {1000 * taken[SIZES[-1]][what]:.1f} ms |")


if __name__ == "__main__":
    main()
