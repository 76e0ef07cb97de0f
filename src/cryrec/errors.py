"""Every way cryrec can fail on purpose: the exit code and the wording belong to the error.

Whoever raises one passes facts. Only the command boundary prints, one plain line on stderr.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from enum import IntEnum
from pathlib import Path
from typing import Final

LONGEST_NAME: Final = 60
"""Characters of what somebody typed, or of a title, in a message."""

LONGEST_PATH: Final = 240
"""Characters of a path in a message; shorter ones stand there whole, to be copied."""

NEAR: Final = 0.7
"""Of 1, how alike a word and the one that was probably meant are; at 0.6 "random" means undo."""

MOST_NAMES: Final = 6
"""Names in a message."""


class ExitCode(IntEnum):
    """What the shell is told. Nothing raises 1 on purpose: it means a bug."""

    OK = 0
    BUG = 1
    USAGE = 2
    NOTHING = 3
    FILE = 4
    INTERRUPTED = 130


class CryrecError(Exception):
    """Base of all of them; `str()` is the one line a person reads."""

    exit_code = ExitCode.BUG


class UsageProblem(CryrecError):
    """The command line asks for something that cannot be."""

    exit_code = ExitCode.USAGE


class BadValue(UsageProblem):
    """A value that an option does not take, with what it would take."""

    def __init__(self, what: str, value: str, allowed: Iterable[str]) -> None:
        allowed = list(allowed)
        choices = ", ".join(allowed)
        near = nearest(value, allowed)
        hint = f"did you mean {near}?" if near else f"choose from {choices}"
        super().__init__(f"{quoted(value)} is no {what}; {hint}")


class BadNote(UsageProblem):
    """A word that is no content note; `notes` are all there are, the plainest first."""

    def __init__(self, word: str, notes: Sequence[str]) -> None:
        near = nearest(word, notes)
        hint = f"did you mean {near}?" if near else some_of(notes)
        super().__init__(f"{quoted(word)} is no content note; {hint}")


class NoSuchCommand(UsageProblem):
    """The first word is none of the `commands`."""

    def __init__(self, word: str, commands: Iterable[str]) -> None:
        near = nearest(word, commands)
        hint = (
            f"did you mean {near}?" if near else "cryrec --help lists them all"
        )
        super().__init__(f"{quoted(printable(word))} is no command; {hint}")


class NoSuchOption(UsageProblem):
    """`command`, such as "cryrec suggest", has no such option; `options` are those it shows."""

    def __init__(
        self, word: str, command: str, options: Iterable[str]
    ) -> None:
        flags = {option.lstrip("-"): option for option in options}
        near = nearest(word.lstrip("-"), flags)
        hint = f"{command} --help lists them all"
        if near:
            hint = f"did you mean {flags[near]}?"
        super().__init__(
            f"{quoted(printable(word))} is no option of {command}; {hint}"
        )


class NotANote(UsageProblem):
    """Things that somebody ruled out and that no content note stands for.

    They are refused and not passed over, because they may have been meant to protect somebody.
    `near` are the notes that come nearest, `notes` all there are, the plainest first.
    """

    def __init__(
        self, things: Sequence[str], near: Sequence[str], notes: Sequence[str]
    ) -> None:
        ruled_out = ", ".join(map(quoted, few(things)))
        hint = f"the nearest is {either(near)}" if near else some_of(notes)
        super().__init__(
            f"no content note says {ruled_out}, so it cannot be steered clear of; {hint}"
        )


class NotRuledOut(UsageProblem):
    """Answers that somebody ruled out: `flag` takes what one wants, such as one of `values`."""

    def __init__(
        self, things: Sequence[str], flag: str, values: Sequence[str]
    ) -> None:
        ruled_out = ", ".join(map(quoted, few(things)))
        super().__init__(
            f"{ruled_out} can be asked for, not ruled out; say what you want instead: "
            f"{flag} {either(values)}"
        )


class Unclear(UsageProblem):
    """A harm that stands alone: nobody can tell whether it is wished for or ruled out."""

    def __init__(self, harm: str) -> None:
        ruled_out, wished = quoted(f"no {harm}"), quoted(f"about {harm}")
        super().__init__(
            f"{quoted(harm)} may be wanted or not; write {ruled_out} or {wished}"
        )


class Interrupted(CryrecError):
    """The person left at a question."""

    exit_code = ExitCode.INTERRUPTED


class NothingToShow(CryrecError):
    """The question was understood, and there is nothing to show."""

    exit_code = ExitCode.NOTHING


class UnknownName(NothingToShow):
    """No title or studio of that name; `near` holds names worth offering instead.

    `count` is how many there are. Of an anime that is not in it a catalogue cannot know.
    """

    def __init__(
        self,
        kind: str,
        name: str,
        near: Sequence[str],
        count: int = 0,
    ) -> None:
        everything = {"studio": "studios", "title": "list"}[kind]
        hint = f"; cryrec {everything} shows all"
        if near:
            hint = f"; did you mean {either(near)}?"
        elif kind == "title":
            hint = f" of {count}{hint}, and cryrec add takes more"
        super().__init__(
            f"no {kind} called {quoted(name)} in the catalogue{hint}"
        )


class AmbiguousName(NothingToShow):
    """A name that fits several equally well."""

    def __init__(self, kind: str, name: str, several: Sequence[str]) -> None:
        choices = either(few(several))
        super().__init__(
            f"{quoted(name)} fits more than one {kind}: {choices}"
        )


class FileProblem(CryrecError):
    """A file of ours is bad, or cannot be read or written; it is left as it was."""

    exit_code = ExitCode.FILE


class BadCatalogue(FileProblem):
    """A catalogue that does not hold: every problem found, each with its place."""

    def __init__(self, path: Path, problems: Sequence[str]) -> None:
        self.path = path
        self.problems = tuple(problems)
        listed = "; ".join(problems)
        super().__init__(f"the catalogue {path} is damaged: {listed}")


class UnusableFile(FileProblem):
    """A file that could not be read or written."""

    def __init__(self, doing: str, path: Path, reason: str) -> None:
        super().__init__(f"cannot {doing} {shown_path(path)}: {reason}")


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The one of `words` that `word` was probably meant to be, or None if none is close."""
    folded = word.lower()[:60]
    near_words = difflib.get_close_matches(
        folded, list(words), n=1, cutoff=NEAR
    )
    return next(iter(near_words), None)


