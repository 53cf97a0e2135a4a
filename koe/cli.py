"""The front door: `koe …`. Commands are thin; what they do lives in `koe`, `flows` and `connectors`.

Nothing heavy is imported before a command needs it. This module and `koe.commands` are the ones of `koe` that
know the application around it.
"""

import errno
import os
import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from koe import __version__
from koe.commands import batch, channels, files, findings, keep, read, sources, themes, website, weekly
from koe.commands.around import application, flows, missing_room, not_installed
from koe.commands.opened import opened, show_progress
from koe.commands.other_names import FrontDoor
from koe.commands.saying import note_home, said_here
from koe.errors import KoeError
from koe.garbage import collect_seldom

app = typer.Typer(
    name="koe",
    cls=FrontDoor,
    help="What your customers said: every number computed, every quote verbatim.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
BUG = 70
STOPPED = 130


def _show_version(value: bool) -> None:
    if value:
        typer.echo(f"koe {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    context: typer.Context,
    home: Annotated[
        Path | None, typer.Option(help="The workspace folder.", envvar="KOE_HOME", show_default="./.koe")
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show the trace behind an error.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    context.obj = home
    note_home(home)
    if debug:
        os.environ["KOE_DEBUG"] = "1"


@app.command()
def demo() -> None:
    """Walk a fictional company's eight weeks and show the report.

    It happens in a throw-away workspace; no key, no network.
    """
    show_progress()
    typer.echo(flows("demo").run_demo())


@app.command()
def pull(
    context: typer.Context,
    source: Annotated[
        str | None, typer.Argument(help="A source of koe.toml; all of them by default.")
    ] = None,
    folder: Annotated[
        Path | None, typer.Option("--from", help="A folder with tickets, calls and deals as files.")
    ] = None,
) -> None:
    """Bring tickets, calls and deals in from sources or a folder.

    What they say is read by `koe weekly`.
    """
    with opened(context) as ws, ws.exclusive():
        sources.pull_each(ws, source, folder)


@app.command(
    "eval",
    add_help_option=False,
    context_settings={
        "ignore_unknown_options": True,
        "allow_extra_args": True,
        "allow_interspersed_args": False,
    },
)
def measure(context: typer.Context) -> None:
    """Measure koe on labelled conversations."""
    raise typer.Exit(application("eval.command").main(context.args, "koe eval", context.obj))


channels.add_to(app)
keep.add_to(app)
read.add_to(app)
sources.add_to(app)
website.add_to(app)
weekly.add_to(app)
app.add_typer(themes.app, name="themes")
app.add_typer(findings.app, name="finding")
app.add_typer(files.app, name="files")
app.add_typer(batch.app, name="batch")


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run one command and exit: 0 done, 2 change something, 70 a bug, 75 try again later, 130 stopped."""
    code = 0
    collect_seldom()
    try:
        app(args=arguments)
    except SystemExit as done:
        if done.code == STOPPED:
            _tell("stopped. What was done is kept; run it again to go on.")
        raise
    except KoeError as error:
        code = _say(str(error), error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except Exception as error:  # noqa: BLE001  the last door: a person never meets a stack trace
        code = _say(*_last_words(error))
    sys.exit(code)


def _last_words(error: Exception) -> tuple[str, int]:
    """What to say about an error that koe did not raise on purpose, and the exit code."""
    if room := missing_room(error):
        return not_installed(room), 2
    reason = str(getattr(error, "orig", ""))
    is_full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    if is_full or "disk is full" in reason or "disk I/O error" in reason:
        return "the disk is full, or refuses to be written. Make room and run it again.", 2
    return f"a bug, sorry: {type(error).__name__}. Run it again with --debug and report the trace.", BUG


def _say(line: str, code: int) -> int:
    if os.environ.get("KOE_DEBUG"):
        raise
    _tell(line)
    return code


def _tell(line: str) -> None:
    typer.echo(f"koe: {said_here(line)}", err=True)


if __name__ == "__main__":
    main()
