"""Two views of one protocol, and what they may never show unasked."""

from __future__ import annotations

import json
from datetime import datetime
from inspect import getmembers, isfunction
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest
from gallery import BY_ID, CATALOGUE, COUNTS, FOUND, POOL, RECOMMENDED, TITLES, cards

from cryrec.catalogue.contents import OpenFile, Problem
from cryrec.library import AvoidChange, Change, Entry, Status, Undone
from cryrec.matching import find
from cryrec.models import ContentNote, Ending, Mood, NoteId, NoteLevel, Shelf
from cryrec.recommend import Answers, Pool, TimeLimit, recommend, why_not
from cryrec.recommend.taste import learn
from cryrec.terminal import Look
from cryrec.views import Detail, View
from cryrec.views.cards import Cards
from cryrec.views.document import Document
from cryrec.views.full import CURATED, NOTES_END
from cryrec.views.picture import picture_of_title

SEEN_ENTRY = Entry("grave", "Grave of the Fireflies", Status.SEEN, 4, "2026-01-02T03:04:05Z")

FILES = (OpenFile(Shelf.OWN, Path("own.toml"), 1, (Problem("anime[0]", "year", "is no year", 3),)),)

ARGUMENTS = {
    "suggestions": (RECOMMENDED[0],),
    "why_not": (why_not(POOL, Answers(), TITLES[0]),),
    "matches": ("fireflies", FOUND["fireflies"], BY_ID),
    "titles": (TITLES,),
    "title": (TITLES[0],),
    "page": (TITLES[0],),
    "studios": (CATALOGUE.studios,),
    "moods": (COUNTS,),
    "changes": ((Change("grave", None, SEEN_ENTRY),),),
    "undone": (Undone("settings", (), AvoidChange(None, (NoteId.WAR,))),),
    "entries": ((SEEN_ENTRY,),),
    "files": (FILES,),
    "problems": (FILES,),
    "taste": (learn(TITLES, {title.id: 5 for title in TITLES[:3]}), 3),
    "config": ((NoteId.WAR,), Path("config.toml"), Path("library.db")),
}

METHODS = [name for name, _ in getmembers(View, isfunction) if not name.startswith("_")]


@pytest.mark.parametrize("name", METHODS)
def test_both_views_answer_everything(name):
    """Whatever a command can ask of a view, people and scripts both get an answer."""
    text = getattr(cards("pipe"), name)(*ARGUMENTS[name])
    document = json.loads(getattr(Document(), name)(*ARGUMENTS[name]))
    assert text.strip()
    assert document["schema_version"] == 1
    assert len(document) > 1


def test_no_list_of_a_document_is_null():
    """A script may loop over any list without asking whether it is there."""
    titles = json.loads(Document(Detail(notes=True)).titles(TITLES))["titles"]
    for title in titles:
        for key in ("aliases", "studios", "moods", "setting", "watch_first", "sequels", "mal_ids"):
            assert isinstance(title[key], list)
        assert title["notes_count"] == len(title["notes"])


@pytest.mark.parametrize("detail", [Detail(), Detail(notes=True, explain=True)])
def test_endings_and_spoilers_change_nothing_unasked(detail):
    """With every ending and every revealing note overwritten, not one byte differs."""
    other = tuple(
        msgspec.structs.replace(
            title,
            ending=next(ending for ending in Ending if ending is not title.ending),
            notes=(*title.open_notes, ContentNote(NoteId.ABLEISM, NoteLevel.SHOWN, spoiler=True)),
        )
        for title in TITLES
    )
    for view in (cards("terminal", 80, detail), Document(detail)):
        assert view.titles(TITLES) == view.titles(other)
        assert list(map(view.title, TITLES)) == list(map(view.title, other))
        by_id = {title.id: title for title in other}
        for query, found in FOUND.items():
            assert view.matches(query, found, BY_ID) == view.matches(query, found, by_id)
        for answers in (
            Answers(),
            Answers(tissues=4, count=10),
            Answers(mood=(Mood.FAMILY,), time=TimeLimit.of_minutes(150)),
            Answers(like="grave"),
        ):
            before, after = recommend(POOL, answers), recommend(Pool(other), answers)
            assert view.suggestions(before) == view.suggestions(after)


