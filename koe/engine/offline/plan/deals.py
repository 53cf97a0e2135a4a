"""The words by which a question names deals by what they are worth, over its normalised lower-case text."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from koe.engine.offline.plan.kinds import either
from koe.engine.offline.plan.outcomes import LOST, WON

__all__ = [
    "AVERAGE",
    "LARGEST",
    "LOSS_RATE",
    "RATE",
    "SMALLEST",
    "WORTH",
    "Bounds",
    "bounds_of",
    "is_of_deals",
]

_DEALS = r"(?:商談|案件|契約|取引|ディール)"
_STATE = r"(?:失注|受注|成約|進行中|未決着)?(?:した|の|な)?"
_STATE_EN = r"(?: (?:\d+|one|two|three|four|five|ten|closed|lost|won|open|new|our|sales))*"
_OTHER_EN = r"(?: (?!complaints|requests|questions|objections|reasons|themes|in\b|of\b|from\b|for\b)\w+)?"
_DEALS_EN = r"(?:deals?|contracts?|opportunit(?:y|ies))"
_VERY = r"(?:一番|いちばん|最も|もっとも|特に)?"
_IS_OF_DEALS = re.compile(
    r"商談|案件|失注|受注|成約|契約|取引|金額|ディール|\bdeals?\b|contract|opportunit|\bworth\b|\bamount"
    rf"|\bvalued? |\bwins?\b|pipeline|{LOST}|{WON}"
)


def _ranked(ja: str, en: str) -> str:
    """Wants deals by what they are worth, from that end on."""
    return either(
        rf"(?:金額|規模|額)(?:の|が|で)?{_VERY}(?:{ja})(?:い|な|く|かった)"
        rf"(?:順(?:に|で)?|もの|(?=上位|トップ|\d|{_STATE}{_DEALS}))",
        rf"{_VERY}(?:{ja})[いな](?:順(?:に|で)?|(?={_STATE}{_DEALS}))",
        rf"{_DEALS}(?:で|の中で|のうち)?、?(?:金額|規模)?(?:の|が|は)?"
        rf"(?:一番|いちばん|最も|もっとも)(?:金額|規模)?(?:の|が)?(?:{ja})(?:い|かった)(?:もの|の)?",
        rf"\b(?:{en})\b{_STATE_EN}{_OTHER_EN} {_DEALS_EN}\b",
        rf"\b{_DEALS_EN}\b[\w\s]{{0,16}}?\b(?:is|are|was|were) (?:the |our )?(?:{en})\b",
        rf"\b{_DEALS_EN} (?:with|of) the (?:{en}) (?:amounts?|values?)\b",
    )


LARGEST = either(
    _ranked("大き|高|多", "biggest|largest|highest|highest[- ]value|most valuable|high[- ]value|top"),
    rf"\b{_DEALS_EN}\b[\w\s]{{0,16}}?\bworth (?:the )?most\b",
    r"金額順(?:に|で)?|最(?:大|高額)の?(?=商談|案件|契約|取引)|(?:大型|高額|大口)(?:の|な)?(?=商談|案件|顧客|要望|お客)",
    r"\b(?:ranked|sorted|ordered)?\s?by (?:deal |contract )?(?:amount|value|size)\b",
)
"""Wants deals one by one, the largest first."""
SMALLEST = either(
    _ranked("小さ|少な|安", "smallest|lowest|lowest[- ]value|least valuable|low[- ]value|cheapest"),
    r"最(?:小|少額)の?(?=商談|案件|契約|取引)|(?:小型|少額|小口)(?:の|な)?(?=商談|案件)",
)
"""The same, the smallest first."""
WORTH = r"\b(?:worth|valued at)\b(?= (?:more|less|over|under|above|below|at|up|between|from|around|[£$€¥\d]))"
LOSS_RATE = r"\bloss rate\b|失注率"
RATE = either(r"\b(?:win|close|closing)[- ]rate\b|(?:受注|成約)率|勝率", LOSS_RATE)
"""Wants how many deals are won, or lost, of all that end: both are told, and the share."""
AVERAGE = either(
    rf"平均(?:の)?(?:{_DEALS}|受注|失注)?(?:の)?(?:金額|単価|額|規模)|{_DEALS}(?:の)?(?:金額|単価|規模)の平均",
    rf"\b(?:average|mean)\b{_STATE_EN} (?:{_DEALS_EN} )?(?:sizes?|values?|amounts?|worth)\b",
)
"""What a deal is worth on average."""

_CODES = {
    "円": "JPY", "¥": "JPY", "yen": "JPY", "jpy": "JPY",
    "ドル": "USD", "$": "USD", "dollar": "USD", "usd": "USD",
    "ユーロ": "EUR", "€": "EUR", "euro": "EUR", "eur": "EUR",
    "ポンド": "GBP", "£": "GBP", "pound": "GBP", "gbp": "GBP",
}  # fmt: skip
_TIMES = {"k": 1e3, "thousand": 1e3, "grand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6}
_KANJI = {digit: n for n, digit in enumerate("一二三四五六七八九", 1)}
_PLACES = {"千": 1000, "百": 100, "十": 10}
_DIGIT = "[一二三四五六七八九]"
_NUMBER = (
    r"(?:(?<![\d,.])\d[\d,.]{{0,15}}[千百十]?"
    rf"|{_DIGIT}?[千百十](?:{_DIGIT}|[千百十])*|{_DIGIT}(?=[万億]))"
)
_SUM = (
    rf"(?P<sign{{0}}>[£$€¥])?\s?(?P<number{{0}}>(?:{_NUMBER}億)?(?:{_NUMBER}万|{_NUMBER}))"
    r"(?:\s?(?P<times{0}>k|mn?|thousand|grand|million)(?![a-z]))?"
    r"(?:\s?(?P<code{0}>円|ドル|ユーロ|ポンド|yen|dollar|pound|euro|jpy|usd|eur|gbp)s?)?"
)
_ONE, _TWO = _SUM.format(1), _SUM.format(2)
_ENDS = (
    r"(?=\s*(?:$|[?.!,、。)のでをはが]|(?:in|this|last|that|which|and|or|from|by|for|deals?|contracts?)\b))"
)
_RULES: tuple[tuple[str, str], ...] = (
    ("span", rf"\b(?:between|from)\s+{_ONE}\s+(?:and|to)\s+{_TWO}{_ENDS}"),
    ("span", rf"{_ONE}\s?(?:から|以上、?|~|-|–|to\b)\s?{_TWO}(?:の間|まで|以下|未満)?"),
    ("least", rf"{_ONE}(?:以上|から(?=の?{_STATE}{_DEALS}))"),
    ("above", rf"{_ONE}(?:超(?!過)|を?(?:超え|上回)|より(?:も)?(?:大き|高|多|上))"),
    ("most", rf"{_ONE}(?:以下|以内|まで)"),
    ("below", rf"{_ONE}(?:未満|を?下回|より(?:も)?(?:小さ|安|少な|低|下))"),
    ("tier", rf"{_ONE}台"),
    ("near", rf"{_ONE}(?:前後|くらい|ぐらい|ほど|程度|近辺)"),
    ("even", rf"{_ONE}(?:ちょうど)?の(?={_STATE}{_DEALS})"),
    ("least", rf"{_ONE}(?:\+|\s+(?:or|and) (?:more|above|over|up)\b){_ENDS}"),
    ("most", rf"{_ONE}\s+(?:or|and) (?:less|under|below|lower)\b{_ENDS}"),
    ("least", rf"(?:>=|\b(?:at least|from|no less than|minimum of))\s?{_ONE}{_ENDS}"),
    (
        "above",
        rf"(?:>|\b(?:over|above|(?:more|greater|bigger|larger|higher) than|exceeding))\s?{_ONE}{_ENDS}",
    ),
    ("most", rf"(?:<=|\b(?:at most|up to|no more than|maximum of))\s?{_ONE}{_ENDS}"),
    ("below", rf"(?:<|\b(?:under|below|(?:less|smaller|lower|cheaper) than))\s?{_ONE}{_ENDS}"),
    ("near", rf"\b(?:around|roughly|approximately|circa)\s?{_ONE}{_ENDS}"),
)
_NEAR = 0.1
"""How far from a sum, as a share of it, what is about as much lies."""
_BARE = 1_000
"""A number from which on it is a sum without a currency and a unit, if it is no year."""


class Bounds(NamedTuple):
    """What a deal has to be worth; None is open, `above` and `below` leave the sum itself out."""

    at_least: float | None = None
    at_most: float | None = None
    above: bool = False
    below: bool = False
    currency: str = ""
    spans: tuple[tuple[int, int], ...] = ()
    """The words that said so."""


def is_of_deals(text: str) -> bool:
    """Whether the text speaks of deals at all: what customers say of sums are no bounds."""
    return _IS_OF_DEALS.search(text) is not None


def bounds_of(text: str) -> Bounds:
    """The bounds that the question names, all of them together."""
    found = Bounds()
    for sort, match in _matches(text) if is_of_deals(text) else ():
        one = _read(sort, match)
        found = Bounds(
            found.at_least if one.at_least is None else one.at_least,
            found.at_most if one.at_most is None else one.at_most,
            found.above or one.above,
            found.below or one.below,
            found.currency or one.currency,
            (*found.spans, match.span()),
        )
    return found


def _matches(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Every rule's words that name a sum; none are read twice."""
    for sort, pattern in _RULES:
        for match in list(re.finditer(pattern, text)):
            if _is_sum(match, text):
                text = text[: match.start()] + "\0" * len(match[0]) + text[match.end() :]
                yield sort, match


