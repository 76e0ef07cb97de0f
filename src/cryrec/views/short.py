"""Short cards: what is needed to choose one of three, on one screen together with the next keys.

One below the other, a card has its title and facts, what it is about, and what speaks for it and
against it. Three of them and the keys fit a screen of 24 lines from 40 cells on: where they do not,
something afterwards goes first, then the empty lines between cards, then line by line the end of
the longest description, but for its first line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import Final, NamedTuple

from cryrec.models import (
    INDEPENDENT_READINGS,
    MOST_TISSUES,
    Format,
    Title,
    duration,
)
from cryrec.recommend.person import Person
from cryrec.recommend.suggesting import Recommendation
from cryrec.terminal import USUAL_HEIGHT, Look
from cryrec.views import Detail
from cryrec.views.layout import (
    MARK,
    PLAIN,
    STRONG,
    Layout,
    Text,
    beside,
    padded,
)
from cryrec.views.points import Point, asked_of, dispensable, points_of
from cryrec.views.words import contrast_of, counted

BROAD: Final = 80
"""Cells from which the keys stand in three rows; where lines are shorter, they need up to six."""

SCREENFUL: Final = 3
"""Cards that have to fit one screen; more of them never do."""

GUTTER: Final = 4
"""Cells before a card's words, for the mark of the chosen one and the number."""

GAP: Final = 2
"""Cells between what stands at the left and at the right of a line."""

ONE_LINE: Final = 72
"""Cells from which the title and its facts share a line."""

ONE_SITTING: Final = 150
"""Minutes that are watched in one go."""


class ShortCard(NamedTuple):
    """A card before it is laid out; `done` says when it would be over, were it begun now."""

    place: int
    title: Title
    points: tuple[Point, ...]
    contrast: str | None
    done: str | None
    notes: str
    kept: str | None
    afterwards: Title | None


def short_cards(
    recommendation: Recommendation, detail: Detail, now: datetime | None
) -> Iterator[ShortCard]:
    """The cards of a recommendation, with all that is said on them."""
    answers = recommendation.answers
    is_opened = bool(answers.avoid or detail.notes or detail.spoilers)
    for place, card in enumerate(recommendation.suggestions, start=1):
        all_points = points_of(card, recommendation)
        points = tuple(point for point in all_points if not point.plain)
        yield ShortCard(
            place=place,
            title=card.title,
            points=points,
            contrast=_new_contrast(contrast_of(card), points),
            done=done_by(card.title, now),
            notes=notes_in_short(card.title, is_opened),
            kept=kept_of(card.title, answers.person),
            afterwards=card.afterwards if place == 1 else None,
        )


def done_by(title: Title, now: datetime | None) -> str | None:
    """When it would be over, if it were begun now; None if it takes more than one sitting."""
    if now is None or title.minutes_total > ONE_SITTING:
        return None
    end = now + timedelta(minutes=title.minutes_total)
    return f"done by {end:%H:%M}"


def _new_contrast(contrast: str | None, points: Sequence[Point]) -> str | None:
    """The contrast with the first card, unless a point says it already."""
    if contrast is None or any(contrast in point.words for point in points):
        return None
    return contrast


def notes_in_short(title: Title, is_opened: bool) -> str:
    """The content notes as a count, and whether they can be relied on; hidden ones never count."""
    if title.notes is None:
        return "notes not known"
    count = len(title.open_notes)
    notes = counted(count, "note") if count else "no open notes"
    is_doubtful = title.readings < INDEPENDENT_READINGS
    if is_opened and is_doubtful:
        return f"{notes}, not fully checked"
    return notes


def kept_of(title: Title, person: Person) -> str | None:
    """What the library knows of a title; None if nothing."""
    if title.id in person.seen:
        rating = person.ratings.get(title.id)
        return f"seen, {rating} of 5" if rating else "seen"
    return "on your watchlist" if title.id in person.later else None


