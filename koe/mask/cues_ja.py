"""Names by the words around them: さん and 部長 behind, と申します and です after, という者."""

import re
from collections.abc import Iterator

from koe.mask.names_ja import (
    KANJI,
    KATAKANA,
    LISTED,
    NAMING,
    NOUNISH,
    ODD,
    PERSON,
    Doc,
    ends_in_role,
    extended,
    head_before,
    is_broken,
    is_one_script,
    is_ordinary,
    is_person,
)
from koe.mask.tokens import Kind, Token, kinds_of
from koe.mask.words_ja import (
    COMMON_SURNAMES,
    GREETING,
    NEVER_HONORED,
    NEVER_INTRODUCED,
    PLACES,
    SINGLES,
    is_role,
)

__all__ = ["called", "introduced", "named", "said_of"]

_FIRM = re.compile(r"株式会社|有限会社|合同会社|法人|\(株\)|\(有\)")
_OF_FIRM = re.compile(
    r".(?:運輸|運送|急便|電機|電気|建設|工務店|商事|商店|工業|産業|製作所|銀行|証券|生命|不動産|物産|食品|印刷|歯科|薬局)$"
)
_BOUNDARY = frozenset("。！？!?\n「『…")


def called(doc: Doc, i: int, *, honored: bool) -> Iterator[tuple[int, int]]:
    """The name that ends where token `i`, an honorific or a title, starts."""
    end = i - 1 if i and doc.tokens[i - 1].kind == "space" and honored else i
    for size in (3, 2, 1):
        first = end - size
        if first < 0:
            continue
        word = doc.text[doc.tokens[first].start : doc.tokens[end - 1].end]
        if size > 1 and kinds_of(word) and not kinds_of(word) & PERSON:
            return
        if _can_be_honored(doc, first, word) if honored else _can_be_titled(doc, first, word):
            start = extended(doc, first)
            whole = doc.text[start : doc.tokens[end - 1].end]
            if whole not in NEVER_HONORED and not is_ordinary(doc.text, start, doc.tokens[end - 1].end):
                yield start, doc.tokens[end - 1].end
            return


def said_of(doc: Doc, i: int) -> Iterator[tuple[int, int]]:
    """The name before という者: a place's name too, because persons are called like places."""
    word = doc.tokens[i - 1].text if i else ""
    if len(word) > 1 and KANJI.fullmatch(word) and kinds_of(word) & NAMING and word not in NEVER_INTRODUCED:
        yield doc.tokens[i - 1].start, doc.tokens[i - 1].end
    else:
        yield from called(doc, i, honored=True)


def _can_be_honored(doc: Doc, first: int, word: str) -> bool:
    kinds = kinds_of(word)
    if word in NEVER_HONORED or any(ch.isspace() for ch in word) or _OF_FIRM.search(word):
        return False
    if ODD.search(word) and word not in LISTED | SINGLES:
        return False
    if word == "王" and doc.text.startswith("様", doc.tokens[first].end):
        return False
    glued = first > 0 and doc.tokens[first - 1].kind in NOUNISH and not is_person(doc.tokens[first - 1])
    if kinds & PERSON:
        if KATAKANA.fullmatch(word):
            return not glued and ("surname" in kinds or not kinds & {"noun", "proper"})
        if len(word) == 1 or "surname" not in kinds:
            return not glued
        known = word in LISTED
        return known or (not (glued and "noun" in kinds) and word[-1] not in "屋係")
    unknown = not kinds and not glued and first + 1 <= len(doc.tokens)
    return unknown and 2 <= len(word) <= 6 and is_one_script(word) and is_broken(doc, first, word)


def _can_be_titled(doc: Doc, first: int, word: str) -> bool:
    kinds = kinds_of(word)
    token = doc.tokens[first]
    if word in NEVER_INTRODUCED or "surname" not in kinds or (word in PLACES and word not in LISTED):
        return False
    if len(word) == 1:
        glued = first > 0 and doc.tokens[first - 1].kind in NOUNISH
        return word in SINGLES and not glued
    tagged = token.text == word and token.kind == "surname"
    return tagged or not kinds & {"noun"}


