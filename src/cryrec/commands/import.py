"""`cryrec import`: a list that somebody keeps elsewhere."""

import sys
import time
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO, Final, Self

import typer

from cryrec import keeping
from cryrec.commands import options
from cryrec.conversation import prompts
from cryrec.errors import UsageProblem
from cryrec.exchange.lists import read
from cryrec.library.entries import merge
from cryrec.session import Session, now
from cryrec.showing import show_changes
from cryrec.terminal import is_interactive, is_terminal, say
from cryrec.views import Output
from cryrec.views.notices import about_reading


def command(
    file: options.ImportFile,
    yes: options.Yes = False,
    dry_run: options.DryRun = False,
    json: options.Json = False,
) -> None:
    """
    \b
    cryrec import animelist.xml.gz
    cryrec import anilist.json --dry-run
    cryrec import --yes - < SimklBackup.zip

    Read a list of MyAnimeList, AniList, Kitsu, Shikimori or Simkl, or an export of cryrec itself.
    What was read is shown before anything is written.
    """
    session = Session()
    with Progress() as progress:
        reading = read(
            _source(file), session.catalogue.titles, now(), progress
        )
    fresh = merge(
        {entry.id: entry for entry in keeping.entries()}, reading.entries
    )
    for line in about_reading(reading, fresh):
        say(line)
    is_wanted = bool(fresh) and not dry_run and (yes or _agreed())
    show_changes(
        keeping.take_over(reading.entries) if is_wanted else (),
        Output.of(json),
    )


PIPE: Final = Path("-")
"""The name that stands for what is piped in."""


def _source(file: Path) -> Path | BinaryIO:
    """What to read; raises UsageProblem where somebody would have to type it."""
    if file != PIPE:
        return file
    if is_terminal(sys.stdin):
        raise UsageProblem(
            "- reads a list that is piped in, and nothing is; name its file instead"
        )
    return sys.stdin.buffer if sys.stdin else BytesIO()


PATIENCE: Final = 1.0
"""Seconds of reading from which somebody wants to see that it goes on."""


class Progress:
    """A bar on stderr for a file that takes long to read; nothing in a pipe or for a short one."""

    def __enter__(self) -> Self:
        """Start the clock."""
        self.begun = time.monotonic()
        self.bar: Any = None
        return self

    def __call__(self, done: int, whole: int) -> None:
        """Show that `done` of `whole` bytes are read."""
        if self.bar is None and is_terminal(sys.stderr) and self._is_long():
            self.bar = typer.progressbar(
                length=whole, label="reading", file=sys.stderr
            )
            self.bar.__enter__()
        if self.bar is not None:
            self.bar.update(done - self.bar.pos)

    def __exit__(self, *error: object) -> None:
        """Leave the line."""
        if self.bar is not None:
            self.bar.__exit__(None, None, None)

    def _is_long(self) -> bool:
        return time.monotonic() - self.begun > PATIENCE


def _agreed() -> bool:
    """Whether the person wants the entries; raises UsageProblem where nobody can be asked."""
    if not is_interactive():
        raise UsageProblem(
            "nobody to ask before writing; add --yes, or --dry-run to write nothing"
        )
    return prompts.asker().confirm("Take them over?")
