"""One conversation as text: masked turns with its findings beside them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from koe.errors import SetupError
from koe.facts.accounts import shown, shown_id
from koe.ledger.joins import NO_OPENING, SEVERAL, deals_called, deals_that_fit
from koe.ledger.schema import conversation, deal, finding, reading, theme, turn
from koe.report.safe import terminal
from koe.workspace import Workspace

_ROLES = {
    "ja": {"customer": "お客さま", "agent": "担当", "other": "その他"},
    "en": {"customer": "customer", "agent": "agent", "other": "other"},
}
RULES = {
    "source": "named by its source",
    "other source": "named by an id of another source",
    "account and time": "by account and time",
}

_NAME_DEAL = (
    "write {deal} as the call's deal id where it comes from (for a transcript in a list beside it: "
    "calls.csv with the columns file,deal_id), then koe pull"
)


def show_conversation(ws: Workspace, name: str) -> str:
    """The conversation that a source calls `name` (or the ledger `source:name`), for a terminal.

    Raises SetupError when there is none, when several sources have one, or when it has not been masked yet.
    """
    with ws.ledger.connect() as conn:
        row = _find(conn, name)
        if row.masked is None:
            raise SetupError(f"{name!r} has not been masked yet. Run: koe weekly")
        blocks = [_head(ws, conn, row), *_turns(conn, row.id, ws.settings.language)]
    return "\n\n".join(blocks)


def _find(conn: sa.Connection, name: str) -> sa.Row[tuple[object, ...]]:
    rows = conn.execute(
        sa.select(conversation)
        .where(sa.or_(conversation.c.id == name, conversation.c.external_id == name))
        .order_by(conversation.c.id)
    ).all()
    if not rows:
        raise SetupError(
            f"The ledger has no conversation {name!r}. Ids are those of the source, such as T-0001."
        )
    if len(rows) > 1:
        names = " or: koe show ".join(row.id for row in rows)
        raise SetupError(f"Several sources have a conversation {name!r}. Run: koe show {names}")
    return rows[0]


def _head(ws: Workspace, conn: sa.Connection, row: sa.Row[tuple[object, ...]]) -> str:
    sold = conn.execute(sa.select(deal).where(deal.c.id == row.deal_id)).one_or_none()
    head = titled(row, [*about(ws, conn, row), *_joined(conn, row, sold)])
    step = _step(conn, row) if sold is None else ""
    return f"{head}\n{terminal(step)}" if step else head


def titled(row: sa.Row[Any], parts: Iterable[str]) -> str:
    """What is known of a conversation in a line, with its title below once it is masked."""
    title = row.title if row.masked is not None else ""
    return terminal("  ".join(parts)) + (f"\n{terminal(title)}" if title else "")


def about(ws: Workspace, conn: sa.Connection, row: sa.Row[Any]) -> list[str]:
    """A conversation's id, kind, day, customer and state."""
    read = conn.execute(sa.select(reading).where(reading.c.conversation_id == row.id)).one_or_none()
    state = "withdrawn" if row.withdrawn else read.state if read else "left"
    at = datetime.fromisoformat(row.created_at).astimezone(ws.settings.zone) if row.created_at else None
    when = f"{at:%Y-%m-%d %H:%M}" if at else "no date"
    named = shown(ws, row.account_id, row.account_name) if row.account_name else shown_id(ws, row.account_id)
    return [row.external_id, row.kind, when, named, state]


def _joined(conn: sa.Connection, row: sa.Row[tuple[object, ...]], sold: sa.Row[Any] | None) -> list[str]:
    """Its deal with the rule that joined them; or which deals it could belong to, or why none is known."""
    if sold is not None:
        return [f"{sold.external_id} {sold.outcome} ({RULES.get(row.joined_by, row.joined_by)})"]
    if row.deal_id is not None:
        return [f"no deal: no source has {row.names_deal}"]
    if row.joined_by == SEVERAL and row.names_deal is None:
        return [f"no deal: {', '.join(deals_that_fit(conn, row))} were open then"]
    if row.joined_by == SEVERAL:
        return [f"no deal: {', '.join(deals_called(conn, row.names_deal))} are called so"]
    return ["no deal: none of its account says since when it is open"] if row.joined_by == NO_OPENING else []


def _step(conn: sa.Connection, row: sa.Row[Any]) -> str:
    """What to do for a conversation that has no deal and could have one; empty where nothing is known."""
    if row.deal_id is not None:
        return (
            "Next: pull the deals too, or mend the deal's id where the conversation comes from; then koe pull"
        )
    if row.joined_by == SEVERAL and row.names_deal is not None:
        look = deals_called(conn, row.names_deal)[0]
        return f"Next: koe show {look}; it joins as soon as one source alone has a deal {row.names_deal}"
    if row.joined_by == SEVERAL:
        one = next(iter(deals_that_fit(conn, row)), "DEAL")
        return f"Next: koe show {one}; is it this one, {_NAME_DEAL.format(deal=one)}"
    if row.joined_by == NO_OPENING:
        return "Next: give the deals the day since when they are open (opened_at, 作成日), then koe pull"
    return ""


def _turns(conn: sa.Connection, of: str, language: str) -> list[str]:
    notes = notes_of(conn, of)
    rows = conn.execute(sa.select(turn).where(turn.c.conversation_id == of).order_by(turn.c.n))
    return [
        "\n".join([f"{row.n} {_ROLES[language][row.role]}: {terminal(row.text)}", *notes.get(row.n, [])])
        for row in rows
    ]


def notes_of(conn: sa.Connection, of: str) -> dict[int, list[str]]:
    """The findings of a conversation as lines, by the turn they stand in."""
    rows = conn.execute(
        sa.select(finding, theme.c.name)
        .outerjoin(theme, theme.c.id == finding.c.theme_id)
        .where(finding.c.conversation_id == of)
        .order_by(finding.c.turn, finding.c.start, finding.c.id)
    )
    notes: dict[int, list[str]] = {}
    for row in rows:
        name, quote = terminal(row.name or "-"), terminal(row.quote)
        line = f"    {row.id} {row.kind} {'!' * row.severity} {name}: {quote}"
        notes.setdefault(row.turn, []).append(line)
    return notes
