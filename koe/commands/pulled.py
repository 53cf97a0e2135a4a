"""What is said at the end of `koe pull`: what a source has in the ledger, and what to do next."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from koe.workspace import Workspace

_NOUNS = ("ticket", "call", "deal")


def holds(ws: "Workspace", source: str) -> str:
    """How many tickets, calls and deals of a source the ledger has; "" for none."""
    import sqlalchemy as sa

    from koe.ledger.schema import conversation, deal

    c = conversation.c
    mine = (
        sa.select(c.kind, sa.func.count().label("n")).where(c.source == source, ~c.withdrawn).group_by(c.kind)
    )
    sold = sa.select(sa.func.count()).where(deal.c.source == source, ~deal.c.withdrawn)
    with ws.ledger.connect() as conn:
        counts = {row.kind: row.n for row in conn.execute(mine)} | {"deal": conn.scalar(sold) or 0}
    said = [_n(counts[noun], noun) for noun in _NOUNS if counts.get(noun)]
    return f"in the ledger: {', '.join(said)}" if said else ""


def next_step(ws: "Workspace") -> str:
    """The command that reads what came in; for the first time also the one that reads every week."""
    import sqlalchemy as sa

    from koe.ledger.schema import reading
    from koe.street import weeks_with_data

    weeks = weeks_with_data(ws)
    if not weeks:
        return "Next: pull tickets or calls too; deals by themselves hold nobody's words."
    with ws.ledger.connect() as conn:
        is_read = conn.execute(sa.select(reading.c.conversation_id).limit(1)).first() is not None
    if is_read or len(weeks) == 1:
        return "Next: koe weekly"
    return f"Next: koe weekly (the last complete week), or koe weekly --since {weeks[0]} (every week)"


def _n(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"
