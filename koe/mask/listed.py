"""Persons in lists: behind a heading, in a column of a pasted table, before the colons of a chat.

One name in the list that is known makes its neighbours names, too.
"""

import re
from collections.abc import Iterator, Sequence

from koe.mask.hits import Hit
from koe.mask.known import known_name
from koe.mask.names_en import NAME, NOT_NAMES, ORG, is_doubtful_given, is_given
from koe.mask.tokens import kinds_of
from koe.mask.words_ja import HONORIFICS, NEVER_HONORED, NEVER_INTRODUCED, SINGLES, TITLES, is_role

__all__ = ["find_listed"]

_HEADING = re.compile(
    r"(?:^|\n)[ \t>・*-]*[(（]?(?:Attendees|Present|Participants|Invitees|Apologies|Absent|Cc|CC|To"
    r"|[^\n:]{0,30}(?:our\sside|your\sside|on\sthe\scall)"
    r"|(?:出席|参加|主催|欠席|同席|記録|作成|承認|申請|依頼|報告)者?"
    r"|(?:退職|入社|異動|受講|申込|対象|講師|担当)者|連絡先|講師"
    r"|司会|議事録|宛先|差出人|メンバー)\s?:[ \t]*([^\n)）]+)"
)
_ITEM = re.compile(r"(?:[^,;、;/&]|(?<= )&(?! ))+")
_LEAD = re.compile(r"\s*(?:(?:and|probably|maybe|perhaps|also|plus|および)\s)*")
_EN_AND = re.compile(r"\sand\s|\s&\s")
_JA_NAME = re.compile(
    r"[一-龥々ヶ]{1,5}(?:[  ][一-龥々ヶぁ-んァ-ヴー]{1,6})?"
    r"|[ァ-ヴー]{2,8}(?:[  ・][一-龥々ァ-ヴー]{1,8}){0,2}"
    r"|[ぁ-ん]{2,5}|[A-Z]\. ?[ァ-ヴー]{2,8}"
)
_EN_NAME = re.compile(rf"{NAME}|[A-Z]{{2,}}(?:-[A-Z]+)?\s[A-Z][a-z]+")
_TAIL = re.compile(rf"\s?(?:{'|'.join(sorted((*HONORIFICS, *TITLES), key=len, reverse=True))})$")
_CELLS = re.compile(r"\t+| *\| *| {2,}")
_NAME_COLUMN = re.compile(
    r"(?:full |user |employee |staff |customer )?name|employee|staff|お?名前|氏名|社員名|従業員名?"
    r"|スタッフ名?|利用者名|担当者名|受講者名?|申込者名?",
    re.I,
)
_WEAK_COLUMN = re.compile(
    r"rep|driver|technician|engineer|instructor|tutor|teacher|host|approver|講師|運転手|ドライバー|user|username|owner|contact|assignee|person|担当者?|利用者|ユーザー|申請者|承認者|連絡先",
    re.I,
)
_CHAT = re.compile(r"(?:^|\n)(\[?\d{1,2}:\d{2}(?::\d{2})?\]?\s+)?([^\s:\[\]][^:\n\[\]]{0,19}?) ?: ?(?=\S)")
_FORM = re.compile(
    r"(?:^|\n)(?:姓|名|セイ|メイ|せい|めい|[苗名]字|下の名前) ?: ?"
    r"([一-龥々ヶぁ-んァ-ヴーA-Za-z]{1,8})(?=\s*(?:\n|$))"
)


