"""The questions, asked on stderr: drawn, or as plain numbered lines.

The only room that knows questionary and prompt_toolkit, and it enters theirs only to draw:
importing them takes longer than everything else cryrec does.
"""

from __future__ import annotations

import sys

from cryrec.conversation.prompts.choices import (
    BACK,
    ENTER,
    ESCAPE,
    Asker,
    Choice,
    Key,
    Marks,
    Press,
    Row,
    Table,
)
from cryrec.terminal import is_accessible, shows_unicode

__all__ = [
    "BACK",
    "ENTER",
    "ESCAPE",
    "Asker",
    "Choice",
    "Key",
    "Marks",
    "Press",
    "Row",
    "Table",
    "asker",
]


def asker() -> Asker:
    """The way of asking that suits the terminal.

    Where it shows ASCII only the plain one, because the drawn marks would look like the empty ones.
    """
    if is_accessible() or not shows_unicode(sys.stderr):
        from cryrec.conversation.prompts.plain import PlainAsker

        return PlainAsker()
    from cryrec.conversation.prompts.drawn import DrawnAsker

    return DrawnAsker()
