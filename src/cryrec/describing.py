"""What a search means that is no title's name: a studio, a mood, a year, a description."""

from __future__ import annotations

from typing import Final

from cryrec.catalogue import Catalogue
from cryrec.errors import NothingToShow
from cryrec.models import Mood, Title
from cryrec.premises import Described, Elsewhere, Premises, plain
from cryrec.wording.lexicon import load_lexicon

MAIN_THREAD: Final = 3
"""The strength of a kind of cry that a title is about."""


def elsewhere(
    query: str, catalogue: Catalogue, premises: Premises
) -> Elsewhere:
    """The studio that a query names; else titles of a kind of cry or a year; else about it."""
    try:
        studio = catalogue.find_studio(query)
    except NothingToShow:
        return Elsewhere(about=_titles_about(query, catalogue, premises))
    titles = catalogue.studios[studio]
    about = [Described(title.id, (query,)) for title in titles]
    return Elsewhere({studio: len(titles)}, about)


def _titles_about(
    query: str, catalogue: Catalogue, premises: Premises
) -> list[Described]:
    query_words = plain(query).split()
    fact = " ".join(query_words)
    titles = [title for title in catalogue.titles if _has_fact(title, fact)]
    if titles:
        return [Described(title.id, tuple(query_words)) for title in titles]
    lexicon = load_lexicon()
    content = [word for word in query_words if word not in lexicon.empty]
    is_talk = not lexicon.talk.isdisjoint(query_words)
    if (
        len(content) == 1
        and is_talk
        and lexicon.of_a_title.isdisjoint(query_words)
    ):
        return []
    return premises.described(content, lexicon.alike)


def _has_fact(title: Title, fact: str) -> bool:
    """Whether some words are the year of a title, or the kind of cry that it is about."""
    if fact == str(title.year):
        return True
    moods = [mood for mood in Mood if fact in (plain(mood), plain(mood.label))]
    return any(title.strength(mood) == MAIN_THREAD for mood in moods)
