"""What a prospect says who refuses, by rule: a decision against us is an objection whatever the model says.

Each rule looks at one sentence, general language only.
"""

import re

from koe.language.text import Span, sentences
from koe.records import FindingKind

__all__ = ["refusals_in", "turned"]

_FOR_US = frozenset({FindingKind.BUYING_REASON, FindingKind.PRAISE})
_AGAINST = re.compile(
    r"(?:今回|今期|今年度?|来期|当面|弊社|当社|うち|導入|契約|更新|採用|御社|貴社|そちら)(?:は|では|を|"
    r"の(?:導入|契約|更新|採用)(?:は|を))?"
    r"[^。、]{0,10}(?:見送(?:り|る|ら|っ)|お断り)|(?:御社|貴社|おたく|そちら)(?:さん|様)?(?:は|を|に|"
    r"で)[^。、]{0,6}"
    r"(?:選びません|選ばな|選べな|やめ(?:た|まし|ること)|外し|外れ)|"
    r"(?:他社|他の(?:会社|業者|製品|サービス|ところ)|別の(?:会社|業者|製品|サービス|ところ)|よそ|競合|"
    r"もう一社|あちら)(?:さん|様|社)?"
    r"(?:の(?:製品|サービス|ほう|方))?(?:に|を)(?:決め(?:た|まし|ること)|決まり|選(?:ん|び|ぶこと)|"
    r"採用(?:し|する)|お願いする)|"
    r"\b(?:decided|deciding|voted|came down|ruled|chose) against (?:you|it|your|this|going|buying|signing|"
    r"renewing|"
    r"(?-i:[A-Z]\w+|\[))|\b(?:turned|turning|turn) (?:you|your \w+|the (?:offer|proposal)) down\b|"
    r"\b(?:won['’]?t|will not|are not|aren['’]?t|['’]re not|am not|not) (?:be )?(?:go(?:ing)?|mov(?:e|ing)) "
    r"(?:ahead|forward) with (?:you|it|your|this)\b|"
    r"\b(?:went|gone|going|signed|signing|stay(?:ed|ing)|stuck|sticking) (?:up )?with (?:another|a different|"
    r"the other|"
    r"some(?:one|body) else|a (?:competitor|rival|cheaper)|our (?:current|present|existing|old))\b|"
    r"\b(?:went|gone|going|signed) (?:up )?with (?:(?-i:[A-Z][\w-]+)(?: (?-i:[A-Z][\w-]+))*|"
    r"\[[^\]\n]+\])(?: instead\b|"
    r",? (?:because|as|since) (?:they|their|theirs)\b)|"
    r"\b(?:chose|choosing|picked|selected|preferred|went for|opted for) (?:\S+ ){1,4}(?:over|instead of|"
    r"rather than) "
    r"(?:you|yours)\b",
    re.I,
)
_REASON = re.compile(
    r"ため|ので|(?<!結論)から|理由|ですし|\b(?:because|as|since|due to|owing to|for lack of|reason|over|"
    r"on (?:price|"
    r"cost|security))\b",
    re.I,
)
_YET = re.compile(
    r"(?:が|けど|けれど|ものの|のに)[、,]|失敗|後悔|\b(?:but|though|although|however|yet|nearly|almost|"
    r"regret\w*|until)\b",
    re.I,
)
_REFUSED = re.compile(
    r"論外(?:です|だ|や|でし|かな|、|。|$)|話にな(?:らな|りませ)|"
    r"\b(?:deal-?\s?breakers?|non-?\s?starters?|show-?\s?stoppers?|out of the question)\b",
    re.I,
)
_NOT_REFUSED = re.compile(
    r"論外(?:では|じゃ|とは)|(?:と|とまで)は(?:言|申)|"
    r"\b(?:not|never|n['’]t|hardly|no longer|used to be|was|were|if)\b.{0,24}(?:deal-?\s?breaker|"
    r"non-?\s?starter|show-?\s?stopper|"
    r"out of the question)|\?\s*$|？\s*$",
    re.I,
)
_LEAST = {"ja": 12, "en": 30}
"""Characters of a sentence that says what is refused; a shorter one gives no reason."""


def turned(kind: FindingKind, sentence: str) -> FindingKind:
    """An objection for what seems to speak for us in a sentence that says why somebody decided against us."""
    against = kind in _FOR_US and _AGAINST.search(sentence) and _REASON.search(sentence)
    return FindingKind.OBJECTION if against and not _YET.search(sentence) else kind


def refusals_in(text: str) -> list[Span]:
    """The sentences in which a prospect refuses outright and says over what."""
    return [one for one in sentences(text) if _is_refusal(text[one.start : one.end].strip())]


def _is_refusal(sentence: str) -> bool:
    least = _LEAST["en" if sentence.isascii() else "ja"]
    return len(sentence) >= least and bool(_REFUSED.search(sentence)) and not _NOT_REFUSED.search(sentence)
