"""How well names are found, and how well other names are refused: prints tables, asserts nothing.

Positives are made from the catalogue's own names with a fixed seed; negatives are the names of
other anime in other_anime.txt. Both are halved by a hash of the query: rules and constants of
cryrec.matching are tuned on the first half only, and the second says whether that was honest.
"""

import random
import re
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from cryrec.catalogue import load_bundled
from cryrec.matching import Found, Name, NameIndex, find_in, normalise

HALVES = ("tune", "held-out")
# Fewest letters for one, two and three typing slips: below them a slip is not worth guessing.
SLIP_LENGTHS = (5, 9, 14)
# Fewest letters of another script for one slip: each says more than a Latin one.
SCRIPT_SLIP_LENGTH = 6
EXTRA = (
    "anime",
    "movie",
    "film",
    "series",
    "season 1",
    "tv",
    "ova",
    "the",
    "subbed",
    "2016",
)
EARS = (
    *(
        ("ou", "o"),
        ("ou", "oo"),
        (" wo ", " o "),
        (" o ", " wo "),
        ("uu", "u"),
        ("oo", "o"),
    ),
    *(
        ("s", "z"),
        ("shi", "si"),
        ("tsu", "tu"),
        ("chi", "ti"),
        ("k", "kk"),
        ("t", "tt"),
    ),
    *(
        ("wa ", "ha "),
        ("ph", "f"),
        ("ies", "ys"),
        ("l", "ll"),
        ("mm", "m"),
        ("nn", "n"),
        ("c", "k"),
    ),
    *(
        (" no ", " na "),
        (" no ", " "),
        (" of the ", " of "),
        (" wo ", " ga "),
        (" and ", " & "),
    ),
)


class Case(NamedTuple):
    """A query, what kind it is, and the ids it may lead to (none: it must be refused)."""

    kind: str
    query: str
    wanted: frozenset[str]


Judge = Callable[[Case, Found], tuple[bool, bool]]
"""Says of a case whether it went right, and whether it went wrong."""


def half(query: str) -> str:
    """Return the half a query belongs to, the same on every machine."""
    return HALVES[blake2b(query.encode(), digest_size=1).digest()[0] % 2]


def slip(text: str, rng: random.Random) -> str:
    """Return `text` with one typing slip: a letter lost, doubled, changed or swapped."""
    places = [i for i, c in enumerate(text) if c.isalpha()]
    at = rng.choice(places)
    kind = rng.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + rng.choice("abcdefghijklmnopqrstuvwxyz") + text[at:]
    if kind == 2:
        return (
            text[:at]
            + rng.choice("abcdefghijklmnopqrstuvwxyz")
            + text[at + 1 :]
        )
    return text[:at] + text[at : at + 2][::-1] + text[at + 2 :]


def runs(words: list[str]) -> Iterator[str]:
    """Yield every run of two words or more that is shorter than the whole."""
    for size in range(2, len(words)):
        for start in range(len(words) - size + 1):
            yield " ".join(words[start : start + size])


def spellings(
    name: str, names: tuple[Name, ...], rng: random.Random
) -> Iterator[tuple[str, str]]:
    """Yield (kind, query) for the ways in which people write one Latin name."""
    plain = name.casefold()
    letters = len(normalise(name).replace(" ", ""))
    for slips, least in enumerate(SLIP_LENGTHS, 1):
        for _ in range(2 if letters >= least else 0):
            query = plain
            for _ in range(slips):
                query = slip(query, rng)
            yield f"{slips} slip{'s' if slips > 1 else ''}", query
    bare = re.sub(r"[^\w ]", "", plain)
    yield "punctuation lost", bare
    if " " in bare and letters >= 4:
        yield "spaces lost", bare.replace(" ", "")
    words = normalise(name).split()
    if len(words) >= 3:
        yield "word order", " ".join(words[::-1])
        yield "word order", " ".join(words[2:] + words[:2])
    heard = [
        plain.replace(a, b, 1) for a, b in EARS if a in plain and letters >= 6
    ]
    for query in rng.sample(heard, min(3, len(heard))):
        yield "by ear", query
    for word in rng.sample(EXTRA, 2):
        yield (
            "extra words",
            f"{plain} {word}" if word != "the" else f"the {plain}",
        )
    yield "extra words", f"watch {plain} online"
    parts = [run for run in runs(words) if is_distinctive(run, names)]
    for part in rng.sample(parts, min(3, len(parts))):
        yield "part", part
    long = [part for part in parts if len(part) >= 12]
    if long:
        yield "part, 1 slip", slip(rng.choice(long), rng)


