"""What is said beside an answer, on stderr: what gave way, what is missing, who to talk to."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from cryrec.errors import either
from cryrec.models import INDEPENDENT_READINGS, MOST_TISSUES, Band, NoteId, Title
from cryrec.recommend import Answers, Recommendation
from cryrec.recommend.answers import AnswerName
from cryrec.recommend.loosening import Alternative, Relaxed
from cryrec.views import Detail
from cryrec.views.words import WORDS, flag, joined

if TYPE_CHECKING:
    from cryrec.exchange.reading import Reading
    from cryrec.library import Change, Entry, Undone
    from cryrec.wording import Reading as Heard

CARE: Final = (
    "These are sad on purpose. If today is already heavy, ask for gentler; "
    "findahelpline.com lists someone to talk to."
)

MANY: Final = 8
"""Changes that are told one by one."""

NAMED: Final = 10
"""Titles of each kind that are named before an import."""

KEPT: Final = {
    "seen": "seen",
    "later": "on the watchlist",
    "watching": "kept apart, and still suggested",
    "dropped": "kept apart, and still suggested",
}
"""What the library does with an entry, by its status."""

UNDONE: Final = {
    "seen": "a title seen",
    "later": "a title on the watchlist",
    "forget": "a title forgotten",
    "taste": "a taste forgotten",
    "import": "a list taken over",
    "settings": "what you always steer clear of",
    "add": "a title of your own",
}
"""What a change is called once it is taken back, by its label in the log."""

HEAVY: Final = frozenset({NoteId.SUICIDE, NoteId.SELF_HARM})

NOBODY_TO_ASK: Final = (
    "no terminal to ask on, so nothing was asked; "
    "answer with --mood, --time, --tissues and --avoid"
)


SEEN_ALL: Final = "you have seen everything that fits; these are worth a second time"

LAST_UNSEEN: Final = "this is the last of them that you have not seen"


def about_words(heard: Heard) -> Iterator[str]:
    """What was understood of a person's own words, as flags, and what was not."""
    said = " ".join(_heard_flags(heard))
    wishes = f"about {joined(heard.wishes)}" if heard.wishes else ""
    if said or wishes:
        yield f"understood: {'; '.join(filter(None, (said, wishes)))}"
    if heard.not_understood:
        yield f"not understood: {', '.join(heard.not_understood)}"


def _heard_flags(heard: Heard) -> Iterator[str]:
    """The flags that say the same, each value once."""
    values: dict[str, list[str]] = {}
    for each in heard.understood:
        if each.answer == AnswerName.WORDS:
            continue
        is_direction = each.answer not in (*AnswerName, "count")
        name = each.value if is_direction else each.answer.replace("_", "-")
        values.setdefault(f"--{name}", []).extend([] if is_direction else [each.value])
    for name, each_value in values.items():
        yield from filter(
            None, (name, shlex.quote(",".join(each_value)) if each_value else "")
        )


def about(
    recommendation: Recommendation,
    detail: Detail,
    care: bool = True,
    asked: bool = False,
) -> Iterator[str]:
    """Everything that has to be said about these cards, one line each.

    Without `care` the line about heavy days is left out, where it has been said already. Somebody
    who was `asked` has typed no flag, and is told of none.
    """
    shown, answers = recommendation.suggestions, recommendation.answers
    gone = {each.answer for each in recommendation.relaxed}
    if gone == {AnswerName.SEEN}:
        yield SEEN_ALL
    elif gone:
        yield _let_go(recommendation)
        yield from (_instead(each, asked) for each in recommendation.alternatives)
    elif shown and len(shown) < answers.count:
        fit = (
            "only one title fits"
            if len(shown) == 1
            else f"only {len(shown)} titles fit"
        )
        yield f"{fit} all of that"
    if recommendation.skipped and AnswerName.SEEN not in gone:
        yield _left_out(recommendation.skipped, asked)
        if len(recommendation.fitting) == 1:
            yield LAST_UNSEEN
    doubtful = [
        each.title.title for each in shown if each.title.readings < INDEPENDENT_READINGS
    ]
    if answers.avoid and doubtful:
        yield f"content notes not fully checked: {joined(doubtful)}"
    hard = answers.tissues == MOST_TISSUES or heavy(
        [each.title for each in shown], detail
    )
    if hard and care:
        yield CARE


def _left_out(count: int, asked: bool) -> str:
    what = (
        "1 title you have seen is"
        if count == 1
        else f"{count} titles you have seen are"
    )
    whom = "it" if count == 1 else "them"
    return f"{what} left out{'' if asked else f' (--include-seen brings {whom} back)'}"


def heavy(titles: Sequence[Title], detail: Detail) -> bool:
    """Whether opened content notes name something after which a person may need company."""
    if not (detail.notes or detail.spoilers):
        return False
    opened = (
        title.notes or () if detail.spoilers else title.open_notes for title in titles
    )
    return any(note.id in HEAVY for notes in opened for note in notes)


