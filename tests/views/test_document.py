"""The JSON view: exactly the keys that were promised, and the types that scripts rely on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from views.gallery import (
    BY_ID,
    CATALOGUE,
    COUNTS,
    FOUND,
    KEPT_OUT,
    POOL,
    RECOMMENDED,
    TITLES,
    answers_of,
)

from cryrec.models import Band, Format, Mood
from cryrec.recommend.answers import Answers, TimeLimit
from cryrec.recommend.suggesting import recommend
from cryrec.views import Detail
from cryrec.views.document import Document

TITLE = {
    *(
        "id",
        "title",
        "romaji",
        "japanese",
        "aliases",
        "studios",
        "format",
        "episodes",
        "minutes",
    ),
    *(
        "minutes_total",
        "season",
        "year",
        "moods",
        "tissues",
        "setting",
        "age",
        "blurb",
    ),
    *(
        "watch_first",
        "sequels",
        "mal_ids",
        "anilist_id",
        "article_position",
        "source_note",
    ),
    *("notes_count", "shelf", "readings", "translations", "about"),
}

ANSWERS = {
    *(
        "mood",
        "time",
        "minutes_limit",
        "format",
        "tissues",
        "avoid",
        "aftertaste",
        "setting",
    ),
    *(
        "max_age",
        "shelf",
        "words",
        "like",
        "directions",
        "still",
        "count",
        "seed",
    ),
}
"""What was promised; a new answer has a key of its own, and that stands in docs/json.md."""

SUGGEST_KEYS = {
    *("answers", "understood", "not_understood"),
    *("relaxed", "alternatives", "suggestions"),
}

SUGGESTION = {
    "role",
    "score",
    "ledger",
    "similarity",
    "fits",
    "why",
    "contrast",
}

LISTS = {
    *(
        "aliases",
        "studios",
        "moods",
        "watch_first",
        "sequels",
        "mal_ids",
        "notes",
    ),
    *(
        "mood",
        "avoid",
        "directions",
        "still",
        "relaxed",
        "alternatives",
        "suggestions",
    ),
    *("understood", "not_understood", "matched_words"),
    *(
        "words",
        "entries",
        "fits",
        "why",
        "matches",
        "did_you_mean",
        "titles",
        "failed",
        "change",
        "about",
    ),
}
"""The keys whose value is always a list; so are a title's `setting` and the answers' `shelf`."""


def keys(record: dict[str, Any]) -> set[str]:
    """The keys of a document without the one that every document begins with."""
    assert next(iter(record)) == "schema_version"
    assert record["schema_version"] == 1
    return set(record) - {"schema_version"}


def records(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a document, however deep; but for a ledger, whose keys are other words."""
    if isinstance(value, dict):
        yield value
        value = [each for key, each in value.items() if key != "ledger"]
    if isinstance(value, list):
        for each in value:
            yield from records(each)


@pytest.mark.parametrize(
    ("detail", "more"),
    [
        (Detail(), set()),
        (Detail(explain=True), set()),
        (Detail(notes=True), {"notes"}),
        (Detail(spoilers=True), {"notes", "ending"}),
        (Detail(notes=True, spoilers=True), {"notes", "ending"}),
    ],
)
def test_a_title_has_the_promised_keys_and_no_other(
    detail: Detail, more: set[str]
) -> None:
    """Wherever a title stands in a document, notes and the ending are there only when asked for."""
    view = Document(detail)
    listed = json.loads(view.titles(TITLES))
    assert keys(listed) == {"titles"}
    for title in listed["titles"]:
        assert set(title) == TITLE | more
        shown = json.loads(view.title(BY_ID[title["id"]]))
        assert keys(shown) == {"anime"}
        assert shown["anime"] == title
    matches = json.loads(view.matches("fireflies", FOUND["fireflies"], BY_ID))[
        "matches"
    ]
    assert [set(match) for match in matches] == [
        TITLE | more | {"score", "matched_name"}
    ] * 2
    suggestions = json.loads(view.suggestions(RECOMMENDED[0]))["suggestions"]
    assert [set(each) for each in suggestions] == [
        TITLE | more | SUGGESTION
    ] * len(TITLES)


