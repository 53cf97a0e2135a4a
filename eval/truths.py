"""True sentences in words that are not those of koe's own digest: what an honest engine may well write."""

from collections.abc import Iterator, Mapping, Sequence
from string import Template

from koe.engine.base import Sentence
from koe.facts.shape import ThemeFacts, WeekFacts
from koe.language.text import Language

__all__ = ["truths"]

_WEEK: Mapping[Language, tuple[str, ...]] = {
    "ja": (
        "今週は{f:volumes.conversations}件の会話が届き、内訳は問い合わせ{f:volumes.tickets}件、商談・通話{f:volumes.calls}件でした。",
        "今週の受注は{f:wins.deals}件、失注は{f:losses.deals}件でした。",
        "要望を寄せた会社は{f:total.feature_request.accounts}社にのぼります。",
        "読み取れなかった会話は{f:coverage.failed}件ありました。",
    ),
    "en": (
        "This week {f:volumes.tickets} tickets and {f:volumes.calls} calls reached us.",
        "The team won {f:wins.deals} deals and lost {f:losses.deals}.",
        "Feature requests reached us from {f:total.feature_request.accounts} accounts.",
        "Of all conversations, {f:coverage.failed} could not be read.",
    ),
}
_ONE: Mapping[str, Mapping[Language, tuple[str, ...]]] = {
    "complaint": {
        "ja": (
            "「{t:$a}」に困っている会社は{f:complaint.$a.accounts}社あります。",
            "お客様は「{t:$a}」について{q:$q}と訴えています。",
            "{f:complaint.$a.accounts}社が「{t:$a}」への不満を口にしました。",
        ),
        "en": (
            "“{t:$a}” troubled {f:complaint.$a.accounts} accounts this week.",
            "Regarding “{t:$a}”, a customer wrote: {q:$q}.",
            "Frustration with “{t:$a}” came from {f:complaint.$a.accounts} accounts.",
        ),
    },
    "feature_request": {
        "ja": ("要望のなかでは「{t:$a}」を{f:feature_request.$a.accounts}社が求めています。",),
        "en": ("Meanwhile, {f:feature_request.$a.accounts} accounts would like “{t:$a}”.",),
    },
    "question": {
        "ja": ("「{t:$a}」という質問が{f:weeks.window}週間で{f:faq.$a.accounts}社から寄せられています。",),
        "en": ("Across {f:weeks.window} weeks, {f:faq.$a.accounts} accounts wanted to know “{t:$a}”.",),
    },
    "objection": {
        "ja": ("商談では「{t:$a}」を懸念する会社が{f:objection.$a.accounts}社ありました。",),
        "en": ("On calls, {f:objection.$a.accounts} accounts were worried about “{t:$a}”.",),
    },
    "praise": {
        "ja": ("「{t:$a}」には{f:praise.$a.accounts}社から感謝の言葉が届きました。",),
        "en": ("Happily, {f:praise.$a.accounts} accounts were pleased with “{t:$a}”.",),
    },
}
_TWO: Mapping[Language, tuple[str, ...]] = {
    "ja": (
        "「{t:$a}」（{f:complaint.$a.accounts}社）と「{t:$b}」（{f:complaint.$b.accounts}社）が目立ちました。",
        "「{t:$a}」に続くのは「{t:$b}」で、{f:complaint.$b.accounts}社から不満が寄せられました。",
    ),
    "en": (
        "“{t:$a}” ({f:complaint.$a.accounts} accounts) and “{t:$b}” ({f:complaint.$b.accounts}) stood out.",
        "After “{t:$a}” comes “{t:$b}”, with complaints from {f:complaint.$b.accounts} accounts.",
    ),
}
_MORE: Mapping[Language, tuple[str, ...]] = {
    "ja": (
        "「{t:$a}」は「{t:$b}」より多くの会社から聞かれました。",
        "「{t:$b}」を上回ったのが「{t:$a}」です。",
    ),
    "en": (
        "More accounts spoke of “{t:$a}” than of “{t:$b}”.",
        "“{t:$b}” was heard less often than “{t:$a}”.",
    ),
}


def truths(facts: WeekFacts, language: Language) -> Iterator[Sentence]:
    """What can be said of the week, each sentence right and cited."""
    yield from (Sentence(text=text) for text in _WEEK[language])
    for one in _firsts(facts):
        for text in _ONE[one.kind][language] if one.kind in _ONE else ():
            yield _said(text, (one,))
    first = facts.complaints[:2]
    if len(first) == 2:
        forms = (*_TWO[language], *(_MORE[language] if first[0].accounts > first[1].accounts else ()))
        yield from (_said(text, first) for text in forms)


def _firsts(facts: WeekFacts) -> Iterator[ThemeFacts]:
    yield from facts.complaints[:3]
    for group in (facts.feature_requests, facts.faq, facts.objections, facts.praise):
        yield from group[:2]


def _said(text: str, themes: Sequence[ThemeFacts]) -> Sentence:
    names = dict(zip("ab", (one.theme for one in themes), strict=False))
    cites = tuple(one.findings[0] for one in themes)
    return Sentence(text=Template(text).substitute(names, q=cites[0]), cites=cites)
