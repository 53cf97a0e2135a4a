"""The words by which a question says that somebody did not buy, over its normalised lower-case text."""

import re

__all__ = ["NOT_BOUGHT", "spans_of_losing"]

_BUY = (
    r"(?:buy(?:ing)?|bought|purchas(?:e|ed|ing)|sign(?:ed|ing)?(?! (?:in|on|off|out|into|themselves)\b)"
    r"|renew(?:ed|ing)?|subscrib(?:e|ed|ing)|convert(?:ed|ing)?|commit(?:ted|ting)?|proceed(?:ed|ing)?"
    r"|(?:go|going|gone|went) (?:ahead|with us)|(?:choos(?:e|ing)|chose|chosen|pick(?:ed|ing)?"
    r"|select(?:ed|ing)?)(?= us\b| our\b|\s*(?:[?.!,;]|$)))"
)
_WANT = r"(?: (?:want|decide|choose|end up))?(?: to)?"
_OFFER = r"(?:us|it|(?:our|the) (?:offer|proposal|quote|deal))"
_RIVAL = (
    r"(?:(?:(?:the|a|an|another|our) )?(?:competitors?|competition|rivals?|vendor|supplier|provider)"
    r"|other (?:vendor|supplier|provider)s?|someone else|somebody else)"
)
_END = r"(?=\s*(?:[?.!,;]|$))"
_DONE = r"(?!.{0,30}\byet\b)"
_HELPED = r"(?:くれ|もらえ|いただけ|頂け)"
_CASE = r"(?:商談|案件|理由|原因|訳|わけ|会社|企業|お客|顧客|取引先)"
_NOT_JA = rf"(?:なかった|ない(?={_CASE}|の|人|か|[?。]|$)|ません(?:でした)?)"
_DEAL_JA = r"(?:契約|成約|受注|購入|導入|発注)"
_PATTERNS = (
    r"\b(?:do|did|does|would|has|have|had|is|are|was|were)n't\b"
    rf"(?P<who>(?:(?! (?:and|or|but)\b) [\w'&.-]+){{0,5}}?){_WANT} {_BUY}{_DONE}",
    rf"(?<!can )(?<!could )\b(?:not|never){_WANT} {_BUY}{_DONE}",
    rf"\breasons? against {_BUY}|\b(?:declin|refus|fail)\w+ to {_BUY}|\bdecid\w+ against\b",
    rf"\bturn(?:s|ed|ing)? (?:{_OFFER} down|down {_OFFER})\b",
    rf"\b(?:say|says|said|saying) no(?: to us)?{_END}|\b(?:reject|declin)(?:s|ed|ing|e)? {_OFFER}\b",
    rf"\bwalk(?:s|ed|ing)? away\b(?: from us)?|\bback(?:s|ed|ing)? out{_END}|\bpass(?:ed|ing)? on {_OFFER}\b",
    rf"\b(?:go|goes|going|gone|went) (?:(?:with|for|to) {_RIVAL}|elsewhere)\b",
    rf"\b(?:choos(?:e|ing)|chose|chosen|pick(?:ed|ing)?|prefer(?:red)?) {_RIVAL}\b",
    rf"(?:購入|契約|導入|採用|発注|申し?込み?)を?(?:し|して{_HELPED}){_NOT_JA}",
    rf"(?:買(?:わ|って{_HELPED})|選(?:ばれ?|んで{_HELPED})|申し込(?:ま|んで{_HELPED})|決めて{_HELPED}){_NOT_JA}",
    rf"{_DEAL_JA}(?:に|が|まで)?は?(?:至ら|至り|つながら|結び[つ付]か|取れ|とれ|決まら){_NOT_JA}",
    rf"(?:受注|成約|契約)(?:が|を)?でき{_NOT_JA}",
    rf"(?:購入|契約|導入|採用|発注|検討)?[をはが]?(?:見送|断念し|断ら)\S{{0,4}}(?=の?{_CASE})",
    r"(?:(?<=なぜ)|(?<=どうして)|(?<=何で)|(?<=なんで))(?P<whom>.{0,30}?)(?:購入|契約|導入|採用|発注|検討)?[をはが]?"
    r"(?:見送|断念|断られ)(?:った|られた?|り|し)?",
    r"(?:他社|競合|よそ)(?:さん)?[にを](?:決め|選[ばん]|流れ|取られ|負け|変え|切り替え|乗り換え)\S{0,3}",
)
NOT_BOUGHT = "|".join(_PATTERNS)
"""Somebody did not buy, or bought elsewhere; `who` and `whom` may name them."""


def spans_of_losing(text: str) -> list[tuple[int, int]]:
    """Where the text says so, without the name of whoever did not buy."""
    return [span for match in re.finditer(NOT_BOUGHT, text) for span in _around(match)]


def _around(match: re.Match[str]) -> list[tuple[int, int]]:
    named = next((name for name in ("who", "whom") if match[name]), None)
    if named is None:
        return [match.span()]
    return [(match.start(), match.start(named)), (match.end(named), match.end())]
