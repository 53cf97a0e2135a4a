"""A question as filters, by its words: Japanese and English.

What a filter takes is cut out of the question; the content words that are left say what it is about.
"""

import re
from collections.abc import Sequence
from datetime import date

from koe.engine.base import Ask, Query
from koe.engine.offline.periods import Days, days_of
from koe.records import ConversationKind, FindingKind, Outcome, Theme
from koe.text import language_of, normalize

K = FindingKind

_KINDS: tuple[tuple[str, FindingKind], ...] = (
    (r"feature requests?|requested features?|requests?\b|要望|機能要求|欲しがって|ほしいと|欲しいと|求めて", K.FEATURE_REQUEST),
    (r"buying reasons?|reasons? (?:to buy|for buying|they (?:bought|chose))|why .{0,30}(?:\bwin\b|\bwon\b|chose|bought|buy)"
     r"|決め手|(?:購入|導入|受注|採用)(?:の|した|する|を決めた)?理由|買う理由|選んだ理由|選ばれる理由|買った理由", K.BUYING_REASON),
    (r"objections?|hesitat\w*|concerns?\b|reservations?|reasons? (?:not to buy|for losing|we lost)|why .{0,30}(?:\blose\b|\blost\b)"
     r"|懸念|不安|ためら|躊躇|見送|失注(?:の|した)?(?:理由|原因)|買わない理由|断られ|反対", K.OBJECTION),
    (r"complain(?:t|ts|ing|ed|s)?\b|grievances?|pain points?|苦情|不満|クレーム|文句|困って|困りごと", K.COMPLAINT),
    (r"faqs?\b|how-to|questions?\b|質問|よく聞かれ|聞かれ(?:た|て|る)|問い合わせの多い|使い方の", K.QUESTION),
    (r"prais\w+|compliments?|complimented|happy with|satisf\w+|褒め|ほめ|称賛|賞賛|好評|満足|喜び|喜ばれ|高評価", K.PRAISE),
)  # fmt: skip
_OUTCOMES: tuple[tuple[str, Outcome], ...] = (
    (r"\b(?:closed[- ])?lost\b|\blos(?:e|ing)\b|失注|負けた|逃した|取れなかった", "lost"),
    (r"\b(?:closed[- ])?won\b|\bwin(?:ning|s)?\b|受注|成約|勝った|獲得した|契約に至った", "won"),
    (r"\bopen deals?|in progress|pipeline|進行中|商談中の", "open"),
)
_CALL = r"\bcalls?\b|\bmeetings?\b|\bdeals?\b|\bprospects?\b|商談|通話|コール|打ち合わせ"
_TICKET = r"\btickets?\b|チケット"
_ASKS: tuple[tuple[str, Ask], ...] = (
    (r"increas\w+|decreas\w+|declin\w+|trend\w*|grow(?:ing|n)?\b|ris(?:e|ing|en)\b|fall(?:ing|en)?\b|go(?:ing|ne)? (?:up|down)|"
     r"more often|over time|week by week|per week|by week|each week|weekly|settled|増え|減っ|減り|推移|傾向|落ち着|収ま|治ま|週ごと|週別|毎週|変化", "trend"),
    (r"\bcompar\w+|\bversus\b|\bvs\b|\bdiffer\w*|比べ|比較|それぞれ|違い", "compare"),
    (r"how many|number of|count\b|何社|何件|何商談|いくつ|件数|社数", "count"),
    (r"\bwhy\b|reasons?\b|because|なぜ|どうして|理由|原因", "reasons"),
    (r"which|who\b|whose|list\b|what (?:are|were|do|did|is|was)|top|most|誰|どの|どこ|どんな|何(?:が|を|です|でし|と)|一覧|上位|トップ|一番|教えて", "list"),
)  # fmt: skip
_BY_WEEK = r"week by week|per week|by week|each week|every week|weekly|週ごと|週別|毎週|週単位"
_FIRST = r"first (?:seen|appeared|time)|newly|appeared for the first|\bnew (?:complaints?|themes?|requests?)|はじめて|初めて|新しく|新たに"
_MENTION = (
    r"[「『\"“']([^」』\"”']{1,40})[」』\"”']",
    r"([^\s、。がはをにでの「」]{2,20})という(?:言葉|単語|語|ワード|キーワード|用語)",
    r"\b(?:the )?(?:words?|terms?|phrases?|keywords?) ([\w-]{2,30})",
)
_SAYS = r"という(?:言葉|単語|語|ワード|キーワード|用語)|口に(?:した|して)|言及|mention\w*|\bsaid\b|\bsays?\b|\bus(?:e|ed|ing)\b|\bwords?\b|\bterms?\b|\bphrase\b"
_KEYWORDS = r"keywords?|\bwords?\b|キーワード|言葉遣い|どんな言葉|どういう言葉"
_BEYOND = (
    r"率(?:は|が|を|って|の推移)|何(?:%|パーセント|割)|売上|利益|原価|株価|従業員数|社員数|(?:契約|導入|利用|会員|顧客|ダウンロード|アクセス|インストール)(?:社|者|件)?数"
    r"|\b(?:churn|conversion|retention|open|click) rate|revenue|profit|head ?count|market share|(?:number of|how many) (?:downloads|installs|users|employees|customers)\b"
    r"|nps\b|\barr\b|\bmrr\b"
)
_FILLER = r"教えてください|ください|あります(?:か)?|ありました(?:か)?|ですか|でしたか|ますか|ましたか|でしょうか|お客さま|お客様|顧客|会社|企業|声|件|社|記録|期間|全期間|全体|データ"


