"""A finding's statement and severity, by stated rules."""

import re

from koe.language.text import Span
from koe.records import FindingKind

__all__ = ["severity_of", "statement_of", "trimmed"]

LONGEST_STATEMENT = 60
_FILLER = re.compile(
    r"^(?:(?:えー?っ?と|ええと|えーと|ええ|えー|あのー?|あの[、,]|そのー|まあ|まぁ|なんか|やっぱり?|ほら|"
    r"うーん|うん|はい|いや(?:あ|ー)?|"
    r"そうですね|そうね|ちなみに|あと(?:は|それと)?[、,]|それと[、,]?|それから|それで|で[、,]|でも[、,]|"
    r"ただ[、,]|あー|んー|ねえ|もう[、,]|正直(?:に言うと)?|実は|"
    r"um+|uh+|er+m?|well|so|and|but|also|oh|yeah|yes|no|ok(?:ay)?|right|look|listen|honestly|actually|"
    r"basically|anyway|i mean|you know|plus)"
    r"(?:[、,。.\s]+|(?<=[ぁ-んー])(?=[^ぁ-ん])))+",
    re.I,
)
_NAME = r"\[[^\]\n]{2,24}\]"
_GREETING = re.compile(
    r"^(?:"
    r"(?:いつも)?(?:大変)?(?:お世話(?:に(?:なって(?:おり|い)ます|なります)|(?:さま|様)です)|"
    r"お疲れ(?:様|さま)(?:です|でございます)?|こんにち[はわ]|こんばんは|おはよう(?:ございます)?|"
    r"(?:はじめ|初め)まして|突然の(?:ご連絡|ご質問|メール)[^。\n]{0,12}(?:失礼|申し訳|すみません|恐れ入)[^。\n]{0,10})"
    rf"[。、，,.!！\s]+(?:[^。\n、]{{0,20}}{_NAME}(?:です|でございます|と申します|と(?:いい|言い)ます)[。、\s]+)?"
    r"|(?i:hi|hello|hey|dear|good (?:morning|afternoon|evening)|morning|afternoon|greetings)"
    r"(?: (?i:there|all|team|everyone|folks|both|guys|(?:\w+ )?support(?: team)?|sirs?|madam|sir or madam)|"
    rf" {_NAME}){{0,2}}(?:\s*[,.!:;–—]+\s*|\s*\n\s*)"
    r"|(?i:(?:i )?hope (?:you(?:['’]re| are)?|this|all is|everything)[^.!?\n]{0,40}[.!\n]+\s*)"
    r")+"
)
"""A greeting with its mark; one without ("Good morning report is missing") is a sentence's own words."""
LEAST_LEFT = 6
"""Characters that have to be left of a span whose head is taken off."""
_POLITE = re.compile(
    r"(?:(?:ん|の)?です(?:けれど(?:も)?|けど|が|よね|よ|ね|わ)?|(?:まし|でし)(?:て(?:ね)?)|(?:ます|"
    r"ました)(?:けれど(?:も)?|けど|が|よね|よ|ね)|"
    r"のですが|ので|から|けど|けれど|が|し|って|とか|かな|ね|よ|な)?[、,。.!！…\s]*$"
)
_SEVERE = re.compile(
    r"至急|大至急|緊急|今すぐ|止ま[っり]|全滅|全員|全部|全店|全社|使えない|使えませ|動かな|動きませ|"
    r"できません|できない|ログインでき|入れな|"
    r"消え|失[っわ]|損|赤字|返金|違約|賠償|訴|クレーム|苦情|怒[っらりる]|激怒|解約|乗り換え|信用|"
    r"間に合(?:わ|い)ませ|間に合わな|締切|締め切り|期限|給料|給与|支払|請求|売上|"
    r"毎日|毎朝|毎回|毎週|毎月|何度も|何回も|また|もう[二三四五六\d]+(?:回|度)目|ずっと|何日も|三日|"
    r"一週間|許せ|限界|ありえな|あり得な|論外|致命|絶対|"
    r"\b(?:urgent\w*|asap|immediately|right now|emergency|down|outage|all (?:staff|users|sites|shops|"
    r"of us)|everyone|nobody can|can['’]?t (?:work|log|open|trade|pay|invoice|bill)|"
    r"lost|losing|lose|wiped|gone|refund|cancel\w*|furious|unaccept\w*|complain\w*|deadline|payroll|"
    r"payday|wages|legal|lawyer|fine[ds]?|penalt\w*|"
    r"every (?:single )?(?:day|time|morning|week|month)|again and again|third time|keeps?|constantly|"
    r"for (?:days|weeks|months)|deal.?breaker|no way|never|must|audit\w*)\b",
    re.I,
)
_MILD = re.compile(
    r"ちょっと|少し|すこし|若干|やや|多少|たまに|ときどき|時々|まれに|かも|気がし|気になる程度|くらい|"
    r"ささい|些細|急ぎ(?:では|ませ)|お手すき|できれば|あれば|もし|"
    r"かな|せっかく|笑|欲を言え|強いて|"
    r"\b(?:a bit|a little|slightly|sometimes|occasionally|now and then|minor|tiny|small|niggle|no rush|"
    r"not urgent|when you can|if possible|would be nice|maybe|perhaps|"
    r"might|kind of|sort of|lol|just a|fairly|quite nice|ok|okay)\b",
    re.I,
)


def trimmed(text: str, start: int, end: int) -> Span:
    """The span without greeting and fillers at its head and commas and white space at its ends."""
    for heading in (_GREETING, _FILLER):
        head = heading.match(text[start:end])
        if head and end - start - head.end() >= LEAST_LEFT:
            start += head.end()
    while end > start and text[end - 1] in " 　\n\t、，,;；:：":
        end -= 1
    while start < end and text[start] in " 　\n\t、，,;；:：。.・)）":
        start += 1
    return Span(start, end)


def statement_of(quote: str) -> str:
    """The quote on one line without fillers and politeness, 60 characters at most."""
    words = " ".join(quote.split())
    head = _FILLER.match(words)
    words = words[head.end() :] if head and head.end() < len(words) - 6 else words
    shorter = _POLITE.sub("", words) if not words.isascii() else words.rstrip(" .!,;")
    words = shorter if len(shorter) >= 4 else words
    return words if len(words) <= LONGEST_STATEMENT else words[: LONGEST_STATEMENT - 1].rstrip() + "…"


def severity_of(kind: FindingKind, quote: str) -> int:
    """3 where the words say blocked, lost, repeated or urgent, 1 where they hedge, else 2.

    A question is 1 unless it is urgent, because nothing is broken yet.
    """
    severe, mild = _SEVERE.search(quote) is not None, _MILD.search(quote) is not None
    if kind == FindingKind.QUESTION:
        return 2 if severe else 1
    return 2 if severe == mild else 3 if severe else 1
