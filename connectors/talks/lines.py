"""One line of a transcript as text: does it begin somebody's words, and when. Pure.

営業 田中：本日は…      [00:01:23] Speaker 1: …      00:12 田中      田中 (10:02)      【田中】…      ○田中　…

Wide digits and signs count as narrow ones; names and words keep the letters they were written with.
"""

import re
from typing import Literal, NamedTuple

Family = Literal["timed", "colon", "bracket", "sign"]
"""How a name is set apart: beside a time, by a colon, in brackets, by another sign."""
_WIDE = str.maketrans("０１２３４５６７８９：（）［］～　＞＜｜", "0123456789:()[]~ ><|")
_CLOCK = r"(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?(?:\s?[AaPp][Mm]\b)?"
_SAID = r"(?:\d{1,2}\s?時間\s?)?\d{1,3}\s?分\s?\d{1,2}\s?秒"
_ONE = rf"(?:{_CLOCK}|{_SAID})"
_SPAN = rf"({_ONE})(?:\s*(?:-->|[-~〜–])\s*{_ONE})?"
_NAME = r"((?:\([^()\n]{0,40}\)|[^\n。、！？!?「」:|()\[\]【】<>]){1,40}?)"
_STAMP = re.compile(
    rf"\s*(?:[\[({{【<]\s*)?(?:{_SPAN}|(?<=\[)(\d{{1,6}}(?:\.\d{{1,3}})?)\s?s)\s*[\])}}】>]?\s*[-|]?\s*"
)
_BESIDE = re.compile(rf"\s*{_NAME}\s*[-|]?\s*[\[(]?\s*{_SPAN}\s*[\])]?\s*")
_BEFORE = re.compile(rf"\s*{_NAME}\s*(?:[\[(]\s*{_SPAN}\s*[\])]\s*:?|\s({_SAID})\s*:)\s*(?P<words>\S.*)")
_IN_BRACKETS = re.compile(r"\s*[\[【<(]([^\[\]【】<>()\n]{1,30})[\]】>)]\s*:?\s*")
_COLON = re.compile(rf"\s*{_NAME}\s*:\s*")
_TABBED = re.compile(r"\s*([^\t。、！？!?「」:]{1,40}?)\t+\s*(?=\S)")
_SIGN = re.compile(rf"\s*(?:[○◯●◎]\s?{_NAME}\s+(?=\S)|{_NAME}\s*(?:>\s*(?=\S)|(?=「)))")
_NO_NAME = re.compile(r"[\d\s:./-]+|https?|ftp|mailto|e-?mail|tel|fax", re.I)
_CHAT = re.compile(r"^(?:From\s+(.+?)(?:\s+to\s+.*)?|開始\s+(.+?)\s+宛先\s.*)$", re.I)
_NO_SHORT_NAME = re.compile(r"[。、！？!?…]|(?:です|ます|した|ね|よ|か|はい|ええ)$")


class Spoken(NamedTuple):
    """A line with a name: the words behind it may be blank and stand on the next lines."""

    family: Family
    label: str
    start_s: float | None
    words: str


def spoken(line: str) -> Spoken | None:
    """The line as the begin of somebody's words, or None."""
    seen = line.translate(_WIDE)
    stamp = _STAMP.match(seen)
    if stamp:
        return _behind(line, seen, stamp.end(), _start(stamp))
    return _beside(line, seen) or _untimed(line, seen)


def time_alone(line: str) -> tuple[float, str] | None:
    """The time at the start of a line, and what stands behind it."""
    stamp = _STAMP.match(line.translate(_WIDE))
    return (_start(stamp), line[stamp.end() :].strip()) if stamp else None


def _start(stamp: re.Match[str]) -> float:
    return float(stamp[2]) if stamp[1] is None else seconds(stamp[1])


def _behind(line: str, seen: str, at: int, start: float) -> Spoken | None:
    """A name behind a time."""
    for pattern in (_IN_BRACKETS, _COLON, _TABBED):
        if (match := pattern.match(seen, at)) and (label := _label(line[slice(*match.span(1))])):
            return Spoken("timed", label, start, line[match.end() :].strip())
    rest = line[at:].strip()
    is_name = 0 < len(rest) <= 20 and not _NO_SHORT_NAME.search(rest)
    return Spoken("timed", _label(rest), start, "") if is_name and _label(rest) else None


def _beside(line: str, seen: str) -> Spoken | None:
    """A name with a time behind it."""
    if match := _IN_BRACKETS.match(seen):
        clock = _STAMP.fullmatch(seen, match.end())
        label = _label(line[slice(*match.span(1))])
        return Spoken("timed", label, _start(clock), "") if clock and label else None
    match = _BESIDE.fullmatch(seen) or _BEFORE.fullmatch(seen)
    if not match or not (label := _label(line[slice(*match.span(1))])):
        return None
    words = line[match.start("words") :].strip() if "words" in match.groupdict() else ""
    return Spoken("timed", label, seconds(match[2] or match[3]), words)


def _untimed(line: str, seen: str) -> Spoken | None:
    tries: tuple[tuple[Family, re.Pattern[str]], ...] = (
        ("bracket", _IN_BRACKETS), ("colon", _COLON), ("sign", _SIGN)
    )  # fmt: skip
    for family, pattern in tries:
        if match := pattern.match(seen):
            name = match.span(1) if match[1] is not None else match.span(2)
            if label := _label(line[slice(*name)]):
                return Spoken(family, label, None, line[match.end() :].strip())
    return None


def _label(text: str) -> str:
    """A name without the signs around it and what Zoom's chat writes there; "" for what is none."""
    bare = text.strip(" \t　*_`#|-–[]【】")
    chat = _CHAT.match(bare)
    bare = (chat[1] or chat[2]).strip() if chat else bare
    return "" if _NO_NAME.fullmatch(bare) else bare


def seconds(clock: str) -> float:
    """Seconds of `1:02`, `01:02:03`, `01:02:03.4`, `1 分 2 秒`; of a time of day, since midnight."""
    total = 0.0
    for part in re.findall(r"\d+(?:[.,]\d+)?", clock):
        total = total * 60 + float(part.replace(",", "."))
    half = clock.rstrip()[-2:].lower()
    if half in ("am", "pm"):
        total = total * 60 if clock.count(":") == 1 else total
        return total % 43_200 + 43_200 * (half == "pm")
    return total
