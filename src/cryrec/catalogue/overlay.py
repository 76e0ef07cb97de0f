"""The catalogue files laid over one another: later ones add titles, change them, or hide them.

A bundled file holds as a whole or not at all. In a file of one's own an entry that does not hold is
left out and named, and the others serve.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Final

import msgspec
from msgspec import UNSET, Struct
from msgspec.structs import astuple

from cryrec.catalogue.contents import Contents, FileReport, Problem, Source
from cryrec.catalogue.lines import Place, line_of, lines_of
from cryrec.catalogue.names import compiled_names, made_id
from cryrec.catalogue.problems import (
    Finding,
    format_problems,
    meaning_problems,
    order_problems,
    repeated,
    schema_problems,
    spelled,
    text_problems,
    unknown_id,
)
from cryrec.catalogue.records import (
    CatalogueFile,
    OwnFile,
    OwnTitleRecord,
    PrerequisiteRecord,
    Record,
    StudioRecord,
    TitleRecord,
)
from cryrec.catalogue.toml import NotToml, document_of, text_of
from cryrec.models import (
    ContentNote,
    Format,
    MoodTag,
    Sequel,
    Shelf,
    Title,
    Work,
    work_id,
)

Draft = dict[str, Any]
"""What all files together say of one title, by key, with its shelf."""

NEEDED: Final = ("title", "format", "minutes", "moods")
"""What a new title has to say."""


class Layer(Struct):
    """One file: its entries that hold so far, by their position in it, and what is wrong."""

    source: Source
    text: str = ""
    records: dict[int, Record] = {}
    studios: tuple[StudioRecord, ...] = ()
    findings: list[Finding] = []


def lay(sources: Sequence[Source]) -> Contents:
    """Everything that the files say together, and what is wrong with each."""
    layers: list[Layer] = []
    for source in sources:
        layers.append(_layer(source, layers))
    drafts = _laid_over(layers)
    while _drop_disordered(layers, drafts):
        drafts = _laid_over(layers)
    titles = _Maker(drafts).titles()
    return Contents(
        titles=titles,
        hidden_ids=tuple(
            title_id
            for title_id, draft in drafts.items()
            if draft.get("hidden")
        ),
        studio_aliases=_studio_aliases(layers),
        names=compiled_names(titles),
        files=tuple(map(_report, layers)),
    )


def _studio_aliases(layers: Sequence[Layer]) -> dict[str, tuple[str, ...]]:
    """The other names of each studio, from all files."""
    aliases: dict[str, tuple[str, ...]] = {}
    for layer in layers:
        for studio in layer.studios:
            known_aliases = aliases.get(studio.name, ())
            aliases[studio.name] = (*known_aliases, *studio.aliases)
    return aliases


# --- one file -------------------------------------------------------------------------------------


def _layer(source: Source, before: Sequence[Layer]) -> Layer:
    if source.shelf is Shelf.OWN:
        return _own_layer(source)
    return _bundled_layer(source, before)


def _bundled_layer(source: Source, before: Sequence[Layer]) -> Layer:
    """A file in which everything has to be right: otherwise it has no entries, only findings."""
    layer, document = _opened(source)
    if document is None:
        return layer
    try:
        file = msgspec.convert(document, CatalogueFile)
    except msgspec.ValidationError:
        layer.findings += schema_problems(document, CatalogueFile)
        return layer
    records_before = chain.from_iterable(
        lower.records.values() for lower in before
    )
    known_titles = [
        record for record in records_before if isinstance(record, TitleRecord)
    ]
    layer.findings += meaning_problems(document, file, known_titles)
    if not layer.findings:
        layer.records = dict(enumerate(file.anime))
        layer.studios = file.studio
    return layer


def _own_layer(source: Source) -> Layer:
    """A file whose entries stand each for itself."""
    layer, document = _opened(source)
    if document is None:
        return layer
    frame = dict(document)
    entries = frame.pop("anime", [])
    studios = frame.pop("studio", [])
    layer.findings += schema_problems(frame, OwnFile)
    if not isinstance(entries, list):
        layer.findings += schema_problems({"anime": entries}, OwnFile)
        entries = []
    for index, entry in enumerate(entries):
        findings = list(_entry_problems(entry, ("anime", index)))
        layer.findings += findings
        if not findings:
            layer.records[index] = msgspec.convert(entry, OwnTitleRecord)
    _take_studios(layer, studios)
    return layer


def _take_studios(layer: Layer, studios: Any) -> None:
    findings = [
        *schema_problems({"studio": studios}, OwnFile),
        *text_problems(studios, ("studio",)),
    ]
    layer.findings += findings
    if not findings:
        layer.studios = msgspec.convert(studios, tuple[StudioRecord, ...])


def _opened(source: Source) -> tuple[Layer, Mapping[str, Any] | None]:
    """The empty layer of a file, and what stands in it; None, and a finding, if it cannot be read.

    Lists of a struct are shared where they are not given, so each layer gets its own.
    """
    layer = Layer(source, records={}, findings=[])
    if source.content is None:
        layer.findings.append(Finding((), source.trouble))
        return layer, None
    try:
        layer.text = text_of(source.content)
        return layer, document_of(layer.text)
    except NotToml as error:
        layer.findings.append(Finding((), str(error), error.line))
        return layer, None


def _entry_problems(entry: Any, place: Place) -> Iterator[Finding]:
    """What is wrong with one entry of one's own, looked at alone."""
    try:
        record = msgspec.convert(entry, OwnTitleRecord)
    except msgspec.ValidationError:
        yield from schema_problems(entry, OwnTitleRecord, place)
        return
    yield from text_problems(entry, place)
    facts = _given(record)
    if not facts.keys() & {"id", "title"}:
        message = "missing; an entry has a title, or the id of one"
        yield Finding((*place, "title"), message)
    for key in ("moods", "notes"):
        yield from repeated(facts.get(key, ()), (*place, key))
    if {"minutes", "episode_minutes"} <= facts.keys():
        message = "stands beside minutes; one of the two says how long it is"
        yield Finding((*place, "episode_minutes"), message)


