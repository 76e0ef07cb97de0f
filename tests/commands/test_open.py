"""`cryrec open`: real processes, and a browser that writes down where it was sent."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from commands.running import Run

from cryrec.models import Title
from cryrec.pages import show_page
from cryrec.session import Session


@pytest.fixture
def title() -> Title:
    """A title with a page."""
    return next(title for title in Session().titles if title.page)


@pytest.fixture
def visits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file that holds the addresses a browser was sent to; the browser prints, as some do."""
    visits, browser = tmp_path / "visits", tmp_path / "browser"
    browser.write_text(
        f'#!/bin/sh\necho hello\necho "$@" >> "{visits}"\n', encoding="utf-8"
    )
    browser.chmod(0o700)
    monkeypatch.setenv("BROWSER", str(browser))
    return visits


@pytest.fixture
def no_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine where nothing can be started: no screen, no terminal, no such BROWSER."""
    monkeypatch.setenv("BROWSER", "/nowhere/browser")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "TERM"):
        monkeypatch.delenv(name, raising=False)


def cryrec(*words: str) -> subprocess.CompletedProcess[str]:
    """The program in a process of its own, because a browser is a program too."""
    return subprocess.run(
        [sys.executable, "-m", "cryrec", *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_browser_is_sent_to_the_page(title: Title, visits: Path) -> None:
    """BROWSER gets the address and nothing else; what it prints does not become the answer."""
    done = cryrec("open", title.id)
    assert (done.returncode, done.stdout) == (0, "")
    assert f"opened {title.page}" in done.stderr
    assert visits.read_text(encoding="utf-8") == f"{title.page}\n"


def test_without_a_browser_the_address_is_the_answer(
    title: Title, no_browser: None
) -> None:
    """Where none can be started, the address stands alone on stdout and the exit code is 0."""
    done = cryrec("open", title.id)
    assert (done.returncode, done.stdout, done.stderr) == (
        0,
        f"{title.page}\n",
        "",
    )


@pytest.mark.parametrize("where", ["visits", "no_browser"])
def test_a_script_gets_one_document(
    where: str, title: Title, request: pytest.FixtureRequest
) -> None:
    """With --json the document is the same whether a browser was started or not."""
    request.getfixturevalue(where)
    done = cryrec("open", title.id, "--json")
    assert done.returncode == 0
    document = json.loads(done.stdout)
    assert document == {
        "schema_version": 1,
        "id": title.id,
        "address": title.page,
    }


OWN = """
[[anime]]
id = "ours"
title = "A Night of Ours"
format = "movie"
minutes = 90
moods = [{ id = "family", strength = 3 }]
"""


@pytest.fixture
def own_title(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A title of one's own, of which nothing more is known."""
    path = tmp_path / "own.toml"
    path.write_text(OWN, encoding="utf-8")
    monkeypatch.setenv("CRYREC_CATALOGUE", str(path))


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_a_title_without_a_page_is_exit_3(
    more: tuple[str, ...], own_title: None, visits: Path
) -> None:
    """One line says so, nothing is on stdout, and no browser is started."""
    done = cryrec("open", "ours", *more)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == 'cryrec: no page is known for "A Night of Ours"\n'
    assert not visits.exists()


@pytest.mark.parametrize("stream", ["1", "2"])
def test_a_closed_stream_keeps_no_page_shut(
    stream: str, title: Title, visits: Path
) -> None:
    """Started by something that gives it no stdout or no stderr, it still opens the page."""
    line = f'exec {stream}>&-; exec "$0" -m cryrec open {title.id}'
    done = subprocess.run(
        ["sh", "-c", line, sys.executable],
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert done.returncode == 0
    assert visits.read_text(encoding="utf-8") == f"{title.page}\n"


def test_the_card_and_the_browser_agree(title: Title, run: Run) -> None:
    """The address that a full card shows is the one that is opened."""
    assert title.page
    card = run("show", title.id).stdout
    assert title.page.removeprefix("https://") in "".join(card.split())


def test_at_the_cards_what_came_of_it_is_a_line(title: Title) -> None:
    """Beside the cards nothing ends because a browser did or did not start."""
    assert show_page(title) == f"opened {title.page}"
