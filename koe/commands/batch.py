"""Commands that bring a model's questions out and its answers in by file: no key, no network."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from koe.commands.opened import opened
from koe.commands.saying import said_in

if TYPE_CHECKING:
    from koe.model.by_file import Taken

app = typer.Typer(
    help="A model's questions out as a file, its answers in.",
    no_args_is_help=True,
)


@app.command("export")
def write(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Where the questions go, one a line (OpenAI's batch form).")],
    week: Annotated[
        str | None, typer.Option(help="ISO week such as 2026-W36; the last complete one by default.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="Also every week from this one on.")] = None,
    ask: Annotated[list[str] | None, typer.Option(help="A question to be answered too. Repeatable.")] = None,
) -> None:
    """Write what a model would be asked next.

    Questions come in rounds: what customers said, then which themes it makes, then the words of the week and
    of answers.
    """
    from koe.model.by_file import Wanted, write_out
    from koe.street import choose_week, late_weeks, weeks_since

    with opened(context) as ws, ws.exclusive():
        now = datetime.now(UTC)
        chosen = choose_week(ws, week, now)
        weeks = sorted({*late_weeks(ws, chosen), *(weeks_since(ws, since, chosen) if since else ()), chosen})
        today = now.astimezone(ws.settings.zone).date().isoformat()
        counts = write_out(ws, file, Wanted(weeks, tuple(ask or ()), today))
        typer.echo(said_in(_asked(file, counts), ws.settings.language))


@app.command("import")
def read(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(help="Answers, one a line, joined to their questions by custom_id.")
    ],
) -> None:
    """Take the answers to an export in.

    Lines of a batch's output, or {"custom_id": …, "content": …}; any model or person can give them.
    """
    from koe.model.by_file import take_in

    with opened(context) as ws, ws.exclusive():
        taken, language = take_in(ws, file), ws.settings.language
    for line in taken.wrong:
        typer.echo(f"{file}: {said_in(line, language)}", err=True)
    typer.echo(said_in(f"{_taken(taken)}. Next: koe batch export FILE, or koe weekly", language))


def _asked(file: Path, counts: Mapping[str, int]) -> str:
    """What a file of questions holds."""
    if not counts:
        return "nothing to ask: everything is answered. Run: koe weekly"
    each = ", ".join(f"{count} {verb}" for verb, count in counts.items())
    return f"{file}: {_count(sum(counts.values()), 'question')} ({each}). Then: koe batch import FILE"


def _taken(taken: "Taken") -> str:
    """What came of a file of answers."""
    known = f", {taken.known} stood already" if taken.known else ""
    wrong = f", {len(taken.wrong)} could not be used" if taken.wrong else ""
    return f"{_count(taken.stored, 'answer')} taken in{known}{wrong}"


def _count(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"
