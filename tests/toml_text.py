"""Catalogue files for tests: a document as the TOML that somebody could have written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any


def toml(document: Mapping[str, Any]) -> str:
    """`document` as TOML: its lists of tables under headers, everything below on one line."""
    lines = []
    for key, value in document.items():
        if (
            isinstance(value, list)
            and value
            and all(isinstance(each, dict) for each in value)
        ):
            for table in value:
                pairs = [
                    f"{_key(name)} = {_value(item)}"
                    for name, item in table.items()
                ]
                lines += [f"[[{key}]]", *pairs, ""]
        else:
            lines.insert(0, f"{_key(key)} = {_value(value)}")
    return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    return (
        name
        if name.replace("_", "").isalnum() and name.isascii()
        else json.dumps(name)
    )


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return (
            "{ "
            + ", ".join(f"{_key(k)} = {_value(v)}" for k, v in value.items())
            + " }"
        )
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    # A string, number or truth of JSON is one of TOML.
    return json.dumps(value)


def entry(number: int = 1, **changes: object) -> dict[str, Any]:
    """A title that holds in a bundled file, with some keys changed; None leaves a key out."""
    whole = {
        "id": f"title-{number}",
        "title": f"Title {number}",
        "romaji": f"Romaji {number}",
        "japanese": f"題名{number}",
        "studios": ["Studio"],
        "format": "series",
        "episodes": 12,
        "minutes": 288,
        "season": "spring",
        "year": 2011,
        "blurb": "Somebody leaves, and somebody stays.",
        "moods": [
            {"id": "goodbye", "strength": 3, "evidence": "The first scene."}
        ],
        "tissues": 3,
        "ending": "hopeful",
        "setting": ["realistic"],
        "age": 13,
        "mal_ids": [number],
        "anilist_id": number,
    }
    return {
        key: value
        for key, value in (whole | changes).items()
        if value is not None
    }


def own_entry(**changes: object) -> dict[str, Any]:
    """As little as a new title of one's own may say, with some keys changed."""
    least = {
        "title": "A Title of Mine",
        "format": "movie",
        "minutes": 90,
        "moods": [{"id": "family"}],
    }
    return {
        key: value
        for key, value in (least | changes).items()
        if value is not None
    }
