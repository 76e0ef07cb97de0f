"""A reply on stdout, and what has to be said about it on stderr: by question or by flag alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from cryrec.errors import NothingToShow, UsageProblem, shown_path
from cryrec.files import write_whole
from cryrec.library.entries import Change, Undone
from cryrec.recommend.answers import AnswerName
from cryrec.recommend.loosening import blockers
from cryrec.recommend.pool import Pool
from cryrec.recommend.suggesting import Recommendation
from cryrec.terminal import emit, say
from cryrec.views import Detail, Output, View, view_for
from cryrec.views.notices import about, nothing


def show_cards(
    pool: Pool,
    recommendation: Recommendation,
    view: View,
    detail: Detail,
    care: bool = True,
    asked: bool = False,
    called: Mapping[AnswerName, str] = {},
) -> None:
    """The cards on stdout, and what has to be said about them on stderr.

    Without `care` the line about heavy days is left out; whoever was `asked` is told of no
    flags, and nobody of one that they did not type: `called` names those answers.

    Raises NothingToShow, naming the answers to change, where there is no card.
    """
    emit(view.suggestions(recommendation))
    for line in about(recommendation, detail, care, asked):
        say(line)
    if not recommendation.suggestions:
        answers = recommendation.answers
        raise NothingToShow(
            nothing(answers, blockers(pool, answers), asked, called)
        )


def save_picture(path: Path, drawn: str) -> None:
    """Write a picture. Raises UsageProblem for a name that is no picture's, or UnusableFile."""
    if path.suffix.lower() != ".svg":
        name = shown_path(path)
        raise UsageProblem(
            f"--save writes an SVG picture, so the file must end in .svg: {name}"
        )
    write_whole(path, drawn)


def show_changes(changes: Sequence[Change], output: Output) -> None:
    """What changed and how to take it back: on stderr for a person, as a document for a script."""
    _tell(view_for(output).changes(changes), output)


def show_undone(undone: Undone, output: Output) -> None:
    """What was taken back, where `show_changes` says what changed."""
    _tell(view_for(output).undone(undone), output)


def _tell(reply: str, output: Output) -> None:
    if output is Output.JSON:
        emit(reply)
        return
    for line in reply.splitlines():
        say(line)
