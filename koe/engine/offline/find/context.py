"""What stands around a turn in its conversation: a sale or none, what was asked before, its place."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from koe.engine.offline.find.text import opens_to_machine
from koe.mask.placeholder import without_codes
from koe.records import FindingKind, MaskedConversation

__all__ = ["ALONE", "NUMBERS", "Context", "asked_before", "context_of", "contexts_of", "numbers_of"]

_K = FindingKind
_BACK = 2
"""Turns back at most to the agent's words."""
_TAIL = 120
"""Characters at the end of the agent's turn that hold the question."""
_SHORT = 40
_LOOKED_AT = 15_000
"""Characters of a turn that are looked at for anything to read."""
FEW, _MIDDLE = 4, 2
"""A call in which customers speak so seldom, or nobody else does, has no greetings at its ends: every turn
counts as one in the middle."""
KINDS = tuple(FindingKind)


class Context(NamedTuple):
    """Where a turn stands in its conversation."""

    is_call: bool
    is_sale: bool | None = None
    """Whether it belongs to a deal; None when nothing is known of its conversation."""
    agent: str = ""
    """The end of what the agent said just before; empty when nobody did."""
    place: int = 0
    """How many customer turns stand before it."""
    behind: int = 0
    """How many customer turns stand behind it."""


ALONE = (Context(False), Context(True))
"""A ticket's turn and a call's of which nothing else is known."""

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
    return _asked(_agent_before(conversation, place))


def context_of(conversation: MaskedConversation, place: int) -> Context:
    """What is known of the turn at `place`."""
    return contexts_of(conversation)[place]


def contexts_of(conversation: MaskedConversation) -> list[Context]:
    """What is known of each turn, in their order.

    A customer's turn that begins with words aimed at a machine is not counted.
    """
    turns = conversation.turns
    is_call, is_sale = conversation.kind == "call", conversation.outcome is not None
    said = [turn.role == "customer" and _says_something(turn.text[:_LOOKED_AT]) for turn in turns]
    is_short = is_call and (sum(said) < FEW or all(turn.role != "agent" for turn in turns))
    found = []
    for place in range(len(turns)):
        ends = (_MIDDLE, _MIDDLE) if is_short else (sum(said[:place]), sum(said[place + 1 :]))
        found.append(Context(is_call, is_sale, _agent_before(conversation, place), *ends))
    return found


def _says_something(text: str) -> bool:
    return bool(text.strip()) and not opens_to_machine(text)


def _agent_before(conversation: MaskedConversation, place: int) -> str:
    for turn in reversed(conversation.turns[max(0, place - _BACK) : place]):
        if turn.role == "agent":
            return without_codes(turn.text)[-_TAIL:]
    return ""


def _asked(words: str) -> frozenset[FindingKind]:
    return frozenset(kind for kind, pattern in _ASKS.items() if pattern.search(words))


def numbers_of(context: Context) -> tuple[int, ...]:
    """NUMBERS whole numbers; all of them 0 for a turn alone."""
    if context.is_sale is None:
        return (0,) * NUMBERS
    call, sale, words = context.is_call, context.is_sale, context.agent.strip()
    asks = words.endswith(("?", "？", "か。", "か", "ね。"))
    asked = _asked(words) if words else frozenset[FindingKind]()
    answer = [int(kind in asked) for kind in KINDS]
    place = [context.place == 0, context.place == 1, context.behind == 0, context.behind == 1]
    where = [call and sale, call and not sale, sale and not call, not call and not sale]
    told = [not words, bool(words) and asks, bool(words) and not asks, len(words) > _SHORT]
    mixed = [asks and call and sale, bool(asked), not words and not call, call and context.place > 3]
    return tuple(int(one) for one in (*answer, *place, *where, *told, *mixed))


NUMBERS = len(FindingKind) + 16
