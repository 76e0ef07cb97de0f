"""`cryrec catalogue`: the files that the titles come from."""

from enum import StrEnum
from pathlib import Path
from typing import assert_never

from cryrec.catalogue import examine
from cryrec.commands import options
from cryrec.errors import BadValue, FileProblem, UsageProblem
from cryrec.terminal import emit, say
from cryrec.views import Output, view_for


class Task(StrEnum):
    """What can be done with the files."""

    CHECK = "check"
    SCHEMA = "schema"
    PATHS = "paths"


def command(
    task: options.CatalogueTask,
    file: options.CatalogueFile = None,
    json: options.Json = False,
) -> None:
    """
    \b
    cryrec catalogue paths
    cryrec catalogue check
    cryrec catalogue check mine.toml
    cryrec catalogue schema > schema.json

    The files the titles come from: which are read and in which order, everything that is wrong with
    them, and what may stand in them, as a JSON Schema that editors understand.
    """
    if task not in list(Task):
        raise BadValue("task", task, Task)
    if file is not None and task != Task.CHECK:
        raise UsageProblem(f"catalogue {task} takes no file")
    match Task(task):
        case Task.CHECK:
            _check(file, Output.of(json))
        case Task.SCHEMA:
            from cryrec.catalogue.schema import schema

            emit(schema())
        case Task.PATHS:
            emit(view_for(Output.of(json)).files(examine()))
        case _ as never:
            assert_never(never)


def _check(path: Path | None, output: Output) -> None:
    """Everything that is wrong; raises FileProblem if there is anything."""
    files = examine(path)
    emit(view_for(output).problems(files))
    bad_files = [file for file in files if file.problems]
    if bad_files:
        problem_count = sum(len(file.problems) for file in bad_files)
        place = str(bad_files[0].path)
        if len(bad_files) > 1:
            place = f"{len(bad_files)} files"
        problems = "problem" if problem_count == 1 else "problems"
        raise FileProblem(f"{problem_count} {problems} in {place}")
    entry_count = sum(file.titles for file in files)
    say(
        f"nothing is wrong: {len(files)} catalogue files, {entry_count} entries"
    )