def is_distinctive(part: str, names: tuple[Name, ...]) -> bool:
    """Tell whether the longer words of a part have eight letters and belong to one title only."""
    telling = " ".join(word for word in part.split() if len(word) >= 4)
    return (
        len(telling.replace(" ", "")) >= 8
        and len(holders(telling, names)) == 1
    )


def holders(part: str, names: tuple[Name, ...]) -> frozenset[str]:
    """Return the ids that have a name holding all words of `part`."""
    words = set(normalise(part).split())
    return frozenset(
        n.key
        for n in names
        if words and words <= set(normalise(n.text).split())
    )


def positives(names: tuple[Name, ...]) -> Iterator[Case]:
    """Yield the queries that must find a title, each once."""
    rng = random.Random(20)
    seen = set()
    for name in names:
        yield Case("as written", name.text, same(name.text, names))
        if not normalise(name.text).isascii():
            continue
        for kind, query in spellings(name.text, names, rng):
            if query not in seen:
                seen.add(query)
                yield Case(
                    kind, query, same(query, names) | same(name.text, names)
                )


def other_scripts(names: tuple[Name, ...]) -> Iterator[Case]:
    """Yield the ways in which people write the names that are not Latin."""
    rng = random.Random(21)
    for name in names:
        letters = [char for char in name.text if char.isalpha()]
        if normalise(name.text).isascii() or len(letters) < SCRIPT_SLIP_LENGTH:
            continue
        wanted = same(name.text, names)
        yield Case(
            "other scripts, 1 slip",
            other_slip(name.text, letters, rng),
            wanted,
        )
        words = normalise(name.text).split()
        if len(words) >= 3 and is_distinctive(" ".join(words[:2]), names):
            yield Case("other scripts, part", " ".join(words[:2]), wanted)


def other_slip(text: str, letters: list[str], rng: random.Random) -> str:
    """Return `text` with a letter lost, changed for another of its own, or swapped."""
    at = rng.choice(
        [place for place, char in enumerate(text) if char.isalpha()]
    )
    changed = ("", rng.choice(letters), text[at + 1 : at + 2] + text[at])
    chosen = rng.randrange(len(changed))
    skipped = 2 if chosen == 2 else 1
    return text[:at] + changed[chosen] + text[at + skipped :]


def qualified(names: tuple[Name, ...], agrees: bool) -> Iterator[Case]:
    """Yield names with the right year or kind beside them, or with a wrong year, kind or season."""
    for name in names:
        year, kind, parts = name.facts
        if year is None or kind is None or not normalise(name.text).isascii():
            continue
        other_kind = "movie" if kind == "series" else "series"
        right = (str(year), kind)
        wrong = (str(year + 3), other_kind, f"season {parts + 1}")
        for word in right if agrees else wrong:
            yield Case(
                "agreeing" if agrees else "contradicting",
                f"{name.text} {word}",
                frozenset({name.key}),
            )


def low_information(names: tuple[Name, ...]) -> Iterator[Case]:
    """Yield letters, digits and syllables that say nothing, however often."""
    own = {normalise(name.text) for name in names}
    for char in "abcdefghijklmnopqrstuvwxyz0123456789":
        for query in (char, char * 2, char * 4, char * 7):
            if query not in own:
                yield Case("one letter", query, frozenset())
    for first in "bcdfghjklmnprstvwyz":
        for vowel in "aiueo":
            query = 2 * f"{first}{vowel}"
            if query not in own:
                yield Case("one syllable twice", query, frozenset())


