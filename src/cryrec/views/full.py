"""The full card: everything about a title, in the order in which people decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final, NamedTuple

from cryrec.models import (
    INDEPENDENT_READINGS,
    MOST_TISSUES,
    TISSUE_WORDS,
    ContentNote,
    Format,
    NoteLevel,
    Title,
    Work,
    duration,
)
from cryrec.views import Detail
from cryrec.views.layout import STRONG, Layout, Style, Text
from cryrec.views.points import Point, Sign, points_of
from cryrec.views.short import ONE_SITTING, done_by, kept_of
from cryrec.views.words import SHELF_WORDS, STRENGTH_WORDS, WORDS, contrast_of, counted

if TYPE_CHECKING:  # a search must not pay for the recommender
    from cryrec.recommend.answers import Answers
    from cryrec.recommend.suggesting import Recommendation, Suggestion

EVENING: Final = 120
"""Minutes of a series that somebody watches in one evening."""

CURATED: Final = "Curated, not complete."

NOTES_END: Final = (
    f"{CURATED} Notes that would give the plot away are not listed; --avoid honours them all, "
    "--spoilers shows them."
)


class _Suggested(NamedTuple):
    """A card, and the others it was suggested with."""

    card: Suggestion
    among: Recommendation

    @classmethod
    def find(cls, title: Title, among: Recommendation) -> _Suggested | None:
        """The card of `title`; None if it has none among these."""
        cards = (card for card in among.suggestions if card.title.id == title.id)
        card = next(cards, None)
        return cls(card, among) if card else None

    @property
    def _points(self) -> list[Point]:
        return points_of(self.card, self.among)

    @property
    def reasons(self) -> list[Point]:
        """What speaks for it and has made a difference."""
        return [point for point in self._points if point.checked]

    @property
    def fitting(self) -> list[Point]:
        """What speaks for it, and has made none."""
        in_favour = (point for point in self._points if point.sign is Sign.FOR)
        return [point for point in in_favour if not point.checked]

    @property
    def differing(self) -> list[Point]:
        """What is nearly, or not, as it was asked."""
        return [point for point in self._points if point.sign is not Sign.FOR]

    @property
    def is_timed(self) -> bool:
        """Whether a point says that it fits the time somebody has."""
        return any(point.is_in_time for point in self._points)


class FullCard:
    """Draws everything about one title; with what speaks for it, where it was suggested.

    It `names_flags` where somebody could type them.
    """

    def __init__(
        self,
        layout: Layout,
        detail: Detail,
        now: datetime | None,
        names_flags: bool = True,
    ) -> None:
        self.layout = layout
        self.detail = detail
        self.now = now
        self.names_flags = names_flags

    def lines(self, title: Title, among: Recommendation | None = None) -> list[Text]:
        """The lines of the card; `among` are the cards it was suggested with."""
        suggested = _Suggested.find(title, among) if among else None
        return [
            *self._head(title, suggested),
            *self._blurb(title),
            Text(),
            *self._reasons(suggested),
            *self._weight(title),
            *self._watch_first(title),
            *self._made_by(title),
            *self.notes(title),
            *self.ending(title),
            *self._sequels(title),
            *self._afterwards(suggested),
            *self._source_note(title),
            *self._address(title),
            *self._explained(suggested),
        ]

    # --- what it is

    def _head(self, title: Title, suggested: _Suggested | None) -> list[Text]:
        """The title, its Japanese name, then the honest total with format and length."""
        layout = self.layout
        lines = layout.wrapped(Text(layout.spelled(title.title), STRONG))
        other = title.japanese if layout.look.unicode else title.romaji
        if other and other.casefold() != title.title.casefold():
            lines += layout.wrapped(layout.spelled(other))
        total = duration(title.minutes_total)
        if title.prerequisites:
            total += " in all"
        is_timed = suggested is not None and suggested.is_timed
        planning = self._planning(title, None if is_timed else self.now)
        facts = layout.joined(_format(title), *planning)
        line = Text.assemble((total, STRONG), layout.separator, facts)
        return [*lines, *layout.wrapped(line)]

    def _planning(self, title: Title, now: datetime | None) -> Iterator[str]:
        """What the length means for tonight, or for the evenings to come."""
        total = title.minutes_total
        if title.format is Format.SERIES:
            evenings = -(-total // EVENING)
            yield (
                "one evening" if total <= ONE_SITTING else f"{evenings} evenings of 2 h"
            )
        if done := done_by(title, now):
            yield f"start now, {done}"

    def _blurb(self, title: Title) -> list[Text]:
        return (
            self.layout.wrapped(self.layout.spelled(title.blurb)) if title.blurb else []
        )

    def _weight(self, title: Title) -> list[Text]:
        full = title.tissues
        words = (
            f"{full} of {MOST_TISSUES}, {TISSUE_WORDS[full - 1]}"
            if full
            else "not known"
        )
        shape = self.layout.tissues(full).append(f" {words}" if full else words)
        ranked = sorted(title.moods, key=lambda tag: -tag.strength)
        cries = [f"{tag.id.phrase} ({STRENGTH_WORDS[tag.strength]})" for tag in ranked]
        return [*self.layout.row("Tissues", shape), *self._row("Cry", *cries)]

    def _watch_first(self, title: Title) -> list[Text]:
        lines: list[Text] = []
        for work in title.prerequisites:
            lines += self._row("Watch first", f"{work.title}: {_counted_in(work)}")
        return lines

    def _made_by(self, title: Title) -> list[Text]:
        makers = " and ".join(title.studios) or None
        when = " ".join(str(part) for part in (title.season, title.year) if part)
        age = f"for {title.age} and up" if title.age is not None else None
        made = self._row("Made by", makers, when, age) if makers or when or age else []
        return [*made, *self._row("Shelf", SHELF_WORDS[title.shelf])]

    def _sequels(self, title: Title) -> list[Text]:
        lines: list[Text] = []
        for sequel in title.sequels:
            lines += self._row(
                "Then", f"{sequel.title} ({sequel.format.label}, {sequel.year})"
            )
        return lines

    def _source_note(self, title: Title) -> list[Text]:
        return self._row("Note", title.source_note) if title.source_note else []

    def _address(self, title: Title) -> list[Text]:
        if title.page is None:
            return []
        return self.layout.row("More", Text(title.page, Style(link=title.page)))

    # --- why it is here

    def _reasons(self, suggested: _Suggested | None) -> Iterator[Text]:
        """What has made a difference, what fits as well, and what does not."""
        if suggested is None:
            return
        reasons = self._worded(suggested, suggested.reasons)
        fitting = self._worded(suggested, suggested.fitting)
        rows: dict[str, Sequence[str | None]] = {
            "Instead": [contrast_of(suggested.card)],
            "Why this": reasons,
            "Also fits" if reasons else "Fits": fitting,
            "But": self._worded(suggested, suggested.differing),
            "Library": [kept_of(suggested.card.title, suggested.among.answers.person)],
        }
        for label, words in rows.items():
            if any(words):
                yield from self._row(label, *words)

    def _worded(self, suggested: _Suggested, points: Sequence[Point]) -> list[str]:
        return [self._timed(point, suggested.card.title) for point in points]

    def _timed(self, point: Point, title: Title) -> str:
        """The words of a point; if it is the time, with when it would be over."""
        done = done_by(title, self.now) if point.is_in_time else None
        return f"{point.words}, {done}" if done else point.words

    def _afterwards(self, suggested: _Suggested | None) -> list[Text]:
        """Something gentle, for after the first card if that hits hard."""
        gentle = suggested.card.afterwards if suggested else None
        if gentle is None:
            return []
        return self._row(
            "Afterwards", f"{gentle.title} ({duration(gentle.minutes_total)}), gentle"
        )

    def _explained(self, suggested: _Suggested | None) -> list[Text]:
        if suggested is None or not self.detail.explain:
            return []
        return self.ledger(suggested.card, suggested.among.answers)

    def ledger(self, card: Suggestion, answers: Answers) -> list[Text]:
        """How the score adds up, and where the title would stand without each reason."""
        points = (
            " + ".join(f"{name} {value}" for name, value in card.ledger.items())
            or "nothing"
        )
        lines = self._row("Ledger", f"{points} = {card.score}")
        for why in card.why:
            place = "not among them" if why.rank is None else f"place {why.rank}"
            fact = WORDS[why.answer].fits(card.title, answers)
            lines += self._row("", f'without "{fact}": {place} of {why.of}')
        return lines

    # --- what may hurt

    def notes(self, title: Title) -> list[Text]:
        """The content notes: as a count, or opened as far as was asked."""
        if title.notes is None:
            return self._row("Notes", "not known")
        if self.detail.spoilers or self.detail.notes:
            notes = title.notes if self.detail.spoilers else title.open_notes
            words = (
                NOTES_END if self.names_flags and not self.detail.spoilers else CURATED
            )
            end = self.layout.wrapped(words, indent=self.layout.indent)
            return [*self._opened(title, notes), *end]
        hint = " (--notes opens them)" if self.names_flags else ""
        return self._row("Notes", f"{_count(title)}{hint}")

    def _opened(self, title: Title, notes: Sequence[ContentNote]) -> list[Text]:
        lines: list[Text] = []
        for level in NoteLevel:
            of_level = [_note(note) for note in notes if note.level is level]
            if of_level:
                label = "" if lines else "Notes"
                lines += self._row(label, f"{level.value}: {', '.join(of_level)}")
        if title.readings < INDEPENDENT_READINGS:
            lines += self._row("" if lines else "Notes", "not fully checked")
        return lines or self._row("Notes", "none that give nothing away")

    def ending(self, title: Title) -> list[Text]:
        """How it ends, for whoever asked to be told."""
        return (
            self._row("Ending", title.ending or "not known")
            if self.detail.spoilers
            else []
        )

    def _row(self, label: str, *facts: str | None) -> list[Text]:
        return self.layout.row(label, self.layout.joined(*facts))


def _format(title: Title) -> str:
    if title.format is Format.MOVIE:
        return "film"
    if title.episodes is None:
        return "series"
    each = round(title.minutes / title.episodes)
    return f"series, {counted(title.episodes, 'episode')} of about {each} min"


def _counted_in(work: Work) -> str:
    episodes = counted(work.episodes, "episode") if work.episodes else None
    return ", ".join(
        fact for fact in (episodes, duration(work.minutes), "counted in") if fact
    )


def _count(title: Title) -> str:
    """How many notes can be opened; what is hidden does not count."""
    count = len(title.open_notes)
    notes = counted(count, "content note") if count else "none that give nothing away"
    return notes + (
        ", not fully checked" if title.readings < INDEPENDENT_READINGS else ""
    )


def _note(note: ContentNote) -> str:
    marks = [
        *(["not confirmed"] if not note.checked else []),
        *(["gives the plot away"] if note.spoiler else []),
    ]
    return f"{note.id.label} ({', '.join(marks)})" if marks else note.id.label