def _is_sum(match: re.Match[str], text: str) -> bool:
    """Whether the number is of money: by its currency, by a unit of large numbers, by its size."""
    parts = match.groupdict()
    if any(parts.get(f"{name}{n}") for name in ("sign", "code") for n in (1, 2)):
        return True
    if re.match(r"[件人社回名台個年月日時分]", text[match.end(match.lastgroup or 0) :]):
        return False
    if any(parts.get(f"times{n}") for n in (1, 2)) or re.search("[万億]", match[0]):
        return True
    value = _value(parts["number1"], None)
    return value >= _BARE and not ("," not in parts["number1"] and 1900 <= value <= 2100)


def _read(sort: str, match: re.Match[str]) -> Bounds:
    parts = match.groupdict()
    one, currency = _value(parts["number1"], parts["times1"]), _currency(parts)
    if sort == "span":
        two = _value(parts["number2"], parts["times2"])
        one *= _inherited(parts) if one < two else 1
        return Bounds(min(one, two), max(one, two), below=match[0].endswith("未満"), currency=currency)
    if sort == "tier":
        return Bounds(one, one + _step(one), below=True, currency=currency)
    if sort == "near":
        return Bounds(round(one * (1 - _NEAR), 2), round(one * (1 + _NEAR), 2), currency=currency)
    low = one if sort in ("least", "above", "even") else None
    high = one if sort in ("most", "below", "even") else None
    return Bounds(low, high, sort == "above", sort == "below", currency)


