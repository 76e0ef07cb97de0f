"""The man page, written from the commands and options that the help is made of."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from cryrec import __version__
from cryrec.cli import COMMANDS, HELP, load_command

Row = tuple[str, str]
"""A term, and what it means."""

LONGEST = 72

EXAMPLES_BEGIN = "\b\n"
"""What a paragraph begins with whose lines stay as they are."""


def manual(
    summary: str, exit_codes: Iterable[Row], variables: Iterable[Row]
) -> str:
    """The whole page in roff; `summary` is the program in a sentence, the rows are its tables."""
    lines = [
        f'.TH CRYREC 1 "" "cryrec {__version__}" "User Commands"',
        ".SH NAME",
        rf"cryrec \- {escaped(summary)}",
        ".SH SYNOPSIS",
        ".B cryrec",
        r"[\-\-version] [\-\-help] \fICOMMAND\fR [\fIOPTIONS\fR]",
        ".SH DESCRIPTION",
        *paragraphs(HELP.strip("\n")),
        ".SH COMMANDS",
    ]
    for name in COMMANDS:
        lines += command_lines(name)
    lines += [".SH EXIT STATUS", *terms(exit_codes)]
    lines += [".SH ENVIRONMENT", *terms(variables)]
    return "\n".join(lines) + "\n"


def command_lines(name: str) -> Iterator[str]:
    """One command: how it is called, examples, what it does, its options."""
    command = load_command(name)
    context = command.make_context(
        f"cryrec {name}", [], resilient_parsing=True
    )
    pieces = " ".join(command.collect_usage_pieces(context))
    yield f'.SS "{escaped(f"cryrec {name} {pieces}")}"'
    yield from paragraphs(command.help or "")
    yield from terms(records(command, context))


def records(command: Any, context: Any) -> Iterator[Row]:
    """Each argument and option that the help shows, but for --help itself."""
    for parameter in command.params:
        record = parameter.get_help_record(context)
        if record is not None:
            yield record


def paragraphs(text: str) -> Iterator[str]:
    """Paragraphs of help: filled, or left as they are where the help leaves them."""
    for number, paragraph in enumerate(text.split("\n\n")):
        if number:
            yield ".PP"
        if paragraph.startswith(EXAMPLES_BEGIN):
            lines = paragraph.removeprefix(EXAMPLES_BEGIN).splitlines()
            yield from (".nf", *map(escaped, lines), ".fi")
        else:
            yield from filled(paragraph)


def terms(rows: Iterable[Row]) -> Iterator[str]:
    """A list of terms in bold, each with its meaning."""
    for term, meaning in rows:
        yield ".TP"
        yield rf"\fB{escaped(term)}\fR"
        yield from filled(meaning)


def filled(text: str) -> Iterator[str]:
    """Lines of a paragraph, none long; the reader's own program fills them anew."""
    yield from map(escaped, textwrap.wrap(text, LONGEST))


def escaped(text: str) -> str:
    """`text` as roff reads it: in ASCII, hyphens that can be copied, no request by accident."""
    text = text.replace("\\", r"\e").replace("-", r"\-").replace('"', r"\(dq")
    text = re.sub(
        r"[^\x00-\x7f]", lambda sign: rf"\[u{ord(sign[0]):04X}]", text
    )
    return rf"\&{text}" if text.startswith((".", "'")) else text
