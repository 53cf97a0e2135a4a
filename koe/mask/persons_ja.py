"""Japanese names of persons, by the words around them and by what the dictionary says."""

import re
from collections.abc import Iterator, Sequence

from koe.mask.cues_ja import called, introduced, named, said_of
from koe.mask.hits import Hit
from koe.mask.names_ja import (
    HIRAGANA,
    KANJI,
    LISTED,
    NAMING,
    NOUNISH,
    ODD,
    PERSON,
    Doc,
    ends_in_role,
    head_before,
    is_ordinary,
    is_org,
    is_person,
)
from koe.mask.shapes_ja import find_shapes_ja
from koe.mask.tokens import Token, kinds_of, reading_of
from koe.mask.words_ja import (
    COMMON_SURNAMES,
    DOUBTFUL_SURNAMES,
    HONORIFICS,
    NEVER_INTRODUCED,
    PARTICLES,
    PLACES,
    SINGLES,
    TITLES,
    is_role,
)

__all__ = ["find_persons_ja"]

_TITLE_HEADS = frozenset("部課係次")
_COPULAS = frozenset(("です", "ですー", "ですぅ", "デス", "でし", "っす", "だ", "でーす", "ッス"))
_PERSONAL = re.compile(
    r"(?:[がはもに]|から|より)(?:[^。、\n]{0,16}?)(?:退職|引き継|伺い|参り|申し|不在|入社|異動|出張|話し|言って|言い|怒っ|困っ|教え|任せ|代わ|替わ|"
    r"担当|説明|承認|休み|休んで|休職|産休|育休|覚え|対応|欠席|出席|連絡|相談|頼ん|頼み|渡し|聞い|聞き)"
)
_NUMERAL_ONLY = re.compile(r"[一二三四五六七八九十百千万]+")
_TIME = re.compile(
    r"(?:昨|今|明|先|本|前|来|当)(?:日|週|月|年|朝|夜|晩|回|度|期|時)|現在|以前|最近|午前|午後|結局|実際|普段"
)
_SAID_OF = re.compile(
    r"と(?:いう|いった|言う|か)(?:者|もの|方|かた|人|ひと|前任|後任|担当|社員|スタッフ|職員|先生|上司|部下|同僚|新人|パート|子)"
)
_READING = re.compile(
    r"\s?[(（]\s?([ァ-ヴーぁ-ん]{1,8}(?:[ ・][ァ-ヴーぁ-ん]{1,8})?"
    r"|[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+)?)\s?[)）]"
)
_FOREIGN = re.compile(
    r"(?<![ァ-ヴー・])([ァ-ヴー]{2,}(?:[・=][ァ-ヴー]{1,}){1,3})(?=\s?(?:さん|さま|様|氏|先生|くん|ちゃん|と申し|と言い|といいます))"
)
"""A name of several parts in katakana."""
_NAME_LINE = re.compile(
    r"(?:^|\n)(?:[^\n]{0,24}[ :/]|[・*•-])?([一-龥々ヶ]{1,4}|[ぁ-ん]{2,5}|[ァ-ヴー]{2,7})"
    r" {1,2}([一-龥々ぁ-んァ-ヴー]{1,5})"
    r"(?=[ ]?(?:[(（/<]|\n|$))"
)
_LONE_LINE = re.compile(r"\n[ ]*(?:[^\n ]{2,24}[ ])?([一-龥々ヶ]{1,4})[ ]*(?=\n|$)")
_OF_DESK = re.compile(
    r"(?:^|\n)[^\n]{2,40}?(?:[部課室係]|グループ|チーム|センター)[ ]+([一-龥々ヶ]{1,4})[ ]*(?=\n|$)"
)


