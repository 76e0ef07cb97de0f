"""What a person types after a flag, and the answer that it is."""

from __future__ import annotations

import pytest

from cryrec.errors import UsageProblem
from cryrec.models import Band, Mood, Setting
from cryrec.recommend.parsing import (
    read_format,
    read_moods,
    read_setting,
    read_time,
)


@pytest.mark.parametrize("mood", Mood)
def test_a_label_on_the_screen_is_understood(mood: Mood) -> None:
    """What a kind of cry is called can be typed, whatever the case."""
    assert read_moods([mood.label]) == (mood,)
    assert read_moods([mood.phrase.upper()]) == (mood,)


@pytest.mark.parametrize(
    "words",
    ["2:00", "2 hours", "120 minutes", "2h", "120", "2 h 00", "120m", "2hrs"],
)
def test_a_time_is_understood_as_people_write_it(words: str) -> None:
    """Two hours are two hours, however they are written."""
    limit = read_time(words)
    assert limit is not None
    assert limit.limit == 120


@pytest.mark.parametrize(
    ("words", "band"), [*((band.label, band) for band in Band)]
)
def test_a_length_on_the_screen_is_understood(words: str, band: Band) -> None:
    """What a length is called can be typed."""
    limit = read_time(words)
    assert limit is not None
    assert limit.band is band


@pytest.mark.parametrize(
    "words", ["2:60", "2:5", ":30", "2 days", "two hours", "0:00"]
)
def test_a_time_that_cannot_be_is_refused(words: str) -> None:
    """Whatever is no time is named, and nothing is guessed."""
    with pytest.raises(UsageProblem, match="is no time"):
        read_time(words)


@pytest.mark.parametrize(
    ("words", "setting"),
    [(setting.label, setting) for setting in Setting] + [("scifi", "sci-fi")],
)
def test_a_setting_is_understood_in_everyday_words(
    words: str, setting: str
) -> None:
    """The words on a card, and those that people say."""
    assert read_setting(words) == setting


@pytest.mark.parametrize(
    ("words", "kind"),
    [("tv", "series"), ("film", "movie"), ("show", "series")],
)
def test_a_format_is_understood_in_everyday_words(
    words: str, kind: str
) -> None:
    """A film is a movie."""
    assert read_format(words) == kind
