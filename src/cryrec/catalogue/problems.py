"""Everything that can be wrong with a catalogue file, each problem with its entry and key.

The loader converts a good file in one step and never comes here for it, but for what a schema
cannot say. Only a bad file is walked value by value, so that its author sees all of it at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, get_args, get_origin

import msgspec

from cryrec.catalogue.records import CatalogueFile, PrerequisiteRecord, Record, TitleRecord
from cryrec.errors import nearest
from cryrec.matching import normalise

# --- what the schema knows: shapes, types, ranges, fixed words ---------------------------------


def schema_problems(value: Any, kind: Any, place: str = "") -> Iterator[str]:
    """Every way in which `value` is not a `kind`, each with its place and what would be right."""
    record = _record_type(kind)
    if record is not None and isinstance(value, Mapping):
        yield from _record_problems(value, record, place)
    elif (item := _item_type(kind)) is not None and isinstance(value, list) and _record_type(item):
        for index, each in enumerate(value):
            yield from schema_problems(each, item, f"{place}[{index}]")
        yield from _value_problem(value, _any_items(kind), kind, place)
    else:
        yield from _value_problem(value, kind, kind, place)


def _record_problems(value: Mapping[str, Any], record: type[Record], place: str) -> Iterator[str]:
    fields = {field.name: field for field in msgspec.structs.fields(record)}
    for key in value.keys() - fields.keys():
        near = nearest(key, fields)
        hint = f"did you mean {near}?" if near else f"known are {', '.join(fields)}"
        yield f"{_join(place, key)}: unknown key; {hint}"
    for name, field in fields.items():
        if name in value:
            yield from schema_problems(value[name], field.type, _join(place, name))
        elif field.required:
            yield f"{_join(place, name)}: missing; expected {_expected(field.type)}"


def _value_problem(value: Any, kind: Any, said: Any, place: str) -> Iterator[str]:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        yield f"{place}: expected {_expected(said)}, got {_shown(value)}{_meant(value, said)}"


def _join(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key


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


def _expected(kind: Any) -> str:
    """The kind of value in words: "a whole number of at least 1", "one of spring, summer ..."."""
    schema = msgspec.json.schema(kind)
    while "$ref" in schema:
        schema = {**schema["$defs"][schema["$ref"].rsplit("/", 1)[-1]]}
    schema = next((s for s in schema.get("anyOf", ()) if s.get("type") != "null"), schema)
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


def meaning_problems(document: Mapping[str, Any], file: CatalogueFile) -> Iterator[str]:
    """What a schema cannot say: clashes, dangling references, cycles, unprintable text."""
    yield from _text_problems(document, "")
    yield from _clashes("id", ([record.id] for record in file.anime))
    yield from _clashes("name", (_normalised(record) for record in file.anime))
    for index, record in enumerate(file.anime):
        place = f"anime[{index}]"
        if record.format == "movie" and record.episodes != 1:
            yield f"{place}.episodes: expected 1 for a movie, got {record.episodes}"
        for key in ("moods", "notes"):
            ids = [tag.id for tag in getattr(record, key)]
            yield from (f"{place}.{key}: {i} stands twice" for i in set(ids) if ids.count(i) > 1)
    yield from _prerequisite_problems(file.anime)
    studios = {studio for record in file.anime for studio in record.studios}
    for index, studio in enumerate(file.studio):
        if studio.name not in studios:
            yield f'studio[{index}].name: no title is by "{studio.name}"'


def _text_problems(value: Any, place: str) -> Iterator[str]:
    if isinstance(value, str):
        if not value.isprintable() or not value.strip():
            yield f"{place}: expected printable text on one line, got {value!a}"
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _text_problems(each, _join(place, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _text_problems(each, f"{place}[{index}]")


def _normalised(record: TitleRecord) -> set[str]:
    names = (record.title, record.romaji, record.japanese, *record.aliases, record.id)
    return {normalise(name) for name in (*names, *record.translations.values())}


def _clashes(what: str, groups: Iterator[Sequence[str] | set[str]]) -> Iterator[str]:
    """Names that two entries share."""
    owner: dict[str, int] = {}
    for index, group in enumerate(groups):
        for name in sorted(group):
            if owner.setdefault(name, index) != index:
                yield f'anime[{index}]: the {what} "{name}" is taken by anime[{owner[name]}]'


def _prerequisite_problems(records: Sequence[TitleRecord]) -> Iterator[str]:
    by_id = {record.id: record for record in records}
    for index, record in enumerate(records):
        for number, needed in enumerate(record.watch_first):
            place = f"anime[{index}].watch_first[{number}]"
            yield from _one_prerequisite(needed, by_id, place)
        if _reaches(record.id, record, by_id, set()):
            yield f"anime[{index}].watch_first: {record.id} would have to be seen before itself"


def _one_prerequisite(
    needed: PrerequisiteRecord, by_id: Mapping[str, TitleRecord], place: str
) -> Iterator[str]:
    if needed.id is None:
        for key in ("title", "episodes", "minutes"):
            if getattr(needed, key) is None:
                yield f"{place}.{key}: missing; a prerequisite is an id, or has minutes of its own"
    elif needed.id not in by_id:
        near = nearest(needed.id, by_id)
        hint = f"; did you mean {near}?" if near else ""
        yield f'{place}.id: no title has the id "{needed.id}"{hint}'


def _reaches(
    goal: str, record: TitleRecord, by_id: Mapping[str, TitleRecord], visited: set[str]
) -> bool:
    """Whether `goal` stands anywhere among what has to be seen before `record`."""
    for needed in record.watch_first:
        if needed.id is None or needed.id in visited:
            continue
        visited.add(needed.id)
        other = by_id.get(needed.id)
        if needed.id == goal or (other and _reaches(goal, other, by_id, visited)):
            return True
    return False
