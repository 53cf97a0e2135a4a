"""`koe finding …`: what a person decides about single findings, which sticks."""

from typing import Annotated

import typer

from koe.commands.opened import opened
from koe.commands.saying import said_in
from koe.errors import SetupError

app = typer.Typer(help="Reject or correct a finding; what you decide stays.", no_args_is_help=True)
Id = Annotated[str, typer.Argument(help="A finding's id, as `koe show CONVERSATION` lists it.")]
FOLLOW = "Reports follow with the next: koe weekly"
By = Annotated[str, typer.Option(help="Who decided; kept in the ledger.")]


@app.command()
def reject(context: typer.Context, finding: Id, by: By = "") -> None:
    """Take a finding out for good.

    Weeks that were reported with it change at the next `koe weekly`.
    """
    from koe import corrections

    with opened(context) as ws, ws.exclusive():
        corrections.reject(ws, finding, by)
        typer.echo(said_in(f"{finding} is out. {FOLLOW}", ws.settings.language))


@app.command()
def fix(
    context: typer.Context,
    finding: Id,
    kind: Annotated[str, typer.Option(help="What it is, such as feature_request.")],
    by: By = "",
) -> None:
    """Give a finding another kind; its theme is found anew."""
    from koe import corrections
    from koe.records import FindingKind

    check_kind(kind)
    with opened(context) as ws, ws.exclusive():
        corrections.fix(ws, finding, FindingKind(kind), by)
        typer.echo(said_in(f"{finding} is a {kind} now. {FOLLOW}", ws.settings.language))


def check_kind(kind: str) -> None:
    """Raises SetupError for what is no kind of finding."""
    from koe.records import FindingKind

    if kind not in list(FindingKind):
        raise SetupError(f"{kind!r} is no kind of finding. Choose one of {', '.join(FindingKind)}.")
