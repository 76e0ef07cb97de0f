"""Short cards side by side, each in a frame, where there is room for that.

A right-hand border has to stand in line, so signs that some terminals draw two cells wide are
written in ones that no terminal does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from cryrec.models import TISSUE_WORDS, Title
from cryrec.views.layout import (
    FAINT,
    MARK,
    STRONG,
    Layout,
    Text,
    padded,
    unambiguous,
)
from cryrec.views.points import dispensable
from cryrec.views.short import SCREENFUL, ShortCard, afterwards, facts_of

SIDE_BY_SIDE: Final = 120
"""Cells from which the cards stand side by side."""

WIDEST_FRAME: Final = 54
"""Cells beyond which a frame grows no wider."""

WIDEST_ROW: Final = SCREENFUL * WIDEST_FRAME + SCREENFUL - 1
"""Cells of a row of the widest frames."""

BESIDES: Final = 3
"""Lines of a row of frames that hold nothing: the one above, and two edges."""

MOST_TITLE_LINES: Final = 2


class Frames:
    """Short cards side by side, each in a frame."""

    def __init__(
        self, layout: Layout, cards: Sequence[ShortCard], chosen: int | None
    ) -> None:
        cells = min(
            WIDEST_FRAME, (layout.width - (SCREENFUL - 1)) // SCREENFUL
        )
        self.layout = layout
        self.inner = Layout(layout.look._replace(width=cells - 4))
        self.cards = cards
        self.chosen = chosen

    def lines(self, room: int | None) -> list[Text]:
        """The lines of all cards, three of them in a row."""
        lines = [Text()]
        for start in range(0, len(self.cards), SCREENFUL):
            cards_in_row = self.cards[start : start + SCREENFUL]
            lines += self._row(cards_in_row, room)
        extra: list[Text] = []
        for card in self.cards:
            extra += afterwards(self.layout, card)
        has_room = room is None or len(lines) + len(extra) <= room
        return [*lines, *extra] if has_room else lines

    def _row(
        self, cards: Sequence[ShortCard], room: int | None
    ) -> Iterator[Text]:
        bodies = [body(self.inner, card) for card in cards]
        height = max(column.height for column in bodies)
        if room is not None:
            height = min(height, room - BESIDES)
        framed_cards = []
        for card, column in zip(cards, bodies, strict=True):
            lines = column.lines(self.inner, height)
            framed_cards.append(self._framed(card, lines))
        for pieces in zip(*framed_cards, strict=True):
            yield Text(" ").join(pieces)

    def _framed(
        self, card: ShortCard, lines: Sequence[Text]
    ) -> Iterator[Text]:
        """The lines in a frame that says the card's number, and in what it differs."""
        edge = CHOSEN_FRAME if self.chosen == card.place - 1 else USUAL_FRAME
        style = MARK if edge is CHOSEN_FRAME else FAINT
        width = self.inner.width
        top = Text.assemble((edge.top_left, style), f" {card.place} ")
        role = role_of(card)
        if role:
            top.append(edge.flat * 2, style)
            top.append_text(self.inner.shortened(f" {role} ", width))
        rest_of_top = edge.flat * (width + 3 - top.cell_len)
        yield top.append(rest_of_top + edge.top_right, style)
        side = (edge.upright, style)
        for line in lines:
            yield Text.assemble(side, " ", padded(line, width), " ", side)
        bottom = edge.flat * (width + 2)
        yield Text(edge.bottom_left + bottom + edge.bottom_right, style)


class Edge(NamedTuple):
    """What a frame is drawn with."""

    top_left: str
    flat: str
    top_right: str
    upright: str
    bottom_left: str
    bottom_right: str


USUAL_FRAME: Final = Edge(*"\u256d\u2500\u256e\u2502\u2570\u256f")
CHOSEN_FRAME: Final = Edge(*"\u250f\u2501\u2513\u2503\u2517\u251b")