def _report(layer: Layer) -> FileReport:
    """How many entries of a file serve, and what is wrong with it, in the order of its lines."""
    has_places = any(finding.place for finding in layer.findings)
    lines = lines_of(layer.text) if has_places else {}
    problems = [_problem(finding, lines) for finding in layer.findings]
    in_order = sorted(problems, key=lambda problem: problem.line or 0)
    return FileReport(len(layer.records), tuple(in_order))


def _problem(finding: Finding, lines: dict[Place, int]) -> Problem:
    return Problem(
        entry=spelled(finding.place[:2]),
        key=spelled(finding.place[2:]),
        message=finding.message,
        line=finding.line or line_of(finding.place, lines),
    )


# --- all files ------------------------------------------------------------------------------------


def _laid_over(layers: Sequence[Layer]) -> dict[str, Draft]:
    """What the files say of each title; entries that cannot be laid over the others are dropped."""
    drafts: dict[str, Draft] = {}
    for layer in layers:
        places: dict[str, int] = {}
        for index, record in list(layer.records.items()):
            facts = _facts(record)
            title_id = facts["id"]
            draft_below = drafts.get(title_id, {})
            draft = {"shelf": layer.source.shelf, **draft_below, **facts}
            findings = []
            if layer.source.shelf is Shelf.OWN:
                findings = list(_layer_problems(draft, drafts, places, index))
            if findings:
                layer.findings += findings
                del layer.records[index]
            else:
                places[title_id] = index
                drafts[title_id] = draft
    return drafts


def _facts(record: Record) -> Draft:
    """What one entry says, with the id and the minutes that follow from it."""
    facts = _given(record)
    if "id" not in facts:
        facts["id"] = made_id(facts["title"])
    if facts.get("format") is Format.MOVIE:
        facts.setdefault("episodes", 1)
    episode_minutes = facts.pop("episode_minutes", None)
    if episode_minutes and "episodes" in facts:
        facts["minutes"] = episode_minutes * facts["episodes"]
    return facts


def _given(record: Record) -> Draft:
    """The keys that stand in an entry, with their values."""
    facts = {key: getattr(record, key) for key in record.__struct_fields__}
    return {key: fact for key, fact in facts.items() if fact is not UNSET}


