"""Card numbers, My Number, bank accounts and dates of birth in the comparison view."""

import re
from collections.abc import Iterator

from koe.mask.hits import Hit

__all__ = ["find_accounts", "find_births", "find_cards", "find_my_numbers", "passes_luhn", "passes_my_number"]

_SEP = r"[ ‐‑‒–—―−ー-]?"
_CARD = re.compile(rf"(?<![A-Za-z0-9_.-])(?:\d{_SEP}){{12,18}}\d(?![A-Za-z0-9_-])")
_CARD_CUE = re.compile(r"(?:カード|クレカ|card|visa|master|amex|jcb)[^\d\n]{0,20}$", re.I)
_ISSUER = re.compile(
    r"4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]\d{2}|2[2-7]\d{2})\d{12}|3[47]\d{13}|35[2-8]\d{13}"
    r"|3(?:0[0-5]|[68]\d)\d{11}|6(?:011|5\d{2}|4[4-9]\d)\d{12}|62\d{14,17}"
)
_TWELVE = re.compile(rf"(?<![A-Za-z0-9_.-])(?<!\d )\d{{4}}{_SEP}\d{{4}}{_SEP}\d{{4}}(?!{_SEP}[A-Za-z0-9_])")
_MY_NUMBER_CUE = re.compile(r"(?:マイナンバー|個人番号|my number)(?:カード)?(?:の番号)?[^\d\n]{0,12}$", re.I)
_PARCEL_CUE = re.compile(
    r"(?:伝票|追跡|問い?合わ?せ|注文|受注|管理|荷物|送り状|tracking|order|parcel|invoice|case|ref|ticket)[^\d\n]{0,14}$",
    re.I,
)
_ACCOUNTS = (
    re.compile(r"(?:普通|当座|貯蓄)(?:預金|口座)?\s?(?:口座)?(?:番号)?[はが:]?\s*(\d{6,8})(?!\d)"),
    re.compile(r"口座(?:番号)?[^\d\n。]{0,10}?(\d{6,8})(?!\d)"),
    re.compile(r"記号\s?[:は]?\s?(1\d{4})(?!\d)"),
    re.compile(r"記号\s?[:は]?\s?1\d{4}[\s、,-]{0,2}番号\s?[:は]?\s?(\d{2,8})(?!\d)"),
    re.compile(r"(?:記号|番号)\s?[:は]?\s?(1\d{4}[- ]\d{6,8})(?!\d)"),
    re.compile(
        r"(?:account|acct|a/c)\.?(?:\s(?:number|no\.?))?(?:\s(?:is|ending(?: in)?))?\s?[:#]?\s?"
        r"(\d{6,12})(?!\d)",
        re.I,
    ),
    re.compile(r"sort\s?code(?:\s?is)?\s?:?\s?(\d{2}[- ]?\d{2}[- ]?\d{2})(?!\d)", re.I),
    re.compile(r"(?:routing|aba)(?:\s(?:number|no\.?))?(?:\s?is)?\s?[:#]?\s?(\d{9})(?!\d)", re.I),
)
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])")

_MONTHS = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DAY = (
    r"(?:(?:(?:昭和|平成|令和|大正|[SHTRＳ])\s?\d{1,2}|(?:19|20)\d{2})\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}日?"
    r"|(?:昭和|平成|令和)元年\d{1,2}月\d{1,2}日"
    r"|(?:19|20)\d{6}"
    r"|\d{1,2}(?:st|nd|rd|th)?\s(?:of\s)?" + _MONTHS + r",?\s(?:19|20)\d{2}"
    r"|" + _MONTHS + r"\s\d{1,2}(?:st|nd|rd|th)?,?\s(?:19|20)\d{2}"
    r"|\d{1,2}[/.-]\d{1,2}[/.-](?:(?:19|20)\d{2}|\d{2}))"
)
_BIRTH_BEFORE = re.compile(
    rf"(?:生年月日|誕生日|生まれ(?:た日)?|DOB|D\.O\.B\.?|birth(?:\s?day|\s?date)?|born(?:\son)?)(?:[^\d\n。]{{0,12}}?)({_DAY})",
    re.I,
)
_BIRTH_AFTER = re.compile(rf"({_DAY})\s?(?:生まれ|生(?![産成])|うまれ)")


def find_cards(text: str) -> Iterator[Hit]:
    """Card numbers: a known issuer and a right check digit, or the word for it right before."""
    for m in _CARD.finditer(text):
        digits = re.sub(r"\D", "", m[0])
        named = _CARD_CUE.search(text[max(0, m.start() - 28) : m.start()]) and 14 <= len(digits) <= 16
        if named or (_ISSUER.fullmatch(digits) and passes_luhn(digits)):
            yield Hit(*m.span(), "card")


def find_my_numbers(text: str) -> Iterator[Hit]:
    """Twelve digits with the right check digit, or with the keyword right before."""
    for m in _TWELVE.finditer(text):
        before = text[max(0, m.start() - 24) : m.start()]
        digits = re.sub(r"\D", "", m[0])
        if _MY_NUMBER_CUE.search(before) or (passes_my_number(digits) and not _PARCEL_CUE.search(before)):
            yield Hit(*m.span(), "mynumber")


def find_accounts(text: str) -> Iterator[Hit]:
    """Bank account numbers next to their cue, and IBANs with a right check."""
    for pattern in _ACCOUNTS:
        yield from (Hit(*m.span(1), "bank") for m in pattern.finditer(text))
    for m in _IBAN.finditer(text):
        if passes_iban(m[0].replace(" ", "")):
            yield Hit(*m.span(), "bank")


def find_births(text: str) -> Iterator[Hit]:
    """Dates that stand next to a word for birth."""
    for pattern in (_BIRTH_BEFORE, _BIRTH_AFTER):
        yield from (Hit(*m.span(1), "birth") for m in pattern.finditer(text))


def passes_luhn(digits: str) -> bool:
    """Whether the last digit is the check digit of ISO/IEC 7812-1."""
    doubled = [sum(divmod(int(ch) * 2, 10)) if n % 2 else int(ch) for n, ch in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0


def passes_my_number(digits: str) -> bool:
    """Whether the twelfth digit is the check digit of the ordinance of 2014 (総務省令第85号, article 5)."""
    weights = (2, 3, 4, 5, 6, 7, 2, 3, 4, 5, 6)
    rest = sum(int(ch) * weight for ch, weight in zip(reversed(digits[:11]), weights, strict=True)) % 11
    return len(set(digits)) > 1 and int(digits[11]) == (0 if rest <= 1 else 11 - rest)


def passes_iban(code: str) -> bool:
    """Whether the IBAN's two check digits are right (ISO 13616, modulo 97)."""
    return 15 <= len(code) <= 34 and int("".join(str(int(ch, 36)) for ch in code[4:] + code[:4])) % 97 == 1
