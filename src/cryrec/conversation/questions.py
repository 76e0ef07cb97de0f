"""The four questions: each puts one answer, and none decides anything about titles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, NamedTuple

from msgspec import structs

from cryrec.conversation.prompts import BACK, Asker, Choice
from cryrec.conversation.shelf import Outcome, Shelf
from cryrec.errors import UsageProblem
from cryrec.models import NOTE_ALIASES, TISSUE_WORDS, Band, Mood, NoteId, Title
from cryrec.recommend import Answers, TimeLimit
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

GROWN_UP: Final = 18
"""The age from which a title is for those who asked for its kind, and no surprise."""

TIME_WORDS: Final = {
    Band.TONIGHT: ("Tonight", "up to 2 h 30, a film or one very short series, "),
    Band.WEEKEND: ("A short series over a weekend", "up to 6 h, "),
    Band.WEEK: ("A longer series, a week of evenings", "up to 10 h 30, "),
    Band.LONG_HAUL: ("I'm in for the long haul", ""),
}

NOTE_KINDS: Final[dict[str, dict[NoteId, str]]] = {
    "Death": {
        NoteId.LOVED_ONE_DEATH: "of a loved one",
        NoteId.CHILD_DEATH: "of a child",
        NoteId.PARENT_DEATH: "of a parent",
        NoteId.ANIMAL_DEATH: "an animal",
    },
    "Self": {
        NoteId.SUICIDE: "suicide",
        NoteId.SELF_HARM: "self-harm",
        NoteId.DEPRESSION: "depression",
    },
    "Body": {
        NoteId.TERMINAL_ILLNESS: "fatal illness",
        NoteId.STARVATION: "starvation",
        NoteId.BODY_HORROR: "body horror",
        NoteId.CHILDBIRTH: "childbirth",
    },
    "Violence": {
        NoteId.GRAPHIC_VIOLENCE: "graphic",
        NoteId.WAR: "war",
        NoteId.DISASTER: "disaster",
        NoteId.TORTURE: "torture",
        NoteId.ABDUCTION: "abduction",
    },
    "Abuse": {
        NoteId.CHILD_ABUSE: "of a child",
        NoteId.DOMESTIC_ABUSE: "at home",
        NoteId.BULLYING: "bullying",
        NoteId.ABLEISM: "ableism",
    },
    "Sex": {
        NoteId.SEXUAL_VIOLENCE: "violence",
        NoteId.SEXUAL_HARASSMENT: "harassment",
        NoteId.SEXUAL_CONTENT: "content",
        NoteId.NUDITY: "nudity",
    },
    "Other": {NoteId.SUBSTANCE_USE: "substance use"},
}
"""The content notes by their kind, each with its name beside the others of that kind."""

Understand = Callable[[str, Answers], Answers]
"""Reads a person's own words into the answers, and says what it made of them.

