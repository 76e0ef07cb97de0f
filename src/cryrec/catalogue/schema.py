"""What may stand in a catalogue file, as a JSON Schema: an editor then completes and explains."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from cryrec.catalogue.records import OwnFile

KEYS: Final = {
    "anime": "The titles: new ones, and what is to be changed of others.",
    "studio": "Other names of studios, for --studio.",
    "id": "Lower-case words joined by hyphens. That of a title there is changes that title; left "
    "out, one is made from the title.",
    "title": "What it is called in English, or as you call it.",
    "romaji": "Its Japanese title in Latin letters.",
    "japanese": "Its title as it is written in Japan.",
    "aliases": "Other names it should be found by.",
    "studios": "Who made it.",
    "format": "One film, or episodes.",
    "episodes": "How many; 1 for a film.",
    "minutes": "How long the work alone is, all its episodes together.",
    "episode_minutes": "How long one episode is, instead of minutes.",
    "season": "The quarter in which it began.",
    "year": "When it came out.",
    "blurb": "The premise in at most 150 characters of your own.",
    "moods": "One to four kinds of cry, none that only the later story shows.",
    "tissues": "1 a lump in the throat, 2 misty-eyed, 3 a proper cry, 4 ugly crying, 5 wrecked for "
    "days: the hardest ten minutes, and how long it stays.",
    "ending": "How it ends; shown only to those who ask for it.",
    "setting": "Where it plays; the first is what one sees.",
    "age": "From which age it is suitable.",
    "notes": "What somebody may want to steer clear of. Left out, nobody knows; an empty list says "
    "there is nothing.",
    "watch_first": "What has to be seen before it, and counts into its time.",
    "sequels": "What comes after it.",
    "mal_ids": "Its numbers at MyAnimeList, by which a list you import knows it.",
    "anilist_id": "Its number at AniList.",
    "article_position": "Its number in the article that the list is made from.",
    "source_note": "Where its sources differ.",
    "readings": "How often its notes were read independently.",
    "about": "What somebody may remember of the premise: four to eight words or phrases.",
    "translations": "Its official titles in other languages, by language tag.",
    "hidden": "Whether it is left out of everything.",
    "name": "The studio, as it stands with its titles.",
    "strength": "3 what it is about, 2 a strong thread, 1 a thread.",
    "evidence": "Where the premise or the first two episodes show it.",
    "level": "How much of it there is.",
    "spoiler": "Whether knowing it gives the plot away; then it is not shown unasked.",
    "checked": "Whether somebody has made sure.",
    "mal_id": "Its number at MyAnimeList.",
}
"""What each key means, whatever it stands in."""

NEEDED: Final = (
    ["id"],
    ["title", "format", "minutes", "moods"],
    ["title", "format", "episodes", "episode_minutes", "moods"],
)
"""The keys of which an entry needs all of one line: that of a known title, or of a new one."""


def schema() -> str:
    """The JSON Schema of a catalogue file of one's own."""
    generated = msgspec.json.schema(OwnFile)
    definitions = generated["$defs"]
    root = definitions.pop(OwnFile.__name__)
    for definition in (root, *definitions.values()):
        _describe(definition)
    definitions["OwnTitleRecord"]["anyOf"] = [
        {"required": keys} for keys in NEEDED
    ]
    document = {
        "$schema": "http://json-schema.org/draft-07/schema#",
        **root,
        "title": "A catalogue of cryrec",
        "$defs": definitions,
    }
    compact = msgspec.json.encode(document)
    return msgspec.json.format(compact, indent=2).decode() + "\n"


def _describe(definition: dict[str, Any]) -> None:
    """Put what each key means beside what it may be.

    A key that refers to a definition is wrapped: beside a reference, editors overlook the rest.
    """
    properties = definition.get("properties", {})
    for key, kind in properties.items():
        is_reference = "$ref" in kind
        properties[key] = {
            **({"allOf": [kind]} if is_reference else kind),
            "description": KEYS[key],
        }
