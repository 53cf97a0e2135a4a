"""The words by which a question says how deals ended, over its normalised lower-case text.

Who loses a thing, or wins one, speaks of no deal: there the word is one of the question's own.
"""

import re

from koe.engine.offline.plan.kinds import either
from koe.engine.offline.plan.money import LOST_MONEY

__all__ = ["LOST", "WON", "without_ordinary"]

_MANY = (
    r"(?:deals?|contracts|opportunities|customers|accounts|clients|companies|sales|prospects|leads|bids|tenders"
    r"|pipeline|business|revenue|income|turnover|ones)"
)
_ONE = r"(?:contract|opportunity|customer|account|client|company|sale|prospect|lead|bid|tender)"
_ENDS = (
    r"(?=\s*(?:[?.!,;:)/&]|$)|\s(?:in|on|at|to|by|for|from|over|because|due|since|after|before|between|during"
    r"|until|with|without|against|and|or|but|vs|versus|than|last|this|these|so|most|more|often|when|where|why"
    r"|how|while|who|that|which|is|are|was|were|do|did|has|have|mention|so|far|yet|already|per|each|every"
    r"|together|altogether|overall|lately|recently|again|worth|as|of|if|compared|differ|it|them|him|us)\b)"
)
_DEALS = rf"(?:{_MANY}\b|{_ONE}\b{_ENDS})"
_SMALL = r"(?! (?:of|in|on|at|to|by|for|from|about|because|with|when|while|after|before|who|that|and|or)\b)"
_ITS_DEALS = rf"(?:{_SMALL} [\w'’-]+){{0,3}}?{_SMALL} {_DEALS}"
"""What stands behind the word, where it is a deal that was lost or won."""
_THEIRS = (
    r"(?:that |which |who |whom )?(?:(?:we|have|has|had|were|was|are|is|been|be|get|got|getting|ever|just"
    r"|also|all|not|never|recently|finally|already|still|you|i|sales|did|do|closed|marked(?: as)?) )*"
)
_SUMS = r"(?:money|value|amounts?|how (?:much|many)|those|industr(?:y|ies)|trades?|sectors?)"
_THINGS = (
    r"(?:data|files?|folders?|photos?|images?|pictures?|connections?|connectivity|signal|internet|access|time"
    r"|hours?|days?|weeks?|work|progress|passwords?|keys?|settings?|entr(?:y|ies)|records?|history|track|pairing"
    r"|sync|changes|drafts?|messages?|e?mails?|phones?|devices?|cards?|notes?|documents?|reports?|results?|labels?"
    r"|attachments?|forms?|tickets?|orders?|bookings?|appointments?|calls?|items?|stock|payments?|parcels?"
    r"|packages?|lists?|texts?|comments?|pages?|tags?|logins?|sessions?|invoices?|receipts?|numbers?|focus|contact"
    r"|patience|trust|sleep|tools?|luggage|sound|power|charge|backups?|uploads?|scans?|edits?|samples?|links?)"
)
_BEREFT = rf"(?! (?:[\w'’-]+ ){{0,3}}?{_THINGS}\b)(?! money\b)"
"""What stands behind the word is no thing that one may lose."""


_LOSE, _WIN = r"(?:lost|los(?:e|es|ing))", r"(?:win|won(?!['’]))"


def _ended(done: str, verb: str, other: str) -> str:
    """A deal ended so: `done` as an adjective, `verb` in any form, `other` the contrary."""
    return either(
        rf"\bclosed[- ]{done}\b|\b{verb}\b(?={_ITS_DEALS})",
        rf"\b(?:{_MANY}|{_ONE}|{_SUMS}|[a-z]+[-_#]?\d+|it|they) {_THEIRS}{verb}\b{_ENDS}",
        rf"\b(?:we|us|our (?:team|reps?|sales(?: team| people)?)|sales) (?:\w+ )?{verb}\b{_BEREFT}",
        rf"\b(?:why|reasons?|for|which|are we|were we) {_THEIRS}{verb}\b{_ENDS}",
        rf"\bwhy (?:was|is) (?!(?:the|an?|my|our|their|any|your) |(?:[\w'’&-]+ ){{0,4}}{_THINGS}\b)"
        rf"(?:[\w'’&-]+ ){{1,4}}{verb}\b{_ENDS}",
        rf"\b{verb} to (?:(?:a|the|an|our|another) )?(?:competit\w+|rivals?)\b",
        rf"^(?:the )?{verb}\b(?=\s*(?:[?.!]|$|(?:deals|in|last|this|because|vs|versus|and|or|against)\b))",
        rf"\b{verb}\b(?=\s*(?:vs\.?|versus|and|or|against|than|&|/|,)(?: \w+){{0,2}}?\s*{other}\b{_BEREFT})",
        rf"\b(?:{other}|{_MANY}) (?:vs\.?|versus|and|or|against|than|with) {verb}\b{_ENDS}",
        rf"\bhow many (?:of them )?(?:were |did we |have we )?{verb}\b{_ENDS}",
    )


LOST = either(
    _ended("lost", _LOSE, _WIN),
    r"\bloss (?=reasons?\b)|(?<=for )(?:the |our )?losses\b",
    r"失注|負けた|逃した|取れなかった",
    LOST_MONEY,
)
"""A deal was lost; what customers lose is no deal of ours."""
WON = either(
    _ended("won", _WIN, _LOSE),
    r"\bwin(?:ning|s)?\b",
    r"受注|成約|勝った|獲得した|契約に至った|取れた(?=案件|商談|契約|お客|顧客|会社|企業)",
)
"""A deal was won."""
_ORDINARY = re.compile(rf"\b(?:{_LOSE}|{_WIN})\b")


def without_ordinary(text: str) -> str:
    """The text with blanks where somebody loses or wins what is no deal."""
    told = [match.span() for pattern in (LOST, WON) for match in re.finditer(pattern, text)]
    return _ORDINARY.sub(
        lambda match: match[0] if any(a <= match.start() < b for a, b in told) else " " * len(match[0]), text
    )
