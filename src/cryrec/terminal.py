"""The two streams: what they can show, and the only places that write to them.

stdout is the reply, stderr everything else. Standard streams may be closed, piped, or of any
encoding; none of that is an error.
"""

from __future__ import annotations

import os
import signal
import stat
import sys
import textwrap
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final, NamedTuple, TextIO

from cryrec.errors import printable as printable

NARROWEST: Final = 20
WIDEST: Final = 200
USUAL: Final = 80
USUAL_HEIGHT: Final = 24


class Look(NamedTuple):
    """How a reply may look: `width` in cells, and what the stream can show.

    `styled` allows colour and weight, `unicode` anything but ASCII, `drawn` rules made of lines;
    `live` says that a person is looking at this very moment, on a screen of `height` lines.
    """

    width: int
    styled: bool
    unicode: bool
    drawn: bool
    live: bool
    height: int = USUAL_HEIGHT


def variable(name: str) -> str | None:
    """An environment variable; one that is set but empty counts as not set."""
    return os.environ.get(name) or None


def is_terminal(stream: TextIO | None) -> bool:
    """Whether a person is at the other end of `stream`, which may be closed or missing."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


def is_piped(stream: TextIO | None) -> bool:
    """Whether another program reads `stream`: perhaps a pager, which has the screen to itself."""
    try:
        mode = os.fstat(stream.fileno()).st_mode if stream else 0
    except (OSError, ValueError):
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)


def is_interactive() -> bool:
    """Whether somebody can be asked: keyboard on stdin, screen on stderr."""
    return is_terminal(sys.stdin) and is_terminal(sys.stderr)


def is_accessible() -> bool:
    """Whether questions should be plain lines, read line by line, with nothing redrawn."""
    return variable("ACCESSIBLE") is not None or variable("TERM") == "dumb"


def width() -> int:
    """Columns to write in: COLUMNS, else the terminal's, else 80; always 20 to 200."""
    columns = _asked_columns() or _terminal_columns() or USUAL
    return max(NARROWEST, min(WIDEST, columns))


def height() -> int:
    """Lines of the screen, else 24."""
    size = _terminal_size()
    return (size.lines if size else 0) or USUAL_HEIGHT


def has_columns() -> bool:
    """Whether COLUMNS asks for a width."""
    return _asked_columns() is not None


def _asked_columns() -> int | None:
    columns = variable("COLUMNS") or ""
    is_number = columns.isascii() and columns.isdigit()
    return int(columns) if is_number and len(columns) < 9 else None


def _terminal_columns() -> int | None:
    size = _terminal_size()
    return size.columns if size else None


def _terminal_size() -> os.terminal_size | None:
    """The size of the terminal behind any of the standard streams; None if there is none."""
    for stream in (sys.stdout, sys.stderr, sys.stdin):
        if is_terminal(stream):
            return os.get_terminal_size(stream.fileno())
    return None


def shows_unicode(stream: TextIO | None) -> bool:
    """Whether `stream` takes any character there is."""
    encoding = getattr(stream, "encoding", None) or "ascii"
    letters = encoding.lower().replace("-", "").replace("_", "")
    return letters.startswith("utf")


def reply_look() -> Look:
    """How the reply on stdout may look."""
    live = is_terminal(sys.stdout)
    unicode = shows_unicode(sys.stdout)
    is_forced = variable("FORCE_COLOR") is not None
    is_quiet = variable("NO_COLOR") is not None or variable("TERM") == "dumb"
    return Look(
        width=width(),
        styled=(live or is_forced) and not is_quiet,
        unicode=unicode,
        drawn=live and unicode and not is_accessible(),
        live=live,
        height=height(),
    )


def emit(text: str) -> None:
    """Write a reply to stdout, in UTF-8 bytes.

    Raises BrokenPipeError when nobody reads, OSError where it cannot be written. Text meant for a
    stream of another encoding is ASCII already, which is the same bytes.
    """
    if sys.stdout is None or not text:
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()


def say(message: str) -> None:
    """One plain line on stderr, under the program's name; on a terminal, broken between words."""
    sentence = printable(f"cryrec: {message}")
    if is_terminal(sys.stderr):
        sentence = textwrap.fill(sentence, width())
    tell(sentence)


def tell(text: str) -> None:
    """Lines on stderr as they are, in characters it can show; silent if it is closed."""
    if sys.stderr is None:
        return
    printed = "\n".join(map(printable, text.split("\n")))
    if not shows_unicode(sys.stderr):
        printed = ascii_only(printed)
    try:
        sys.stderr.write(f"{printed}\n")
        sys.stderr.flush()
    except (OSError, ValueError):
        silence(sys.stderr)


ENDING_SIGNALS: Final = ("SIGTERM", "SIGHUP")
"""What ends a program from outside, by the names that not every system has."""

USUAL_SCREEN: Final = b"\x1b[0m\x1b[?25h\x1b[?2004l\x1b[?1l\r\n\x1b[J"
"""Colours off, cursor shown, pasting and arrow keys as usual, a new line and nothing below it."""


@contextmanager
def left_as_found() -> Iterator[None]:
    """Put the terminal back as it is now, should a signal end the program meanwhile.

    The program then ends by that very signal, as the shell expects.
    """
    if not is_interactive() or os.name != "posix":
        yield
        return
    import termios

    keyboard = sys.stdin.fileno()
    screen = sys.stderr.fileno()
    usual_modes = termios.tcgetattr(keyboard)

    def end(number: int, _: Any) -> None:
        # In the background the terminal belongs to somebody else, who has put it right already.
        with suppress(OSError, termios.error):
            if os.tcgetpgrp(keyboard) == os.getpgrp():
                termios.tcsetattr(keyboard, termios.TCSANOW, usual_modes)
                os.write(screen, USUAL_SCREEN)
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    with _handled(end):
        yield


@contextmanager
def _handled(end: Any) -> Iterator[None]:
    """Let `end` handle the signals that end a program, but for those that somebody has ignored."""
    ending = [getattr(signal, signal_name) for signal_name in ENDING_SIGNALS]
    heeded = [
        number
        for number in ending
        if signal.getsignal(number) is signal.SIG_DFL
    ]
    for number in heeded:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number in heeded:
            signal.signal(number, signal.SIG_DFL)


def silence(stream: TextIO) -> None:
    """Let the interpreter's last flush of `stream` go nowhere, once it cannot be written to.

    Otherwise what could not be written is tried again at exit, which then is a failure.
    """
    sink = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(sink, stream.fileno())
    except (OSError, ValueError, AttributeError):
        return
    finally:
        os.close(sink)


_ASCII: Final = str.maketrans(
    {
        "·": "-",
        "\u2019": "'",
        "\u2018": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2013": "-",
        "\u2014": "-",
        "\u2026": "...",
        "\u2606": " ",
        "\u25b0": "#",
        "\u25b1": ".",
    }
)


def ascii_only(text: str) -> str:
    """`text` with accents dropped and signs written out; what has no Latin form becomes "?"."""
    folded = unicodedata.normalize("NFKD", text.translate(_ASCII))
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    return bare.encode("ascii", "replace").decode("ascii")