def _layer_problems(
    draft: Draft,
    drafts: Mapping[str, Draft],
    places: Mapping[str, int],
    index: int,
) -> Iterator[Finding]:
    """What is wrong with an entry of one's own, seen together with what lies below it."""
    place: Place = ("anime", index)
    title_id = draft["id"]
    if title_id in places:
        message = f'"{title_id}" is taken by anime[{places[title_id]}]; give one of them another'
        yield Finding((*place, "id"), message)
    elif title_id not in drafts and draft.get("hidden"):
        yield Finding((*place, "id"), unknown_id(title_id, drafts))
    elif title_id not in drafts:
        yield from _missing(draft, drafts, place)
    if "format" in draft and "episodes" in draft:
        yield from format_problems(draft["format"], draft["episodes"], place)


def _missing(
    draft: Draft, drafts: Mapping[str, Draft], place: Place
) -> Iterator[Finding]:
    """What a new title lacks; one that says little may have meant the id of another."""
    missing_keys = [key for key in NEEDED if key not in draft]
    for key in missing_keys:
        message = f"missing; a new title needs {', '.join(NEEDED)}"
        if "title" in missing_keys:
            message = f"{message}, and {unknown_id(draft['id'], drafts)}"
        yield Finding((*place, key), message)


def _drop_disordered(
    layers: Sequence[Layer], drafts: Mapping[str, Draft]
) -> bool:
    """Drop entries of one's own whose prerequisites lead nowhere; whether there were any."""
    by_id = {
        title_id: draft.get("watch_first", ())
        for title_id, draft in drafts.items()
    }
    is_changed = False
    for layer in layers:
        if layer.source.shelf is not Shelf.OWN:
            continue
        for index, record in list(layer.records.items()):
            facts = _facts(record)
            findings: list[Finding] = []
            if facts.get("watch_first"):
                findings += order_problems(
                    facts["id"], by_id, ("anime", index)
                )
            if findings:
                layer.findings += findings
                del layer.records[index]
                is_changed = True
    return is_changed


# --- titles ---------------------------------------------------------------------------------------


class _Maker:
    """Makes titles of drafts; what has to be seen before each is worked out once."""

    def __init__(self, drafts: Mapping[str, Draft]) -> None:
        self.drafts = drafts
        self.works: dict[str, dict[str, Work]] = {}

    def titles(self) -> tuple[Title, ...]:
        """All titles that are not hidden."""
        drafts = self.drafts.values()
        return tuple(
            self.title(draft) for draft in drafts if not draft.get("hidden")
        )

    def title(self, draft: Draft) -> Title:
        """The title that `draft` describes, with everything to be seen before it."""
        facts = dict(draft)
        facts.pop("watch_first", None)
        facts.pop("hidden", None)
        facts["moods"] = tuple(
            MoodTag(*astuple(mood)) for mood in draft["moods"]
        )
        if "notes" in facts:
            facts["notes"] = tuple(
                ContentNote(*astuple(note)) for note in draft["notes"]
            )
        sequels = draft.get("sequels", ())
        facts["sequels"] = tuple(
            Sequel(*astuple(sequel)) for sequel in sequels
        )
        prerequisites = self.before(draft["id"])
        return Title(**facts, prerequisites=tuple(prerequisites.values()))

    def before(self, title_id: str) -> dict[str, Work]:
        """The works to see before a title, each once, in watching order, by their ids."""
        if title_id not in self.works:
            works: dict[str, Work] = {}
            for needed in self.drafts[title_id].get("watch_first", ()):
                works |= self._needed(needed)
            self.works[title_id] = works
        return self.works[title_id]

    def _needed(self, needed: PrerequisiteRecord) -> dict[str, Work]:
        """One prerequisite, with what has to be seen before it."""
        if needed.id is None:
            assert needed.title
            assert needed.minutes
            work = Work(
                title=needed.title,
                episodes=needed.episodes or 1,
                minutes=needed.minutes,
                mal_id=needed.mal_id,
            )
            return {work_id(work): work}
        needed_title = _work_of(self.drafts[needed.id])
        return {**self.before(needed.id), needed.id: needed_title}


def _work_of(draft: Draft) -> Work:
    """A title as something to be seen before another."""
    return Work(
        title=draft["title"],
        episodes=draft.get("episodes"),
        minutes=draft["minutes"],
        mal_id=next(iter(draft.get("mal_ids", ())), None),
        title_id=draft["id"],
    )