def plan(question: str, themes: Sequence[Theme], today: str) -> Query:
    """The question as filters; `themes` are not looked at: koe matches the words that are left."""
    text = normalize(question).lower()
    days = days_of(question, date.fromisoformat(today))
    kinds = tuple(kind for pattern, kind in _KINDS if re.search(pattern, text))
    outcomes = [outcome for pattern, outcome in _OUTCOMES if re.search(pattern, text)]
    return Query(
        ask=_ask(text, outcomes),
        kinds=kinds,
        outcome=outcomes[0] if len(outcomes) == 1 else None,
        conversation_kind=_conversation_kind(text),
        since=days.since.isoformat() if days.since else None,
        until=days.until.isoformat() if days.until else None,
        words=_words(text, days),
        language=language_of(question),
        by_week=bool(re.search(_BY_WEEK, text)),
        first_seen=bool(re.search(_FIRST, text)),
        mentions=_mentions(text),
        period_named=bool(days.spans),
        beyond=bool(re.search(_BEYOND, text)),
    )


def _ask(text: str, outcomes: Sequence[Outcome]) -> Ask:
    if re.search(_KEYWORDS, text) and outcomes and not _mentions(text):
        return "keywords"
    if len(set(outcomes)) > 1:
        return "compare"
    return next((ask for pattern, ask in _ASKS if re.search(pattern, text)), "passage")


def _conversation_kind(text: str) -> ConversationKind | None:
    call, ticket = re.search(_CALL, text), re.search(_TICKET, text)
    if bool(call) == bool(ticket):
        return None
    return "call" if call else "ticket"


def _mentions(text: str) -> tuple[str, ...]:
    if not re.search(_SAYS, text):
        return ()
    found = (match[1].strip() for pattern in _MENTION for match in re.finditer(pattern, text))
    return tuple(dict.fromkeys(term for term in found if term))


def _words(text: str, days: Days) -> tuple[str, ...]:
    """Content words, in normal form, of what no filter took."""
    from koe.tokens import content_words, tokenize

    left = list(text)
    for start, end in [*days.spans, *_taken(text)]:
        left[start:end] = " " * (end - start)
    return tuple(dict.fromkeys(content_words(tokenize("".join(left)))))


def _taken(text: str) -> list[tuple[int, int]]:
    patterns = [
        *(pattern for pattern, _ in _KINDS),
        *(pattern for pattern, _ in _OUTCOMES),
        *(pattern for pattern, _ in _ASKS),
        _CALL, _TICKET, _BY_WEEK, _FIRST, _SAYS, _FILLER,
    ]  # fmt: skip
    return [match.span() for pattern in patterns for match in re.finditer(pattern, text)]
