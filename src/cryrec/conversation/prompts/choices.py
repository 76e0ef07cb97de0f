"""What is put to somebody, and what comes back: the same whether it is drawn or listed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, Protocol

BACK: Final = "back"
"""The reply that goes one question back."""


class Choice(NamedTuple):
    """One thing to choose: the reply it gives, its name, and more words about it.

    One that is not `open` is shown, and cannot be chosen. `also` are words that find it when they
    are typed, though they are not shown.
    """

    value: str
    label: str
    detail: str = ""
    open: bool = True
    also: str = ""

    @property
    def words(self) -> str:
        """The name with everything that is said about it."""
        detail = f": {self.detail}" if self.detail else ""
        return f"{self.label}{detail}{CLOSED[self.open]}"

    def answers_to(self, typed: str) -> bool:
        """Whether what somebody typed stands in its words; every choice answers to nothing."""
        return typed.casefold() in f"{self.words} {self.also}".casefold()


CLOSED: Final = {True: "", False: " (none)"}


class Marks(NamedTuple):
    """The values that were marked, and whether the person went back rather than on."""

    values: tuple[str, ...]
    back: bool = False


class Asker(Protocol):
    """Somebody to put questions to; without `back` there is no way back, and none is offered.

    Leaving (Ctrl-C, Ctrl-D, a closed stdin) raises Interrupted.
    """

    def choose(
        self, question: str, choices: Sequence[Choice], default: str, back: bool = False
    ) -> str:
        """The value of one choice, or BACK; Enter alone gives `default`."""

    def choose_upto(
        self,
        most: int,
        question: str,
        choices: Sequence[Choice],
        default: Sequence[str],
        back: bool = False,
    ) -> Marks:
        """The values of one to `most` choices; Enter alone gives `default`."""

    def mark(
        self,
        question: str,
        choices: Sequence[Choice],
        marked: Sequence[str],
        back: bool = False,
    ) -> Marks:
        """The values of any number of choices; Enter alone gives those `marked`."""

    def write(self, question: str, back: bool = False) -> str:
        """A line of one's own, or BACK; it may be empty."""

    def confirm(self, question: str, default: bool = False) -> bool:
        """Whether the reply is yes; Enter alone gives `default`, other keys do nothing."""


YES_OR_NO: Final = {"y": True, "yes": True, "n": False, "no": False}


def proposal(default: bool) -> str:
    """The two replies, the one that Enter gives in capitals."""
    return "[Y/n]" if default else "[y/N]"
