"""`cryrec export`: the library as a file that can be imported again."""

from cryrec.commands import options
from cryrec.errors import UsageProblem, shown_path
from cryrec.exchange.own import write_csv, write_json
from cryrec.files import PRIVATE, write_whole
from cryrec.library.store import Library
from cryrec.paths import library_path
from cryrec.terminal import emit, say


def command(file: options.ExportFile = None) -> None:
    """
    \b
    cryrec export library.json
    cryrec export library.csv
    cryrec export > library.json

    Write the library as JSON or CSV; cryrec import reads either again.
    """
    writers = {".json": write_json, ".csv": write_csv}
    suffix = file.suffix.lower() if file else ".json"
    if file is not None and suffix not in writers:
        raise UsageProblem(
            f"export writes .json or .csv, and {shown_path(file)} is neither"
        )
    with Library.open_for_reading(library_path()) as library:
        text = writers[suffix](library.entries)
    if file is None:
        emit(text)
    else:
        write_whole(file, text, mode=PRIVATE)
        say(f"saved {file}")
