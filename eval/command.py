"""`koe eval` and `python -m eval`: read the labelled sets, score them, hold them against the baseline.

Exit codes: 0 passed, 1 failed, 2 not enough data to tell, 3 could not run. Without --gate only a broken
promise fails.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from eval import baseline, prompt_lock, readme
from eval.gate import Verdict, exit_code, judge, read_floors
from eval.junit import junit
from eval.labels import ROOT, LabelledSet, open_set
from eval.page import page
from eval.recorded import write_requests
from eval.run import OFFLINE, check_name, evaluate
from eval.shape import Result
from eval.table import lines_of, verdict_lines
from koe.errors import KoeError, SetupError
from koe.settings import load_settings
from koe.workspace import open_workspace

FAILED, COULD_NOT_RUN = 1, 3
SETS = ("sample_ja", "sample_en")

app = typer.Typer(
    add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None, invoke_without_command=True
)


class Call(NamedTuple):
    """One call: the workspace it was made for, and the exit code it comes to."""

    home: Path | None
    codes: list[int]


@app.callback()
def measure(
    context: typer.Context,
    folders: Annotated[
        list[Path] | None, typer.Option("--set", help="A labelled set; koe's own by default. Repeatable.")
    ] = None,
    engine: Annotated[
        str, typer.Option(help="Engine to measure: offline, provider:model, or recorded:FILE.")
    ] = OFFLINE,
    runs: Annotated[int, typer.Option(min=1, help="Readings that must give the same output.")] = 3,
    as_json: Annotated[Path | None, typer.Option("--json", help="Write every case's score here.")] = None,
    as_junit: Annotated[Path | None, typer.Option("--junit", help="Write JUnit XML here.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write a page with every miss and its text here.")] = None,
    gate: Annotated[bool, typer.Option("--gate", help="Hold it against the accepted baseline.")] = False,
    accept: Annotated[bool, typer.Option("--accept", help="Make it the baseline; needs --reason.")] = False,
    reason: Annotated[str, typer.Option(help="Why the baseline moves.")] = "",
    accepted: Annotated[
        Path, typer.Option("--baseline", help="The accepted figures; name a file of your own for your sets.")
    ] = baseline.PATH,
    export: Annotated[
        Path | None, typer.Option(help="Write what a model would be asked here; nothing is scored.")
    ] = None,
    judge_by: Annotated[
        str | None, typer.Option("--judge", help="A model that checks each finding; advice only.")
    ] = None,
    figures: Annotated[
        bool, typer.Option("--readme", help="Print the README's table from the baseline; nothing is run.")
    ] = False,
) -> None:
    """Measure koe on labelled conversations: scores with intervals, misses, and the gate.

    Exit codes: 0 passed, 1 failed, 2 not enough data to tell, 3 could not run.
    """
    if context.invoked_subcommand:
        return
    if figures:
        typer.echo(readme.table(baseline.load(accepted)))
        return
    for asked in filter(None, (engine, judge_by)):
        check_name(asked)
    if accept and not reason.strip():
        raise SetupError('Say why the baseline moves: koe eval --accept --reason "…"')
    if export is not None:
        counts = write_requests(_sets(folders), engine, export)
        typer.echo(f"{export}: {sum(counts.values())} questions" if counts else "nothing to ask")
        return
    results = [evaluate(one, engine, runs, judge_by) for one in _sets(folders)]
    standing = baseline.load(accepted)
    verdicts = {result.set: _judge(result, standing) for result in results} if gate else {}
    _show(results, verdicts)
    _write(results, verdicts, {"json": as_json, "junit": as_junit, "html": html})
    code = _accept(results, reason, accepted) if accept else _code(results, verdicts)
    context.obj.codes.append(code)


@app.command()
def new(
    context: typer.Context,
    folder: Path,
    size: Annotated[int, typer.Option(min=1, help="Conversations to label.")] = 120,
) -> None:
    """Begin a labelled set of your own: conversations from the ledger, masked, with a draft to correct."""
    from eval.new import new_set

    ws = open_workspace(load_settings(context.obj.home))
    try:
        conversations, drafts = new_set(ws, folder, size)
    finally:
        ws.close()
    typer.echo(f"{folder}: {conversations} conversations, {drafts} findings to correct in findings.jsonl")


def _sets(folders: list[Path] | None) -> list[LabelledSet]:
    own = [ROOT / "eval" / name for name in SETS]
    return [open_set(one) for one in folders or own if folders or (one / "findings.jsonl").exists()]


def _judge(result: Result, standing: baseline.Baseline) -> list[Verdict]:
    one = standing.of(result)
    if one is None:
        raise SetupError(
            f"Nothing was accepted of {result.set!r} read by {result.asked!r} yet. "
            'Make it the baseline: koe eval --accept --reason "…"'
        )
    return judge(result, one, read_floors(result.set))


def _show(results: Sequence[Result], verdicts: Mapping[str, Sequence[Verdict]]) -> None:
    for result in results:
        typer.echo("\n".join(lines_of(result)) + "\n")
        if result.set in verdicts:
            typer.echo("\n".join(verdict_lines(verdicts[result.set])) + "\n")


def _write(
    results: Sequence[Result], verdicts: Mapping[str, Sequence[Verdict]], files: Mapping[str, Path | None]
) -> None:
    makers = {
        "json": lambda: _as_json(results),
        "junit": lambda: junit(results, verdicts),
        "html": lambda: page(results, verdicts),
    }
    for name, path in files.items():
        if path is not None:
            path.write_text(makers[name](), "utf-8")
            typer.echo(str(path))


def _as_json(results: Sequence[Result]) -> str:
    return json.dumps([result.model_dump(mode="json") for result in results], ensure_ascii=False, indent=1)


def _accept(results: Sequence[Result], reason: str, path: Path) -> int:
    """Move the baseline to the results and say which cases changed; refused where a promise was broken."""
    if any(result.violations for result in results):
        typer.echo("Not accepted: a promise was broken, see above.")
        return FAILED
    standing = baseline.load(path)
    for result in results:
        for line in baseline.changes(standing.of(result), result):
            typer.echo(f"{result.set}: {line}")
        standing = baseline.with_result(standing, result, reason)
    baseline.save(standing, path)
    if path == baseline.PATH:
        text = readme.PATH.read_text("utf-8")
        readme.PATH.write_text(readme.written(text, readme.table(standing)), "utf-8")
        prompt_lock.record(results, reason)
    typer.echo(f"accepted: {reason}")
    return 0


def _code(results: Sequence[Result], verdicts: Mapping[str, Sequence[Verdict]]) -> int:
    if any(result.violations for result in results):
        return FAILED
    return exit_code([verdict for some in verdicts.values() for verdict in some])


@app.command(
    add_help_option=False, context_settings={"ignore_unknown_options": True, "allow_extra_args": True}
)
def guard(context: typer.Context) -> None:
    """Corrupt correct digests and answers on purpose and count what the guard catches."""
    from eval.guard import main as measure_guard

    measure_guard(context.args)


def main(arguments: list[str] | None = None, name: str = "python -m eval", home: Path | None = None) -> int:
    """Run it and give the exit code; what could not be run, a wrong option too, is not "cannot tell"."""
    codes: list[int] = []
    try:
        app(args=arguments, prog_name=name, obj=Call(home, codes))
    except KoeError as error:
        sys.stderr.write(f"koe: {error}\n")
        return COULD_NOT_RUN
    except SystemExit as ended:
        return codes[0] if codes else COULD_NOT_RUN if ended.code else 0
    return 0