def from_settings(avoid: Sequence[NoteId]) -> str:
    """What is steered clear of without having been asked for."""
    notes = joined([note.label for note in avoid]) if avoid else "nothing"
    return f"always steered clear of, from your settings: {notes} (cryrec config changes it)"


def changed(changes: Sequence[Change]) -> Iterator[str]:
    """What a command did to the library, and how to take it back."""
    yield from became(changes)
    yield "cryrec undo takes it back" if changes else "nothing has changed"


def taken_back(undone: Undone) -> Iterator[str]:
    """What `undo` did: which change it took back, and how things stand now."""
    yield f"taken back: {UNDONE.get(undone.label, undone.label)}"
    yield from became(undone.changes)
    if undone.avoided is not None:
        notes = undone.avoided.after
        labels = joined([note.label for note in notes]) if notes else "nothing"
        yield f"always steered clear of, as before: {labels}"
    if undone.taken_out is not None:
        yield f"taken out of {undone.taken_out.path}"


def became(changes: Sequence[Change]) -> Iterator[str]:
    """What became of the first few entries, and how many more there are."""
    for change in changes[:MANY]:
        after, before = change.after, change.before
        if after is None:
            yield f"{before.title if before else change.id} is forgotten"
        else:
            rating = f", {after.rating} of 5" if after.rating else ""
            yield f"{after.title} is {KEPT[after.status]}{rating}"
    if len(changes) > MANY:
        yield f"and {len(changes) - MANY} more"


def about_reading(reading: Reading, fresh: Sequence[Entry]) -> Iterator[str]:
    """What an import would do, before it is done."""
    counts = Counter(KEPT[entry.status] for entry in fresh)
    new = (
        ", ".join(f"{count} {kept}" for kept, count in counts.items()) or "nothing new"
    )
    yield f"{reading.format}: {new}; {reading.not_in_catalogue} not in the catalogue"
    for kept in counts:
        titles = [entry.title for entry in fresh if KEPT[entry.status] == kept]
        yield f"{kept}: {_some(titles)}"
    for treated in reading.treated:
        yield f'{treated.count} "{treated.word}": {KEPT[treated.status]}'
    for skipped in reading.skipped:
        yield f"{skipped.count} {skipped.what} left out: {skipped.reason}"


def _some(titles: Sequence[str]) -> str:
    """The first few titles, and how many more there are."""
    named = ", ".join(titles[:NAMED])
    rest = len(titles) - NAMED
    return f"{named} and {rest} more" if rest > 0 else named


def nothing(
    answers: Answers, blockers: Sequence[AnswerName], asked: bool = False
) -> str:
    """Why there is no card, naming the answers to change: by their flags, unless `asked`."""
    directions = [
        direction.value for direction in (*answers.directions, *answers.still)
    ]
    if directions:
        return f"nothing is {' and '.join(directions)} than that among what fits; drop a direction"
    how = (
        "nothing fits all of that exactly"
        if answers.strict
        else "nothing fits, even loosened"
    )
    if blockers:
        return f"{how}; change {either([_called(name, asked) for name in blockers])}"
    names = [_called(name, asked) for name in answers.given]
    return f"{how}; change more than one of {', '.join(names)}"


def _called(name: AnswerName, asked: bool) -> str:
    """What an answer is called by somebody who was asked for it, or who typed its flag."""
    return WORDS[name].name if asked else flag(name)


def _let_go(recommendation: Recommendation) -> str:
    relaxed = recommendation.relaxed
    gone = {each.answer for each in relaxed}
    # Nothing is called kept that differs on any of the cards.
    gone |= {name for each in recommendation.suggestions for name in each.misses}
    kept = [
        WORDS[name].name for name in recommendation.answers.given if name not in gone
    ]
    stays = f"kept {joined(kept)}; " if kept else ""
    return f"nothing fits all of that: {stays}let go of {joined([_said(each) for each in relaxed])}"


def _instead(each: Alternative, asked: bool) -> str:
    changes = joined([_said(change) for change in each.change])
    flags = [_as_flag(change) for change in each.change if change.after != "neighbours"]
    sayable = len(flags) == len(each.change) and not asked
    hint = f" ({' '.join(flags)})" if sayable else ""
    kept = WORDS[each.keep].name
    return f"to keep {kept} instead: changing {changes} gives you {each.count}{hint}"


def _said(change: Relaxed) -> str:
    """One thing that gave way, and what stands in its place."""
    if change.answer is AnswerName.TIME:
        after = Band(change.after).label if change.after in list(Band) else change.after
        return f"the time (now {after})"
    if change.after == "neighbours":
        return "the kind of cry (now its neighbours)"
    if change.answer is AnswerName.SEEN:
        return "what you have seen (this is for a second time)"
    return WORDS[change.answer].name


def _as_flag(change: Relaxed) -> str:
    if change.answer is AnswerName.SEEN:
        return flag(change.answer)
    return f"{flag(change.answer)} {change.after}"
