"""Files laid over one another: adding, changing, hiding, and what may be left unsaid."""

from __future__ import annotations

from typing import Any

import pytest
from toml_text import entry, own_entry, toml

from cryrec.catalogue.contents import Contents, Source
from cryrec.catalogue.lines import lines_of
from cryrec.catalogue.names import made_id
from cryrec.catalogue.overlay import lay
from cryrec.catalogue.records import OwnTitleRecord, TitleRecord
from cryrec.models import Mood, Shelf, Title

BUNDLED = {"anime": [entry(1), entry(2, watch_first=[{"id": "title-1"}])]}


def laid(*own_texts: str, bundled: dict[str, Any] = BUNDLED) -> Contents:
    """What a bundled file and files of one's own hold together."""
    sources = [Source(Shelf.LIST, "anime.toml", toml(bundled).encode())]
    for number, text in enumerate(own_texts):
        sources.append(Source(Shelf.OWN, f"{number}.toml", text.encode()))
    return lay(sources)


def by_id(*own_entries: dict[str, Any]) -> dict[str, Title]:
    """The titles with one own file of these entries, in which nothing may be wrong."""
    contents = laid(toml({"anime": list(own_entries)}))
    assert [report.problems for report in contents.files] == [(), ()]
    return {title.id: title for title in contents.titles}


def problems(*own_entries: dict[str, Any]) -> list[str]:
    """What is said to be wrong with an own file of these entries; everything else serves."""
    contents = laid(toml({"anime": list(own_entries)}))
    assert {"title-1", "title-2"} <= {title.id for title in contents.titles}
    report = contents.files[1]
    assert report.titles < len(own_entries)
    return [problem.sentence for problem in report.problems]


def test_the_least_a_new_title_says_is_enough() -> None:
    """Title, format, minutes and a kind of cry; what it does not say is not known."""
    title = by_id(own_entry())["a-title-of-mine"]
    assert (title.title, title.minutes, title.lead_mood) == (
        "A Title of Mine",
        90,
        Mood.FAMILY,
    )
    assert title.shelf is Shelf.OWN
    unknown = (
        title.romaji,
        title.tissues,
        title.age,
        title.notes,
        title.year,
        title.look,
    )
    assert unknown == (None,) * len(unknown)


def test_every_key_of_a_bundled_title_may_stand_in_ones_own() -> None:
    """A whole entry copied from a bundled file is right in a file of one's own."""
    keys = set(TitleRecord.__struct_fields__)
    assert keys < set(OwnTitleRecord.__struct_fields__)
    assert by_id(entry(3))["title-3"].romaji == "Romaji 3"


def test_the_minutes_of_one_episode_will_do() -> None:
    """Whoever knows how many episodes there are need not multiply."""
    changes = {
        "format": "series",
        "minutes": None,
        "episodes": 12,
        "episode_minutes": 24,
    }
    assert by_id(own_entry(**changes))["a-title-of-mine"].minutes == 288


def test_a_known_id_changes_only_what_is_said() -> None:
    """Field by field: the rest stays, and so does the shelf the title came from."""
    before = by_id()["title-1"]
    after = by_id({"id": "title-1", "tissues": 5, "notes": []})["title-1"]
    assert (after.tissues, after.notes, after.shelf) == (5, (), Shelf.LIST)
    assert (after.title, after.moods, after.minutes) == (
        before.title,
        before.moods,
        288,
    )


def test_a_changed_title_is_changed_where_it_comes_first() -> None:
    """What has to be seen before another counts with the minutes it has now."""
    titles = by_id({"id": "title-1", "minutes": 100})
    assert titles["title-2"].minutes_total == 100 + 288


def test_hiding_takes_a_title_out_and_nothing_else() -> None:
    """It is found no more, but what needs it still counts it in."""
    titles = by_id({"id": "title-1", "hidden": True})
    assert list(titles) == ["title-2"]
    assert titles["title-2"].minutes_total == 2 * 288


def test_the_later_file_wins() -> None:
    """Own files are laid over one another in their order, each over all before it."""
    first = toml({"anime": [own_entry(id="mine", year=1990, tissues=2)]})
    second = toml(
        {
            "anime": [
                {"id": "mine", "year": 1991},
                {"id": "title-1", "hidden": True},
            ]
        }
    )
    third = toml({"anime": [{"id": "title-1", "hidden": False}]})
    titles = {title.id: title for title in laid(first, second, third).titles}
    assert (titles["mine"].year, titles["mine"].tissues) == (1991, 2)
    assert "title-1" in titles


