"""`koe eval` and `python -m eval`: read the labelled sets, score them, hold them against the baseline.

Exit codes: 0 passed (or nothing was asked but the scores), 1 failed, 2 not enough data to tell, 3 could
not run.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from eval.labels import ROOT, open_set
from eval.run import OFFLINE, evaluate
from eval.shape import Result
from eval.table import lines_of
from koe.errors import KoeError

COULD_NOT_RUN = 3
SETS = ("sample_ja", "sample_en")

app = typer.Typer(
    add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None, invoke_without_command=True
)


@app.callback()
def measure(
    context: typer.Context,
    folders: Annotated[
        list[Path] | None, typer.Option("--set", help="A labelled set; koe's own by default. Repeatable.")
    ] = None,
    engine: Annotated[str, typer.Option(help="Engine to measure: offline, or provider:model.")] = OFFLINE,
    runs: Annotated[int, typer.Option(min=1, help="Readings that must give the same output.")] = 3,
) -> None:
    """Measure koe on labelled conversations: scores with intervals, misses, and the gate."""
    if context.invoked_subcommand:
        return
    for result in _results(folders, engine, runs):
        typer.echo("\n".join(lines_of(result)) + "\n")


def _results(folders: list[Path] | None, engine: str, runs: int) -> list[Result]:
    own = [ROOT / "eval" / name for name in SETS]
    chosen = folders or [folder for folder in own if (folder / "findings.jsonl").exists()]
    return [evaluate(open_set(folder), engine, runs) for folder in chosen]


def main(arguments: list[str] | None = None, name: str = "python -m eval") -> int:
    """Run it and give the exit code."""
    try:
        code = app(args=arguments, prog_name=name, standalone_mode=False)
    except KoeError as error:
        sys.stderr.write(f"koe: {error}\n")
        return COULD_NOT_RUN
    return code if isinstance(code, int) else 0