Raises UsageProblem for what it must not pass over.
"""


OpenPage = Callable[[Title], str]
"""Shows a title's page in the person's browser; the line that says what came of it."""


@dataclass(frozen=True)
class Host:
    """Who asks, about which titles, and what is there to remember and to understand replies.

    Without a `shelf` nothing is remembered; without `understand` nobody is asked for own words.
    `always` is what the settings steer clear of; None if nothing was ever to be remembered.
    `open_page` starts a browser at a title's page and says what came of it.
    """

    asker: Asker
    pool: Pool
    shelf: Shelf | None = None
    understand: Understand | None = None
    always: tuple[NoteId, ...] | None = None
    open_page: OpenPage | None = None

    @cached_property
    def tame_pool(self) -> Pool:
        """The titles that are fit for somebody under age, as far as that is known."""
        titles = self.pool.titles
        return Pool(title for title in titles if title.age is not None and title.age < GROWN_UP)


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
        left = _left(host, structs.replace(answers, time=limit))
        choices.append(Choice(word, label, f"{detail}{left}"))
    left = _left(host, structs.replace(answers, time=None))
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
        left = _left(host, structs.replace(answers, tissues=number))
        choices.append(Choice(str(number), label, f"{words}, {left}"))
    left = _left(host, structs.replace(answers, tissues=None))
    choices.append(Choice(ANY, "Doesn't matter", left))
    usual = str(answers.tissues or ANY)
    reply = host.asker.choose("How hard should it hit?", choices, usual, back)
    if reply == BACK:
        return Reply(answers, back=True)
    return Reply(structs.replace(answers, tissues=None if reply == ANY else int(reply)))


def pool_for(host: Host, answers: Answers) -> Pool:
    """What the answers are drawn from: "Surprise me" brings nothing for grown-ups alone.

    Whoever names a kind of cry, a title to start from, or an age has asked.
    """
    return host.tame_pool if is_surprise(answers) else host.pool


def is_surprise(answers: Answers) -> bool:
    """Whether the answers leave open what it shall be about, and for whom."""
    return not answers.mood and answers.like is None and answers.max_age is None


def _left(host: Host, answers: Answers) -> str:
    """How many titles an answer would leave, and that something gives way where it is none."""
    exactly = structs.replace(answers, strict=True)
    count = fitting(pool_for(host, answers), exactly).count
    if not count:
        return "no title, something else will give way"
    return "1 title" if count == 1 else f"{count} titles"


def _ask_avoid(host: Host, answers: Answers, back: bool) -> Reply:
    marks = host.asker.mark("Anything to steer clear of?", _note_choices(), answers.avoid, back)
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
    question = "What you always steer clear of leaves no title. What shall become of it?"
    reply = host.asker.choose(question, choices, KEEP)
    if reply == KEEP:
        return host, answers
    if reply == FORGET:
        _say_all(host.shelf.forget_avoided())
        return replace(host, always=None), without
    notes = _ask_always(host)
    if notes != always:
        _say_all(host.shelf.remember_avoided(notes))
    avoid = tuple(sorted({*own, *notes}))
    return settle_always(replace(host, always=notes), structs.replace(answers, avoid=avoid))


def _ask_always(host: Host) -> tuple[NoteId, ...]:
    marks = host.asker.mark(
        "What to steer clear of every time?", _note_choices(), host.always or ()
    )
    return tuple(sorted(NoteId(value) for value in marks.values))


def _fits(host: Host, answers: Answers) -> bool:
    return fitting(host.pool, answers).count > 0


def _note_choices() -> list[Choice]:
    """All content notes by their kinds; each is also found by the everyday words for it."""
    return [
        Choice(note.value, note.label.capitalize(), also=_also(note), group=kind, short=short)
        for kind, notes in NOTE_KINDS.items()
        for note, short in notes.items()
    ]


def _also(note: NoteId) -> str:
    everyday = [word for word, notes in NOTE_ALIASES.items() if note in notes]
    return " ".join([note.value, *everyday])


def _remember(host: Host, avoid: tuple[NoteId, ...]) -> bool:
    """Ask whether to steer clear of these for good; False if the person went back."""
    assert host.shelf
    choices = [Choice(TONIGHT, "Just tonight"), Choice(ALWAYS, "Every time")]
    which = "this" if len(avoid) == 1 else f"these {len(avoid)}"
    question = f"Steer clear of {which} every time?"
    reply = host.asker.choose(question, choices, TONIGHT, back=True)
    if reply == ALWAYS and avoid != host.always:
        _say_all(host.shelf.remember_avoided(avoid))
    return reply != BACK


def _say_all(outcome: Outcome) -> None:
    for line in outcome.lines:
        say(line)


Question = Callable[[Host, Answers, bool], Reply]
"""Puts one question; the last argument is whether one can go back from it."""

QUESTIONS: Final[dict[str, Question]] = {
    "mood": _ask_mood,
    "time": _ask_time,
    "tissues": _ask_tissues,
    "avoid": _ask_avoid,
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
    choices = [Choice(name, label, known[name]) for name, label in ANSWER_LABELS.items()]
    name = host.asker.choose("What would you change?", choices, choices[0].value, back=True)
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
        "tissues": TISSUE_WORDS[answers.tissues - 1] if answers.tissues else "doesn't matter",
        "avoid": ", ".join(notes) or "nothing",
    }
