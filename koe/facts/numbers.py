"""The list of facts: every number that prose may name, under an id that says what it is.

`volumes.<tickets|calls|conversations>[.previous|.change]`, `total.<kind>.<accounts|conversations>`,
`<kind>.<theme>.<accounts|conversations|previous_accounts|change>`, with `faq` for questions; and for
requests, objections and buying reasons `.deals[.<outcome>]`, `.amount.<currency>.<outcome>` and
`.no_amount.<outcome>`; `<losses|wins>.<deals|amount.<currency>|no_amount>`, `weeks.window`,
`coverage.<state|conversations|skipped|duplicates|dropped>`. A sum is of one currency, `none` where a deal
says none; the deals that say no amount are in no sum and counted as `no_amount` where there are any.
A `.change` is this week less the week before; a theme has none, and no `.previous_accounts`, where nobody
has read the week before.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from math import fsum
from typing import NamedTuple

from koe.facts.deals import Sale, unpriced
from koe.facts.rows import Said, Told
from koe.facts.shape import Fact, RequestFacts, ThemeFacts, WeekFacts
from koe.facts.states import Covered
from koe.facts.window import Window
from koe.records import FindingKind, State

CHANNELS = ("tickets", "calls", "conversations")
Entry = tuple[str, float, str, Iterable[str]]
"""Id, value, unit and the source ids behind it."""


def list_facts(facts: WeekFacts, window: Window, covered: Covered) -> tuple[Fact, ...]:
    """Every fact of the week, in a fixed order."""
    entries = [
        *_volumes(window),
        *_totals(window),
        *_closed(window.closed),
        *_coverage(covered),
        ("weeks.window", len(window.weeks), "weeks", ()),
    ]
    listed = [_fact(facts.week, entry) for entry in entries]
    records = _Records.of(window)
    for prefix, themes in _lists(facts):
        for theme in themes:
            listed += [_fact(facts.week, entry, theme.theme) for entry in _theme(prefix, theme, records)]
    return tuple(listed)


class _Records(NamedTuple):
    """Where the source ids of findings and themes are looked up."""

    weeks: tuple[str, ...]
    """This week and, where there is one, the week before."""
    of_finding: dict[str, str]
    of_theme: dict[tuple[str, str, str], list[str]]
    """By kind, theme and week."""
    is_read: bool
    """Whether anything of this week has been read."""

    @classmethod
    def of(cls, window: Window) -> "_Records":
        of_theme: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for one in (one for one in window.said if not window.is_set_aside(one)):
            of_theme[one.kind, one.theme or "", one.told.week].append(one.told.external_id)
        of_finding = {one.id: one.told.external_id for one in window.said}
        return cls(window.weeks[:-3:-1], of_finding, of_theme, window.week not in window.unread)


def _fact(week: str, entry: Entry, theme: str | None = None) -> Fact:
    id, value, unit, records = entry
    number = int(value) if value == int(value) else value
    body = {"id": id, "value": number, "unit": unit, "week": week, "theme": theme}
    return Fact.model_validate(body | {"records": tuple(sorted(set(records)))})


def _lists(facts: WeekFacts) -> list[tuple[str, Sequence[ThemeFacts]]]:
    return [
        ("complaint", [*facts.complaints, *facts.gone]),
        ("feature_request", facts.feature_requests),
        ("faq", facts.faq_candidates),
        ("objection", facts.objections),
        ("buying_reason", facts.buying_reasons),
        ("praise", facts.praise),
    ]


def _volumes(window: Window) -> Iterator[Entry]:
    for channel in CHANNELS:
        now, *before = [_ids(window.told.values(), week, channel) for week in reversed(window.weeks[-2:])]
        yield f"volumes.{channel}", len(now), "conversations", now
        for ids in before:
            yield f"volumes.{channel}.previous", len(ids), "conversations", ids
            yield f"volumes.{channel}.change", len(now) - len(ids), "conversations", [*now, *ids]


def _ids(told: Iterable[Told], week: str, channel: str) -> list[str]:
    return [t.external_id for t in told if t.week == week and channel in ("conversations", f"{t.kind}s")]


def _totals(window: Window) -> Iterator[Entry]:
    for kind in FindingKind:
        said = [one for one in window.of_kind(kind) if one.told.week == window.week and one.theme]
        records = _records(said)
        yield f"total.{kind.value}.accounts", len({s.told.account for s in said}), "accounts", records
        voices = len({s.told.voice for s in said})
        yield f"total.{kind.value}.conversations", voices, "conversations", records


def _closed(closed: Sequence[Sale]) -> Iterator[Entry]:
    for name, outcome in (("losses", "lost"), ("wins", "won")):
        some = [sale for sale in closed if sale.outcome == outcome]
        yield f"{name}.deals", len(some), "deals", [sale.external_id for sale in some]
        sums: dict[str, list[Sale]] = defaultdict(list)
        for sale in some:
            if sale.amount is not None:
                sums[sale.currency].append(sale)
        for currency, sales in sorted(sums.items()):
            total, ids = fsum(sale.amount or 0 for sale in sales), [sale.external_id for sale in sales]
            yield f"{name}.amount.{currency or 'none'}", total, "currency", ids
        for ids in unpriced(some).values():
            yield f"{name}.no_amount", len(ids), "deals", ids


def _coverage(covered: Covered) -> Iterator[Entry]:
    coverage, records = covered
    everything = [id for state, ids in records.items() if state != State.WITHDRAWN for id in ids]
    yield "coverage.conversations", coverage.conversations, "conversations", everything
    for state, count in coverage.states.items():
        yield f"coverage.{state.value}", count, "conversations", records[state]
    yield "coverage.duplicates", coverage.duplicates, "conversations", ()
    yield "coverage.skipped", coverage.skipped, "conversations", ()
    yield "coverage.dropped", sum(coverage.dropped.values()), "findings", ()


def _theme(prefix: str, theme: ThemeFacts, records: _Records) -> Iterator[Entry]:
    stem = f"{prefix}.{theme.theme}"
    behind = [records.of_finding[id] for id in theme.findings]
    yield f"{stem}.accounts", theme.accounts, "accounts", behind
    yield f"{stem}.conversations", theme.conversations, "conversations", behind
    if theme.previous_accounts is not None:
        now, before = (records.of_theme.get((theme.kind, theme.theme, week), []) for week in records.weeks)
        yield f"{stem}.previous_accounts", theme.previous_accounts, "accounts", before
        if records.is_read:
            change = theme.history[-1] - theme.previous_accounts
            yield f"{stem}.change", change, "accounts", [*now, *before]
    if isinstance(theme, RequestFacts) and theme.deals:
        yield from _deals(stem, theme)
    for credit, accounts in theme.credited.items():
        yield f"{stem}.credited.{credit}", accounts, "accounts", behind


def _deals(stem: str, theme: RequestFacts) -> Iterator[Entry]:
    yield f"{stem}.deals", len(theme.deals), "deals", [one.deal for one in theme.deals]
    for outcome in sorted({one.outcome for one in theme.deals}):
        some = [one.deal for one in theme.deals if one.outcome == outcome]
        yield f"{stem}.deals.{outcome}", len(some), "deals", some
    for currency, sums in theme.amounts.items():
        for outcome, amount in sums.items():
            priced = [d for d in theme.deals if d.currency == currency and d.amount is not None]
            some = [d.deal for d in priced if d.outcome == outcome]
            yield f"{stem}.amount.{currency or 'none'}.{outcome}", amount, "currency", some
    for outcome, ids in unpriced(theme.deals).items():
        yield f"{stem}.no_amount.{outcome}", len(ids), "deals", ids


def _records(said: Iterable[Said]) -> list[str]:
    return [one.told.external_id for one in said]
