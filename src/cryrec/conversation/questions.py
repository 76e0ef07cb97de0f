"""The four questions: each puts one answer, and none decides anything about titles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final, NamedTuple

from msgspec import structs

from cryrec.conversation.prompts import BACK, Asker, Choice
from cryrec.conversation.shelf import Shelf
from cryrec.models import TISSUE_WORDS, Band, Mood, NoteId
from cryrec.recommend import Answers, TimeLimit
from cryrec.recommend.loosening import fitting
from cryrec.recommend.pool import Pool

ANY: Final = "any"
ALWAYS: Final = "always"

TIME_WORDS: Final = {
    Band.TONIGHT: ("Tonight", "up to 2 h 30, a film or one very short series, "),
    Band.WEEKEND: ("A short series over a weekend", "up to 6 h, "),
    Band.WEEK: ("A longer series, a week of evenings", "up to 10 h 30, "),
    Band.LONG_HAUL: ("I'm in for the long haul", ""),
}


class Reply(NamedTuple):
    """The answers after a question, and whether the person went back rather than on."""

    answers: Answers
    back: bool = False


def _ask_mood(asker: Asker, pool: Pool, answers: Answers) -> Reply:
    choices = [Choice(mood.value, mood.label, mood.line) for mood in Mood]
    choices.append(Choice(ANY, "Surprise me"))
    usual = answers.mood[0].value if answers.mood else ANY
    reply = asker.choose("What kind of cry are you after?", choices, usual)
    if reply == BACK:
        return Reply(answers, back=True)
    return Reply(structs.replace(answers, mood=() if reply == ANY else (Mood(reply),)))


def _ask_time(asker: Asker, pool: Pool, answers: Answers) -> Reply:
    limits = {band.value: TimeLimit.of_band(band) for band in Band}
    choices = []
    for word, limit in limits.items():
        label, detail = TIME_WORDS[limit.band]
        left = _left(pool, structs.replace(answers, time=limit))
        choices.append(Choice(word, label, f"{detail}{left}"))
    choices.append(Choice(ANY, "Doesn't matter", _left(pool, structs.replace(answers, time=None))))
    usual = answers.time.word if answers.time and answers.time.word in limits else ANY
    reply = asker.choose("How long have you got?", choices, usual)
    if reply == BACK:
        return Reply(answers, back=True)
    return Reply(structs.replace(answers, time=limits.get(reply)))


def _left(pool: Pool, answers: Answers) -> str:
    """How many titles an answer would leave, and that something gives way where it is none."""
    count = fitting(pool, structs.replace(answers, strict=True)).count
    return f"{count} left" if count else "none left, something else will give way"


def _ask_tissues(asker: Asker, pool: Pool, answers: Answers) -> Reply:
    choices = [
        Choice(str(number), f"{number} {'tissue' if number == 1 else 'tissues'}, {words}")
        for number, words in enumerate(TISSUE_WORDS, start=1)
    ]
    choices.append(Choice(ANY, "Doesn't matter"))
    reply = asker.choose("How hard should it hit?", choices, str(answers.tissues or ANY))
    if reply == BACK:
        return Reply(answers, back=True)
    return Reply(structs.replace(answers, tissues=None if reply == ANY else int(reply)))


def _ask_avoid(asker: Asker, pool: Pool, answers: Answers, shelf: Shelf | None = None) -> Reply:
    choices = [Choice(note.value, note.label.capitalize()) for note in NoteId]
    if shelf:
        choices.append(Choice(ALWAYS, "And every time from now on"))
    marks = asker.mark("Anything to steer clear of?", choices, answers.avoid)
    # Going back keeps the marks: somebody who changes the tissues must not lose what to avoid.
    avoid = tuple(sorted(NoteId(value) for value in marks.values if value != ALWAYS))
    if shelf and ALWAYS in marks.values and not marks.back:
        shelf.remember_avoided(avoid)
    return Reply(structs.replace(answers, avoid=avoid), marks.back)


Question = Callable[[Asker, Pool, Answers], Reply]
"""Puts one question."""

QUESTIONS: Final[dict[str, Question]] = {
    "mood": _ask_mood,
    "time": _ask_time,
    "tissues": _ask_tissues,
    "avoid": _ask_avoid,
}
"""The four questions in their order, by the answer they fill."""


def ask(
    asker: Asker,
    pool: Pool,
    answers: Answers,
    open_answers: Sequence[str],
    from_last: bool = False,
    shelf: Shelf | None = None,
) -> Answers:
    """The answers, with those named in `open_answers` asked for; `from_last` enters from behind.

    With a `shelf` the last question offers to be remembered.

    Raises Interrupted if the person leaves.
    """
    known: dict[str, Question] = {**QUESTIONS, "avoid": partial(_ask_avoid, shelf=shelf)}
    questions = [put for name, put in known.items() if name in open_answers]
    place = max(0, len(questions) - 1) if from_last else 0
    while place < len(questions):
        answers, back = questions[place](asker, pool, answers)
        place = max(0, place - 1) if back else place + 1
    return answers
