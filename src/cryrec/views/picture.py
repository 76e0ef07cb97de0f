"""A card as an SVG picture that needs nothing from the network."""

from __future__ import annotations

from collections.abc import Sequence
from io import StringIO
from typing import Final

from rich.console import Console
from rich.text import Text

from cryrec.models import Title
from cryrec.terminal import Look
from cryrec.views import USUAL, Detail
from cryrec.views.cards import Cards

TEMPLATE: Final = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{
  font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: {char_height}px;
  line-height: {line_height}px;
  font-variant-east-asian: full-width;
}}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""
"""Rich's layout with fonts of the reader's own machine: Rich's template links one on the web."""


WIDTH: Final = 80

LOOK: Final = Look(WIDTH, styled=True, unicode=True, drawn=True, live=False)


def picture(title: Title, detail: Detail = USUAL) -> str:
    """The full card as an SVG document, in colour whatever the terminal."""
    return as_svg(Cards(LOOK, detail).card(title))


def as_svg(lines: Sequence[Text]) -> str:
    """Lines of a view, drawn as a terminal of `WIDTH` cells would show them."""
    console = Console(
        file=StringIO(),
        record=True,
        width=WIDTH,
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
        _environ={},
    )
    for line in lines:
        console.print(line, no_wrap=True, overflow="ignore", crop=False, highlight=False)
    return console.export_svg(title="cryrec", code_format=TEMPLATE, unique_id="cryrec")
