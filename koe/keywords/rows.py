"""Keywords as rows: the same columns in the workbook, in CSV and in Markdown."""

from typing import NamedTuple

from koe.keywords.shape import Keyword, KeywordReport
from koe.keywords.words import KeywordWords

__all__ = ["COLUMNS", "Row", "rows_of"]

COLUMNS = (
    "term",
    "tier",
    "deals_won",
    "deals_lost",
    "share_won",
    "share_lost",
    "difference",
    "low",
    "high",
    "log_odds",
    "p",
    "p_adjusted",
    "needed",
    "industry",
    "variants",
)


class Row(NamedTuple):
    """One keyword; numbers stay numbers, texts are in the report's language."""

    term: str
    tier: str
    deals_won: int
    deals_lost: int
    share_won: float
    share_lost: float
    difference: float
    low: float
    high: float
    log_odds: float
    p: float
    p_adjusted: float
    needed: int | None
    industry: str
    variants: str


def rows_of(report: KeywordReport, keywords: tuple[Keyword, ...], words: KeywordWords) -> list[Row]:
    """One row per keyword, in their order."""
    return [_row(report, word, words) for word in keywords]


def _row(report: KeywordReport, word: Keyword, words: KeywordWords) -> Row:
    return Row(
        term=word.term,
        tier=words.tiers[word.tier],
        deals_won=word.deals_won,
        deals_lost=word.deals_lost,
        share_won=word.deals_won / report.deals_won,
        share_lost=word.deals_lost / report.deals_lost,
        difference=word.share_difference,
        low=word.interval[0],
        high=word.interval[1],
        log_odds=word.log_odds,
        p=word.p,
        p_adjusted=word.p_adjusted,
        needed=word.deals_needed,
        industry=words.industry if word.explained_by else "",
        variants=" / ".join(word.variants),
    )
