"""What a query may mean that is no name as spelled: a misspelling, or a name and more.

Refusing is the harder half. A misspelling is accepted only if everything typed finds its place in
one name, within an allowance of edits that grows with the length: one word in common is never
enough ("Angel Heart" is not Angel Beats!).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from cryrec.matching import misspelt
from cryrec.matching.finding import as_spelled, best_matches
from cryrec.matching.forms import Form, form, sound, weight
from cryrec.matching.index import NameIndex, lines_with
from cryrec.matching.names import MOST_OFFERED, Found, Match
from cryrec.matching.qualifiers import Query, read_query, without_qualifiers

# A name with other words around it stands among the misspellings.
_AROUND: Final = 80
# A name that is believed with other words around it: two words, and too long for an accident.
_SAFE_WORDS: Final = 2
_SAFE_LETTERS: Final = 9
# The largest share of letters that may be wrong in a name that is offered.
_LEAST_ALIKE: Final = 0.34


def guess(index: NameIndex, query: Query) -> Found:
    """Find what a query misspells, or names among other words; else what is near."""
    matches = (
        _two_names(index, query)
        or _misspelt(index, query)
        or _around(index, query)
        or _side_by_side(index, query)
        or _only_near_one(index, query)
    )
    if matches:
        return Found(matches, ())
    places = _like(query.meant.compact, index.compact.split("\n"))
    near = best_matches(index, query, places, partial(misspelt.likeness, query.meant))
    return Found((), near[:MOST_OFFERED])


# --- misspellings ------------------------------------------------------------------------------


def _misspelt(index: NameIndex, query: Query) -> tuple[Match, ...]:
    """Return what a reading of the query misspells."""
    places = {place for reading in query.forms for place in _places_near(index, reading)}

    def score(name: Form) -> int:
        return max(misspelt.score(reading, name) for reading in query.forms)

    return best_matches(index, query, places, score)


def _only_near_one(index: NameIndex, query: Query) -> tuple[Match, ...]:
    """Return the one thing that is one edit in four letters away, if no other is."""
    meant = query.meant
    # The name may be longer than the query by the letters that are missing.
    most_edits = len(meant.compact) // 3
    places = _within(meant.compact, index.compact.split("\n"), most_edits)
    matches = best_matches(index, query, places, partial(misspelt.near_score, meant))
    return matches if len(matches) == 1 else ()


def _places_near(index: NameIndex, query: Form) -> Iterator[int]:
    """Yield where a name may be that `query` misspells: all of those, and a few more."""
    if not query.compact:
        return
    most_edits = _most_edits(query.compact, misspelt.NAME_STEPS)
    yield from _within(query.compact, index.compact.split("\n"), most_edits)
    heard = query.heard.replace(" ", "")
    heard_names = index.heard.replace(" ", "").split("\n")
    yield from _within(heard, heard_names, _most_edits(heard, misspelt.NAME_STEPS))
    yield from _places_of_words(index, without_qualifiers(query.plain))
    yield from _places_of_runs(index, query.compact)


def _most_edits(text: str, steps: tuple[int, ...]) -> int:
    """Return how many edits any name within reach of `text` could be forgiven."""
    letters = len(text) if text.isascii() else 2 * len(text)
    most_edits = 0
    while (more := misspelt.allowed(letters + 2 * most_edits, steps)) > most_edits:
        most_edits = more
    return most_edits


def _within(text: str, lines: Iterable[str], most_edits: int) -> Iterator[int]:
    """Yield the places of the lines at most so many edits away."""
    hits = extract(text, lines, scorer=OSA.distance, score_cutoff=most_edits, limit=None)
    return (place for _, _, place in hits)


def _like(text: str, lines: Iterable[str]) -> Iterator[int]:
    """Yield the places of the lines that share most of their letters with `text`."""
    scorer = OSA.normalized_distance
    hits = extract(text, lines, scorer=scorer, score_cutoff=_LEAST_ALIKE, limit=None)
    return (place for _, _, place in hits)


def _places_of_words(index: NameIndex, query: Form) -> Iterator[int]:
    """Yield where a name holds something like the rarest word of the query.

    Every word of the query must have its place in the name, so the rarest one will do.
    """
    written_words, heard_words = list(set(index.plain.split())), list(set(index.heard.split()))
    rarest: tuple[list[str], list[str]] | None = None
    for word in query.content:
        written = [*_similar(word, written_words), *misspelt.plurals(word)]
        heard = _similar(sound(word), heard_words)
        if rarest is None or len(written) + len(heard) < sum(map(len, rarest)):
            rarest = written, heard
    if rarest is None:
        return
    for word in rarest[0]:
        yield from lines_with(index.padded, f" {word} ")
    for word in rarest[1]:
        yield from lines_with(index.padded_heard, f" {word} ")


def _similar(word: str, vocabulary: list[str]) -> list[str]:
    """Return the words that `word` may misspell."""
    most_edits = misspelt.allowed(weight(word), misspelt.WORD_STEPS)
    return [vocabulary[place] for place in _within(word, vocabulary, most_edits)]


def _places_of_runs(index: NameIndex, compact: str) -> Iterator[int]:
    """Yield where a name may hold a run of words that `compact` misspells.

    Of one piece more than there are edits, with a letter between each two, an edit spoils one at
    most, so that one piece stands in the name as typed.
    """
    edits = _most_edits(compact, misspelt.RUN_STEPS)
    if not edits:
        return
    size = (len(compact) + 1) // (edits + 1)
    for number in range(edits + 1):
        start = number * size
        is_last = number == edits
        piece = compact[start:] if is_last else compact[start : start + size - 1]
        yield from lines_with(index.compact, piece)


# --- a name and more ---------------------------------------------------------------------------


def _around(index: NameIndex, query: Query) -> tuple[Match, ...]:
    """Return the names that are wholly in the query and most of it.

    Three fifths of what was typed let "steins gate 0" in and keep "air gear" out.
    """
    meant = query.meant
    return best_matches(
        index,
        query,
        (place for place, _ in _names_inside(index, meant)),
        lambda name: _AROUND if _is_most(name, meant) else 0,
    )


def _is_safe(name: Form) -> bool:
    """Tell whether a name is too long to stand among other words by accident."""
    return len(name.content) >= _SAFE_WORDS and len(name.compact) >= _SAFE_LETTERS


def _is_most(name: Form, query: Form) -> bool:
    return _is_safe(name) and 5 * len(name.compact) >= 3 * len(query.compact)


def _two_names(index: NameIndex, query: Query) -> tuple[Match, ...]:
    """Return both things where the query is the name of one and names another besides."""
    for place, rest in _names_inside(index, query.meant):
        if not rest.content or not _is_safe(index.form(place)):
            continue
        key = index.names[place].key
        others = Found(as_spelled(index, read_query(rest.plain)), ()).named
        if others and key not in [match.key for match in others]:
            matches = (Match(key, _AROUND, index.names[place].text), *others)
            return tuple(match._replace(score=_AROUND) for match in matches)
    return ()


def _side_by_side(index: NameIndex, query: Query) -> tuple[Match, ...]:
    """Find what has one whole name in the query and every other word of it in its other names.

    Lists write two names of one title together: "Kimi no Na wa (Your Name)".
    """
    meant = query.meant
    places = {place for place, _ in _names_inside(index, meant)}
    keys = {index.names[place].key for place in places}
    words: dict[str, set[str]] = {key: set() for key in keys}
    for place, name in enumerate(index.names):
        if name.key in keys:
            words[name.key].update(index.form(place).content)
    known_keys = {key for key in keys if words[key].issuperset(meant.content)}
    known_places = (place for place in places if index.names[place].key in known_keys)
    return best_matches(index, query, known_places, lambda name: _AROUND if name.content else 0)


def _names_inside(index: NameIndex, query: Form) -> Iterator[tuple[int, Form]]:
    """Yield the places of the names that are a run of words of the query, and what is left of it.

    The longest come first.
    """
    count = len(query.words)
    for size in range(count, 0, -1):
        for first in range(count - size + 1):
            last = first + size
            inside = "".join(query.words[first:last])
            rest = form(" ".join((*query.words[:first], *query.words[last:])))
            for place in index.places_called(inside):
                yield place, rest
