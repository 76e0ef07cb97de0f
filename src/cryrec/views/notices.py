"""What is said beside a reply, on stderr: what gave way, what is missing, who to talk to."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from cryrec.exchange.reading import Reading
from cryrec.library.entries import Change, Entry, Undone
from cryrec.models import (
    INDEPENDENT_READINGS,
    MOST_TISSUES,
    Band,
    NoteId,
    Title,
)
from cryrec.recommend.answers import AnswerName, Answers
from cryrec.recommend.criteria import GROWN_UP
from cryrec.recommend.loosening import Alternative, Relaxed
from cryrec.recommend.parsing import Flags
from cryrec.recommend.suggesting import Recommendation
from cryrec.views import Detail
from cryrec.views.words import WORDS, flag, joined

if TYPE_CHECKING:  # what reads words and descriptions takes 100 ms to import
    from cryrec.wording.reading import Reading as Heard

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


SEEN_ALL: Final = (
    "you have seen everything that fits; these are worth a second time"
)

LAST_UNSEEN: Final = "this is the last of them that you have not seen"


def about_words(heard: Heard) -> Iterator[str]:
    """What was understood of a person's own words, as flags, and what was not."""
    parts = [" ".join(_heard_flags(heard))]
    if heard.wishes:
        parts.append(f"about {joined(heard.wishes)}")
    understood = "; ".join(filter(None, parts))
    if understood:
        yield f"understood: {understood}"
    if heard.not_understood:
        yield f"not understood: {', '.join(heard.not_understood)}"


def _heard_flags(heard: Heard) -> Iterator[str]:
    """The flags that say the same, each value once."""
    values_by_flag: dict[str, list[str]] = {}
    for understood in heard.understood:
        answer = understood.answer
        if answer == AnswerName.WORDS:
            continue
        if answer in (*AnswerName, "count"):
            option = answer.replace("_", "-")
            values_by_flag.setdefault(f"--{option}", []).append(
                understood.value
            )
        else:
            values_by_flag.setdefault(f"--{understood.value}", [])
    for option_flag, values in values_by_flag.items():
        yield option_flag
        if values:
            yield shlex.quote(",".join(values))


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
    answers = recommendation.answers
    titles = [card.title for card in recommendation.suggestions]
    yield from _about_fit(recommendation, asked)
    yield from _about_seen(recommendation, asked)
    doubtful = [
        title.title
        for title in titles
        if title.readings < INDEPENDENT_READINGS
    ]
    if answers.avoid and doubtful:
        yield f"content notes not fully checked: {joined(doubtful)}"
    is_hard = answers.tissues == MOST_TISSUES or heavy(titles, detail)
    if is_hard and care:
        yield CARE


def _about_fit(recommendation: Recommendation, asked: bool) -> Iterator[str]:
    """What had to give way for the cards, or how few of them fit."""
    card_count = len(recommendation.suggestions)
    relaxed_answers = [relaxed.answer for relaxed in recommendation.relaxed]
    if relaxed_answers == [AnswerName.SEEN]:
        yield SEEN_ALL
    elif relaxed_answers:
        yield _let_go(recommendation)
        for alternative in recommendation.alternatives:
            yield _instead(alternative, asked)
    elif 0 < card_count < recommendation.answers.count:
        fit = (
            "one title fits" if card_count == 1 else f"{card_count} titles fit"
        )
        yield f"only {fit} all of that"


def _about_seen(recommendation: Recommendation, asked: bool) -> Iterator[str]:
    """How many titles were left out because they were seen; nothing where that gave way."""
    relaxed_answers = [relaxed.answer for relaxed in recommendation.relaxed]
    if not recommendation.skipped or AnswerName.SEEN in relaxed_answers:
        return
    yield _left_out(recommendation.skipped, asked)
    if len(recommendation.fitting) == 1:
        yield LAST_UNSEEN


