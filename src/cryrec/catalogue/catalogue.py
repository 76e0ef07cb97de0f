"""The curated catalogue: finds the file, reads it strictly, and reports every problem at once.

A good file takes one strict conversion. Only when that fails is it walked again entry by entry, so
that somebody who edits it sees all that is wrong, each with its entry and key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import tomli

from cryrec.catalogue.problems import meaning_problems, schema_problems
from cryrec.catalogue.records import CatalogueFile, TitleRecord
from cryrec.errors import AmbiguousName, BadCatalogue, UnknownName, UnusableFile, nearest
from cryrec.matching import Found, Name, find, normalise
from cryrec.models import ContentNote, MoodTag, Sequel, Title, Work, work_id


class Catalogue(msgspec.Struct, frozen=True):
    """All titles, in the order of the file, and the names they are found by."""

    titles: tuple[Title, ...]
    studio_aliases: Mapping[str, tuple[str, ...]]

    def title(self, title_id: str) -> Title:
        """The title with that id; KeyError if there is none."""
        return {title.id: title for title in self.titles}[title_id]

    def find_title(self, name: str) -> Title:
        """The one title of that name, in any language and spelling.

        Raises UnknownName with the nearest, or AmbiguousName when several are equally likely.
        """
        title_id = _the_one("title", name, find(name, self.names), self._label)
        return self.title(title_id)

    def find_work(self, name: str, known: Sequence[Name] = ()) -> Name:
        """The one work of that name that a library can hold: a title, or a prerequisite of one.

        `known` are further names, such as those of entries that no catalogue holds any more. The
        result has the id as its key, and the title as its text. Raises as `find_title` does.
        """
        works = [Name(title.id, title.title) for title in self.titles]
        works += [
            Name(work_id(work), work.title) for title in self.titles for work in title.prerequisites
        ]
        titles = {each.key: each.text for each in (*known, *works)}
        own = [Name(title.id, name) for title in self.titles for name in title.own_names]
        ids = [Name(key, key) for key in titles]
        found = find(name, (*own, *works, *known, *ids))
        key = _the_one("title", name, found, titles.__getitem__)
        return Name(key, titles[key])

    def find_studio(self, name: str) -> str:
        """The one studio of that name; raises UnknownName or AmbiguousName."""
        found = find(name, self.studio_names)
        if not found.matches and not found.near:
            # Studios are few and short, so a single word of one is worth asking about.
            words = {word.lower(): s for s in self.studios for word in s.split()}
            word = nearest(name, words)
            raise UnknownName("studio", name, [words[word]] if word else [])
        return _the_one("studio", name, found, str)

    def _label(self, title_id: str) -> str:
        return self.title(title_id).title

    @property
    def names(self) -> tuple[Name, ...]:
        """Every name that leads to a title: its own, then its prerequisites' and sequels'."""
        own = [Name(title.id, name) for title in self.titles for name in title.own_names]
        related = [Name(title.id, name) for title in self.titles for name in related_names(title)]
        return (*own, *related)

    @property
    def studios(self) -> dict[str, tuple[Title, ...]]:
        """Each studio with its titles, both by name; a co-production stands under each studio."""
        names = sorted({s for title in self.titles for s in title.studios}, key=normalise)
        in_order = sorted(self.titles, key=lambda title: normalise(title.title))
        return {name: tuple(t for t in in_order if name in t.studios) for name in names}

    @property
    def studio_names(self) -> tuple[Name, ...]:
        """Every name that leads to a studio."""
        return tuple(
            Name(studio, name)
            for studio in self.studios
            for name in (studio, *self.studio_aliases.get(studio, ()))
        )


def _the_one(kind: str, name: str, found: Found, label: Callable[[str], str]) -> str:
    """The key of the best match if it stands alone."""
    if not found.matches:
        raise UnknownName(kind, name, [label(match.key) for match in found.near])
    best = [match for match in found.matches if match.score == found.matches[0].score]
    if len(best) > 1:
        raise AmbiguousName(kind, name, [label(match.key) for match in best])
    return best[0].key


def related_names(title: Title) -> tuple[str, ...]:
    """Works that are no title of their own but lead to this one."""
    sequels = (sequel.title for sequel in title.sequels)
    return (*(work.title for work in title.prerequisites), *sequels)


def bundled_path() -> Path:
    """Where the curated catalogue lies: beside the package, or in the working copy it runs from."""
    package = Path(__file__).parents[1]
    packaged = package / "data" / "anime.toml"
    return packaged if packaged.exists() else package.parents[1] / "data" / "anime.toml"


def load_bundled() -> Catalogue:
    """The curated catalogue; raises BadCatalogue or UnusableFile."""
    return load(bundled_path())


def load(path: Path) -> Catalogue:
    """The catalogue in the TOML file at `path`.

    Raises UnusableFile if it cannot be read, BadCatalogue with every problem if it does not hold.
    """
    try:
        document = tomli.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnusableFile("read the catalogue", path, error.strerror or str(error)) from error
    except ValueError as error:
        raise BadCatalogue(path, [f"not TOML: {error}"]) from error
    return parse(document, path)


def parse(document: Mapping[str, Any], path: Path) -> Catalogue:
    """The catalogue in `document`, the content of a TOML file; raises BadCatalogue."""
    try:
        file = msgspec.convert(document, CatalogueFile)
    except msgspec.ValidationError:
        raise BadCatalogue(path, list(schema_problems(document, CatalogueFile))) from None
    problems = list(meaning_problems(document, file))
    if problems:
        raise BadCatalogue(path, problems)
    by_id = {record.id: record for record in file.anime}
    titles = tuple(_title(record, by_id) for record in file.anime)
    return Catalogue(titles, {studio.name: studio.aliases for studio in file.studio})


def _title(record: TitleRecord, by_id: Mapping[str, TitleRecord]) -> Title:
    """The title that `record` describes, with everything to be seen before it."""
    facts = msgspec.structs.asdict(record)
    del facts["watch_first"]
    facts["moods"] = tuple(MoodTag(*msgspec.structs.astuple(mood)) for mood in record.moods)
    facts["notes"] = tuple(ContentNote(*msgspec.structs.astuple(note)) for note in record.notes)
    facts["sequels"] = tuple(Sequel(*msgspec.structs.astuple(each)) for each in record.sequels)
    return Title(**facts, prerequisites=tuple(_before(record, by_id)))


def _before(record: TitleRecord, by_id: Mapping[str, TitleRecord]) -> Iterator[Work]:
    """The works to see before `record`, each once, in watching order."""
    seen: dict[str, Work] = {}
    for needed in record.watch_first:
        if needed.id is None:
            assert needed.title
            assert needed.minutes
            seen[needed.title] = Work(
                needed.title, needed.episodes or 1, needed.minutes, needed.mal_id
            )
        else:
            other = by_id[needed.id]
            seen |= {work.title: work for work in _before(other, by_id)}
            seen[other.title] = Work(other.title, other.episodes, other.minutes, other.mal_ids[0])
    yield from seen.values()
