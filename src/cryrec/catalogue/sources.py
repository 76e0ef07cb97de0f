"""The one front door to the titles: which catalogue files are open, and in which order.

The list, what lies beyond it, then the person's own files. What they hold together is worked out
when the wheel is built and again whenever one of them changes, never at each start: checking and
normalising costs a tenth of a millisecond for each title.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from cryrec import __version__
from cryrec.catalogue.catalogue import Catalogue
from cryrec.catalogue.compiled import pack, unpack
from cryrec.catalogue.contents import MOST_BYTES, Contents, OpenFile, Source
from cryrec.errors import BadCatalogue, CryrecError, UnusableFile, UsageProblem
from cryrec.files import PRIVATE, read_plain, reason, write_whole
from cryrec.models import Shelf, Title
from cryrec.paths import (
    cache_folders,
    cache_path,
    catalogues_path,
    named_catalogue,
)

BUNDLED: Final[Mapping[Shelf, str]] = {
    Shelf.LIST: "anime.toml",
    Shelf.BEYOND: "beyond.toml",
}
"""The files that come with the program, in their order."""

COMPILED: Final = "catalogue.bin"
"""What the bundled files hold, as it lies beside them in an installed program."""

_PACKAGE: Final = Path(__file__).parents[1]


class _Opened(NamedTuple):
    """A file where it lies, and what was found there."""

    path: Path
    source: Source


def open_catalogue() -> Catalogue:
    """All titles that are open to this person.

    Raises BadCatalogue or UnusableFile where a bundled file does not hold; what is wrong with a
    person's own is told in the catalogue's `files`.
    """
    opened = _all_opened()
    sources = _sources(opened)
    contents = _shipped(sources) or _cached(sources)
    if contents is None:
        contents = _laid(sources)
        _refuse_damage(opened, contents)
        _cache(contents, sources)
    return _catalogue(opened, contents)


def load_bundled(*shelves: Shelf) -> Catalogue:
    """The titles that come with the program, or those of some shelves of it.

    Raises BadCatalogue or UnusableFile.
    """
    opened = list(_bundled(shelves or BUNDLED))
    contents = _laid(_sources(opened))
    _refuse_damage(opened, contents)
    return _catalogue(opened, contents)


def examine(path: Path | None = None) -> tuple[OpenFile, ...]:
    """What is wrong with every open file, or with the one at `path`, laid over all of them."""
    opened = _all_opened()
    if path is None:
        return _files(opened, _laid(_sources(opened)))
    opened = [file for file in opened if not _is_same(file.path, path)]
    opened.append(_read(path, Shelf.OWN, str(path)))
    files = _files(opened, _laid(_sources(opened)))
    return files[-1:]


def preview(entry: str, title_id: str) -> Title:
    """The title that the text of an entry would be, laid over everything that is open.

    Raises UsageProblem with the first thing that is wrong with it.
    """
    new_source = Source(Shelf.OWN, "new", entry.encode("utf-8"))
    contents = _laid([*_sources(_all_opened()), new_source])
    for problem in contents.files[-1].problems:
        raise UsageProblem(f"{problem.key}: {problem.message}")
    return next(title for title in contents.titles if title.id == title_id)


def compiled_bundle() -> bytes:
    """What the bundled files hold, as it is put beside them when the wheel is built.

    Raises BadCatalogue or UnusableFile.
    """
    opened = list(_bundled(BUNDLED))
    sources = _sources(opened)
    contents = _laid(sources)
    _refuse_damage(opened, contents)
    return pack(contents, sources, __version__)


def bundled_path(shelf: Shelf = Shelf.LIST) -> Path:
    """Where a bundled file lies: beside the package, or in the working copy it runs from."""
    packaged = _PACKAGE / "data" / BUNDLED[shelf]
    if packaged.exists():
        return packaged
    return _PACKAGE.parents[1] / "data" / BUNDLED[shelf]


# --- which files ----------------------------------------------------------------------------------


def _all_opened() -> list[_Opened]:
    return [*_bundled(BUNDLED), *_own()]


def _sources(opened: Sequence[_Opened]) -> tuple[Source, ...]:
    return tuple(file.source for file in opened)


def _bundled(shelves: Iterable[Shelf]) -> Iterator[_Opened]:
    for shelf in shelves:
        yield _read(bundled_path(shelf), shelf, BUNDLED[shelf])


def _own() -> Iterator[_Opened]:
    """The person's own files: those in the folder by name, then the one that was named."""
    folder = catalogues_path()
    try:
        file_names = sorted(entry.name for entry in os.scandir(folder))
    except OSError as error:
        # A folder that is not there is no fault; one that cannot be looked into is.
        if folder.exists():
            trouble = reason(error, folder)
            yield _Opened(
                folder, Source(Shelf.OWN, str(folder), None, trouble)
            )
        file_names = []
    for file_name in file_names:
        # Editors keep their own notes beside a file, under a name that begins with a dot.
        if file_name.endswith(".toml") and not file_name.startswith("."):
            path = folder / file_name
            yield _read(path, Shelf.OWN, str(path))
    named_path = named_catalogue()
    if named_path is not None:
        yield _read(named_path, Shelf.OWN, str(named_path))


