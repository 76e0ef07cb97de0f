"""`cryrec studios`: every studio and its titles."""

from cryrec.commands import options
from cryrec.session import Session
from cryrec.terminal import emit
from cryrec.views import Output, view_for


def command(json: options.Json = False) -> None:
    """
    \b
    cryrec studios
    cryrec studios --json

    Every studio with its titles; a co-production stands under both.
    """
    emit(view_for(Output.of(json)).studios(Session().catalogue.studios))
