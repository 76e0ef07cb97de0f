"""What is put to somebody, and what comes back: the same whether it is drawn or listed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, Protocol

BACK: Final = "back"
"""The reply that goes one question back."""


class Choice(NamedTuple):
    """One thing to choose: the reply it gives, its name, and more words about it.

    One that is not `open` is shown, and cannot be chosen. `also` are words that find it when they
    are typed, though they are not shown. `short` is its name among those of its `group`, if that
    is another.
    """

    value: str
    label: str
    detail: str = ""
    open: bool = True
    also: str = ""
    group: str = ""
    short: str = ""

    @property
    def name(self) -> str:
        """What it is called among those of its group."""
        return self.short or self.label

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
ESCAPE: Final = "escape"
"""Keys that every keyboard has, by name; the other keys of a row are what they type."""


class Key(NamedTuple):
    """One key of a row: what it types, its name there, and what it does in a sentence.

    One that is not `open` leads nowhere, and `does` says why.
    """

    key: str
    label: str
    does: str
    open: bool = True


class Row(NamedTuple):
    """Keys that stand beside one another, and what stands in front of them."""

    front: str
    keys: tuple[Key, ...]


Draw = Callable[[int, int], str]
"""Cards as text with escapes, while the one in that place is chosen, and with room for so many
lines below them."""


class Table(NamedTuple):
    """The cards that lie there and the keys under them, both as they are while one is chosen.

    `cards` are their names, and a digit chooses one; without any, digits are keys like others.
    `draw` is None where they have been written already. `said` is what came of the last key,
    paragraph by paragraph. `back` is the key that Escape stands for. With `any_key` every key that
    is not in the row is Enter.
    """

    cards: tuple[str, ...]
    draw: Draw | None
    rows: Callable[[int], tuple[Row, ...]]
    said: tuple[str, ...] = ()
    back: str = ESCAPE
    any_key: bool = False

    def keys(self, chosen: int) -> tuple[Key, ...]:
        """All keys, row by row."""
        return tuple(key for row in self.rows(chosen) for key in row.keys)

    def key(self, chosen: int, typed: str) -> Key | None:
        """The key of the row that somebody typed, in capitals or not; None if it has none."""
        wanted = self.back if typed == ESCAPE else typed.lower()
        keys = self.keys(chosen)
        return next((key for key in keys if key.key == wanted), None)


class Press(NamedTuple):
    """A key that was pressed, and the place of the card that was chosen then."""

    key: str
    chosen: int


class Asker(Protocol):
    """Somebody to put questions to; without `back` there is no way back, and none is offered.

    Leaving (Ctrl-C, Ctrl-D, a closed stdin) raises Interrupted. What is said under the cards stays
    in sight by itself where it `is_lasting`, and else is gone with the next key.
    """

    is_lasting: bool

    def choose(
        self,
        question: str,
        choices: Sequence[Choice],
        default: str,
        back: bool = False,
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

    def holds(self, table: Table) -> bool:
        """Whether cards and keys stay on the screen together."""

    def press(self, table: Table, chosen: int) -> Press:
        """An open key of the row; arrows and digits choose a card first."""

    def confirm(self, question: str, default: bool = False) -> bool:
        """Whether the reply is yes; Enter alone gives `default`, other keys do nothing."""


YES_OR_NO: Final = {"y": True, "yes": True, "n": False, "no": False}


def proposal(default: bool) -> str:
    """The two replies, the one that Enter gives in capitals."""
    return "[Y/n]" if default else "[y/N]"
