"""Questions as plain lines, for screen readers and for terminals that can do no more.

Numbered lists, and replies read line by line; nothing is ever redrawn, defaults are said in words.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Sequence
from typing import Final

from cryrec.conversation.prompts.choices import BACK, YES_OR_NO, Choice, Marks
from cryrec.errors import Interrupted
from cryrec.terminal import tell, width

GOING_BACK: Final = ("b", BACK)


class PlainAsker:
    """Numbered lists, read line by line."""

    def choose(
        self, question: str, choices: Sequence[Choice], default: str, back: bool = False
    ) -> str:
        """One number, or b; Enter alone gives `default`."""
        marks = self._ask("Type a number", 1, question, choices, [default], back)
        return BACK if marks.back else marks.values[0]

    def choose_upto(
        self,
        most: int,
        question: str,
        choices: Sequence[Choice],
        default: Sequence[str],
        back: bool = False,
    ) -> Marks:
        """One number, or several with commas or spaces between them."""
        how = f"Type a number, or up to {most} with a comma between them"
        return self._ask(how, most, question, choices, default, back)

    def mark(
        self,
        question: str,
        choices: Sequence[Choice],
        marked: Sequence[str],
        back: bool = False,
    ) -> Marks:
        """Numbers with commas or spaces between them, or b; Enter alone gives those `marked`."""
        how = "Type numbers with commas between them"
        return self._ask(how, len(choices), question, choices, marked, back)

    def write(self, question: str, back: bool = False) -> str:
        """A line, or b where there is a way back."""
        tell(f"\n{question}")
        line = self._read(f"Type a line{_or_back(back)}.")
        return BACK if back and line.lower() in GOING_BACK else line

    def confirm(self, question: str, default: bool = False) -> bool:
        """y or n."""
        tell(f"\n{_folded(question)}")
        usual = "yes" if default else "no"
        while True:
            reply = (
                self._read(f"Type y or n. Enter alone means: {usual}.").lower() or usual
            )
            if reply in YES_OR_NO:
                return YES_OR_NO[reply]

    def _ask(
        self,
        how: str,
        most: int,
        question: str,
        choices: Sequence[Choice],
        default: Sequence[str],
        back: bool,
    ) -> Marks:
        tell(f"\n{_folded(question)}")
        for number, choice in enumerate(choices, start=1):
            tell(_folded(f"{number:>3}  {choice.words}", hang=5))
        usual = [choice.label for choice in choices if choice.value in default]
        hint = f"{how}{_or_back(back)}. Enter alone means: {', '.join(usual) or 'nothing'}."
        while True:
            reply = self._read(hint).lower()
            if back and reply in GOING_BACK:
                return Marks(tuple(default), back=True)
            words = reply.replace(",", " ").split()
            refusal = _refusal(words, most, choices, back)
            if not refusal:
                picked = [choices[int(word) - 1].value for word in words]
                return Marks(tuple(dict.fromkeys(picked)) or tuple(default))
            tell(_folded(refusal))

    def _read(self, hint: str) -> str:
        tell(_folded(hint))
        try:
            line = sys.stdin.readline() if sys.stdin else ""
        except KeyboardInterrupt:
            tell("")
            raise Interrupted from None
        if not line:
            raise Interrupted
        return line.strip()


def _refusal(
    words: Sequence[str], most: int, choices: Sequence[Choice], back: bool
) -> str:
    """What is wrong with a reply, in words; empty if nothing is."""
    numbered = {str(number): choice for number, choice in enumerate(choices, start=1)}
    if any(word not in numbered for word in words):
        return f"Please type a number from 1 to {len(choices)}{_or_back(back)}."
    if len(set(words)) > most:
        return (
            "Please type one number."
            if most == 1
            else f"Please type {most} numbers at most."
        )
    if any(not numbered[word].open for word in words):
        return "There is nothing behind that one; please choose another."
    return ""


def _or_back(back: bool) -> str:
    return ", or b to go back" if back else ""


def _folded(text: str, hang: int = 0) -> str:
    return textwrap.fill(text, width(), subsequent_indent=" " * hang)
