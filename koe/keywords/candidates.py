"""What could be a keyword: the terms of customer turns, and phrases that terms alone do not show.

Blind to outcomes, so that nothing chosen here can make a difference between won and lost.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from koe.keywords.deals import DealVoice
from koe.language import stopwords
from koe.language.stems import stem
from koe.language.text import normalize
from koe.language.tokens import Term, Token, terms, tokenize

__all__ = ["Candidate", "find_candidates", "search_form", "turn_candidates"]

LONGEST = 24
"""Characters of a candidate's surface."""

_SPACE = re.compile(r"\s+")
_HAS_LETTER = re.compile(r"[^\W\d_]")
_LINKS = frozenset(("の", "と", "を"))
_CASES = frozenset(("が", "で", "に", "を", "の", "と"))
_STATES = frozenset(("十分", "不要", "必要", "可能", "心配", "不安", "苦手", "得意", "無理"))
"""Nouns and stop words that say how something is."""
_EMPTY_VERBS = stopwords.JA_VERBS | frozenset(
    ("使う", "行う", "回る", "呼ぶ", "上がる", "入れる", "渡す", "書く")
)
_UNITS_OF_TIME = frozenset(("月", "日", "年", "週", "期", "半年", "自社", "来期", "来年度", "年間", "月間"))
"""Words that end a compound elsewhere, and begin one here: 月締め, 日またぎ, 自社サーバー."""
_COMPOUND_VERB = re.compile(r"[一-鿿々]+[ぁ-ん][一-鿿々]")
_BURDENS = frozenset(("問い合わせ", "面倒"))
_BEFORE_NOUN = frozenset(("by", "per", "no", "without", "too", "own"))
"""Small words that make a term of the next one: by hand, per seat, no contract, too expensive."""
_DONE = re.compile(r"[a-z]{3,}ed")
_UNDONE = re.compile(r"un[a-z]{3,}ed")
_NOUNS_IN_LY = frozenset(
    ("monthly", "weekly", "daily", "quarterly", "yearly", "family", "supply", "assembly")
)
_HORIZONS = (
    ("来期", re.compile(r"来期|来年度|次年度|翌年度|次期")),
    ("今期", re.compile(r"今期|今年度|当期")),
    ("期末", re.compile(r"期末|年度末")),
    ("next year", re.compile(r"\bnext (?:fiscal |financial |budget )?(?:year|quarter|cycle)\b")),
    (
        "this year",
        re.compile(
            r"\bthis (?:fiscal |financial |budget )?(?:quarter|cycle)\b|\bthis (?:fiscal|financial) year\b"
        ),
    ),
    ("year end", re.compile(r"\byear[- ]end\b|\bend of (?:the )?(?:year|quarter)\b")),
)
"""When a buyer would decide: stop words elsewhere, and a classic of lost deals."""


class Candidate(NamedTuple):
    """A term with the ways it is written and the deals it was read in."""

    key: str
    parts: tuple[str, ...]
    """Its units in normal form; one for a single word."""
    surfaces: Counter[str]
    deals: frozenset[str]
    phrase: bool = False
    """Only ever read with a particle inside: a noun with what is said of it, or two nouns joined by の."""


class Sighting(NamedTuple):
    """A candidate in one turn."""

    key: str
    parts: tuple[str, ...]
    surface: str
    phrase: bool = False


def find_candidates(deals: Sequence[DealVoice]) -> list[Candidate]:
    """Everything that could be a keyword, by key.

    Rare ones are among them: two ways to write one thing may be rare each and common together.
    """
    seen_as: dict[str, list[tuple[str, Sighting]]] = {}
    for voice in deals:
        for seen in _sightings(voice):
            seen_as.setdefault(seen.key, []).append((voice.id, seen))
    return [_candidate(seen_as[key]) for key in sorted(seen_as)]