def role_of(card: ShortCard) -> str | None:
    """What a card is there for; None where nothing was asked that could fit."""
    if card.place > 1:
        return card.contrast
    return "closest" if card.points else None


class Column(NamedTuple):
    """A card in lines as narrow as a third of the screen; the description may be cut."""

    head: list[Text]
    blurb: list[Text]
    points: list[Text]
    foot: list[Text]

    @property
    def height(self) -> int:
        """The lines it needs if nothing is cut, an empty one between its parts included."""
        return sum(len(part) + 1 for part in self if part) - 1

    def lines(self, layout: Layout, height: int) -> list[Text]:
        """Exactly so many lines, the foot at the bottom.

        Empty lines go first, from below, then line by line the end of the description.
        """
        blurb = self.blurb
        fixed = len(self.head) + len(self.points) + len(self.foot)
        while len(blurb) > 1 and fixed + len(blurb) > height:
            blurb = layout.without_last(blurb)
        parts = [part for part in (self.head, blurb, self.points) if part]
        spare = height - fixed - len(blurb)
        lines: list[Text] = []
        for number, part in enumerate(parts):
            if 0 < number <= spare:
                lines.append(Text())
            lines += part
        room = height - len(self.foot)
        padding = [Text()] * (room - len(lines))
        return [*lines[:room], *padding, *self.foot]


MOST_POINTS: Final = 3
"""Points for and against that a frame has lines for."""


def body(layout: Layout, card: ShortCard) -> Column:
    """A card in the lines of a column."""
    title = card.title
    blurb = _steady(layout, title.blurb or "")
    notes = layout.joined(card.notes, card.kept)
    return Column(
        head=[
            *_names(layout, title),
            _tissues(layout, title.tissues),
            layout.shortened(facts_of(layout, title), layout.width),
        ],
        blurb=layout.wrapped(blurb) if blurb else [],
        points=_shortened(layout, _point_lines(layout, card)),
        foot=_shortened(layout, filter(None, (_makers(layout, title), notes))),
    )


def _shortened(layout: Layout, facts: Iterable[str]) -> list[Text]:
    """A line for each fact, as much of it as there is room for."""
    return [layout.shortened(fact, layout.width) for fact in facts]


def _tissues(layout: Layout, count: int | None) -> Text:
    """The shape of so many tissues, and what they mean."""
    if not count:
        return Text("tissues not known")
    return layout.tissues(count).append(f"  {TISSUE_WORDS[count - 1]}")


def _names(layout: Layout, title: Title) -> list[Text]:
    """The title in at most two lines, then the Japanese one."""
    names = layout.wrapped(Text(_steady(layout, title.title), STRONG))
    if len(names) > MOST_TITLE_LINES:
        names = layout.without_last(names[: MOST_TITLE_LINES + 1])
    if title.japanese is not None and title.japanese != title.title:
        japanese = _steady(layout, title.japanese)
        names.append(layout.shortened(japanese, layout.width))
    return names


def _makers(layout: Layout, title: Title) -> str:
    """Who made it, as much of that as leaves room for the age it is for."""
    age = f"{title.age}+" if title.age is not None else ""
    makers = _steady(layout, " and ".join(title.studios))
    room = layout.width - len(age) - len(layout.separator)
    short_makers = layout.shortened(makers, room)
    return layout.joined(short_makers.plain, age)


def _point_lines(layout: Layout, card: ShortCard) -> Iterator[str]:
    points = list(card.points)
    while len(points) > MOST_POINTS and (dropped := dispensable(points)):
        points.remove(dropped)
    for point in points[:MOST_POINTS]:
        done = f", {card.done}" if card.done and point.is_in_time else ""
        yield _steady(layout, f"{point.sign.value} {point.words}{done}")


def _steady(layout: Layout, words: str) -> str:
    """The words as they may stand before a right-hand border."""
    if layout.look.drawn:
        return unambiguous(words)
    return layout.spelled(words)
