"""The curated catalogue itself: complete, and honest about where it differs from its source."""

from __future__ import annotations

import re

import pytest

from cryrec.catalogue import load_bundled
from cryrec.matching import normalise
from cryrec.models import NoteId, Shelf, Title

CATALOGUE = load_bundled()
LIST = [title for title in CATALOGUE.titles if title.shelf is Shelf.LIST]
BY_ID = {title.id: title for title in CATALOGUE.titles}


def test_the_whole_list_is_there() -> None:
    """Twenty-five numbered titles and five honourable mentions."""
    positions = [title.article_position for title in LIST]
    assert sorted(p for p in positions if p) == list(range(1, 26))
    assert positions.count(None) == 5


@pytest.mark.parametrize(
    ("name", "title_id"),
    [
        ("Now and Then, Here and Now", "now-and-then"),
        ("The Light of a Firefly Forest", "firefly-forest"),
    ],
)
def test_names_the_list_uses_lead_to_the_title(
    name: str, title_id: str
) -> None:
    """Where the list and the world differ, its name still finds the title, and that is noted."""
    best = CATALOGUE.search(name).matches[0]
    assert (best.key, best.score) == (title_id, 100)
    assert BY_ID[title_id].source_note


def test_the_lost_title_is_marked_as_inferred() -> None:
    """One name was lost; what it is taken to be says so."""
    erased = BY_ID["erased"]
    assert "inferred" in (erased.source_note or "")
    assert (erased.studios, erased.episodes, erased.season, erased.year) == (
        ("A-1 Pictures",),
        12,
        "winter",
        2016,
    )


def test_facts_that_surprise() -> None:
    """Two seasons are one title, three parts are one film, and a sequel counts what comes first."""
    lion = BY_ID["march-lion"]
    assert (lion.episodes, lion.mal_ids) == (44, (31646, 35180))
    film = BY_ID["five-centimeters"]
    assert (film.format, film.episodes, film.minutes) == ("movie", 1, 63)
    assert BY_ID["firefly-forest"].minutes == 45
    story = BY_ID["clannad-after-story"]
    assert (story.minutes_total, story.prerequisites[0].minutes) == (1148, 564)


@pytest.mark.parametrize("title", CATALOGUE.titles, ids=lambda title: title.id)
def test_every_title_is_curated(title: Title) -> None:
    """Every mood says where it shows, one mood leads, and the blurb is a sentence of its own."""
    assert all(tag.evidence and len(tag.evidence) > 15 for tag in title.moods)
    assert sum(tag.strength == 3 for tag in title.moods) == 1
    assert title.blurb
    assert title.blurb.endswith((".", "?"))
    assert sum(other.blurb == title.blurb for other in CATALOGUE.titles) == 1


def test_no_name_leads_to_two_titles() -> None:
    """Every name of a title finds it, first and alone at the top."""
    for title in CATALOGUE.titles:
        for name in title.own_names:
            first, *others = CATALOGUE.search(name).matches
            assert first.key == title.id
            assert all(match.score < first.score for match in others)


def test_names_of_what_comes_before_and_after_lead_to_the_title() -> None:
    """They stand at the top, too; two titles with the same sequel are a true tie."""
    for name in CATALOGUE.names:
        matches = CATALOGUE.search(name.text).matches
        assert name.key in [
            match.key for match in matches if match.score == matches[0].score
        ]


@pytest.mark.parametrize("title", LIST, ids=lambda title: title.id)
def test_what_is_called_read_twice_leaves_nothing_open(title: Title) -> None:
    """Two readings that agree have no note left that only one of them saw."""
    assert title.notes is not None
    open_notes = [note.id for note in title.notes if not note.checked]
    assert title.readings == 1 or not open_notes


def test_notes_of_a_sequel_cover_what_has_to_be_seen_first() -> None:
    """The 23 episodes of Clannad are part of the minutes, so the plane crash in them is noted."""
    notes = {note.id for note in BY_ID["clannad-after-story"].notes or ()}
    assert {NoteId.DISASTER, NoteId.CHILD_ABUSE, NoteId.PARENT_DEATH} <= notes


def test_every_name_of_a_studio_leads_to_it() -> None:
    """Everyday names, "Studio ..." and Japanese: each finds its studio, and no other."""
    for name in CATALOGUE.studio_names:
        assert CATALOGUE.find_studio(name.text) == name.key


@pytest.mark.parametrize(
    ("name", "title_id"),
    [
        ("Imaboku", "now-and-then"),
        ("Kimiuso", "your-lie-in-april"),
        ("Madomagi", "madoka"),
        ("Mangetsu wo Sagashite", "full-moon"),
        ("ほたるの墓", "grave"),
        ("orange: Mirai", "orange"),
        ("Steins;Gate 0", "steins-gate"),
        ("Eternity and the Auto Memory Doll", "violet-evergarden"),
    ],
)
def test_everyday_names_and_sequels_lead_to_the_title(
    name: str, title_id: str
) -> None:
    """What people type instead of the title finds it, alone at the top."""
    first, *others = CATALOGUE.search(name).matches
    assert first.key == title_id
    assert all(match.score < first.score for match in others)


@pytest.mark.parametrize("title", CATALOGUE.titles, ids=lambda title: title.id)
def test_what_a_title_is_about_gives_nothing_away(title: Title) -> None:
    """Four to eight phrases, none twice, and none that is a note kept hidden."""
    assert 4 <= len(title.about) <= 8
    assert len({normalise(phrase) for phrase in title.about}) == len(
        title.about
    )
    told = normalise(" ".join(title.about))
    hidden = [note.id.value for note in title.notes or () if note.spoiler]
    assert not [note for note in hidden if normalise(note) in told]


@pytest.mark.parametrize("title", CATALOGUE.titles, ids=lambda title: title.id)
def test_names_elsewhere_are_names_of_this_title_alone(title: Title) -> None:
    """Every translation stands under a language tag, and finds its title and no other as well."""
    for tag, translation in title.translations.items():
        assert re.fullmatch(
            r"[a-z]{2}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?", tag
        )
        first, *others = CATALOGUE.search(translation).matches
        assert first.key == title.id
        assert all(match.score < first.score for match in others)
