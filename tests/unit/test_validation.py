"""A catalogue that does not hold: every problem at once, each with its entry and key."""

from __future__ import annotations

from typing import Any

import pytest
from toml_text import entry, toml

from cryrec.catalogue.contents import Contents, Source
from cryrec.catalogue.overlay import lay
from cryrec.models import Shelf, Title


def laid(*documents: dict[str, Any]) -> Contents:
    """What bundled files of these contents hold together."""
    sources = [
        Source(Shelf.LIST, "x.toml", toml(document).encode())
        for document in documents
    ]
    return lay(sources)


def titles(*entries: dict[str, Any]) -> tuple[Title, ...]:
    """The titles of a file with these entries, in which nothing may be wrong."""
    contents = laid({"anime": list(entries)})
    assert contents.files[0].problems == ()
    return contents.titles


def problems(*entries: dict[str, Any], **tables: object) -> tuple[str, ...]:
    """What is said to be wrong with a file; then none of it is used."""
    contents = laid({"anime": list(entries), **tables})
    assert contents.titles == ()
    return tuple(problem.sentence for problem in contents.files[0].problems)


def test_a_catalogue_that_holds_is_loaded() -> None:
    """The entry that all the others are made from is right."""
    assert titles(entry())[0].minutes_total == 288


def test_a_text_for_a_number_is_named_with_its_place() -> None:
    """Somebody who quotes a number is told the entry, the key, what was expected and what stood."""
    found = problems(entry(1), entry(2), entry(3), entry(4, minutes="24"))
    assert found == (
        'anime[3].minutes: expected a whole number from 1 to 100,000, got "24"',
    )


def test_every_problem_is_reported_at_once() -> None:
    """One run shows everything that is wrong with every entry."""
    bad_mood = [{"id": "goodby", "strength": 4, "evidence": "x"}]
    found = problems(
        entry(1, tissues=9, year="x"), entry(2, moods=bad_mood, ending=None)
    )
    places = sorted(problem.split(":")[0] for problem in found)
    assert places == [
        "anime[0].tissues",
        "anime[0].year",
        "anime[1].ending",
        "anime[1].moods[0].id",
        "anime[1].moods[0].strength",
    ]


def test_a_mistyped_key_is_answered_with_the_nearest() -> None:
    """A key nobody knows is named together with the one that was probably meant."""
    (found,) = problems(entry(minute=3))
    assert found.startswith("anime[0].minute: unknown key")
    assert "did you mean minutes?" in found


def test_a_mistyped_mood_is_answered_with_the_nearest() -> None:
    """So is a word of a fixed list."""
    tag = {"id": "familly", "strength": 1, "evidence": "x"}
    (found,) = problems(entry(moods=[tag]))
    assert "did you mean family?" in found


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"tissues": 0}, "tissues"),
        ({"tissues": 6}, "tissues"),
        ({"age": -1}, "age"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 24.5}, "minutes"),
        ({"episodes": True}, "episodes"),
        ({"blurb": "x" * 151}, "blurb"),
        ({"title": ""}, "title"),
        ({"id": "Not An Id"}, "id"),
        ({"studios": []}, "studios"),
        ({"moods": []}, "moods"),
        ({"format": "film"}, "format"),
        ({"setting": ["space"]}, "setting"),
        ({"season": "autumn"}, "season"),
        ({"notes": [{"id": "gore", "level": "shown"}]}, "notes[0].id"),
        ({"notes": [{"id": "war", "level": "much"}]}, "notes[0].level"),
        ({"notes": "war"}, "notes"),
        ({"moods": [{"id": "family", "strength": 3}]}, "moods[0].evidence"),
        ({"format": "movie"}, "episodes"),
        ({"title": "Two\nlines"}, "title"),
        ({"blurb": "A \x1b[31mred\x1b[0m word."}, "blurb"),
        ({"aliases": ["fine", "not\u200bfine"]}, "aliases[1]"),
        ({"watch_first": [{"id": "nothing"}]}, "watch_first[0].id"),
        (
            {"watch_first": [{"title": "No minutes", "episodes": 1}]},
            "watch_first[0].minutes",
        ),
        ({"watch_first": [{"id": "title-1"}]}, "watch_first"),
        (
            {"moods": [{"id": "family", "strength": 3, "evidence": "x"}] * 2},
            "moods",
        ),
    ],
)
def test_what_an_entry_may_not_say(
    changes: dict[str, Any], place: str
) -> None:
    """Each rule of an entry is found where it is broken, and nothing else is."""
    found = problems(entry(**changes))
    assert [problem.split(":")[0] for problem in found] == [
        f"anime[0].{place}"
    ]


