"""`cryrec open`: a title's page in the browser."""

from cryrec.commands import options
from cryrec.pages import open_page, page_of
from cryrec.session import Session
from cryrec.terminal import emit, say
from cryrec.views import Output, view_for


def command(words: options.TitleWords, json: options.Json = False) -> None:
    """
    \b
    cryrec open a silent voice
    cryrec open anohana --json

    Open a title's page at AniList in your browser, the one that BROWSER names or your usual one.
    Where none can be started, the address is printed.
    """
    title = Session().find_title(" ".join(words))
    address = page_of(title)
    is_open = open_page(title)
    output = Output.of(json)
    if is_open:
        say(f"opened {address}")
    if output is Output.JSON or not is_open:
        emit(view_for(output).page(title))
