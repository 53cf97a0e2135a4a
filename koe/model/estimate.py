"""What a run would ask a model, before it asks: calls, tokens and money, by verb.

The calls of `find` are built and counted. What `settle` and `compose` ask depends on what is found, so for
them a bound is given. Tokens are counted on the high side, as the budget reserves them.
"""

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

import sqlalchemy as sa

from koe.engine.model import journal
from koe.engine.model.compose import MOST_TOKENS
from koe.engine.model.nearby import MOST as MOST_THEMES
from koe.engine.model.opening import open_known
from koe.engine.model.request import Request
from koe.engine.model.settle import MOST as PER_SETTLE
from koe.engine.model.shape import Verb
from koe.engine.model.spend import input_tokens
from koe.ledger.schema import theme
from koe.meaning.spec import prices_of as embedding_prices
from koe.model.budget import FREE, Prices, prices_of, tokens_of
from koe.model.by_file import ask_find, collecting
from koe.model.prompts import load_prompt
from koe.workspace import Workspace

__all__ = ["Share", "estimate"]

PER_RECORD = 3
"""Findings of a conversation, on the high side."""
PER_FINDING_IN, PER_FINDING_OUT = 120, 30
"""Tokens of a finding in a question about themes, and in its answer."""
KINDS = 6
PER_THEME_IN = 480
"""Tokens of a theme that stands, with its examples, in a question about themes."""
DRAFTS = 2
"""A week's words are asked for twice at most."""
DRAFT_IN = 30_000
"""Tokens of a week's figures and of the most quotes that are shown with them."""


class Share(NamedTuple):
    """What one verb asks for at most."""

    verb: Verb | Literal["embed"]
    calls: int
    tokens_in: int
    tokens_out: int
    usd: float
    exact: bool
    """Whether the calls were counted; else they are a bound."""
    is_priced: bool = True
    """Whether the settings have a price for it."""


def estimate(ws: Workspace, weeks: Sequence[str]) -> list[Share]:
    """What reading all that is not read, and reporting these weeks, asks models for at most."""
    from koe.street import mask_new

    mask_new(ws)
    reading = _reading(ws, weeks) if ws.settings.model is not None else []
    embedding = [_embedding(ws)] if ws.settings.embeddings is not None else []
    return [*reading, *embedding]


def _embedding(ws: Workspace) -> Share:
    """The calls for vectors; passages are cut for it, which the run would do next."""
    from koe.meaning.station import to_ask
    from koe.street import index_new

    index_new(ws)
    prices = embedding_prices(ws.settings)
    requests = list(to_ask(ws))
    tokens = sum(map(input_tokens, requests))
    usd = (prices or FREE).usd(tokens, 0, 0)
    return Share("embed", len(requests), tokens, 0, usd, exact=True, is_priced=prices is not None)


def _reading(ws: Workspace, weeks: Sequence[str]) -> list[Share]:
    priced = prices_of(ws.settings) is not None
    return [one._replace(is_priced=priced) for one in _read(ws, weeks)]


def _read(ws: Workspace, weeks: Sequence[str]) -> list[Share]:
    prices = prices_of(ws.settings) or FREE
    engine, collector = collecting(ws)
    ask_find(ws, engine)
    coming = {key for keys in journal.in_batches(ws.ledger).values() for key in keys}
    asked = [one for key, one in collector.requests.items() if key not in coming]
    findings = PER_RECORD * len({id for one in asked for id in _records(one)})
    drafts = DRAFTS * len(weeks)
    room = open_known(ws).room
    return [
        _share("find", asked, prices),
        _bound(
            "settle",
            KINDS + math.ceil(findings / PER_SETTLE) if findings else 0,
            (min(MOST_THEMES, _themes(ws)) * PER_THEME_IN, 1_000 + room),
            (findings * PER_FINDING_IN, findings * PER_FINDING_OUT),
            prices,
        ),
        _bound("compose", drafts, (DRAFT_IN, MOST_TOKENS + room), (0, 0), prices),
    ]


def _themes(ws: Workspace) -> int:
    with ws.ledger.connect() as conn:
        return (
            conn.scalar(sa.select(sa.func.count()).select_from(theme).where(theme.c.merged_into.is_(None)))
            or 0
        )


def _records(request: Request) -> tuple[str, ...]:
    return request.call.about or (request.key,)


def _share(verb: Verb, requests: Sequence[Request], prices: Prices) -> Share:
    tokens_in = sum(map(input_tokens, requests))
    tokens_out = sum(one.limit for one in requests)
    return Share(verb, len(requests), tokens_in, tokens_out, prices.usd(tokens_in, 0, tokens_out), True)


def _bound(verb: Verb, calls: int, each: tuple[int, int], more: tuple[int, int], prices: Prices) -> Share:
    fixed = tokens_of(load_prompt(verb).system) if calls else 0
    tokens_in = calls * (fixed + each[0]) + more[0]
    tokens_out = calls * each[1] + more[1]
    return Share(verb, calls, tokens_in, tokens_out, prices.usd(tokens_in, 0, tokens_out), False)
