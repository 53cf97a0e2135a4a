"""The command that makes a week: pull, read, report; or tells beforehand what a model would cost."""

import json
import os
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from koe.commands.around import flows
from koe.commands.opened import opened, show_progress
from koe.commands.saying import said_in
from koe.errors import RetryError, SetupError
from koe.language.text import Language
from koe.progress import progress_in
from koe.weeks import monday

if TYPE_CHECKING:
    from koe.workspace import Workspace

__all__ = ["add_to"]


def add_to(app: typer.Typer) -> None:
    """Add the command to the front door."""
    app.command()(weekly)


def weekly(
    context: typer.Context,
    week: Annotated[
        str | None, typer.Option(help="ISO week such as 2026-W36; the last complete one by default.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="Also report every week from this one on.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON on stdout.")] = False,
    estimate: Annotated[
        bool, typer.Option("--estimate", help="Only say what a model would be asked and what it costs.")
    ] = False,
    max_usd: Annotated[
        float | None, typer.Option(min=0, help="The most a model may cost this week; as KOE_MAX_USD.")
    ] = None,
    batch: Annotated[
        bool, typer.Option("--batch", help="Read through the provider's Batch API: cheaper, later.")
    ] = False,
) -> None:
    """Pull, read and report a week; can be started again any time."""
    for asked in filter(None, (week, since)):  # refused here, before anything is pulled
        monday(asked)
    if max_usd is not None:
        os.environ["KOE_MAX_USD"] = str(max_usd)  # tasks of the flow open the workspace themselves
    with opened(context) as ws:
        with ws.exclusive():  # refused here, also while another run still starts its flow engine
            if estimate:
                typer.echo("\n".join(_estimated(ws, week, since)))
                return
            flow = _flow(ws)
        if not as_json:
            show_progress()
        made = flow(str(ws.home), week, since, batch)
        _show(ws, made, as_json)
        waiting = [*_not_through(made, ws.settings.language), *_unanswered(ws)]
    for line in waiting:
        typer.echo(f"koe: {line}", err=True)
    if waiting:
        raise typer.Exit((SetupError if made["needs_you"] else RetryError).exit_code)


def _not_through(made: dict[str, Any], language: Language) -> list[str]:
    """One line on each source that was not pulled, and on each edition that did not go out."""
    words = progress_in(language)
    pulled = [words.not_pulled.format(line=said_in(line, language)) for line in made["not_pulled"]]
    left = (said_in(line, language) for line in made["not_delivered"])
    return pulled + [words.not_delivered.format(line=line) for line in left]


def _unanswered(ws: "Workspace") -> list[str]:
    """One line where a model did not answer for conversations, which the next run will read."""
    from koe.find import unanswered

    n = unanswered(ws) if ws.settings.model else 0
    words = progress_in(ws.settings.language)
    return [words.told(words.unanswered, n)] if n else []


def _flow(ws: "Workspace") -> Any:
    """The weekly flow, its batches where the workspace's settings say, its server there.

    The flow takes the workspace for itself, so that this is let go when there is nothing left to wait for.
    """
    runner = flows("runner", ws.home).pick_runner(ws.settings.dask)
    flows("server").reach_server()
    return flows("weekly").weekly.with_options(task_runner=runner)


def _show(ws: "Workspace", made: dict[str, Any], as_json: bool) -> None:
    from koe.publish import published
    from koe.report.terminal import summary

    given = published(ws, made["week"])
    assert given is not None
    facts, digest, publication = given
    if as_json:
        typer.echo(json.dumps({**made, "facts": facts.model_dump(mode="json")}, ensure_ascii=False))
    else:
        typer.echo(summary(facts, digest, publication, ws.settings.language))


def _estimated(ws: "Workspace", week: str | None, since: str | None) -> list[str]:
    from koe.model.estimate import estimate
    from koe.model.estimate_table import table
    from koe.street import choose_week, late_weeks, weeks_since

    if ws.settings.model is None and ws.settings.embeddings is None:
        free = "No model is set: koe reads by itself, which costs nothing."
        return [said_in(free, ws.settings.language)]
    chosen = choose_week(ws, week, datetime.now(UTC))
    weeks = {*late_weeks(ws, chosen), *(weeks_since(ws, since, chosen) if since else ()), chosen}
    return table(ws, estimate(ws, sorted(weeks)))
