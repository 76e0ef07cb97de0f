"""Lists to move through with the arrow keys, drawn by questionary under keys of our own.

Its own keys are shut off one by one: `a` and `i` would change every mark at once.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from typing import Final

import questionary
from prompt_toolkit.application import Application
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import HSplit, Layout, VerticalAlign, Window
from prompt_toolkit.layout.controls import FormattedTextControl
from questionary.prompts.common import InquirerControl

from cryrec.conversation.prompts import row, screen
from cryrec.conversation.prompts.choices import (
    BACK,
    Choice,
    Marks,
    Press,
    Table,
    proposal,
)
from cryrec.conversation.prompts.grid import Grid
from cryrec.terminal import width

MARGIN: Final = 5
"""Cells that questionary's pointer and box, or its dash, take at the left of a line."""

BACK_CHOICE: Final = Choice(BACK, "Back")

NO_SUCH_CHOICE: Final = Choice("", "nothing is called that", open=False)
"""The line that stands there when nothing is called what was typed."""


class DrawnAsker:
    """Lists to move through with the arrow keys; what was answered stays as one line."""

    is_lasting = False

    def choose(
        self,
        question: str,
        choices: Sequence[Choice],
        default: str,
        back: bool = False,
    ) -> str:
        """Arrows and Enter."""
        marks = DrawnList(question, choices, [default], 1, back).ask()
        return BACK if marks.back else marks.values[0]

    def choose_upto(
        self,
        most: int,
        question: str,
        choices: Sequence[Choice],
        default: Sequence[str],
        back: bool = False,
    ) -> Marks:
        """Arrows and Enter for one; Space marks where it shall be more."""
        return DrawnList(question, choices, default, most, back).ask()

    def mark(
        self,
        question: str,
        choices: Sequence[Choice],
        marked: Sequence[str],
        back: bool = False,
    ) -> Marks:
        """Space marks, Enter goes on; going back keeps what is marked."""
        return Grid(question, choices, marked, back).ask()

    def write(self, question: str, back: bool = False) -> str:
        """A line of one's own; Escape goes back."""
        bindings = KeyBindings()
        screen.bind_leaving(bindings)
        if back:
            bindings.add("escape", eager=True)(
                lambda event: event.app.exit(result=BACK)
            )
        prompt = questionary.text(
            question,
            qmark="?",
            style=screen.STYLE,
            output=screen.output(),
            color_depth=screen.colours(),
            erase_when_done=True,
            key_bindings=bindings,
        )
        line = str(screen.run(prompt.application)).strip()
        screen.settle(question, [line] if line != BACK else [])
        return line

    def holds(self, table: Table) -> bool:
        """Whether cards and keys fit the screen together."""
        return row.holds(table)

    def press(self, table: Table, chosen: int) -> Press:
        """Any open key; arrows and digits choose a card first."""
        return row.KeyRow(table, chosen).ask()

    def confirm(self, question: str, default: bool = False) -> bool:
        """y or n, without Enter; Escape is no."""
        bindings = KeyBindings()
        screen.bind_leaving(bindings)
        replies = {
            "y": True,
            "Y": True,
            "n": False,
            "N": False,
            "escape": False,
            "enter": default,
        }
        for key, reply in replies.items():
            bindings.add(key, eager=True)(_exit_with(reply))
        line = FormattedTextControl(
            f"? {question} {proposal(default)} ", show_cursor=False
        )
        application = screen.application(
            [Window(line, wrap_lines=True)], bindings
        )
        is_wanted = bool(screen.run(application))
        screen.settle(question, ["Yes" if is_wanted else "No"])
        return is_wanted


def _exit_with(reply: bool) -> Callable[[KeyPressEvent], None]:
    return lambda event: event.app.exit(result=reply)


