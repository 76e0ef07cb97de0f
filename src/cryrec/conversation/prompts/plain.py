"""Questions as plain lines, for screen readers and for terminals that can do no more.

Numbered lists, and replies read line by line; nothing is ever redrawn, defaults are said in words.
"""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Sequence
from typing import Final

from cryrec.conversation.prompts.choices import (
    BACK,
    ENTER,
    ESCAPE,
    YES_OR_NO,
    Choice,
    Key,
    Marks,
    Press,
    Table,
)
from cryrec.errors import Interrupted
from cryrec.terminal import tell, width

GOING_BACK: Final = ("b", BACK)


class PlainAsker:
    """Numbered lists, read line by line."""

    is_lasting = True

    def choose(
        self,
        question: str,
        choices: Sequence[Choice],
        default: str,
        back: bool = False,
    ) -> str:
        """One number, or b; Enter alone gives `default`."""
        marks = self._ask(
            "Type a number", 1, question, choices, [default], back
        )
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

    def holds(self, table: Table) -> bool:
        """Nothing stays: lines go by."""
        return False

    def press(self, table: Table, chosen: int) -> Press:
        """A key, or the number of a card, or both in one line."""
        if table.draw:
            tell(table.draw(chosen, 0).rstrip("\n"))
        for paragraph in table.said:
            tell(_folded(paragraph))
        while True:
            reply = self._read(_keys_in_words(table, chosen))
            number, typed = _split(reply, table)
            chosen = chosen if number is None else number
            if number is not None and not typed:
                continue
            key = _meant(table, chosen, typed)
            if key and key.open:
                return Press(key.key, chosen)
            tell(
                _folded(key.does if key else "Please type one of these keys.")
            )

    def confirm(self, question: str, default: bool = False) -> bool:
        """y or n."""
        tell(f"\n{_folded(question)}")
        usual = "yes" if default else "no"
        while True:
            reply = (
                self._read(f"Type y or n. Enter alone means: {usual}.").lower()
                or usual
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
        for line in hint.split("\n"):
            tell(_folded(line))
        try:
            line = sys.stdin.readline() if sys.stdin else ""
        except KeyboardInterrupt:
            tell("")
            raise Interrupted from None
        if not line:
            raise Interrupted
        return line.strip()


def _split(reply: str, table: Table) -> tuple[int | None, str]:
    """The place of the card whose number leads a reply, if one does, and the rest."""
    rest = reply.lstrip("0123456789")
    digits = reply[: len(reply) - len(rest)]
    if digits and 1 <= int(digits[:9]) <= len(table.cards):
        return int(digits) - 1, rest.strip()
    return None, reply


def _meant(table: Table, chosen: int, typed: str) -> Key | None:
    """The key that a reply means; None if it means none."""
    words = {"": ENTER, BACK: ESCAPE}
    key = table.key(chosen, words.get(typed.lower(), typed))
    return table.key(chosen, ENTER) if key is None and table.any_key else key


def _keys_in_words(table: Table, chosen: int) -> str:
    """Which card is chosen, what each key does, and what Enter alone does: a line for each."""
    lines = []
    count = len(table.cards)
    if count:
        lines.append(f"Card {chosen + 1} of {count}, {table.cards[chosen]}.")
    keys = [key for key in table.keys(chosen) if key.open]
    names = [_name_of_key(key) for key in keys if key.key != ENTER]
    if names:
        lines.append(f"{', '.join(names)}.")
    usual = [f"1 to {count} choose a card."] if count > 1 else []
    usual += [
        f"Enter alone means: {key.label}." for key in keys if key.key == ENTER
    ]
    return "\n".join([*lines, " ".join(usual)])


def _name_of_key(key: Key) -> str:
    """What to type, and what for."""
    if key.key == ESCAPE:
        return BACK if key.label == BACK else f"{BACK} {key.label}"
    return f"{key.key} {key.label}".strip()


def _refusal(
    words: Sequence[str], most: int, choices: Sequence[Choice], back: bool
) -> str:
    """What is wrong with a reply, in words; empty if nothing is."""
    numbered = {
        str(number): choice for number, choice in enumerate(choices, start=1)
    }
    if any(word not in numbered for word in words):
        return (
            f"Please type a number from 1 to {len(choices)}{_or_back(back)}."
        )
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
