"""`cryrec show`: one full card."""

from cryrec.commands import options
from cryrec.session import Session
from cryrec.showing import save_picture
from cryrec.terminal import emit, say
from cryrec.views import Detail, Output, view_for
from cryrec.views.notices import CARE, heavy


def command(
    words: options.TitleWords,
    notes: options.Notes = False,
    spoilers: options.Spoilers = False,
    save: options.Picture = None,
    light: options.Light = False,
    json: options.Json = False,
) -> None:
    """
    \b
    cryrec show a silent voice
    cryrec show grave --notes
    cryrec show anohana --save card.svg --light

    One full card: what it is, how long it takes, what comes before and after.
    """
    detail = Detail(notes, spoilers)
    title = Session().find_title(" ".join(words))
    if save is not None:
        from cryrec.views.picture import Ground, picture_of_title

        save_picture(save, picture_of_title(title, detail, Ground.of(light)))
    emit(view_for(Output.of(json), detail).title(title))
    if heavy([title], detail):
        say(CARE)
    if save is not None:
        say(f"saved {save}")
