"""The questions about a title of one's own: whatever it cannot be added without."""

from __future__ import annotations

from typing import Final

from cryrec.conversation.prompts import Asker, Choice
from cryrec.errors import UsageProblem
from cryrec.models import Format, Mood
from cryrec.recommend.parsing import read_whole
from cryrec.terminal import say

MOST_MOODS: Final = 4

FORMATS: Final = {Format.MOVIE: "A film", Format.SERIES: "A series"}


def ask_title(asker: Asker) -> str:
    """What the title is called; asked until something was written."""
    while True:
        title = asker.write("What is it called?").strip()
        if title:
            return title
        say("a title needs a name")


def ask_format(asker: Asker) -> Format:
    """One film, or episodes."""
    choices = [Choice(kind.value, label) for kind, label in FORMATS.items()]
    return Format(
        asker.choose("A film, or a series?", choices, Format.MOVIE.value)
    )


def ask_number(asker: Asker, question: str, most: int) -> int:
    """A whole number from 1 to `most`; asked until it is one."""
    while True:
        try:
            number = read_whole("this", asker.write(question), 1, most)
        except UsageProblem as problem:
            say(str(problem))
            continue
        if number is not None:
            return number


def ask_moods(asker: Asker) -> tuple[Mood, ...]:
    """One to four kinds of cry; asked until there is one."""
    choices = [Choice(mood.value, mood.label, mood.line) for mood in Mood]
    while True:
        marks = asker.choose_upto(
            MOST_MOODS, "What kind of cry is it?", choices, ()
        )
        if marks.values:
            return tuple(map(Mood, marks.values))
        say("a title needs a kind of cry")
