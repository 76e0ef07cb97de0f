"""The hard filters, each a named predicate, and which of them a title fails.

Suggesting, loosening, `--why-not` and the counts in the questions all ask here, so they cannot
disagree.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from cryrec.models import Title
from cryrec.recommend.answers import Answers

Filter = Callable[[Title, Answers], bool]
"""Whether a title passes; an answer left open passes everything."""


def passes_avoid(title: Title, answers: Answers) -> bool:
    """No content note to be avoided: at any level, plot-revealing or unchecked ones too."""
    if not answers.avoid:
        return True
    if title.notes is None:
        return False
    return not any(note.id in answers.avoid for note in title.notes)


def passes_age(title: Title, answers: Answers) -> bool:
    """Suitable from the age given or younger."""
    if answers.max_age is None:
        return True
    return title.age is not None and title.age <= answers.max_age


def passes_format(title: Title, answers: Answers) -> bool:
    """A film or a series, as asked."""
    return answers.format is None or title.format is answers.format


def passes_tissues(title: Title, answers: Answers) -> bool:
    """At most one tissue more than asked: a shade harder is bearable, two is another evening."""
    if answers.tissues is None:
        return True
    return title.tissues is not None and title.tissues <= answers.tissues + 1


def passes_setting(title: Title, answers: Answers) -> bool:
    """Any of its settings is the one asked for."""
    return answers.setting is None or answers.setting in title.setting


def passes_time(title: Title, answers: Answers) -> bool:
    """Its honest minutes, prerequisites included, fit."""
    return answers.time is None or answers.time.holds(title.minutes_total)


def passes_mood(title: Title, answers: Answers) -> bool:
    """Any of the kinds of cry asked for runs through it, however thin."""
    return not answers.mood or any(tag.id in answers.mood for tag in title.moods)


def passes_mood_nearby(title: Title, answers: Answers) -> bool:
    """The mood filter let down by a step: a neighbour of a kind of cry asked for is enough."""
    near = {mood for asked in answers.mood for mood in (asked, *asked.neighbours)}
    return not answers.mood or any(tag.id in near for tag in title.moods)


def passes_seen(title: Title, answers: Answers) -> bool:
    """Not seen yet, or to be seen again."""
    return answers.include_seen or title.id not in answers.person.seen


FILTERS: Final[dict[str, Filter]] = {
    "avoid": passes_avoid,
    "max_age": passes_age,
    "setting": passes_setting,
    "format": passes_format,
    "mood": passes_mood,
    "time": passes_time,
    "tissues": passes_tissues,
    "seen": passes_seen,
}
"""Every hard filter by the name of the answer it belongs to."""

NEVER_LOOSENED: Final = frozenset({"avoid", "max_age"})
"""Answers that stay whatever happens: they protect somebody."""


def failed(title: Title, answers: Answers) -> frozenset[str]:
    """The names of the answers that keep `title` out."""
    return frozenset(name for name, passes in FILTERS.items() if not passes(title, answers))
