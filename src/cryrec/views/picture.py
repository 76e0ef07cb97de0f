"""Cards as an SVG picture to send to somebody, which needs nothing from the network.

Rich draws pictures, too, but counts characters where it should count cells, so that Japanese is
squeezed to half its width. Here every piece of a line is told where it begins and how wide it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from html import escape
from itertools import chain
from typing import Final, NamedTuple

from cryrec.models import Title
from cryrec.recommend.suggesting import Recommendation
from cryrec.terminal import Look
from cryrec.views import USUAL, Detail
from cryrec.views.frames import body
from cryrec.views.full import FullCard
from cryrec.views.layout import STRONG, Layout, Style, Text, cell_len, runs
from cryrec.views.points import asked_of
from cryrec.views.short import short_cards

CELL: Final = 8.4
"""Units that one terminal cell is wide."""

LINE: Final = 21
"""Units from one line to the next."""

FONT: Final = 14
"""Units of the letters' size."""

BASELINE: Final = 15
"""Units from the top of a line to the foot of its letters."""

MARGIN: Final = 20
PADDING: Final = 18
GAP: Final = 14

FULL_CELLS: Final = 72
SHORT_CELLS: Final = 36

_PIECE: Final = re.compile("([\u25b0\u25b1]+|  +)")
"""What a line is cut at: the shape of the tissues, and wide spaces, which SVG would collapse."""


class Theme(NamedTuple):
    """The colours of a picture, from the ground up."""

    ground: str
    card: str
    edge: str
    words: str
    strong: str
    faint: str
    tissues: str


class Ground(Enum):
    """On what a picture is drawn."""

    DARK = Theme(
        "#16161d",
        "#1f1f28",
        "#363646",
        "#b4b3a7",
        "#f2ecd8",
        "#54546d",
        "#d27e99",
    )
    LIGHT = Theme(
        "#f4f1ea",
        "#fffdf8",
        "#ddd6c8",
        "#57534a",
        "#1d1b17",
        "#c9c1b1",
        "#b3476d",
    )

    @classmethod
    def of(cls, light: bool) -> Ground:
        """What `--light` chooses."""
        return cls.LIGHT if light else cls.DARK


class _Block(NamedTuple):
    """A card, or a heading without a `frame`: its lines, from an upper left corner on."""

    left: float
    top: float
    cells: int
    lines: Sequence[Text]
    frame: bool = True

    @property
    def width(self) -> float:
        return self.cells * CELL + (2 * PADDING if self.frame else 0)

    @property
    def height(self) -> float:
        return len(self.lines) * LINE + (2 * PADDING if self.frame else 0)


def picture_of_title(
    title: Title, detail: Detail = USUAL, ground: Ground = Ground.DARK
) -> str:
    """The full card as an SVG document."""
    card = FullCard(_layout(FULL_CELLS), detail, now=None, names_flags=False)
    block = _Block(MARGIN, MARGIN, FULL_CELLS, card.lines(title))
    return _document([block], title.title, ground.value)


def picture_of_cards(
    recommendation: Recommendation, ground: Ground = Ground.DARK
) -> str:
    """The short cards beside one another as an SVG document, under what was answered."""
    layout = _layout(SHORT_CELLS)
    cards = list(short_cards(recommendation, USUAL, now=None))
    columns = [body(layout, card) for card in cards]
    height = max(column.height for column in columns)
    blocks = []
    top = MARGIN + LINE + GAP
    next_left: float = MARGIN
    for column in columns:
        lines = column.lines(layout, height)
        block = _Block(next_left, top, SHORT_CELLS, lines)
        next_left += block.width + GAP
        blocks.append(block)
    cells = int((next_left - GAP - MARGIN) / CELL)
    answered = Text(layout.separator.join(asked_of(recommendation)), STRONG)
    heading = layout.shortened(answered, cells)
    head = _Block(MARGIN, MARGIN, cells, [heading], frame=False)
    caption = ", ".join(card.title.title for card in cards)
    return _document([head, *blocks], caption, ground.value)


