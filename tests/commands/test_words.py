"""`cryrec suggest WORDS` and a search for what is no name: what is said, shown, and refused."""

from __future__ import annotations

import sqlite3

import pytest
from commands.running import Document, Run

from cryrec import premises
from cryrec.catalogue import load_bundled
from cryrec.models import NOTE_ALIASES, NoteId

TITLES = {title.id: title for title in load_bundled().titles}


# --- suggest in one's own words


def test_words_are_read_as_flags_and_say_so(
    run: Run, document: Document
) -> None:
    """The same question in words and in flags has the same cards; stderr has it as flags."""
    words = [
        "a",
        "short",
        "film",
        "about",
        "family,",
        "nothing",
        "with",
        "hospitals",
    ]
    flags = [
        "--time",
        "2h",
        "--format",
        "movie",
        "--mood",
        "family",
        "--avoid",
        "terminal-illness",
    ]
    in_words, in_flags = (
        document("suggest", *words),
        document("suggest", *flags),
    )
    assert in_words["answers"] == in_flags["answers"]
    assert in_words["suggestions"] == in_flags["suggestions"]
    said = run("suggest", *words).stderr
    assert said.startswith("cryrec: understood: ")
    assert all(
        part in said
        for part in ("--time 2h", "--mood family", "--avoid terminal-illness")
    )


def test_the_document_says_what_was_understood(document: Document) -> None:
    found = document("suggest", "a film with zyzzyva")
    assert found["understood"] == [
        {"words": "film", "answer": "format", "value": "movie"}
    ]
    assert found["not_understood"] == ["zyzzyva"]


def test_flags_alone_understand_nothing(document: Document) -> None:
    found = document("suggest", "--mood", "family")
    assert (found["understood"], found["not_understood"]) == ([], [])


def test_a_flag_beats_a_word_but_what_is_avoided_adds_up(
    document: Document,
) -> None:
    found = document(
        "suggest", "a series, no gore", "--format", "movie", "--avoid", "war"
    )
    assert found["answers"]["format"] == "movie"
    assert found["answers"]["avoid"] == ["graphic-violence", "war"]
    assert "format" not in [each["answer"] for each in found["understood"]]


def test_what_is_not_understood_is_said(run: Run) -> None:
    assert "not understood: zyzzyva" in run("suggest", "film zyzzyva").stderr


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("no vampires", "vampires"),
        ("nothing with body horor or horror", "body-horror"),
    ],
)
def test_a_no_that_no_note_keeps_is_refused(
    run: Run, words: str, named: str
) -> None:
    """Nothing is suggested, and the notes that there are, or the nearest, are named."""
    result = run("suggest", words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert named in result.stderr
    assert any(note in result.stderr for note in (*NoteId, *NOTE_ALIASES))


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        ("not historical", "--setting realistic, fantasy or sci-fi"),
        ("not fantasy and not sci-fi", "--setting realistic or historical"),
        ("no romance", "--mood goodbye, left-behind, family"),
    ],
)
def test_an_answer_that_is_ruled_out_is_refused_with_what_can_be_asked_for(
    run: Run, words: str, flag: str
) -> None:
    result = run("suggest", words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "can be asked for, not ruled out" in result.stderr
    assert flag in result.stderr


@pytest.mark.parametrize(
    "args",
    [("no vampires",), ("no romance",), ("--avoid", "nonsense"), ("gore",)],
)
def test_a_refusal_is_one_short_line(run: Run, args: tuple[str, ...]) -> None:
    result = run("suggest", *args)
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert len(result.stderr) < 200


def test_the_flag_and_the_words_name_the_same_notes(run: Run) -> None:
    by_flag = run("suggest", "--avoid", "nonsense").stderr
    in_words = run("suggest", "no vampires").stderr
    for line in (by_flag, in_words):
        assert "; choose from gore, violence, illness" in line
        assert line.endswith("; question four of cryrec suggest shows all\n")


def test_one_line_where_a_flag_is_wrong_too(run: Run) -> None:
    result = run("suggest", "tonight", "--mood", "nonsense")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)


def test_a_title_that_two_have_in_common_is_not_guessed(run: Run) -> None:
    result = run("suggest", "something like shin chan")
    assert (result.exit_code, result.stdout) == (3, "")
    assert "fits more than one title" in result.stderr