def _left_out(count: int, asked: bool) -> str:
    seen_titles = "1 title you have seen is"
    pronoun = "it"
    if count > 1:
        seen_titles = f"{count} titles you have seen are"
        pronoun = "them"
    hint = "" if asked else f" (--include-seen brings {pronoun} back)"
    return f"{seen_titles} left out{hint}"


def heavy(titles: Sequence[Title], detail: Detail) -> bool:
    """Whether opened content notes name something after which a person may need company."""
    if not (detail.notes or detail.spoilers):
        return False
    return any(_is_heavy(title, detail) for title in titles)


def _is_heavy(title: Title, detail: Detail) -> bool:
    opened_notes = title.notes or () if detail.spoilers else title.open_notes
    return any(note.id in HEAVY for note in opened_notes)


def from_settings(avoid: Sequence[NoteId]) -> str:
    """What is steered clear of without having been asked for."""
    notes = _labels(avoid)
    return f"always steered clear of, from your settings: {notes} (cryrec config changes it)"


def _labels(notes: Sequence[NoteId] | None) -> str:
    if not notes:
        return "nothing"
    return joined([note.label for note in notes])


def changed(changes: Sequence[Change]) -> Iterator[str]:
    """What a command did to the library, and how to take it back."""
    yield from became(changes)
    yield "cryrec undo takes it back" if changes else "nothing has changed"


def taken_back(undone: Undone) -> Iterator[str]:
    """What `undo` did: which change it took back, and how things stand now."""
    yield f"taken back: {UNDONE.get(undone.label, undone.label)}"
    yield from became(undone.changes)
    if undone.avoided is not None:
        labels = _labels(undone.avoided.after)
        yield f"always steered clear of, as before: {labels}"
    if undone.taken_out is not None:
        yield f"taken out of {undone.taken_out.path}"


def became(changes: Sequence[Change]) -> Iterator[str]:
    """What became of the first few entries, and how many more there are."""
    for change in changes[:MANY]:
        entry = change.after
        if entry is None:
            title = change.before.title if change.before else change.id
            yield f"{title} is forgotten"
        else:
            rating = f", {entry.rating} of 5" if entry.rating else ""
            yield f"{entry.title} is {KEPT[entry.status]}{rating}"
    if len(changes) > MANY:
        yield f"and {len(changes) - MANY} more"


def about_reading(reading: Reading, fresh: Sequence[Entry]) -> Iterator[str]:
    """What an import would do, before it is done."""
    titles_by_fate: dict[str, list[str]] = {}
    for entry in fresh:
        titles_by_fate.setdefault(KEPT[entry.status], []).append(entry.title)
    counts = [
        f"{len(titles)} {fate}" for fate, titles in titles_by_fate.items()
    ]
    new = ", ".join(counts) or "nothing new"
    yield f"{reading.format}: {new}; {reading.not_in_catalogue} not in the catalogue"
    for fate, titles in titles_by_fate.items():
        yield f"{fate}: {_some(titles)}"
    for treated in reading.treated:
        yield f'{treated.count} "{treated.word}": {KEPT[treated.status]}'
    for skipped in reading.skipped:
        yield f"{skipped.count} {skipped.what} left out: {skipped.reason}"


def _some(titles: Sequence[str]) -> str:
    """The first few titles, and how many more there are."""
    first_titles = ", ".join(titles[:NAMED])
    further = len(titles) - NAMED
    return (
        f"{first_titles} and {further} more" if further > 0 else first_titles
    )


def untyped(
    typed: Flags, answers: Answers, always: Sequence[NoteId]
) -> dict[AnswerName, str]:
    """What each answer is called that no flag gave: words did, or the settings.

    `always` is what the settings steer clear of, as far as it counts this time.
    """
    names = {
        answer: WORDS[answer].name
        for answer in answers.given
        if not getattr(typed, answer)
    }
    if always:
        avoid_name = names.get(AnswerName.AVOID, flag(AnswerName.AVOID))
        has_notes_besides = set(answers.avoid) - set(always)
        besides = f"{avoid_name} or " if has_notes_besides else ""
        names[AnswerName.AVOID] = f"{besides}{FROM_SETTINGS}"
    return names


