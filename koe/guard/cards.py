"""A week's facts as an engine sees them: cards for what can be counted, findings for what was said."""

from collections.abc import Iterator

from koe.engine.base import FactCard
from koe.facts.shape import Fact, QuoteCard, ThemeFacts, WeekFacts
from koe.guard.slots import THEME
from koe.language.text import Language
from koe.records import Finding

TREND = "trend."
OUTCOME = "outcome."
_LABELS: dict[str, tuple[str, str]] = {
    "accounts": ("会社数", "accounts"),
    "conversations": ("会話の数", "conversations"),
    "previous_accounts": ("前週の会社数", "accounts in the week before"),
    "previous": ("前週の数", "in the week before"),
    "change": ("前週との差", "change from the week before"),
    "deals": ("商談の数", "deals"),
    "amount": ("商談の金額", "amount of deals"),
    "none": ("通貨の記載なし", "no currency on record"),
    "no_amount": ("金額の記載がない商談、どの合計にも入らない", "deals without an amount, in no sum"),
    "won": ("受注", "won"),
    "lost": ("失注", "lost"),
    "open": ("商談中", "open"),
    "volumes": ("届いた会話", "conversations that came in"),
    "tickets": ("問い合わせ", "tickets"),
    "calls": ("商談・通話", "calls"),
    "total": ("合計", "in total"),
    "complaint": ("困りごと", "complaints"),
    "feature_request": ("要望", "feature requests"),
    "question": ("質問", "questions"),
    "faq": ("質問", "questions"),
    "objection": ("迷い・断り", "objections"),
    "buying_reason": ("選ばれる理由", "reasons to buy"),
    "praise": ("お褒め", "praise"),
    "losses": ("今週の失注", "deals lost this week"),
    "wins": ("今週の受注", "deals won this week"),
    "weeks": ("週", "weeks"),
    "window": ("数えた期間", "period counted"),
    "coverage": ("読んだ範囲", "coverage"),
    "credited": ("評価の相手", "credited"),
    "support": ("サポート", "support"),
    "product": ("製品", "product"),
    "person": ("担当者", "person"),
}


def cards_of(facts: WeekFacts, language: Language) -> tuple[FactCard, ...]:
    """Every fact as a card, then each theme's name and trend, then the outcome behind each sales finding."""
    names = {theme.theme: theme.name for theme in _themes(facts)}
    numbers = (_card(fact, names, language) for fact in facts.facts)
    return (*numbers, *_texts(facts), *_outcomes(facts))


def findings_of(facts: WeekFacts) -> tuple[Finding, ...]:
    """The findings that the facts name, those of each theme strongest first."""
    order = {id: n for n, id in enumerate(id for theme in _themes(facts) for id in theme.findings)}
    cards = sorted(facts.quotes, key=lambda card: order.get(card.finding, len(order)))
    return tuple(_finding(card) for card in cards)


def _themes(facts: WeekFacts) -> Iterator[ThemeFacts]:
    yield from facts.complaints
    yield from facts.gone
    yield from facts.feature_requests
    yield from facts.faq
    yield from facts.objections
    yield from facts.buying_reasons
    yield from facts.praise


def _card(fact: Fact, names: dict[str, str], language: Language) -> FactCard:
    parts = [part for part in fact.id.split(".") if part != fact.theme]
    words = [_LABELS[part][language == "en"] if part in _LABELS else part for part in parts]
    head = [names[fact.theme]] if fact.theme in names else []
    label = " / ".join([*head, *words])
    return FactCard(id=fact.id, value=fact.value, unit=fact.unit, label=label, theme=fact.theme)


def _texts(facts: WeekFacts) -> Iterator[FactCard]:
    for one in _themes(facts):
        yield FactCard(id=f"{THEME}{one.theme}", value=one.name, unit="text", label=one.name, theme=one.theme)
        yield FactCard(
            id=f"{TREND}{one.theme}", value=one.trend, unit="trend", label=one.name, theme=one.theme
        )


def _outcomes(facts: WeekFacts) -> Iterator[FactCard]:
    for card in facts.quotes:
        if card.outcome is not None:
            yield FactCard(
                id=f"{OUTCOME}{card.finding}",
                value=card.outcome,
                unit="outcome",
                label=card.finding,
                theme=card.theme,
            )


def _finding(card: QuoteCard) -> Finding:
    return Finding(
        id=card.finding,
        conversation=card.conversation,
        kind=card.kind,
        statement=card.statement,
        quote=card.quote,
        turn=card.turn,
        start=0,
        end=len(card.quote),
        severity=card.severity,
        engine="",
        theme=card.theme,
    )