def named(doc: Doc, i: int) -> Iterator[tuple[int, int]]:
    """The name before と申し…; whatever it is, as long as it is no known common word."""
    end = i - 1
    if end < 1 or doc.tokens[end].text != "と":
        if end == 0 and doc.tokens[0].kind == "surname":
            yield doc.tokens[0].start, doc.tokens[0].end
        return
    following = doc.text[doc.tokens[i].end : doc.tokens[i].end + 4]
    if re.match(r"ますの|ますか|ましょう|上げ", following):
        return
    for size in (3, 2, 1):
        first = end - size
        if first < 0:
            continue
        word = doc.text[doc.tokens[first].start : doc.tokens[end - 1].end]
        known = bool(kinds_of(word) & PERSON) and word not in NEVER_HONORED
        if known or (not kinds_of(word) and 2 <= len(word) <= 5 and is_broken(doc, first, word)):
            yield extended(doc, first), doc.tokens[end - 1].end
            return


def introduced(doc: Doc, i: int) -> Iterator[tuple[int, int]]:
    """The name before です where somebody says who they are."""
    for size in (2, 1):
        first = i - size
        if first < 0:
            continue
        token = doc.tokens[first]
        word = doc.text[token.start : doc.tokens[i - 1].end]
        kinds = kinds_of(word)
        if not kinds & PERSON or word in NEVER_HONORED:
            continue
        if _is_self_introduction(doc, first, word, kinds):
            yield extended(doc, first), doc.tokens[i - 1].end
            return


def _is_self_introduction(doc: Doc, first: int, word: str, kinds: frozenset[Kind]) -> bool:
    token = doc.tokens[first]
    if (ODD.search(word) and len(word) > 1 and word not in LISTED) or _is_weak_kana(token, word):
        return False
    sure = word in COMMON_SURNAMES or (token.kind == "surname" and token.text == word) or kinds == {"surname"}
    believed = sure or ("surname" in kinds and (len(word) > 1 or word in SINGLES))
    place = _place_of(doc, first)
    if place == "role":
        return believed and (sure or word in SINGLES or word not in NEVER_INTRODUCED)
    if place == "greeting":
        return believed and (word in SINGLES or word not in NEVER_INTRODUCED)
    if place == "start":
        given = token.kind == "given" and token.start == 0
        return (sure or given) and word not in NEVER_INTRODUCED and word not in PLACES
    return place == "of" and sure and word not in NEVER_INTRODUCED and word not in PLACES


def _is_weak_kana(token: Token, word: str) -> bool:
    """Whether a word in kana is taken for no name in its context, as そう in そうです."""
    return not KANJI.match(word) and not (token.text == word and token.kind in PERSON)


def _place_of(doc: Doc, first: int) -> str:
    """What a name at token `first` stands after: greeting, start, role, of (any の), or nothing."""
    start = doc.tokens[first].start
    before = doc.text[:start].rstrip(" 　")
    if not before:
        return "greeting"
    if doc.tokens[first - 1].text in ("の", "は", ":") and first > 1:
        head = head_before(doc, first - 1)
        if is_role(head) and (doc.tokens[first - 1].text != "は" or ends_in_role(head)):
            return "role"
        return "of" if doc.tokens[first - 1].text == "の" else ""
    if before[-1] in _BOUNDARY or before[-1] == "、" or before[-1] in ",.":
        sentence = re.split(r"[。！？!?\n]", before.rstrip("、,.。！？!?\n 　"))[-1]
        if GREETING.search(sentence) and start < 120:
            return "greeting"
        return "start" if before[-1] in _BOUNDARY else ""
    if before != doc.text[:start] or is_role(doc.tokens[first - 1].text):
        return "role"
    head = head_before(doc, first)
    return "of" if head and _FIRM.search(head) else ""