def _candidate(sightings: Sequence[tuple[str, Sighting]]) -> Candidate:
    plain = min((seen for _, seen in sightings), key=lambda seen: (seen.phrase, seen.parts))
    surfaces = Counter(seen.surface for _, seen in sightings)
    return Candidate(plain.key, plain.parts, surfaces, frozenset(deal for deal, _ in sightings), plain.phrase)


def search_form(surface: str) -> str:
    """A surface as text is searched: NFKC, lower case, blanks single."""
    return _SPACE.sub(" ", normalize(surface).lower()).strip()


def turn_candidates(text: str) -> Iterator[Sighting]:
    """The candidates of one turn in reading order; persons, numbers and masked stretches are none."""
    tokens = tokenize(text)
    names = [(t.start, t.end) for t in tokens if len(t.pos) > 2 and t.pos[2] == "人名"]
    nouns = [term for term in terms(tokens) if not _overlaps(term, names)]
    for term in nouns:
        yield _sighting(term)
    yield from _phrases(text, tokens, nouns)
    yield from _compounds(text, tokens, nouns)
    yield from _words(text, tokens)
    yield from _horizons(search_form(text))


def _sightings(voice: DealVoice) -> Iterator[Sighting]:
    own = search_form(voice.account_name)
    for utterance in voice.turns:
        for seen in turn_candidates(utterance.text):
            if _is_fit(seen.surface) and not (own and len(seen.surface) > 1 and seen.surface in own):
                yield seen


def _is_fit(surface: str) -> bool:
    return len(surface) <= LONGEST * 2 and _HAS_LETTER.search(surface) is not None and "[" not in surface


def _sighting(term: Term) -> Sighting:
    return Sighting(term.normal, tuple(term.normal.split(" ")), search_form(term.surface))


def _overlaps(term: Term, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < term.end and term.start < end for start, end in spans)


def _horizons(text: str) -> Iterator[Sighting]:
    for key, pattern in _HORIZONS:
        for match in pattern.finditer(text):
            yield Sighting(key, (key,), match[0])


def _words(text: str, tokens: Sequence[Token]) -> Iterator[Sighting]:
    """Compound verbs (乗り換える), English nouns in -ly, English words with the small word before."""
    for token in tokens:
        if token.pos[0] == "動詞" and _COMPOUND_VERB.match(token.surface):
            surface = search_form(text[token.start : token.end - _inflection(token)])
            yield Sighting(token.normal, (token.normal,), surface)
        elif token.normal in _NOUNS_IN_LY:
            yield Sighting(token.normal, (token.normal,), token.normal)
    yield from _negated(text, tokens)
    yield from _plain(tokens)
    yield from _turned(text, tokens)
    for left, right in pairwise(tokens):
        if left.normal in _BEFORE_NOUN and right.pos == ("word",) and right.normal not in stopwords.EN:
            word = stem(right.normal)
            yield Sighting(
                f"{left.normal} {word}", (left.normal, word), search_form(text[left.start : right.end])
            )


def _plain(tokens: Sequence[Token]) -> Iterator[Sighting]:
    """Words that frame a letter and are a burden where no お stands before; 二重, which is two tokens."""
    polite = {token.end for token in tokens if token.surface in ("お", "ご", "御")}
    for token in tokens:
        if token.normal in _BURDENS and token.start not in polite:
            yield Sighting(token.normal, (token.normal,), search_form(token.surface))
    for number, fold in pairwise(tokens):
        if fold.surface == "重" and number.normal in ("2", "3"):
            word = search_form(number.surface + fold.surface)
            yield Sighting(word, (word,), word)


def _turned(text: str, tokens: Sequence[Token]) -> Iterator[Sighting]:
    """The end of the month as the month end: two English words and what joins them the other way round."""
    for first, of, article, last in zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False):
        if of.normal == "of" and article.normal in ("the", "our", "a") and first.pos == last.pos == ("word",):
            head, tail = stem(first.normal), stem(last.normal)
            yield Sighting(f"{tail} {head}", (tail, head), search_form(text[first.start : last.end]))


