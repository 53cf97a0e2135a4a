"""Which deals a question is kept to: those of a trade or of an owner it names, of an amount, the largest."""

import re
from collections.abc import Callable, Iterable, Sequence

import sqlalchemy as sa

from koe.ask.question.named import ids_in
from koe.ask.shape import Narrowed
from koe.engine.base import Query
from koe.engine.offline.plan import deals as d
from koe.engine.offline.plan.kinds import SAID_JA, SEVERE
from koe.engine.offline.plan.money import EACH
from koe.engine.offline.plan.who import MOST_TALK
from koe.engine.offline.plan.words import TOP_ONE
from koe.language.text import normalize
from koe.ledger.schema import conversation, deal

__all__ = ["narrowed"]

_BEHIND = (
    r"(?:業界|業種|業|系|分野)?の?(?:お客|顧客|会社|企業|取引先|商談|案件|失注|受注)"
    rf"|の(?:主な|多い)?(?:{SAID_JA})|(?:業界|業種)(?!別|ごと)|業の|系の|で(?:失注|受注)|(?:業界|業)?向け"
)
_BEHIND_EN = r"(?:customers?|compan(?:y|ies)|accounts?|clients?|deals?|prospects?|industry|sector|trade)"
_BEFORE_EN = r"(?:in|of|from|by|among|across|do|does|did|are|were|have|which|for) (?:the |our |all )?"
_OWNER = r"\s*(?:さん|氏)?\s*(?:の?担当|が担当|の(?:商談|案件|失注|受注)|さん)"


def narrowed(conn: sa.Connection, question: str, query: Query, names: Sequence[str] = ()) -> Narrowed:
    """The query with what the question says of deals, and without the words that say it.

    `names` of accounts, in lower case, say nothing of a trade.
    """
    text = normalize(question).lower()
    industries = _values(conn, deal.c.industry)
    trades = _named(industries, _without_names(text, names), _is_trade)
    owners = _named(_values(conn, deal.c.owner), text, _is_owner)
    deals, talks = (ids_in(conn, question, table) for table in (deal, conversation))
    ids = [id.lower() for id in (*deals, *talks)]
    said = ids + [part for name, match in (*trades, *owners) for part in (match, normalize(name).lower())]
    bounds = d.bounds_of(text)._asdict()
    del bounds["spans"]
    fields = query.model_dump() | {
        "apart": query.ask == "compare" and sum(normalize(name).lower() in text for name in industries) > 1,
        "industries": tuple(name for name, _ in trades),
        "owners": tuple(name for name, _ in owners),
        "deals": deals,
        "conversations": talks,
        **bounds,
        **_ranking(query, text),
        "rate": _rate(text),
        "by_account": bool(re.search(MOST_TALK, text)),
        "severe": bool(re.search(SEVERE, text)),
        "by_industry": query.by_industry and not trades,
        "words": _left(query.words, text, said),
    }
    if fields["by_amount"] and query.top == 1 and not re.search(TOP_ONE, text):
        fields["top"] = None
    return Narrowed(**fields)


def _values(conn: sa.Connection, column: sa.Column[str]) -> Sequence[str]:
    found = conn.scalars(sa.select(column).where(~deal.c.withdrawn).distinct())
    return sorted(value for value in found if value)


def _without_names(text: str, names: Sequence[str]) -> str:
    for name in names:
        text = text.replace(name, "\0" * len(name))
    return text


def _named(names: Iterable[str], text: str, pattern: Callable[[str], str]) -> list[tuple[str, str]]:
    """The names that stand in the text as such, each with the words that say it."""
    found = [(name, re.search(pattern(normalize(name).lower()), text)) for name in names]
    return [(name, match[0]) for name, match in found if match]


def _is_trade(name: str) -> str:
    own = re.escape(name)
    many = rf"{own[:-1]}(?:y|ies)" if name.endswith("y") else rf"{own}(?:e?s)?"
    if not name.isascii():
        return rf"{own}(?:店|業|施設|関係)?(?:{_BEHIND})"
    return rf"{own}(?:{_BEHIND})|\b{many} {_BEHIND_EN}\b|\b(?<!about )(?:{_BEFORE_EN}){many}\b"


def _is_owner(name: str) -> str:
    """A whole name anywhere; one part of it where the words around say that it is a person's."""
    parts = [re.escape(part) for part in name.split()]
    some = "|".join(part for part in parts if len(part) > 1) or re.escape(name)
    whole = r"\s*".join(parts)
    if not name.isascii():
        return rf"{whole}(?:{_OWNER})?|(?:{some})(?:{_OWNER})"
    return (
        rf"(?<![a-z]){whole}(?:'s|{_OWNER})?(?![a-z])|(?<![a-z])(?:{some})(?:{_OWNER})"
        rf"|\b(?:{some})'s (?:\w+ )?(?:deals|wins|losses|calls)\b"
        rf"|\b(?:deals|calls) (?:owned |won |lost |handled |run |led )?(?:by|of) (?:{some})\b"
    )


def _rate(text: str) -> str | None:
    """Which share of the deals that ended is wanted, by how these did."""
    if not re.search(d.RATE, text):
        return None
    return "lost" if re.search(d.LOSS_RATE, text) else "won"


def _ranking(query: Query, text: str) -> dict[str, bool]:
    """Whether deals are wanted by what they are worth, and from which end on."""
    is_of_deals = d.is_of_deals(text)
    largest, smallest = (is_of_deals and bool(re.search(one, text)) for one in (d.LARGEST, d.SMALLEST))
    average = bool(re.search(d.AVERAGE, text))
    one_by_one = bool(query.accounts) or (query.top or 1) > 1 or bool(re.search(EACH, text))
    by_amount = largest or smallest or (query.amount and one_by_one and not average and not query.by_industry)
    return {
        "by_amount": by_amount,
        "smallest": smallest and not largest,
        "average": average,
        "amount": query.amount or average,
    }


def _left(words: Sequence[str], text: str, said: Sequence[str]) -> tuple[str, ...]:
    """The words that stand in none of the stretches."""
    from koe.engine.offline.plan.filters import words_of
    from koe.language.tokens import stem, tokenize

    spans = [match.span() for one in said for match in re.finditer(re.escape(one), text)]
    inside = [t for t in tokenize(text) if any(t.start < end and start < t.end for start, end in spans)]
    taken = {form for token in inside for form in (token.normal, stem(token.normal))}
    taken |= {word for one in said for word in words_of(one)}
    return tuple(word for word in words if word not in taken)
