"""Where a person's own files live."""

from __future__ import annotations

import os
import pwd
import subprocess
import sys
from pathlib import Path

import pytest

from cryrec.errors import FileProblem
from cryrec.paths import config_path, library_path


def test_cryrec_home_holds_everything(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
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
    for path, name in (
        (config_path(), "config.toml"),
        (library_path(), "library.db"),
    ):
        assert path.is_relative_to(tmp_path)
        assert (path.parent.name, path.name) == ("cryrec", name)
        assert "cache" not in str(path.relative_to(tmp_path)).lower()


@pytest.mark.parametrize(
    ("home", "folder"),
    [
        ("~", "."),
        ("~/", "."),
        ("~/x", "x"),
        ("~/x/", "x"),
        ("~//x/y", "x/y"),
        ("~/~", "~"),
    ],
)
def test_a_tilde_is_the_home_folder_though_no_shell_has_said_so(
    home: str, folder: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A service's unit or an .env file passes "~/x" as it stands; it means what it always does."""
    monkeypatch.setenv("CRYREC_HOME", home)
    assert library_path() == tmp_path / folder / "library.db"
    assert config_path() == tmp_path / folder / "config.toml"


def test_the_home_of_somebody_is_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """ "~root/x" is in the home folder of root, whoever asks."""
    root = pwd.getpwuid(0)
    monkeypatch.setenv("CRYREC_HOME", f"~{root.pw_name}/x")
    assert library_path() == Path(root.pw_dir, "x", "library.db")


@pytest.mark.parametrize("home", ["x", "./x", "./~/x", "x/~", "/~", "/x/"])
def test_a_tilde_elsewhere_is_a_name(
    home: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only at the beginning does it mean a home; anything else is taken as it stands."""
    monkeypatch.setenv("CRYREC_HOME", home)
    assert library_path() == Path(home, "library.db")


@pytest.mark.parametrize(
    ("cryrec_home", "home"),
    [
        ("~nobody-of-that-name/x", None),
        ("~nobody-of-that-name", None),
        ("~/x", ""),
        ("~/x", "me"),
    ],
)
def test_a_home_that_is_none_is_refused(
    cryrec_home: str, home: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No folder "~" is made in the working folder, and none in the root: what is wrong is said."""
    monkeypatch.setenv("CRYREC_HOME", cryrec_home)
    if home is not None:
        monkeypatch.setenv("HOME", home)
    for path in (config_path, library_path):
        with pytest.raises(
            FileProblem, match="there is no such home; write it out"
        ):
            path()


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
    known = {
        name: value
        for name in ("PYTHONPATH",)
        if (value := os.environ.get(name))
    }
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
    assert probe(OWN_HOME, CRYREC_HOME="home") == [
        str(config),
        str(library),
        "False",
    ]
