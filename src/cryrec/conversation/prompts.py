"""The questions, asked on stderr: drawn with questionary, or as plain numbered lines.

The only importer of questionary, and only inside the branch that asks: importing it takes longer
than everything else cryrec does. Leaving (Ctrl-C, Ctrl-D, a closed stdin) raises Interrupted.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from cryrec.errors import Interrupted
from cryrec.terminal import is_accessible, shows_unicode, tell, width

if TYPE_CHECKING:
    import questionary
    from prompt_toolkit.key_binding import KeyBindings

BACK: Final = "back"
"""The reply that goes one question back."""


class Choice(NamedTuple):
    """One thing to choose: the reply it gives, its name, and more words about it.

    One that is not `open` is shown, and cannot be chosen.
    """

    value: str
    label: str
    detail: str = ""
    open: bool = True

    @property
    def words(self) -> str:
        """The name with everything that is said about it."""
        return f"{self.label}{f': {self.detail}' if self.detail else ''}{CLOSED[self.open]}"


CLOSED: Final = {True: "", False: " (none)"}


class Marks(NamedTuple):
    """The values that were marked, and whether the person went back rather than on."""

    values: tuple[str, ...]
    back: bool = False


class Asker(Protocol):
    """Somebody to put questions to."""

    def choose(self, question: str, choices: Sequence[Choice], default: str) -> str:
        """The value of one choice, or BACK; Enter alone gives `default`."""

    def mark(self, question: str, choices: Sequence[Choice], marked: Sequence[str]) -> Marks:
        """The values of any number of choices; Enter alone gives those `marked`."""

    def confirm(self, question: str) -> bool:
        """Whether the reply is y or yes; Enter alone is no."""


def asker() -> Asker:
    """The way of asking that suits the terminal.

    Where it shows ASCII only the plain one, because the drawn marks would look like the empty ones.
    """
    plain = is_accessible() or not shows_unicode(sys.stderr)
    return PlainAsker() if plain else DrawnAsker()


class PlainAsker:
    """Numbered lists, read line by line; nothing is ever redrawn, defaults are said in words."""

    def choose(self, question: str, choices: Sequence[Choice], default: str) -> str:
        """One number, or b; Enter alone gives `default`."""
        self._list(question, choices)
        usual = next(choice for choice in choices if choice.value == default)
        hint = f"Type a number, or b to go back. Enter alone means: {usual.label}."
        while True:
            reply = self._read(hint)
            if reply in GOING_BACK:
                return BACK
            picked = self._picked([reply] if reply else [], choices)
            if picked is not None:
                return picked[0] if picked else default

    def mark(self, question: str, choices: Sequence[Choice], marked: Sequence[str]) -> Marks:
        """Numbers with commas or spaces between them, or b; Enter alone gives those `marked`."""
        self._list(question, choices)
        usual = ", ".join(choice.label for choice in choices if choice.value in marked)
        hint = "Type numbers with commas between them, or b to go back. Enter alone means: "
        while True:
            reply = self._read(f"{hint}{usual or 'nothing'}.")
            if reply in GOING_BACK:
                return Marks(tuple(marked), back=True)
            picked = self._picked(reply.replace(",", " ").split(), choices)
            if picked is not None:
                return Marks(picked or tuple(marked))

    def confirm(self, question: str) -> bool:
        """y or n; Enter alone is no."""
        tell(f"\n{question}")
        while True:
            reply = self._read("Type y or n. Enter alone means: no.")
            if reply in YES_OR_NO:
                return YES_OR_NO[reply]

    def _list(self, question: str, choices: Sequence[Choice]) -> None:
        tell(f"\n{question}")
        for number, choice in enumerate(choices, start=1):
            tell(_folded(f"{number:>3}  {choice.words}", hang=5))

    def _read(self, hint: str) -> str:
        tell(_folded(hint))
        try:
            line = sys.stdin.readline() if sys.stdin else ""
        except KeyboardInterrupt:
            tell("")
            raise Interrupted from None
        if not line:
            raise Interrupted
        return line.strip().lower()

    def _picked(self, words: Sequence[str], choices: Sequence[Choice]) -> tuple[str, ...] | None:
        """The values the words stand for; None, and said so, if one stands for nothing."""
        numbered = {str(number): choice for number, choice in enumerate(choices, start=1)}
        if any(word not in numbered for word in words):
            tell(_folded(f"Please type a number from 1 to {len(choices)}, or b."))
            return None
        if any(not numbered[word].open for word in words):
            tell(_folded("There is nothing behind that one; please choose another."))
            return None
        return tuple(dict.fromkeys(numbered[word].value for word in words))


class DrawnAsker:
    """Lists to move through with the arrow keys; what was answered stays as one line."""

    def choose(self, question: str, choices: Sequence[Choice], default: str) -> str:
        """Arrows and Enter; b or Escape goes back."""
        import questionary

        asked = questionary.select(
            _headed(question),
            choices=[_drawn(choice) for choice in choices],
            default=default,
            instruction="(b: back)",
            use_jk_keys=False,
            **_drawing(),
        )
        reply = str(_reply(asked, back=BACK))
        _settle(question, [choice.label for choice in choices if choice.value == reply])
        return reply

    def mark(self, question: str, choices: Sequence[Choice], marked: Sequence[str]) -> Marks:
        """Space marks, Enter goes on; b or Escape goes back, and keeps what is marked."""
        import questionary
        from questionary.prompts.common import InquirerControl

        asked = questionary.checkbox(
            _headed(question),
            choices=[_drawn(choice, choice.value in marked) for choice in choices],
            instruction=_marking(len(choices)),
            use_jk_keys=False,
            **_drawing(),
        )
        controls = asked.application.layout.find_all_controls()
        listed = next(each for each in controls if isinstance(each, InquirerControl))
        reply = _reply(asked, back=None)
        if reply is None:
            kept = tuple(str(choice.value) for choice in listed.get_selected_values())
            return Marks(kept, back=True)
        labels = [choice.label for choice in choices if choice.value in reply]
        _settle(question, labels or ["Nothing"])
        return Marks(tuple(reply))

    def confirm(self, question: str) -> bool:
        """y or n, without Enter; Enter and Escape are no."""
        from prompt_toolkit.application import Application
        from prompt_toolkit.layout import Layout, Window
        from prompt_toolkit.layout.controls import FormattedTextControl
        from prompt_toolkit.output import create_output

        line = FormattedTextControl(f"? {question} [y/N] ", show_cursor=False)
        application: Application[bool] = Application(
            Layout(Window(line, dont_extend_height=True, wrap_lines=True)),
            key_bindings=_yes_or_no(),
            output=create_output(stdout=sys.stderr),
            erase_when_done=True,
        )
        application.ttimeoutlen = ESCAPE_WAIT
        try:
            reply = application.run()
        except (KeyboardInterrupt, EOFError):
            raise Interrupted from None
        _settle(question, ["Yes" if reply else "No"])
        return reply


def _yes_or_no() -> KeyBindings:
    """The keys of a question that is answered with yes or no."""
    from prompt_toolkit.key_binding import KeyBindings

    bindings = KeyBindings()

    def bind(key: str, **outcome: Any) -> None:
        bindings.add(key, eager=True)(lambda event: event.app.exit(**outcome))

    for key in ("y", "Y"):
        bind(key, result=True)
    for key in ("n", "N", "enter", "escape"):
        bind(key, result=False)
    bind("c-c", exception=KeyboardInterrupt)
    bind("c-d", exception=EOFError)
    return bindings


def _reply(asked: questionary.Question, back: Any) -> Any:
    """The reply to a drawn question, with the keys that questionary leaves unbound."""
    from prompt_toolkit.key_binding import KeyBindings

    bindings = asked.application.key_bindings
    assert isinstance(bindings, KeyBindings)
    # Eager, and with a short wait for the rest of an arrow key's sequence: otherwise Escape takes
    # one and a half seconds and swallows what is typed in the meantime.
    asked.application.ttimeoutlen = ESCAPE_WAIT

    @bindings.add("b", eager=True)
    @bindings.add("escape", eager=True)
    def _(event: Any) -> None:
        event.app.exit(result=back)

    @bindings.add("c-d", eager=True)
    def _(event: Any) -> None:
        event.app.exit(exception=EOFError)

    try:
        return asked.unsafe_ask()
    except (KeyboardInterrupt, EOFError):
        raise Interrupted from None


def _settle(question: str, labels: Sequence[str]) -> None:
    """Leave an answered question behind as one line; nothing for one that was not answered."""
    if labels:
        tell(_folded(f"{question} {', '.join(labels)}", hang=2))


def _drawn(choice: Choice, checked: bool = False) -> questionary.Choice:
    """A choice as questionary shows it, in several lines where one is too narrow."""
    import questionary

    lines = textwrap.wrap(choice.words, max(12, width() - POINTER))
    title = "\n     ".join(lines)
    closed = None if choice.open else True
    return questionary.Choice(title, value=choice.value, checked=checked, disabled=closed)  # type: ignore[arg-type]


POINTER: Final = 8
"""Cells that questionary's pointer, box and indentation take of a line."""

ROOMY: Final = 70
"""Cells from which a question and its instruction fit in one line."""

ESCAPE_WAIT: Final = 0.05
"""Seconds to wait for the rest of an arrow key's sequence."""

YES_OR_NO: Final = {"y": True, "yes": True, "n": False, "no": False, "": False}

GOING_BACK: Final = ("b", BACK)


def _folded(text: str, hang: int = 0) -> str:
    return textwrap.fill(text, width(), subsequent_indent=" " * hang)


def _headed(question: str) -> str:
    """The question, and on a narrow screen a line of its own for the instruction."""
    return question if width() >= ROOMY else f"{question}\n "


def _marking(count: int) -> str:
    """How to mark; the count says that more is below where the screen is too short."""
    if width() < ROOMY:
        return "(Space marks, b: back)"
    return f"({count}; Space marks, Enter goes on, b: back)"


def _drawing() -> dict[str, Any]:
    """Where and how to draw: questionary's own choice would be stdout, which is the answer's."""
    import questionary
    from prompt_toolkit.output import create_output

    return {
        "output": create_output(stdout=sys.stderr),
        "style": questionary.Style([("disabled", "fg:ansigray")]),
        "erase_when_done": True,
        "qmark": "?",
        "pointer": ">",
    }
