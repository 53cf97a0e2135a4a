"""The words by which a question asks what deals are worth, over its normalised lower-case text."""

from koe.engine.offline.plan.kinds import either
from koe.engine.offline.plan.who import COMPANY_EN

__all__ = ["AMOUNT", "EACH", "LOST_MONEY"]

_DEALS_EN = r"(?:deals?|contracts?|opportunit(?:y|ies)|pipeline)"
_DEALS_JA = r"(?:商談|案件|契約|取引|ディール)"
_ENDED_EN = r"(?:win|won|lose|lost|close|closed|sell|sold|book|booked|sign|signed)"
_ENDED_JA = r"(?:受注|失注|成約|契約|失|逃|取れ|売れ|決ま|獲得)"
_MONEY_EN = r"(?:money|revenue|business|value|income|turnover)"
_MONEY_JA = r"(?:売り?上げ?高?|お?金額?)"
AMOUNT = either(
    r"(?:合計)?金額|総額|合計額|(?:合計|合わせて|全部で)(?:で|すると|は)?いくら",
    r"\b(?:(?:total|combined|overall) )?amounts?\b|\b(?:total|combined|overall) value\b",
    r"\b(?:are|is|were|was) (?:they|it|these|those) worth\b|\b(?:for|at) how much\b",
    rf"\bhow much (?:money\b|(?=did we {_ENDED_EN}\b|have we {_ENDED_EN}\b|was {_ENDED_EN}\b))",
    rf"\b(?:how much|what)(?:'s| is| are| was| were)\b(?=.{{1,60}}\b{_DEALS_EN}\b.{{0,24}}\bworth\b)",
    r"\bhow much (?:is|are|was|were)\b(?=.{1,60}\bworth\b)|\bworth\b(?=\s*(?:[?.!]|$|(?:in )?total\b))",
    rf"\bhow much (?:is|are|was|were)\b(?=.{{1,40}}\b{_DEALS_EN}\b\s*(?:[?.!]|$))",
    rf"\bhow much (?:is|are|was|were)\b(?=.{{1,40}}\b(?:amounts?|value|size)\b.{{1,24}}\b{_DEALS_EN}\b)",
    rf"\b(?:value|size)\b(?= of (?:the |our |this |that ).{{0,40}}\b{_DEALS_EN}\b)",
    rf"\b{_MONEY_EN}\b(?= (?:that )?(?:did |have |has |was |were )?(?:we |been )?{_ENDED_EN}\b)",
    rf"\b{_MONEY_EN}\b(?= (?:of|from|in) (?:\w+ ){{0,3}}{_DEALS_EN}\b)|(?<=\blost ){_MONEY_EN}\b",
    rf"いくら(?=で?{_ENDED_JA}|の{_DEALS_JA}|[^。?]{{0,8}}(?:失い|失っ|逃し))",
    r"(?:(?<=商談は)|(?<=案件は)|(?<=契約は)|(?<=取引は)|(?<=失注は)|(?<=受注は)|(?<=商談の額は))いくら",
    rf"(?:いくら|どれ(?:だけ|くらい|ほど))の?{_MONEY_JA}(?=を(?:失|逃|得))|{_MONEY_JA}(?=を(?:いくら|どれ\S{{0,3}})(?:失|逃|得))",
    rf"(?:(?<=失った)|(?<=逃した)|(?<=失注した)|(?<=受注した)|(?<=失注による)|(?<=失注の)){_MONEY_JA}",
)
"""Wants the amounts of deals."""
EACH = either(
    rf"\b(?:which|what|list|name|show(?: me)?) (?:\w+ ){{0,3}}?(?:{_DEALS_EN}|{COMPANY_EN})\b",
    rf"\b(?:each|every|per) (?:{_DEALS_EN}|customer|account|company)\b",
    rf"(?:どの|どんな){_DEALS_JA}|どこ|(?:{_DEALS_JA}|会社)(?:ごと|別)|{_DEALS_JA}と(?:その)?(?:金額|額)|それぞれ",
)
"""Wants deals told one by one, where it wants their amounts."""
LOST_MONEY = either(
    rf"(?:失(?:った|い|われた)|逃した)(?=の?(?:{_MONEY_JA}|{_DEALS_JA}))",
    rf"{_MONEY_JA}を(?:いくら|どれ\S{{0,3}})?(?:失|逃し)\S{{0,3}}|(?:いくら|どれ\S{{0,3}})の?{_MONEY_JA}を(?:失|逃し)\S{{0,3}}",
)
"""Money or a deal was lost."""
