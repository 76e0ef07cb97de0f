"""What is put to somebody, and what comes back: the same whether it is drawn or listed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, Protocol

BACK: Final = "back"
"""The reply that goes one question back."""


class Choice(NamedTuple):
    """One thing to choose: the reply it gives, its name, and more words about it.

    One that is not `open` is shown, and cannot be chosen. `also` are words that find it when they
    are typed, though they are not shown. `short` is its name among those of its `group`.
    """

    value: str
    label: str
    detail: str = ""
    open: bool = True
    also: str = ""
    group: str = ""
    short: str = ""

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


ENTER: Final = "enter"
"""The key that every keyboard has; the other keys of a row are what they type."""


class Key(NamedTuple):
    """One key of a row: what it types, its name there, and what it does in a sentence.

    One that is not `open` leads nowhere: it is shown, and does nothing.
    """

    key: str
    label: str
    does: str
    open: bool = True


Row = tuple[str, tuple[Key, ...]]
"""What stands in front of a row of keys, and the keys."""


class Table(NamedTuple):
    """The cards that lie there and the keys under them, both as they are while one is chosen.

    `cards` are their names, and a digit chooses one; without any, digits are keys like others.
    `draw` gives the cards as text with escapes, None where they have been written already. `said`
    is what came of the last key.
    """

    cards: tuple[str, ...]
    draw: Callable[[int], str] | None
    rows: Callable[[int], tuple[Row, ...]]
    said: str = ""

    def keys(self, chosen: int) -> tuple[Key, ...]:
        """All keys, row by row; the same whichever card is chosen, but not all of them open."""
        return tuple(key for _, row in self.rows(chosen) for key in row)

    def open_keys(self, chosen: int) -> tuple[Key, ...]:
        """The keys that lead somewhere."""
        return tuple(key for key in self.keys(chosen) if key.open)


class Press(NamedTuple):
    """A key that was pressed, and the place of the card that was chosen then."""

    key: str
    chosen: int


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
        self, question: str, choices: Sequence[Choice], marked: Sequence[str], back: bool = False
    ) -> Marks:
        """The values of any number of choices; Enter alone gives those `marked`."""

    def write(self, question: str, back: bool = False) -> str:
        """A line of one's own, or BACK; it may be empty."""

    def holds(self, table: Table) -> bool:
        """Whether cards and keys can stay on the screen together."""

    def press(self, table: Table, chosen: int) -> Press:
        """An open key of the row; arrows and digits choose a card first."""

    def confirm(self, question: str, default: bool = False) -> bool:
        """Whether the reply is yes; Enter alone gives `default`, other keys do nothing."""


YES_OR_NO: Final = {"y": True, "yes": True, "n": False, "no": False}


def proposal(default: bool) -> str:
    """The two replies, the one that Enter gives in capitals."""
    return "[Y/n]" if default else "[y/N]"
