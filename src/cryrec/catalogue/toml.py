"""The text of a catalogue file as the document in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tomli


class NotToml(Exception):
    """Text that is no TOML; `line` says where, if that is known."""

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line


def text_of(content: bytes) -> str:
    """The text in a file, a byte order mark dropped; raises NotToml for another encoding."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = "it is not written in UTF-8; save it in that encoding"
        raise NotToml(message, line) from error


def document_of(text: str) -> Mapping[str, Any]:
    """The document that `text` holds; raises NotToml."""
    try:
        return tomli.loads(text)
    except RecursionError as error:
        raise NotToml(
            "not TOML that can be read: it is nested too deep"
        ) from error
    except ValueError as error:
        message = " ".join(str(error).split())
        line = getattr(error, "lineno", None)
        raise NotToml(f"not TOML: {message}", line) from error
