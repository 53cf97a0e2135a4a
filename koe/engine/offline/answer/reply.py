"""An answer in words by templates: every number and every name is a slot."""

from collections.abc import Callable, Mapping, Sequence

from koe.engine.base import Draft, FactCard, Sentence
from koe.engine.offline.answer import deals, lists
from koe.engine.offline.answer.compared import compared
from koe.engine.offline.answer.mentions import mentions
from koe.engine.offline.answer.moves import moves
from koe.engine.offline.answer.nouns import Cards, counted
from koe.engine.offline.answer.weeks import weeks
from koe.language.text import Language
from koe.records import Finding


def answer(
    question: str, facts: Sequence[FactCard], findings: Sequence[Finding], language: Language
) -> Draft:
    """Sentences over the facts that were counted; what was not counted is not spoken of."""
    cards = {card.id: card for card in facts}
    cites = tuple(finding.id for finding in findings)
    texts = [text for part in _PARTS for text in part(cards, language)]
    return Draft(sentences=tuple(Sentence(text=text, cites=cites) for text in texts), language=language)


def _volumes(cards: Cards, language: Language) -> list[str]:
    """What came in, and what became of deals."""
    return [*_came_in(cards, language), *deals.closed(cards, language)]


def _came_in(cards: Cards, language: Language) -> list[str]:
    if "volumes.conversations" not in cards:
        return []
    streams = [name for name in ("tickets", "calls") if f"volumes.{name}" in cards]
    if language == "en":
        parts = " and ".join(counted(cards, f"volumes.{name}", name) for name in streams)
        whole = (
            f", {counted(cards, 'volumes.conversations', 'conversations')} in all" if len(streams) > 1 else ""
        )
        return [f"There are {parts}{whole}, from {counted(cards, 'volumes.accounts', 'accounts')}."]
    words = {"tickets": "問い合わせ", "calls": "通話"}
    parts = "、".join(f"{words[name]}{{f:volumes.{name}}}件" for name in streams)
    whole = "（合わせて{f:volumes.conversations}件の会話）" if len(streams) > 1 else ""
    return [f"{parts}{whole}です。", "会社の数では{f:volumes.accounts}社です。"]


def _streams(cards: Cards, language: Language) -> list[str]:
    if "stream.tickets" not in cards:
        return []
    if language == "en":
        parts = [counted(cards, f"stream.{name}", name) for name in ("tickets", "calls")]
        return [f"By channel: {parts[0]}, {parts[1]}."]
    return ["内訳は問い合わせ{f:stream.tickets}件、通話{f:stream.calls}件です。"]


def _spans(cards: Cards, language: Language) -> list[str]:
    if "span.before" not in cards or "moves" in cards:
        return []
    differs = "span.before.days" in cards
    if language == "en":
        parts = [counted(cards, f"span.{name}", "conversations") for name in ("before", "after")]
        days = "Days in the earlier period: {f:span.before.days}; in the later period: {f:span.after.days}."
        return [f"Earlier period: {parts[0]}; later period: {parts[1]}.", *([days] if differs else [])]
    days = "期間の長さが違います（先は{f:span.before.days}日間、後は{f:span.after.days}日間）。"
    return [
        "先の期間は{f:span.before}件、後の期間は{f:span.after}件の会話です。",
        *([days] if differs else []),
    ]


def _topic(cards: Cards, language: Language) -> list[str]:
    if "all.name" not in cards:
        return []
    if "reply.1" in cards and "answered.conversations" not in cards:
        return _answered(cards, language)
    is_near = cards["all.name"].label == "near"
    if language == "en":
        nouns = [noun for noun in ("accounts", "conversations", "deals") if f"all.{noun}" in cards]
        lead = 'Near in meaning to "{f:all.name}": ' if is_near else '"{f:all.name}": '
        told = lead + ", ".join(counted(cards, f"all.{noun}", noun) for noun in nouns) + "."
        return [told]
    lead = "「{f:all.name}」に意味の近い声は" if is_near else "「{f:all.name}」にあたる声は"
    lead += "{f:all.accounts}社、{f:all.conversations}件の会話にあります"
    return [lead + ("（商談{f:all.deals}件）。" if "all.deals" in cards else "。")]


def _lacking(cards: Cards, language: Language) -> list[str]:
    """Words of the question that no customer says."""
    ids = [id for id in cards if id.startswith("lacking.")]
    if language == "en":
        return [f'Not among the words of customers: "{{f:{id}}}".' for id in ids]
    return [f"「{{f:{id}}}」という言葉は、お客さまの発言に出てきません。" for id in ids]


def _answered(cards: Cards, language: Language) -> list[str]:
    """How many of those who speak of a matter had an answer."""
    if language == "en":
        whole = [counted(cards, f"all.{noun}", noun) for noun in ("accounts", "conversations")]
        return [f'"{{f:all.name}}" was answered to {whole[0]} in {whole[1]}.']
    return ["「{f:all.name}」には{f:all.accounts}社、{f:all.conversations}件の会話で答えています。"]


