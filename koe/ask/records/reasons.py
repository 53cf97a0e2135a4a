"""Why deals were lost, as their records say it: reasons that people entered, beside what customers said."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import sqlalchemy as sa

from koe.ask.counting.figures import Found
from koe.ask.matching.concepts import is_same_matter
from koe.ask.records.reason_parts import folded, known_parts, parts_of
from koe.ask.records.volume import amounts_of, calls_of, deals_wanted_by
from koe.ask.shape import AskFact
from koe.engine.base import Query
from koe.engine.offline.plan.words import REASONS
from koe.facts.accounts import shown
from koe.language.text import normalize
from koe.language.tokens import index_tokens
from koe.ledger.schema import deal
from koe.mask import mask_deal_text
from koe.records import FindingKind
from koe.workspace import Workspace

__all__ = ["is_of_losses", "with_reasons", "with_reasons_named"]

MOST = 6
"""Reasons that are told; of more it is said how many."""
EACH = 8
"""Deals that are told one by one."""
SHARE = 0.5
"""Share of the question's words that a reason has which names the matter."""
_NONE = frozenset({"", "-", "n/a", "na", "none", "null", "なし", "無し", "特になし"})

Deal = sa.Row[tuple[Any, ...]]


def is_of_losses(question: str, query: Query) -> bool:
    """Whether the question asks why deals were lost, or how many over a matter."""
    is_plain = not query.mentions and not query.replies and set(query.kinds) <= {FindingKind.OBJECTION}
    is_why = re.search(REASONS, normalize(question).lower()) is not None
    is_over_it = bool(query.words) and (query.counted == "deals" or query.amount)
    return query.outcome == "lost" and is_plain and (is_why or is_over_it)


def with_reasons(conn: sa.Connection, ws: Workspace, query: Query, found: Found) -> Found:
    """The same, with the reasons that the lost deals' records name; in a period those closed in it."""
    deals = deals_wanted_by(conn, ws, query)
    known = _known(conn)
    told = [(one.cited, named) for one in deals if (named := _reasons(ws, one, known))]
    if not told:
        return found
    ids = tuple(id for id, _ in told)
    whole = tuple(one.cited for one in deals)
    facts = [_count("lost", whole), _count("known", ids), *_ranked(told)]
    if query.counted == "deals":
        facts += _one_by_one(ws, deals, known)
    return _beside(conn, found, facts, [one.id for one in deals if one.cited in set(ids)])


def with_reasons_named(conn: sa.Connection, ws: Workspace, query: Query, found: Found) -> Found:
    """The same, with the lost deals whose recorded reason names what the question is about."""
    known = _known(conn)
    deals = [one for one in deals_wanted_by(conn, ws, query) if _names(_reasons(ws, one, known), query.words)]
    if not deals:
        return found
    ids = tuple(one.cited for one in deals)
    joint = ", " if query.language == "en" else "、"
    listed = AskFact(id="loss.deal_ids", label="", value=joint.join(ids), unit="names", records=ids)
    worth = amounts_of(deals, "loss") if query.amount else []
    return _beside(conn, found, [_count("named", ids), listed, *worth], [one.id for one in deals])


def _one_by_one(ws: Workspace, deals: Sequence[Deal], known: frozenset[str]) -> Iterator[AskFact]:
    """Each deal with its account and its reasons, as far as they are on record."""
    told = [(one, reasons) for one in deals if (reasons := _reasons(ws, one, known))]
    for place, (one, reasons) in enumerate(told[:EACH], 1):
        name = f"{one.cited} ({shown(ws, one.account, one.counted_name)}): {' / '.join(reasons)}"
        yield AskFact(id=f"lost.{place}.name", label="", value=name, unit="name", records=(one.cited,))
    if rest := tuple(one.cited for one, _ in told[EACH:]):
        yield AskFact(id="lost.more", label="", value=len(rest), unit="deals", records=rest)


def _beside(conn: sa.Connection, found: Found, facts: Sequence[AskFact], ids: Sequence[str]) -> Found:
    """What the records say first; their calls are cited where nothing that was said is."""
    cited = found.citations or calls_of(conn, ids)
    return found._replace(facts=(*facts, *found.facts), citations=cited)


def _known(conn: sa.Connection) -> frozenset[str]:
    """The reasons that records have by themselves, whatever period is asked for."""
    written = sa.select(deal.c.loss_reason).where(~deal.c.withdrawn, deal.c.loss_reason.is_not(None))
    return known_parts(conn.execute(written.distinct()).scalars())


def _reasons(ws: Workspace, one: Deal, known: frozenset[str]) -> tuple[str, ...]:
    """The reasons of a deal's record, masked, each once; none where the field says that there is none."""
    text = (one.loss_reason or "").strip()
    if text.lower() in _NONE:
        return ()
    parts = parts_of(mask_deal_text(ws, text, one.account_id, one.account_name), known)
    return tuple(part for part in parts if part.lower() not in _NONE)


def _ranked(told: Sequence[tuple[str, Sequence[str]]]) -> Iterator[AskFact]:
    """The reasons that most deals name, each once however it is written, and how many more there are."""
    groups: dict[str, list[str]] = defaultdict(list)
    written: dict[str, str] = {}
    for id, reasons in sorted(told):
        for key, reason in {folded(reason): reason for reason in reasons}.items():
            groups[key].append(id)
            written.setdefault(key, reason)
    ranked = sorted(groups, key=lambda key: (-len(groups[key]), key))
    for place, key in enumerate(ranked[:MOST], 1):
        stem, ids = f"loss.{place}", tuple(groups[key])
        yield AskFact(id=f"{stem}.name", label="", value=written[key], unit="name", records=ids)
        yield AskFact(id=f"{stem}.deals", label=written[key], value=len(ids), unit="deals", records=ids)
    if rest := ranked[MOST:]:
        ids = tuple(sorted({id for key in rest for id in groups[key]}))
        yield AskFact(id="loss.more", label="", value=len(rest), unit="reasons", records=ids)


def _count(name: str, ids: tuple[str, ...]) -> AskFact:
    return AskFact(id=f"loss.{name}", label="", value=len(ids), unit="deals", records=ids)


def _names(reasons: Sequence[str], words: Sequence[str]) -> bool:
    """Whether any of the reasons speaks of the words, or of the same in other words."""
    asked = [token for word in words for token in index_tokens(word)[:1]]
    return any(_share(asked, {token for token in index_tokens(one) if token[0] == "w"}) for one in reasons)


def _share(asked: Sequence[str], tokens: set[str]) -> bool:
    has = [any(one == other or is_same_matter(one, other) for other in sorted(tokens)) for one in asked]
    return bool(has) and sum(has) >= SHARE * len(has)