def _negated(text: str, tokens: Sequence[Token]) -> Iterator[Sighting]:
    """Unbilled, not billed and never billed as one: what is not done may matter more than what is."""
    for token in tokens:
        if token.pos == ("word",) and _UNDONE.fullmatch(token.normal):
            word = stem(token.normal[2:])
            yield Sighting(f"not {word}", ("not", word), token.normal)
    for left, right in pairwise(tokens):
        if left.normal in ("not", "never") and right.pos == ("word",) and _DONE.fullmatch(right.normal):
            word = stem(right.normal)
            yield Sighting(f"not {word}", ("not", word), search_form(text[left.start : right.end]))


def _compounds(text: str, tokens: Sequence[Token], nouns: Sequence[Term]) -> Iterator[Sighting]:
    """Nouns behind a verb's stem or a unit of time: 締め作業, 月締め."""
    starts = {term.start: term for term in reversed(nouns)}
    for left, right in pairwise(tokens):
        noun = starts.get(right.start)
        is_stem = left.pos[0] == "動詞" and left.pos[5].startswith("連用形-一般")
        if left.end == right.start and (is_stem or left.normal in _UNITS_OF_TIME) and right.pos[0] == "名詞":
            end = noun.end if noun else right.end
            normal = noun.normal if noun else right.normal
            yield Sighting(left.normal + normal, (left.normal, normal), search_form(text[left.start : end]))


def _phrases(text: str, tokens: Sequence[Token], nouns: Sequence[Term]) -> Iterator[Sighting]:
    """A noun phrase with the state or the act said of it, and two noun phrases that の, と or を join."""
    starts = {term.start: term for term in reversed(nouns)}
    ends = {term.end: term for term in reversed(nouns)}
    for left, (link, head) in zip(tokens, pairwise(tokens[1:]), strict=False):
        noun = ends.get(left.end) or _acronym(left)
        if noun is None or link.start != left.end or head.start != link.end or link.pos[0] != "助詞":
            continue
        joined = starts.get(head.start)
        if joined is not None and link.normal in _LINKS:
            yield _joined(text, noun, joined)
        elif link.normal in _CASES and _is_head(head):
            end = head.end - _inflection(head)
            surface = search_form(text[noun.start : end])
            yield Sighting(
                f"{noun.normal}{link.normal}{head.normal}", (noun.normal, head.normal), surface, True
            )


def _joined(text: str, left: Term, right: Term) -> Sighting:
    parts = (left.normal, right.normal)
    return Sighting("".join(parts), parts, search_form(text[left.start : right.end]), True)


def _acronym(token: Token) -> Term | None:
    """A word of capitals before a Japanese particle, also where it is a stop word in English: IT."""
    fits = token.pos == ("word",) and token.surface.isupper() and len(token.surface) > 1
    return Term(token.normal, token.surface, token.start, token.end) if fits else None


def _is_head(token: Token) -> bool:
    if token.pos[2:3] == ("サ変可能",):
        return token.normal not in stopwords.JA_NOUNS
    if token.pos[0] == "動詞":
        return token.normal not in _EMPTY_VERBS
    return token.pos[0] in ("形状詞", "形容詞") or token.normal in _STATES


def _inflection(token: Token) -> int:
    """How many characters at the end of a verb or adjective change with its form."""
    kind, form = token.pos[4:6] if len(token.pos) > 5 else ("*", "*")
    if kind.startswith("五段") or (kind.startswith("形容詞") and not form.startswith("語幹")):
        return 2 if form.startswith("連用形-促音便") and kind.startswith("形容詞") else 1
    ichidan = kind.startswith(("上一段", "下一段"))
    return 1 if ichidan and form.startswith(("終止形", "連体形", "仮定形")) else 0
