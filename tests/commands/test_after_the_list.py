"""Somebody who has seen the famous ones still gets three."""

from __future__ import annotations

from pathlib import Path

import pytest
from commands.running import Document, Run

from cryrec.catalogue import load_bundled
from cryrec.models import Mood, Shelf

LISTED = [
    title for title in load_bundled().titles if title.shelf is Shelf.LIST
]

ENTRY = """<anime>
<series_animedb_id>{number}</series_animedb_id>
<series_title><![CDATA[{title}]]></series_title>
<my_score>{score}</my_score>
<my_status>Completed</my_status>
</anime>
"""

QUESTIONS = [
    *(["--mood", mood.value] for mood in Mood),
    ["--time", "tonight"],
    ["--tissues", "3"],
]


def as_list() -> str:
    """A list as MyAnimeList exports it: the whole of the thirty, seen and rated."""
    entries = [
        ENTRY.format(number=number, title=title.title, score=1 + place % 10)
        for place, title in enumerate(LISTED)
        for number in title.mal_ids
    ]
    return f"<myanimelist>\n{''.join(entries)}</myanimelist>\n"


@pytest.fixture
def seen_the_list(run: Run, document: Document, tmp_path: Path) -> set[str]:
    """Imports that list, and gives what the library then calls seen."""
    exported = tmp_path / "animelist.xml"
    exported.write_text(as_list(), encoding="utf-8")
    assert run("import", str(exported), "--yes").exit_code == 0
    assert {title.id for title in LISTED} <= seen(document)
    return seen(document)


def seen(document: Document) -> set[str]:
    """The ids of what the library calls seen."""
    entries = document("library")["entries"]
    return {entry["id"] for entry in entries if entry["status"] == "seen"}


def test_ten_questions_have_three_cards_each_and_none_is_known(
    document: Document, seen_the_list: set[str]
) -> None:
    """With the list imported, ten questions are answered in full, and nothing is shown twice."""
    assert len(QUESTIONS) == 10
    for question in QUESTIONS:
        reply = document("suggest", *question)
        cards = {card["id"] for card in reply["suggestions"]}
        assert len(cards) == 3, question
        assert not cards & seen_the_list, question
        assert reply["relaxed"] == [], question
