"""Everything that can be wrong with a catalogue file, each problem with its entry and key.

The loader converts a good file in one step and never comes here for it, but for what a schema
cannot say. Only a bad file is walked value by value, so that its author sees all of it at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import chain
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
    steps = (
        f"[{step}]" if isinstance(step, int) else f".{step}" for step in place
    )
    return "".join(steps).removeprefix(".")


# --- what the schema knows: shapes, types, ranges, fixed words ---------------------------------


def schema_problems(
    value: Any, kind: Any, place: Place = ()
) -> Iterator[Finding]:
    """Every way in which `value` is not a `kind`, each with its place and what would be right."""
    bare_kind = _if_given(kind)
    record = _record_type(bare_kind)
    record_in_list = _record_type(_item_type(bare_kind))
    if record is not None and isinstance(value, Mapping):
        yield from _record_problems(value, record, place)
    elif record_in_list is not None and isinstance(value, list):
        for index, entry in enumerate(value):
            yield from schema_problems(entry, record_in_list, (*place, index))
        yield from _value_problem(
            value, _any_items(bare_kind), bare_kind, place
        )
    else:
        yield from _value_problem(value, bare_kind, bare_kind, place)


def _record_problems(
    value: Mapping[str, Any], record: type[Record], place: Place
) -> Iterator[Finding]:
    fields = {field.name: field for field in msgspec.structs.fields(record)}
    for key in value:
        if key not in fields:
            near_key = nearest(key, fields)
            known_keys = ", ".join(fields)
            hint = (
                f"did you mean {near_key}?"
                if near_key
                else f"known are {known_keys}"
            )
            yield Finding((*place, key), f"unknown key; {hint}")
    for key, field in fields.items():
        if key in value:
            yield from schema_problems(value[key], field.type, (*place, key))
        elif field.required:
            yield Finding(
                (*place, key), f"missing; expected {expected(field.type)}"
            )


def _value_problem(
    value: Any,
    kind: Any,
    stated_kind: Any,
    place: Place,
) -> Iterator[Finding]:
    """That a value is not of a kind, which a person is told of as `stated_kind`."""
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        right = expected(stated_kind)
        hint = _near_word(value, stated_kind)
        yield Finding(place, f"expected {right}, got {_shown(value)}{hint}")


def _if_given(kind: Any) -> Any:
    """`kind` without the leave to be missing."""
    options = get_args(kind)
    if UnsetType not in options:
        return kind
    return reduce(
        or_, (option for option in options if option is not UnsetType)
    )


def _record_type(kind: Any) -> type[Record] | None:
    is_record = isinstance(kind, type) and issubclass(kind, Record)
    return kind if is_record else None


def _any_items(kind: Any) -> Any:
    """A list as long as `kind` allows, of anything: its items have been looked at already."""
    metadata = getattr(kind, "__metadata__", ())
    if not metadata:
        return tuple[Any, ...]
    return Annotated[(tuple[Any, ...], *metadata)]


def _item_type(kind: Any) -> Any:
    """The type of the items if `kind` is a tuple of any length, else None."""
    bare_kind = get_args(kind)[0] if hasattr(kind, "__metadata__") else kind
    if get_origin(bare_kind) is not tuple:
        return None
    return get_args(bare_kind)[0]


def _constraints(schema: Mapping[str, Any]) -> str:
    low = schema.get("minimum")
    high = schema.get("maximum")
    if low is not None and high is not None:
        return f" from {low} to {high:,}"
    if low is not None:
        return f" of at least {low}"
    if "maxLength" in schema:
        return f" of 1 to {schema['maxLength']} characters"
    return ""


def expected(kind: Any) -> str:
    """A kind of value in words: "a whole number of at least 1", "one of spring, summer ..."."""
    schema = _schema_of(kind)
    if "enum" in schema:
        choices = ", ".join(map(str, schema["enum"]))
        return f"one of {choices}"
    if "pattern" in schema:
        return "lower-case letters and digits joined by single hyphens"
    if "minItems" in schema or "maxItems" in schema:
        fewest = schema.get("minItems", 0)
        up_to = (
            f" to {schema['maxItems']}" if "maxItems" in schema else " or more"
        )
        return f"a list of {fewest}{up_to}"
    type_words = {
        "integer": "a whole number",
        "string": "text",
        "array": "a list",
        "boolean": "true or false",
    }
    json_type = schema.get("type", "")
    return type_words.get(json_type, "a table") + _constraints(schema)


def _schema_of(kind: Any) -> Mapping[str, Any]:
    """The JSON Schema of a kind of value; where it may also be null, that of the value."""
    schema = msgspec.json.schema(kind)
    while "$ref" in schema:
        reference = schema["$ref"].rsplit("/", 1)[-1]
        schema = {**schema["$defs"][reference]}
    for option in schema.get("anyOf", ()):
        if option.get("type") != "null":
            return dict(option)
    return schema


def _shown(value: Any) -> str:
    encoded = msgspec.json.encode(value, enc_hook=str).decode()
    return encoded if len(encoded) <= 60 else encoded[:57] + "..."


def _near_word(value: Any, kind: Any) -> str:
    """The fixed word that somebody may have meant, as a question; nothing if there is none."""
    definitions = msgspec.json.schema(kind).get("$defs", {})
    enums = (schema.get("enum", ()) for schema in definitions.values())
    fixed_words = [str(choice) for choice in chain.from_iterable(enums)]
    if not isinstance(value, str) or not fixed_words:
        return ""
    near = nearest(value, fixed_words)
    return f"; did you mean {near}?" if near else ""


# --- what only the whole file knows ------------------------------------------------------------


def meaning_problems(
    document: Mapping[str, Any],
    file: CatalogueFile,
    before: Sequence[TitleRecord] = (),
) -> Iterator[Finding]:
    """What a schema cannot say of a bundled file: clashes, dangling references, cycles, bad text.

    `before` are the titles of the bundled files that come before it.
    """
    yield from text_problems(document, ())
    yield from _clashes("id", before, file.anime, _ids)
    yield from _clashes("name", before, file.anime, _normalised)
    all_records = (*before, *file.anime)
    by_id = {record.id: record.watch_first for record in all_records}
    for index, record in enumerate(file.anime):
        place = ("anime", index)
        yield from format_problems(record.format, record.episodes, place)
        yield from repeated(record.moods, (*place, "moods"))
        yield from repeated(record.notes, (*place, "notes"))
        yield from order_problems(record.id, by_id, place)
    studios = set(
        chain.from_iterable(record.studios for record in all_records)
    )
    for index, studio in enumerate(file.studio):
        if studio.name not in studios:
            message = f'no title is by "{studio.name}"'
            yield Finding(("studio", index, "name"), message)


_MARKUP: Final = re.compile(r"\[[a-z#/@][^\[\]]*\]")
"""What some programs read as a colour or a link rather than as text."""


def text_problems(value: Any, place: Place) -> Iterator[Finding]:
    """Text that could do more than be read: escapes, control and bidi characters, markup."""
    if isinstance(value, str):
        yield from _one_text(value, place)
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _one_text(key, (*place, key))
            yield from text_problems(inner, (*place, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from text_problems(inner, (*place, index))


def _one_text(text: str, place: Place) -> Iterator[Finding]:
    markup = _MARKUP.search(text)
    if not text.isprintable() or not text.strip():
        yield Finding(
            place, f"expected printable text on one line, got {text!a:.80}"
        )
    elif markup:
        yield Finding(
            place, f"expected plain text, got the markup {markup[0]!a:.40}"
        )


def format_problems(
    format: str | None, episodes: int | None, place: Place
) -> Iterator[Finding]:
    """A film in several episodes."""
    if format == "movie" and episodes != 1:
        yield Finding(
            (*place, "episodes"), f"expected 1 for a movie, got {episodes}"
        )


def repeated(tags: Iterable[Any], place: Place) -> Iterator[Finding]:
    """A kind of cry, or a note, that stands twice."""
    counts = Counter(tag.id for tag in tags)
    for tag_id, count in counts.items():
        if count > 1:
            yield Finding(place, f"{tag_id} stands twice")


def _ids(record: TitleRecord) -> set[str]:
    return {record.id}


def _normalised(record: TitleRecord) -> set[str]:
    names = (
        record.title,
        record.romaji,
        record.japanese,
        *record.aliases,
        record.id,
        *record.translations.values(),
    )
    return set(map(normalise, names))


def _clashes(
    what: str,
    before: Sequence[TitleRecord],
    records: Sequence[TitleRecord],
    names: Any,
) -> Iterator[Finding]:
    """Names that two entries share."""
    owners: dict[str, str] = {}
    for record in before:
        owners |= dict.fromkeys(names(record), f"{record.id} of another file")
    for index, record in enumerate(records):
        position = f"anime[{index}]"
        for name in sorted(names(record)):
            owner = owners.setdefault(name, position)
            if owner != position:
                message = f'the {what} "{name}" is taken by {owner}'
                yield Finding(("anime", index), message)


MOST_BEFORE: Final = 100
"""Titles that may have to be seen before another: more than anybody sees, and soon worked out."""

Prerequisites = Mapping[str, Sequence[PrerequisiteRecord]]
"""What has to be seen before each title, by its id."""


def order_problems(
    title_id: str, by_id: Prerequisites, place: Place
) -> Iterator[Finding]:
    """Prerequisites of one title that do not exist, say too little, or lead back to it."""
    list_place = (*place, "watch_first")
    for index, prerequisite in enumerate(by_id[title_id]):
        yield from _one_prerequisite(prerequisite, by_id, (*list_place, index))
    earlier_ids = _all_before(title_id, by_id)
    if title_id in earlier_ids:
        yield Finding(
            list_place, f"{title_id} would have to be seen before itself"
        )
    elif len(earlier_ids) > MOST_BEFORE:
        message = f"more than {MOST_BEFORE} titles would have to be seen first"
        yield Finding(list_place, message)


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
    message = f'no title has the id "{title_id}"'
    if len(known_ids) > MOST_COMPARED:
        return message
    near = nearest(title_id, known_ids)
    return f"{message}; did you mean {near}?" if near else message


def _all_before(title_id: str, by_id: Prerequisites) -> set[str]:
    """The ids of all that has to be seen before a title, or of more than may be."""
    earlier_ids: set[str] = set()
    waiting_ids = [title_id]
    while waiting_ids and len(earlier_ids) <= MOST_BEFORE:
        next_id = waiting_ids.pop()
        for needed in by_id.get(next_id, ()):
            if needed.id is not None and needed.id not in earlier_ids:
                earlier_ids.add(needed.id)
                waiting_ids.append(needed.id)
    return earlier_ids
