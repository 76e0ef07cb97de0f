"""The catalogues: TOML files that say which titles there are, laid over one another."""

from cryrec.catalogue.catalogue import Catalogue
from cryrec.catalogue.contents import OpenFile, Problem
from cryrec.catalogue.sources import (
    bundled_path,
    examine,
    load_bundled,
    open_catalogue,
)

__all__ = [
    "Catalogue",
    "OpenFile",
    "Problem",
    "bundled_path",
    "examine",
    "load_bundled",
    "open_catalogue",
]
