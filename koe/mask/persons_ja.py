"""Japanese names of persons, by the words around them and by what the dictionary says."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from koe.mask.hits import Hit
from koe.mask.tokens import Kind, Token, kinds_of, reading_of
from koe.mask.words_ja import (
    ATTACHED,
    COMMON_SURNAMES,
    DOUBTFUL_SURNAMES,
    GREETING,
    HONORIFICS,
    NEVER_HONORED,
    NEVER_INTRODUCED,
    ORG_TAIL,
    PARTICLES,
    PERSON_ROLES,
    PLACES,
    SINGLES,
    TITLES,
    is_role,
)

__all__ = ["find_persons_ja"]

_PERSON: frozenset[Kind] = frozenset({"surname", "given", "name"})
_NAMING: frozenset[Kind] = _PERSON | {"place"}
_NUMERALS = frozenset("0123456789一二三四五六七八九十百千何数")
_NOUNISH: frozenset[Kind] = frozenset({"noun", "proper", "place", "surname", "given", "name", "number"})
_KANJI = re.compile(r"[一-龥々ヶ〆]+")
_HIRAGANA = re.compile(r"[ぁ-んー]+")
_KATAKANA = re.compile(r"[ァ-ヴー]+")
_JOINTS = frozenset(" ・･=　")
_COPULAS = frozenset(("です", "ですー", "ですぅ", "デス", "でし", "っす", "だ", "でーす", "ッス"))
_ODD = re.compile(r"[一二三四五六七八九十月火水木金土日名]$|^[月火水木金土日]{2}$")
"""Counts and runs of weekdays that the dictionary takes for surnames."""
_PERSONAL = re.compile(
    r"(?:[がはもに]|から|より)(?:[^。、\n]{0,16}?)(?:退職|引き継|伺い|参り|申し|不在|入社|異動|出張|話し|言って|言い|怒っ|困っ|教え|任せ|代わ|替わ|"
    r"担当|説明|承認|休み|休んで|休職|産休|育休|覚え|対応|欠席|出席|連絡|相談|頼ん|頼み|渡し|聞い|聞き)"
)
_FIRM = re.compile(r"株式会社|有限会社|合同会社|法人|\(株\)|\(有\)")
_LISTED = COMMON_SURNAMES | DOUBTFUL_SURNAMES
_NUMERAL_ONLY = re.compile(r"[一二三四五六七八九十百千万]+")
_TIME = re.compile(
    r"(?:昨|今|明|先|本|前|来|当)(?:日|週|月|年|朝|夜|晩|回|度|期|時)|現在|以前|最近|午前|午後|結局|実際|普段"
)
_SAID_OF = re.compile(
    r"と(?:いう|いった|言う|か)(?:者|もの|方|かた|人|ひと|前任|後任|担当|社員|スタッフ|職員|先生|上司|部下|同僚|新人|パート|子)"
)
_BOUNDARY = frozenset("。！？!?\n「『…")
_READING = re.compile(
    r"\s?[(（]\s?([ァ-ヴーぁ-ん]{1,8}(?:[ ・][ァ-ヴーぁ-ん]{1,8})?|[A-Z][A-Za-z]+(?: [A-Z][A-Za-z]+)?)\s?[)）]"
)
_NAME_LINE = re.compile(
    r"(?:^|\n)(?:[^\n]{0,24}[ :/])?([一-龥々ヶ]{1,4}|[ぁ-ん]{2,5}|[ァ-ヴー]{2,7}) {1,2}([一-龥々ぁ-んァ-ヴー]{1,5})"
    r"(?=[ ]?(?:[(（/]|\n|$))"
)
_LONE_LINE = re.compile(r"\n[ ]*(?:[^\n ]{2,24}[ ])?([一-龥々ヶ]{1,4})[ ]*(?=\n|$)")


class _Text(NamedTuple):
    text: str
    tokens: Sequence[Token]


def find_persons_ja(text: str, tokens: Sequence[Token]) -> Iterator[Hit]:
    """Names of persons in a Japanese text, honorifics and titles left outside."""
    found = [Hit(a, b, "person") for a, b in _spans(_Text(text, tokens)) if b > a]
    yield from found
    for hit in found:
        m = _READING.match(text, hit.end)
        if m and _reads_like(m[1], text[hit.start : hit.end]):
            yield Hit(*m.span(1), "person")


def _spans(doc: _Text) -> Iterator[tuple[int, int]]:
    for i, token in enumerate(doc.tokens):
        if token.text in HONORIFICS:
            yield from _before(doc, i, honored=True)
        elif token.text in TITLES:
            yield from _before(doc, i, honored=False)
        elif token.text in _COPULAS or _is_humble_copula(doc.tokens, i):
            yield from _introduced(doc, i)
        elif token.text in ("申し", "もうし", "申す", "申しあげ"):
            yield from _named(doc, i)
        if token.kind in ("surname", "given", "name"):
            yield from _full_name(doc, i)
        if token.kind in _NOUNISH and _KANJI.match(token.text):
            yield from _alone(doc, i)
        if token.text == "と" and _SAID_OF.match(doc.text, token.start):
            yield from _said_of(doc, i)
        if token.kind in _PERSON:
            continue
        if i and doc.tokens[i - 1].text in ("の", ":", "は", " ") and "surname" in kinds_of(token.text):
            yield from _after_role(doc, i)
    if "\n" in doc.text:
        yield from _in_lines(doc)


def _is_humble_copula(tokens: Sequence[Token], i: int) -> bool:
    return tokens[i].text == "で" and i + 1 < len(tokens) and tokens[i + 1].text in ("ござい", "ございます")


def _before(doc: _Text, i: int, *, honored: bool) -> Iterator[tuple[int, int]]:
    """The name that ends where token `i`, an honorific or a title, starts."""
    end = i - 1 if i and doc.tokens[i - 1].kind == "space" and honored else i
    for size in (3, 2, 1):
        first = end - size
        if first < 0:
            continue
        word = doc.text[doc.tokens[first].start : doc.tokens[end - 1].end]
        if size > 1 and kinds_of(word) and not kinds_of(word) & _PERSON:
            return
        if _can_be_honored(doc, first, word) if honored else _can_be_titled(doc, first, word):
            start = _extended(doc, first)
            if not _is_ordinary(doc.text, start, doc.tokens[end - 1].end):
                yield start, doc.tokens[end - 1].end
            return


def _said_of(doc: _Text, i: int) -> Iterator[tuple[int, int]]:
    """The name before という者: a place's name too, because persons are called like places."""
    word = doc.tokens[i - 1].text if i else ""
    if len(word) > 1 and _KANJI.fullmatch(word) and kinds_of(word) & _NAMING and word not in NEVER_INTRODUCED:
        yield doc.tokens[i - 1].start, doc.tokens[i - 1].end
    else:
        yield from _before(doc, i, honored=True)


