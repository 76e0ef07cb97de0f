"""Titles of one's own, written at the end of `own.toml` and taken out of it again.

Every byte that stands in the file stays as it is: the new entry is put below it, as somebody would
who writes by hand. So comments and order are safe without a library that keeps them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import chain, count
from pathlib import Path
from typing import Any, Final

import msgspec

from cryrec.catalogue.contents import MOST_BYTES
from cryrec.catalogue.names import made_id
from cryrec.catalogue.toml import NotToml, document_of, text_of
from cryrec.errors import FileProblem, UnusableFile
from cryrec.files import PRIVATE, read_plain, reason, write_whole
from cryrec.library.entries import Addition
from cryrec.paths import catalogues_path

DOING: Final = "write your own titles to"

BEGINNING: Final = """\
# Titles of your own, and what you change of others. Every key that may stand here, and what it
# means: cryrec catalogue schema. Whether all is well: cryrec catalogue check.
"""


class BadOwnFile(FileProblem):
    """A file of the person's own that nothing can be added to, or taken out of."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"nothing was changed in {path}: {reason}")


def own_path() -> Path:
    """Where titles of one's own are written; it need not exist."""
    return catalogues_path() / "own.toml"


def entry_text(entry: Mapping[str, Any]) -> str:
    """An entry as it stands in a file, one key a line."""
    lines = ["[[anime]]", *_pairs(entry), ""]
    return "\n".join(lines)


def _pairs(table: Mapping[str, Any]) -> list[str]:
    return [f"{key} = {_value(value)}" for key, value in table.items()]


def _value(value: Any) -> str:
    """A value on one line; what is text or a number in JSON is the same in TOML."""
    if isinstance(value, Mapping):
        pairs = ", ".join(_pairs(value))
        return f"{{ {pairs} }}"
    if isinstance(value, list | tuple):
        items = ", ".join(map(_value, value))
        return f"[{items}]"
    return msgspec.json.encode(value).decode()


def free_id(title: str, year: int | None, taken: Collection[str]) -> str:
    """An id for a new title: made from its name, with year or number where that one is `taken`."""
    plain_id = made_id(title)
    dated_ids = [f"{plain_id}-{year}"] if year else []
    numbered_ids = (f"{plain_id}-{number}" for number in count(2))
    all_ids = chain([plain_id], dated_ids, numbered_ids)
    return next(title_id for title_id in all_ids if title_id not in taken)


def append(entry: str, path: Path) -> Addition:
    """Put the text of an entry at the end of the file at `path`, which is made if there is none.

    Raises BadOwnFile where it would then be no catalogue, UnusableFile where it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        content = read_plain(path, MOST_BYTES)
        before = BEGINNING if content is None else content.decode("utf-8")
    except OSError as error:
        raise UnusableFile(DOING, path, reason(error, path)) from error
    except UnicodeDecodeError as error:
        raise BadOwnFile(path, "it is not written in UTF-8") from error
    gap = "\n" if before.endswith("\n") or not before else "\n\n"
    added = gap + entry
    if "\r\n" in before:
        added = added.replace("\n", "\r\n")
    _refuse_damage(path, before, added)
    write_whole(
        path, (before + added).encode("utf-8"), mode=PRIVATE, doing=DOING
    )
    return Addition(str(path), added)


def _refuse_damage(path: Path, before: str, added: str) -> None:
    """Raise BadOwnFile unless the new text holds what the old one does, and one entry more."""
    old_text = before.removeprefix("\ufeff")
    new_text = (before + added).removeprefix("\ufeff")
    try:
        old_entries = document_of(old_text).get("anime", [])
    except NotToml as error:
        place = f", line {error.line}" if error.line else ""
        raise BadOwnFile(
            path, f"it has to be mended first{place}: {error}"
        ) from error
    try:
        new_entries = document_of(new_text).get("anime")
    except NotToml:
        new_entries = None
    if not isinstance(new_entries, list) or new_entries[:-1] != old_entries:
        message = "its titles do not stand under [[anime]], so this one has to be put in by hand"
        raise BadOwnFile(path, message)


def take_out(addition: Addition) -> bool:
    """Take out what was added; False if it does not stand there as it was written any more.

    Raises UnusableFile.
    """
    path = Path(addition.path)
    try:
        content = read_plain(path, MOST_BYTES)
    except OSError as error:
        raise UnusableFile(DOING, path, reason(error, path)) from error
    if content is None:
        return False
    before, entry, after = content.rpartition(addition.text.encode("utf-8"))
    rest = before + after
    if not entry or not _is_whole(rest, content, addition):
        return False
    write_whole(path, rest, mode=PRIVATE, doing=DOING)
    return True


def _is_whole(rest: bytes, content: bytes, addition: Addition) -> bool:
    """Whether `rest` is `content` less this entry: a key put below it would become another's."""
    try:
        old_document = document_of(text_of(content))
        new_document = document_of(text_of(rest))
        (added_entry,) = document_of(addition.text)["anime"]
    except NotToml:
        return False
    entries = list(old_document.get("anime", []))
    if added_entry not in entries:
        return False
    entries.remove(added_entry)
    return {**old_document, "anime": entries} == {"anime": [], **new_document}
