"""The four questions: each puts one answer, and none decides anything about titles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from msgspec import structs

from cryrec.conversation.avoiding import ask_avoid
from cryrec.conversation.host import Host, Reply
from cryrec.conversation.prompts import BACK, Choice
from cryrec.errors import UsageProblem
from cryrec.models import TISSUE_WORDS, Band, Mood
from cryrec.recommend.answers import Answers, TimeLimit
from cryrec.recommend.loosening import fitting
from cryrec.terminal import say

ANY: Final = "any"
OWN_WORDS: Final = "own words"

MOST_MOODS: Final = 2

TIME_WORDS: Final = {
    Band.TONIGHT: (
        "Tonight",
        "up to 2 h 30, a film or one very short series, ",
    ),
    Band.WEEKEND: ("A short series over a weekend", "up to 6 h, "),
    Band.WEEK: ("A longer series, a week of evenings", "up to 10 h 30, "),
    Band.LONG_HAUL: ("I'm in for the long haul", ""),
}


def _ask_mood(host: Host, answers: Answers, back: bool) -> Reply:
    choices = [Choice(mood.value, mood.label, mood.line) for mood in Mood]
    choices.append(Choice(ANY, "Surprise me"))
    if host.understand:
        choices.append(Choice(OWN_WORDS, "In my own words"))
    usual = [mood.value for mood in answers.mood] or [ANY]
    question = "What kind of cry are you after?"
    marks = host.asker.choose_upto(MOST_MOODS, question, choices, usual, back)
    if marks.back:
        return Reply(answers, back=True)
    if OWN_WORDS in marks.values:
        return _ask_own_words(host, answers, back)
    moods = tuple(Mood(value) for value in marks.values if value != ANY)
    return Reply(structs.replace(answers, mood=moods))


def _ask_own_words(host: Host, answers: Answers, back: bool) -> Reply:
    """A line that may answer everything at once; asked again where it must not be passed over."""
    assert host.understand
    while True:
        line = host.asker.write("In your own words:", back=True)
        if line in ("", BACK):
            return _ask_mood(host, answers, back)
        try:
            return Reply(host.understand(line, answers), done=True)
        except UsageProblem as problem:
            say(str(problem))


def _ask_time(host: Host, answers: Answers, back: bool) -> Reply:
    limits = {band.value: TimeLimit.of_band(band) for band in Band}
    choices = []
    for word, limit in limits.items():
        label, detail = TIME_WORDS[limit.band]
        left = _left(host, structs.replace(answers, time=limit))
        choices.append(Choice(word, label, f"{detail}{left}"))
    left = _left(host, structs.replace(answers, time=None))
    choices.append(Choice(ANY, "Doesn't matter", left))
    usual = (
        answers.time.word
        if answers.time and answers.time.word in limits
        else ANY
    )
    reply = host.asker.choose("How long have you got?", choices, usual, back)
    if reply == BACK:
        return Reply(answers, back=True)
    return Reply(structs.replace(answers, time=limits.get(reply)))


def _ask_tissues(host: Host, answers: Answers, back: bool) -> Reply:
    choices = []
    for number, words in enumerate(TISSUE_WORDS, start=1):
        label = f"{number} {'tissue' if number == 1 else 'tissues'}"
        left = _left(host, structs.replace(answers, tissues=number))
        choices.append(Choice(str(number), label, f"{words}, {left}"))
    left = _left(host, structs.replace(answers, tissues=None))
    choices.append(Choice(ANY, "Doesn't matter", left))
    usual = str(answers.tissues or ANY)
    reply = host.asker.choose("How hard should it hit?", choices, usual, back)
    if reply == BACK:
        return Reply(answers, back=True)
    return Reply(
        structs.replace(answers, tissues=None if reply == ANY else int(reply))
    )


def _left(host: Host, answers: Answers) -> str:
    """How many titles an answer would leave, and that something gives way where it is none."""
    count = fitting(host.pool, structs.replace(answers, strict=True)).count
    if not count:
        return "no title, something else will give way"
    return "1 title" if count == 1 else f"{count} titles"


Question = Callable[[Host, Answers, bool], Reply]
"""Puts one question; the last argument is whether one can go back from it."""

QUESTIONS: Final[dict[str, Question]] = {
    "mood": _ask_mood,
    "time": _ask_time,
    "tissues": _ask_tissues,
    "avoid": ask_avoid,
}
"""The four questions in their order, by the answer they fill."""


def ask(host: Host, answers: Answers, names: Sequence[str]) -> Answers:
    """The answers, with those in `names` asked for.

    Raises Interrupted if the person leaves.
    """
    questions = [put for name, put in QUESTIONS.items() if name in names]
    place = 0
    while place < len(questions):
        answers, back, done = questions[place](host, answers, place > 0)
        if done:
            break
        place = max(0, place - 1) if back else place + 1
    return answers


def change_one(host: Host, answers: Answers) -> Answers:
    """The answers with one of the four put again, whichever the person chooses; or as they are.

    Raises Interrupted if the person leaves.
    """
    known = _answered(answers)
    choices = [
        Choice(name, label, known[name])
        for name, label in ANSWER_LABELS.items()
    ]
    name = host.asker.choose(
        "What would you change?", choices, choices[0].value, back=True
    )
    if name == BACK:
        return answers
    changed, back, _ = QUESTIONS[name](host, answers, True)
    return change_one(host, changed) if back else changed


ANSWER_LABELS: Final = {
    "mood": "The kind of cry",
    "time": "The time",
    "tissues": "How hard it hits",
    "avoid": "What to steer clear of",
}
"""The four answers as they are offered to be changed."""


def _answered(answers: Answers) -> dict[str, str]:
    """What each of the four is now, in words."""
    moods = [mood.phrase for mood in answers.mood]
    notes = [note.label for note in answers.avoid]
    return {
        "mood": " or ".join(moods) or "a surprise",
        "time": answers.time.label if answers.time else "doesn't matter",
        "tissues": TISSUE_WORDS[answers.tissues - 1]
        if answers.tissues
        else "doesn't matter",
        "avoid": ", ".join(notes) or "nothing",
    }
