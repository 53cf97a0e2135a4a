"""One deal as text: what it is worth, what became of it, its conversations with their findings."""

from typing import Any

import sqlalchemy as sa

from koe.errors import SetupError
from koe.facts.accounts import shown, shown_id
from koe.ledger.joins import SEVERAL, deals_that_fit
from koe.ledger.schema import conversation, deal
from koe.ledger.stamps import from_stamp
from koe.mask import mask_deal_text
from koe.records import State
from koe.report.figures import money
from koe.report.safe import terminal
from koe.show import about, notes_of, show_conversation, titled
from koe.showing import Showing, showing_in
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
    return "\n\n".join([*blocks, *([] if talks else [_none(conn, row, showing_in(ws.settings.language))])])


def _head(ws: Workspace, row: _Row) -> list[str]:
    """The deal in a line, and what its record says in words, masked."""
    language = ws.settings.language
    words = showing_in(language)
    worth = words.no_amount if row.amount is None else money(row.amount, row.currency, language)
    named = shown(ws, row.account_id, row.account_name) if row.account_name else shown_id(ws, row.account_id)
    stage, industry, name, reason = (_masked(ws, row, field) for field in _WRITTEN)
    outcome = words.outcomes[row.outcome]
    became = words.behind.format(name=outcome, what=stage) if stage and stage != outcome else outcome
    parts = [row.external_id, words.kinds["deal"], became, worth, named, industry, _days(ws, row, words)]
    parts += [words.states[State.WITHDRAWN]] if row.withdrawn else []
    said = [name, words.lost_because.format(reason=reason) if reason else ""]
    return [terminal("  ".join(filter(None, parts))), *(terminal(line) for line in said if line)]


def _masked(ws: Workspace, row: _Row, field: str) -> str:
    text = getattr(row, field) or ""
    return mask_deal_text(ws, text, row.account_id, row.account_name) if text else ""


def _days(ws: Workspace, row: _Row, words: Showing) -> str:
    opened, closed = (
        from_stamp(at).astimezone(ws.settings.zone).date().isoformat() if at else "…"
        for at in (row.opened_at, row.closed_at)
    )
    is_dated = row.opened_at or row.closed_at
    return words.days.format(opened=opened, closed=closed) if is_dated else words.no_date


def _talk(ws: Workspace, conn: sa.Connection, row: _Row) -> str:
    words = showing_in(ws.settings.language)
    rule = words.rules.get(row.joined_by, row.joined_by)
    how = [words.rule_alone.format(rule=rule)] if rule else []
    notes = notes_of(conn, row.id, words)
    said = [line for n in sorted(notes) for line in notes[n]]
    return "\n".join([titled(row, [*about(ws, conn, row), *how]), *said])


def _none(conn: sa.Connection, row: _Row, words: Showing) -> str:
    """Why no conversation belongs to a deal, and what to do."""
    if doubtful := _doubtful(conn, row):
        return words.fits_another.format(call=doubtful)
    return words.not_opened if row.opened_at is None else words.none_then


def _doubtful(conn: sa.Connection, row: _Row) -> str | None:
    """A conversation that would belong to the deal, did not another one fit as well."""
    c = conversation.c
    of_account = sa.or_(c.account_id == row.account_id, c.account_key == row.account_key)
    undecided = sa.select(conversation).where(c.joined_by == SEVERAL, ~c.withdrawn, of_account)
    for call in conn.execute(undecided.order_by(c.created_at, c.id)):
        if call.names_deal is None and row.external_id in deals_that_fit(conn, call):
            return str(call.external_id)
    return None
