"""Telephone numbers and e-mail addresses in the comparison view."""

import re
from collections.abc import Iterator

from koe.mask.hits import Hit

__all__ = ["find_emails", "find_phones"]

_HYPHEN = r"[-‐‑‒–—―−ー]"
_GAP = rf"(?:\s?{_HYPHEN}\s?|[ .]|\s?[()]\s?|の)"
_KANJI_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")

_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+'-])[A-Za-z0-9_](?:[A-Za-z0-9._%+'-]*[A-Za-z0-9_+-])?"
    r"(?:\s?@\s?|\s?[(\[](?:at|アット)[)\]]\s?|アットマーク|アット)"
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]"
)
_FREE = r"(?:(?<![A-Za-z0-9_.+#])|(?<=TEL)|(?<=Tel)|(?<=tel)|(?<=FAX)|(?<=Fax)|(?<=fax))"
_DOMESTIC = re.compile(rf"{_FREE}\(?0\d{{1,4}}{_GAP}{{1,2}}\d{{1,4}}{_GAP}{{1,2}}\d{{3,4}}(?!\d|{_HYPHEN}\d)")
_TOLL_FREE = re.compile(rf"{_FREE}0(?:120|800|570|990){_GAP}?\d{{2,4}}{_GAP}?\d{{2,4}}(?!\d|{_HYPHEN}\d)")
_MOBILE = re.compile(rf"{_FREE}0[5-9]0{_GAP}?\d{{4}}{_GAP}?\d{{4}}(?!\d|{_HYPHEN}\d)")
_SPACED = re.compile(
    rf"(?<![A-Za-z0-9_.+#-])0(?:(?:\s?{_HYPHEN}\s?|\s)\d){{9,10}}(?!\s?[\d-]|\s?{_HYPHEN}\s?\d)"
)
"""A number said or typed digit by digit."""
_SOLID = re.compile(r"(?<![A-Za-z0-9.+#-])0[1-9]\d{8}(?!\d|-\d)")
_BRITISH = re.compile(
    r"(?<![A-Za-z0-9_.+#-])\(?0(?:2\d\)?[ -]?\d{4}[ -]?\d{4}"
    r"|[13789]\d{2,3}\)?[ -]?\d{3}[ -]?\d{3,4}|7\d{3}[ -]?\d{6})(?![\d-])"
)
_INTERNATIONAL = re.compile(r"(?<![A-Za-z0-9_+])\+\s?[1-9]\d{0,2}(?:[ .()‐‑–−ー-]{0,2}\d{1,5}){2,6}(?!\d)")
_AMERICAN = re.compile(
    r"(?<![A-Za-z0-9_.+#$-])(?:1[-. ])?(?:\([2-9]\d{2}\)\s?|[2-9]\d{2}[-. ])\d{3}[-. ]\d{4}(?![\d-])"
)
_SHORT = re.compile(r"(?<![A-Za-z0-9_.+#$-])[2-9]\d{2}[-. ]\d{4}(?![\d-])")
_SHORT_JA = re.compile(rf"(?<![A-Za-z0-9_.+#-])\d{{2,4}}{_HYPHEN}\d{{4}}(?!\d|{_HYPHEN}\d)")
_EXTENSION = re.compile(
    r"(?:内線|(?<![a-z\d])(?:extension|ext\.?|x))\s?(?:番号)?[は:]?\s?(\d{2,6})(?!\d)", re.I
)

_CALL_CUE = re.compile(
    r"(?:tel|fax|phone|電話|携帯|直通|連絡先|ファックス|call|ring|dial|reach|text|mobile|cell|number is)"
    r"(?:番号)?[\s.:)は、us me at on]{0,12}$",
    re.I,
)
_TRIED = re.compile(
    r"\b(?:try|reach|get|ring|call|text|contact)\s(?:\w+\s){1,3}on\s([2-9]\d{2}[-. ]\d{4})(?![\d-])", re.I
)
"""Whom to try on which number."""
_OTHER_NUMBER = re.compile(
    r"(?:注文|受注|発注|伝票|追跡|管理|請求書?|見積書?|契約|会員|顧客|社員|製造|案件|受付|予約|整理|登録|口座|取引)"
    r"(?:番号|No\.?|ID|コード)?[はが:#]?\s*$"
    r"|問い?合わ?せ(?:番号|No\.?|ID|コード)[はが:#]?\s*$|(?:型番|品番|番号札|シリアル(?:番号)?|製造番号|JAN|ISBN|SKU|ロット(?:番号)?)[はが:#]?\s*$"
    r"|(?:order|invoice|ticket|case|ref(?:erence)?|tracking|serial|part|model|policy|claim|booking|account|sku|po|id)"
    r"(?:\s(?:number|no\.?|id|code))?\s?(?:is|:|#)?\s*$",
    re.I,
)
_PHONE_DIGITS = range(10, 12)


def find_emails(text: str) -> Iterator[Hit]:
    """E-mail addresses, also with the sign written as a word."""
    if "@" in text or "アット" in text or "at" in text:
        yield from (
            Hit(*m.span(), "email") for m in _EMAIL.finditer(text) if not _is_in_address(text, m.start())
        )


def _is_in_address(text: str, start: int) -> bool:
    """Whether it is the login and the host of a web address, as in postgres://app:secret@host."""
    return re.search(r"[a-z0-9]://[^\s/@]*$", text[max(0, start - 80) : start]) is not None


def find_phones(text: str) -> Iterator[Hit]:
    """Telephone numbers: Japanese, British, American and those that start with a plus."""
    view = text.translate(_KANJI_DIGITS) if "〇" in text or "零" in text else text
    if not any(ch.isdigit() for ch in view):
        return
    for pattern in (_DOMESTIC, _TOLL_FREE, _MOBILE, _BRITISH, _SPACED):
        for m in pattern.finditer(view):
            if len(_digits(m[0])) in _PHONE_DIGITS and not _is_other_number(view, m.start()):
                yield _opened(view, m)
    for m in _INTERNATIONAL.finditer(view):
        if 8 <= len(_digits(m[0])) <= 15:
            yield Hit(*m.span(), "phone")
    yield from _american(view)
    yield from _with_cue(view)


def _american(view: str) -> Iterator[Hit]:
    for m in _AMERICAN.finditer(view):
        if not _is_other_number(view, m.start()):
            yield Hit(*m.span(), "phone")


def _with_cue(view: str) -> Iterator[Hit]:
    for pattern in (_SOLID, _SHORT, _SHORT_JA):
        for m in pattern.finditer(view):
            if _CALL_CUE.search(view[max(0, m.start() - 24) : m.start()]):
                yield Hit(*m.span(), "phone")
    for m in _TRIED.finditer(view):
        yield Hit(*m.span(1), "phone")
    for m in _EXTENSION.finditer(view):
        yield Hit(*m.span(1), "phone")


def _opened(view: str, m: re.Match[str]) -> Hit:
    start = m.start()
    if view[start] != "(" and view[start - 1 : start] == "(" and ")" in m[0]:
        start -= 1
    return Hit(start, m.end(), "phone")


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _is_other_number(view: str, start: int) -> bool:
    return _OTHER_NUMBER.search(view[max(0, start - 24) : start]) is not None
