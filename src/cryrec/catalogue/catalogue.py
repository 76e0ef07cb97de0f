"""The open titles, and the names they are found by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from cryrec.catalogue.contents import OpenFile
from cryrec.catalogue.names import facts_of, own_names, title_names, without_studio
from cryrec.errors import AmbiguousName, UnknownName, nearest
from cryrec.matching import (
    Compiled,
    Found,
    Match,
    Name,
    NameIndex,
    find,
    find_in,
    normalise,
)
from cryrec.models import Format, Title, work_id


class Catalogue(Struct, frozen=True, dict=True):
    """All open titles in the order of their files, and the names they are found by.

    `files` are those files, with what is wrong with each, `hidden_ids` those of titles they hide;
    `compiled_names` the names, ready to be searched, where they were worked out before.
    """

    titles: tuple[Title, ...]
    studio_aliases: Mapping[str, tuple[str, ...]] = {}
    files: tuple[OpenFile, ...] = ()
    hidden_ids: frozenset[str] = frozenset()
    compiled_names: Compiled | None = None

    @cached_property
    def _index(self) -> NameIndex:
        if self.compiled_names is None:
            return NameIndex.of(self.names)
        return NameIndex(self.compiled_names)

    def search(self, query: str) -> Found:
        """The titles that `query` names, by their own names and those of what leads to them."""
        return find_in(self._index, query)

    def title(self, title_id: str) -> Title:
        """The title with that id; KeyError if there is none."""
        return {title.id: title for title in self.titles}[title_id]

    def find_title(self, name: str) -> Title:
        """The one title of that name, in any language and spelling.

        Raises UnknownName with the nearest, or AmbiguousName when several are equally likely.
        """
        labels = {title.id: title.title for title in self.titles}
        if name in labels:
            return self.title(name)
        return self.title(_the_one("title", name, self.search(name), labels))

    def find_work(self, name: str, known: Sequence[Name] = ()) -> Name:
        """The one work of that name that a library can hold: a title, or a prerequisite of one.

        `known` are further names, such as those of entries that no catalogue holds any more. The
        result has the id as its key, and the title as its text. Raises as `find_title` does.
        """
        works = {work.key: work for work in known}
        for title in self.titles:
            for work in title.prerequisites:
                works[work_id(work)] = Name(work_id(work), work.title, facts_of(work))
        for title in self.titles:
            works[title.id] = Name(title.id, title.title, facts_of(title))
        ids = [work._replace(text=work.key) for work in works.values()]
        found = find(name, (*own_names(self.titles), *works.values(), *ids))
        labels = {work.key: work.text for work in works.values()}
        return works[_the_one("title", name, found, labels)]

    def find_studio(self, name: str) -> str:
        """The one studio of that name; raises UnknownName or AmbiguousName."""
        found = find(without_studio(name), self.studio_names)
        if not found.matches and not found.near:
            # Studios are few and short, so a single word of one is worth asking about.
            words = {word.lower(): s for s in self.studios for word in s.split()}
            word = nearest(name, words)
            raise UnknownName("studio", name, [words[word]] if word else [])
        return _the_one(
            "studio", name, found, {studio: studio for studio in self.studios}
        )

    @property
    def names(self) -> tuple[Name, ...]:
        """Every name that leads to a title: its own, then its prerequisites' and sequels'."""
        return title_names(self.titles)

    @property
    def studios(self) -> dict[str, tuple[Title, ...]]:
        """Each studio with its titles, both by name; a co-production stands under each studio."""
        names = sorted(
            {s for title in self.titles for s in title.studios}, key=normalise
        )
        in_order = sorted(self.titles, key=lambda title: normalise(title.title))
        return {name: tuple(t for t in in_order if name in t.studios) for name in names}

    @property
    def studio_names(self) -> tuple[Name, ...]:
        """Every name that leads to a studio; an alias without the word "studio"."""
        names = []
        for studio in self.studios:
            aliases = self.studio_aliases.get(studio, ())
            bare_names = [without_studio(name) for name in (studio, *aliases)]
            names += [
                Name(studio, name) for name in dict.fromkeys((studio, *bare_names))
            ]
        return tuple(names)


def _the_one(kind: str, name: str, found: Found, labels: Mapping[str, str]) -> str:
    """The key of the best match if it stands alone and nothing in the query speaks against it."""
    if not found.named:
        near = [_offer(match, labels) for match in found.offered]
        raise UnknownName(kind, name, near, len(labels))
    if len(found.named) > 1:
        raise AmbiguousName(
            kind, name, _told_apart([match.key for match in found.named], labels)
        )
    return found.named[0].key


def _told_apart(keys: Sequence[str], labels: Mapping[str, str]) -> list[str]:
    """The labels of several things; with their ids, where two of them are called the same."""
    names = {normalise(labels[key]) for key in keys}
    if len(names) == len(keys):
        return [labels[key] for key in keys]
    return [f"{labels[key]} ({key})" for key in keys]


def _offer(match: Match, labels: Mapping[str, str]) -> str:
    """A title to ask about; where something spoke against it, with what is known: (film, 2009)."""
    year, format, _ = match.facts
    facts = [Format(format).label if format else None, str(year) if year else None]
    known_facts = ", ".join(fact for fact in facts if fact)
    is_explained = match.is_doubtful and known_facts
    label = labels[match.key]
    return f"{label} ({known_facts})" if is_explained else label