def _currency(parts: dict[str, str | None]) -> str:
    said = next((word for name in ("sign1", "code1", "sign2", "code2") if (word := parts.get(name))), "")
    return _CODES.get(said, "")


def _inherited(parts: dict[str, str | None]) -> float:
    """What 30 of "30 to 80 thousand" is to be taken times."""
    number, other = parts["number1"] or "", parts["number2"] or ""
    if parts["times1"] or not number[-1:].isdigit():
        return 1
    return _TIMES.get(parts["times2"] or "", {"万": 1e4, "億": 1e8}.get(other[-1:], 1))


def _step(value: float) -> float:
    """Of 500,000 that is 100,000: the place of its last digit that is not nought."""
    step = 1
    while value and value % (step * 10) == 0:
        step *= 10
    return step


def _value(number: str | None, times: str | None) -> float:
    """The number as it is written: in digits, in kanji, in both."""
    whole, rest = 0.0, (number or "").replace(",", "").rstrip(".")
    for sign, worth in (("億", 1e8), ("万", 1e4)):
        head, found, tail = rest.partition(sign)
        whole, rest = (whole + _small(head) * worth, tail) if found else (whole, rest)
    return (whole + (_small(rest) if rest else 0)) * _TIMES.get(times or "", 1)


def _small(text: str) -> float:
    """A number below ten thousand, such as 5千 or 三百; a digit left alone counts as it is."""
    try:
        return float(text)
    except ValueError:
        pass
    total = 0.0
    for digits, place in re.findall(r"([\d.]*|[一二三四五六七八九])([千百十]|$)", text):
        value = float(_KANJI.get(digits, digits or (1 if place else 0)))
        total += value * _PLACES.get(place, 1)
    return total
