"""What to steer clear of: the fourth question, and the list that holds every time."""

from __future__ import annotations

from typing import Final

from msgspec import structs

from cryrec.conversation.host import Host, Reply
from cryrec.conversation.prompts import BACK, Choice
from cryrec.conversation.shelf import Outcome
from cryrec.models import NOTE_ALIASES, NoteId
from cryrec.recommend.answers import Answers
from cryrec.recommend.loosening import fitting
from cryrec.terminal import say

TONIGHT: Final = "tonight"
ALWAYS: Final = "always"
CHANGE: Final = "change"
FORGET: Final = "forget"
KEEP: Final = "keep"

NOTE_KINDS: Final[dict[str, dict[NoteId, str]]] = {
    "Death": {
        NoteId.CHILD_DEATH: "a child",
        NoteId.PARENT_DEATH: "a parent",
        NoteId.LOVED_ONE_DEATH: "a loved one",
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


def ask_avoid(host: Host, answers: Answers, back: bool) -> Reply:
    """Ask what to steer clear of and, if there is anything, whether for good."""
    marks = host.asker.mark(
        "Anything to steer clear of?", _note_choices(), answers.avoid, back
    )
    # Going back keeps the marks: somebody who changes the tissues must not lose what to avoid.
    avoid = tuple(sorted(NoteId(value) for value in marks.values))
    answers = structs.replace(answers, avoid=avoid)
    if marks.back:
        return Reply(answers, back=True)
    if host.shelf and avoid and not _remember(host, avoid):
        return ask_avoid(host, answers, back)
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
        return host._replace(always=None), without
    notes = _ask_always(host)
    if notes != always:
        _say_all(host.shelf.remember_avoided(notes))
    avoid = tuple(sorted({*own, *notes}))
    return settle_always(
        host._replace(always=notes), structs.replace(answers, avoid=avoid)
    )


def _ask_always(host: Host) -> tuple[NoteId, ...]:
    marks = host.asker.mark(
        "What to steer clear of every time?",
        _note_choices(),
        host.always or (),
    )
    return tuple(sorted(NoteId(value) for value in marks.values))


def _fits(host: Host, answers: Answers) -> bool:
    return fitting(host.pool, answers).count > 0


def _note_choices() -> list[Choice]:
    """All content notes by their kinds; each is also found by the everyday words for it."""
    return [
        Choice(
            note.value,
            note.label.capitalize(),
            also=_also(note),
            group=kind,
            short=short,
        )
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
