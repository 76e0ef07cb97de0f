"""The titles that may be suggested, as one thing that every question is put to."""

from __future__ import annotations

from collections.abc import Sequence

from cryrec.models import Title


class Pool:
    """Titles in the order of their catalogue; raises KeyError for an id that is not among them."""

    def __init__(self, titles: Sequence[Title]) -> None:
        self.titles = tuple(titles)
        self._by_id = {title.id: title for title in self.titles}

    def title(self, title_id: str) -> Title:
        """The title with that id."""
        return self._by_id[title_id]
