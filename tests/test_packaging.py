"""What is built and installed works elsewhere, with its catalogue."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from cryrec import __version__
from cryrec.catalogue import load_bundled, sources

ROOT = Path(__file__).parents[1]
CATALOGUE = "cryrec/data/anime.toml"
BUNDLED = [
    f"cryrec/data/{name}"
    for name in (*sources.BUNDLED.values(), sources.COMPILED)
]
TITLES = len(load_bundled().titles)


def python(*words: str, cwd: Path, **environment: str) -> str:
    """What this interpreter prints for a command line; an error is a failed test."""
    done = subprocess.run(
        [sys.executable, *words],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """An sdist, a wheel, and a wheel made from the unpacked sdist."""
    folder = tmp_path_factory.mktemp("built")
    build = ("-m", "build", "--no-isolation", "--outdir")
    python(
        *build,
        str(folder / "direct"),
        "--sdist",
        "--wheel",
        str(ROOT),
        cwd=folder,
    )
    (sdist,) = (folder / "direct").glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder / "unpacked", filter="data")
    (unpacked,) = (folder / "unpacked").iterdir()
    python(
        *build, str(folder / "second"), "--wheel", str(unpacked), cwd=folder
    )
    (wheel,) = (folder / "direct").glob("*.whl")
    (again,) = (folder / "second").glob("*.whl")
    return {"wheel": wheel, "wheel from the sdist": again, "sdist": sdist}


@pytest.mark.parametrize("kind", ["wheel", "wheel from the sdist"])
def test_an_installed_wheel_finds_its_catalogue(
    kind: str, built: dict[str, Path], tmp_path: Path
) -> None:
    """Installed elsewhere, with no working copy in sight, the program knows all its titles."""
    with zipfile.ZipFile(built[kind]) as wheel:
        assert set(BUNDLED) <= set(wheel.namelist())
        wheel.extractall(tmp_path / "site")
    where = ("-c", "import cryrec; print(cryrec.__file__)")
    environment = {"PYTHONPATH": str(tmp_path / "site")}
    assert str(tmp_path) in python(*where, cwd=tmp_path, **environment)
    listed = python(
        "-m", "cryrec", "list", "--json", cwd=tmp_path, **environment
    )
    assert len(json.loads(listed)["titles"]) == TITLES


PROBE = """
import sys
from cryrec.catalogue import open_catalogue
titles = open_catalogue().titles
print(len(titles), "cryrec.catalogue.overlay" in sys.modules)
"""


def test_an_installed_wheel_does_not_work_its_catalogue_out(
    built: dict[str, Path], tmp_path: Path
) -> None:
    """What was compiled while building is used, and only as long as the catalogue is the same."""
    with zipfile.ZipFile(built["wheel"]) as wheel:
        wheel.extractall(tmp_path)
    environment = {
        "PYTHONPATH": str(tmp_path),
        "CRYREC_HOME": str(tmp_path / "home"),
    }
    assert (
        python("-c", PROBE, cwd=tmp_path, **environment) == f"{TITLES} False\n"
    )
    assert not (tmp_path / "home").exists()
    with (tmp_path / CATALOGUE).open("a", encoding="utf-8") as file:
        file.write("# a word more\n")
    assert (
        python("-c", PROBE, cwd=tmp_path, **environment) == f"{TITLES} True\n"
    )


def test_both_wheels_hold_the_same(built: dict[str, Path]) -> None:
    """What is built from the sdist lacks nothing that the working copy has."""
    names = []
    for kind in ("wheel", "wheel from the sdist"):
        with zipfile.ZipFile(built[kind]) as wheel:
            names.append(sorted(wheel.namelist()))
    assert names[0] == names[1]


def test_the_wheel_installs_the_command(built: dict[str, Path]) -> None:
    """Whoever installs the wheel has the command and its manual; type checkers see the types."""
    with zipfile.ZipFile(built["wheel"]) as wheel:
        (scripts,) = (
            name
            for name in wheel.namelist()
            if name.endswith("entry_points.txt")
        )
        assert "\ncryrec = cryrec." in wheel.read(scripts).decode()
        assert "cryrec/py.typed" in wheel.namelist()
        (manual,) = (
            name
            for name in wheel.namelist()
            if name.endswith("/share/man/man1/cryrec.1")
        )
        assert wheel.read(manual) == (ROOT / "docs/cryrec.1").read_bytes()


def test_the_working_copy_finds_its_catalogue(tmp_path: Path) -> None:
    """`python -m cryrec` on the sources reads the file that people edit."""
    listed = python(
        "-m", "cryrec", "list", cwd=tmp_path, PYTHONPATH=str(ROOT / "src")
    )
    assert len(listed.splitlines()) == TITLES


def test_the_version_is_the_one_in_the_package(
    built: dict[str, Path], tmp_path: Path
) -> None:
    """The wheel, the package and --version agree."""
    assert f"-{__version__}-" in built["wheel"].name
    assert (
        python("-m", "cryrec", "--version", cwd=tmp_path)
        == f"cryrec {__version__}\n"
    )


def test_a_damaged_bundled_catalogue_is_one_line_and_exit_4(
    built: dict[str, Path], tmp_path: Path
) -> None:
    """Every problem of a damaged installation is named, and nothing is shown."""
    with zipfile.ZipFile(built["wheel"]) as wheel:
        wheel.extractall(tmp_path)
    catalogue = tmp_path / CATALOGUE
    text = catalogue.read_text(encoding="utf-8")
    text = text.replace("tissues = 5", "tissues = 50").replace(
        '"family"', '"famly"'
    )
    catalogue.write_text(text, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "cryrec", "suggest", "--mood", "family"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.startswith("cryrec: ")
    assert done.stderr.count("\n") == 1
    assert "got 50" in done.stderr
    assert "did you mean family?" in done.stderr
    assert catalogue.read_text(encoding="utf-8") == text
