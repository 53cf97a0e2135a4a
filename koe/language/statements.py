"""Sentences of agents that state something: no question, no courtesy alone, no talk of the weather."""

import re

from koe.language.text import language_of
from koe.language.tokens import content_words, tokenize
from koe.mask.placeholder import PLACEHOLDER

__all__ = ["ASKS", "is_statement"]

ASKS = re.compile(
    r"[?？]\s*$|(?:です|ます|でしょう|ません|ました)か[。.]?\s*$"
    r"|(?:お知らせ|お送り|お聞かせ|お教え|お申し付け|お待ち|お寄せ|ご返信|ご連絡|ご確認|教えて)"
    r"(?:ください|下さい|いただけ|願)"
    r"|\b(?:let (?:me|us) know|please (?:reply|send|tell|confirm|contact|bear)|get back to you)\b",
    re.IGNORECASE,
)
"""An agent that asks back, or for something, does not answer."""


_POLITE = re.compile(
    r"[^、。,.!?]*(?:ありがとう|お世話に|申し訳|お詫び|恐れ入り|かしこまり|承知(?:いた|しま)|お待たせ|お待ちください"
    r"|お手数|ご不便|ご迷惑|ご不明|よろしく|失礼(?:いた|しま)|(?:担当|サポート\S{0,6})の\S{1,12}(?:です|ございます)"
    r"|確認(?:いた|し)ます|お調べ|改めてご|追ってご|お伺いし)[^、。,.!?]*[、。,.!?]?"
    r"|\b(?:thank(?:s| you)|sorry|apolog\w+|hello|hi|dear|good (?:morning|afternoon|evening)|regards|welcome"
    r"|glad|happy to help|best wishes|have a (?:nice|good|great)|let me (?:check|look)|i(?:'ll| will)"
    r" (?:check|look|find out|get back))\b[^,.!?]*[,.!?]?",
    re.IGNORECASE,
)
_STATES_EN = re.compile(
    r"\b(?:is|are|was|were|isn't|aren't|can|can't|cannot|will|won't|does|doesn't|don't|has|have|had|needs?|must"
    r"|should|may|use|go|open|click|choose|select|press|tap|type|send|set|drag|add|see|find|works?|takes?|goes"
    r"|comes?|costs?|starts?|stops?|yes|no)\b|'(?:s|re|ll|ve)\b",
    re.IGNORECASE,
)
_CHAT = re.compile(r"(?:ね|よね|なあ|かな)[。!！]?\s*$")


def is_statement(sentence: str) -> bool:
    """Whether a sentence of an agent says something that may answer a customer."""
    return not ASKS.search(sentence) and not _CHAT.search(sentence) and _says_something(sentence)


def _says_something(text: str) -> bool:
    left = _POLITE.sub("", PLACEHOLDER.sub("", text))
    tokens = tokenize(left)
    if language_of(text) == "en":
        return bool(_STATES_EN.search(left)) and bool(content_words(tokens))
    is_said = any(token.pos[0] in ("動詞", "形容詞", "助動詞") for token in tokens)
    return is_said and bool(content_words(tokens))
