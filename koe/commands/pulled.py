"""What is said at the end of `koe pull`: what a source has in the ledger, and what to do next."""

from typing import TYPE_CHECKING

from koe.progress import progress_in

if TYPE_CHECKING:
    from koe.workspace import Workspace


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
    words = progress_in(ws.settings.language)
    said = [words.told(pair, counts[noun]) for noun, pair in words.nouns.items() if counts.get(noun)]
    return words.holds.format(held=words.comma.join(said)) if said else ""


def next_step(ws: "Workspace") -> str:
    """The command that reads what came in; for the first time also the one that reads every week."""
    import sqlalchemy as sa

    from koe.ledger.schema import reading
    from koe.street import weeks_with_data

    weeks, words = weeks_with_data(ws), progress_in(ws.settings.language)
    if not weeks:
        return words.next_more
    with ws.ledger.connect() as conn:
        is_read = conn.execute(sa.select(reading.c.conversation_id).limit(1)).first() is not None
    if is_read or len(weeks) == 1:
        return words.next_week
    return words.next_weeks.format(since=weeks[0])
