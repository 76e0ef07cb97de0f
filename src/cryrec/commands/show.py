"""`cryrec show`: one full card."""

from __future__ import annotations

from pathlib import Path
from tempfile import NamedTemporaryFile

from cryrec.catalogue import load_bundled
from cryrec.commands import options
from cryrec.errors import UnusableFile, UsageProblem
from cryrec.terminal import emit, say
from cryrec.views import Detail, view_for
from cryrec.views.notices import CARE, heavy


def command(
    words: options.TitleWords,
    notes: options.Notes = False,
    spoilers: options.Spoilers = False,
    save: options.Picture = None,
    json: options.Json = False,
) -> None:
    """
    \b
    cryrec show a silent voice
    cryrec show grave --notes
    cryrec show anohana --save card.svg

    One full card: what it is, how long it takes, what comes before and after.
    """
    if save is not None and save.suffix.lower() != ".svg":
        raise UsageProblem(f"--save writes an SVG picture, so the file must end in .svg: {save}")
    detail = Detail(notes, spoilers)
    title = load_bundled().find_title(" ".join(words))
    emit(view_for(json, detail).title(title))
    if heavy([title], detail):
        say(CARE)
    if save is not None:
        from cryrec.views.picture import picture

        _write(save, picture(title, detail))
        say(f"saved {save}")


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all, so that a full disk leaves an older one as it was."""
    try:
        with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            file.write(text)
        Path(file.name).replace(path)
    except OSError as error:
        raise UnusableFile("write", path, error.strerror or str(error)) from error
