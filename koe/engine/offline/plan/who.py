"""The words by which a question asks for accounts, not for themes, over its normalised lower-case text."""

from koe.engine.offline.plan.kinds import SAID_EN, SAID_JA, either

COMPANY = r"(?:会社|企業|お客(?:様|さま|さん)?|顧客|取引先|ところ)"
COMPANY_EN = r"(?:compan(?:y|ies)|customers?|accounts?|clients?)"
_KIND_JA = rf"(?:{SAID_JA}|お褒め|お礼)"
_MOST_JA = r"(?:一番|いちばん|最も|もっとも)"
_ONE_JA = rf"(?:どの{COMPANY}|どこ|誰)"
_SAY_EN = r"(?:complain|ask|request|prais)"
MOST_BY_WHOM = either(
    rf"(?:{SAID_JA})(?:が|の|を)(?:{_MOST_JA})?(?:数が)?(?:多[いく]|たくさん|よく)\S{{0,8}}{COMPANY}",
    rf"{_MOST_JA}(?:多く|よく|たくさん)?(?:の)?(?:{SAID_JA})[がのを]\S{{0,10}}{COMPANY}",
    rf"(?:よく|何度も|たくさん|頻繁に)(?:の)?(?:{SAID_JA})[がのを]\S{{0,8}}{COMPANY}",
    rf"{_ONE_JA}(?:が|から)(?:の)?(?:{_MOST_JA})?(?:多くの?)?(?:{SAID_JA})\S{{0,4}}{_MOST_JA}多",
    rf"{_ONE_JA}(?:が|から)(?:の)?{_MOST_JA}(?:多く|よく)?(?:の)?(?:{SAID_JA})",
    rf"{_ONE_JA}(?:が|は){_MOST_JA}(?:よく|多く)?困って|{_MOST_JA}(?:よく|多く)?困って\S{{0,4}}{COMPANY}",
    rf"{COMPANY}(?:別|ごと)[にの]?\S{{0,4}}(?:{SAID_JA})|(?:{SAID_JA})\S{{0,4}}{COMPANY}(?:別|ごと|ランキング)",
    rf"\b(?:which|what) {COMPANY_EN}\b.{{0,16}}\b{_SAY_EN}\w* (?:(?:the )?most|(?:most )?often)\b",
    rf"\bwho(?:'s| is| has| are)?(?: been)? {_SAY_EN}\w* (?:(?:about )?us )?(?:the )?(?:most|loudest)\b",
    rf"\b(?:who|{COMPANY_EN}) (?:with|has|have|had|made|makes?|sent|sends?|raised|asks?|that have)"
    rf" the most (?:{SAID_EN})\b",
    rf"\b{COMPANY_EN} (?:\w+ )?by (?:number of )?(?:{SAID_EN})\b|\b(?:{SAID_EN}) (?:by|per) {COMPANY_EN}\b",
    r"\b(?:top|biggest|loudest) complainers?\b|\b(?:unhappiest|loudest|most (?:unhappy|dissatisfied))"
    rf" {COMPANY_EN}\b",
)
"""Wants the accounts that say most, not the themes."""
_TALK_JA = r"(?:問い?合わ?せ|連絡|電話|チケット|会話|通話|やりとり)"
MOST_TALK = either(
    rf"{_TALK_JA}(?:件数)?(?:が|の)(?:{_MOST_JA})?多[いく]\S{{0,6}}{COMPANY}|{COMPANY}(?:別|ごと)の?{_TALK_JA}",
    rf"(?:{_MOST_JA}|よく)(?:多く)?(?:の)?{_TALK_JA}(?:を|し|て)\S{{0,10}}{COMPANY}",
    rf"{_ONE_JA}(?:が|から)の?(?:{_MOST_JA})?{_TALK_JA}が?\S{{0,2}}{_MOST_JA}多",
    r"\b(?:who|which \w+) (?:contact|call|write|writes? to|e?mail|phone)s? (?:us |support )?(?:the )?most\b",
    rf"\b(?:{COMPANY_EN}|who) (?:with|has|have|had|sent|opened|made) the most"
    r" (?:tickets|calls|conversations)\b",
    rf"\b(?:tickets|calls|conversations) (?:by|per) {COMPANY_EN}\b|\bmost active {COMPANY_EN}\b",
)
"""Wants the accounts that get in touch most, whatever they say."""
SAID_OFTEN = (
    r"(?:mentioned|reported|named|raised|said|asked(?: for)?|requested|wanted|cited|heard|discussed"
    r"|complain(?:ed)?(?: about)?|talk(?:ed)? about|(?:com(?:es?|ing)|came|brought) up|happens?|hurts?)"
)
_OFTENER = r"(?:more|most|less|least)(?=\s*(?:[,:;.?-]|$)|\s+(?:often|frequently|about|in|is it)\b)"
_OR_EN = r".{1,60}?\bor\b(?! (?:less|more|not|so)\b)"
_MANY_JA = r"(?:よく|多く)?(?:多い|多かった|深刻な?|大きい|(?:言われ|聞かれ|挙が|出|困って)\S{0,4})"
TWO_MATTERS = either(
    r"と.{1,40}(?:どちら|どっち)(?:の(?:方|ほう))?(?:が|に|の)",
    rf"(?:と|か、?|や|、).{{1,30}}{_MANY_JA}(?:の|ほう|方)は(?:どちら|どっち)",
    r"か.{1,30}か、?(?:どちら|どっち)(?:の?(?:方|ほう))?(?:が|は)",
    rf"(?:どちら|どっち)(?:の(?:方|ほう))?が\S{{0,12}}{_MANY_JA}.{{0,12}}[、。?:].{{1,30}}(?:と|か|、)",
    rf"より(?:も)?.{{1,30}}(?:の)?(?:方|ほう)が{_MANY_JA}",
    rf"\bmore (?:\w+ )?(?:often|common|frequent|complain|ask|{SAID_EN})\w*.{{0,60}}\bor\b"
    r"(?! (?:less|more)\b)",
    rf"\b{SAID_OFTEN} {_OFTENER}{_OR_EN}",
    rf"\b(?:is|are|was|were|do|does|did)\b{_OR_EN}.{{1,60}}?\b{SAID_OFTEN} {_OFTENER}",
    rf"\b(?:which|what)\b.{{0,12}}\b(?:bigger|larger|worse|greater)\b[^,:?]{{0,24}}[,:?]{_OR_EN}",
)
BOTH_KINDS = either(
    rf"{_KIND_JA}(?:も|と)\S{{0,6}}{_KIND_JA}(?:も|の(?:両方|どちらも)|を両方|両方)",
    rf"{_KIND_JA}と{_KIND_JA}(?:の両方|を両方|、両方|のどちらも)",
    r"\bboth\b.{0,40}\band\b|\b(?:complain|ask|prais|request)\w*\b.{0,40}\band (?:who )?also\b",
)
"""Who says a thing of the one kind and a thing of the other."""
DENIED = either(
    rf"(?:困って(?:い)?|満足して(?:い)?|(?:{SAID_JA})(?:が|の|を|も)?(?:(?:言って|出て|出して|寄せて)い?)?)"
    r"(?:ない|なかった|無い)(?:会社|お客|顧客|企業|ところ|店|人)",
    r"\b(?:who|which|companies|customers|accounts|clients)\b[\w\s]{0,12}?"
    r"(?:\b(?:did|do|does|have|has|had)(?: not|n't) (?:yet )?(?:complain|ask|request)\w*"
    r"|\bnever (?:complain|ask|request)\w*"
    r"|\b(?:with no|without(?: any)?) (?:complaint|request|question)s?\b)",
)
"""Those of whom nothing is there."""
LEFT_OPEN = either(
    r"(?:返事|返信|回答|対応|解決)(?:を)?(?:して|でき)い?ない(?:問い?合わ?せ|チケット|会話|もの|"
    + SAID_JA
    + ")",
    rf"未(?:返信|回答|対応|解決)の?(?:問い?合わ?せ|チケット|会話|{SAID_JA})",
    r"\b(?:have|did|do|has) (?:we |nobody )?(?:not|never|nobody) (?:yet )?(?:answer|repl|resolv|solv)\w*",
    r"\b(?:we )?(?:haven't|didn't|have not|did not) (?:yet )?(?:answer|repl|resolv|solv)\w*",
    rf"\b(?:unanswered|unresolved|unsolved) (?:tickets|conversations|{SAID_EN})\b",
)
"""Wants what we have not answered or solved yet."""
BY_OWNER = either(
    r"(?:営業)?(?:担当者?|営業マン|営業員|セールス)(?:別|ごと|ランキング)|(?:どの|一番)(?:営業|担当者?)が|(?:どの|誰の)担当(?:者)?が",
    r"\b(?:by|per) (?:owner|rep|sales ?(?:rep|person|people)|seller|account (?:owner|executive|manager))s?\b",
    r"\b(?:which|what|best|top) (?:sales ?)?(?:reps?|sellers?|sales ?(?:person|people|reps?))\b",
    r"\bwho (?:owns|owned|won|lost|closed|sold) (?:the )?(?:most|best|largest|biggest|least|fewest)\b"
    r"(?=\s*(?:[?.!,]|$)| (?:\w+ )?(?:deals?|contracts?|customers?|accounts?|business|revenue|money|sales)\b"
    r"| (?:in|this|last|since|by|for|of)\b)",
)
"""Wants our own people held against each other."""