def _is_ordinary(text: str, start: int, end: int) -> bool:
    """Whether the pieces make up a common word, or a count goes before them."""
    kinds = kinds_of(text[start:end])
    return bool(kinds and not kinds & _NAMING) or text[start - 1 : start] in _NUMERALS


def _can_be_honored(doc: _Text, first: int, word: str) -> bool:
    kinds = kinds_of(word)
    if (
        word in NEVER_HONORED
        or any(ch.isspace() for ch in word)
        or (_ODD.search(word) and word not in _LISTED)
    ):
        return False
    glued = first > 0 and doc.tokens[first - 1].kind in _NOUNISH and not _is_person(doc.tokens[first - 1])
    if kinds & _PERSON:
        if _KATAKANA.fullmatch(word):
            return not glued and ("surname" in kinds or not kinds & {"noun", "proper"})
        if len(word) == 1 or "surname" not in kinds:
            return not glued
        known = word in _LISTED
        tagged = doc.tokens[first].text == word and _is_person(doc.tokens[first])
        return known or (
            not (glued and "noun" in kinds) and (tagged or "noun" not in kinds) and word[-1] not in "屋係"
        )
    unknown = not kinds and not glued and first + 1 <= len(doc.tokens)
    return unknown and 2 <= len(word) <= 6 and _is_one_script(word) and _is_broken(doc, first, word)


def _is_broken(doc: _Text, first: int, word: str) -> bool:
    """Whether an unknown word is one token, or pieces of one character that Sudachi could not join."""
    pieces = [t for t in doc.tokens[first : first + 3] if t.end <= doc.tokens[first].start + len(word)]
    if len(pieces) == 1:
        return not _KATAKANA.fullmatch(word)
    return bool(_KANJI.fullmatch(word)) and all(
        len(t.text) == 1 and t.kind not in ("suffix", "number") for t in pieces
    )


def _can_be_titled(doc: _Text, first: int, word: str) -> bool:
    kinds = kinds_of(word)
    token = doc.tokens[first]
    if word in NEVER_INTRODUCED or "surname" not in kinds:
        return False
    if len(word) == 1:
        glued = first > 0 and doc.tokens[first - 1].kind in _NOUNISH
        return word in SINGLES and not glued
    tagged = token.text == word and token.kind == "surname"
    return tagged or not kinds & {"noun"}


