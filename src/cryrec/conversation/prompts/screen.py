"""What everything that is drawn has in common: where, in which colours, and how one leaves."""

from __future__ import annotations

import sys
import textwrap
from collections.abc import Callable, Sequence
from typing import Any, Final

from prompt_toolkit.application import Application
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout import HSplit, Layout, VerticalAlign, Window
from prompt_toolkit.output import ColorDepth, Output, create_output
from prompt_toolkit.output.vt100 import Vt100_Output
from prompt_toolkit.styles import Style

from cryrec.errors import Interrupted
from cryrec.terminal import left_as_found, tell, width

STYLE: Final = Style(
    [
        ("qmark", "ansicyan bold"),
        ("question", "bold"),
        ("answer", "ansicyan"),
        ("pointer", "ansicyan bold"),
        ("pointed", "ansicyan bold"),
        ("selected", "ansicyan"),
        ("label", "bold"),
        ("disabled", ""),
        ("help", ""),
        ("key", "ansicyan bold"),
        ("closed", ""),
    ]
)
"""The terminal's own colours alone, and none that some theme paints like its background.

Nothing is dimmed that has to be read: half the themes with a light ground make that unreadable.
"""

QUICK: Final = 0.05
"""Seconds to wait for the rest of an arrow key's sequence. Left alone, Escape takes one and a half
seconds, and swallows what is typed in the meantime."""


def output() -> Output:
    """The screen behind stderr; questionary's own choice would be stdout, which is the answer's.

    Nothing asks the terminal where its cursor is: not all reply, and a late reply would be typed
    into the shell.
    """
    screen = create_output(stdout=sys.stderr)
    if isinstance(screen, Vt100_Output):
        screen.enable_cpr = False
    return screen


def colours() -> ColorDepth:
    """Sixteen colours, or whatever the environment asks for."""
    return ColorDepth.from_env() or ColorDepth.DEPTH_4_BIT


def application(
    parts: Sequence[Window], bindings: KeyBindings
) -> Application[Any]:
    """Windows below one another on stderr, which are gone once there is a reply."""
    return Application(
        layout=Layout(HSplit(parts, align=VerticalAlign.TOP)),
        key_bindings=bindings,
        style=STYLE,
        output=output(),
        color_depth=colours(),
        erase_when_done=True,
    )


def settle(question: str, labels: Sequence[str]) -> None:
    """Leave an answered question behind as one line; nothing for one that was not answered."""
    if labels:
        tell(
            textwrap.fill(
                f"{question} {', '.join(labels)}",
                width(),
                subsequent_indent="  ",
            )
        )


def run(application: Application[Any]) -> Any:
    """What an application replies; raises Interrupted if the person leaves.

    Killed meanwhile, it leaves the terminal as it found it.
    """
    application.ttimeoutlen = QUICK
    application.timeoutlen = QUICK
    try:
        with left_as_found():
            return application.run()
    except (KeyboardInterrupt, EOFError):
        raise Interrupted from None


def bind_leaving(bindings: KeyBindings) -> None:
    """Ctrl-C and Ctrl-D leave, Ctrl-Z suspends until `fg`."""

    @bindings.add("c-c", eager=True)
    @bindings.add("c-d", eager=True)
    @bindings.add(Keys.SIGINT, eager=True)
    def _(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt)

    @bindings.add("c-z", eager=True)
    def _(event: KeyPressEvent) -> None:
        event.app.suspend_to_background()


def bind_typing(bindings: KeyBindings, typed: Callable[[str], None]) -> None:
    """Hand every character that is typed or pasted to `typed`; none may be a hidden command."""

    def take(event: KeyPressEvent) -> None:
        line = event.data.split("\n")[0].split("\r")[0]
        if line.isprintable():
            typed(line)

    bind_keys(bindings, take)
    bindings.add(Keys.BracketedPaste, eager=True)(take)


def bind_keys(
    bindings: KeyBindings, pressed: Callable[[KeyPressEvent], None]
) -> None:
    """Hand every key that types a character to `pressed`."""
    # By name, too: a binding for any key gives way to one for that very key.
    for code in range(ord("!"), ord("~") + 1):
        bindings.add(chr(code), eager=True)(pressed)
    bindings.add(Keys.Any, eager=True)(pressed)
