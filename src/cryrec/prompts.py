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
from cryrec.terminal import ascii_only, is_accessible, shows_unicode, tell, width

if TYPE_CHECKING:
    import questionary

BACK: Final = "back"
"""The reply that goes one question back."""


class Choice(NamedTuple):
    """One thing to choose: the reply it gives, and its words; one that is not `open` cannot be."""

    value: str
    label: str
    detail: str = ""
    open: bool = True


class Asker(Protocol):
    """Somebody to put questions to."""

    def choose(self, question: str, choices: Sequence[Choice], default: str) -> str:
        """The value of one choice, or BACK; Enter alone gives `default`."""

    def mark(self, question: str, choices: Sequence[Choice], marked: Sequence[str]) -> list[str]:
        """The values of any number of choices, or [BACK]; Enter alone gives those `marked`."""


def asker() -> Asker:
    """The way of asking that suits the terminal."""
    return PlainAsker() if is_accessible() else DrawnAsker()


class PlainAsker:
    """Numbered lists, read line by line; nothing is ever redrawn, defaults are said in words."""

    def choose(self, question: str, choices: Sequence[Choice], default: str) -> str:
        """One number, or b; Enter alone gives `default`."""
        self._list(question, choices)
        usual = next(choice for choice in choices if choice.value == default)
        hint = f"Type a number, or b to go back. Enter alone means: {usual.label}."
        while True:
            reply = self._read(hint)
            if not reply:
                return default
            picked = self._picked([reply], choices)
            if picked:
                return picked[0]

    def mark(self, question: str, choices: Sequence[Choice], marked: Sequence[str]) -> list[str]:
        """Numbers with commas or spaces between them, or b; Enter alone gives those `marked`."""
        self._list(question, choices)
        usual = ", ".join(choice.label for choice in choices if choice.value in marked)
        hint = "Type numbers with commas between them, or b to go back. Enter alone means: "
        while True:
            reply = self._read(f"{hint}{usual or 'nothing'}.")
            if not reply:
                return list(marked)
            picked = self._picked(reply.replace(",", " ").split(), choices)
            if picked:
                return picked

    def _list(self, question: str, choices: Sequence[Choice]) -> None:
        tell(f"\n{question}")
        for number, choice in enumerate(choices, start=1):
            words = f"{choice.label}. {choice.detail}" if choice.detail else choice.label
            line = f"{number:>3}  {words}{'' if choice.open else ' (not available)'}"
            tell(textwrap.fill(line, width(), subsequent_indent=" " * 5))

    def _read(self, hint: str) -> str:
        tell(textwrap.fill(hint, width()))
        line = sys.stdin.readline() if sys.stdin else ""
        if not line:
            raise Interrupted
        return line.strip().lower()

    def _picked(self, words: Sequence[str], choices: Sequence[Choice]) -> list[str]:
        """The values the words stand for; empty, and said so, if one stands for nothing."""
        if words in (["b"], [BACK]):
            return [BACK]
        numbered = {str(number): choice for number, choice in enumerate(choices, start=1)}
        picked = [
            numbered[word].value for word in words if word in numbered and numbered[word].open
        ]
        if len(picked) < len(words):
            closed = any(word in numbered for word in words)
            what = "That one is not available; type" if closed else "Please type"
            tell(f"{what} a number from 1 to {len(choices)}, or b.")
            return []
        return list(dict.fromkeys(picked))


class DrawnAsker:
    """Lists to move through with the arrow keys."""

    def choose(self, question: str, choices: Sequence[Choice], default: str) -> str:
        """Arrows and Enter; b or Escape goes back."""
        import questionary

        asked = questionary.select(
            _headed(question),
            choices=[_drawn(choice) for choice in choices],
            default=default,
            instruction="(b: back)",
            use_jk_keys=False,
            **_on_stderr(),
        )
        return str(_answer(asked, BACK))

    def mark(self, question: str, choices: Sequence[Choice], marked: Sequence[str]) -> list[str]:
        """Space marks, Enter goes on; b or Escape goes back."""
        import questionary

        asked = questionary.checkbox(
            _headed(question),
            choices=[_drawn(choice, choice.value in marked) for choice in choices],
            instruction="(Space marks, Enter goes on, b: back)",
            use_jk_keys=False,
            **_on_stderr(),
        )
        return list(_answer(asked, [BACK]))


def _answer(asked: questionary.Question, back: Any) -> Any:
    """The reply to a drawn question, with the keys that questionary leaves unbound."""
    from prompt_toolkit.key_binding import KeyBindings

    bindings = asked.application.key_bindings
    assert isinstance(bindings, KeyBindings)

    @bindings.add("b", eager=True)
    @bindings.add("escape")
    def _(event: Any) -> None:
        event.app.exit(result=back)

    @bindings.add("c-d", eager=True)
    def _(event: Any) -> None:
        event.app.exit(exception=EOFError)

    try:
        return asked.unsafe_ask()
    except (KeyboardInterrupt, EOFError):
        raise Interrupted from None


def _drawn(choice: Choice, checked: bool = False) -> questionary.Choice:
    """A choice as questionary shows it, in two lines where one is too narrow."""
    import questionary

    label = _shown(f"{choice.label}  {choice.detail}" if choice.detail else choice.label)
    lines = _folded(label, width() - POINTER)
    closed = None if choice.open else "none"
    return questionary.Choice(
        "\n     ".join(lines), value=choice.value, checked=checked, disabled=closed
    )


ROOMY: Final = 80
"""Cells from which a question and any answer to it fit in one line."""

POINTER: Final = 8
"""Cells that questionary's pointer, box and indentation take of a line."""


def _folded(text: str, room: int) -> list[str]:
    return textwrap.wrap(text, max(12, room)) or [text]


def _headed(question: str) -> str:
    """The question, and on a narrow screen a line of its own for the instruction or the answer."""
    return _shown(question) if width() >= ROOMY else f"{_shown(question)}\n "


def _shown(text: str) -> str:
    return text if shows_unicode(sys.stderr) else ascii_only(text)


def _on_stderr() -> dict[str, Any]:
    """Where and how to draw: questionary's own choice would be stdout, which is the answer's."""
    import questionary
    from prompt_toolkit.output import create_output

    return {
        "output": create_output(stdout=sys.stderr),
        "style": questionary.Style(
            [("answer", "noinherit fg:ansicyan"), ("disabled", "fg:ansigray")]
        ),
        "qmark": "?",
        "pointer": ">",
    }
