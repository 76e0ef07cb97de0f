"""The program: which commands exist, `--version`, and the one boundary where errors become lines.

A command's module is imported when that command runs, so `--help` and `--version` do not pay for
the catalogue: with everything imported they take about twice as long.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Annotated, Any, Final

import shellingham
import typer
from typer.core import TyperCommand, TyperGroup

from cryrec import __version__
from cryrec.errors import (
    CryrecError,
    ExitCode,
    NoSuchCommand,
    NoSuchOption,
    UsageProblem,
    either,
    shortened,
)
from cryrec.helping import GroupedCommand
from cryrec.paths import NAMED_CATALOGUE
from cryrec.terminal import say, silence

COMMANDS: Final = {
    "suggest": "Three titles for the cry you want, in the time you have.",
    "search": "Find titles by whatever name you remember.",
    "list": "All titles, or those of a studio, a mood, a length.",
    "studios": "Every studio and its titles.",
    "moods": "The eight kinds of cry.",
    "show": "One full card.",
    "open": "A title's page in your browser.",
    "seen": "Remember that you have seen a title, and how it was.",
    "later": "Put a title on the watchlist.",
    "forget": "Take a title out of the library.",
    "undo": "Take back the last change.",
    "library": "What you have seen, and what is to be seen.",
    "taste": "What your ratings say you like.",
    "import": "Read a list you keep at MyAnimeList, AniList, Kitsu, Shikimori or Simkl.",
    "export": "Write the library to a file.",
    "config": "What to always steer clear of, and where your files are.",
    "add": "A title of your own, kept in a catalogue of your own.",
    "catalogue": "The files that the titles come from: check, schema, paths.",
}

HELP: Final = """
\b
cryrec suggest                           asks, then three cards
cryrec suggest --mood goodbye -t tonight answers at once
cryrec search anohana                    titles by any name
cryrec list --studio kyoani              a studio's works

The anime that makes you cry: by the kind of cry you want, and the time you have.

These are sad on purpose. If today is already heavy, ask for gentler; findahelpline.com lists
someone to talk to.
"""

COMPLETING: Final = frozenset({"--install-completion", "--show-completion"})

SHELLS: Final = ("bash", "zsh", "fish", "powershell", "pwsh")
"""The shells that the framework can write completion for."""

LONGEST_MESSAGE: Final = 300
"""Characters of what the framework says about a command line, which it repeats in full."""

SETTINGS: Final = {"help_option_names": ["-h", "--help"]}


class Program(TyperGroup):
    """The group of all commands, which ends every run with the documented exit code."""

    def __init__(self, **kwargs: Any) -> None:
        listed = {
            name: TyperCommand(name, help=line)
            for name, line in COMMANDS.items()
        }
        super().__init__(**{**kwargs, "commands": listed})

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that `args` name, with its module imported now and not before.

        Raises NoSuchCommand.
        """
        if args[0] not in COMMANDS and not ctx.resilient_parsing:
            raise NoSuchCommand(args[0], COMMANDS)
        name, command, rest = super().resolve_command(ctx, args)
        return name, load_command(name) if name in COMMANDS else command, rest

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run, turn what went wrong into one line on stderr, and exit."""
        sys.exit(self._run(*args, **{**kwargs, "standalone_mode": False}))

    def _run(self, *args: Any, **kwargs: Any) -> int:
        try:
            return _never_a_bug(int(super().main(*args, **kwargs) or 0))
        except CryrecError as error:
            return _fail(str(error), error.exit_code)
        except typer.TyperException as error:
            return _fail(_worded(error), error.exit_code)
        except SystemExit as stop:
            return _never_a_bug(int(stop.code or 0))
        except (typer.Abort, KeyboardInterrupt):
            return ExitCode.INTERRUPTED
        except OSError as error:
            silence(sys.stdout)
            return _fail(
                f"cannot write the answer: {error.strerror or error}",
                ExitCode.FILE,
            )

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: Any = None,
        **extra: Any,
    ) -> Any:
        """Parse the command line; `--help`, `--version` and completion answer in here."""
        if not COMPLETING.isdisjoint(args):
            _refuse_unknown_shell()
        try:
            return super().make_context(info_name, args, parent, **extra)
        except BrokenPipeError:
            raise _nobody_reads() from None

    def invoke(self, ctx: Any) -> Any:
        """Run the command; a reader who has seen enough, as in `| head -1`, is no error."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise _nobody_reads() from None


def _never_a_bug(code: int) -> int:
    """The framework's own 1, for a shell that it does not know, is a usage error here."""
    return ExitCode.USAGE if code == ExitCode.BUG else code


def _refuse_unknown_shell() -> None:
    """Raise UsageProblem where the program was not started from a shell that can complete.

    The framework would say so on stdout.
    """
    try:
        shell, _ = shellingham.detect_shell()
    except shellingham.ShellDetectionFailure:
        shell = ""
    if shell not in SHELLS:
        raise UsageProblem(
            f"no shell to complete for; start cryrec from {either(SHELLS)}"
        )


def _nobody_reads() -> typer.Exit:
    silence(sys.stdout)
    return typer.Exit(ExitCode.OK)


def _fail(message: str, code: int) -> int:
    if message:
        say(message)
    return code


def _worded(error: Any) -> str:
    """What the framework found wrong; of its guesses, none that the help would not show."""
    context = getattr(error, "ctx", None)
    if context is None or not hasattr(error, "possibilities"):
        return _plainly(error.format_message())
    visible_options = [
        option
        for option in context.command.params
        if not getattr(option, "hidden", False)
    ]
    names = [
        name
        for option in visible_options
        for name in option.opts
        if name.startswith("-")
    ]
    return str(
        NoSuchOption(
            error.option_name, context.command_path, [*names, "--help"]
        )
    )


def _plainly(message: str) -> str:
    """The framework's wording as one lower-case line that names what was asked for, shortened."""
    words = (message[:1].lower() + message[1:]).split()
    line = " ".join(shortened(word) for word in words)
    return shortened(line, LONGEST_MESSAGE)


def load_command(name: str) -> TyperCommand:
    """The command of that name, with its options."""
    single = typer.Typer(add_completion=False, rich_markup_mode=None)
    command = import_module(f"cryrec.commands.{name}").command
    single.command(name, cls=GroupedCommand, context_settings=SETTINGS)(
        command
    )
    return typer.main.get_command(single)  # type: ignore[return-value]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"cryrec {__version__}")
        raise typer.Exit


app = typer.Typer(
    cls=Program,
    context_settings=SETTINGS,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    invoke_without_command=True,
)


@contextmanager
def _with_catalogue(path: str) -> Iterator[None]:
    """For this run, read the catalogue file at `path` as well, as CRYREC_CATALOGUE would."""
    before = os.environ.get(NAMED_CATALOGUE)
    os.environ[NAMED_CATALOGUE] = path
    try:
        yield
    finally:
        del os.environ[NAMED_CATALOGUE]
        if before is not None:
            os.environ[NAMED_CATALOGUE] = before


@app.callback(help=HELP)
def _root(
    ctx: typer.Context,
    catalogue: Annotated[
        str | None,
        typer.Option(
            "--catalogue",
            metavar="FILE",
            help="Read this catalogue, too; so does CRYREC_CATALOGUE.",
        ),
    ] = None,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            is_eager=True,
            callback=_version,
            help="Show the version.",
        ),
    ] = False,
) -> None:
    if catalogue is not None:
        ctx.with_resource(_with_catalogue(catalogue))
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())
