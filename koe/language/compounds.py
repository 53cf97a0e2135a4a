"""Terms: the noun phrases of a text, by a rule that joins neighbouring nouns."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from koe.language import stopwords
from koe.language.stems import stem
from koe.language.sudachi import Token

LONGEST = 6
"""Units of the longest compound that is a term as a whole."""
_AFFIXES = (
    "様 さん 氏 君 殿 ちゃん 達 等 ら 方 共 御 各 同 本 当 約 毎 ずつ 位 頃 目 時 後 中 内 前 当たり 自体"
)
_LEFT_OUT = frozenset(_AFFIXES.split())
"""Prefixes and suffixes, in normal form, that no term keeps."""
_KINDS = {"名詞": "noun", "形状詞": "adjective", "接頭辞": "prefix", "接尾辞": "suffix", "word": "english"}


class Term(NamedTuple):
    """A noun phrase, or a part of one; `normal` is what is counted, `surface` what was written."""

    normal: str
    surface: str
    start: int
    end: int


class _Unit(NamedTuple):
    """A part of a compound that is not split further; a weak one is no term alone."""

    normal: str
    surface: str
    start: int
    end: int
    kind: str
    weak: bool = False


def terms(tokens: Sequence[Token]) -> list[Term]:
    """The noun phrases of a text: each whole compound, its pairs of neighbours and its single words.

    36協定 and 残業時間 stay one word; numbers, times, pronouns and greetings alone are no terms.
    """
    return [term for run in _runs(tokens) for term in _terms_of(run)]


def _runs(tokens: Sequence[Token]) -> Iterator[list[_Unit]]:
    """Compounds as their units: neighbours with nothing between, or one space beside an English word."""
    run: list[_Unit] = []
    for token in tokens:
        kind = _kind(token)
        if run and not (kind and _touches(run[-1], token, kind)):
            yield _trimmed(run)
            run = []
        if kind and (run or kind != "suffix"):
            _push(run, _unit(token, kind))
    yield _trimmed(run)


def _kind(token: Token) -> str:
    """What a token is in a compound; empty when it ends one."""
    kind = _KINDS.get(token.pos[0], "")
    if kind == "english":
        return kind if _is_english_term(token.normal) else ""
    if kind in ("prefix", "suffix"):
        return "" if token.normal in _LEFT_OUT or token.pos[1:2] == ("動詞的",) else kind
    if token.pos[1:2] == ("数詞",):
        return "number"
    return "" if token.normal in stopwords.JA_BREAKS or token.pos[1:2] == ("助動詞語幹",) else kind


def _is_english_term(word: str) -> bool:
    return word not in stopwords.EN and len(word) > 1 and not word.endswith("ly")


def _touches(last: _Unit, token: Token, kind: str) -> bool:
    gap = token.start - last.end
    return gap == 0 or (gap == 1 and "english" in (last.kind, kind))


def _unit(token: Token, kind: str) -> _Unit:
    normal = stem(token.normal) if kind == "english" else token.normal
    weak = kind in ("number", "adjective") or token.normal in stopwords.JA_WEAK or token.pos[2:3] == ("人名",)
    weak = weak or (len(token.surface) == 1 and not _is_kanji(token.surface))
    return _Unit(
        normal, token.surface, token.start, token.end, kind, weak or token.pos[2:3] == ("助数詞可能",)
    )


def _push(run: list[_Unit], unit: _Unit) -> None:
    """Adds a unit: prefix and suffix, and a counter after its number, become one with their neighbour."""
    last = run[-1] if run else None
    if last and unit.start == last.end and (last.kind == "prefix" or unit.kind == "suffix"):
        kept = unit if last.kind == "prefix" else last
    elif last and last.kind == "number" and unit.weak and unit.kind in ("noun", "number"):
        kept = last
    else:
        run.append(unit)
        return
    run[-1] = last._replace(
        normal=last.normal + unit.normal,
        surface=last.surface + unit.surface,
        end=unit.end,
        kind=kept.kind,
        weak=kept.weak,
    )


def _trimmed(run: list[_Unit]) -> list[_Unit]:
    """The run without what cannot end a term: numbers, adjectives, lone prefixes."""
    last = len(run)
    while last and run[last - 1].kind in ("number", "adjective", "prefix"):
        last -= 1
    return run[:last]


def _terms_of(run: Sequence[_Unit]) -> Iterator[Term]:
    """The whole run, unless it is English or too long; then its pairs (English: and triples) and singles."""
    english = all(unit.kind == "english" for unit in run)
    sizes = {1, 2, 3} if english else {1, 2, len(run) if len(run) <= LONGEST else 2}
    for first in range(len(run)):
        for size in sorted(sizes, reverse=True):
            part = run[first : first + size]
            if len(part) == size and not all(unit.weak for unit in part) and _stands(part):
                yield _joined(part)


def _stands(part: Sequence[_Unit]) -> bool:
    return part[-1].kind not in ("number", "adjective", "prefix")


def _joined(part: Sequence[_Unit]) -> Term:
    """One term of several units; a space stays only between two English words."""
    normal, surface = part[0].normal, part[0].surface
    for left, right in pairwise(part):
        gap = " " if left.kind == right.kind == "english" else ""
        normal += gap + right.normal
        surface += (" " if right.start > left.end else "") + right.surface
    return Term(normal, surface, part[0].start, part[-1].end)


def _is_kanji(ch: str) -> bool:
    return "\u3400" <= ch <= "\u9fff"
