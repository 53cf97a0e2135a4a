"""What share of the deals that ended were won, or lost."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from koe.ask.shape import AskFact, Narrowed
from koe.engine.base import Query

__all__ = ["rate_of"]


def rate_of(deals: Sequence[sa.Row[tuple[Any, ...]]], query: Query) -> list[AskFact]:
    """The share in whole per cent, where it is asked for and any deal ended; open ones are left out."""
    outcome = query.rate if isinstance(query, Narrowed) else None
    ended = [one for one in deals if one.outcome in ("won", "lost")]
    if outcome is None or not ended:
        return []
    own = sum(one.outcome == outcome for one in ended)
    share = (200 * own + len(ended)) // (2 * len(ended))
    ids = tuple(one.cited for one in ended)
    return [AskFact(id=f"rate.{outcome}", label="", value=share, unit="percent", records=ids)]
