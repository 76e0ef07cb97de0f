"""Every command that answers, for people and for scripts."""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from commands.running import Document, Run

from cryrec.catalogue import load_bundled
from cryrec.cli import COMMANDS
from cryrec.commands.list import ORDERS
from cryrec.matching import normalise
from cryrec.models import Mood

TITLES = load_bundled().titles

ON_THE_LIST = ("--shelf", "list")
"""Where so few titles fit that something has to give way."""

TITLE_KEYS = {
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
    "notes_count",
}


def test_suggest_answers_a_line_of_flags_at_once(run: Run) -> None:
    """A person who types the answers gets cards and is asked nothing."""
    result = run("suggest", "--mood", "goodbye", "--time", "tonight")
    assert result.exit_code == 0
    assert result.stdout.startswith(" a long goodbye \u00b7 tonight ")
    assert "\n 1  " in result.stdout
    assert "+ a long goodbye" in result.stdout
    assert result.stderr == ""


def test_suggest_writes_the_promised_document(document: Document) -> None:
    """A script finds every key of the contract, the sum of the ledger, and no null list."""
    found = document(
        "suggest",
        "--mood",
        "goodbye,missed",
        "--time",
        "2h30",
        "--tissues",
        "3",
    )
    own_words = {"understood", "not_understood"}
    keys = {
        "schema_version",
        "answers",
        "relaxed",
        "alternatives",
        "suggestions",
        *own_words,
    }
    assert set(found) == keys
    assert found["answers"]["mood"] == ["goodbye", "missed"]
    assert found["answers"]["minutes_limit"] == 150
    for each in found["suggestions"]:
        assert set(each) >= TITLE_KEYS | {
            "role",
            "score",
            "fits",
            "why",
            "contrast",
            "similarity",
        }
        assert sum(each["ledger"].values()) == each["score"]
        assert set(each["ledger"]) == {"mood", "tissues", "time"}
    roles = [each["role"] for each in found["suggestions"]]
    assert roles == ["closest", "instead", "instead"]


def test_the_same_line_gives_the_same_answer(run: Run) -> None:
    """A script that runs twice gets the same bytes twice."""
    words = ("suggest", "--tissues", "4", "--json")
    assert run(*words).stdout == run(*words).stdout


def test_what_gave_way_is_said_and_counted(
    run: Run, document: Document
) -> None:
    """When nothing fits, the person learns what was let go and what keeping it would have cost."""
    words = (
        "suggest",
        *ON_THE_LIST,
        "--mood",
        "family",
        "--time",
        "tonight",
        "--format",
        "series",
    )
    told = run(*words)
    assert "let go of film or series" in told.stderr
    assert "- a film" in told.stdout
    found = document(*words)
    assert found["relaxed"] == [
        {"answer": "format", "from": "series", "to": "any"}
    ]
    (instead,) = found["alternatives"]
    assert instead["keep"] == "format"
    freed = ("--mood", "any", "--time", "tonight", "--format", "series")
    changed = document("suggest", *ON_THE_LIST, *freed, "-n10")
    assert len(changed["suggestions"]) == instead["count"]


def test_strict_lets_nothing_go(document: Document, run: Run) -> None:
    """With --strict an empty answer is exit 3, with its document, and the flag is named."""
    wanted = ("--mood", "family", "--time", "tonight", "--format", "series")
    words = ("suggest", *ON_THE_LIST, *wanted, "--strict")
    assert document(*words, code=3)["suggestions"] == []
    assert "--format" in run(*words).stderr


def test_but_is_printed_beside_a_title_one_likes(run: Run) -> None:
    """Beside a title one likes, too, a card that is gentler than asked says so."""
    result = run(
        "suggest", "--like", "your-name", "--harder", "--tissues", "4"
    )
    assert "- gentler than you asked" in " ".join(result.stdout.split())


def test_gentler_means_fewer_tissues(document: Document) -> None:
    """Every card of a critique lies strictly in its direction from the title it starts from."""
    origin = next(title for title in TITLES if title.id == "anohana")
    found = document(
        "suggest", "--like", "anohana", "--gentler", "--shorter", "-n", "10"
    )
    for each in found["suggestions"]:
        assert each["tissues"] < origin.tissues
        assert each["minutes_total"] < origin.minutes_total
    assert found["answers"]["like"] == "anohana"
    order = [
        (60 * s["similarity"] + 40 * min(100, s["score"])) // 100
        for s in found["suggestions"]
    ]
    assert order[0] == max(order)