def _total(cards: Cards, language: Language) -> list[str]:
    if "total.accounts" not in cards:
        return []
    if language == "en":
        whole = [counted(cards, f"total.{noun}", noun) for noun in ("accounts", "conversations")]
        by = "account" if "who.1.name" in cards else "theme"
        lead = "What customers said: " if "loss.known" in cards else "In all, "
        return [f"{lead}{whole[0]} in {whole[1]}, by {by}:"]
    if "who.1.name" in cards:
        return [
            "あてはまる声は合わせて{f:total.accounts}社、{f:total.conversations}件の会話にあります。会話の多い会社:"
        ]
    lead = "お客さまの発言では" if "loss.known" in cards else "あてはまる声は"
    return [f"{lead}合わせて{{f:total.accounts}}社、{{f:total.conversations}}件の会話にあります。多い順に:"]


def _top(cards: Cards, language: Language) -> list[str]:
    places = [f"top.{place}" for place in range(1, 11) if f"top.{place}.name" in cards]
    if language == "en":
        lines = [
            f"· {{f:{p}.name}} ({counted(cards, f'{p}.accounts', 'accounts')}, "
            f"{counted(cards, f'{p}.conversations', 'conversations')})" + _of_whom(cards, p)
            for p in places
        ]
    else:
        lines = [
            f"・{{f:{p}.name}}（{{f:{p}.accounts}}社、{{f:{p}.conversations}}件の会話）{_of_whom(cards, p)}"
            for p in places
        ]
    return [*lines, *_more_themes(cards, language)]


def _of_whom(cards: Cards, place: str) -> str:
    return f": {{f:{place}.names}}" if f"{place}.names" in cards else ""


def _more_themes(cards: Cards, language: Language) -> list[str]:
    """How many themes are not listed."""
    if "top.more" not in cards:
        return []
    is_one = cards["top.more"].value == 1
    if language == "en":
        return [f"And {{f:top.more}} more {'theme' if is_one else 'themes'}, not listed here."]
    return ["ほかに{f:top.more}個のテーマがあります。"]


def _days(cards: Cards, language: Language) -> list[str]:
    if "last.day" not in cards:
        return []
    if language == "en":
        return ["First said on {f:first.day}, last on {f:last.day}."]
    return ["最初の声は{f:first.day}、最後の声は{f:last.day}です。"]


def _end(cards: Cards, language: Language) -> list[str]:
    if "end.day" not in cards:
        return []
    is_first, is_named = cards["end.day"].label == "first", "end.name" in cards
    if language == "en":
        lead = "First" if is_first else "Last"
        return [f"{lead} said on {{f:end.day}}" + (", by {f:end.name}." if is_named else ".")]
    lead = "最初の声は{f:end.day}" if is_first else "最後の声は{f:end.day}"
    return [lead + ("、{f:end.name}からです。" if is_named else "です。")]


def _without(cards: Cards, language: Language) -> list[str]:
    if "without.name" not in cards:
        return []
    return [
        'Left out: "{f:without.name}".'
        if language == "en"
        else "「{f:without.name}」にあたる声を除いています。"
    ]


def _replies(cards: Cards, language: Language) -> list[str]:
    told = _OF_REPLIES[language]
    found = ["answered.conversations"] if "answered.conversations" in cards else []
    lines = [card.id for card in cards.values() if card.id.startswith(("reply.", "next."))]
    return [told[id.partition(".")[0]].format(f"{{f:{id}}}") for id in (*found, *lines)]


_OF_REPLIES: Mapping[Language, Mapping[str, str]] = {
    "ja": {
        "answered": "同じ言葉でこちらが答えているのは{}件の会話です。",
        "reply": "回答: {}",
        "next": "続けてこちらが話したこと: {}",
    },
    "en": {
        "answered": "Conversations in which our answer speaks of it in the same words: {}.",
        "reply": "Answered: {}",
        "next": "Said next by us: {}",
    },
}


def _terms(cards: Cards, language: Language) -> list[str]:
    places = [f"word.{place}" for place in range(1, 11) if f"word.{place}.term" in cards]
    if language == "en":
        return [
            f'"{{f:{p}.term}}": deals {{f:{p}.lost}} lost, {{f:{p}.won}} won'
            + (" (a hint only)" if cards[f"{p}.term"].label == "hint" else "")
            for p in places
        ]
    return [
        f"「{{f:{p}.term}}」: 失注{{f:{p}.lost}}件、受注{{f:{p}.won}}件"
        + ("（参考）" if cards[f"{p}.term"].label == "hint" else "")
        for p in places
    ]


_PARTS: tuple[Callable[[Cards, Language], list[str]], ...] = (
    _spans,
    _volumes,
    lists.who_came,
    moves,
    _end,
    _without,
    mentions,
    deals.losses,
    _lacking,
    compared,
    _topic,
    lists.of_kinds,
    _total,
    _top,
    lists.who,
    _terms,
    weeks,
    _days,
    deals.outcomes,
    deals.industries,
    deals.worth,
    deals.one_by_one,
    _streams,
    lists.names,
    _replies,
)
