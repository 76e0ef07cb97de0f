"""What a query may mean that is no name as spelled: a misspelling, or a name and more.

Refusing is the harder half. A misspelling is accepted only if everything typed finds its place in
one name, within an allowance of edits that grows with the length: one word in common is never
enough ("Angel Heart" is not Angel Beats!).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from cryrec.matching import misspelt
from cryrec.matching.finding import as_spelled, best_matches
from cryrec.matching.forms import Form, form, sound, weight
from cryrec.matching.index import NameIndex, rows_with
from cryrec.matching.names import MOST_OFFERED, Found, Match
from cryrec.matching.qualifiers import Query, read_query, without_qualifiers

_Score = Callable[[Form, Form], int]

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
    rows = _rows_like(query.meant.compact, index.compact_rows)
    likenesses = _scores(index, query.meant, misspelt.likeness, rows)
    offers = best_matches(index, query, likenesses)
    return Found((), offers[:MOST_OFFERED])


def _scores(
    index: NameIndex,
    query: Form,
    score: _Score,
    rows: Iterator[int],
) -> dict[int, int]:
    """Score the names in these rows."""
    return {row: score(query, index.form(row)) for row in rows}


# --- misspellings ------------------------------------------------------------------------------


def _misspelt(index: NameIndex, query: Query) -> tuple[Match, ...]:
    """Return what a reading of the query misspells, in whichever way fits best."""
    best_scores: dict[int, int] = {}
    for reading in query.readings:
        for way, rows in _ways(index, reading):
            scores = _scores(index, reading, way, rows)
            for row, score in scores.items():
                best_scores[row] = max(score, best_scores.get(row, 0))
    return best_matches(index, query, best_scores)


def _ways(
    index: NameIndex, query: Form
) -> Iterator[tuple[_Score, Iterator[int]]]:
    """Yield each way to misspell, and the rows that may be misspelt so: all, and a few more."""
    if not query.compact:
        return
    yield misspelt.whole_score, _rows_near(query.compact, index.compact_rows)
    heard = query.heard.replace(" ", "")
    yield misspelt.heard_score, _rows_near(heard, index.heard_rows)
    bare_query = without_qualifiers(query.plain)
    yield misspelt.words_score, _rows_of_words(index, bare_query)
    yield misspelt.run_score, _rows_of_runs(index, query.compact)


def _only_near_one(index: NameIndex, query: Query) -> tuple[Match, ...]:
    """Return the one thing that is one edit in four letters away, if no other is."""
    compact = query.meant.compact
    # The name may be longer than the query by the letters that are missing.
    most_edits = len(compact) // 3
    rows = _rows_within(compact, index.compact_rows, most_edits)
    scores = _scores(index, query.meant, misspelt.near_score, rows)
    matches = best_matches(index, query, scores)
    return matches if len(matches) == 1 else ()


def _rows_near(text: str, rows: list[str]) -> Iterator[int]:
    """Yield the rows that `text` may misspell as a whole."""
    most_edits = _most_edits(text, misspelt.NAME_STEPS)
    return _rows_within(text, rows, most_edits)


def _most_edits(text: str, steps: tuple[int, ...]) -> int:
    """Return how many edits any name within reach of `text` could be forgiven."""
    weight_of_letter = 1 if text.isascii() else 2
    most_weight = weight_of_letter * len(text)
    edits = 0
    # A name within so many edits may be longer by as many letters, and be forgiven more.
    while misspelt.allowed(most_weight + 2 * (edits + 1), steps) > edits:
        edits += 1
    return edits


def _rows_within(text: str, rows: list[str], most_edits: int) -> Iterator[int]:
    """Yield the rows that are at most so many edits away."""
    hits = extract(
        text, rows, scorer=OSA.distance, score_cutoff=most_edits, limit=None
    )
    for _, _, row in hits:
        yield row


def _rows_like(text: str, rows: list[str]) -> Iterator[int]:
    """Yield the rows that share most of their letters with `text`."""
    scorer = OSA.normalized_distance
    hits = extract(
        text, rows, scorer=scorer, score_cutoff=_LEAST_ALIKE, limit=None
    )
    for _, _, row in hits:
        yield row


def _rows_of_words(index: NameIndex, query: Form) -> Iterator[int]:
    """Yield the rows that hold something like the rarest word of the query.

    Every word of the query must have its place in the name, so the rarest one will do.
    """
    spellings = [_spellings(index, word) for word in query.content]
    if not spellings:
        return
    rarest = min(spellings, key=len)
    for names, spelling in rarest:
        yield from rows_with(names, f" {spelling} ")


def _spellings(index: NameIndex, word: str) -> list[tuple[str, str]]:
    """Return the words that `word` may misspell, each with the text in which it stands."""
    similar_words = _similar_words(word, index.written_words)
    similar_words += misspelt.plurals(word)
    similar_sounds = _similar_words(sound(word), index.heard_words)
    written = [(index.padded, similar_word) for similar_word in similar_words]
    heard = [(index.heard, similar_sound) for similar_sound in similar_sounds]
    return written + heard


def _similar_words(word: str, vocabulary: list[str]) -> list[str]:
    """Return the words that `word` may misspell."""
    most_edits = misspelt.allowed(weight(word), misspelt.WORD_STEPS)
    rows = _rows_within(word, vocabulary, most_edits)
    return [vocabulary[row] for row in rows]


def _rows_of_runs(index: NameIndex, compact: str) -> Iterator[int]:
    """Yield the rows that may hold a run of words that `compact` misspells.

    Of one piece more than there are edits, with a letter between each two, an edit spoils one at
    most, so that one piece stands in the name as typed.
    """
    edits = _most_edits(compact, misspelt.RUN_STEPS)
    if not edits:
        return
    size = (len(compact) + 1) // (edits + 1)
    for start in range(0, edits * size, size):
        piece = compact[start : start + size - 1]
        yield from rows_with(index.compact, piece)
    yield from rows_with(index.compact, compact[edits * size :])


# --- a name and more ---------------------------------------------------------------------------


def _around(index: NameIndex, query: Query) -> tuple[Match, ...]:
    """Return the names that are wholly in the query and most of it.

    Three fifths of what was typed let "steins gate 0" in and keep "air gear" out.
    """
    scores = {}
    query_length = len(query.meant.compact)
    for row, _ in _names_inside(index, query.meant):
        name_form = index.form(row)
        is_most_of_it = 5 * len(name_form.compact) >= 3 * query_length
        if is_most_of_it and _is_safe(name_form):
            scores[row] = _AROUND
    return best_matches(index, query, scores)


def _is_safe(name: Form) -> bool:
    """Tell whether a name is too long to stand among other words by accident."""
    has_words = len(name.content) >= _SAFE_WORDS
    return has_words and len(name.compact) >= _SAFE_LETTERS


def _two_names(index: NameIndex, query: Query) -> tuple[Match, ...]:
    """Return both things where the query is the name of one and names another besides."""
    for row, rest in _names_inside(index, query.meant):
        if not rest.content or not _is_safe(index.form(row)):
            continue
        first_name = index.name(row)
        rest_matches = as_spelled(index, read_query(rest.plain))
        named_besides = Found(rest_matches, ()).named
        keys_besides = {match.key for match in named_besides}
        if keys_besides and first_name.key not in keys_besides:
            first_match = Match(
                key=first_name.key,
                score=_AROUND,
                name=first_name.text,
                facts=first_name.facts,
            )
            tied_matches = [
                match._replace(score=_AROUND) for match in named_besides
            ]
            return (first_match, *tied_matches)
    return ()


def _side_by_side(index: NameIndex, query: Query) -> tuple[Match, ...]:
    """Find what has one whole name in the query and every other word of it in its other names.

    Lists write two names of one title together: "Kimi no Na wa (Your Name)".
    """
    inner_rows = {row for row, _ in _names_inside(index, query.meant)}
    inner_keys = {index.keys[row] for row in inner_rows}
    vocabulary: dict[str, set[str]] = {key: set() for key in inner_keys}
    for row, key in enumerate(index.keys):
        if key in inner_keys:
            vocabulary[key].update(index.form(row).content)
    scores = {}
    for row in inner_rows:
        has_all_words = vocabulary[index.keys[row]].issuperset(
            query.meant.content
        )
        if has_all_words and index.form(row).content:
            scores[row] = _AROUND
    return best_matches(index, query, scores)


def _names_inside(index: NameIndex, query: Form) -> Iterator[tuple[int, Form]]:
    """Yield the rows of the names that are a run of words of the query, and what is left of it.

    The longest come first.
    """
    count = len(query.words)
    tried_runs: set[str] = set()
    for size in range(count, 0, -1):
        for start in range(count - size + 1):
            end = start + size
            run = "".join(query.words[start:end])
            if run in tried_runs:
                continue
            tried_runs.add(run)
            words_left = (*query.words[:start], *query.words[end:])
            rest = form(" ".join(words_left))
            for row in index.rows_called(run):
                yield row, rest