class DrawnList:
    """A list on the screen: what is typed, marked, and pointed at.

    `most` is how many may be chosen. Enter takes the one pointed at; where more than one may be
    chosen Space marks, and Enter takes the marked ones if there are any.
    """

    def __init__(
        self,
        question: str,
        choices: Sequence[Choice],
        default: Sequence[str],
        most: int,
        back: bool,
    ) -> None:
        self.question = question
        self.choices = [*choices, BACK_CHOICE] if back else list(choices)
        self.most = most
        self.back = back
        self.typed = ""
        self.marked = list(default) if len(default) > 1 else []
        self.drawn = {choice.value: _drawn(choice) for choice in self.choices}
        self.home = default[0]
        self.application = self._application()
        self.shown = self._shown_list()
        self._refresh(self.home)

    def ask(self) -> Marks:
        """Draw it until it is answered, and leave the answer behind as one line."""
        marks: Marks = screen.run(self.application)
        if not marks.back:
            screen.settle(self.question, self._labels(marks.values))
        return marks

    # --- what is on the screen

    def _application(self) -> Application[Marks]:
        make = questionary.select if self.most == 1 else questionary.checkbox
        prompt = make(
            self.question,
            choices=list(self.drawn.values()),
            instruction=" ",
            use_jk_keys=False,
            use_emacs_keys=False,
            qmark="?",
            pointer=">",
            style=screen.STYLE,
            output=screen.output(),
            color_depth=screen.colours(),
            erase_when_done=True,
        )
        application = prompt.application
        assert isinstance(application.key_bindings, KeyBindings)
        self._bind(application.key_bindings)
        # Titles are wrapped anew each time, so that a list follows when its window is resized.
        application.before_render += lambda _: self._wrap()
        help_line = Window(
            FormattedTextControl(self._help),
            dont_extend_height=True,
            style="class:help",
        )
        application.layout = Layout(
            HSplit(
                [application.layout.container, help_line],
                align=VerticalAlign.TOP,
            )
        )
        return application

    def _shown_list(self) -> InquirerControl:
        controls = self.application.layout.find_all_controls()
        return next(
            each for each in controls if isinstance(each, InquirerControl)
        )

    def _matching(self) -> list[Choice]:
        return [
            choice for choice in self.choices if choice.answers_to(self.typed)
        ]

    def _open(self) -> list[Choice]:
        return [choice for choice in self._matching() if choice.open]

    @property
    def pointed(self) -> Choice | None:
        """The choice pointed at; None where nothing is called what was typed."""
        value = self.shown.choices[self.shown.pointed_at].value
        return next(
            (choice for choice in self.choices if choice.value == value), None
        )

    def _refresh(self, pointed: str) -> None:
        """Show what is called what was typed, and point at `pointed` if it is among it."""
        open_values = [choice.value for choice in self._open()]
        if not open_values:
            self.shown.choices = [_drawn(NO_SUCH_CHOICE)]
            self.shown.pointed_at = 0
            return
        self.shown.choices = [
            self.drawn[choice.value] for choice in self._matching()
        ]
        target = pointed if pointed in open_values else open_values[0]
        values = [choice.value for choice in self.shown.choices]
        self.shown.pointed_at = values.index(target)

    def _wrap(self) -> None:
        self.shown.selected_options = self.marked
        for choice in self.choices:
            pointed = choice is self.pointed
            self.drawn[choice.value].title = _wrapped(choice, pointed)

    def _help(self) -> str:
        """What Enter would do, and the other keys."""
        parts = [self._entering()]
        if self.typed:
            parts = [f"find: {self.typed}", *parts, "Esc clears"]
        else:
            parts += self._marking()
            parts += ["type to find"]
            parts += ["Esc or Left: back"] if self.back else []
        return textwrap.fill(
            " · ".join(part for part in parts if part), width()
        )

    def _marking(self) -> list[str]:
        return [] if self.most == 1 else [f"Space marks up to {self.most}"]

    def _entering(self) -> str:
        """What Enter would do now."""
        labels = self._labels(self._entered())
        return f"Enter: {', '.join(labels)}" if labels else ""

    def _labels(self, values: Sequence[str]) -> list[str]:
        return [
            choice.label for choice in self.choices if choice.value in values
        ]

    # --- what the keys do

    def _bind(self, bindings: KeyBindings) -> None:
        screen.bind_leaving(bindings)
        screen.bind_typing(bindings, self._type)
        bindings.add("up", eager=True)(lambda _: self._move(-1))
        bindings.add("down", eager=True)(lambda _: self._move(1))
        bindings.add("backspace", eager=True)(
            lambda _: self._retype(self.typed[:-1])
        )
        bindings.add(" ", eager=True)(lambda _: self._space())
        bindings.add("enter", eager=True)(self._enter)
        bindings.add("escape", eager=True)(self._escape)
        bindings.add("left", eager=True)(self._left)
        bindings.add("c-q", eager=True)(lambda _: None)

    def _type(self, text: str) -> None:
        self._retype(self.typed + text)

    def _retype(self, text: str) -> None:
        if not self.typed and self.pointed:
            self.home = self.pointed.value
        self.typed = text
        self._refresh(self.home)

    def _move(self, by: int) -> None:
        values = [choice.value for choice in self._open()]
        if self.pointed:
            place = values.index(self.pointed.value) + by
            self._refresh(values[place % len(values)])

    def _space(self) -> None:
        if self.most == 1:
            self._type(" " if self.typed else "")
        elif self.pointed and self.pointed is not BACK_CHOICE:
            self._toggle(self.pointed.value)

    def _toggle(self, value: str) -> None:
        """Mark or unmark; where all that may be are marked, the newest mark gives way."""
        self.home = value
        if value in self.marked:
            self.marked.remove(value)
        else:
            self.marked = [*self.marked[: self.most - 1], value]
        self._retype("")

    def _entered(self) -> tuple[str, ...]:
        """The values that Enter would take; none where nothing is called what was typed."""
        if self.pointed is None:
            return ()
        if self.marked and self.pointed is not BACK_CHOICE:
            return self._marks()
        return (self.pointed.value,)

    def _marks(self) -> tuple[str, ...]:
        return tuple(
            choice.value
            for choice in self.choices
            if choice.value in self.marked
        )

    def _enter(self, event: KeyPressEvent) -> None:
        chosen = self._entered()
        if chosen == (BACK,):
            self._go_back(event)
        elif chosen:
            event.app.exit(result=Marks(chosen))

    def _escape(self, event: KeyPressEvent) -> None:
        if self.typed:
            self._retype("")
        else:
            self._left(event)

    def _left(self, event: KeyPressEvent) -> None:
        if self.back:
            self._go_back(event)

    def _go_back(self, event: KeyPressEvent) -> None:
        event.app.exit(result=Marks(self._marks(), back=True))


def _drawn(choice: Choice) -> questionary.Choice:
    # True rather than a reason: questionary would write that behind the name, and wrap nothing.
    closed = None if choice.open else True
    return questionary.Choice(
        choice.label, value=choice.value, disabled=closed
    )  # type: ignore[arg-type]


def _wrapped(choice: Choice, pointed: bool) -> list[tuple[str, str]]:
    """A choice as questionary shows it, in several lines where one is too narrow."""
    lines = textwrap.wrap(choice.words, max(12, width() - MARGIN))
    text = f"\n{' ' * MARGIN}".join(lines)
    if not choice.open:
        return [("class:disabled", text)]
    name = "class:pointed" if pointed else "class:label"
    if not text.startswith(choice.label):
        return [(name, text)]
    return [(name, choice.label), ("", text.removeprefix(choice.label))]
