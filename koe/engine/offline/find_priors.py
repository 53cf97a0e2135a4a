"""What a conversation lets one expect of a turn before it is read: a sale or none, the question asked before.

Factors on the odds of each kind, set by judgement and general language: labelled turns stand alone, so
there is nothing to learn them from.
"""

import re
from collections.abc import Mapping

from koe.engine.offline.find_pieces import Around
from koe.records import FindingKind, MaskedConversation

__all__ = ["around_of", "asked_before", "factors"]

_K = FindingKind
ASKED = 2.5
"""How much likelier the kind is that the agent has just asked for."""
IN_A_SALE: Mapping[FindingKind, float] = {
    _K.OBJECTION: 1.8,
    _K.BUYING_REASON: 1.6,
    _K.COMPLAINT: 0.7,
    _K.PRAISE: 0.5,
}
_BACK = 2
"""Turns back at most to the agent's question."""
_TAIL = 120
"""Characters at the end of the agent's turn that hold the question."""

_ASKS: Mapping[FindingKind, re.Pattern[str]] = {
    _K.BUYING_REASON: re.compile(
        r"決め手|決断|選(?:んだ|ばれ|定)|きっかけ|(?:導入|検討|採用|契約|継続|更新)(?:の|を|され|いただ)?.{0,12}理由|"
        r"(?:良|よ|い)(?:い|かった|さそう)(?:な)?(?:点|ところ|部分)|魅力|評価|メリット|効果|"
        r"期待|変わ(?:り|った)|"
        r"\b(?:what (?:made|convinced|sold|swung|tipped|drew|stood out|attracted|appeal\w*)|"
        r"deciding|decide[ds]?|"
        r"why (?:did|do|are|us|now)|what['’]?s (?:driving|the draw)|benefits?|value|"
        r"hoping to (?:get|gain|achieve)|"
        r"like (?:best|most)|changed|difference|results?)\b",
        re.I,
    ),
    _K.OBJECTION: re.compile(
        r"懸念|不安|ネック|気(?:になる|がかり|になって)|引っかか|障害(?:に|と)なり|ハードル|心配|反対|慎重|"
        r"迷(?:わ|って|い)|見送|(?:進め|導入|決め).{0,16}(?:難し|妨げ|壁|課題)|他社|比較|競合|"
        r"\b(?:concern\w*|worr\w+|holding (?:you|things) back|hesita\w*|objections?|in the way|block\w*|"
        r"reservations?|pause|sticking|doubts?|nervous|stop(?:s|ping)? you|compar\w+|"
        r"competitors?|risks?|pushback)\b",
        re.I,
    ),
    _K.FEATURE_REQUEST: re.compile(
        r"要望|ご希望|リクエスト|あったら(?:いい|良い|嬉し|うれし|便利)|あれば(?:いい|良い|嬉し|うれし|便利)|"
        r"(?:欲しい|ほしい|足りない|不足)|改善(?:して|点|すべき)|"
        r"\b(?:wish\w*|features?|missing|would you (?:like|want) (?:to see|us)|improve\w*|requests?|"
        r"what else (?:do|would) you need|like to see)\b",
        re.I,
    ),
    _K.COMPLAINT: re.compile(
        r"お困り|困って|不具合|不便|ご不満|トラブル|問題(?:は|が|など|点)|どのような(?:状況|症状|現象)|何が起き|"
        r"\b(?:troubl\w*|problems?|issues?|go(?:es|ing)? wrong|happening|frustrat\w*|pain points?|struggl\w*|"
        r"difficult\w*)\b",
        re.I,
    ),
    _K.QUESTION: re.compile(
        r"ご?質問|ご?不明|わからない(?:点|ところ|こと)|分からない(?:点|ところ|こと)|お聞きになりたい|"
        r"\b(?:any (?:other |more )?questions?|anything unclear|want to ask)\b",
        re.I,
    ),
    _K.PRAISE: re.compile(
        r"(?:ご)?感想|使い(?:心地|勝手)|(?:使って|触って|お使い)(?:みて|になって|いただいて).{0,10}(?:いかが|どう)|"
        r"\b(?:how (?:are you finding|do you find|has it been|is it going|did you find)|"
        r"feedback|impressions?)\b",
        re.I,
    ),
}


def asked_before(conversation: MaskedConversation, place: int) -> frozenset[FindingKind]:
    """The kinds that the last words before the turn at `place` ask for, when an agent said them."""
    words = _agent_before(conversation, place)
    return frozenset(kind for kind, pattern in _ASKS.items() if pattern.search(words))


def around_of(conversation: MaskedConversation, place: int) -> Around:
    """What is known of the conversation around the turn at `place`."""
    is_call, is_sale = conversation.kind == "call", conversation.outcome is not None
    return Around(is_call, is_sale, _agent_before(conversation, place))


def _agent_before(conversation: MaskedConversation, place: int) -> str:
    """The last words before the turn at `place` when an agent said them, else nothing."""
    for turn in reversed(conversation.turns[max(0, place - _BACK) : place]):
        if turn.role == "agent":
            return turn.text[-_TAIL:]
    return ""


def factors(conversation: MaskedConversation, place: int) -> tuple[float, ...]:
    """For each kind, in the order of FindingKind, what to multiply its odds by."""
    if conversation.kind != "call":
        return (1.0,) * len(FindingKind)
    sale = IN_A_SALE if conversation.outcome is not None else {}
    asked = asked_before(conversation, place)
    return tuple(sale.get(kind, 1.0) * (ASKED if kind in asked else 1.0) for kind in FindingKind)
