"""Everything that can be wrong with a catalogue file, each problem with its entry and key.

The loader converts a good file in one step and never comes here for it, but for what a schema
cannot say. Only a bad file is walked value by value, so that its author sees all of it at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import Annotated, Any, Final, NamedTuple, get_args, get_origin

import msgspec
from msgspec import UnsetType

from cryrec.catalogue.lines import Place
from cryrec.catalogue.records import (
    CatalogueFile,
    PrerequisiteRecord,
    Record,
    TitleRecord,
)
from cryrec.errors import nearest
from cryrec.matching import normalise


class Finding(NamedTuple):
    """One thing that is wrong: where, and what would be right.

    `line` is set where the place has none because nothing could be read.
    """

    place: Place
    message: str
    line: int | None = None


def spelled(place: Place) -> str:
    """A place as a person reads it: "anime[3].moods[0].id"."""
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return "".join(steps).removeprefix(".")


# --- what the schema knows: shapes, types, ranges, fixed words ---------------------------------


def schema_problems(value: Any, kind: Any, place: Place = ()) -> Iterator[Finding]:
    """Every way in which `value` is not a `kind`, each with its place and what would be right."""
    kind = _if_given(kind)
    record = _record_type(kind)
    if record is not None and isinstance(value, Mapping):
        yield from _record_problems(value, record, place)
    elif (
        (item := _item_type(kind)) is not None
        and isinstance(value, list)
        and _record_type(item)
    ):
        for index, each in enumerate(value):
            yield from schema_problems(each, item, (*place, index))
        yield from _value_problem(value, _any_items(kind), kind, place)
    else:
        yield from _value_problem(value, kind, kind, place)


def _record_problems(
    value: Mapping[str, Any], record: type[Record], place: Place
) -> Iterator[Finding]:
    fields = {field.name: field for field in msgspec.structs.fields(record)}
    for key in value:
        if key not in fields:
            near = nearest(key, fields)
            hint = f"did you mean {near}?" if near else f"known are {', '.join(fields)}"
            yield Finding((*place, key), f"unknown key; {hint}")
    for name, field in fields.items():
        if name in value:
            yield from schema_problems(value[name], field.type, (*place, name))
        elif field.required:
            yield Finding((*place, name), f"missing; expected {expected(field.type)}")


def _value_problem(value: Any, kind: Any, said: Any, place: Place) -> Iterator[Finding]:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        meant = _meant(value, said)
        yield Finding(place, f"expected {expected(said)}, got {_shown(value)}{meant}")


def _if_given(kind: Any) -> Any:
    """`kind` without the leave to be missing."""
    options = [option for option in get_args(kind) if option is not UnsetType]
    return reduce(or_, options) if UnsetType in get_args(kind) else kind


def _record_type(kind: Any) -> type[Record] | None:
    return kind if isinstance(kind, type) and issubclass(kind, Record) else None


def _any_items(kind: Any) -> Any:
    """A list as long as `kind` allows, of anything: its items have been looked at already."""
    metadata = getattr(kind, "__metadata__", ())
    return Annotated[(tuple[Any, ...], *metadata)] if metadata else tuple[Any, ...]


def _item_type(kind: Any) -> Any:
    """The type of the items if `kind` is a tuple of any length, else None."""
    bare = get_args(kind)[0] if hasattr(kind, "__metadata__") else kind
    return get_args(bare)[0] if get_origin(bare) is tuple else None


def _constraints(schema: Mapping[str, Any]) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is not None and high is not None:
        return f" from {low} to {high:,}"
    if low is not None:
        return f" of at least {low}"
    if "maxLength" in schema:
        return f" of 1 to {schema['maxLength']} characters"
    return ""


def expected(kind: Any) -> str:
    """A kind of value in words: "a whole number of at least 1", "one of spring, summer ..."."""
    schema = msgspec.json.schema(kind)
    while "$ref" in schema:
        schema = {**schema["$defs"][schema["$ref"].rsplit("/", 1)[-1]]}
    schema = next(
        (s for s in schema.get("anyOf", ()) if s.get("type") != "null"), schema
    )
    if "enum" in schema:
        return f"one of {', '.join(map(str, schema['enum']))}"
    if "pattern" in schema:
        return "lower-case letters and digits joined by single hyphens"
    if "minItems" in schema or "maxItems" in schema:
        most = f" to {schema['maxItems']}" if "maxItems" in schema else " or more"
        return f"a list of {schema.get('minItems', 0)}{most}"
    words = {
        "integer": "a whole number",
        "string": "text",
        "array": "a list",
        "boolean": "true or false",
    }
    return words.get(schema.get("type", ""), "a table") + _constraints(schema)


def _shown(value: Any) -> str:
    text = msgspec.json.encode(value, enc_hook=str).decode()
    return text if len(text) <= 60 else text[:57] + "..."


def _meant(value: Any, kind: Any) -> str:
    words = msgspec.json.schema(kind).get("$defs", {})
    enum = [str(word) for schema in words.values() for word in schema.get("enum", ())]
    near = nearest(value, enum) if isinstance(value, str) and enum else None
    return f"; did you mean {near}?" if near else ""


# --- what only the whole file knows ------------------------------------------------------------


def meaning_problems(
    document: Mapping[str, Any], file: CatalogueFile, before: Sequence[TitleRecord] = ()
) -> Iterator[Finding]:
    """What a schema cannot say of a bundled file: clashes, dangling references, cycles, bad text.

    `before` are the titles of the bundled files that come before it.
    """
    yield from text_problems(document, ())
    yield from _clashes("id", before, file.anime, _ids)
    yield from _clashes("name", before, file.anime, _normalised)
    by_id = {record.id: record.watch_first for record in (*before, *file.anime)}
    for index, record in enumerate(file.anime):
        place = ("anime", index)
        yield from format_problems(record.format, record.episodes, place)
        yield from repeated(record.moods, (*place, "moods"))
        yield from repeated(record.notes, (*place, "notes"))
        yield from order_problems(record.id, by_id, place)
    studios = {studio for record in (*before, *file.anime) for studio in record.studios}
    for index, studio in enumerate(file.studio):
        if studio.name not in studios:
            yield Finding(("studio", index, "name"), f'no title is by "{studio.name}"')


_MARKUP: Final = re.compile(r"\[[a-z#/@][^\[\]]*\]")
"""What some programs read as a colour or a link rather than as text."""


def text_problems(value: Any, place: Place) -> Iterator[Finding]:
    """Text that could do more than be read: escapes, control and bidi characters, markup."""
    if isinstance(value, str):
        yield from _one_text(value, place)
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _one_text(key, (*place, key))
            yield from text_problems(each, (*place, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from text_problems(each, (*place, index))


def _one_text(text: str, place: Place) -> Iterator[Finding]:
    if not text.isprintable() or not text.strip():
        yield Finding(place, f"expected printable text on one line, got {text!a:.80}")
    elif markup := _MARKUP.search(text):
        yield Finding(place, f"expected plain text, got the markup {markup[0]!a:.40}")


def format_problems(
    format: str | None, episodes: int | None, place: Place
) -> Iterator[Finding]:
    """A film in several episodes."""
    if format == "movie" and episodes != 1:
        yield Finding((*place, "episodes"), f"expected 1 for a movie, got {episodes}")


def repeated(tags: Iterable[Any], place: Place) -> Iterator[Finding]:
    """A kind of cry, or a note, that stands twice."""
    for tag_id, count in Counter(tag.id for tag in tags).items():
        if count > 1:
            yield Finding(place, f"{tag_id} stands twice")


def _ids(record: TitleRecord) -> set[str]:
    return {record.id}


def _normalised(record: TitleRecord) -> set[str]:
    names = (record.title, record.romaji, record.japanese, *record.aliases, record.id)
    return {normalise(name) for name in (*names, *record.translations.values())}


def _clashes(
    what: str, before: Sequence[TitleRecord], records: Sequence[TitleRecord], names: Any
) -> Iterator[Finding]:
    """Names that two entries share."""
    owner = {
        name: f"{record.id} of another file"
        for record in before
        for name in names(record)
    }
    for index, record in enumerate(records):
        for name in sorted(names(record)):
            taken_by = owner.setdefault(name, f"anime[{index}]")
            if taken_by != f"anime[{index}]":
                yield Finding(
                    ("anime", index), f'the {what} "{name}" is taken by {taken_by}'
                )


MOST_BEFORE: Final = 100
"""Titles that may have to be seen before another: more than anybody sees, and soon worked out."""

Prerequisites = Mapping[str, Sequence[PrerequisiteRecord]]
"""What has to be seen before each title, by its id."""


def order_problems(
    title_id: str, by_id: Prerequisites, place: Place
) -> Iterator[Finding]:
    """Prerequisites of one title that do not exist, say too little, or lead back to it."""
    place = (*place, "watch_first")
    for number, needed in enumerate(by_id[title_id]):
        yield from _one_prerequisite(needed, by_id, (*place, number))
    earlier_ids = _all_before(title_id, by_id)
    if title_id in earlier_ids:
        yield Finding(place, f"{title_id} would have to be seen before itself")
    elif len(earlier_ids) > MOST_BEFORE:
        yield Finding(
            place, f"more than {MOST_BEFORE} titles would have to be seen first"
        )


def _one_prerequisite(
    needed: PrerequisiteRecord, by_id: Prerequisites, place: Place
) -> Iterator[Finding]:
    if needed.id is None:
        for key in ("title", "episodes", "minutes"):
            if getattr(needed, key) is None:
                message = "missing; a prerequisite is an id, or has minutes of its own"
                yield Finding((*place, key), message)
    elif needed.id not in by_id:
        yield Finding((*place, "id"), unknown_id(needed.id, by_id))


MOST_COMPARED: Final = 1_000
"""Ids beyond which none is looked for that was meant: with all of them wrong it takes minutes."""


def unknown_id(title_id: str, known_ids: Collection[str]) -> str:
    """That no title has this id, with the nearest that one has."""
    near = nearest(title_id, known_ids) if len(known_ids) <= MOST_COMPARED else None
    hint = f"; did you mean {near}?" if near else ""
    return f'no title has the id "{title_id}"{hint}'


def _all_before(title_id: str, by_id: Prerequisites) -> set[str]:
    """The ids of all that has to be seen before a title, or of more than may be."""
    waiting, earlier_ids = [title_id], set[str]()
    while waiting and len(earlier_ids) <= MOST_BEFORE:
        for needed in by_id.get(waiting.pop(), ()):
            if needed.id is not None and needed.id not in earlier_ids:
                earlier_ids.add(needed.id)
                waiting.append(needed.id)
    return earlier_ids