def test_opened_notes_say_what_they_leave_out():
    """Every opened list ends with the same honest sentence; spoilers need none."""
    for title in TITLES:
        opened = " ".join(cards("pipe", 80, Detail(notes=True)).title(title).split())
        everything = " ".join(cards("pipe", 80, Detail(spoilers=True)).title(title).split())
        assert f"{NOTES_END} More anilist.co" in opened.replace(f"Note {title.source_note} ", "")
        assert NOTES_END not in everything
        assert CURATED in everything
        assert f"Ending {title.ending}" in everything


@pytest.mark.parametrize("title", TITLES, ids=lambda title: title.id)
def test_opened_notes_end_alike_in_every_answer(title):
    """In a list, a search and a suggestion, too, nothing of the notes follows that sentence."""
    view = cards("pipe", 80, Detail(notes=True))
    found = find(title.title, CATALOGUE.names)
    alone = found._replace(matches=found.matches[:1])
    suggested = recommend(Pool([title]), Answers())
    for answer in (view.titles([title]), view.matches("it", alone, BY_ID)):
        assert " ".join(answer.split()).endswith(NOTES_END)
    card = " ".join(view.suggestions(suggested).split())
    assert card.endswith(NOTES_END)
    for closed in (cards("pipe").titles([title]), cards("pipe").suggestions(suggested)):
        assert "plot away" not in closed


def test_notes_nobody_checked_are_marked():
    """A note that nobody has confirmed says so wherever it is opened."""
    title = BY_ID["half-moon"]
    card = " ".join(cards("pipe", 100, Detail(notes=True)).title(title).split())
    unconfirmed = [note.id.label for note in title.open_notes if not note.checked]
    assert unconfirmed
    assert card.count("(not confirmed)") == len(unconfirmed)
    assert all(f"{label} (not confirmed)" in card for label in unconfirmed)
    assert "terminal illness (" not in card


def test_the_clock_is_handed_in():
    """A film of 109 minutes begun at 23:10 is over at 00:59; without a clock nothing is said."""
    look = Look(80, styled=False, unicode=True, drawn=True, live=True)
    at_night = Cards(look, now=datetime(2026, 1, 1, 23, 10)).title(BY_ID["pancreas"])
    assert "done by 00:59" in at_night
    assert "done by" not in Cards(look).title(BY_ID["pancreas"])
    assert "done by" not in Cards(look, now=datetime(2026, 1, 1)).title(BY_ID["nana"])


def test_nobody_who_reads_a_file_is_told_the_time(capsys):
    """Where stdout is no terminal the view gets no clock, so the same line gives the same bytes."""
    assert Cards.for_stdout(Detail()).now is None


def test_a_piped_rule_is_two_hyphens():
    """In a pipe a card begins with -- and its place; on a terminal with a drawn rule."""
    assert cards("pipe").suggestions(RECOMMENDED[0]).startswith("-- 1 of 30\n")
    assert cards("terminal").suggestions(RECOMMENDED[0]).startswith("── 1 of 30 ─")


@pytest.mark.parametrize("title", TITLES, ids=lambda title: title.id)
def test_a_picture_stands_alone(title):
    """The picture of a card is well-formed, names its title, and asks nothing of the network."""
    drawn = picture_of_title(title)
    root = ElementTree.fromstring(drawn)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert drawn.count("http") == 1
    assert "@import" not in drawn
    assert "@font-face" not in drawn
    assert "url(http" not in drawn
    letters = "".join("".join(root.itertext()).split())
    assert title.blurb.split()[-1] in letters