FROM_SETTINGS: Final = (
    "what your settings steer clear of (cryrec config changes it)"
)


def nothing(
    answers: Answers,
    blockers: Sequence[AnswerName],
    asked: bool = False,
    called: Mapping[AnswerName, str] = {},
) -> str:
    """Why there is no card, naming the answers to change.

    An answer is called by its flag, unless the person was `asked`, or `called` names it otherwise.
    """
    directions = " and ".join((*answers.directions, *answers.still))
    if directions:
        return f"nothing is {directions} than that among what fits; drop a direction"
    fault = "nothing fits, even loosened"
    if answers.strict:
        fault = "nothing fits all of that exactly"
    ways = " or ".join(_ways(answers, blockers, asked, called))
    return f"{fault}; {ways}" if ways else fault


def _ways(
    answers: Answers,
    blockers: Sequence[AnswerName],
    asked: bool,
    called: Mapping[AnswerName, str],
) -> Iterator[str]:
    """What to do about the answers that were given, and about what nobody said."""
    given_blockers = [answer for answer in blockers if answer in answers.given]
    unsaid_blockers = [
        answer for answer in blockers if answer not in answers.given
    ]
    if given_blockers:
        changes = joined(_all_called(given_blockers, asked, called), "or")
        yield f"change {changes}"
    if unsaid_blockers and not asked:
        additions = joined(list(map(_added, unsaid_blockers)), "or")
        yield f"add {additions}"
    if not blockers and answers.given:
        all_given = ", ".join(_all_called(answers.given, asked, called))
        yield f"change more than one of {all_given}"


def _added(name: AnswerName) -> str:
    """What to type for what nobody said: something for grown-ups, or something seen."""
    return (
        f"--max-age {GROWN_UP}" if name is AnswerName.MAX_AGE else flag(name)
    )


def _called(
    name: AnswerName, asked: bool, called: Mapping[AnswerName, str]
) -> str:
    """What an answer is called by somebody who was asked for it, or who typed its flag."""
    return called.get(name) or (WORDS[name].name if asked else flag(name))


def _all_called(
    names: Iterable[AnswerName], asked: bool, called: Mapping[AnswerName, str]
) -> list[str]:
    return [_called(name, asked, called) for name in names]


def _let_go(recommendation: Recommendation) -> str:
    not_met = {relaxed.answer for relaxed in recommendation.relaxed}
    # Nothing is called kept that differs on any of the cards.
    for card in recommendation.suggestions:
        not_met.update(card.misses)
    kept_answers = [
        WORDS[answer].name
        for answer in recommendation.answers.given
        if answer not in not_met
    ]
    stays = f"kept {joined(kept_answers)}; " if kept_answers else ""
    let_go = joined(list(map(_in_words, recommendation.relaxed)))
    return f"nothing fits all of that: {stays}let go of {let_go}"


def _instead(alternative: Alternative, asked: bool) -> str:
    changes = alternative.change
    in_words = joined(list(map(_in_words, changes)))
    kept_answer = WORDS[alternative.keep].name
    sentence = f"to keep {kept_answer} instead: changing {in_words} gives you"
    can_be_typed = all(change.after != "neighbours" for change in changes)
    if asked or not can_be_typed:
        return f"{sentence} {alternative.count}"
    flags = " ".join(map(_as_flag, changes))
    return f"{sentence} {alternative.count} ({flags})"


def _in_words(change: Relaxed) -> str:
    """One thing that gave way, and what stands in its place."""
    if change.answer is AnswerName.TIME:
        is_band = change.after in list(Band)
        limit = Band(change.after).label if is_band else change.after
        return f"the time (now {limit})"
    if change.after == "neighbours":
        return "the kind of cry (now its neighbours)"
    if change.answer is AnswerName.SEEN:
        return "what you have seen (this is for a second time)"
    return WORDS[change.answer].name


def _as_flag(change: Relaxed) -> str:
    if change.answer is AnswerName.SEEN:
        return flag(change.answer)
    return f"{flag(change.answer)} {change.after}"
