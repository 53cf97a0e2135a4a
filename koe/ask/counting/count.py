"""Counting what a question asks for: every value with the conversations or deals behind it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from koe.ask.rows.select import Row, cited
from koe.ask.shape import AskFact
from koe.facts.tally import standing
from koe.records import FindingKind
from koe.weeks import week_of

NOT_LOOKED: Mapping[str, int] = MappingProxyType({})
SHOWN = 20
"""Names that are listed; of more it is said how many."""
ALIKE = 0.9
"""A period that has this share of another one's days is about as long."""


def count_all(rows: Sequence[Row], label: str, prefix: str = "all") -> list[AskFact]:
    """Accounts, conversations and, where calls of deals are among them, deals."""
    facts = [
        AskFact(
            id=f"{prefix}.accounts", label=label, value=_distinct(rows, lambda r: r.voice), unit="accounts",
            records=cited(rows),
        ),
        AskFact(
            id=f"{prefix}.conversations", label=label, value=_distinct(rows, lambda r: r.counted_as),
            unit="conversations", records=cited(rows),
        ),
    ]  # fmt: skip
    deals = sorted({row.deal for row in rows if row.deal})
    if deals:
        facts.append(
            AskFact(id=f"{prefix}.deals", label=label, value=len(deals), unit="deals", records=tuple(deals))
        )
    return facts


def name_records(
    rows: Sequence[Row], shown: Callable[[Row], str], joint: str, prefix: str = "all"
) -> list[AskFact]:
    """The accounts by their last names, and the deals by their own ids, in the order in which they spoke.

    Accounts that are not known have no name; they are among those that are only said to be more.
    """
    names = list(dict.fromkeys({row.account: shown(row) for row in rows if row.account}.values()))
    deals = list(dict.fromkeys(row.deal for row in rows if row.deal))
    unknown = _distinct((row for row in rows if not row.account), lambda row: row.voice)
    lists = (("names", names, unknown), ("deal_ids", deals, 0))
    return [
        fact
        for id, found, unnamed in lists
        if found
        for fact in (
            AskFact(
                id=f"{prefix}.{id}",
                label="",
                value=joint.join(found[:SHOWN]),
                unit="names",
                records=cited(rows),
            ),
            *_rest(f"{prefix}.{id}", max(len(found) - SHOWN, 0) + unnamed, rows),
        )
    ]


def _rest(id: str, more: int, rows: Sequence[Row]) -> list[AskFact]:
    """How many more there are than are named."""
    unit = "accounts" if id.endswith("names") else "deals"
    return (
        [AskFact(id=f"{id}.more", label="", value=more, unit=unit, records=cited(rows))] if more > 0 else []
    )


def count_by_week(
    rows: Sequence[Row], weeks: Sequence[str], zone: ZoneInfo, unit: str = "accounts"
) -> list[AskFact]:
    """Accounts, or conversations, per week: one value for each week, also where it is 0."""
    groups = _group(rows, lambda row: week_of(datetime.fromisoformat(row.created_at), zone))
    return [
        AskFact(
            id=f"week.{week}", label=week, unit=unit, records=cited(groups[week]),
            value=_distinct(groups[week], lambda r: r.voice if unit == "accounts" else r.counted_as),
        )
        for week in weeks
    ]  # fmt: skip


def count_by_outcome(rows: Sequence[Row], outcomes: Sequence[str] = ("won", "lost")) -> list[AskFact]:
    """Deals per outcome whose calls carry the findings."""
    groups = _group([row for row in rows if row.deal], lambda row: row.outcome or "open")
    return [
        AskFact(
            id=f"outcome.{outcome}", label=outcome, value=_distinct(groups[outcome], lambda r: r.deal or ""),
            unit="deals", records=cited(groups[outcome]),
        )
        for outcome in outcomes
    ]  # fmt: skip


def count_by_kind(rows: Sequence[Row], kinds: Sequence[FindingKind]) -> list[AskFact]:
    """Accounts and conversations of each kind that the question names, also where there are none."""
    groups = _group(rows, lambda row: row.kind or "")
    parts = {f"kind.{kind}": groups[kind] for kind in kinds}
    counted = (fact for stem, some in parts.items() for fact in count_all(some, "", stem))
    return [fact for fact in counted if not fact.id.endswith(".deals")]


def count_by_stream(rows: Sequence[Row]) -> list[AskFact]:
    """Conversations among tickets and among calls."""
    kinds = {"tickets": "ticket", "calls": "call"}
    return count_parts(
        {name: [row for row in rows if row.conversation_kind == kind] for name, kind in kinds.items()},
        "stream",
    )


def count_parts(parts: Mapping[str, Sequence[Row]], prefix: str) -> list[AskFact]:
    """Conversations in each part, also where there are none."""
    return [
        AskFact(
            id=f"{prefix}.{name}", label="", value=_distinct(rows, lambda r: r.counted_as),
            unit="conversations", records=cited(rows),
        )
        for name, rows in parts.items()
    ]  # fmt: skip


def lengths_of(spans: Mapping[str, tuple[str | None, str | None]]) -> list[AskFact]:
    """The days of two periods of which one is much shorter; nothing where they are about as long."""
    ends = [date.fromisoformat(day) for span in spans.values() for day in span if day]
    if len(ends) != 2 * len(spans):
        return []
    days = [(until - since).days + 1 for since, until in zip(ends[::2], ends[1::2], strict=True)]
    if min(days) >= ALIKE * max(days):
        return []
    return [
        AskFact(id=f"span.{name}.days", label="", value=many, unit="days")
        for name, many in zip(spans, days, strict=True)
    ]


def rank_themes(
    rows: Sequence[Row], names: Mapping[str, str], lately: Mapping[str, int] = NOT_LOOKED
) -> list[tuple[str, list[Row]]]:
    """Themes in the report's order, with their findings; `lately` tells equally strong ones apart."""
    groups = _group([row for row in rows if row.theme in names], lambda row: row.theme or "")
    return sorted(
        groups.items(), key=lambda item: standing(*strength(item[1]), lately.get(item[0], 0), item[0])
    )


def strength(rows: Sequence[Row]) -> tuple[int, int, int]:
    """Distinct accounts, distinct conversations and the strongest severity of some findings."""
    accounts, conversations = _distinct(rows, lambda r: r.voice), _distinct(rows, lambda r: r.counted_as)
    return accounts, conversations, max(row.severity for row in rows)


def count_top(ranked: Sequence[tuple[str, list[Row]]], names: Mapping[str, str]) -> list[AskFact]:
    """Name, accounts and conversations of the first themes."""
    return [
        fact
        for place, (theme, rows) in enumerate(ranked, 1)
        for fact in (
            AskFact(id=f"top.{place}.name", label="", value=names[theme], unit="name", records=cited(rows)),
            *count_all(rows, names[theme], f"top.{place}"),
        )
    ]


def _distinct(rows: Iterable[Row], key: Callable[[Row], str]) -> int:
    return len({key(row) for row in rows})


def _group(rows: Iterable[Row], key: Callable[[Row], str]) -> dict[str, list[Row]]:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups
