"""Names that a record itself tells: its contact, its speakers, our own people; found in every form."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from koe.language.text import normalize
from koe.mask.hits import Hit
from koe.mask.lists import word_list
from koe.mask.names_en import is_doubtful_given
from koe.mask.romaji import spellings
from koe.mask.tokens import Token, kinds_of, reading_of, tokenize
from koe.mask.words_ja import HONORIFICS, NEVER_INTRODUCED, ORG_TAIL, PLACES, TITLES

__all__ = ["KnownName", "find_known", "known_name"]

_GENERIC = re.compile(
    r"^(?:サポート|管理者|事務局|お客様|お客さま|顧客|担当|担当者|ご担当者|受付|代表|オペレーター|営業|経理|システム|自動応答|不明|ゲスト|ボット|取引先|ユーザー|"
    r"support|sales|admin|administrator|agent|customer|user|guest|bot|system|unknown|operator|speaker|team|info|client|caller|host|"
    r"participant|anonymous|service|helpdesk|noreply|no-reply|me|you)(?:\s?(?:チーム|窓口|部|課|係|担当|センター|デスク|team|desk|agent|bot|rep))?"
    r"\s?[#A-Za-z]?\d*$",
    re.I,
)
_CAPITAL = re.compile(r"[A-Z]")
_CALLED = re.compile(r"(?:\s?(?:様|さま|さん|氏|先生|殿|くん|ちゃん)|-san)$", re.I)
_BRACKET = re.compile(r"[(（\[【<].*$")


class KnownName(NamedTuple):
    """A person by the name's parts; `given` is empty when only one part is known."""

    family: str
    given: str
    latin: bool

    @property
    def canonical(self) -> str:
        """What the person's pseudonym is made of: family name in Japanese, given name in Latin letters."""
        return (self.given or self.family).casefold() if self.latin else self.family

    @property
    def full(self) -> str:
        """All parts without spaces, folded."""
        return (self.family + self.given).casefold()


@lru_cache(maxsize=65_536)
def known_name(field: str) -> KnownName | None:
    """The person that a name field names, or None when it names a desk, a machine or nobody."""
    name = _CALLED.sub("", _BRACKET.sub("", normalize(field)).strip()).strip(" ,")
    if not name or _GENERIC.match(name) or any(ch.isdigit() for ch in name) or "@" in name or len(name) > 40:
        return None
    if name.isascii() or not re.search(r"[ぁ-んァ-ヴ一-龥]", name):
        return _latin(name)
    parts = [part for part in re.split(r"[\s・=,、]+", name) if part]
    if len(parts) > 1:
        return KnownName(parts[0], "".join(parts[1:]), latin=False)
    return _split(name)


def _latin(name: str) -> KnownName | None:
    name = re.sub(r"^(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Madam|Rev|Fr)\b\.?\s*", "", name)
    if "," in name:
        family, _, given = name.partition(",")
        return KnownName(family.strip(), given.split()[0] if given.split() else "", latin=True)
    parts = name.replace(".", " ").split()
    if not all(re.match(r"[A-Za-zÀ-ɏḀ-ỿ'’-]+$", part) for part in parts) or not parts:
        return None
    return (
        KnownName(parts[-1], parts[0], latin=True) if len(parts) > 1 else KnownName("", parts[0], latin=True)
    )


def _split(name: str) -> KnownName | None:
    tokens = tokenize(name)
    if all(
        token.kind in ("noun", "suffix", "other", "mark") and not kinds_of(token.text) & {"surname", "given"}
        for token in tokens
    ):
        return None if all(kinds_of(token.text) for token in tokens) else KnownName(name, "", latin=False)
    for cut in sorted(range(1, len(name)), key=lambda n: (abs(n - 2), n)):
        if "surname" in kinds_of(name[:cut]) and kinds_of(name[cut:]) & {"given", "surname"}:
            return KnownName(name[:cut], name[cut:], latin=False)
    return KnownName(name, "", latin=False)


def find_known(
    text: str, tokens: Sequence[Token], people: Sequence[KnownName]
) -> Iterator[tuple[Hit, KnownName]]:
    """Every form of the people's names in the text, each with whose it is."""
    starts = {token.start: n for n, token in enumerate(tokens)}
    ends = {token.end for token in tokens}
    for person in people:
        if person.latin:
            yield from (
                (Hit(*m.span(), "person"), person)
                for m in _latin_forms(person).finditer(text)
                if _is_apart(text, m)
            )
            continue
        if _CAPITAL.search(text):
            yield from ((Hit(*m.span(), "person"), person) for m in _roman_forms(person).finditer(text))
        for form, safe in _forms(person):
            for m in form.finditer(text):
                aligned = m.start() in starts and m.end() in ends
                if safe or _is_name_here(text, m, aligned=aligned):
                    yield Hit(*m.span(), "person"), person