def find_listed(text: str) -> Iterator[Hit]:
    """Names in lists, in columns, in forms and before colons."""
    if ":" in text:
        for m in _HEADING.finditer(text):
            yield from _believed(text, list(_items(text, *m.span(1))))
        yield from _speakers(text)
    if ":" in text or "【" in text:
        yield from (Hit(*m.span(1), "person") for m in _FORM.finditer(text))
    if "\n" in text and ("\t" in text or "|" in text or "  " in text):
        yield from _columns(text)


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the items of a list stand, without what leads them and what follows a name."""
    for item in _ITEM.finditer(text, start, end):
        at = item.start()
        for gap in [*_EN_AND.finditer(text, *item.span()), None]:
            stop = gap.start() if gap else item.end()
            yield _bare(text, at, stop)
            at = gap.end() if gap else stop


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    lead = _LEAD.match(text, start, end)
    start = lead.end() if lead else start
    piece = re.split(r"\s?[<(（]", text[start:end])[0].rstrip(" .。　\t")
    piece = _TAIL.sub("", piece) or piece
    return start, start + len(piece)


def _believed(text: str, places: Sequence[tuple[int, int]], *, sure: bool = False) -> Iterator[Hit]:
    """The places where a name can stand, if one of them surely holds one."""
    could = [(a, b) for a, b in places if _can_be(text[a:b])]
    if could and (sure or any(_is_known(text[a:b]) for a, b in could)):
        yield from (Hit(a, b, "person") for a, b in could)


def _can_be(name: str) -> bool:
    if _EN_NAME.fullmatch(name):
        return not any(word.strip(".").lower() in NOT_NAMES for word in name.split()) and not ORG.search(name)
    return (
        _JA_NAME.fullmatch(name) is not None
        and name not in NEVER_HONORED
        and (name in SINGLES or name not in NEVER_INTRODUCED)
        and (not is_role(name) or "surname" in kinds_of(name))
    )


def _is_known(name: str) -> bool:
    if name.isascii() or not re.search(r"[ぁ-んァ-ヴ一-龥]", name):
        return is_given(name.split()[0]) or is_given(name.split()[-1]) or is_doubtful_given(name.split()[0])
    person = known_name(name)
    if person is not None and person.given and person.family:
        return True
    return any(
        kinds_of(part) & {"surname", "given", "name"} and part not in NEVER_INTRODUCED - SINGLES
        for part in re.split(r"[ 　・]", name)
    )


def _speakers(text: str) -> Iterator[Hit]:
    """Who speaks in a pasted chat: two at least, one of them known or a time before them."""
    labels = [m for m in _CHAT.finditer(text) if known_name(m[2]) is not None]
    places = [_bare(text, *m.span(2)) for m in labels]
    timed = sum(m[1] is not None for m in labels)
    if len(places) > 1 and (timed or len({text[a:b] for a, b in places}) > 1):
        small = [(a, b) for a, b in places if timed and re.fullmatch(r"[a-z]{3,}(?: [a-z]+)?", text[a:b])]
        yield from (Hit(a, b, "person") for a, b in small if text[a:b] not in NOT_NAMES)
        yield from _believed(text, places)


def _columns(text: str) -> Iterator[Hit]:
    """The cells below a heading that says name, until the table ends."""
    column, sure, at = None, False, 0
    cells: list[tuple[int, int]] = []
    for line in text.split("\n"):
        row = _cells_of(line, at)
        at += len(line) + 1
        heads = [text[a:b].strip() for a, b in row]
        found = _name_column(heads)
        if found is not None or len(row) < 2:
            yield from _believed(text, cells, sure=sure)
            column, sure, cells = (
                found,
                found is not None and _NAME_COLUMN.fullmatch(heads[found]) is not None,
                [],
            )
        elif column is not None and column < len(row) and not set(text[slice(*row[column])]) <= set("-=:+ "):
            cells.append(_bare(text, *row[column]))
    yield from _believed(text, cells, sure=sure)


def _cells_of(line: str, at: int) -> list[tuple[int, int]]:
    cells, start = [], 0
    for gap in [*_CELLS.finditer(line), None]:
        stop = gap.start() if gap else len(line)
        if line[start:stop].strip():
            cells.append((at + start, at + stop))
        start = gap.end() if gap else stop
    return cells


def _name_column(heads: Sequence[str]) -> int | None:
    if len(heads) < 2:
        return None
    for pattern in (_NAME_COLUMN, _WEAK_COLUMN):
        for n, head in enumerate(heads):
            if pattern.fullmatch(head):
                return n
    return None