def test_every_card_of_words_avoids_what_they_rule_out(
    document: Document,
) -> None:
    found = document("suggest", "no death at all", "-n", "10")
    deaths = {note for note in NoteId if note.endswith("-death")}
    for card in found["suggestions"]:
        notes = TITLES[card["id"]].notes
        assert notes is not None
        assert deaths.isdisjoint(note.id for note in notes)


# --- wishes


def test_a_wish_counts_and_its_reason_is_checked(document: Document) -> None:
    """What stands in `about` counts most, and a why-line says so only if it made a difference."""
    found = document("suggest", "a film about sisters")
    assert found["answers"]["words"] == ["sisters"]
    first = found["suggestions"][0]
    assert 0 < first["ledger"]["words"] <= 18
    reasons = {why["answer"]: why for why in first["why"]}
    assert reasons["words"]["text"] == "sisters, as you said"
    assert reasons["words"]["rank_without"]["rank"] > 1


def test_without_a_wish_there_is_no_line_for_it(document: Document) -> None:
    found = document("suggest", "a film")
    assert "words" not in found["suggestions"][0]["ledger"]


def test_several_wishes_are_worth_no_more_than_one(document: Document) -> None:
    found = document(
        "suggest", "trains, snow, letters and first love", "-n", "10"
    )
    assert max(card["ledger"]["words"] for card in found["suggestions"]) <= 18


# --- search


@pytest.mark.parametrize(
    ("query", "id"),
    [
        ("the one with the deaf girl", "silent-voice"),
        ("piano", "your-lie-in-april"),
        ("robots who die young", "plastic-memories"),
    ],
)
def test_a_description_leads_to_its_title(
    document: Document, query: str, id: str
) -> None:
    found = document("search", query)
    assert found["matches"] == []
    assert found["about"][0]["id"] == id
    assert found["about"][0]["matched_words"]


def test_a_description_is_an_answer_for_people(run: Run) -> None:
    result = run("search", "the one with the deaf girl")
    assert result.exit_code == 0
    assert result.stdout.startswith("No title is called that. About it:\n")
    assert "A Silent Voice" in result.stdout


def test_a_studio_is_found_where_no_title_is_called_so(
    document: Document,
) -> None:
    found = document("search", "kyoani")
    (studio,) = found["studios"]
    assert studio["name"] == "Kyoto Animation"
    assert studio["count"] == len(found["about"])
    assert all(studio["name"] in title["studios"] for title in found["about"])


def test_a_kind_of_cry_and_a_year_are_found(document: Document) -> None:
    healing = document("search", "the good kind of cry")["about"]
    assert {"id": "healing", "strength": 3} in healing[0]["moods"]
    assert {
        title["year"] for title in document("search", "2016")["about"]
    } == {2016}


@pytest.mark.parametrize(
    "query",
    [
        "qwrtp",
        "with the",
        "and then",
        "0",
        "...",
        "Cowboy Bebop",
        "Attack on Titan",
        "Naruto",
    ],
)
def test_nothing_is_found_for_nothing(document: Document, query: str) -> None:
    found = document("search", query, code=3)
    assert (found["matches"], found["about"], found["studios"]) == ([], [], [])


def test_the_line_says_how_many_there_are_and_how_to_add_one(run: Run) -> None:
    said = run("search", "naruto").stderr
    assert str(len(TITLES)) in said
    assert "cryrec add" in said


def test_nothing_plot_revealing_can_be_searched() -> None:
    """Overwriting every ending, note and source note changes nothing of what is indexed."""
    for title in TITLES.values():
        texts = " ".join(premises._texts(title))
        known = {
            premises.plain(text) for text in (*title.about, title.blurb or "")
        }
        evidence = {premises.plain(tag.evidence or "") for tag in title.moods}
        assert set(texts.split()) <= set(
            " ".join((*known, *evidence)).split()
        ) | {"."}


def test_a_python_without_a_full_text_index_finds_by_words(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(rows: object) -> None:
        raise sqlite3.OperationalError("no such module: fts5")

    monkeypatch.setattr(premises, "_FullText", missing)
    assert (
        document("search", "the one with the deaf girl")["about"][0]["id"]
        == "silent-voice"
    )
    assert document("suggest", "a film about sisters")["answers"]["words"] == [
        "sisters"
    ]
