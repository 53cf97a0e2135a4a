"""One deal as text: what it is worth, what became of it, its conversations with their findings."""

from typing import Any

import sqlalchemy as sa

from koe.errors import SetupError
from koe.facts.accounts import shown, shown_id
from koe.ledger.schema import conversation, deal
from koe.ledger.stamps import from_stamp
from koe.mask import mask_deal_text
from koe.report.figures import money
from koe.report.safe import terminal
from koe.show import RULES, about, notes_of, show_conversation, titled
from koe.workspace import Workspace

_WRITTEN = ("stage", "industry", "name", "loss_reason")
"""What people write into a deal's record."""
_HINT = "Ids are those of the source, such as T-0001; `koe export conversations` lists them."
_Row = sa.Row[Any]


def show(ws: Workspace, name: str) -> str:
    """The conversation or the deal of that id, for a terminal; both where one id is theirs.

    Raises SetupError when there is neither, or when several sources have one.
    """
    with ws.ledger.connect() as conn:
        deals = conn.execute(_named(deal, name)).all()
        is_talk = conn.execute(_named(conversation, name)).first() is not None
        if not deals and not is_talk:
            meant = _meant(conn, name)
            hint = f"Did you mean: koe show {meant}" if meant else _HINT
            raise SetupError(f"The ledger has no conversation and no deal {name!r}. {hint}")
        if len(deals) > 1:
            names = " or: koe show ".join(row.id for row in deals)
            raise SetupError(f"Several sources have a deal {name!r}. Run: koe show {names}")
        sold = [_deal(ws, conn, row) for row in deals]
    return "\n\n".join([*([show_conversation(ws, name)] if is_talk else []), *sold])


def _meant(conn: sa.Connection, name: str) -> str | None:
    """The id that is the same but for capitals and blanks around it."""
    bare = name.strip().lower()
    for table in (conversation, deal):
        same = sa.select(table.c.external_id).where(sa.func.lower(table.c.external_id) == bare)
        if found := conn.scalar(same.order_by(table.c.id).limit(1)):
            return str(found)
    return None


def _named(table: sa.Table, name: str) -> sa.Select[Any]:
    return (
        sa.select(table).where(sa.or_(table.c.id == name, table.c.external_id == name)).order_by(table.c.id)
    )


def _deal(ws: Workspace, conn: sa.Connection, row: _Row) -> str:
    talks = conn.execute(
        sa.select(conversation)
        .where(conversation.c.deal_id == row.id)
        .order_by(conversation.c.created_at, conversation.c.id)
    ).all()
    blocks = ["\n".join(_head(ws, row)), *(_talk(ws, conn, talk) for talk in talks)]
    return "\n\n".join([*blocks, *([] if talks else [_none(row)])])


def _head(ws: Workspace, row: _Row) -> list[str]:
    """The deal in a line, and what its record says in words, masked."""
    language = ws.settings.language
    worth = "no amount" if row.amount is None else money(row.amount, row.currency, language)
    named = shown(ws, row.account_id, row.account_name) if row.account_name else shown_id(ws, row.account_id)
    stage, industry, name, reason = (_masked(ws, row, field) for field in _WRITTEN)
    became = f"{row.outcome} ({stage})" if stage and stage != row.outcome else row.outcome
    parts = [row.external_id, "deal", became, worth, named, industry, _days(ws, row)]
    parts += ["withdrawn"] if row.withdrawn else []
    said = [name, f"lost because: {reason}" if reason else ""]
    return [terminal("  ".join(filter(None, parts))), *(terminal(line) for line in said if line)]


def _masked(ws: Workspace, row: _Row, field: str) -> str:
    text = getattr(row, field) or ""
    return mask_deal_text(ws, text, row.account_id, row.account_name) if text else ""


def _days(ws: Workspace, row: _Row) -> str:
    opened, closed = (
        from_stamp(at).astimezone(ws.settings.zone).date().isoformat() if at else "…"
        for at in (row.opened_at, row.closed_at)
    )
    return f"{opened} – {closed}" if row.opened_at or row.closed_at else "no date"


def _talk(ws: Workspace, conn: sa.Connection, row: _Row) -> str:
    how = [f"({RULES.get(row.joined_by, row.joined_by)})"] if row.joined_by else []
    notes = notes_of(conn, row.id)
    said = [line for n in sorted(notes) for line in notes[n]]
    return "\n".join([titled(row, [*about(ws, conn, row), *how]), *said])


def _none(row: _Row) -> str:
    said = "No conversation belongs to it"
    if row.opened_at is None:
        return f"{said}; it does not say since when it is open (opened_at), so no call joins it by time."
    return f"{said}: no call names it, and none of its company was while it, and no other deal, was open."
