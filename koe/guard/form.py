"""The hard rules on a sentence's form: plain, short, in its language, and naming nobody."""

import re
import unicodedata
from collections.abc import Iterator

from koe.guard import words
from koe.guard.rules import Read
from koe.guard.slots import Evidence, value_of
from koe.language.text import Language

PROSE_LENGTH: dict[Language, int] = {"ja": 140, "en": 280}
"""Longest prose of a sentence, slots not counted."""
FILLED_LENGTH = 600
UNSEEN = ("Cf", "Cc", "Cs", "Co", "Zl", "Zp")
"""Unicode categories of what is not seen, or turns what is seen around."""
JAPANESE = re.compile(r"[\u3041-\u30fa\u30fc-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f々]")
_LATIN_OR_JAPANESE = re.compile(rf"[A-Za-zÀ-ɏ\uff21-\uff5a]|{JAPANESE.pattern}")
_HONORED_EN = re.compile(
    r"[A-Za-z]-(?:san|sama|sensei|kun|chan)\b|\b(?:Mr|Mrs|Ms|Mx|Dr|Prof)\.? ?[A-Z]|\b[A-Z]\. ?[A-Z][a-z]+"
)
_HONORED_JA = re.compile(
    r"[\w.．・](?<![お御]客)(?<!客)(?<!皆)(?<!みな)(?<!お得意)(?<!同)(?<!模)(?<!多)(?<!仕)(?<!有)(?<!一)(?<!神)(?<!王)(?<!たく)(?<!どちら)"
    r"(?:さん|さま|くん|ちゃん|様(?![々子式態相]))"
    r"|[\u3041-\u30fa\u30fc一-鿿々]{2,}(?:氏(?!名)|殿)"
)
_ADDRESS = re.compile(
    r"[\w-]\s*(?:\[\.\]|\(\.\)|\[dot\]|\(dot\)| dot )\s*\w|\bxn--|\bhxxp|//\w|\b(?:tel|file|ftps?|ssh|wss?):"
    r"|[^\W\d_][\w-]*\.(?:[a-z]{2,}|[^\x00-\x7f]{1,4})(?:[/:?#]|(?![\w.]))",
    re.IGNORECASE,
)
"""Addresses without a scheme, taken apart or in other letters; the sentence's own end is no top level."""
_MENTION = re.compile(r"[@＠]\w|<[!@#]")


def is_plain(one: Read, evidence: Evidence) -> Iterator[str]:
    """No link, image, tag, mention or markup, neither in the prose nor in what its slots are filled with."""
    plain = unicodedata.normalize("NFKC", one.prose)
    if words.LINK.search(plain) or _ADDRESS.search(plain.replace("。", "\n").replace("\ufffc", " ")):
        yield "a link or a tag stands in it"
    if _MENTION.search(plain):
        yield "a mention stands in it"
    if re.search(r"[A-Za-z0-9-][。｡][A-Za-z]", one.prose):
        yield "a link or a tag stands in it"
    if words.MARKUP.search(one.prose):
        yield "markup stands in it"
    if any(unicodedata.category(ch) in UNSEEN or _is_selector(ch) for ch in one.prose):
        yield "a character that is not seen stands in it"
    for slot in one.slots:
        if words.LINK.search(value_of(slot, evidence) or ""):
            yield f"the slot {slot.sort}:{slot.id} brings in a link or a tag"


def _is_selector(ch: str) -> bool:
    """Variation selectors and the Hangul filler: letters by name, nothing to the eye."""
    return (
        "\ufe00" <= ch <= "\ufe0f" or "\U000e0100" <= ch <= "\U000e01ef" or ch in "\u115f\u1160\u3164\uffa0"
    )


def is_short(one: Read, evidence: Evidence) -> Iterator[str]:
    """Neither empty nor longer than a sentence that is read in one breath."""
    if not one.prose.strip():
        yield "it is empty"
    if len(one.prose) > PROSE_LENGTH[one.language]:
        yield f"it is longer than {PROSE_LENGTH[one.language]} characters"
    brought = sum(len(value_of(slot, evidence) or "") for slot in one.slots)
    if len(one.prose) + brought > FILLED_LENGTH:
        yield f"it is longer than {FILLED_LENGTH} characters when it is filled"


def is_in_language(one: Read, evidence: Evidence) -> Iterator[str]:
    """The prose is in the language asked for."""
    letters = [ch for ch in one.prose if ch.isalpha()]
    if any(not _LATIN_OR_JAPANESE.match(ch) for ch in letters):
        yield "it has letters of another language"
    japanese = sum(bool(JAPANESE.match(ch)) for ch in letters)
    if one.language == "en" and japanese:
        yield "it is not in English"
    if one.language == "ja" and any(map(_is_latin, (one.prose, *one.pieces))):
        yield "it is not in Japanese"


def _is_latin(text: str) -> bool:
    letters = [ch for ch in text if ch.isalpha()]
    return bool(letters) and 2 * sum(bool(JAPANESE.match(ch)) for ch in letters) < len(letters)


def is_impersonal(one: Read, evidence: Evidence) -> Iterator[str]:
    """Nothing personal stands in the prose, as far as the mask's own detectors see."""
    from koe.mask.text import Scope, mask_text

    masked = mask_text(one.prose, Scope(account="", company="", people=(), key=b"prose"))
    for kind in sorted({span.type for span in masked.spans}):
        yield f"something personal stands in it ({kind})"
    if _HONORED_EN.search(one.prose) or _HONORED_JA.search(one.prose):
        yield "something personal stands in it (a name with an honorific)"
