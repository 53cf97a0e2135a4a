"""Small changes that make a customer's words untrue, and other ways to write the very same words."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from random import Random
from string import ascii_letters

__all__ = ["ALTERED", "FAITHFUL", "Alter", "cut_negation", "flipped"]

Alter = Callable[[str, Random], str | None]
"""The words changed; None where there is nothing of the sort to change."""

_CLASSES = (
    re.compile(r"[ぁ-ん]"),
    re.compile(r"[ァ-ヴ]"),
    re.compile(r"[一-鿿]"),
    re.compile(r"[a-z]"),
    re.compile(r"[A-Z]"),
)
_OTHERS = (
    "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん",
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン",
    "山川田中大小上下左右東西南北春夏秋冬朝昼夜水火木金土日月本店機器帳票画面設定送信受付",
    "abcdefghijklmnopqrstuvwxyz",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
)
_WORD = re.compile(r"[ァ-ヴー]{2,}|[一-鿿々]+|[A-Za-z][A-Za-z'’-]+")
_FLIPS = tuple(
    (re.compile(pattern), other)
    for pattern, other in (
        (r"ませんでした", "ました"),
        (r"ません(?!か)", "ます"),
        (r"(?<=[てで])いない", "いる"),
        (r"(?<=[てで])ない", "る"),
        (r"できない", "できる"),
        (r"ではない", "である"),
        (r"(?<=[かさたなまらわがばえけせてねべめれ])ない", "る"),
        (r"なかった", "あった"),
        (r"(?<![ぁ-ん])ない", "ある"),
        (r"ましたが", "ませんでしたが"),
        (r"ました(?!ら)", "ませんでした"),
        (r"ます(?=[。、がのよねし]|$)", "ません"),
        (r"(?<=[てで])いる", "いない"),
        (r"できる", "できない"),
        (r"(?<![ぁ-ん])ある", "ない"),
        (r"です(?=[。、がよね]|$)", "ではありません"),
        (r"\b(is|are|was|were|do|does|did|has|have|had|could|would|should)n['’]t\b", r"\1"),
        (r"\bcan(?:['’]t|not)\b", "can"),
        (r"\bnever ", ""),
        (r"\bnot ", ""),
        (r"\bno (?=\w)", "every "),
        (r"\bwithout\b", "with"),
        (r"\b(is|are|was|were|can|could|would|should|will|must|has|have)\b(?! not)", r"\1 not"),
        (r"\b(I|we|you|they) (?=[a-z]+\b)", r"\1 never "),
    )
)
_NEGATION = re.compile(
    r"ません(?!か|でしょう)|(?<=[からまなわがばきえせてねべめれ])ん(?=[。、」]|$)"
    r"|(?<![少危切])(?<!じゃ)(?<!では)な(?:い(?!ん?(?:です|でしょう)?か)|かった(?!です?か)|く(?![なち]))"
    r"|ず(?=に|、)|n['’]t\b|\bnot\b|\bnever\b"
)
"""Not those by which Japanese asks or agrees: 〜ませんか, 〜じゃない, 〜ないでしょうか."""
_HALF = {
    unicodedata.normalize("NFKC", chr(code)): chr(code)
    for code in (*range(0xFF66, 0xFF6B), *range(0xFF6F, 0xFF9E))
}
_FULL_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
_FULL_LETTERS = {ord(ch): ord(ch) + 0xFEE0 for ch in ascii_letters}


def one_character(quote: str, dice: Random) -> str | None:
    """One letter is another one of its script."""
    places = [(n, sort) for n, ch in enumerate(quote) for sort, of in enumerate(_CLASSES) if of.match(ch)]
    if not places:
        return None
    at, sort = dice.choice(places)
    return quote[:at] + dice.choice([ch for ch in _OTHERS[sort] if ch != quote[at]]) + quote[at + 1 :]


def one_digit(quote: str, dice: Random) -> str | None:
    """One digit is another."""
    places = [n for n, ch in enumerate(quote) if ch.isdecimal()]
    if not places:
        return None
    at = dice.choice(places)
    zero = ord(quote[at]) - unicodedata.decimal(quote[at])
    digit = (unicodedata.decimal(quote[at]) + dice.randrange(1, 10)) % 10
    return quote[:at] + chr(zero + digit) + quote[at + 1 :]


def flipped(quote: str, dice: Random) -> str | None:
    """A negation is put in or taken out."""
    found = [(m, other) for pattern, other in _FLIPS for m in pattern.finditer(quote)]
    if not found:
        return None
    match, other = dice.choice(found[:3])
    return quote[: match.start()] + match.expand(other) + quote[match.end() :]


def swapped(quote: str, dice: Random) -> str | None:
    """Two words change places."""
    words = list(_WORD.finditer(quote))
    pairs = [(a, b) for n, a in enumerate(words) for b in words[n + 1 :] if a[0] != b[0]]
    if not pairs:
        return None
    a, b = dice.choice(pairs)
    return quote[: a.start()] + b[0] + quote[a.end() : b.start()] + a[0] + quote[b.end() :]


def dropped(quote: str, dice: Random) -> str | None:
    """A word from the middle is gone."""
    words = [m for m in _WORD.finditer(quote) if m.start() > 0 and m.end() < len(quote)]
    if not words:
        return None
    word = dice.choice(words)
    return re.sub(" {2,}", " ", quote[: word.start()] + quote[word.end() :])


def cut_negation(quote: str, dice: Random) -> str | None:
    """The quote ends, or in English begins, where its negation stands: word for word and the opposite."""
    found = list(_NEGATION.finditer(quote))
    if not found:
        return None
    match = dice.choice(found)
    left = quote[match.end() :].lstrip() if match[0] in ("not", "never") else quote[: match.start()]
    return left if len(left) >= 4 else None


def half_width(quote: str, dice: Random) -> str | None:
    """Katakana at half width."""
    out = "".join(
        "".join(_HALF.get(part, part) for part in unicodedata.normalize("NFD", ch)).translate(
            {0x3099: 0xFF9E, 0x309A: 0xFF9F}
        )
        if "ァ" <= ch <= "ヺ" or ch == "ー"
        else ch
        for ch in quote
    )
    return out if out != quote else None


def full_width(quote: str, dice: Random) -> str | None:
    """Digits and Latin letters at full width."""
    out = quote.translate(_FULL_DIGITS).translate(_FULL_LETTERS)
    return out if out != quote else None


def broken_lines(quote: str, dice: Random) -> str | None:
    """A line break: between any two Japanese characters, in English at a space."""
    places = [n for n in range(1, len(quote)) if quote[n] == " " or not (quote[n - 1] + quote[n]).isascii()]
    if not places:
        return None
    at = dice.choice(places)
    return f"{quote[:at].rstrip()}\n{quote[at:].lstrip()}"


def more_spaces(quote: str, dice: Random) -> str | None:
    """Spaces around it, and two, or the wide one, where there was one."""
    wide = dice.choice(["  ", "\u3000", "\u00a0"])
    return f" {quote.replace(' ', wide)}\u3000"


def decomposed(quote: str, dice: Random) -> str | None:
    """Letters and their marks apart (NFD)."""
    out = unicodedata.normalize("NFD", quote)
    return out if out != quote else None


def _table(*ways: Alter) -> Iterator[tuple[str, Alter]]:
    yield from ((way.__name__, way) for way in ways)


ALTERED: Mapping[str, Alter] = dict(_table(one_character, one_digit, flipped, swapped, dropped))
"""What makes the words untrue."""
FAITHFUL: Mapping[str, Alter] = dict(_table(half_width, full_width, broken_lines, more_spaces, decomposed))
"""What leaves them what they are."""