def length_of(title: Title) -> str:
    """What it is, in a word or two: a film, or so many episodes."""
    if title.format is Format.MOVIE or title.episodes is None:
        return title.format.label
    return counted(title.episodes, "episode")


def room_of(look: Look, below: int | None = None) -> int:
    """The lines of a screen that are left for cards; `below` them are keys, and what is said.

    Where it is not known how many, it is as many as keys usually take and one that says something.
    """
    keys = 3 if look.width >= BROAD else 6
    return max(USUAL_HEIGHT, look.height) - (
        keys + 1 if below is None else below
    )


def header(layout: Layout, recommendation: Recommendation) -> Text:
    """What was answered, and how many of the titles that fit are shown."""
    answered = layout.joined(*asked_of(recommendation))
    card_count = len(recommendation.suggestions)
    fitting_count = len(recommendation.fitting)
    return layout.spread(
        f" {answered}", f"{card_count} of {fitting_count} shown"
    )


# --- one below the other


class _Stacked(NamedTuple):
    """A card in lines; those of the description may be cut."""

    head: list[Text]
    blurb: list[Text]
    foot: list[Text]
    extra: list[Text]

    @property
    def height(self) -> int:
        return sum(map(len, self))


class Stack:
    """Short cards one below the other."""

    def __init__(
        self, layout: Layout, cards: Sequence[ShortCard], chosen: int | None
    ) -> None:
        self.outer = layout
        self.inner = Layout(layout.look._replace(width=layout.width - GUTTER))
        self.cards = cards
        self.chosen = chosen
        self.columns = _fact_columns(cards)
        self.is_broad = layout.width >= ONE_LINE

    def lines(self, room: int | None) -> list[Text]:
        """The lines of all cards, in at most `room` of them if that can be."""
        stacked = [self._stacked(card) for card in self.cards]
        if room is not None and _height(stacked) + len(stacked) > room:
            stacked = [parts._replace(extra=[]) for parts in stacked]
        gap = [Text()]
        if room is not None and _height(stacked) + len(stacked) > room:
            gap = []
            self._shorten(stacked, room)
        lines: list[Text] = []
        for card, parts in zip(self.cards, stacked, strict=True):
            lines += gap
            lines += self._beside_gutter(card, chain.from_iterable(parts))
        return lines

    def _shorten(self, stacked: list[_Stacked], room: int) -> None:
        """Take lines from the end of the longest descriptions, down to their first, for `room`."""
        for _ in range(_height(stacked) - room):
            longest = max(stacked, key=lambda parts: len(parts.blurb))
            if len(longest.blurb) > 1:
                blurb = self.inner.without_last(longest.blurb)
                stacked[stacked.index(longest)] = longest._replace(blurb=blurb)

    def _stacked(self, card: ShortCard) -> _Stacked:
        inner = self.inner
        head = self._head(card)
        foot = self._foot(card)
        notes = inner.joined(card.notes, card.kept)
        has_room = head[-1].cell_len + GAP + len(notes) <= inner.width
        if has_room and not self.is_broad:
            head[-1] = inner.spread(head[-1], notes)
            points = _point_line(inner, card, inner.width)
            foot = [inner.shortened(points, inner.width)]
        return _Stacked(
            head=head,
            blurb=blurb_of(inner, card.title),
            foot=foot,
            extra=afterwards(inner, card),
        )

    def _head(self, card: ShortCard) -> list[Text]:
        """The title and its facts, in one line if it is long enough."""
        inner = self.inner
        title = card.title
        title_name = Text(inner.spelled(title.title), STRONG)
        if self.is_broad:
            return [inner.spread(title_name, self._facts(title))]
        gap = "  " if title.tissues else ""
        facts = Text.assemble(
            inner.tissues(title.tissues), gap, facts_of(inner, title)
        )
        return [
            inner.shortened(title_name, inner.width),
            inner.shortened(facts, inner.width),
        ]

    def _facts(self, title: Title) -> Text:
        """Tissues, honest total, format and year, each in a column of its own."""
        shape_cells = self.inner.tissues(MOST_TISSUES).cell_len
        shape = padded(self.inner.tissues(title.tissues), shape_cells)
        total_cells, length_cells, year_cells = self.columns
        total = f"{duration(title.minutes_total):>{total_cells}}"
        length = f"{length_of(title):<{length_cells}}"
        year = f"{year_of(title):>{year_cells}}"
        return shape.append(f"  {total}  {length}  {year}")

    def _foot(self, card: ShortCard) -> list[Text]:
        """What speaks for it and against it, and its notes: in one line, if nothing is lost so."""
        inner = self.inner
        notes = inner.joined(card.notes, card.kept)
        points = _point_line(inner, card, inner.width - len(notes) - GAP)
        if points.cell_len + GAP + len(notes) <= inner.width:
            return [inner.spread(points, notes)]
        points = _point_line(inner, card, inner.width)
        return [
            inner.shortened(points, inner.width),
            inner.shortened(notes, inner.width),
        ]

    def _beside_gutter(
        self, card: ShortCard, lines: Iterable[Text]
    ) -> Iterator[Text]:
        """The lines with the number before the first, and a mark before all of a chosen one."""
        bar = " "
        style = PLAIN
        if self.chosen == card.place - 1:
            bar = "\u258c" if self.outer.look.unicode else "|"
            style = MARK
        for number, line in enumerate(lines):
            label = str(card.place) if number == 0 else ""
            gutter = f"{bar}{label:<{GUTTER - 1}}"
            yield beside(Text(gutter, style), line)


