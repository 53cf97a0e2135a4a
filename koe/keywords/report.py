"""The keyword report: closed deals in, keywords with counts, tests and quotes out."""

import hashlib
import math
from collections.abc import Iterator, Sequence
from datetime import date

from koe.keywords.candidates import find_candidates
from koe.keywords.deals import DealVoice, load_deals
from koe.keywords.families import make_nodes
from koe.keywords.hyphens import join_hyphens
from koe.keywords.quotes import pick_quotes
from koe.keywords.scoring import Scored, Scores, score
from koe.keywords.selection import compounds_in, select, with_compounds
from koe.keywords.shape import Keyword, KeywordReport
from koe.workspace import Workspace

__all__ = ["compute_keywords", "report_on"]

MIN_DEALS = 3
MIN_SHARE = 0.02
"""A term has to be in this share of all closed deals, and in three at least."""
READ_DEALS = 400


def compute_keywords(ws: Workspace, since: date | None = None, until: date | None = None) -> KeywordReport:
    """The words of won against those of lost deals closed from `since` to `until`, both inclusive."""
    return report_on(load_deals(ws, since, until), since, until)


def report_on(
    deals: Sequence[DealVoice], since: date | None = None, until: date | None = None
) -> KeywordReport:
    """The keyword report of these deals; those without a customer turn are counted apart."""
    voices = sorted((deal for deal in deals if deal.turns), key=lambda deal: deal.id)
    won = sum(deal.outcome == "won" for deal in voices)
    min_deals = max(MIN_DEALS, math.ceil(MIN_SHARE * len(voices)))
    report = KeywordReport(
        since=since and since.isoformat(),
        until=until and until.isoformat(),
        deals_won=won,
        deals_lost=len(voices) - won,
        silent=len(deals) - len(voices),
        min_deals=min_deals,
        tested=0,
        by_chance=0.0,
        message="one_side" if voices else "no_deals",
    )
    return _compare(report, voices) if 0 < won < len(voices) else report


def _compare(report: KeywordReport, deals: Sequence[DealVoice]) -> KeywordReport:
    read = _sample(deals)
    candidates = join_hyphens(find_candidates(read), read)
    scores = score(make_nodes(candidates, report.min_deals), deals, report.min_deals)
    chosen = select(scores.scored)
    longer = compounds_in(candidates)
    found = any(one.tier == "finding" for one in chosen)
    needed = [one.deals_needed for one in chosen if one.deals_needed is not None]
    return report.model_copy(
        update={
            "tested": scores.tested,
            "by_chance": round(_shown_by_chance(scores, chosen), 1),
            "message": "ok" if found else "nothing",
            "deals_needed": None if found or not needed else min(needed),
            "keywords": tuple(_keyword(one, longer, deals) for one in chosen),
        }
    )


def _sample(deals: Sequence[DealVoice]) -> Sequence[DealVoice]:
    """The deals that terms are looked for in: all, or of very many a fixed part; all of them are counted.

    A term that is common enough to be tested is nearly sure to stand in one of so many.
    """
    return sorted(deals, key=_lot)[:READ_DEALS] if len(deals) > READ_DEALS else deals


def _lot(deal: DealVoice) -> str:
    return hashlib.sha256(deal.id.encode()).hexdigest()


def _shown_by_chance(scores: Scores, chosen: Sequence[Scored]) -> float:
    """Hints expected by chance, scaled down as the shown ones were when related terms were joined."""
    return scores.by_chance * len(chosen) / len(scores.scored) if scores.scored else 0.0


def _keyword(one: Scored, longer: Sequence[str], deals: Sequence[DealVoice]) -> Keyword:
    variants = with_compounds(one, longer)
    outcome = "won" if one.z > 0 else "lost"
    return Keyword(
        term=one.node.label,
        variants=variants,
        outcome=outcome,
        deals_won=one.won,
        deals_lost=one.lost,
        tier=one.tier,
        log_odds=round(one.log_odds, 4),
        share_difference=round(one.share_difference, 4),
        interval=(round(one.interval[0], 4), round(one.interval[1], 4)),
        p=one.p,
        p_adjusted=one.p_adjusted,
        explained_by="industry" if one.by_industry else None,
        deals_needed=one.deals_needed,
        quotes=tuple(pick_quotes(_having(one, deals, outcome), one.node.variants)),
    )


def _having(one: Scored, deals: Sequence[DealVoice], outcome: str) -> Iterator[DealVoice]:
    return (deal for deal, has in zip(deals, one.deals, strict=True) if has and deal.outcome == outcome)
