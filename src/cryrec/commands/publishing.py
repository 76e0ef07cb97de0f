"""Cards on stdout and what has to be said about them on stderr: by question or by flag alike."""

from __future__ import annotations

from collections.abc import Sequence

from cryrec.errors import NothingToShow
from cryrec.models import Title
from cryrec.recommend import Recommendation, blockers
from cryrec.terminal import emit, say
from cryrec.views import Detail, View
from cryrec.views.notices import about, nothing


def publish(
    titles: Sequence[Title],
    recommendation: Recommendation,
    view: View,
    detail: Detail,
    care: bool = True,
) -> None:
    """The cards on stdout, and what has to be said about them on stderr.

    Raises NothingToShow, naming the answers to change, where there is no card.
    """
    emit(view.suggestions(recommendation))
    for line in about(recommendation, detail, care):
        say(line)
    if not recommendation.suggestions:
        answers = recommendation.answers
        raise NothingToShow(nothing(answers, blockers(titles, answers)))
