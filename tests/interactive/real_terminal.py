"""cryrec at a pseudo terminal, and the keys of a person in front of it."""

from __future__ import annotations

import os
import re
import shlex
import sys
from collections.abc import Callable

import pexpect
import pyte

QUESTIONS = {
    "mood": ("What kind of cry are you after?", "Enter: "),
    "time": ("How long have you got?", "Enter: "),
    "tissues": ("How hard should it hit?", "Enter: "),
    "avoid": ("Anything to steer clear of?", "Enter: "),
    "always": ("every time?", "Enter: "),
    "menu": (" help", " quit"),
}
"""Each question with the line below its choices: once that is drawn, keys are read."""

ENTER = "\r"
DOWN = "\x1b[B"
UP = "\x1b[A"
LEFT = "\x1b[D"
RIGHT = "\x1b[C"
BACKSPACE = "\x7f"
CTRL_Z = "\x1a"
SPACE = " "
ESCAPE = "\x1b"
CTRL_C = "\x03"
CTRL_D = "\x04"

CRYREC = (sys.executable, "-m", "cryrec")

QUIET = 0.4
"""Seconds without a change after which a screen is looked at."""

ANYTHING = re.compile(".+", re.DOTALL)

ASKS_FOR_CURSOR = "\x1b[6n"
"""Where is the cursor? A late reply would be typed into the shell."""

ESCAPES = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|[()][A-Z0-9]|[=>])")


class Terminal:
    """`cryrec` at a pseudo terminal; `redirect` is what a shell would write behind the command."""

    program: tuple[str, ...] = ()
    """What runs there, where it is not cryrec itself."""

    def __init__(
        self,
        *args: str,
        columns: int = 100,
        rows: int = 60,
        redirect: str = "",
        **env: str,
    ) -> None:
        surroundings = {
            **os.environ,
            "TERM": "xterm",
            "PYTHONUTF8": "1",
            **env,
        }
        self.child = pexpect.spawn(
            "/bin/sh",
            [
                "-c",
                f'exec "$@" {redirect}',
                "sh",
                *(self.program or CRYREC),
                *args,
            ],
            env=surroundings,
            dimensions=(rows, columns),
            encoding="utf-8",
            timeout=10,
        )
        self.raw = ""
        self.fed = 0
        self.seen = pyte.Screen(columns, rows)
        self.stream = pyte.Stream(self.seen)

    def until(self, *texts: str) -> str:
        """Wait until all of `texts` have appeared, in their order; what came until then."""
        before = len(self.raw)
        for text in texts:
            self.child.expect_exact(text)
            self.raw += self.child.before + self.child.after
        return plain(self.raw[before:])

    def asked(self, name: str) -> str:
        """Wait until a question stands there with all its choices; what came until then."""
        return self.until(*QUESTIONS[name])

    def press(self, *keys: str) -> None:
        """Keys, as if typed quickly."""
        self.child.send("".join(keys))

    def enter_until(self, name: str) -> None:
        """Enter at every question before `name`, which then stands there; nothing is marked."""
        for each in QUESTIONS:
            if each == "always":
                continue
            self.asked(each)
            if each == name:
                return
            self.press(ENTER)

    def ended(self) -> int:
        """Wait for the end; the exit code."""
        self.child.expect(pexpect.EOF)
        self.raw += self.child.before
        self.child.close()
        assert "Traceback" not in self.raw, self.text
        assert ASKS_FOR_CURSOR not in self.raw
        return int(self.child.exitstatus)

    @property
    def screen(self) -> list[str]:
        """The lines on the screen, once nothing has changed for a moment."""
        ends = [ANYTHING, pexpect.TIMEOUT, pexpect.EOF]
        while self.child.expect(ends, timeout=QUIET) == 0:
            self.raw += self.child.before + self.child.after
        return self._lines()

    def shows(self, *texts: str) -> list[str]:
        """Wait until all of `texts` stand on the screen at once; its lines."""
        return self.becomes(
            lambda lines: all(text in "\n".join(lines) for text in texts)
        )

    def becomes(self, is_right: Callable[[list[str]], bool]) -> list[str]:
        """Wait until the lines on the screen are right; those lines."""
        while not is_right(lines := self._lines()):
            self.child.expect(ANYTHING)
            self.raw += self.child.before + self.child.after
        return lines

    def _lines(self) -> list[str]:
        self.stream.feed(self.raw[self.fed :])
        self.fed = len(self.raw)
        return [line.rstrip() for line in self.seen.display]

    def resize(self, rows: int, columns: int) -> None:
        """Give the window another size, as if its corner were pulled."""
        assert self.screen
        self.seen.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    @property
    def text(self) -> str:
        """Everything that appeared, without escapes."""
        return plain(self.raw)


class Shell(Terminal):
    """A shell that can suspend what it runs."""

    program = ("bash", "--norc", "--noprofile", "-i")

    def __init__(self, **env: str) -> None:
        super().__init__(PS1="READY ", CRYREC=shlex.join(CRYREC), **env)
        self.until("READY ")

    def run(self, line: str) -> None:
        """Type a line and Enter; `$CRYREC` is the program."""
        self.press(line, ENTER)


def plain(text: str) -> str:
    """`text` without escapes; what is drawn over something erased starts a line of its own."""
    return re.sub(
        r"\r+\n", "\n", ESCAPES.sub("", text.replace("\x1b[J", "\n"))
    )
