"""A finding's statement, by stated rules."""

import re

from koe.language.text import Span

__all__ = ["statement_of", "trimmed"]

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