def find_persons_ja(text: str, tokens: Sequence[Token]) -> Iterator[Hit]:
    """Names of persons in a Japanese text, honorifics and titles left outside."""
    spans = [*_spans(Doc(text, tokens)), *find_shapes_ja(text)]
    found = [Hit(a, b, "person") for a, b in spans if b > a]
    yield from found
    for hit in found:
        m = _READING.match(text, hit.end)
        if m and _reads_like(m[1], text[hit.start : hit.end]):
            yield Hit(*m.span(1), "person")


def _spans(doc: Doc) -> Iterator[tuple[int, int]]:
    for i, token in enumerate(doc.tokens):
        if token.text in HONORIFICS:
            yield from called(doc, i, honored=True)
        elif token.text in TITLES or _is_split_title(doc.tokens, i):
            yield from called(doc, i, honored=False)
        elif token.text in _COPULAS or _is_humble_copula(doc.tokens, i):
            yield from introduced(doc, i)
        elif token.text in ("申し", "もうし", "申す", "申しあげ"):
            yield from named(doc, i)
        if token.kind in ("surname", "given", "name"):
            yield from _full_name(doc, i)
        if token.kind in NOUNISH and KANJI.match(token.text):
            yield from _alone(doc, i)
        if token.text == "と" and _SAID_OF.match(doc.text, token.start):
            yield from said_of(doc, i)
        if token.kind in PERSON:
            continue
        if i and doc.tokens[i - 1].text in ("の", ":", "は", " ") and "surname" in kinds_of(token.text):
            yield from _after_role(doc, i)
    if "・" in doc.text or "=" in doc.text:
        yield from (m.span(1) for m in _FOREIGN.finditer(doc.text))
    if "\n" in doc.text:
        yield from _in_lines(doc)


def _is_split_title(tokens: Sequence[Token], i: int) -> bool:
    """Whether two tokens make a title that persons have and branches have not, as 部 and 長."""
    return tokens[i].text in _TITLE_HEADS and i + 1 < len(tokens) and tokens[i + 1].text == "長"


def _is_humble_copula(tokens: Sequence[Token], i: int) -> bool:
    return tokens[i].text == "で" and i + 1 < len(tokens) and tokens[i + 1].text in ("ござい", "ございます")


def _full_name(doc: Doc, i: int) -> Iterator[tuple[int, int]]:
    """A surname with a given name behind it, with or without a space between."""
    token = doc.tokens[i]
    if token.kind == "given" and "surname" not in kinds_of(token.text):
        return
    j = i + 1
    spaced = j < len(doc.tokens) and doc.tokens[j].text in (" ", "・")
    j += spaced
    if j >= len(doc.tokens) or doc.tokens[j].text in HONORIFICS or is_org(doc, j + 1):
        return
    second = doc.tokens[j]
    if (
        is_person(second)
        or _is_unknown(token, second, spaced=spaced)
        or (kinds_of(second.text) & {"given"} and (spaced or "noun" not in kinds_of(second.text)))
    ):
        if token.kind == "name" and not (spaced and second.kind in ("name", "surname")):
            return
        glued = (
            j + 1 < len(doc.tokens) and doc.tokens[j + 1].kind in ("noun", "proper") and not is_person(second)
        )
        if not glued and not is_ordinary(doc.text, token.start, second.end):
            yield token.start, second.end


def _is_unknown(first: Token, second: Token, *, spaced: bool) -> bool:
    """Whether a word of one or two characters that no dictionary has stands behind a common surname."""
    word = second.text
    rare = len(word) < 3 and KANJI.fullmatch(word) is not None and not kinds_of(word)
    return rare and spaced and first.text in COMMON_SURNAMES


def _alone(doc: Doc, i: int) -> Iterator[tuple[int, int]]:
    """A surname without any cue, where the word is known as hardly anything else."""
    first, after = doc.tokens[i], i + 1
    word = first.text
    if len(word) == 1 and after < len(doc.tokens) and len(doc.tokens[after].text) == 1:
        word += doc.tokens[after].text
        after += 1
    if not _needs_no_cue(doc, i, word, after) or is_org(doc, after) or not _is_free_before(doc, i):
        return
    yield first.start, first.start + len(word)


