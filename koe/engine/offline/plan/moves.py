"""The words by which a question asks what rises or falls, over its normalised lower-case text."""

from koe.engine.offline.plan.kinds import FRAME_EN, FRAME_JA, SAID_EN, SAID_JA, either

_UP = r"(?:増え|増加し|急増し|増して|多くなっ|伸び|増加中|急増中)"
_DOWN = r"(?:減っ|減り|減少し|少なくなっ|落ち着い|収まっ|治まっ|減少中)"
_UP_EN = r"(?:rose|ris(?:e|es|ing|en)|increas\w+|gr(?:ow\w*|ew)|climb\w*|(?:go(?:ne|ing)?|went) up|picked up)"
_DOWN_EN = r"(?:f[ae]ll\w*|decreas\w+|declin\w+|(?:go(?:ne|ing)?|went) down|eased|dropped|getting better)"
_THEMES = rf"(?:{SAID_JA}|{FRAME_JA}|内容|意見|話|もの|こと|の(?:は|が)|声)"
_THEMES_EN = rf"(?:{SAID_EN}|{FRAME_EN}|things?|areas?|feedback)"

_NOT_WHICH = r"(?<!何の)(?<!どの)(?<!どんな)(?<!どういう)"
_MOVES_JA = (
    r"(?:は|が|も)[^何ど。?？]{0,24}?(?:増え|減っ|減り|増加|減少|多くなっ|少なくなっ)"
    r"(?!\S{0,4}(?:のは|もの|会社|企業|お客|顧客|テーマ|話題|内容))"
)
_MOVES_EN = (
    r"(?:been )?(?:go(?:ne|ing)? (?:up|down)|increas\w+|decreas\w+|gr(?:ow\w*|ew)|r(?:is(?:e|en|ing)|ose)"
    r"|f(?:all\w*|ell)|drop\w*|declin\w+)\b"
)
TICKETS_MOVE = rf"{_NOT_WHICH}(?:チケット|問い?合わ?せ){_MOVES_JA}|\btickets {_MOVES_EN}"
"""Asks whether tickets as such become more or fewer."""
CALLS_MOVE = rf"{_NOT_WHICH}(?:通話|コール|打ち合わせ){_MOVES_JA}|\b(?:calls|meetings) {_MOVES_EN}"
"""The same of calls."""


def _which_move(ja: str, en: str) -> str:
    """Asks which themes go that way, not whether all of them together do."""
    return either(
        rf"{ja}(?:た|て(?:き)?い?る|てきた|つつある|の)?(?:主な)?{_THEMES}",
        rf"(?:どの|どんな|何の|どういう|どれが|何が)(?:{SAID_JA}|{FRAME_JA}|内容|声)?(?:が|は)?[^、。]{{0,8}}{ja}",
        rf"\b(?:which|what)\b(?! (?:is|was) )[\w\s]{{0,24}}?\b{_THEMES_EN}\b[\w\s]{{0,30}}?\b{en}\b",
        rf"\b{_THEMES_EN}\b (?:(?:that|which|who) )(?:\w+ ){{0,2}}?{en}\b",
        rf"\b(?:rising|growing|increasing) {_THEMES_EN}\b"
        if "rose" in en
        else rf"\b(?:falling|declining|decreasing|shrinking) {_THEMES_EN}\b",
    )


RISERS = either(
    _which_move(_UP, _UP_EN),
    rf"(?:急上昇|上昇中|急増中?)の?(?:{FRAME_JA}|{SAID_JA}|声)|\btrending\b|\bhot topics?\b",
    r"\bwhat(?:'s| is| are) (?:rising|growing|increasing|on the rise|going up)\b",
)
FALLERS = either(
    _which_move(_DOWN, _DOWN_EN),
    r"\bwhat(?:'s| is| are) (?:falling|declining|decreasing|on the decline|going down)\b",
)