def printable(text: str) -> str:
    """`text` on one line, with everything that could move a cursor or hide as a space."""
    return "".join(map(_printable, text))


def _printable(char: str) -> str:
    if char.isprintable():
        return char
    return " " if char.isspace() else "\ufffd"


def shortened(text: str, most: int = LONGEST_NAME) -> str:
    """`text` with no more than `most` characters of it, so that an error stays one line."""
    return text if len(text) <= most else text[: most - 3] + "..."


def quoted(text: str) -> str:
    """`text` in quotation marks, shortened."""
    return f'"{shortened(text)}"'


def shown_path(path: Path) -> str:
    """A path in full, but for one so long that no person can have typed it: its two ends."""
    whole = str(path)
    if len(whole) <= LONGEST_PATH:
        return whole
    beginning = whole[: LONGEST_PATH // 2]
    end = whole[-LONGEST_PATH // 4 :]
    return f"{beginning}...{end}"


def either(names: Sequence[str]) -> str:
    """The names in one phrase: "a", "a or b", "a, b or c"."""
    *head, last = map(shortened, names)
    if not head:
        return last
    beginning = ", ".join(head)
    return f"{beginning} or {last}"


def some_of(notes: Sequence[str]) -> str:
    """A hint that names some content notes, and says where all of them can be read."""
    names = ", ".join(few(notes))
    return f"choose from {names}; question four of cryrec suggest shows all"


def few(names: Sequence[str]) -> Sequence[str]:
    """The names themselves; of too many for a line, the first and how many others."""
    if len(names) <= MOST_NAMES:
        return names
    shown_names = names[: MOST_NAMES - 1]
    return [*shown_names, f"{len(names) - len(shown_names)} others"]