def test_why_not_names_the_answers(run: Run, document: Document) -> None:
    """A person learns which answers keep a title out, and a note that spoils is not named."""
    told = run(
        "suggest", "--why-not", "grave", "--avoid", "war", "--time", "1h"
    )
    assert "your avoid list (war)" in told.stdout
    assert "the time you have" in told.stdout
    spoiling = run(
        "suggest", "--why-not", "tokyo magnitude", "--avoid", "child-death"
    )
    assert (
        spoiling.stdout
        == "Tokyo Magnitude 8.0 is kept out by your avoid list.\n"
    )
    found = document("suggest", "--why-not", "grave", "--avoid", "war")
    assert found == {
        "schema_version": 1,
        "id": "grave",
        "suggested": False,
        "failed": ["avoid"],
    }


def test_five_tissues_come_with_a_word_of_care(run: Run) -> None:
    """Somebody who asks for the hardest is told, once and on stderr, who to talk to."""
    assert (
        run("suggest", "--tissues", "5").stderr.count("findahelpline.com") == 1
    )
    assert "findahelpline.com" not in run("suggest", "--tissues", "4").stderr


def test_notes_open_without_giving_anything_away(run: Run) -> None:
    """--notes lists what is safe, says what it leaves out, and --spoilers opens the rest."""
    closed = run("show", "tokyo magnitude").stdout
    opened = run("show", "tokyo magnitude", "--notes").stdout
    everything = run("show", "tokyo magnitude", "--spoilers").stdout
    assert "disaster" not in closed
    assert "disaster" in opened
    assert "death of a child" not in opened
    assert "--avoid honours them all" in " ".join(opened.split())
    assert "death of a child" in everything
    assert "Ending" in everything


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("FMAB", "fmab"),
        ("kimisui", "pancreas"),
        ("pmmm", "madoka"),
        ("君の名は", "your-name"),
    ],
)
def test_search_finds_what_fans_type(
    query: str, first: str, document: Document
) -> None:
    """A title is found by its everyday and Japanese names, first and with the name that matched."""
    found = document("search", query)
    assert found["matches"][0]["id"] == first
    assert set(found["matches"][0]) >= TITLE_KEYS | {"score", "matched_name"}


def test_search_says_why_a_neighbour_was_found(run: Run) -> None:
    """The name of a prerequisite or a sequel leads to its title, saying so."""
    assert "Clannad comes first" in run("search", "clannad").stdout
    assert "Rebellion comes after it" in run("search", "rebellion").stdout


def test_search_refuses_what_it_does_not_have(
    run: Run, document: Document
) -> None:
    """An unknown title is exit 3; its document is still whole, with empty lists."""
    found = document("search", "naruto", code=3)
    assert found["matches"] == []
    assert run("search", "naruto").stdout == ""


def test_words_after_two_hyphens_are_words(run: Run) -> None:
    """What follows -- is searched for, even an option."""
    result = run("search", "--", "--spoilers")
    assert result.exit_code == 3
    assert "--spoilers" in result.stderr


@pytest.mark.parametrize(
    ("typed", "studio"),
    [
        ("kyoani", "Kyoto Animation"),
        ("kyoto", "Kyoto Animation"),
        ("a1", "A-1 Pictures"),
        ("shaft", "Shaft"),
        ("p a works", "P.A. Works"),
        ("kinema", "Kinema Citrus"),
    ],
)
def test_studios_are_found_by_any_name(
    typed: str, studio: str, run: Run, document: Document
) -> None:
    """A studio may be written as fans write it, and the one understood is named on stderr."""
    result = run("list", "--studio", typed)
    assert result.exit_code == 0
    assert studio in result.stderr
    listed = document("list", "--studio", typed)["titles"]
    assert {t["id"] for t in listed} == {
        t.id for t in TITLES if studio in t.studios
    }


def test_co_productions_stand_under_both_studios(document: Document) -> None:
    """Tokyo Magnitude is listed under Bones and under Kinema Citrus."""
    for studio in document("studios")["studios"]:
        ids = [title["id"] for title in studio["titles"]]
        assert studio["count"] == len(ids)
        assert ("tokyo-magnitude" in ids) == (
            studio["name"] in ("Bones", "Kinema Citrus")
        )


@pytest.mark.parametrize("order", ORDERS)
def test_list_is_sorted(order: str, document: Document) -> None:
    """Each order sorts by what it says."""
    keys: dict[str, Callable[[dict[str, Any]], Any]] = {
        "title": lambda t: normalise(t["title"]),
        "year": lambda t: t["year"],
        "length": lambda t: t["minutes_total"],
        "tissues": lambda t: t["tissues"],
    }
    found = [
        keys[order](title)
        for title in document("list", "--sort", order)["titles"]
    ]
    assert found == sorted(found)
    assert len(found) == len(TITLES)


def test_list_filters(document: Document) -> None:
    """A kind of cry, a length and a format each leave only what fits."""
    found = document(
        "list", "--mood", "goodbye", "--time", "tonight", "--format", "movie"
    )["titles"]
    assert found
    for title in found:
        assert "goodbye" in [mood["id"] for mood in title["moods"]]
        assert title["minutes_total"] <= 150
        assert title["format"] == "movie"


