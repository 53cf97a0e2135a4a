"""What stands where something personal stood: `[人名-k7q2]` in Japanese, `[PERSON-k7q2]` in English.

Light on purpose: other stations import `PLACEHOLDER` to leave placeholders out of what they count.
A customer can type the same form by hand; that hides nothing and names nobody, and `mask_span` says
which placeholders are koe's own.
"""

import base64
import hashlib
import hmac
import re
from typing import Literal

from koe.language.text import Language

__all__ = ["LABELS", "PLACEHOLDER", "MaskType", "placeholder", "pseudonym_code", "without_codes"]

MaskType = Literal[
    "person", "email", "phone", "address", "card", "mynumber", "credential", "bank", "birth", "company"
]

LABELS: dict[MaskType, dict[Language, str]] = {
    "person": {"ja": "人名", "en": "PERSON"},
    "email": {"ja": "メール", "en": "EMAIL"},
    "phone": {"ja": "電話", "en": "PHONE"},
    "address": {"ja": "住所", "en": "ADDRESS"},
    "card": {"ja": "カード", "en": "CARD"},
    "mynumber": {"ja": "マイナンバー", "en": "MYNUMBER"},
    "credential": {"ja": "認証情報", "en": "CREDENTIAL"},
    "bank": {"ja": "口座", "en": "BANK"},
    "birth": {"ja": "生年月日", "en": "BIRTH"},
    "company": {"ja": "会社", "en": "COMPANY"},
}
NEVER_JOINED: frozenset[MaskType] = frozenset({"card", "mynumber", "credential"})
"""Types whose placeholder carries no code: nobody should be able to test a guess against it."""

_CODE_CHARACTERS = 5
_NAMES = "|".join(sorted({name for labels in LABELS.values() for name in labels.values()}))
PLACEHOLDER = re.compile(rf"\[(?:{_NAMES})(?:-[a-z2-7]{{4,6}})?\]")
"""Every placeholder, with or without a code."""
_CODE = re.compile(r"-[a-z2-7]{4,6}\]$")


def pseudonym_code(key: bytes, account: str, kind: MaskType, canonical: str) -> str:
    """The code of one thing within one account: HMAC-SHA256 in lower-case base32, shortened."""
    message = "\x1f".join((account, kind, canonical)).encode("utf-8", "surrogatepass")
    digest = hmac.new(key, message, hashlib.sha256).digest()
    return base64.b32encode(digest).decode().lower()[:_CODE_CHARACTERS]


def placeholder(kind: MaskType, language: Language, code: str) -> str:
    """The words that replace one span; `code` is left out where nothing may be joined."""
    label = LABELS[kind][language]
    return f"[{label}]" if kind in NEVER_JOINED or not code else f"[{label}-{code}]"


def without_codes(text: str) -> str:
    """The text, as long as before, with every code written over, so that it reads alike whatever the key."""
    return PLACEHOLDER.sub(lambda found: _CODE.sub(_written_over, found[0]), text)


def _written_over(code: re.Match[str]) -> str:
    return "-" + "x" * (len(code[0]) - 2) + "]"