def test_the_parts_of_a_title_have_the_promised_keys() -> None:
    """Moods, prerequisites, sequels and opened notes have exactly the keys of the contract."""
    opened = json.loads(Document(Detail(notes=True)).titles(TITLES))["titles"]
    spoiled = json.loads(Document(Detail(spoilers=True)).titles(TITLES))[
        "titles"
    ]
    parts = {
        "moods": {"id", "strength"},
        "watch_first": {"title", "episodes", "minutes", "mal_id"},
        "sequels": {"title", "format", "year"},
        "notes": {"id", "level", "confirmed"},
    }
    for key, promised in parts.items():
        found = [set(part) for title in opened for part in title[key]]
        assert found == [promised] * len(found) != []
    revealing = [note for title in spoiled for note in title["notes"]]
    assert {frozenset(note) for note in revealing} == {
        frozenset({"id", "level", "confirmed", "reveals_plot"})
    }
    assert {note["reveals_plot"] for note in revealing} == {True, False}


def test_suggestions_have_the_promised_keys() -> None:
    """Answers, what was let go, its alternatives and the reasons have the keys of the contract."""
    loosened = recommend(
        POOL,
        Answers(
            mood=(Mood.FAMILY,),
            time=TimeLimit.of_band(Band.TONIGHT),
            format=Format.SERIES,
        ),
    )
    found = json.loads(Document().suggestions(loosened))
    assert keys(found) == SUGGEST_KEYS
    assert set(found["answers"]) >= ANSWERS
    assert found["relaxed"]
    assert all(
        set(each) == {"answer", "from", "to"} for each in found["relaxed"]
    )
    assert found["alternatives"]
    for each in found["alternatives"]:
        assert set(each) == {"keep", "change", "count"}
        assert all(
            set(change) == {"answer", "from", "to"}
            for change in each["change"]
        )
    reasoned = recommend(
        POOL,
        Answers(
            mood=(Mood.GOODBYE,),
            time=TimeLimit.of_band(Band.TONIGHT),
            max_age=18,
        ),
    )
    suggestions = json.loads(Document().suggestions(reasoned))["suggestions"]
    why = [reason for each in suggestions for reason in each["why"]]
    fits = [fit for each in suggestions for fit in each["fits"]]
    assert {frozenset(reason) for reason in why} == {
        frozenset({"answer", "text", "rank_without"})
    }
    assert all(set(reason["rank_without"]) == {"rank", "of"} for reason in why)
    assert {frozenset(fit) for fit in fits} == {frozenset({"answer", "text"})}


def test_an_answer_left_open_is_null_or_an_empty_list() -> None:
    """Every answer stands in the document, also those nobody gave."""
    answers = json.loads(Document().suggestions(recommend(POOL, Answers())))[
        "answers"
    ]
    for name in answers.keys() - {"count", "seed"}:
        assert answers[name] == ([] if name in {*LISTS, "shelf"} else None), (
            name
        )


def test_the_other_documents_have_the_promised_keys() -> None:
    """Search, why-not, studios and moods keep to the contract."""
    searched = json.loads(Document().matches("gatsu", FOUND["gatsu"], BY_ID))
    assert keys(searched) == {
        "query",
        "matches",
        "did_you_mean",
        "about",
        "studios",
    }
    almost = FOUND["clannad"]._replace(
        matches=(), near=FOUND["clannad"].matches
    )
    refused = json.loads(Document().matches("klanad", almost, BY_ID))
    assert refused["matches"] == []
    assert [set(each) for each in refused["did_you_mean"]] == [
        {"id", "title", "score"}
    ]
    for answer in KEPT_OUT:
        assert keys(json.loads(Document().why_not(answer))) == {
            "id",
            "suggested",
            "failed",
        }
    studios = json.loads(Document().studios(CATALOGUE.studios))
    assert keys(studios) == {"studios"}
    for studio in studios["studios"]:
        assert set(studio) == {"name", "count", "titles"}
        assert studio["count"] == len(studio["titles"])
        assert all(set(title) == {"id", "title"} for title in studio["titles"])
    moods = json.loads(Document().moods(COUNTS))
    assert keys(moods) == {"moods"}
    assert [mood["id"] for mood in moods["moods"]] == list(Mood)
    assert all(
        set(mood) == {"id", "label", "line", "count"}
        for mood in moods["moods"]
    )


def test_lists_are_never_null_and_numbers_are_whole() -> None:
    """A script may loop over any list and compare any number, in every kind of document."""
    for text in answers_of(Document(Detail(spoilers=True))):
        for record in records(json.loads(text)):
            lists = {*LISTS, "setting" if "romaji" in record else "shelf"}
            for key, value in record.items():
                assert not isinstance(value, float)
                assert isinstance(value, list) == (key in lists), key
