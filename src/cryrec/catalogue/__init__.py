"""The catalogues: TOML files that say which titles there are, read strictly and whole."""

from cryrec.catalogue.catalogue import Catalogue, bundled_path, load, load_bundled, parse

__all__ = ["Catalogue", "bundled_path", "load", "load_bundled", "parse"]
