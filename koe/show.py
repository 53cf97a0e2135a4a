"""One conversation as text: masked turns with its findings beside them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from koe.errors import SetupError
from koe.facts.accounts import shown, shown_id
from koe.ledger.joins import NO_OPENING, SEVERAL, deals_called, deals_that_fit
from koe.ledger.schema import conversation, deal, finding, reading, theme, turn
from koe.records import FindingKind, State
from koe.report.safe import terminal
from koe.showing import Showing, showing_in
from koe.workspace import Workspace


def show_conversation(ws: Workspace, name: str) -> str:
    """The conversation that a source calls `name` (or the ledger `source:name`), for a terminal.

    Raises SetupError when there is none, when several sources have one, or when it has not been masked yet.
    """
    with ws.ledger.connect() as conn:
        row = _find(conn, name)
        if row.masked is None:
            raise SetupError(f"{name!r} has not been masked yet. Run: koe weekly")
        blocks = [_head(ws, conn, row), *_turns(conn, row.id, showing_in(ws.settings.language))]
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
    words = showing_in(ws.settings.language)
    head = titled(row, [*about(ws, conn, row), *_joined(conn, row, sold, words)])
    step = _step(conn, row, words) if sold is None else ""
    return f"{head}\n{terminal(step)}" if step else head


def titled(row: sa.Row[Any], parts: Iterable[str]) -> str:
    """What is known of a conversation in a line, with its title below once it is masked."""
    title = row.title if row.masked is not None else ""
    return terminal("  ".join(parts)) + (f"\n{terminal(title)}" if title else "")


def about(ws: Workspace, conn: sa.Connection, row: sa.Row[Any]) -> list[str]:
    """A conversation's id, kind, day, customer and state."""
    read = conn.execute(sa.select(reading).where(reading.c.conversation_id == row.id)).one_or_none()
    words = showing_in(ws.settings.language)
    state = State.WITHDRAWN if row.withdrawn else State(read.state) if read else State.LEFT
    at = datetime.fromisoformat(row.created_at).astimezone(ws.settings.zone) if row.created_at else None
    when = f"{at:%Y-%m-%d %H:%M}" if at else words.no_date
    named = shown(ws, row.account_id, row.account_name) if row.account_name else shown_id(ws, row.account_id)
    return [row.external_id, words.kinds[row.kind], when, named, words.states[state]]


def _joined(
    conn: sa.Connection, row: sa.Row[tuple[object, ...]], sold: sa.Row[Any] | None, words: Showing
) -> list[str]:
    """Its deal with the rule that joined them; or which deals it could belong to, or why none is known."""
    if sold is not None:
        became = f"{sold.external_id} {words.outcomes[sold.outcome]}"
        return [words.behind.format(name=became, what=words.rules.get(row.joined_by, row.joined_by))]
    if row.deal_id is not None:
        return [words.no_such_deal.format(deal=row.names_deal)]
    if row.joined_by == SEVERAL and row.names_deal is None:
        return [words.open_then.format(deals=", ".join(deals_that_fit(conn, row)))]
    if row.joined_by == SEVERAL:
        return [words.called_so.format(deals=", ".join(deals_called(conn, row.names_deal)))]
    return [words.never_opened] if row.joined_by == NO_OPENING else []


def _step(conn: sa.Connection, row: sa.Row[Any], words: Showing) -> str:
    """What to do for a conversation that has no deal and could have one; empty where nothing is known."""
    if row.deal_id is not None:
        return words.pull_deals
    if row.joined_by == SEVERAL and row.names_deal is not None:
        return words.one_source.format(look=deals_called(conn, row.names_deal)[0], deal=row.names_deal)
    if row.joined_by == SEVERAL:
        return words.is_it_this.format(deal=next(iter(deals_that_fit(conn, row)), "DEAL"))
    return words.say_opening if row.joined_by == NO_OPENING else ""


def _turns(conn: sa.Connection, of: str, words: Showing) -> list[str]:
    notes = notes_of(conn, of, words)
    rows = conn.execute(sa.select(turn).where(turn.c.conversation_id == of).order_by(turn.c.n))
    return [
        "\n".join([f"{row.n} {words.roles[row.role]}: {terminal(row.text)}", *notes.get(row.n, [])])
        for row in rows
    ]


def notes_of(conn: sa.Connection, of: str, words: Showing) -> dict[int, list[str]]:
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
        kind = words.finding_kinds[FindingKind(row.kind)]
        line = f"    {row.id} {kind} {'!' * row.severity} {name}: {quote}"
        notes.setdefault(row.turn, []).append(line)
    return notes
