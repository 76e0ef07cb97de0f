"""The full card: everything about a title, in the order in which people decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final, NamedTuple

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
from cryrec.recommend.answers import Answers
from cryrec.recommend.suggesting import Recommendation, Suggestion
from cryrec.views import Detail
from cryrec.views.layout import STRONG, Layout, Style, Text
from cryrec.views.points import Point, Sign, points_of
from cryrec.views.short import ONE_SITTING, blurb_of, done_by, kept_of
from cryrec.views.words import (
    SHELF_WORDS,
    STRENGTH_WORDS,
    WORDS,
    contrast_of,
    counted,
)

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
        cards = (
            card for card in among.suggestions if card.title.id == title.id
        )
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

    def lines(
        self, title: Title, among: Recommendation | None = None
    ) -> list[Text]:
        """The lines of the card; `among` are the cards it was suggested with."""
        suggested = _Suggested.find(title, among) if among else None
        return [
            *self._head(title, suggested),
            *blurb_of(self.layout, title),
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
        names = layout.wrapped(Text(layout.spelled(title.title), STRONG))
        native_name = title.japanese if layout.look.unicode else title.romaji
        if native_name and native_name.casefold() != title.title.casefold():
            names += layout.wrapped(layout.spelled(native_name))
        total = duration(title.minutes_total)
        if title.prerequisites:
            total += " in all"
        is_timed = suggested is not None and suggested.is_timed
        planning = self._planning(title, None if is_timed else self.now)
        facts = layout.joined(_format(title), *planning)
        length = Text.assemble((total, STRONG), layout.separator, facts)
        return [*names, *layout.wrapped(length)]

    def _planning(self, title: Title, now: datetime | None) -> Iterator[str]:
        """What the length means for tonight, or for the evenings to come."""
        total = title.minutes_total
        if title.format is Format.SERIES and total <= ONE_SITTING:
            yield "one evening"
        elif title.format is Format.SERIES:
            evenings = -(-total // EVENING)
            yield f"{evenings} evenings of 2 h"
        done = done_by(title, now)
        if done:
            yield f"start now, {done}"

    def _weight(self, title: Title) -> Iterator[Text]:
        yield from self.layout.row("Tissues", self._tissues(title.tissues))
        strongest_first = sorted(title.moods, key=lambda tag: -tag.strength)
        cries = [
            f"{tag.id.phrase} ({STRENGTH_WORDS[tag.strength]})"
            for tag in strongest_first
        ]
        yield from self._row("Cry", *cries)

    def _tissues(self, count: int | None) -> Text:
        """The shape of so many tissues, and what they mean."""
        if not count:
            return Text("not known")
        meaning = TISSUE_WORDS[count - 1]
        shape = self.layout.tissues(count)
        return shape.append(f" {count} of {MOST_TISSUES}, {meaning}")

    def _watch_first(self, title: Title) -> Iterator[Text]:
        for work in title.prerequisites:
            yield from self._row(
                "Watch first", f"{work.title}: {_counted_in(work)}"
            )

    def _made_by(self, title: Title) -> Iterator[Text]:
        began = " ".join(
            str(part) for part in (title.season, title.year) if part
        )
        facts = (
            " and ".join(title.studios),
            began,
            f"for {title.age} and up" if title.age is not None else None,
        )
        if any(facts):
            yield from self._row("Made by", *facts)
        yield from self._row("Shelf", SHELF_WORDS[title.shelf])

    def _sequels(self, title: Title) -> Iterator[Text]:
        for sequel in title.sequels:
            fact = f"{sequel.title} ({sequel.format.label}, {sequel.year})"
            yield from self._row("Then", fact)

    def _source_note(self, title: Title) -> list[Text]:
        if not title.source_note:
            return []
        return self._row("Note", title.source_note)

    def _address(self, title: Title) -> list[Text]:
        if title.page is None:
            return []
        return self.layout.row(
            "More", Text(title.page, Style(link=title.page))
        )

    # --- why it is here

    def _reasons(self, suggested: _Suggested | None) -> Iterator[Text]:
        """What has made a difference, what fits as well, and what does not."""
        if suggested is None:
            return
        card = suggested.card
        person = suggested.among.answers.person
        reasons = self._worded(suggested, suggested.reasons)
        facts_by_label: dict[str, Sequence[str | None]] = {
            "Instead": [contrast_of(card)],
            "Why this": reasons,
            "Also fits" if reasons else "Fits": self._worded(
                suggested, suggested.fitting
            ),
            "But": self._worded(suggested, suggested.differing),
            "Library": [kept_of(card.title, person)],
        }
        for label, facts in facts_by_label.items():
            if any(facts):
                yield from self._row(label, *facts)

    def _worded(
        self, suggested: _Suggested, points: Sequence[Point]
    ) -> list[str]:
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
        length = duration(gentle.minutes_total)
        return self._row("Afterwards", f"{gentle.title} ({length}), gentle")

    def _explained(self, suggested: _Suggested | None) -> list[Text]:
        if suggested is None or not self.detail.explain:
            return []
        return self.ledger(suggested.card, suggested.among.answers)

    def ledger(self, card: Suggestion, answers: Answers) -> list[Text]:
        """How the score adds up, and where the title would stand without each reason."""
        summands = [
            f"{answer} {points}" for answer, points in card.ledger.items()
        ]
        total = " + ".join(summands) or "nothing"
        lines = self._row("Ledger", f"{total} = {card.score}")
        for why in card.why:
            place = (
                "not among them" if why.rank is None else f"place {why.rank}"
            )
            fact = WORDS[why.answer].fits(card.title, answers)
            lines += self._row("", f'without "{fact}": {place} of {why.of}')
        return lines

    # --- what may hurt

    def notes(self, title: Title) -> list[Text]:
        """The content notes: as a count, or opened as far as was asked."""
        if title.notes is None:
            return self._row("Notes", "not known")
        if self.detail.spoilers:
            return self._opened(title, title.notes, CURATED)
        if self.detail.notes:
            end = NOTES_END if self.names_flags else CURATED
            return self._opened(title, title.open_notes, end)
        hint = " (--notes opens them)" if self.names_flags else ""
        return self._row("Notes", f"{_count(title)}{hint}")

    def _opened(
        self, title: Title, notes: Sequence[ContentNote], end: str
    ) -> list[Text]:
        """The notes level by level, whether they can be relied on, and what is to be said last."""
        facts = []
        for level in NoteLevel:
            of_level = [_note(note) for note in notes if note.level is level]
            if of_level:
                facts.append(f"{level.value}: {', '.join(of_level)}")
        if title.readings < INDEPENDENT_READINGS:
            facts.append("not fully checked")
        lines: list[Text] = []
        for fact in facts or ["none that give nothing away"]:
            label = "" if lines else "Notes"
            lines += self._row(label, fact)
        return [*lines, *self.layout.wrapped(end, indent=self.layout.indent)]

    def ending(self, title: Title) -> list[Text]:
        """How it ends, for whoever asked to be told."""
        if not self.detail.spoilers:
            return []
        return self._row("Ending", title.ending or "not known")

    def _row(self, label: str, *facts: str | None) -> list[Text]:
        return self.layout.row(label, self.layout.joined(*facts))


def _format(title: Title) -> str:
    if title.format is Format.MOVIE:
        return "film"
    if title.episodes is None:
        return "series"
    episodes = counted(title.episodes, "episode")
    episode_minutes = round(title.minutes / title.episodes)
    return f"series, {episodes} of about {episode_minutes} min"


def _counted_in(work: Work) -> str:
    facts = [duration(work.minutes), "counted in"]
    if work.episodes:
        facts.insert(0, counted(work.episodes, "episode"))
    return ", ".join(facts)


def _count(title: Title) -> str:
    """How many notes can be opened; what is hidden does not count."""
    count = len(title.open_notes)
    notes = (
        counted(count, "content note")
        if count
        else "none that give nothing away"
    )
    if title.readings < INDEPENDENT_READINGS:
        return f"{notes}, not fully checked"
    return notes


def _note(note: ContentNote) -> str:
    marks = []
    if not note.checked:
        marks.append("not confirmed")
    if note.spoiler:
        marks.append("gives the plot away")
    if not marks:
        return note.id.label
    return f"{note.id.label} ({', '.join(marks)})"
