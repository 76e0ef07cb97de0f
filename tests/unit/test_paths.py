"""Where a person's own files live."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cryrec.paths import config_path, library_path


def test_cryrec_home_holds_everything(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With CRYREC_HOME set, settings and library lie directly in it, and nothing is made."""
    monkeypatch.setenv("CRYREC_HOME", str(tmp_path / "mine"))
    assert config_path() == tmp_path / "mine" / "config.toml"
    assert library_path() == tmp_path / "mine" / "library.db"
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize("home", ["", None])
def test_without_cryrec_home_the_platform_decides(
    home: str | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Unset or empty, the files lie in a "cryrec" folder below the home, and never in a cache."""
    monkeypatch.delenv("CRYREC_HOME", raising=False)
    if home is not None:
        monkeypatch.setenv("CRYREC_HOME", home)
    for path, name in ((config_path(), "config.toml"), (library_path(), "library.db")):
        assert path.is_relative_to(tmp_path)
        assert (path.parent.name, path.name) == ("cryrec", name)
        assert "cache" not in str(path.relative_to(tmp_path)).lower()


NO_HOME = """
import os
from cryrec.paths import config_path, library_path
os.environ["HOME"] = "/somewhere"
library_path()  # everything is imported
del os.environ["HOME"]
if hasattr(os, "setuid") and os.geteuid() == 0:
    os.setuid(3_999_999)  # an account that nobody has
print(config_path(), library_path(), sep="\\n")
"""

OWN_HOME = """
import sys
from cryrec.paths import config_path, library_path
print(config_path(), library_path(), "platformdirs" in sys.modules, sep="\\n")
"""


def probe(script: str, **environment: str) -> list[str]:
    known = {name: value for name in ("PYTHONPATH",) if (value := os.environ.get(name))}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        env={**known, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()


def test_without_any_home_no_folder_is_invented() -> None:
    """An account without a home gets whole paths all the same, not a "~" in the working folder."""
    for path in probe(NO_HOME):
        assert Path(path).is_absolute()
        assert "~" not in path


def test_cryrec_home_costs_no_import() -> None:
    """Platformdirs is loaded only where the platform has to be asked."""
    config, library = Path("home", "config.toml"), Path("home", "library.db")
    assert probe(OWN_HOME, CRYREC_HOME="home") == [str(config), str(library), "False"]
