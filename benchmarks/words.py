"""How well a person's own words are read, and how well descriptions find what they describe.

Prints tables, asserts nothing. Rules are tuned on the halves marked "tune"; what is reported is the
half marked "held". `--wrong tune` shows what was read otherwise than it was meant. There are two
rounds of both, the second by other people and written when the rules for the first were done.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import structs

from cryrec.errors import CryrecError
from cryrec.hearing import NOTHING_SAID, read_line, read_words
from cryrec.recommend.parsing import read_answers
from cryrec.session import Session
from cryrec.wording.reading import Reading

HERE = Path(__file__).parent
ROUNDS = {"first round": "", "second round": "more_"}
"""What the names of a round's files begin with."""

HALVES = ("tune", "held")
LISTS = ("mood", "avoid", "directions")
PLAIN = ("format", "tissues", "aftertaste", "setting", "max_age", "like")


class Case(NamedTuple):
    """A sentence or a description, with whether it was read as meant, and what was read."""

    half: str
    section: str
    words: str
    is_right: bool
    is_lost: bool
    read: str


class Nobody(Session):
    """Somebody with no library and no settings, so that the figures are everybody's."""

    always_avoided = None


def sections(text: str) -> Iterator[str]:
    """Yield for each sentence the heading it stands under."""
    heading = ""
    for line in text.splitlines():
        if line.startswith("# --- "):
            heading = line.strip("# -")
        elif line == "[[sentence]]":
            yield heading


def meaning(reading: Reading, session: Session) -> dict[str, Any]:
    """Return the answers that a sentence gives, by their names in the JSON document."""
    flags = read_words(reading, NOTHING_SAID)
    answers = read_answers(structs.replace(flags, words=[]), session)
    means: dict[str, Any] = {
        name: list(getattr(answers, name)) for name in LISTS
    }
    means |= {name: getattr(answers, name) for name in PLAIN}
    means["time"] = answers.time.word if answers.time else None
    return {
        name: value for name, value in means.items() if value not in (None, [])
    }


def sentence_cases(session: Session, prefix: str) -> Iterator[Case]:
    """Yield every sentence of a round as it was read."""
    text = (HERE / f"{prefix}sentences.toml").read_text("utf-8")
    sentences = tomllib.loads(text)["sentence"]
    for section, sentence in zip(sections(text), sentences, strict=True):
        words, means = sentence["words"], sentence.get("means", {})
        reading = read_line(words, session)
        try:
            read = meaning(reading, session)
        except CryrecError as error:
            read = {"error": str(error)}
        if refused := sentence.get("refused"):
            is_right = refused in reading.refused
            is_lost = not reading.refused
        else:
            wishes = set(sentence.get("wishes", []))
            is_read = read == means and set(reading.wishes) == wishes
            is_right = is_read and not (reading.refused or reading.unclear)
            if unknown := sentence.get("unknown"):
                is_right = is_right and list(reading.not_understood) == unknown
            missing = set(means.get("avoid", [])) - set(read.get("avoid", []))
            is_lost = bool(missing) and not (
                reading.refused or reading.unclear
            )
        shown = f"{read} wishes {list(reading.wishes)} refused {list(reading.refused)}"
        shown += f" unclear {list(reading.unclear)} unknown {list(reading.not_understood)}"
        yield Case(sentence["half"], section, words, is_right, is_lost, shown)


def found_ids(query: str, session: Session) -> list[str]:
    """Return the ids that `cryrec search` shows for a query, best first."""
    found = session.catalogue.search(query)
    if found.matches:
        return [match.key for match in found.matches]
    return [each.title_id for each in session.elsewhere(query).about]


def show_sentences(cases: list[Case]) -> None:
    """Print for each half how many sentences were read exactly as meant, by section."""
    print(f"{'sentences':44} " + " ".join(f"{half:>12}" for half in HALVES))
    for section in dict.fromkeys(case.section for case in cases):
        print(
            f"{section[:44]:44} "
            + " ".join(_share(cases, half, section) for half in HALVES)
        )
    print(f"{'all':44} " + " ".join(_share(cases, half) for half in HALVES))
    lost = [
        sum(case.is_lost for case in cases if case.half == half)
        for half in HALVES
    ]
    print(
        f"{'negations lost':44} " + " ".join(f"{count:>12}" for count in lost)
    )


def _share(cases: list[Case], half: str, section: str | None = None) -> str:
    some = [
        case
        for case in cases
        if case.half == half and section in (None, case.section)
    ]
    right = sum(case.is_right for case in some)
    return f"{f'{right} of {len(some)}':>12}"


def show_descriptions(
    session: Session, prefix: str, wrong: str | None
) -> None:
    """Print for each half how often the title that is meant comes first, and what else is found."""
    data = tomllib.loads(
        (HERE / f"{prefix}descriptions.toml").read_text("utf-8")
    )
    nothing = dict(
        zip(HALVES, (data["nothing"][::2], data["nothing"][1::2]), strict=True)
    )
    print(f"{'descriptions':44} " + " ".join(f"{half:>12}" for half in HALVES))
    rows: dict[str, list[str]] = {
        "first": [],
        "in the first three": [],
        "found for nothing": [],
    }
    for half in HALVES:
        cases = [each for each in data["description"] if each["half"] == half]
        ids = [found_ids(each["words"], session) for each in cases]
        firsts = sum(
            found[:1] == [case["id"]]
            for case, found in zip(cases, ids, strict=True)
        )
        threes = sum(
            case["id"] in found[:3]
            for case, found in zip(cases, ids, strict=True)
        )
        false = [query for query in nothing[half] if found_ids(query, session)]
        rows["first"].append(f"{firsts} of {len(cases)}")
        rows["in the first three"].append(f"{threes} of {len(cases)}")
        rows["found for nothing"].append(
            f"{len(false)} of {len(nothing[half])}"
        )
        if half == wrong:
            for case, found in zip(cases, ids, strict=True):
                if found[:1] != [case["id"]]:
                    print(
                        f"  {case['words']}\n    meant {case['id']}, found {found[:3]}"
                    )
            for query in false:
                print(f"  {query}\n    found {found_ids(query, session)}")
    for name, shares in rows.items():
        print(f"{name:44} " + " ".join(f"{share:>12}" for share in shares))


def main() -> None:
    """Print both tables of both rounds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--wrong",
        choices=HALVES,
        help="show what was read otherwise in a half",
    )
    wrong = parser.parse_args().wrong
    session = Nobody()
    for name, prefix in ROUNDS.items():
        print(name)
        cases = list(sentence_cases(session, prefix))
        for case in cases:
            if case.half == wrong and not case.is_right:
                print(f"  {case.words}\n    read {case.read}")
        show_sentences(cases)
        print()
        show_descriptions(session, prefix, wrong)
        print()


if __name__ == "__main__":
    main()
