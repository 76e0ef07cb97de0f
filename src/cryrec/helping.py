"""How `--help` shows a command of many options: in groups, one line a row, on one screen."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, Final, NamedTuple

from typer.core import TyperCommand


class Group(StrEnum):
    """What an option is there for, in the order in which the help shows it."""

    WHAT = "What"
    LIMITS = "Limits"
    COMPARED = "Compared"
    OUTPUT = "Output"
    BEHAVIOUR = "Behaviour"


TOGETHER: Final = {
    ("--gentler", "--harder", "--shorter", "--longer"): "Than that title.",
    ("--notes", "--spoilers"): "Content notes; all of them, and the ending.",
    ("--explain", "--why-not TITLE"): "Show the sum; what keeps one out.",
    ("--save FILE.svg", "--light"): "A picture as well; on a light ground.",
    ("--ask", "--no-input"): "Ask what the flags left open; never ask.",
}
"""Options of one group that stand in one row, and what is said of them there."""

LABEL_WIDTH: Final = 11
TERM_WIDTH: Final = 21

NARROWEST: Final = 70
"""Columns below which the groups would be all edges, and the plain list is easier to read."""


class Row(NamedTuple):
    """One line of the help: what is typed, and what it means."""

    term: str
    meaning: str


class GroupedCommand(TyperCommand):
    """A command that shows its options in groups, if it has some in every one of them."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the options, and below them nothing."""
        rows = self._rows(ctx)
        if len(rows) < len(Group) or formatter.width < NARROWEST:
            super().format_options(ctx, formatter)
            return
        formatter.write_paragraph()
        for group in Group:
            for place, row in enumerate(joined_rows(rows[group])):
                label = "" if place else group.value
                formatter.write(f"{drawn(label, row, formatter.width)}\n")

    def _rows(self, ctx: Any) -> dict[Group, list[Row]]:
        """The rows of each group that has any, in the order of the options."""
        rows: dict[Group, list[Row]] = {}
        for option in self.get_params(ctx):
            record = option.get_help_record(ctx)
            if record is None or option.param_type_name != "option":
                continue
            # What the framework adds, --help itself, is of no group.
            panel = getattr(option, "rich_help_panel", None) or Group.BEHAVIOUR
            rows.setdefault(Group(panel), []).append(Row(*record))
        return rows


def joined_rows(rows: list[Row]) -> Iterator[Row]:
    """The rows, those that stand together in the place of the first of them."""
    terms = [row.term for row in rows]
    for row in rows:
        together = next(
            (names for names in TOGETHER if row.term in names), None
        )
        if together is None or not set(together) <= set(terms):
            yield row
        elif row.term == together[0]:
            yield Row(", ".join(together), TOGETHER[together])


def drawn(label: str, row: Row, width: int) -> str:
    """A row under its label; a term too long for its column pushes its meaning to the right."""
    head = f"{label:{LABEL_WIDTH}}{row.term}  "
    indent = LABEL_WIDTH + TERM_WIDTH
    return textwrap.fill(
        row.meaning,
        width,
        initial_indent=f"{head:{indent}}",
        subsequent_indent=" " * indent,
    )
