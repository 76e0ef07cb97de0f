"""`cryrec show`: one full card."""

from __future__ import annotations

from cryrec.catalogue import load_bundled
from cryrec.commands import options
from cryrec.commands.person import own_titles
from cryrec.commands.writing import write_file
from cryrec.errors import UsageProblem
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
    catalogue = load_bundled()
    found = catalogue.find_title(" ".join(words))
    title = next(each for each in own_titles(catalogue) if each.id == found.id)
    emit(view_for(json, detail).title(title))
    if heavy([title], detail):
        say(CARE)
    if save is not None:
        from cryrec.views.picture import picture

        write_file(save, picture(title, detail))
        say(f"saved {save}")
