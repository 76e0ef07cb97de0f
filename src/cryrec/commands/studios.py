"""`cryrec studios`: every studio and its titles."""

from __future__ import annotations

from cryrec.catalogue import load_bundled
from cryrec.commands import options
from cryrec.terminal import emit
from cryrec.views import view_for


def command(json: options.Json = False) -> None:
    """
    \b
    cryrec studios
    cryrec studios --json

    Every studio with its titles; a co-production stands under both.
    """
    emit(view_for(json).studios(load_bundled().studios))
