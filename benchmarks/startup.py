"""How long a command takes from the shell's point of view, as a multiple of a small Typer program.

    python benchmarks/startup.py [REPETITIONS]

The yardstick is a Typer program of two commands that prints one panel with Rich; it is written into
a temporary folder. Every repetition of a command is a pair of whole processes, the yardstick and
the command, in turns first and second, so that both meet the same machine. The figure is the
median of the ratios of the pairs; the spread is their quartiles.

A first run of each, which does not count, leaves the bytecode behind. A variable such as
PYTHONDONTWRITEBYTECODE would prevent that, so none of Python's own reaches the processes.
"""

from __future__ import annotations

import os
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
    Case(("search", "anohana"), 1.30),
    Case(("search", "grave of the firefiles"), 1.30),
    Case(("list",), 1.30),
    Case(("list", "--studio", "kyoani"), 1.30),
    Case(("suggest", "--mood", "family", "--time", "tonight"), 1.40),
    Case(("search", "anohana", "--json"), 1.10),
    Case(("list", "--json"), 1.10),
    Case(("suggest", "--mood", "family", "--time", "tonight", "--json"), 1.10),
    Case(("--help",), 0.85),
    Case(("suggest", "--help"), None),
    Case(("--version",), 0.75),
)


def process(module: str, words: Sequence[str]) -> list[str]:
    """A command line that does what an installed script does: import `main` and call it."""
    return [sys.executable, "-c", f"from {module} import main; main()", *words]


def seconds(command: Sequence[str], folder: Path) -> float:
    """How long one process takes; raises CalledProcessError if it fails."""
    plain = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PYTHON")
    }
    start = time.perf_counter()
    subprocess.run(
        command,
        cwd=folder,
        env={**plain, "COLUMNS": "80"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - start


def paired(
    case: Case, folder: Path, repetitions: int
) -> tuple[list[float], list[float]]:
    """The seconds of the yardstick and of the case, one of each in every repetition."""
    yardstick, ours = (
        process("panel", ["panel"]),
        process("cryrec.__main__", case.words),
    )
    seconds(yardstick, folder)
    seconds(ours, folder)
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(repetitions):
        order = (
            ((0, yardstick), (1, ours)) if number % 2 else ((1, ours), (0, yardstick))
        )
        for place, command in order:
            times[place].append(seconds(command, folder))
    return times


def report(case: Case, times: tuple[list[float], list[float]]) -> str:
    """One row of the table."""
    ratios = [ours / yardstick for yardstick, ours in zip(*times, strict=True)]
    low, middle, high = statistics.quantiles(ratios, n=4)
    verdict = "" if case.aim is None else "yes" if middle <= case.aim else "NO"
    aim = "-" if case.aim is None else f"{case.aim:.2f}"
    ours = statistics.median(times[1])
    return (
        f"| `{' '.join(case.words)}` | {middle:.2f} | {low:.2f} to {high:.2f} | {aim} "
        f"| {verdict} | {ours * 1000:.0f} ms |"
    )


def main() -> None:
    """Print the table."""
    repetitions = int(sys.argv[1]) if len(sys.argv) > 1 else REPETITIONS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "panel.py").write_text(YARDSTICK, encoding="utf-8")
        print(f"Python {sys.version.split()[0]}, {repetitions} pairs each\n")
        print("| command | ratio | quartiles | aim | met | median |")
        print("|---|---|---|---|---|---|")
        for case in CASES:
            print(report(case, paired(case, folder, repetitions)), flush=True)


if __name__ == "__main__":
    main()
