"""How long a command takes from the shell's point of view, as a multiple of a small Typer program.

    python benchmarks/startup.py [REPETITIONS]

The yardstick is a Typer program of two commands that prints one panel with Rich; it is written into
a temporary folder. Every repetition of a command is a pair of whole processes, the yardstick and
the command, in turns first and second, so that both meet the same machine. The figure is the
median of the ratios of the pairs; the spread is their quartiles. Next to the time that passed
stands the time the processor worked, which other programs on the machine disturb less.

The home is empty but for what a first run, which does not count, leaves there: what the catalogue
holds. It leaves the bytecode behind as well. A variable such as PYTHONDONTWRITEBYTECODE would
prevent that, so none of Python's own reaches the processes.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

YARDSTICK: Final = '''\
import typer
from rich.console import Console
from rich.panel import Panel

app = typer.Typer()


@app.command()
def panel(words: str = "hello"):
    """Print one panel."""
    Console().print(Panel(words))


@app.command()
def version():
    """Print the version."""
    print("1.0")


def main():
    app()
'''

REPETITIONS: Final = 40


class Case(NamedTuple):
    """A command line, and the ratio it aims for (None where there is no aim)."""

    words: tuple[str, ...]
    aim: float | None


CASES: Final = (
    Case(("search", "anohana"), 1.27),
    Case(("search", "grave of the firefiles"), None),
    Case(("list",), 1.32),
    Case(("list", "--studio", "kyoani"), 1.32),
    Case(("suggest", "--mood", "family", "--time", "tonight"), 1.34),
    Case(("search", "anohana", "--json"), 1.15),
    Case(("list", "--json"), 1.15),
    Case(("suggest", "--mood", "family", "--time", "tonight", "--json"), 1.15),
    Case(("suggest", "a", "short", "film", "about", "sisters"), None),
    Case(("--help",), 0.80),
    Case(("suggest", "--help"), None),
    Case(("--version",), None),
)


def process(module: str, words: Sequence[str]) -> list[str]:
    """A command line that does what an installed script does: import `main` and call it."""
    return [sys.executable, "-c", f"from {module} import main; main()", *words]


class Spent(NamedTuple):
    """Seconds of one process: on the clock, and of the processor."""

    wall: float
    work: float


def spent(command: Sequence[str], home: Path) -> Spent:
    """What one process takes in a home of its own; raises CalledProcessError if it fails."""
    begun, worked = time.perf_counter(), _work_of_children()
    subprocess.run(
        command,
        cwd=home,
        env=environment(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return Spent(time.perf_counter() - begun, _work_of_children() - worked)


def _work_of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def environment(home: Path) -> dict[str, str]:
    """The variables of this process without Python's and cryrec's own, and with that home."""
    left_out = ("PYTHON", "CRYREC_", "XDG_")
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(left_out)
    }
    folders = {name: str(home) for name in ("HOME", "LOCALAPPDATA", "APPDATA")}
    return {**kept, **folders, "COLUMNS": "80"}


def paired(
    case: Case, home: Path, repetitions: int
) -> list[tuple[Spent, Spent]]:
    """What the yardstick and the case take, one of each in every repetition."""
    yardstick = process("panel", ["panel"])
    command = process("cryrec.__main__", case.words)
    spent(yardstick, home)
    spent(command, home)
    pairs = []
    for number in range(repetitions):
        if number % 2:
            first = spent(yardstick, home)
            pairs.append((first, spent(command, home)))
        else:
            first = spent(command, home)
            pairs.append((spent(yardstick, home), first))
    return pairs


def report(case: Case, pairs: list[tuple[Spent, Spent]]) -> str:
    """One row of the table."""
    walls = [command.wall / yardstick.wall for yardstick, command in pairs]
    works = [command.work / yardstick.work for yardstick, command in pairs]
    low, middle, high = statistics.quantiles(walls, n=4)
    work = statistics.median(works)
    aim, verdict = "-", ""
    if case.aim is not None:
        aim = f"{case.aim:.2f}"
        verdict = "yes" if work <= case.aim else "NO"
    return (
        f"| `{' '.join(case.words)}` | {middle:.2f} | {low:.2f} to {high:.2f} "
        f"| {work:.2f} | {aim} | {verdict} |"
    )


def main() -> None:
    """Print the table."""
    repetitions = int(sys.argv[1]) if len(sys.argv) > 1 else REPETITIONS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "panel.py").write_text(YARDSTICK, encoding="utf-8")
        print(f"Python {sys.version.split()[0]}, {repetitions} pairs each\n")
        print("| command | clock | quartiles | processor | aim | met |")
        print("|---|---|---|---|---|---|")
        for case in CASES:
            print(report(case, paired(case, folder, repetitions)), flush=True)


if __name__ == "__main__":
    main()
