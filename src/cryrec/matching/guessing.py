"""What a query may mean that is no name as spelled: a misspelling, or a name and more.

Refusing is the harder half. A misspelling is accepted only if everything typed finds its line in
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
from cryrec.matching.index import NameIndex, lines_with
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
    lines = _like(query.meant.compact, index.compact_lines)
    likenesses = {line: misspelt.likeness(query.meant, index.form(line)) for line in lines}
    return Found((), best_matches(index, query, likenesses)[:MOST_OFFERED])


# --- misspellings ------------------------------------------------------------------------------


def _misspelt(index: NameIndex, query: Query) -> tuple[Match, ...]:
    """Return what a reading of the query misspells, in whichever way fits best."""
    scores: dict[int, int] = {}
    for reading in query.forms:
        for score, lines in _ways(index, reading):
            for line in set(lines):
                best_so_far = scores.get(line, 0)
                scores[line] = max(best_so_far, score(reading, index.form(line)))
    return best_matches(index, query, scores)


def _ways(index: NameIndex, query: Form) -> Iterator[tuple[_Score, Iterator[int]]]:
    """Yield each way to misspell, and the lines that may be misspelt so: all, and a few more."""
    if not query.compact:
        return
    yield misspelt.whole_score, _lines_near(query.compact, index.compact_lines)
    yield misspelt.heard_score, _lines_near(query.heard.replace(" ", ""), index.heard_lines)
    yield misspelt.words_score, _lines_of_words(index, without_qualifiers(query.plain))
    yield misspelt.run_score, _lines_of_runs(index, query.compact)


def _only_near_one(index: NameIndex, query: Query) -> tuple[Match, ...]:
    """Return the one thing that is one edit in four letters away, if no other is."""
    meant = query.meant
    # The name may be longer than the query by the letters that are missing.
    most_edits = len(meant.compact) // 3
    lines = _within(meant.compact, index.compact_lines, most_edits)
    scores = {line: misspelt.near_score(meant, index.form(line)) for line in lines}
    matches = best_matches(index, query, scores)
    return matches if len(matches) == 1 else ()


def _lines_near(text: str, lines: list[str]) -> Iterator[int]:
    """Yield the numbers of the lines that `text` may misspell as a whole."""
    return _within(text, lines, _most_edits(text, misspelt.NAME_STEPS))


def _most_edits(text: str, steps: tuple[int, ...]) -> int:
    """Return how many edits any name within reach of `text` could be forgiven."""
    letters = len(text) if text.isascii() else 2 * len(text)
    most_edits = 0
    while (more := misspelt.allowed(letters + 2 * most_edits, steps)) > most_edits:
        most_edits = more
    return most_edits


def _within(text: str, lines: list[str], most_edits: int) -> Iterator[int]:
    """Yield the numbers of the lines at most so many edits away."""
    hits = extract(text, lines, scorer=OSA.distance, score_cutoff=most_edits, limit=None)
    return (line for _, _, line in hits)


def _like(text: str, lines: list[str]) -> Iterator[int]:
    """Yield the numbers of the lines that share most of their letters with `text`."""
    scorer = OSA.normalized_distance
    hits = extract(text, lines, scorer=scorer, score_cutoff=_LEAST_ALIKE, limit=None)
    return (line for _, _, line in hits)


def _lines_of_words(index: NameIndex, query: Form) -> Iterator[int]:
    """Yield where a name holds something like the rarest word of the query.

    Every word of the query must have its line in the name, so the rarest one will do.
    """
    rarest: tuple[list[str], list[str]] | None = None
    for word in query.content:
        written = [*_similar(word, index.written_words), *misspelt.plurals(word)]
        heard = _similar(sound(word), index.heard_words)
        if rarest is None or len(written) + len(heard) < sum(map(len, rarest)):
            rarest = written, heard
    if rarest is None:
        return
    for word in rarest[0]:
        yield from lines_with(index.padded, f" {word} ")
    for word in rarest[1]:
        yield from lines_with(index.heard, f" {word} ")


def _similar(word: str, vocabulary: list[str]) -> list[str]:
    """Return the words that `word` may misspell."""
    most_edits = misspelt.allowed(weight(word), misspelt.WORD_STEPS)
    return [vocabulary[line] for line in _within(word, vocabulary, most_edits)]


def _lines_of_runs(index: NameIndex, compact: str) -> Iterator[int]:
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
    lines = [line for line, _ in _names_inside(index, meant)]
    scores = {line: _AROUND for line in lines if _is_most(index.form(line), meant)}
    return best_matches(index, query, scores)


def _is_safe(name: Form) -> bool:
    """Tell whether a name is too long to stand among other words by accident."""
    return len(name.content) >= _SAFE_WORDS and len(name.compact) >= _SAFE_LETTERS


def _is_most(name: Form, query: Form) -> bool:
    return _is_safe(name) and 5 * len(name.compact) >= 3 * len(query.compact)


def _two_names(index: NameIndex, query: Query) -> tuple[Match, ...]:
    """Return both things where the query is the name of one and names another besides."""
    for line, rest in _names_inside(index, query.meant):
        if not rest.content or not _is_safe(index.form(line)):
            continue
        key = index.keys[line]
        others = Found(as_spelled(index, read_query(rest.plain)), ()).named
        if others and key not in [match.key for match in others]:
            name = index.name(line)
            matches = (Match(key, _AROUND, name.text, name.facts), *others)
            return tuple(match._replace(score=_AROUND) for match in matches)
    return ()


def _side_by_side(index: NameIndex, query: Query) -> tuple[Match, ...]:
    """Find what has one whole name in the query and every other word of it in its other names.

    Lists write two names of one title together: "Kimi no Na wa (Your Name)".
    """
    meant = query.meant
    lines = {line for line, _ in _names_inside(index, meant)}
    keys = {index.keys[line] for line in lines}
    words: dict[str, set[str]] = {key: set() for key in keys}
    for line, key in enumerate(index.keys):
        if key in keys:
            words[key].update(index.form(line).content)
    known_keys = {key for key in keys if words[key].issuperset(meant.content)}
    known_lines = [line for line in lines if index.keys[line] in known_keys]
    scores = {line: _AROUND for line in known_lines if index.form(line).content}
    return best_matches(index, query, scores)


def _names_inside(index: NameIndex, query: Form) -> Iterator[tuple[int, Form]]:
    """Yield the lines of the names that are a run of words of the query, and what is left of it.

    The longest come first.
    """
    count = len(query.words)
    tried_runs: set[str] = set()
    for size in range(count, 0, -1):
        for first in range(count - size + 1):
            last = first + size
            run = "".join(query.words[first:last])
            if run in tried_runs:
                continue
            tried_runs.add(run)
            for line in index.lines_called(run):
                yield line, form(" ".join((*query.words[:first], *query.words[last:])))