def test_an_own_title_may_need_a_bundled_one_and_one_further_down() -> None:
    """References go anywhere, forwards too, and by an id that was made from a title."""
    first = own_entry(
        watch_first=[{"id": "title-2"}, {"id": "second-of-mine"}]
    )
    titles = by_id(first, own_entry(title="Second of Mine", minutes=10))
    assert titles["a-title-of-mine"].minutes_total == 90 + 2 * 288 + 10


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"minutes": None}, "anime[0].minutes: missing"),
        ({"moods": None}, "anime[0].moods: missing"),
        ({"moods": []}, "anime[0].moods: expected a list of 1 to 4"),
        ({"title": None}, "anime[0].title: missing"),
        ({"minutes": "90"}, "anime[0].minutes: expected a whole number"),
        (
            {"minute": 90},
            "anime[0].minute: unknown key; did you mean minutes?",
        ),
        (
            {"episode_minutes": 24},
            "anime[0].episode_minutes: stands beside minutes",
        ),
        ({"episodes": 2}, "anime[0].episodes: expected 1 for a movie"),
        (
            {"id": "../../etc/passwd"},
            "anime[0].id: expected lower-case letters",
        ),
        ({"id": "/"}, "anime[0].id: expected lower-case letters"),
        (
            {"title": "A \x1b[31mred\x1b[0m one"},
            "anime[0].title: expected printable text",
        ),
        (
            {"blurb": "Not \u202eforward"},
            "anime[0].blurb: expected printable text",
        ),
        (
            {"studios": ["[bold]Loud[/bold]"]},
            "anime[0].studios[0]: expected plain text",
        ),
        (
            {"aliases": ["[link=file:///x]y[/]"]},
            "anime[0].aliases[0]: expected plain text",
        ),
        (
            {"translations": {"f\x07r": "Un"}},
            "anime[0].translations.f\x07r: expected printable",
        ),
        (
            {"title": "x" * 501},
            "anime[0].title: expected text of 1 to 500 characters",
        ),
        (
            {"watch_first": [{"id": "titel-1"}]},
            "anime[0].watch_first[0].id: no title has the id",
        ),
        (
            {"watch_first": [{"id": "a-title-of-mine"}]},
            "anime[0].watch_first: a-title-of-mine",
        ),
        (
            {"moods": [{"id": "goodby"}]},
            "anime[0].moods[0].id: expected one of",
        ),
        (
            {"moods": [{"id": "family"}] * 2},
            "anime[0].moods: family stands twice",
        ),
    ],
)
def test_an_entry_that_does_not_hold_is_named_and_the_others_serve(
    changed: dict[str, Any], place: str
) -> None:
    """One wrong entry costs that entry, and is told with its place and what would be right."""
    (first, *_) = problems(own_entry(**changed), own_entry(title="Another"))
    assert first.startswith(place)


def test_a_mistyped_id_is_answered_with_the_nearest() -> None:
    """Who meant to change or hide a title, and missed it, is told which was probably meant."""
    assert (
        "did you mean title-1?" in problems({"id": "titel-1", "tissues": 4})[0]
    )
    assert (
        "did you mean title-1?"
        in problems({"id": "titel-1", "hidden": True})[0]
    )


def test_two_entries_of_one_file_may_not_share_an_id() -> None:
    """The first serves, and the second is named; a remake needs an id of its own."""
    (found,) = problems(own_entry(year=1995), own_entry(year=2020))
    assert found.startswith(
        'anime[1].id: "a-title-of-mine" is taken by anime[0]'
    )


def test_titles_that_need_one_another_are_both_left_out() -> None:
    """A circle through several entries, or a changed title, is found wherever it begins."""
    one = own_entry(id="one", watch_first=[{"id": "two"}])
    two = own_entry(id="two", title="Two", watch_first=[{"id": "one"}])
    assert all(
        "before itself" in each or "no title" in each
        for each in problems(one, two)
    )
    circle = {"id": "title-1", "watch_first": [{"id": "title-2"}]}
    assert "before itself" in problems(circle)[0]


