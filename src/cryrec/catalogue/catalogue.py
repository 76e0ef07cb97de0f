"""The open titles, and the names they are found by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from cryrec.catalogue.contents import OpenFile
from cryrec.catalogue.names import (
    WorkNames,
    compiled_names,
    facts_of,
    prior_works,
    title_names,
    without_studio,
)
from cryrec.errors import AmbiguousName, UnknownName, nearest
from cryrec.matching import (
    Found,
    Match,
    Name,
    NameIndex,
    find,
    find_in,
    normalise,
)
from cryrec.models import Format, Title, Work


class Catalogue(Struct, frozen=True, dict=True):
    """All open titles in the order of their files, and the names they are found by.

    `files` are those files, with what is wrong with each, `hidden_ids` those of titles they hide;
    `stored_names` the names, ready to be searched, where they were worked out before.
    """

    titles: tuple[Title, ...]
    studio_aliases: Mapping[str, tuple[str, ...]] = {}
    files: tuple[OpenFile, ...] = ()
    hidden_ids: frozenset[str] = frozenset()
    stored_names: WorkNames | None = None

    @cached_property
    def _index(self) -> NameIndex:
        return NameIndex(self._names.of_titles)

    @cached_property
    def _names(self) -> WorkNames:
        return self.stored_names or compiled_names(self.titles)

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
        title_id = _the_one(
            "title", name, self.search(name), labels, len(labels)
        )
        return self.title(title_id)

    def find_work(self, name: str, known: Sequence[Name] = ()) -> Name:
        """The one work of that name that a library can hold: a title, or a prerequisite of one.

        `known` are further names, such as those of entries that no catalogue holds any more. The
        result has the id as its key, and the title as its text. Raises as `find_title` does.
        """
        works = self._works
        others = [work for work in known if work.key not in works]
        ids = [work._replace(text=work.key) for work in others]
        further_names = NameIndex.of((*others, *ids)).compile()
        index = NameIndex(self._names.of_works.followed_by(further_names))
        works = works | {work.key: work for work in others}
        labels = {key: work.text for key, work in works.items()}
        work_id = _the_one(
            "title", name, find_in(index, name), labels, len(self.titles)
        )
        return works[work_id]

    @property
    def _works(self) -> dict[str, Name]:
        """The titles, and what comes before one, by the ids they have in a library."""
        works: dict[str, Title | Work] = {
            title.id: title for title in self.titles
        }
        works |= prior_works(self.titles)
        return {
            key: Name(key, work.title, facts_of(work))
            for key, work in works.items()
        }

    def find_studio(self, name: str) -> str:
        """The one studio of that name; raises UnknownName or AmbiguousName."""
        found_studios = find(without_studio(name), self.studio_names)
        if not found_studios.matches and not found_studios.near:
            # Studios are few and short, so a single word of one is worth asking about.
            by_word = {
                word.lower(): studio
                for studio in self._studios
                for word in studio.split()
            }
            near_word = nearest(name, by_word)
            offers = [by_word[near_word]] if near_word else []
            raise UnknownName("studio", name, offers)
        labels = {studio: studio for studio in self._studios}
        return _the_one("studio", name, found_studios, labels, len(labels))

    @property
    def names(self) -> tuple[Name, ...]:
        """Every name that leads to a title: its own, then its prerequisites' and sequels'."""
        return title_names(self.titles)

    @cached_property
    def _studios(self) -> list[str]:
        """The names of all studios, in their order."""
        studios = {studio for title in self.titles for studio in title.studios}
        return sorted(studios, key=normalise)

    @property
    def studios(self) -> dict[str, tuple[Title, ...]]:
        """Each studio with its titles, both by name; a co-production stands under each studio."""
        titles = sorted(self.titles, key=lambda title: normalise(title.title))
        titles_by_studio: dict[str, list[Title]] = {
            studio: [] for studio in self._studios
        }
        for title in titles:
            for studio in dict.fromkeys(title.studios):
                titles_by_studio[studio].append(title)
        return {
            studio: tuple(made) for studio, made in titles_by_studio.items()
        }

    @property
    def studio_names(self) -> tuple[Name, ...]:
        """Every name that leads to a studio; an alias without the word "studio"."""
        names = []
        for studio in self._studios:
            aliases = self.studio_aliases.get(studio, ())
            bare_names = map(without_studio, (studio, *aliases))
            different_names = dict.fromkeys((studio, *bare_names))
            names += [Name(studio, name) for name in different_names]
        return tuple(names)


def _the_one(
    kind: str, name: str, found: Found, labels: Mapping[str, str], count: int
) -> str:
    """The key of the best match if it stands alone and nothing in the query speaks against it.

    `count` is how many of the kind there are, for whoever is told that this is none of them.
    """
    if not found.named:
        near = [_offer(match, labels) for match in found.offered]
        raise UnknownName(kind, name, near, count)
    keys = [match.key for match in found.named]
    if len(keys) > 1:
        raise AmbiguousName(kind, name, _told_apart(keys, labels))
    return keys[0]


def _told_apart(keys: Sequence[str], labels: Mapping[str, str]) -> list[str]:
    """The labels of several things; with their ids, where two of them are called the same."""
    plain_names = {normalise(labels[key]) for key in keys}
    if len(plain_names) == len(keys):
        return [labels[key] for key in keys]
    return [f"{labels[key]} ({key})" for key in keys]


def _offer(match: Match, labels: Mapping[str, str]) -> str:
    """A title to ask about; where something spoke against it, with what is known: (film, 2009)."""
    label = labels[match.key]
    year, format, _ = match.facts
    facts = []
    if format:
        facts.append(Format(format).label)
    if year:
        facts.append(str(year))
    if not match.is_doubtful or not facts:
        return label
    return f"{label} ({', '.join(facts)})"
