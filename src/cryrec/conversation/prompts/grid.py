"""Choices to be marked, side by side in their groups: all of them on one small screen."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from itertools import groupby
from typing import Final, NamedTuple

from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import Window
from prompt_toolkit.layout.controls import FormattedTextControl

from cryrec.conversation.prompts import screen
from cryrec.conversation.prompts.choices import Choice, Marks
from cryrec.terminal import width

BOX: Final = len(">[x] ")
"""Cells before the name of a choice: pointer, box, space."""

ROOMY: Final = 60
"""Cells of a line from which the name of a group stands in front of it, and not above it."""

Line = tuple[str, tuple[Choice, ...]]
"""What stands in front, and the choices beside one another."""


class Sheet(NamedTuple):
    """The lines from top to bottom, and the cells of each column of choices."""

    lines: tuple[Line, ...]
    widths: tuple[int, ...]


class Grid:
    """The grid on the screen: what is typed, marked, and pointed at.

    Typing leaves what is called that. Space marks; Enter marks what was found by typing, and goes
    on where nothing is typed.
    """

    def __init__(
        self,
        question: str,
        choices: Sequence[Choice],
        marked: Sequence[str],
        back: bool,
    ) -> None:
        self.question = question
        self.choices = tuple(choice for choice in choices if choice.open)
        self.marked = set(marked)
        self.back = back
        self.typed = ""
        self.pointed = self.choices[0]

    def ask(self) -> Marks:
        """Draw it until it is answered; going back keeps what is marked."""
        bindings = KeyBindings()
        self._bind(bindings)
        grid = FormattedTextControl(
            self._drawn, focusable=True, show_cursor=False
        )
        keys = FormattedTextControl(lambda: [("class:help", self._help())])
        parts = [
            Window(each, dont_extend_height=True) for each in (grid, keys)
        ]
        marks: Marks = screen.run(screen.application(parts, bindings))
        if not marks.back:
            labels = [
                choice.label
                for choice in self.choices
                if choice.value in marks.values
            ]
            screen.settle(self.question, labels or ["Nothing"])
        return marks

    # --- what is on the screen

    @property
    def shown(self) -> list[Choice]:
        """What is called what was typed."""
        return [
            choice for choice in self.choices if choice.answers_to(self.typed)
        ]

    def _drawn(self) -> StyleAndTextTuples:
        count = f"   {len(self.marked)} marked" if self.marked else ""
        text: StyleAndTextTuples = [
            ("class:qmark", "? "),
            ("class:question", self.question),
            ("", count),
        ]
        sheet = lay_out(self.shown, width())
        for front, row in sheet.lines:
            text += [("", "\n"), ("class:label", front)]
            for choice, cells in zip(row, sheet.widths, strict=False):
                text += self._cell(choice, cells)
        if not self.shown:
            text.append(("class:disabled", "\n  nothing is called that"))
        return text

    def _cell(self, choice: Choice, cells: int) -> StyleAndTextTuples:
        pointed = choice == self.pointed
        here: StyleAndTextTuples = (
            [("[SetCursorPosition]", "")] if pointed else []
        )
        box = "[x]" if choice.value in self.marked else "[ ]"
        text = f"{'>' if pointed else ' '}{box} {choice.name}"
        style = (
            "class:pointed"
            if pointed
            else "class:selected"
            if "x" in box
            else ""
        )
        return [*here, (style, text), ("", " " * (cells - len(text)))]

    def _help(self) -> str:
        """What Enter would do, and the other keys."""
        if self.typed:
            parts = [f"find: {self.typed}"]
            parts += (
                [f"Enter marks {self.pointed.label.lower()}"]
                if self.shown
                else []
            )
            parts += ["Esc clears"]
        else:
            marked = f"{len(self.marked)} marked" if self.marked else "nothing"
            parts = [f"Enter: {marked}", "Space marks", "type to find"]
            parts += ["Esc: back"] if self.back else []
        return textwrap.fill(" · ".join(parts), width())

    # --- what the keys do

    def _bind(self, bindings: KeyBindings) -> None:
        screen.bind_leaving(bindings)
        screen.bind_typing(
            bindings, lambda text: self._find(self.typed + text)
        )
        bindings.add("backspace", eager=True)(
            lambda _: self._find(self.typed[:-1])
        )
        bindings.add(" ", eager=True)(lambda _: self._toggle())
        bindings.add("right", eager=True)(lambda _: self._step(1))
        bindings.add("up", eager=True)(lambda _: self._climb(-1))
        bindings.add("down", eager=True)(lambda _: self._climb(1))
        bindings.add("left", eager=True)(self._left)
        bindings.add("escape", eager=True)(self._escape)
        bindings.add("enter", eager=True)(self._enter)

    def _find(self, text: str) -> None:
        self.typed = text
        if self.shown and self.pointed not in self.shown:
            self.pointed = self.shown[0]

    def _toggle(self) -> None:
        if self.shown:
            self.marked ^= {self.pointed.value}
            self.typed = ""

    def _step(self, by: int) -> None:
        if self.shown:
            place = self.shown.index(self.pointed) + by
            self.pointed = self.shown[place % len(self.shown)]

    def _climb(self, by: int) -> None:
        """To the line above or below, as far to the right as here."""
        rows = [row for _, row in lay_out(self.shown, width()).lines if row]
        here = next(
            (place for place, row in enumerate(rows) if self.pointed in row),
            None,
        )
        if here is not None:
            column = rows[here].index(self.pointed)
            row = rows[(here + by) % len(rows)]
            self.pointed = row[min(column, len(row) - 1)]

    def _left(self, event: KeyPressEvent) -> None:
        if self.shown and self.pointed != self.shown[0]:
            self._step(-1)
        elif not self.typed:
            self._go_back(event)

    def _escape(self, event: KeyPressEvent) -> None:
        if self.typed:
            self._find("")
        else:
            self._go_back(event)

    def _go_back(self, event: KeyPressEvent) -> None:
        if self.back:
            event.app.exit(result=Marks(self._marks(), back=True))

    def _enter(self, event: KeyPressEvent) -> None:
        if not self.typed:
            event.app.exit(result=Marks(self._marks()))
        elif self.shown:
            self.marked.add(self.pointed.value)
            self.typed = ""

    def _marks(self) -> tuple[str, ...]:
        return tuple(
            choice.value
            for choice in self.choices
            if choice.value in self.marked
        )


def lay_out(choices: Sequence[Choice], cells: int) -> Sheet:
    """The choices in their groups, as many beside one another as fit into `cells`."""
    above = cells < ROOMY
    margin = (
        1
        if above
        else 2 + max((len(choice.group) for choice in choices), default=0)
    )
    longest = max((len(group) for group in _groups(choices)), default=1)
    across = longest
    while across > 1 and margin + sum(_widths(choices, across)) > cells + 1:
        across -= 1
    lines: list[Line] = []
    for group in _groups(choices):
        name = group[0].group
        if above and name:
            lines.append((name, ()))
        front = "" if above else name
        for row in _rows(group, across):
            lines.append((front.ljust(margin), row))
            front = ""
    return Sheet(tuple(lines), _widths(choices, across))


def _groups(choices: Sequence[Choice]) -> list[list[Choice]]:
    return [
        list(members)
        for _, members in groupby(choices, key=lambda choice: choice.group)
    ]


def _rows(group: Sequence[Choice], across: int) -> list[tuple[Choice, ...]]:
    return [
        tuple(group[at : at + across]) for at in range(0, len(group), across)
    ]


def _widths(choices: Sequence[Choice], across: int) -> tuple[int, ...]:
    """The cells of each column, with one between them, if `across` stand beside one another."""
    widths = [0] * across
    for group in _groups(choices):
        for place, choice in enumerate(group):
            column = place % across
            widths[column] = max(widths[column], BOX + len(choice.name) + 1)
    return tuple(widths)