def _read(path: Path, shelf: Shelf, name: str) -> _Opened:
    try:
        content = read_plain(path, MOST_BYTES)
    except OSError as error:
        source = Source(shelf, name, None, reason(error, path))
    else:
        trouble = "there is no such file" if content is None else ""
        source = Source(shelf, name, content, trouble)
    return _Opened(path, source)


def _is_same(path: Path, other: Path) -> bool:
    with suppress(OSError):
        return path.samefile(other)
    return False


# --- what they hold -------------------------------------------------------------------------------


def _laid(sources: Sequence[Source]) -> Contents:
    # Reading TOML and checking it takes five modules that an unchanged catalogue does not need.
    from cryrec.catalogue.overlay import lay

    return lay(sources)


def _shipped(sources: Sequence[Source]) -> Contents | None:
    """What was worked out when the wheel was built, if nothing is open but what it brought."""
    if len(sources) != len(BUNDLED):
        return None
    return _stored(_PACKAGE / "data" / COMPILED, sources, __version__)


def _cached(sources: Sequence[Source]) -> Contents | None:
    return _stored(cache_path(), sources, _maker())


def _stored(
    path: Path, sources: Sequence[Source], maker: str
) -> Contents | None:
    """What is stored at `path`, if it is whole and made of exactly these files."""
    with suppress(OSError):
        packed = read_plain(path, MOST_BYTES)
        if packed is not None:
            return unpack(packed, sources, maker)
    return None


def _cache(contents: Contents, sources: Sequence[Source]) -> None:
    """Keep the contents for the next start; where that cannot be, they are worked out again."""
    path = cache_path()
    with suppress(OSError, CryrecError):
        # A new account has no folder for caches yet. What holds that has to be there: a home that
        # was only named is not to be made by looking.
        for folder in cache_folders():
            folder.mkdir(exist_ok=True, mode=0o700)
        packed = pack(contents, sources, _maker())
        write_whole(path, packed, mode=PRIVATE)


def _maker() -> str:
    """The program, as far as it decides what is made of a file: its version, and in a working copy
    its very text; and the edition of Unicode that names are compared in.
    """
    rooms = (_PACKAGE, _PACKAGE / "catalogue", _PACKAGE / "matching")
    modules = [entry.stat() for room in rooms for entry in _modules(room)]
    size = sum(module.st_size for module in modules)
    newest = max(module.st_mtime_ns for module in modules)
    return f"{__version__} {size} {newest} {unicodedata.unidata_version}"


def _modules(room: Path) -> Iterator[os.DirEntry[str]]:
    with suppress(OSError):
        for entry in os.scandir(room):
            if entry.name.endswith(".py"):
                yield entry


def _refuse_damage(opened: Sequence[_Opened], contents: Contents) -> None:
    """Raise where a bundled file does not hold: then the program itself is damaged."""
    for (path, source), report in zip(opened, contents.files, strict=True):
        if source.shelf is Shelf.OWN or not report.problems:
            continue
        if source.content is None:
            raise UnusableFile("read the catalogue", path, source.trouble)
        raise BadCatalogue(
            path, [problem.sentence for problem in report.problems]
        )


def _files(
    opened: Sequence[_Opened], contents: Contents
) -> tuple[OpenFile, ...]:
    return tuple(
        OpenFile(source.shelf, path, report.titles, report.problems)
        for (path, source), report in zip(opened, contents.files, strict=True)
    )


def _catalogue(opened: Sequence[_Opened], contents: Contents) -> Catalogue:
    return Catalogue(
        titles=contents.titles,
        hidden_ids=frozenset(contents.hidden_ids),
        studio_aliases=contents.studio_aliases,
        files=_files(opened, contents),
        stored_names=contents.names,
    )