def test_a_chain_without_end_is_refused_soon() -> None:
    """Ten thousand titles that each need the one before are told so, and take no minutes."""
    chain = [own_entry(id="n-0")]
    for number in range(1, 10_000):
        chain.append(
            own_entry(
                id=f"n-{number}", watch_first=[{"id": f"n-{number - 1}"}]
            )
        )
    assert (
        "more than 100 titles would have to be seen first"
        in problems(*chain)[0]
    )


@pytest.mark.parametrize(
    "text",
    [
        "anime = 3",
        "anime = [1, [2], 'x']",
        "x = 1",
        "anime = [",
        "[[anime]]",
        "studio = 'Bones'",
        "a = " + "[" * 5_000,
        "\ufeffanime = 1",
        "anime.x.y = 1",
    ],
)
def test_a_file_that_is_no_catalogue_costs_only_itself(text: str) -> None:
    """Whatever stands in it, the bundled titles are there, and the file is named."""
    contents = laid(text)
    assert len(contents.titles) == 2
    assert contents.files[1].problems


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_a_byte_order_mark_do_no_harm(
    end: str, mark: str
) -> None:
    """A file saved by an editor of another system is the same file."""
    text = mark + toml({"anime": [own_entry()]}).replace("\n", end)
    assert len(laid(text).titles) == 3


def test_an_empty_file_is_no_mistake() -> None:
    """Somebody has just made it."""
    assert laid("", "# nothing yet\n").files[1:] == laid("", "").files[1:]
    assert not laid("").files[1].problems


@pytest.mark.parametrize(
    ("title", "title_id"),
    [
        ("Your Name.", "your-name"),
        ("Fate/stay night [映画]", "fate-stay-night"),
        ("Pokémon", "pokemon"),
        ("x" * 80, "x" * 50),
    ],
)
def test_an_id_is_made_from_the_title(title: str, title_id: str) -> None:
    """Its Latin words, joined."""
    assert made_id(title) == title_id


def test_titles_without_latin_letters_have_ids_too() -> None:
    """The same title always has the same, and another another."""
    assert (
        made_id("君の名は") == made_id("君の名は。") != made_id("火垂るの墓")
    )
    title = own_entry(title="君の名は")
    assert len(by_id(title, own_entry(title="火垂るの墓"))) == 4


def test_other_names_of_studios_add_up() -> None:
    """Several files may each know a name of the same studio."""
    own = toml({"studio": [{"name": "Studio", "aliases": ["The House"]}]})
    bundled = {**BUNDLED, "studio": [{"name": "Studio", "aliases": ["S"]}]}
    assert laid(own, bundled=bundled).studio_aliases == {
        "Studio": ("S", "The House")
    }


# --- where something stands -----------------------------------------------------------------------

WRITTEN = '''\
# a comment with [[anime]] in it
[[anime]]
title = "One"
moods = [
  { id = "family" },  # the first
  { id = "goodby", strength = 9 },
]
blurb = """
[[anime]] is no header here
"""

[[anime]]
"title" = 'Two # not a comment'
translations.fr = "Deux"
minutes = "x"
  [[anime.notes]]
  id = "war"
  [[anime.notes]]
  id = "wra"
'''


def test_every_problem_has_its_line() -> None:
    """However a file is laid out: keys, lists over several lines, tables under headers."""
    lines = lines_of(WRITTEN)
    assert lines["anime", 0] == 2
    assert lines["anime", 0, "moods", 1, "strength"] == 6
    assert lines["anime", 0, "blurb"] == 8
    assert lines["anime", 1] == 12
    assert lines["anime", 1, "title"] == 13
    assert lines["anime", 1, "translations", "fr"] == 14
    assert lines["anime", 1, "notes", 0] == 16
    assert lines["anime", 1, "notes", 1, "id"] == 19


def test_problems_come_in_the_order_of_the_file() -> None:
    """Who mends a file from top to bottom meets them in turn; a missing key stands at its entry."""
    found = laid(WRITTEN).files[1].problems
    assert [problem.line for problem in found] == sorted(
        problem.line or 0 for problem in found
    )
    placed = {(problem.key, problem.line) for problem in found}
    assert {
        ("moods[1].id", 6),
        ("moods[1].strength", 6),
        ("minutes", 15),
    } <= placed
    assert ("notes[1].id", 19) in placed
    missing = laid(
        toml({"anime": [own_entry(), own_entry(title="B", minutes=None)]})
    ).files[1]
    assert [(each.entry, each.line) for each in missing.problems] == [
        ("anime[1]", 7)
    ]
