"""`cryrec seen`: one title more that has been seen."""

from cryrec import keeping
from cryrec.commands import options
from cryrec.recommend.parsing import read_whole
from cryrec.session import Session
from cryrec.showing import show_changes
from cryrec.views import Output


def command(
    words: options.TitleWords,
    rating: options.Rating = None,
    json: options.Json = False,
) -> None:
    """
    \b
    cryrec seen your lie in april
    cryrec seen clannad --rating 4

    Remember that you have seen a title, or something that comes before one. It is suggested no
    more, and ratings teach cryrec your taste, from three on.
    """
    stars = read_whole("--rating", rating, 1, 5)
    work = keeping.find_work(Session(), words)
    show_changes(keeping.mark_seen(work, stars), Output.of(json))