def _extended(doc: _Text, first: int) -> int:
    """Where the name starts when a surname stands before the part found, joined or after a space."""
    back = first - 1
    if back > 0 and doc.tokens[back].text in _JOINTS:
        back -= 1
    if back >= 0 and back != first and "surname" in kinds_of(doc.tokens[back].text) | {doc.tokens[back].kind}:
        adjacent = back == first - 1
        if _is_person(doc.tokens[back]) and (not adjacent or len(doc.tokens[back].text) > 1):
            return doc.tokens[back].start
    if back >= 0 and doc.tokens[first - 1].text in ("・", "=") and _KATAKANA.fullmatch(doc.tokens[back].text):
        return doc.tokens[back].start
    return doc.tokens[first].start


def _named(doc: _Text, i: int) -> Iterator[tuple[int, int]]:
    """The name before と申し…; whatever it is, as long as it is no known common word."""
    end = i - 1
    if end < 1 or doc.tokens[end].text != "と":
        return
    following = doc.text[doc.tokens[i].end : doc.tokens[i].end + 4]
    if re.match(r"ますの|ますか|ましょう|上げ", following):
        return
    for size in (3, 2, 1):
        first = end - size
        if first < 0:
            continue
        word = doc.text[doc.tokens[first].start : doc.tokens[end - 1].end]
        known = bool(kinds_of(word) & _PERSON) and word not in NEVER_HONORED
        if known or (not kinds_of(word) and 2 <= len(word) <= 5 and _is_broken(doc, first, word)):
            yield _extended(doc, first), doc.tokens[end - 1].end
            return


def _introduced(doc: _Text, i: int) -> Iterator[tuple[int, int]]:
    """The name before です where somebody says who they are."""
    for size in (2, 1):
        first = i - size
        if first < 0:
            continue
        token = doc.tokens[first]
        word = doc.text[token.start : doc.tokens[i - 1].end]
        kinds = kinds_of(word)
        if not kinds & _PERSON or word in NEVER_HONORED:
            continue
        if _is_self_introduction(doc, first, word, kinds):
            yield _extended(doc, first), doc.tokens[i - 1].end
            return


def _is_self_introduction(doc: _Text, first: int, word: str, kinds: frozenset[Kind]) -> bool:
    token = doc.tokens[first]
    if (_ODD.search(word) and len(word) > 1 and word not in _LISTED) or _is_weak_kana(token, word):
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
    return not _KANJI.match(word) and not (token.text == word and token.kind in _PERSON)


def _place_of(doc: _Text, first: int) -> str:
    """What a name at token `first` stands after: greeting, start, role, of (の after anything), or nothing."""
    start = doc.tokens[first].start
    before = doc.text[:start].rstrip(" 　")
    if not before:
        return "greeting"
    if doc.tokens[first - 1].text in ("の", "は", ":") and first > 1:
        head = _head(doc, first - 1)
        if is_role(head) and (doc.tokens[first - 1].text != "は" or _ends_in_role(head)):
            return "role"
        return "of" if doc.tokens[first - 1].text == "の" else ""
    if before[-1] in _BOUNDARY or before[-1] == "、" or before[-1] in ",.":
        sentence = re.split(r"[。！？!?\n]", before.rstrip("、,.。！？!?\n 　"))[-1]
        if GREETING.search(sentence) and start < 120:
            return "greeting"
        return "start" if before[-1] in _BOUNDARY else ""
    if before != doc.text[:start] or is_role(doc.tokens[first - 1].text):
        return "role"
    head = _head(doc, first)
    return "of" if head and _FIRM.search(head) else ""


def _head(doc: _Text, i: int) -> str:
    """The run of nouns that ends right before token `i`."""
    first = i
    while first > 0 and doc.tokens[first - 1].kind in _NOUNISH | {"suffix"} and i - first < 6:
        first -= 1
    return doc.text[doc.tokens[first].start : doc.tokens[i].start] if first < i else ""


def _full_name(doc: _Text, i: int) -> Iterator[tuple[int, int]]:
    """A surname with a given name behind it, with or without a space between."""
    token = doc.tokens[i]
    if token.kind == "given" and "surname" not in kinds_of(token.text):
        return
    j = i + 1
    spaced = j < len(doc.tokens) and doc.tokens[j].text in (" ", "・")
    j += spaced
    if j >= len(doc.tokens) or doc.tokens[j].text in HONORIFICS or _is_org(doc, j + 1):
        return
    second = doc.tokens[j]
    if _is_person(second) or (
        kinds_of(second.text) & {"given"} and (spaced or "noun" not in kinds_of(second.text))
    ):
        if token.kind == "name" and not (spaced and second.kind in ("name", "surname")):
            return
        glued = (
            j + 1 < len(doc.tokens)
            and doc.tokens[j + 1].kind in ("noun", "proper")
            and not _is_person(second)
        )
        if not glued and not _is_ordinary(doc.text, token.start, second.end):
            yield token.start, second.end


