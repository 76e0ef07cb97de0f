"""Every test runs in a home of its own, with no variable of the machine that changes output."""

from __future__ import annotations

from pathlib import Path

import pytest

CLEARED = (
    "ACCESSIBLE",
    "COLUMNS",
    "CRYREC_CATALOGUE",
    "CRYREC_HOME",
    "CRYREC_NO_INPUT",
    "FORCE_COLOR",
    "LINES",
    "NO_COLOR",
    "PYTHONIOENCODING",
    "TERM",
)


@pytest.fixture(autouse=True)
def _own_home(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """A home that is thrown away, an environment that says nothing, and a browser that is none.

    The cache alone is shared: it is only ever used for the very files it was made from.
    """
    for name in CLEARED:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BROWSER", "true %s")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp()))
