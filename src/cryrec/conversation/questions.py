"""The four questions: each puts one answer, and none decides anything about titles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from msgspec import structs

from cryrec.conversation.prompts import BACK, Asker, Choice
from cryrec.conversation.shelf import Shelf
from cryrec.errors import UsageProblem
from cryrec.models import NOTE_ALIASES, TISSUE_WORDS, Band, Mood, NoteId
from cryrec.recommend.answers import Answers, TimeLimit
from cryrec.recommend.loosening import fitting
from cryrec.recommend.pool import Pool
from cryrec.terminal import say

ANY: Final = "any"
OWN_WORDS: Final = "own words"
TONIGHT: Final = "tonight"
ALWAYS: Final = "always"
CHANGE: Final = "change"
FORGET: Final = "forget"
KEEP: Final = "keep"

MOST_MOODS: Final = 2

TIME_WORDS: Final = {
    Band.TONIGHT: ("Tonight", "up to 2 h 30, a film or one very short series, "),
    Band.WEEKEND: ("A short series over a weekend", "up to 6 h, "),
    Band.WEEK: ("A longer series, a week of evenings", "up to 10 h 30, "),
    Band.LONG_HAUL: ("I'm in for the long haul", ""),
}

Understand = Callable[[str, Answers], Answers]
"""Reads a person's own words into the answers, and says what it made of them.

Raises UsageProblem for what it must not pass over.
"""


class Host(NamedTuple):
    """Who asks, about which titles, and what is there to remember and to understand replies.

    Without a `shelf` nothing is remembered; without `understand` nobody is asked for own words.
    `always` is what the settings steer clear of; None if nothing was ever to be remembered.
    """

    asker: Asker
    pool: Pool
    shelf: Shelf | None = None
    understand: Understand | None = None
    always: tuple[NoteId, ...] | None = None


class Reply(NamedTuple):
    """The answers after a question, and where it leads: back, or past all the others."""

    answers: Answers
    back: bool = False
    done: bool = False


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
        left = _left(host.pool, structs.replace(answers, time=limit))
        choices.append(Choice(word, label, f"{detail}{left}"))
    left = _left(host.pool, structs.replace(answers, time=None))
    choices.append(Choice(ANY, "Doesn't matter", left))
    usual = answers.time.word if answers.time and answers.time.word in limits else ANY
    reply = host.asker.choose("How long have you got?", choices, usual, back)
    if reply == BACK:
        return Reply(answers, back=True)
    return Reply(structs.replace(answers, time=limits.get(reply)))


def _ask_tissues(host: Host, answers: Answers, back: bool) -> Reply:
    choices = []
    for number, words in enumerate(TISSUE_WORDS, start=1):
        label = f"{number} {'tissue' if number == 1 else 'tissues'}"
        left = _left(host.pool, structs.replace(answers, tissues=number))
        choices.append(Choice(str(number), label, f"{words}, {left}"))
    left = _left(host.pool, structs.replace(answers, tissues=None))
    choices.append(Choice(ANY, "Doesn't matter", left))
    usual = str(answers.tissues or ANY)
    reply = host.asker.choose("How hard should it hit?", choices, usual, back)
    if reply == BACK:
        return Reply(answers, back=True)
    return Reply(structs.replace(answers, tissues=None if reply == ANY else int(reply)))


def _left(pool: Pool, answers: Answers) -> str:
    """How many titles an answer would leave, and that something gives way where it is none."""
    exactly = structs.replace(answers, strict=True)
    count = fitting(pool, exactly).count
    if not count:
        return "no title, something else will give way"
    return "1 title" if count == 1 else f"{count} titles"


def _ask_avoid(host: Host, answers: Answers, back: bool) -> Reply:
    marks = host.asker.mark(
        "Anything to steer clear of?", _note_choices(), answers.avoid, back
    )
    # Going back keeps the marks: somebody who changes the tissues must not lose what to avoid.
    avoid = tuple(sorted(NoteId(value) for value in marks.values))
    answers = structs.replace(answers, avoid=avoid)
    if marks.back:
        return Reply(answers, back=True)
    if host.shelf and avoid and not _remember(host, avoid):
        return _ask_avoid(host, answers, back)
    return Reply(answers)


def settle_always(host: Host, answers: Answers) -> tuple[Host, Answers]:
    """Both as they are, but where what is always steered clear of leaves no title at all.

    Then the list can be changed or forgotten right here, before anything else is asked.
    """
    always = host.always or ()
    own = tuple(note for note in answers.avoid if note not in always)
    without = structs.replace(answers, avoid=own)
    if host.shelf is None or _fits(host, answers) or not _fits(host, without):
        return host, answers
    choices = [
        Choice(CHANGE, "Change the list"),
        Choice(FORGET, "Forget the list"),
        Choice(KEEP, "Leave it as it is"),
    ]
    question = (
        "What you always steer clear of leaves no title. What shall become of it?"
    )
    reply = host.asker.choose(question, choices, KEEP)
    if reply == KEEP:
        return host, answers
    if reply == FORGET:
        host.shelf.forget_avoided()
        return host._replace(always=None), without
    notes = _ask_always(host)
    host.shelf.remember_avoided(notes)
    avoid = tuple(sorted({*own, *notes}))
    return settle_always(
        host._replace(always=notes), structs.replace(answers, avoid=avoid)
    )


def _ask_always(host: Host) -> tuple[NoteId, ...]:
    marks = host.asker.mark(
        "What to steer clear of every time?", _note_choices(), host.always or ()
    )
    return tuple(sorted(NoteId(value) for value in marks.values))


def _fits(host: Host, answers: Answers) -> bool:
    return fitting(host.pool, answers).count > 0


def _note_choices() -> list[Choice]:
    """All content notes; each is also found by the everyday words for it."""
    return [
        Choice(note.value, note.label.capitalize(), also=_also(note)) for note in NoteId
    ]


def _also(note: NoteId) -> str:
    everyday = [word for word, notes in NOTE_ALIASES.items() if note in notes]
    return " ".join([note.value, *everyday])


def _remember(host: Host, avoid: Sequence[NoteId]) -> bool:
    """Ask whether to steer clear of these for good; False if the person went back."""
    assert host.shelf
    choices = [Choice(TONIGHT, "Just tonight"), Choice(ALWAYS, "Every time")]
    which = "this" if len(avoid) == 1 else f"these {len(avoid)}"
    question = f"Steer clear of {which} every time?"
    reply = host.asker.choose(question, choices, TONIGHT, back=True)
    if reply == ALWAYS:
        host.shelf.remember_avoided(avoid)
    return reply != BACK


Question = Callable[[Host, Answers, bool], Reply]
"""Puts one question; the last argument is whether one can go back from it."""

QUESTIONS: Final[dict[str, Question]] = {
    "mood": _ask_mood,
    "time": _ask_time,
    "tissues": _ask_tissues,
    "avoid": _ask_avoid,
}
"""The four questions in their order, by the answer they fill."""


def ask(
    host: Host, answers: Answers, names: Sequence[str], from_last: bool = False
) -> Answers:
    """The answers, with those in `names` asked for; `from_last` enters from behind.

    Raises Interrupted if the person leaves.
    """
    questions = [put for name, put in QUESTIONS.items() if name in names]
    place = max(0, len(questions) - 1) if from_last else 0
    while place < len(questions):
        answers, back, done = questions[place](host, answers, place > 0)
        if done:
            break
        place = max(0, place - 1) if back else place + 1
    return answers