def same(query: str, names: tuple[Name, ...]) -> frozenset[str]:
    """Return the ids that have exactly this name; those to which it only leads if none has."""
    plain = normalise(query)
    bearers = [name for name in names if normalise(name.text) == plain]
    owners = [name for name in bearers if not name.is_related]
    return frozenset(name.key for name in owners or bearers)


def negatives(names: tuple[Name, ...]) -> Iterator[Case]:
    """Yield the names of other anime, the near ones and those that are words of ours apart."""
    kind = "other anime"
    lines = (
        (Path(__file__).parent / "other_anime.txt")
        .read_text(encoding="utf-8")
        .splitlines()
    )
    for line in lines:
        if line.startswith("# Hard"):
            kind = "other anime, hard"
        if line.startswith("#"):
            continue
        if same(line, names):
            continue
        # "Memories" is an anime and a word of Plastic Memories: a whole word must be found.
        is_part = bool(holders(line, names))
        yield Case("a part of ours" if is_part else kind, line, frozenset())
        if kind == "other anime" and not is_part:
            yield Case("other anime + movie", f"{line} movie", frozenset())


def table(
    title: str, cases: list[Case], index: NameIndex, judge: Judge
) -> None:
    """Print one line a kind, and one for all kinds, for each half."""
    print(
        f"{title:24}" + "".join(f"{h:>10} n  right %  wrong %" for h in HALVES)
    )
    outcomes = [
        (case, *judge(case, find_in(index, case.query))) for case in cases
    ]
    for label in ("all", *dict.fromkeys(case.kind for case in cases)):
        line = f"  {label:22}"
        for name in HALVES:
            those = [
                o
                for o in outcomes
                if label in ("all", o[0].kind) and half(o[0].query) == name
            ]
            right = 100 * sum(o[1] for o in those) / max(1, len(those))
            wrong = 100 * sum(o[2] for o in those) / max(1, len(those))
            line += f"{len(those):12}  {right:7.2f}  {wrong:7.2f}"
        print(line)
    print()


def first_place(case: Case, found: Found) -> tuple[bool, bool]:
    """Return whether the first place was right, and whether something wrong was accepted there."""
    first = {
        match.key
        for match in found.matches
        if match.score == found.matches[0].score
    }
    if not case.wanted:
        return not first, bool(first)
    return bool(first) and first <= case.wanted, bool(first - case.wanted)


def named(case: Case, found: Found) -> tuple[bool, bool]:
    """Return whether a command would take what is meant, and whether it would take another."""
    keys = {match.key for match in found.named}
    return keys == case.wanted, bool(keys - case.wanted)


def only_offered(case: Case, found: Found) -> tuple[bool, bool]:
    """Return whether a command would ask about what is meant, and whether it would take it."""
    offered = {match.key for match in found.offered}
    return case.wanted <= offered, case.wanted <= {
        match.key for match in found.named
    }


def main() -> None:
    """Print the tables."""
    names = load_bundled().names
    index = NameIndex.of(names)
    print(
        "right: found first with nothing wrong beside it, or refused; wrong: accepted wrongly"
    )
    print(
        'a part of ours: other anime whose whole name is words of one of ours ("Memories")\n'
    )
    table("names of ours", list(positives(names)), index, first_place)
    table("names of others", list(negatives(names)), index, first_place)
    table(
        "names in other scripts",
        list(other_scripts(names)),
        index,
        first_place,
    )
    table("no names", list(low_information(names)), index, first_place)
    print(
        "for a command that names one title; right: taken, or asked about if it contradicts\n"
    )
    table(
        "with a fact beside it",
        list(qualified(names, agrees=True)),
        index,
        named,
    )
    table(
        "with a wrong one",
        list(qualified(names, agrees=False)),
        index,
        only_offered,
    )


if __name__ == "__main__":
    main()
