"""Commands that read: ask, keywords, show, export. None of them starts a flow engine."""

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from koe.commands import lacking
from koe.commands.opened import opened
from koe.errors import SetupError

Since = Annotated[str | None, typer.Option(help="First day, such as 2026-09-01.")]
Until = Annotated[str | None, typer.Option(help="Last day, inclusive.")]
FORMATS = ("html", "xlsx", "csv", "md", "json")


def add_to(app: typer.Typer) -> None:
    """Add the commands to the front door."""
    for command in (ask, keywords, show, export):
        app.command()(command)


def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(help="In Japanese or English.")],
    as_json: Annotated[bool, typer.Option("--json", help="JSON on stdout.")] = False,
) -> None:
    """Answer a question with counts, quotes and where they stand."""
    from koe.ask import ask as answer_question
    from koe.ask import render
    from koe.engine import pick_engine

    with opened(context) as ws:
        answer = answer_question(ws, pick_engine(ws), question, _today(ws.settings.zone))
        lacks = lacking.nothing_read(ws)
    typer.echo(json.dumps(answer.model_dump(mode="json"), ensure_ascii=False) if as_json else render(answer))
    lacking.say(lacks, ws.settings.language)


def keywords(
    context: typer.Context,
    since: Since = None,
    until: Until = None,
    format: Annotated[str | None, typer.Option(help="html, xlsx, csv, md or json; md by default.")] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File to write; its ending names the format.")
    ] = None,
) -> None:
    """Set the words of won deals against those of lost deals."""
    from koe.keywords import compute_keywords, render
    from koe.mask.station import unmasked
    from koe.street import mask_new

    form = _format_of(format, output)
    if form == "xlsx" and output is None:
        raise SetupError("A workbook needs a file. Add -o keywords.xlsx")
    period = _period(since, until)
    with opened(context) as ws:
        if unmasked(ws.ledger):
            with ws.exclusive():
                mask_new(ws)
        report = compute_keywords(ws, *period)
        body = render(report, form, ws.settings.language)
        lacks = lacking.for_keywords(ws, report)
    _write(body, output)
    lacking.say(lacks, ws.settings.language)


def show(
    context: typer.Context,
    id: Annotated[str, typer.Argument(help="The source's own id, as reports cite it.")],
) -> None:
    """Print a conversation or a deal, masked, with its findings."""
    from koe.show_deal import show as show_any

    with opened(context) as ws:
        if lacks := lacking.nothing_to_show(ws):
            raise SetupError(lacks)
        typer.echo(show_any(ws, id))


def export(
    context: typer.Context,
    what: Annotated[
        str, typer.Argument(help="conversations, findings, themes, keywords, facts, coverage or skipped.")
    ],
    since: Since = None,
    until: Until = None,
) -> None:
    """Print what koe knows as JSON lines."""
    from koe.export import EXPORTS
    from koe.export import export as export_rows

    if what not in EXPORTS:
        raise SetupError(f"{what!r} cannot be exported. Choose one of {', '.join(EXPORTS)}.")
    period = _period(since, until)
    with opened(context) as ws:
        is_empty = True
        for row in export_rows(ws, what, *period):
            typer.echo(json.dumps(row, ensure_ascii=False))
            is_empty = False
        if is_empty:
            lacks = lacking.for_export(ws, what, of_period=bool(since or until))
            lacking.say(lacks, ws.settings.language)


def _write(body: bytes, output: Path | None) -> None:
    """Puts a report on stdout, or into a file and its name on stdout."""
    if output is None:
        sys.stdout.buffer.write(body)
        sys.stdout.buffer.flush()
        return
    try:
        output.write_bytes(body)
    except OSError as error:
        raise SetupError(f"{str(output)!r} cannot be written: {error.strerror}. Name another file.") from None
    typer.echo(str(output))


def _format_of(asked: str | None, output: Path | None) -> str:
    form = asked or (output.suffix.lstrip(".").lower() if output and output.suffix else "md")
    if form not in FORMATS:
        raise SetupError(f"{form!r} is no format of the keyword report. Choose one of {', '.join(FORMATS)}.")
    return form


def _period(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    first, last = _day(since), _day(until)
    if first and last and last < first:
        raise SetupError(f"--until {last} lies before --since {first}. Exchange the two.")
    return first, last


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise SetupError(f"{text!r} is not a day. Write it as 2026-09-01.") from None


def _today(zone: ZoneInfo) -> str:
    return datetime.now(UTC).astimezone(zone).date().isoformat()
