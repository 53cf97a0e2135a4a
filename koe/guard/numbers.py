"""The hard rules on numbers: none but those of slots, each alone, as large as it is."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from koe.guard import number_words, words
from koe.guard.form import JAPANESE
from koe.guard.rules import Read
from koe.guard.slots import SLOT, Evidence, Slot
from koe.language.text import Language

_SIGN = re.compile(r"[-−–—‐‑－+＋±▲△▼▽]$|マイナス$|プラス$|\b(?:minus|plus|negative) $", re.IGNORECASE)
_JOINED = re.compile(r" ?|[.,．，・/／~〜～×*^:：–—-]| or |ないし|か")
"""What may not be all that stands between two numbers: together they are a third one."""
_TOUCHES: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(r"[A-Za-z0-9]|[十百千万億兆倍]|割(?!合)"),
    "en": re.compile(
        r"[A-Za-z0-9%]|[ -](?:thousand|million|billion|hundred|dozen|percent|per cent|fold"
        r"|times (?:more|as|higher|the|larger|fewer|less))\b",
        re.IGNORECASE,
    ),
}
"""What may not follow a number: it makes it another one."""
_OVER_EN = re.compile(
    r"\b(?:more than|over|above|fewer than|less than|under|below|nearly|almost|close to|just short of"
    r"|upwards of|in excess of) $",
    re.IGNORECASE,
)
_BEYOND: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(r"(?:社|件|週間?|円|ドル|ユーロ|[%％])(?:超|未満|近く|足らず|弱|強|余)"),
    "en": re.compile(r"\+|(?: \w+)? (?:plus\b|or (?:more|fewer|less)\b)"),
}
"""Words that say an exact number is not exact: what is more than five is not five."""
_SAYING = (
    r"said|says|put|puts|wrote|writes|explain\w*|describ\w*|report\w*|not(?:ed|es)|complain\w*|ask\w*"
    r"|stat(?:ed|es)|comment\w*|argu\w*"
    r"|summed|phras\w*|remark\w*|told|tells|mention\w*|call(?:ed|s)|add(?:ed|s)|recall\w*|spoke"
    r"|express\w*|point\w*|voic\w*|request\w*|observ\w*"
)
_WHO = (
    r"(?:customer|account|person|user|prospect|buyer|client|company|caller|contact|requester|respondent"
    r"|participant|team|comment|voice|quote"
    r"|remark|example|report|message|ticket|conversation|call)"
)
_ONE_QUOTED: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        rf"(?<!by )(?<!from )(?<!to )\bone (?:of (?:them|these|those|the \w+|its \w+) "
        rf"|(?:\w+ )?{_WHO} )(?:\w+ly )?(?=(?:{_SAYING})\b|who\b)"
        rf"|\bhow one (?:\w+ )?{_WHO}\b|\bin one {_WHO}'s (?:own )?words\b|\bone {_WHO}'s (?:own )?words\b",
        re.IGNORECASE,
    ),
    "ja": re.compile(r"一(?:社|人|名|件)(?:は|が|の方は|からは)、?(?=\{q:)|一例|一言|一声"),
}
"""The one whose words are quoted: a quote is of one customer."""


def numbers_are_slots(one: Read, evidence: Evidence) -> Iterator[str]:
    """No number stands in the prose: no digit of any script, no number word."""
    said = _said(one)
    plain = unicodedata.normalize("NFKC", said)
    if any(_is_digit(ch) for ch in (*said, *plain)):
        yield "a digit stands outside a slot"
    if any(_SIGN.search(one.text[: slot.start]) for slot in one.slots if slot.sort == "f"):
        yield "a sign stands at a slot"
    if one.language == "ja" or JAPANESE.search(one.prose):
        without_idioms = number_words.KANJI_IDIOM.sub("", number_words.ORDINALS["ja"].sub("", plain))
        if number_words.KANJI_NUMBER.search(without_idioms) or number_words.VAGUE_JA.search(without_idioms):
            yield "a number in words stands outside a slot"
    if number_words.NUMBER_WORDS_EN.search(words.COMPLETE["en"].sub("", plain)):
        yield "a number in words stands outside a slot"


def _is_digit(ch: str) -> bool:
    """Whether it has a value in some script, a Roman or a circled one too; kanji are read as words."""
    return unicodedata.numeric(ch, None) is not None and ch not in number_words.KANJI_DIGITS


def _said(one: Read) -> str:
    """The prose without the one whose words it quotes."""
    if not any(slot.sort == "q" for slot in one.slots):
        return one.prose
    if one.language == "en":
        return _ONE_QUOTED["en"].sub("", one.prose)
    return (
        SLOT.sub(" ", _ONE_QUOTED["ja"].sub("", one.text))
        if _ONE_QUOTED["ja"].search(one.text)
        else one.prose
    )


def numbers_stand_alone(one: Read, evidence: Evidence) -> Iterator[str]:
    """A number touches no other number, no letter and no word that makes it another one."""
    numbers = [slot for slot in one.slots if slot.sort == "f" and _is_number(slot, evidence)]
    for left, right in pairwise(numbers):
        if _JOINED.fullmatch(one.text[left.end : right.start]):
            yield f"{left.id} and {right.id} stand as one number"
    for slot in numbers:
        before, after = one.text[: slot.start], one.text[slot.end :]
        if re.search("[A-Za-z0-9]$", before) or _TOUCHES[one.language].match(after):
            yield f"{slot.id} touches what makes it another number"
        is_over = one.language == "en" and _OVER_EN.search(before) and not _is_time(slot, before, evidence)
        if is_over or _BEYOND[one.language].match(after):
            yield f"the words make {slot.id} more or less than it is"


def _is_number(slot: Slot, evidence: Evidence) -> bool:
    card = evidence.cards.get(slot.id)
    return card is not None and not isinstance(card.value, str) and card.unit != "share"


def _is_time(slot: Slot, before: str, evidence: Evidence) -> bool:
    """Whether "over" speaks of time, as in "over 8 weeks"."""
    return evidence.cards[slot.id].unit == "weeks" and before.lower().endswith("over ")
