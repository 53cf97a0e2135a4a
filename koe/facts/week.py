"""Facts: everything counted for one week, by code, from what is in the ledger."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from koe.facts.accounts import pseudonym, shown
from koe.facts.deals import amounts, deal_of, lost_deals, mentions
from koe.facts.numbers import list_facts
from koe.facts.praise import credited
from koe.facts.rows import Said, Told
from koe.facts.shape import Credit, QuoteCard, RequestFacts, ThemeFacts, Volumes, WeekFacts
from koe.facts.states import read_coverage
from koe.facts.tally import Tally, accounts_in, tally_themes, theme_facts
from koe.facts.window import Window, read_window
from koe.records import FindingKind
from koe.weeks import monday, period_of
from koe.workspace import Workspace

CREDITS: tuple[Credit, ...] = ("product", "support", "person")


def compute_facts(ws: Workspace, week: str) -> WeekFacts:
    """Everything counted for one week.

    One person is one voice: themes rank by distinct accounts, then distinct conversations (a repeated
    mail counts as the one it repeats), then severity, then accounts over all weeks of the window.
    Withdrawn conversations count nowhere; a merged theme counts as the one it was merged into. Questions
    are counted over all weeks of the window, everything else in the week.
    """
    with ws.ledger.connect() as conn:
        window = read_window(conn, ws, week)
        covered = read_coverage(conn, period_of(week, ws.settings.zone), (week, week))
    tallies = {kind: _tallies(window, kind) for kind in FindingKind}
    complaints = _themes(ws, window, tallies[FindingKind.COMPLAINT])
    losses = lost_deals(ws, window.closed, window.said)
    by_week = [[one for one in window.told.values() if one.week == each] for each in window.weeks]
    start = monday(week)
    facts = WeekFacts(
        week=week,
        start=start.isoformat(),
        end=(start + timedelta(days=6)).isoformat(),
        timezone=ws.settings.timezone,
        weeks=window.weeks,
        unread_weeks=window.unread,
        volumes=_volumes(by_week[-1]),
        volume_history=tuple(_volumes(told) for told in by_week),
        top_complaints=complaints[:3],
        complaints=complaints,
        gone=_gone(ws, window, tallies[FindingKind.COMPLAINT]),
        feature_requests=_requests(ws, window, tallies[FindingKind.FEATURE_REQUEST]),
        objections=_requests(ws, window, tallies[FindingKind.OBJECTION]),
        buying_reasons=_requests(ws, window, tallies[FindingKind.BUYING_REASON]),
        faq=_themes(ws, window, tallies[FindingKind.QUESTION]),
        praise=_praise(ws, window, tallies[FindingKind.PRAISE]),
        losses=losses,
        wins=sum(sale.outcome == "won" for sale in window.closed),
        coverage=covered.coverage,
        facts=(),
        quotes=tuple(_quotes(ws, window, {id for loss in losses for id in loss.findings})),
        unsettled=sum(one.theme is None for one in window.said if one.told.week == week),
        set_aside=sum(window.is_set_aside(one) for one in window.said if one.told.week == week),
    )
    return facts.model_copy(update={"facts": list_facts(facts, window, covered)})


def _tallies(window: Window, kind: FindingKind) -> list[Tally]:
    over = window.weeks if kind == FindingKind.QUESTION else window.weeks[-1:]
    return tally_themes(window.of_kind(kind), window.labels.values(), window.weeks, over)


def _volumes(told: Sequence[Told]) -> Volumes:
    tickets = sum(one.kind == "ticket" for one in told)
    return Volumes(tickets=tickets, calls=len(told) - tickets)


def _themes(ws: Workspace, window: Window, tallies: Iterable[Tally]) -> tuple[ThemeFacts, ...]:
    return tuple(_facts_of(ws, window, tally) for tally in tallies if tally.said)


def _gone(ws: Workspace, window: Window, tallies: Iterable[Tally]) -> tuple[ThemeFacts, ...]:
    """Themes of the week before that nobody named this week, those with the most accounts first."""
    if set(window.weeks[-2:-1]) & set(window.unread):
        return ()
    silent = [tally for tally in tallies if tally.before and not tally.said]
    silent.sort(key=lambda tally: (-accounts_in(tally.before), tally.label.id))
    return tuple(_facts_of(ws, window, tally) for tally in silent)


def _facts_of(ws: Workspace, window: Window, tally: Tally) -> ThemeFacts:
    is_read = [week not in window.unread for week in window.weeks]
    seen_earlier = tally.label.id in window.seen_earlier
    return theme_facts(tally, is_read, seen_earlier, _account_names(ws, tally.said))


def _account_names(ws: Workspace, said: Iterable[Said]) -> tuple[str, ...]:
    """One name per account, sorted; the newest name where a source changed it."""
    told = sorted((one.told for one in said), key=lambda t: (t.at, t.id))
    names = {one.account: shown(ws, one.account_id, one.account_name) for one in told}
    return tuple(sorted(names.values()))


def _requests(ws: Workspace, window: Window, tallies: Iterable[Tally]) -> tuple[RequestFacts, ...]:
    found: list[RequestFacts] = []
    for tally in (tally for tally in tallies if tally.said):
        deals = mentions(tally.said, window.sales)
        base = _facts_of(ws, window, tally).model_dump()
        found.append(RequestFacts(**base | {"deals": deals, "amounts": amounts(deals)}))
    return tuple(found)


def _praise(ws: Workspace, window: Window, tallies: Iterable[Tally]) -> tuple[ThemeFacts, ...]:
    return tuple(
        _facts_of(ws, window, tally).model_copy(update={"credited": _credits(window, tally)})
        for tally in tallies
        if tally.said
    )


def _credits(window: Window, tally: Tally) -> dict[Credit, int]:
    """Accounts of this theme by whom their praise credits, in a fixed order."""
    whom = [(one, credited(*window.words[one.id])) for one in tally.said]
    counts = {credit: accounts_in(one for one, to in whom if to == credit) for credit in CREDITS}
    return {credit: count for credit, count in counts.items() if count}


def _quotes(ws: Workspace, window: Window, of_losses: set[str]) -> Iterator[QuoteCard]:
    """A card for every finding that the facts name, oldest first; what is set aside is of no theme."""
    for one in window.said:
        is_aside = window.is_set_aside(one)
        is_counted = one.id in window.words and one.theme is not None and not is_aside
        if is_counted or one.id in of_losses:
            yield _card(ws, window, one._replace(theme=None) if is_aside else one)


def _card(ws: Workspace, window: Window, said: Said) -> QuoteCard:
    told, words, sale = said.told, window.words[said.id], window.sales.get(deal_of(said) or "")
    return QuoteCard.model_validate(
        {
            "finding": said.id,
            "conversation": told.external_id,
            "conversation_kind": told.kind,
            "account": shown(ws, told.account_id, told.account_name),
            "account_code": pseudonym(ws.key, told.account),
            "day": _day(told.at, ws.settings.zone),
            "turn": said.turn,
            "kind": said.kind,
            "statement": words.statement,
            "quote": words.quote,
            "severity": said.severity,
            "theme": said.theme,
            "outcome": sale.outcome if sale else None,
        }
    )


def _day(at: str, zone: ZoneInfo) -> str:
    return datetime.fromisoformat(at).astimezone(zone).date().isoformat()