def test_an_empty_list_is_an_answer(document: Document) -> None:
    """Nothing that fits a list is exit 0, because that is the answer."""
    assert (
        document("list", "--studio", "ghibli", "--format", "series")["titles"]
        == []
    )


def test_a_list_in_a_pipe_is_one_line_a_title(run: Run) -> None:
    """grep sees each title whole, however long."""
    assert len(run("list").stdout.splitlines()) == len(TITLES)
    assert len(run("studios").stdout.splitlines()) == len(
        {s for t in TITLES for s in t.studios}
    )


def test_moods_are_counted(document: Document, run: Run) -> None:
    """Each kind of cry comes with its words and the number of titles that have it."""
    found = document("moods")["moods"]
    assert [mood["id"] for mood in found] == list(Mood)
    for mood in found:
        assert mood["count"] == sum(
            bool(title.strength(Mood(mood["id"]))) for title in TITLES
        )
        assert mood["line"] in run("moods").stdout


def test_show_counts_what_comes_first(document: Document, run: Run) -> None:
    """After Story takes 1,148 minutes in all, Clannad included, and the card says so."""
    anime = document("show", "after", "story")["anime"]
    assert (anime["minutes"], anime["minutes_total"]) == (584, 1148)
    assert anime["watch_first"][0]["title"] == "Clannad"
    card = run("show", "after", "story").stdout
    assert "19 h 08 in all" in card
    assert "anilist.co/anime/4181" in card


def test_show_saves_a_picture(run: Run, tmp_path: Path) -> None:
    """--save writes a well-formed picture that asks nothing of the network."""
    target = tmp_path / "card.svg"
    result = run("show", "madoka", "--save", str(target))
    assert result.exit_code == 0
    assert f"saved {target}" in result.stderr
    ElementTree.fromstring(target.read_text(encoding="utf-8"))
    assert "url(http" not in target.read_text(encoding="utf-8")


def test_a_picture_that_cannot_be_written_is_exit_4(
    run: Run, tmp_path: Path
) -> None:
    """A folder that is not there is named in one line, and nothing is left behind."""
    result = run("show", "madoka", "--save", str(tmp_path / "no" / "card.svg"))
    assert result.exit_code == 4
    assert "cannot write" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_begins_with_an_example(name: str, flag: str, run: Run) -> None:
    """Help is on stdout, exits 0, and shows a line to type before anything is explained."""
    result = run(name, flag)
    assert result.exit_code == 0
    lines = [
        line.strip() for line in result.stdout.splitlines() if line.strip()
    ]
    assert lines[1].startswith(f"cryrec {name}")


def test_bare_cryrec_is_help(run: Run) -> None:
    """Somebody who types the name alone gets help on stdout and exit 0."""
    assert run().exit_code == 0
    assert run().stdout == run("--help").stdout
    assert "findahelpline.com" in run().stdout


def test_the_readme_shows_the_real_help(run: Run) -> None:
    """The help in the README is what the program prints."""
    readme = (
        Path(__file__)
        .parents[2]
        .joinpath("README.md")
        .read_text(encoding="utf-8")
    )
    assert f"$ cryrec --help\n{run('--help').stdout}```" in readme


def test_a_shell_that_is_not_known_is_no_bug(run: Run) -> None:
    """Whatever shell this is, asking for its completion is an answer or exit 2, never 1."""
    assert run("--show-completion").exit_code in (0, 2)


def test_the_three_cards_are_saved_as_a_picture(
    run: Run, tmp_path: Path
) -> None:
    """The cards are printed as ever, the picture names them all, and one line says where it is."""
    words = ("suggest", "--mood", "family", "--time", "tonight")
    pictures = {}
    for ground in ((), ("--light",)):
        path = tmp_path / f"cards{len(ground)}.svg"
        told = run(*words, "--save", str(path), *ground)
        assert told.exit_code == 0
        assert told.stdout == run(*words).stdout
        assert told.stderr.endswith(f"saved {path}\n")
        pictures[ground] = path.read_text(encoding="utf-8")
    titles = [
        each["title"]
        for each in json.loads(run(*words, "--json").stdout)["suggestions"]
    ]
    for drawn in pictures.values():
        assert escape(", ".join(titles)) in drawn
    assert len(set(pictures.values())) == 2


@pytest.mark.parametrize("name", ["cards.png", "nowhere/cards.svg"])
def test_a_picture_that_cannot_be_written_prints_nothing(
    run: Run, tmp_path: Path, name: str
) -> None:
    """A file that is no picture's, or lies nowhere, is complained of before any card is shown."""
    told = run("suggest", "--mood", "family", "--save", str(tmp_path / name))
    assert told.exit_code in (2, 4)
    assert told.stdout == ""
    assert not list(tmp_path.rglob("*.png"))
