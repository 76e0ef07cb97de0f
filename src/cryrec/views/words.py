"""One row an answer: everything that is said of it in a sentence.

What the recommender found out comes as values; here it becomes English, once for every view.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from cryrec.models import (
    MOST_TISSUES,
    Band,
    Mood,
    Setting,
    Shelf,
    Title,
    duration,
)
from cryrec.recommend.answers import AnswerName, Answers
from cryrec.recommend.ledger import AFTERTASTE_POINTS, aftertaste_points
from cryrec.recommend.reasons import Difference
from cryrec.recommend.suggesting import Role, Suggestion, WhyNot

STRENGTH_WORDS: Final = {
    3: "what it is about",
    2: "a strong thread",
    1: "a thread",
}


SHELF_WORDS: Final = {
    Shelf.LIST: "from the list",
    Shelf.BEYOND: "second shelf",
    Shelf.OWN: "your own",
}


class Words(NamedTuple):
    """What is said of one answer.

    `name` is what it is called in a sentence; `keeper` what kept a title out; `asked` the answer
    itself; `missed` what is true of a title that does not meet it; `fits` what is true of one that
    does, exactly, and `speaks` the same in a word or two.
    """

    name: str
    keeper: str
    asked: Callable[[Answers], str]
    missed: Callable[[Title, Answers], str]
    fits: Callable[[Title, Answers], str]
    speaks: Callable[[Title, Answers], str]


def _both_moods(title: Title, answers: Answers) -> str | None:
    """The two kinds of cry that were asked for, if it has both."""
    if len(answers.mood) != 2 or not all(map(title.strength, answers.mood)):
        return None
    first, second = answers.mood
    return f"both {first.phrase} and {second.phrase}"


def _fitting_mood(title: Title, answers: Answers) -> str:
    both_moods = _both_moods(title, answers)
    if both_moods:
        return both_moods
    mood = max(answers.mood, key=title.strength)
    strength = title.strength(mood)
    role = STRENGTH_WORDS[strength]
    return (
        f"{mood.phrase}: {role}"
        if strength == 3
        else f"{mood.phrase}: {role} in it"
    )


def _missed_mood(title: Title, answers: Answers) -> str:
    """That it is close to what was asked, if it has a neighbour of that."""
    moods = {tag.id for tag in title.moods}
    near = (mood for mood in answers.mood if mood.neighbours & moods)
    closest = next(near, None)
    return f"close to {closest.phrase}" if closest else "another kind of cry"


def _fitting_time(title: Title, answers: Answers) -> str:
    length = duration(title.minutes_total)
    assert answers.time
    if answers.time.limit is not None:
        return f"{length} in all, within {answers.time.label}"
    if title.band is Band.LONG_HAUL:
        return f"{length} in all, enough to live in"
    return f"{length} in all, short for a long haul"


def _speaking_mood(title: Title, answers: Answers) -> str:
    both_moods = _both_moods(title, answers)
    if both_moods:
        return both_moods
    mood = max(answers.mood, key=title.strength)
    return mood.phrase if title.strength(mood) > 1 else f"partly {mood.phrase}"


def _speaking_time(title: Title, answers: Answers) -> str:
    assert answers.time
    return f"fits {answers.time.label}"


def _asked_like(answers: Answers) -> str:
    """The directions, to stand before the title they start from; "like" if there are none."""
    if not answers.directions:
        return "like"
    return (
        f"{joined([direction.value for direction in answers.directions])} than"
    )


def _asked_avoid(answers: Answers) -> str:
    if len(answers.avoid) > FEW:
        return f"avoiding {len(answers.avoid)} notes"
    return f"avoiding {joined([note.label for note in answers.avoid])}"


FEW: Final = 2
"""Notes to steer clear of that are named in a line; of more, only the number is."""


def _missed_tissues(title: Title, answers: Answers) -> str:
    if title.tissues is None or answers.tissues is None:
        return "nobody knows how hard it hits"
    tissues_over = title.tissues - answers.tissues
    much = "much " if abs(tissues_over) > 1 else ""
    direction = "harder" if tissues_over > 0 else "gentler"
    return f"{much}{direction} than you asked"


def _missed_aftertaste(title: Title, answers: Answers) -> str:
    if title.ending is None or answers.aftertaste is None:
        return "nobody knows how it leaves you"
    _, points_for_near, _ = AFTERTASTE_POINTS
    is_near = aftertaste_points(title, answers.aftertaste) == points_for_near
    distance = "only comes near to" if is_near else "is far from"
    return f"{distance} leaving you {answers.aftertaste}"


def _missed_setting(title: Title, answers: Answers) -> str:
    if title.look is None:
        return "nobody knows where it is set"
    return f"set in {title.look.label}"


def _fitting_words(title: Title, answers: Answers) -> str:
    return f"{joined(answers.wished[title.id].words)}, as you said"


def _missed_words(title: Title, answers: Answers) -> str:
    return f"not known for {joined(answers.words)}"


def _never(title: Title, answers: Answers) -> str:
    """A title that does not meet such an answer is not shown, so nothing is said of it."""
    raise AssertionError(f"{title.id} should not be here")


WORDS: Final[dict[AnswerName, Words]] = {
    AnswerName.MOOD: Words(
        name="the kind of cry",
        keeper="the kind of cry",
        asked=lambda answers: joined([mood.phrase for mood in answers.mood]),
        missed=_missed_mood,
        fits=_fitting_mood,
        speaks=_speaking_mood,
    ),
    AnswerName.TIME: Words(
        name="the time",
        keeper="the time you have",
        asked=lambda answers: answers.time.label if answers.time else "",
        missed=lambda _title, _answers: "longer than you asked",
        fits=_fitting_time,
        speaks=_speaking_time,
    ),
    AnswerName.FORMAT: Words(
        name="film or series",
        keeper="film or series",
        asked=lambda answers: (
            f"a {answers.format.label}" if answers.format else ""
        ),
        missed=lambda title, _: f"a {title.format.label}",
        fits=lambda title, _: f"a {title.format.label}",
        speaks=lambda title, _: f"a {title.format.label}",
    ),
    AnswerName.TISSUES: Words(
        name="how hard it hits",
        keeper="how hard it may hit",
        asked=lambda answers: counted(answers.tissues or 0, "tissue"),
        missed=_missed_tissues,
        fits=lambda title, _: (
            f"{title.tissues} of {MOST_TISSUES} tissues, as hard as you asked"
        ),
        speaks=lambda _title, _answers: "as hard as you asked",
    ),
    AnswerName.SETTING: Words(
        name="the setting",
        keeper="the setting",
        asked=lambda answers: (
            f"set in {answers.setting.label}" if answers.setting else ""
        ),
        missed=_missed_setting,
        fits=lambda _, answers: (
            f"set in {answers.setting.label}" if answers.setting else ""
        ),
        speaks=lambda _, answers: (
            f"set in {answers.setting.label}" if answers.setting else ""
        ),
    ),
    AnswerName.WORDS: Words(
        name="what it is about",
        keeper="what it is about",
        asked=lambda answers: f"about {joined(answers.words)}",
        missed=_missed_words,
        fits=_fitting_words,
        speaks=_fitting_words,
    ),
    AnswerName.AFTERTASTE: Words(
        name="the aftertaste",
        keeper="the aftertaste",
        asked=lambda answers: f"to be left {answers.aftertaste}",
        missed=_missed_aftertaste,
        fits=lambda _, answers: f"leaves you {answers.aftertaste}",
        speaks=lambda _, answers: f"leaves you {answers.aftertaste}",
    ),
    AnswerName.MAX_AGE: Words(
        name="the age",
        keeper="the age",
        asked=lambda answers: f"fine for age {answers.max_age}",
        missed=_never,
        fits=lambda title, _: f"fine from age {title.age}",
        speaks=lambda title, _: f"fine from age {title.age}",
    ),
    AnswerName.AVOID: Words(
        name="what you steer clear of",
        keeper="your avoid list",
        asked=_asked_avoid,
        missed=lambda _title, _answers: "nobody wrote its notes down",
        fits=lambda _title, _answers: "no note of what you steer clear of",
        speaks=lambda _title, _answers: "none of the notes you avoid",
    ),
    AnswerName.SHELF: Words(
        name="the shelf",
        keeper="the shelf",
        asked=lambda answers: joined(
            [SHELF_WORDS[shelf] for shelf in answers.shelf or ()]
        ),
        missed=_never,
        fits=lambda title, _: SHELF_WORDS[title.shelf],
        speaks=lambda title, _: SHELF_WORDS[title.shelf],
    ),
    AnswerName.SEEN: Words(
        name="what you have seen",
        keeper="your having seen it",
        asked=lambda _: "new to you",
        missed=lambda _title, _answers: "you have seen it",
        fits=lambda _title, _answers: "new to you",
        speaks=lambda _title, _answers: "new to you",
    ),
    AnswerName.LIKE: Words(
        name="the direction you asked for",
        keeper="the direction you asked for",
        asked=_asked_like,
        missed=_never,
        fits=lambda _title, _answers: "in the direction you asked for",
        speaks=lambda _title, _answers: "in the direction you asked for",
    ),
}


def flag(name: AnswerName) -> str:
    """The flag that gives an answer."""
    match name:
        case AnswerName.SEEN:
            return "--include-seen"
        case AnswerName.WORDS:
            return "WORDS"
        case _:
            return f"--{name.replace('_', '-')}"


def kept_out(name: AnswerName, reply: WhyNot) -> str:
    """What kept a title out; notes to be avoided that give nothing away are named."""
    keeper = WORDS[name].keeper
    if name is AnswerName.AVOID and reply.avoided:
        return f"{keeper} ({', '.join(note.label for note in reply.avoided)})"
    if name is AnswerName.MAX_AGE and reply.answers.max_age is None:
        return "being for grown-ups, which no surprise is (--max-age 18 asks for it)"
    return keeper


def contrast_of(card: Suggestion) -> str | None:
    """How a card differs from the first one, in a word or two; None for the first one itself."""
    if card.contrast is None:
        return None if card.role is Role.CLOSEST else "much alike"
    if card.contrast is Difference.SETTING and card.title.look is not None:
        return card.title.look.value
    return DIFFERENCE_WORDS[card.contrast]


DIFFERENCE_WORDS: Final = {
    Difference.GENTLER: "gentler",
    Difference.HARDER: "harder",
    Difference.SHORTER: "shorter",
    Difference.LONGER: "longer",
    Difference.SETTING: "elsewhere",
    Difference.CRY: "another cry",
    Difference.NEWER: "newer",
    Difference.OLDER: "older",
}


def liking(feature: str) -> str:
    """A feature of taste in words, such as "set in the past"."""
    kind, _, value = feature.partition(" ")
    return _LIKINGS[kind](value)


_LIKINGS: Final[dict[str, Callable[[str], str]]] = {
    "mood": lambda value: Mood(value).phrase,
    "setting": lambda value: f"set in {Setting(value).label}",
    "band": lambda value: f"as long as {Band(value).label}",
    "tissues": lambda value: f"{value} of {MOST_TISSUES} tissues",
}


def joined(words: Sequence[str], by: str = "and") -> str:
    """The words, at least one, in one phrase: "a", "a and b", "a, b and c"."""
    *head, last = words
    if not head:
        return last
    beginning = ", ".join(head)
    return f"{beginning} {by} {last}"


def counted(count: int, what: str) -> str:
    """The number of things in words: "1 note", "2 notes"."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