def _alone(doc: _Text, i: int) -> Iterator[tuple[int, int]]:
    """A surname without any cue, where the word is known as hardly anything else."""
    first, after = doc.tokens[i], i + 1
    word = first.text
    if len(word) == 1 and after < len(doc.tokens) and len(doc.tokens[after].text) == 1:
        word += doc.tokens[after].text
        after += 1
    if not _needs_no_cue(doc, i, word, after) or _is_org(doc, after) or not _is_free_before(doc, i):
        return
    yield first.start, first.start + len(word)


def _needs_no_cue(doc: _Text, i: int, word: str, after: int) -> bool:
    if word in COMMON_SURNAMES:
        return True
    if doc.tokens[i].kind == "given" and doc.tokens[i].text == word and len(word) > 1:
        ordinary = word in NEVER_INTRODUCED or _NUMERAL_ONLY.fullmatch(word)
        return not ordinary and kinds_of(word) <= _NAMING and _acts(doc, i)
    if word in DOUBTFUL_SURNAMES and _PERSONAL.match(doc.text, doc.tokens[i].start + len(word)):
        return True
    if doc.tokens[i].kind != "surname" or after > i + 1 or word in PLACES or _ODD.search(word):
        return False
    kinds = kinds_of(word)
    if len(word) < 2 or not _KANJI.fullmatch(word) or kinds & {"noun", "proper"}:
        return False
    return "place" not in kinds or _acts(doc, i)


def _acts(doc: _Text, i: int) -> bool:
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


def _is_free_before(doc: _Text, i: int) -> bool:
    if i == 0:
        return True
    before = doc.tokens[i - 1]
    if _HIRAGANA.fullmatch(before.text) or _TIME.fullmatch(before.text):
        return True
    return before.kind not in ("noun", "proper", "place") or is_role(before.text) or _is_person(before)


def _is_org(doc: _Text, j: int) -> bool:
    """Whether what follows makes a name into a company, a place or a thing."""
    if j >= len(doc.tokens):
        return False
    after = doc.tokens[j]
    if after.text in HONORIFICS or after.text in TITLES or after.text in ATTACHED:
        return (
            after.text in TITLES
            and _is_org(doc, j + 1)
            and ORG_TAIL.match(doc.text, doc.tokens[j + 1].start) is not None
        )
    return ORG_TAIL.match(doc.text, after.start) is not None or (
        after.kind in ("noun", "proper", "suffix", "place")
    )


def _after_role(doc: _Text, i: int) -> Iterator[tuple[int, int]]:
    """A word that can be a surname after a role: 院長の柏木に, 担当：林."""
    token = doc.tokens[i]
    head = _head(doc, i - 1)
    if not _ends_in_role(head) or token.text in NEVER_INTRODUCED or not _KANJI.fullmatch(token.text):
        return
    if "noun" in kinds_of(token.text) and token.text not in _LISTED | SINGLES:
        return
    if len(token.text) == 1 and token.text not in SINGLES:
        return
    after = doc.tokens[i + 1].text if i + 1 < len(doc.tokens) else "。"
    if (after in PARTICLES and not (after == "の" and doc.tokens[i - 1].text == "の")) or after[
        0
    ] in "\n :/()（）,":
        yield token.start, token.end


def _ends_in_role(head: str) -> bool:
    return any(head[n:] in PERSON_ROLES for n in range(len(head)))


def _in_lines(doc: _Text) -> Iterator[tuple[int, int]]:
    """Names that have a line of their own, as in a signature."""
    for m in _NAME_LINE.finditer(doc.text):
        first, second = kinds_of(m[1]), kinds_of(m[2])
        if ("surname" in first and (second & _PERSON or not second)) or (
            not first and "given" in second and "noun" not in second
        ):
            yield m.start(1), m.end(2)
    last = len(doc.text.rstrip())
    for m in _LONE_LINE.finditer(doc.text):
        kinds = kinds_of(m[1])
        if "surname" not in kinds or m[1] in NEVER_INTRODUCED - SINGLES or m[1] in PLACES:
            continue
        if "noun" not in kinds or m.end(1) == last:
            yield m.span(1)


def _is_person(token: Token) -> bool:
    return token.kind in _PERSON


def _is_one_script(word: str) -> bool:
    return any(script.fullmatch(word) for script in (_KANJI, _HIRAGANA, _KATAKANA))


def _reads_like(inside: str, name: str) -> bool:
    """Whether a bracket after a name gives its reading rather than a company."""
    if inside.isascii():
        return True
    kana = "".join(chr(ord(ch) + 96) if "ぁ" <= ch <= "ん" else ch for ch in inside)
    first = re.split(r"[ ・]", kana)[0]
    return kana.replace(" ", "") == reading_of(name) or "surname" in kinds_of(first)