def _needs_no_cue(doc: Doc, i: int, word: str, after: int) -> bool:
    if word in COMMON_SURNAMES:
        return True
    if doc.tokens[i].kind == "given" and doc.tokens[i].text == word and len(word) > 1:
        ordinary = word in NEVER_INTRODUCED or _NUMERAL_ONLY.fullmatch(word)
        return not ordinary and kinds_of(word) <= NAMING and _acts(doc, i)
    if word in DOUBTFUL_SURNAMES and _PERSONAL.match(doc.text, doc.tokens[i].start + len(word)):
        return True
    if doc.tokens[i].kind != "surname" or after > i + 1 or word in PLACES or ODD.search(word):
        return False
    kinds = kinds_of(word)
    if len(word) < 2 or not KANJI.fullmatch(word) or kinds & {"noun", "proper"}:
        return False
    return "place" not in kinds or _acts(doc, i)


def _acts(doc: Doc, i: int) -> bool:
    return i + 1 < len(doc.tokens) and doc.tokens[i + 1].text in (
        "が",
        "は",
        "から",
        "より",
        "と",
        "宛",
        "も",
        "に",
        "って",
    )


def _is_free_before(doc: Doc, i: int) -> bool:
    if i == 0:
        return True
    before = doc.tokens[i - 1]
    if HIRAGANA.fullmatch(before.text) or _TIME.fullmatch(before.text):
        return True
    return before.kind not in ("noun", "proper", "place") or is_role(before.text) or is_person(before)


def _after_role(doc: Doc, i: int) -> Iterator[tuple[int, int]]:
    """A word that can be a surname after a role: 院長の柏木に, 担当：林."""
    token = doc.tokens[i]
    head = head_before(doc, i - 1)
    if not ends_in_role(head) or token.text in NEVER_INTRODUCED or not KANJI.fullmatch(token.text):
        return
    if "noun" in kinds_of(token.text) and token.text not in LISTED | SINGLES:
        return
    if len(token.text) == 1 and token.text not in SINGLES:
        return
    after = doc.tokens[i + 1].text if i + 1 < len(doc.tokens) else "。"
    if (after in PARTICLES and not (after == "の" and doc.tokens[i - 1].text == "の")) or after[
        0
    ] in "\n :/()（）,":
        yield token.start, token.end


def _in_lines(doc: Doc) -> Iterator[tuple[int, int]]:
    """Names that have a line of their own, as in a signature."""
    for m in _NAME_LINE.finditer(doc.text):
        first, second = kinds_of(m[1]), kinds_of(m[2])
        if (first & {"surname", "given"} and (second & PERSON or not second)) or (
            not first and "given" in second and "noun" not in second
        ):
            yield m.start(1), m.end(2)
    for m in _OF_DESK.finditer(doc.text):
        if "surname" in kinds_of(m[1]) and m[1] not in NEVER_INTRODUCED - SINGLES:
            yield m.span(1)
    last = len(doc.text.rstrip())
    for m in _LONE_LINE.finditer(doc.text):
        kinds = kinds_of(m[1])
        if "surname" not in kinds or m[1] in NEVER_INTRODUCED - SINGLES or m[1] in PLACES:
            continue
        if "noun" not in kinds or m.end(1) == last:
            yield m.span(1)


def _reads_like(inside: str, name: str) -> bool:
    """Whether a bracket after a name gives its reading rather than a company."""
    if inside.isascii():
        return True
    kana = "".join(chr(ord(ch) + 96) if "ぁ" <= ch <= "ん" else ch for ch in inside)
    first, *others = re.split(r"[ ・]", kana)
    if others and " " in name:
        return True
    return kana.replace(" ", "") == reading_of(name) or "surname" in kinds_of(first)
