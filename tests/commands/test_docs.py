"""What the texts say of the program is what the program says of itself."""

from __future__ import annotations

import re
from pathlib import Path
from types import ModuleType

import pytest
from commands.running import Document, is_hidden

from cryrec.cli import COMMANDS, load_command

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The program that makes the texts."""
    monkeypatch.syspath_prepend(str(DOCS))
    import texts

    return texts


def test_the_texts_are_those_the_program_makes_today(
    texts: ModuleType,
) -> None:
    """The help and the titles in the README, the table of titles and the man page are not stale."""
    stale = [
        path.name for path, text in texts.made().items() if text != _read(path)
    ]
    assert not stale, "python docs/texts.py makes them anew"


def test_the_man_page_has_every_command_and_option_that_the_help_shows() -> (
    None
):
    """Whoever reads the manual misses nothing, and finds nothing that the help hides."""
    page = _read(DOCS / "cryrec.1").replace(r"\-", "-")
    for name in COMMANDS:
        assert f'.SS "cryrec {name} ' in page
        for parameter in load_command(name).params:
            for option in parameter.opts:
                if option.startswith("--"):
                    shown = re.search(
                        rf"^\\fB.*{option}\b", page, re.MULTILINE
                    )
                    assert (shown is None) == is_hidden(parameter), option


REQUESTS = {".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".nf", ".fi"}


def test_the_man_page_is_plain_roff() -> None:
    """Every reader of manuals understands it: few requests, none by chance, and ASCII."""
    page = _read(DOCS / "cryrec.1")
    assert page.isascii()
    assert {
        line.split()[0] for line in page.splitlines() if line.startswith(".")
    } == REQUESTS
    assert not [line for line in page.splitlines() if line.startswith("'")]


DOCUMENTS = {
    "suggest": [
        [
            "--mood",
            "family",
            "--time",
            "tonight",
            "--format",
            "series",
            "--spoilers",
        ],
        [
            "--mood",
            "goodbye",
            "--time",
            "tonight",
            "--like",
            "your name",
            "--notes",
        ],
        ["--why-not", "anohana", "--mood", "family"],
    ],
    "search": [["clannad"], ["grave of the firefiles"]],
    "show": [["after story"], ["madoka", "--spoilers"]],
    "open": [["anohana"]],
    "seen": [["anohana", "--rating", "4"]],
    "later": [["anohana"]],
    "forget": [["anohana"]],
    "import": [[str(ROOT / "tests/fixtures/simkl.json"), "--yes"]],
    "taste": [[], ["--reset"]],
    "config": [[], ["--avoid", "war"]],
    "add": [
        [
            "Ours",
            "--format",
            "movie",
            "--minutes",
            "90",
            "--mood",
            "family",
            "--yes",
        ]
    ],
    "catalogue": [["paths"], ["check"]],
}
"""Lines for commands that need more than their name, or whose documents differ."""

WITH_JSON = [
    name
    for name in COMMANDS
    if "json" in {o.name for o in load_command(name).params}
]

OTHER_WORDS = {"ledger", "weights", "translations"}
"""Keys below which stand words of the catalogue or the answers, and not keys of a document."""


@pytest.mark.parametrize("name", WITH_JSON)
def test_every_key_of_every_document_is_explained(
    name: str, document: Document
) -> None:
    """Whoever reads a document finds each of its keys under the command, a title or an entry."""
    shared = _explained("A title") | _explained("An entry of the library")
    explained = _explained(name) | shared | {"schema_version"}
    if name == "undo":
        document("seen", "anohana")
    for words in DOCUMENTS.get(name, [[]]):
        assert _keys(document(name, *words)) <= explained


def _explained(name: str) -> set[str]:
    """The words in code of the sections of docs/json.md whose headings have that name."""
    sections = _read(DOCS / "json.md").split("\n## ")[1:]
    named = [
        text
        for text in sections
        if name in text.partition("\n")[0].split(", ")
    ]
    assert named, f"docs/json.md says nothing of {name}"
    return set(re.findall(r"`(\w+)`", "".join(named)))


def _keys(value: object) -> set[str]:
    """Every key in a document, however deep."""
    if isinstance(value, list):
        return set().union(*map(_keys, value))
    if not isinstance(value, dict):
        return set()
    inner = [
        _keys(each) for key, each in value.items() if key not in OTHER_WORDS
    ]
    return set(value).union(*inner)


LINK = re.compile(r"\]\(([^)#:]+)\)")


@pytest.mark.parametrize(
    "path", [*ROOT.glob("*.md"), *DOCS.glob("*.md")], ids=lambda p: p.name
)
def test_links_lead_somewhere(path: Path) -> None:
    """A file that a text points to is there."""
    missing = [
        link
        for link in LINK.findall(_read(path))
        if not (path.parent / link).exists()
    ]
    assert not missing


def test_contributing_is_short() -> None:
    """Whoever wants to help reads it in one sitting."""
    assert len(_read(ROOT / "CONTRIBUTING.md").splitlines()) < 70


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
