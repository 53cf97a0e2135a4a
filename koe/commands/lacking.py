"""What to run next where a workspace holds too little for the command that was asked."""

from typing import TYPE_CHECKING

import typer

from koe.commands.saying import said_in
from koe.language.text import Language

if TYPE_CHECKING:
    import sqlalchemy as sa

    from koe.keywords.shape import KeywordReport
    from koe.workspace import Workspace

__all__ = ["for_export", "for_keywords", "nothing_read", "nothing_taken", "nothing_to_show", "say"]

PULL = "Next: koe pull --from FOLDER"


def say(line: str, language: Language) -> None:
    """The line on stderr, so that stdout holds what was asked for alone; nothing for an empty one."""
    if line:
        typer.echo(said_in(line, language), err=True)


def nothing_taken(ws: "Workspace") -> str:
    """What to bring in where no conversation has come in; "" where one has."""
    from koe.ledger.schema import conversation, deal

    if _any(ws, conversation, ~conversation.c.withdrawn):
        return ""
    if _any(ws, deal, ~deal.c.withdrawn):
        return f"Deals have come in, but no ticket and no call, so nobody's words. {PULL}, with these in it"
    return f"Nothing has come in yet. {PULL} (or look at an example: koe demo)"


def nothing_to_show(ws: "Workspace") -> str:
    """What to bring in where neither a conversation nor a deal has come in; "" where one has."""
    from koe.ledger.schema import conversation, deal

    has_any = _any(ws, conversation, conversation.c.id.is_not(None)) or _any(ws, deal, deal.c.id.is_not(None))
    return "" if has_any else nothing_taken(ws)


def nothing_read(ws: "Workspace") -> str:
    """What to bring in, or that it waits to be read; "" where something has been read."""
    from koe.ledger.schema import reading

    is_read = _any(ws, reading, reading.c.version != "")
    return nothing_taken(ws) or ("" if is_read else "Nothing has been read yet. Next: koe weekly")


def for_export(ws: "Workspace", what: str, of_period: bool) -> str:
    """What to say where an export has no line."""
    if what == "skipped":
        return "Nothing that came in was left out" + (" in this period." if of_period else ".")
    lacks = nothing_taken(ws) if what == "conversations" else nothing_read(ws)
    hint = (
        "Next: the same without --since and --until" if of_period else "Next: koe weekly, for weeks not read"
    )
    return lacks or f"There are no {what} yet. {hint}"


def for_keywords(ws: "Workspace", report: "KeywordReport") -> str:
    """Why won deals cannot be set against lost ones, and what to do; "" where they can."""
    if report.message not in ("no_deals", "one_side"):
        return ""
    if lacks := nothing_taken(ws):
        return lacks
    if report.since or report.until:
        return "Too few closed deals in this period. Next: koe keywords, without --since and --until"
    if report.message == "one_side":
        side = "lost" if report.deals_won else "won"
        silent = _first_closed(ws, (side,))
        step = f"Next: koe show {silent}" if silent else f"{PULL}, with these deals and their calls too"
        return f"No deal that was {side} has a call with a customer's words. {step}"
    closed = _first_closed(ws, ("won", "lost"))
    if closed is None:
        return f"No deal has come in that was won or lost. {PULL}, with your deals and their calls"
    return f"No call with a customer's words belongs to a closed deal. Next: koe show {closed}"


def _first_closed(ws: "Workspace", outcomes: tuple[str, ...]) -> str | None:
    """A deal that closed so, the first one, by its id in the ledger."""
    import sqlalchemy as sa

    from koe.ledger.schema import deal

    closed = sa.and_(~deal.c.withdrawn, deal.c.outcome.in_(outcomes))
    with ws.ledger.connect() as conn:
        return conn.scalar(sa.select(deal.c.id).where(closed).order_by(deal.c.closed_at, deal.c.id).limit(1))


def _any(ws: "Workspace", table: "sa.Table", where: "sa.ColumnElement[bool]") -> bool:
    import sqlalchemy as sa

    with ws.ledger.connect() as conn:
        return (
            conn.execute(sa.select(sa.literal(1)).select_from(table).where(where).limit(1)).first()
            is not None
        )