def _layout(cells: int) -> Layout:
    return Layout(
        Look(cells, styled=True, unicode=True, drawn=True, live=False)
    )


def _document(blocks: Sequence[_Block], name: str, theme: Theme) -> str:
    width = max(block.left + block.width for block in blocks) + MARGIN
    height = max(block.top + block.height for block in blocks) + MARGIN
    size = f'width="{width:g}" height="{height:g}"'
    view_box = f'viewBox="0 0 {width:g} {height:g}"'
    elements = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size} {view_box}>',
        f"<title>{escape(name)}</title>",
        f"<style>{_css(theme)}</style>",
        f'<rect {size} rx="14" fill="{theme.ground}"/>',
    ]
    for block in blocks:
        elements += _drawn(block, theme)
    return "\n".join([*elements, "</svg>", ""])


def _css(theme: Theme) -> str:
    fonts = 'ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace'
    return (
        f"text {{ font: {FONT}px {fonts}; fill: {theme.words}; }} "
        f".strong {{ font-weight: bold; fill: {theme.strong}; }}"
    )


def _drawn(block: _Block, theme: Theme) -> Iterator[str]:
    """The elements of one block."""
    inset = PADDING if block.frame else 0
    if block.frame:
        place = f'x="{block.left:g}" y="{block.top:g}"'
        size = f'width="{block.width:g}" height="{block.height:g}" rx="10"'
        yield f'<rect {place} {size} fill="{theme.card}" stroke="{theme.edge}"/>'
    for number, line in enumerate(block.lines):
        top = block.top + inset + number * LINE
        for cells, words, style in _pieces(line):
            left = block.left + inset + cells * CELL
            if words[0] in "\u25b0\u25b1":
                yield from _tissues(left, top, words, theme)
            else:
                yield _words(left, top, words, style)


def _pieces(line: Text) -> Iterator[tuple[int, str, Style]]:
    """A line in pieces of one style and one width of letters, each with the cells before it."""
    cells = 0
    for run, style in runs(line):
        parts = _PIECE.split(run)
        for piece in chain.from_iterable(map(_of_one_width, parts)):
            bare_piece = piece.lstrip(" ")
            if bare_piece.strip():
                spaces_before = len(piece) - len(bare_piece)
                yield cells + spaces_before, bare_piece.rstrip(" "), style
            cells += cell_len(piece)


def _of_one_width(words: str) -> Iterator[str]:
    """The words cut wherever letters of one cell and letters of two meet."""
    piece = ""
    for letter in words:
        if piece and cell_len(piece[-1]) != cell_len(letter) > 0:
            yield piece
            piece = ""
        piece += letter
    if piece:
        yield piece


def _words(left: float, top: float, words: str, style: Style) -> str:
    baseline = top + BASELINE
    place = f'x="{left:.4g}" y="{baseline:g}"'
    # Letters of any font stand where a terminal would put them: spread, never squeezed.
    width = cell_len(words) * CELL
    size = f'textLength="{width:.4g}" lengthAdjust="{_adjusting(words)}"'
    look = ' class="strong"' if style.bold else ""
    escaped = escape(words, quote=False)
    return f"<text {place} {size}{look}>{escaped}</text>"


def _adjusting(words: str) -> str:
    return "spacing" if cell_len(words[0]) > 1 else "spacingAndGlyphs"


def _tissues(
    left: float, top: float, shape: str, theme: Theme
) -> Iterator[str]:
    """Tissues drawn rather than written: few fonts have the shape."""
    for number, sign in enumerate(shape):
        across = left + number * CELL + 3
        down = top + 5
        corners = (
            f"M{across:.4g} {down:g}h{TISSUE_WIDTH:g}l-3 11h-{TISSUE_WIDTH:g}z"
        )
        colour = theme.tissues if sign == "\u25b0" else theme.faint
        yield f'<path d="{corners}" fill="{colour}"/>'


TISSUE_WIDTH: Final = 5.6
"""Units of its upper edge."""
