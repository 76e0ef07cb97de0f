"""cryrec at a pseudo terminal, and the keys of a person in front of it."""

from __future__ import annotations

import os
import re
import sys

import pexpect

QUESTIONS = {
    "mood": ("What kind of cry are you after?", "Surprise me"),
    "time": ("How long have you got?", "Doesn't matter"),
    "tissues": ("How hard should it hit?", "Doesn't matter"),
    "avoid": ("Anything to steer clear of?", "And every time from now on"),
    "menu": ("What next?", "Quit"),
}
"""Each question with the last of its choices: once that is drawn, keys are read."""

ENTER = "\r"
DOWN = "\x1b[B"
UP = "\x1b[A"
SPACE = " "
ESCAPE = "\x1b"
CTRL_C = "\x03"
CTRL_D = "\x04"

ESCAPES = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|[()][A-Z0-9]|[=>])")


class Terminal:
    """`cryrec` at a pseudo terminal; `redirect` is what a shell would write behind the command."""

    def __init__(self, *args: str, columns: int = 100, redirect: str = "", **env: str) -> None:
        surroundings = {
            **os.environ,
            "TERM": "xterm",
            "PROMPT_TOOLKIT_NO_CPR": "1",
            "PYTHONUTF8": "1",
            **env,
        }
        self.child = pexpect.spawn(
            "/bin/sh",
            ["-c", f'exec "$@" {redirect}', "sh", sys.executable, "-m", "cryrec", *args],
            env=surroundings,
            dimensions=(60, columns),
            encoding="utf-8",
            timeout=10,
        )
        self.raw = ""

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
        """Enter at every question before `name`, which then stands there."""
        for each in QUESTIONS:
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
        return int(self.child.exitstatus)

    @property
    def text(self) -> str:
        """Everything that appeared, without escapes."""
        return plain(self.raw)


def plain(text: str) -> str:
    """`text` without escapes; what is drawn over something erased starts a line of its own."""
    return re.sub(r"\r+\n", "\n", ESCAPES.sub("", text.replace("\x1b[J", "\n")))
