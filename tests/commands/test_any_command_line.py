"""Command lines that nobody would think of end with a documented exit code, never a traceback.

A thousand of them here; CRYREC_FUZZ asks for another number.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from cryrec.cli import COMMANDS, app, load_command
from cryrec.models import Band, Mood, NoteId

DOCUMENTED = {0, 2, 3, 4}

TAKEN = {
    flag
    for name in COMMANDS
    for parameter in load_command(name).params
    for flag in parameter.opts
    if flag.startswith("-")
}
"""Every flag of every command."""

WRITING = {"--save"}
"""Flags that write a file wherever a word says."""

FLAGS = sorted(
    {"--", "--version", "--help", "-h", "--catalogue", *TAKEN} - WRITING
)

VALUES = (
    *Mood, *Band, *NoteId, "any", "none", "0", "1", "5", "-1", "2h30", "movie", "grave", "clannad",
    "fireflies", "studio", "kyoani", "your name", "title", "fantasy", "lighter", "harder",
)  # fmt: skip

# No operating system can hand a program a null character.
TEXT = st.text(st.characters(exclude_characters="\0"), max_size=12)
WORDS = st.one_of(st.sampled_from(FLAGS), st.sampled_from(VALUES), TEXT)
LINES = st.builds(
    lambda command, rest: [*command, *rest],
    st.one_of(
        st.just([]),
        st.sampled_from([[name] for name in COMMANDS]),
        st.lists(WORDS, max_size=1),
    ),
    st.lists(WORDS, max_size=7),
)


@settings(
    max_examples=int(os.environ.get("CRYREC_FUZZ", "1000")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
@given(LINES)
def test_no_command_line_ends_in_a_traceback(words: list[str]) -> None:
    """Whatever is typed, the exit code is documented and an error is one line under our name."""
    result = CliRunner().invoke(
        app, words, prog_name="cryrec", env={"CRYREC_NO_INPUT": "1"}
    )
    if not isinstance(result.exception, SystemExit | None):
        raise result.exception
    assert result.exit_code in DOCUMENTED, words
    if result.exit_code == 2:
        assert result.stderr.startswith("cryrec: ")
        assert result.stderr.count("\n") == 1
