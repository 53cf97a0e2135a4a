"""Japanese names by the shape of what stands around them, where the dictionary's words do not show them."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from koe.mask.lists import word_list
from koe.mask.names_ja import PERSON
from koe.mask.romaji import sounds_japanese
from koe.mask.tokens import kinds_of, reading_of
from koe.mask.words_ja import NEVER_HONORED, NEVER_INTRODUCED, PERSON_ROLES, SINGLES, is_role

__all__ = ["find_shapes_ja"]

_KANJI = r"[一-龥々ヶ]"
_GIVEN = r"(?:[一-龥々]{1,3}|[ぁ-ん]{2,4}|[ァ-ヴー]{2,5})"
_OPEN = r"(?:^|(?<=[\s、。,.「『（(【】\[:・]))"
_RANK = r"(?:主任|係長|課長|部長|次長|専務|常務)"
_ONE = re.compile(rf"{_OPEN}([{''.join(sorted(SINGLES))}])(?<!王(?=様))(?=様|さま|さん|氏|殿|{_RANK})")
"""A surname of one character, which the dictionary takes for a part of a word."""
_ADDRESSED = re.compile(r"(?:^|\n)[ ]?([一-龥])(?=様[ ]?(?:\n|、|$))")
"""The one that a mail begins with."""
_RANKED = re.compile(rf"{_OPEN}([一-龥々]{{2,3}})(?={_RANK})")
_OF_FAMILY = re.compile(r"(?<![一-龥々ァ-ヴー])([一-龥々]{2,4})(?=氏(?![名族姓一-龥]))")
_SPACED = re.compile(rf"(?<![一-龥々ァ-ヴー])({_KANJI}{{1,4}}) ({_GIVEN})(?=\s?(?:様|さま|氏|殿))")
_WITH_LATIN = re.compile(
    rf"(?<![一-龥々])({_KANJI}{{1,4}} ?[一-龥々ぁ-んァ-ヴー]{{1,5}})\s?[/(]\s?([A-Z][A-Za-z]+ [A-Z][A-Za-z]+)"
)
_BEFORE_MAIL = re.compile(rf"(?<![一-龥々])({_KANJI}{{1,4}}) {_GIVEN}(?=\s?<[\w.+-]{{1,64}}@)")
_IN_KATAKANA = re.compile(
    r"(?:(?:カナ|かな|ガナ|がな|読み|名前|氏名|名義|担当者?)(?:は|が|:|、| ){0,2})"
    r"([ァ-ヴー]{2,6})[ ・]([ァ-ヴー]{2,5})(?![ァ-ヴー])"
)
_OURS = re.compile(
    rf"(?:うち|弊社|当社|当方|御社|貴社)の([{''.join(sorted(SINGLES))}])(?=(?:が|は|も)(?:言|申|話|お|伺|参|対応|担当|確認)|から|と|に(?:聞|伝|確認|代))"
)
_TAKEN_OVER = re.compile(
    r"電話(?:を)?(?:代|替|か)わりました[、。]?\s?([一-龥々]{1,4})(?=で(?:ございます|す))"
)
_SAYS = re.compile(r"(?:^|[。、\n])[ ]?([一-龥々]{2,4})(?=と(?:言い|いい)ます(?:が|けど|。|、))")
_MENTIONED = re.compile(r"(?<![\w.])@([一-龥々]{1,4}|[ァ-ヴー]{2,7})(?=さん|様|[ 　\n、,]|$)")
_ANSWERED = re.compile(
    r"(?:お?名前|ご?氏名)[^\n]{0,14}\n(?:(?!社|部|件|電話)[^\n:]){0,10}: ?"
    r"([一-龥々]{1,4}|[ぁ-ん]{2,5}|[ァ-ヴー]{2,7})(?=です|と申し|といい|。|\n|$)"
)
_DOES = re.compile(
    rf"(?:{_OPEN}|(?<=[はが、]))([一-龥々]{{1,3}})(?=[がは](?:お?伺う|お?伺い|担当|兼任|撮影|参り|訪問|同席|出席|欠席|対応"
    r"|確認|見てい|見ており|退職|不在|休|ご案内|ご説明|ご連絡))"
)
_KIN = re.compile(
    r"(?:妻|夫|娘|息子|母|父|姉|妹|兄|弟)の([一-龥々]{1,3}|[ァ-ヴー]{2,5})(?=[、。がはもにとを]|さん)"
    r"|(?:店長|責任者|部長|課長|社長|部下|上司|同僚|担当者?)の([ァ-ヴー]{2,6}・[ァ-ヴー・]{2,12})"
)
_LEFT = re.compile(
    r"(?:(?:退職|入社|異動|着任)した|後任の|前任の|新任の)([一-龥々]{2,3})(?=から|が|は|の|に|さん|、)"
)
_SAME_AS = re.compile(rf"([{''.join(sorted(SINGLES))}])(?=に変更と|に交代|に代わり|へ引き継)")
_TRIO = re.compile(r"((?:[一-龥々]{1,3}・){1,3}[一-龥々]{1,3})(?=の[二三四2-4](?:人|名))")
_MIDDLE = re.compile(r"[ァ-ヴー]{2,}・(?:[A-Z]\.?・?){1,2}[ァ-ヴー]{2,}|(?<![A-Za-z])[A-Z]\. ?[ァ-ヴー]{3,}")
_ALSO = re.compile(r"(?<=さん、)([ぁ-ん]{2,4})(?=さん)")


def find_shapes_ja(text: str) -> Iterator[tuple[int, int]]:
    """Where names stand, end exclusive, honorifics and titles left outside."""
    for pattern in (_ONE, _OURS, _TAKEN_OVER):
        yield from (m.span(1) for m in pattern.finditer(text))
    for pattern in (_ADDRESSED, _OF_FAMILY, _ALSO):
        yield from (m.span(1) for m in pattern.finditer(text) if m[1] not in NEVER_HONORED)
    yield from (m.span(1) for m in _RANKED.finditer(text) if _is_surname(m[1]))
    yield from (m.span(1) for m in _SAYS.finditer(text) if _is_surname(m[1]))
    yield from (m.span() for m in _BEFORE_MAIL.finditer(text) if _is_surname(m[1]))
    yield from (m.span() for m in _SPACED.finditer(text) if _is_full(m[1], m[2]))
    yield from _spoken_of(text)
    for m in _WITH_LATIN.finditer(text):
        if sounds_japanese(m[2]) and "place" not in kinds_of(m[1].split(" ")[0]) - PERSON:
            yield from (m.span(1), m.span(2))
    for m in _IN_KATAKANA.finditer(text):
        if m[1] in _readings():
            yield m.start(1), m.end(2)


def _spoken_of(text: str) -> Iterator[tuple[int, int]]:
    """Names by what is done to persons and by persons: mentioned, asked, at work, counted."""
    for m in _MENTIONED.finditer(text):
        kinds = kinds_of(m[1])
        if not kinds or (kinds & PERSON and (m[1] in SINGLES or m[1] not in NEVER_INTRODUCED)):
            yield m.span(1)
    yield from (m.span(1) for m in _ANSWERED.finditer(text) if m[1] not in NEVER_HONORED)
    yield from (m.span(1) for m in _DOES.finditer(text) if m[1] in SINGLES or _is_surname(m[1]))
    for m in _KIN.finditer(text):
        if m[2] or "given" in kinds_of(m[1]) or not kinds_of(m[1]):
            yield m.span(2 if m[2] else 1)
    yield from (m.span(1) for m in _LEFT.finditer(text) if _is_surname(m[1]))
    if _DOES.search(text):
        yield from (m.span(1) for m in _SAME_AS.finditer(text))
    for m in _TRIO.finditer(text):
        parts = m[1].split("・")
        if all("surname" in kinds_of(part) for part in parts):
            yield from ((m.start() + at, m.start() + at + len(part)) for at, part in _placed(parts))
    yield from (m.span() for m in _MIDDLE.finditer(text))


def _placed(parts: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Each part with where it stands among them, a dot between two."""
    at = 0
    for part in parts:
        yield at, part
        at += len(part) + 1


def _is_surname(word: str) -> bool:
    return "surname" in kinds_of(word) and word not in NEVER_INTRODUCED


def _is_full(first: str, second: str) -> bool:
    """Whether the two can be surname and given name: neither is a role or another word."""
    known = [kinds for word in (first, second) if (kinds := kinds_of(word))]
    if is_role(first) or is_role(second) or {first, second} & (NEVER_HONORED | PERSON_ROLES):
        return False
    return all(kinds & PERSON for kinds in known)


@cache
def _readings() -> frozenset[str]:
    return frozenset(reading_of(name) for name in word_list("surnames_ja")) - {""}