def _height(stacked: Iterable[_Stacked]) -> int:
    return sum(parts.height for parts in stacked)


def _fact_columns(cards: Sequence[ShortCard]) -> tuple[int, int, int]:
    """The cells that time, format and year need, each in its column."""
    titles = [card.title for card in cards]
    return (
        max(len(duration(title.minutes_total)) for title in titles),
        max(len(length_of(title)) for title in titles),
        max(len(year_of(title)) for title in titles),
    )


def year_of(title: Title) -> str:
    """The year in four digits, or nothing."""
    return str(title.year or "")


def facts_of(layout: Layout, title: Title) -> str:
    """Honest total, format and year in one line."""
    total = duration(title.minutes_total)
    return layout.joined(total, length_of(title), year_of(title))


def blurb_of(layout: Layout, title: Title) -> list[Text]:
    """The lines of the description, if it has one."""
    if not title.blurb:
        return []
    return layout.wrapped(layout.spelled(title.blurb))


def afterwards(layout: Layout, card: ShortCard) -> list[Text]:
    """Something gentle for after a card that hits hard."""
    if card.afterwards is None:
        return []
    gentle = card.afterwards
    length = duration(gentle.minutes_total)
    sentence = f"Afterwards, something gentle: {gentle.title} ({length})"
    return layout.wrapped(layout.spelled(sentence))


def _point_line(layout: Layout, card: ShortCard, room: int) -> Text:
    """What speaks for a card and against it, as much of it as `room` cells hold."""
    points = list(card.points)
    line = _points(layout, card, card.contrast, points)
    while line.cell_len > room and (dropped := dispensable(points)):
        points.remove(dropped)
        line = _points(layout, card, card.contrast, points)
    if line.cell_len <= room:
        return line
    return _points(layout, card, None, points)


def _points(
    layout: Layout,
    card: ShortCard,
    contrast: str | None,
    points: Sequence[Point],
) -> Text:
    parts = [contrast] if contrast else []
    parts += [f"{point.sign.value} {_brief(card, point)}" for point in points]
    return Text(layout.spelled("  ".join(parts)))


def _brief(card: ShortCard, point: Point) -> str:
    """A point in as few words as it can be said: that it is over in time says that it fits."""
    if card.done and point.is_in_time:
        return card.done
    return point.words