@lru_cache(maxsize=4096)
def _forms(person: KnownName) -> tuple[tuple[re.Pattern[str], bool], ...]:
    """Patterns of the forms, each with whether it needs no look around."""
    family, given = re.escape(person.family), re.escape(person.given)
    forms: list[tuple[str, bool]] = [(family, False)]
    if given:
        forms.insert(0, (rf"{family}[ ・]{{0,2}}{given}", True))
        if len(person.given) > 1 and kinds_of(person.given) <= {"given", "surname"}:
            forms.append((given, False))
    reading, second = reading_of(person.family), reading_of(person.given) if given else ""
    for kana in (reading, _hiragana(reading)) if len(reading) > 1 else ():
        forms.append((kana, False))
        if second:
            forms.append((rf"{kana}[ ・]?{second if kana == reading else _hiragana(second)}", True))
    return tuple((re.compile(form), safe) for form, safe in forms)


@lru_cache(maxsize=4096)
def _roman_forms(person: KnownName) -> re.Pattern[str]:
    """The Japanese name in Latin letters, each part with a capital."""
    family = "|".join(sorted(spellings(reading_of(person.family)) - {""}))
    given = "|".join(sorted(spellings(reading_of(person.given)) - {""})) if person.given else ""
    if len(family) < 3 or person.family in PLACES or "place" in kinds_of(reading_of(person.family)):
        return re.compile(r"(?!)")
    one = "|".join(part for part in (family, given) if part)
    words = "|".join(form for part in one.split("|") for form in (part.capitalize(), part.upper()))
    return re.compile(rf"(?<![A-Za-z0-9@._-])(?:{words})(?:,?\s(?:{words}))?(?![A-Za-z0-9@_])")


def _is_name_here(text: str, m: re.Match[str], *, aligned: bool) -> bool:
    word, after = m[0], text[m.end() : m.end() + 6]
    called = after.lstrip(" 　").startswith((*HONORIFICS, *TITLES))
    if called and (aligned or len(word) > 1):
        return True
    spoken = re.match(r"(?:です|でございます|と申し|でした|っす)", after) is not None
    if not aligned:
        return spoken and len(word) > 1 and not _is_kana(word)
    if (
        len(word) == 1
        or word in NEVER_INTRODUCED
        or (_is_kana(word) and len(word) < 4 and "surname" not in kinds_of(word))
    ):
        return spoken and (len(word) > 1 or m.start() == 0 or text[m.start() - 1] in "の、。\n はい ")
    if _is_kana(word) and kinds_of(word) - {"surname", "given", "name"}:
        return spoken
    return ORG_TAIL.match(text, m.end()) is None


@lru_cache(maxsize=4096)
def _latin_forms(person: KnownName) -> re.Pattern[str]:
    given, family = re.escape(person.given), re.escape(person.family)
    full = (
        rf"{given}(?:\s(?:[A-Z]\.?|\w+))?\s{family}|{family},?\s{given}"
        if given and family
        else given or family
    )
    alone = [part for part in (person.given, person.family) if len(part) > 1]
    return re.compile(
        rf"(?<![A-Za-z0-9@._-])(?:{'|'.join([full, *map(re.escape, alone)])})(?![A-Za-z0-9@_]|\.[a-z])", re.I
    )


_ENGLISH_WORDS = word_list("word_names_en")


def _is_apart(text: str, m: re.Match[str]) -> bool:
    """Whether a Latin word that is also an ordinary word stands as a name does."""
    word = m[0]
    if " " in word or word.lower() not in _ENGLISH_WORDS:
        return True
    if not word[0].isupper() or word.isupper():
        return False
    before = text[: m.start()].rstrip(" ")
    starts = not before or before[-1] in ".!?\n:"
    after = text[m.end() : m.end() + 8]
    alone = re.match(r"\s*(?:[,.!\n)]|$|here\b|['’]s\b|様|さん)", after) is not None
    return alone or (
        not starts and not re.match(r"\s[A-Z]", after) and not is_doubtful_given(word.lower() + "?")
    )


def _is_kana(word: str) -> bool:
    return re.fullmatch(r"[ぁ-んァ-ヴー]+", word) is not None


def _hiragana(kana: str) -> str:
    return "".join(chr(ord(ch) - 96) if "ァ" <= ch <= "ヶ" else ch for ch in kana)