def test_ids_and_names_belong_to_one_title() -> None:
    """No id and no alias, in whatever spelling, may lead to two titles."""
    assert (
        'id "title-1"'
        in problems(
            entry(1), entry(1, title="Other", romaji="O", japanese="o")
        )[0]
    )
    (found,) = problems(entry(1), entry(2, aliases=["TITLE: 1!"]))
    assert found.startswith("anime[1]:")
    assert "anime[0]" in found


def test_prerequisites_may_not_go_round_in_a_circle() -> None:
    """A title that would have to be seen before itself is refused, however long the way round."""
    circle = [
        entry(1, watch_first=[{"id": "title-2"}]),
        entry(2, watch_first=[{"id": "title-3"}]),
        entry(3, watch_first=[{"id": "title-1"}]),
    ]
    assert all("before itself" in problem for problem in problems(*circle))


def test_prerequisites_of_prerequisites_count_once() -> None:
    """The honest total holds every work on the way, each a single time."""
    first, second, third = titles(
        entry(1, minutes=100),
        entry(2, minutes=10, watch_first=[{"id": "title-1"}]),
        entry(
            3, minutes=1, watch_first=[{"id": "title-2"}, {"id": "title-1"}]
        ),
    )
    totals = [title.minutes_total for title in (first, second, third)]
    assert totals == [100, 110, 111]
    assert [work.title for work in third.prerequisites] == [
        "Title 1",
        "Title 2",
    ]


def test_a_studio_nobody_works_for_is_a_mistake() -> None:
    """An alias of a studio that no title has is a typing error worth naming."""
    (found,) = problems(entry(), studio=[{"name": "Studyo", "aliases": ["S"]}])
    assert found.startswith("studio[0].name")


def test_a_second_file_may_build_upon_the_first() -> None:
    """Its titles may need those of the first, and may not share a name with them."""
    needing = entry(2, watch_first=[{"id": "title-1"}])
    assert len(laid({"anime": [entry(1)]}, {"anime": [needing]}).titles) == 2
    clashing = laid(
        {"anime": [entry(1)]}, {"anime": [entry(2, aliases=["TITLE: 1!"])]}
    )
    (problem,) = clashing.files[1].problems
    assert (
        problem.sentence
        == 'anime[0]: the name "title 1" is taken by title-1 of another file'
    )


@pytest.mark.parametrize(
    "text", ["anime = [", "\x00", "anime = 3", "[[anime]]", "x = 1", ""]
)
def test_a_file_that_is_no_catalogue_is_named(text: str) -> None:
    """What cannot be understood, or holds no title, is a problem of the file."""
    (report,) = lay([Source(Shelf.LIST, "x.toml", text.encode())]).files
    assert report.problems


def test_a_file_of_another_encoding_is_damaged() -> None:
    """Bytes that are not UTF-8 are a damaged catalogue, not a crash; the line is named."""
    content = "# one\nid = 'é'".encode("latin-1")
    (report,) = lay([Source(Shelf.LIST, "x.toml", content)]).files
    assert [problem.line for problem in report.problems] == [2]
    assert "UTF-8" in report.problems[0].message
