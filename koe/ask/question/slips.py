"""A question with its slips of the pen put right: words that nobody says, read as the one that is said.

Only a word that neither the dictionary nor any customer knows is read as another one, and the answer names
both. English: a letter that is wrong, missing, too many or swapped with its neighbour. Japanese: a long
vowel or small letter, a wrong letter in katakana, a word in hiragana that customers write otherwise.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import sqlalchemy as sa

from koe.language.stems import stem
from koe.language.sudachi import Token, analyser, tokenize
from koe.language.text import normalize
from koe.language.vectors import word_vector
from koe.language.vectors_en import is_known
from koe.ledger.schema import conversation, turn

__all__ = ["Reading", "read_as"]

MOST = 20_000
"""Customers' turns whose words are known."""
SHORTEST = 5
"""Letters of an English word from which on it may be a slip."""
SHORTEST_JA = 4
"""The same of a word in katakana."""
SHORTEST_KANA = 3
"""The same of one in hiragana that a particle ends."""
_FRAME = (
    "accounts", "answer", "because", "calls", "companies", "company", "complain", "complained", "complaint",
    "complaints", "conversations", "customer", "customers", "deals", "decreasing", "feature", "features",
    "increasing", "mention", "mentioned", "mentions", "month", "objection", "objections", "praise",
    "prospects", "question", "questions", "reason", "reasons", "request", "requested", "requests", "support",
    "themes", "tickets", "topics", "weekly", "january", "february", "march", "april", "august", "september",
    "october", "november", "december",
)  # fmt: skip
"""Words that a question asks with, of whatever matter."""
_ASKING = ("what", "when", "with", "from", "does", "have", "most", "that", "which", "about", "their", "where")
"""The same, so short that only two swapped letters are a slip."""
_LATIN = re.compile(r"[a-z]+")
_KATAKANA = re.compile(r"[ァ-ヴー]+")
_HIRAGANA = re.compile(r"[ぁ-ゔー]{3,}")
_PARTICLE = re.compile(r"(?:の|が|を|は|に|で|も|と|へ|から|まで|より|について)|$")
_DASH = re.compile(r"(?<=[ァ-ヴー])[-‐‑–—―−─]+(?=[ァ-ヴー]|(?![\w]))")
_SMALL = str.maketrans("ァィゥェォッャュョヮ", "アイウエオツヤユヨワ", "ー・")
_TO_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヷ"))}


class Reading(NamedTuple):
    """The question as it is read."""

    question: str
    slips: tuple[tuple[str, str], ...] = ()
    """Words as they are written, each with what it is read as."""


class _Slip(NamedTuple):
    """A stretch of the question and what it is read as; `end` exclusive."""

    start: int
    end: int
    read: str


def read_as(conn: sa.Connection, question: str, words: Sequence[str]) -> Reading:
    """The question with what is no word put right; `words` say what it is about, as it was planned."""
    text = _DASH.sub("ー", question)
    tokens = tokenize(text)
    strange = [n for n, token in enumerate(tokens) if _is_strange(token)]
    kana = [match for match in _HIRAGANA.finditer(text) if _is_matter(match, tokens, words)]
    known = _known(conn) if strange or kana else {}
    slips = [slip for n in strange if (slip := _of_word(tokens[n], known))]
    slips += [slip for match in kana if (slip := _of_kana(match, tokens, known))]
    told = tuple((text[slip.start : slip.end], slip.read) for slip in sorted(slips))
    dashes = () if text == question else tuple(_dashed(question, text))
    for slip in sorted(slips, reverse=True):
        text = text[: slip.start] + slip.read + text[slip.end :]
    return Reading(text, (*dashes, *told))


def _dashed(question: str, text: str) -> Iterator[tuple[str, str]]:
    """Words in katakana that had a dash for a long vowel."""
    if len(question) != len(text):
        return
    for match in _KATAKANA.finditer(text):
        if (written := question[match.start() : match.end()]) != match[0]:
            yield written, match[0]


def _is_strange(token: Token) -> bool:
    """Whether the dictionaries do not know a word that is written as a common one."""
    if token.pos[0] == "word":
        is_plain = _LATIN.fullmatch(token.surface) or token.surface.istitle()
        is_asking = token.normal in _FRAME or token.normal in _ASKING
        is_long = len(token.surface) >= SHORTEST - 1 and not is_asking
        return bool(is_plain) and is_long and not (is_known(token.normal) or is_known(stem(token.normal)))
    is_katakana = len(token.surface) >= SHORTEST_JA and _KATAKANA.fullmatch(token.surface)
    return bool(is_katakana) and word_vector(token.normal) is None


def _is_matter(match: re.Match[str], tokens: Sequence[Token], words: Sequence[str]) -> bool:
    """Whether the question is about a word that begins in this run of hiragana."""
    inside = (token for token in tokens if match.start() <= token.start < match.end())
    return any(token.normal in words or token.surface in words for token in inside)


def _known(conn: sa.Connection) -> Mapping[str, int]:
    """The terms that customers use, as they write them, with the number of turns."""
    query = sa.select(turn.c.terms).join(conversation, conversation.c.id == turn.c.conversation_id)
    query = query.where(turn.c.role == "customer", turn.c.terms.is_not(None), ~conversation.c.withdrawn)
    found: Counter[str] = Counter()
    for terms in conn.scalars(query.order_by(turn.c.conversation_id, turn.c.n).limit(MOST)):
        found.update({normalize(form).lower() for own in json.loads(terms).values() for form in own})
    return found


def _of_word(token: Token, known: Mapping[str, int]) -> _Slip | None:
    """What a strange word is read as: the most frequent of those a letter away; None where it is said."""
    own = normalize(token.surface).lower()
    if swapped := next((word for word in _ASKING if token.pos[0] == "word" and is_swap(own, word)), None):
        return _Slip(token.start, token.end, swapped)
    if len(own) < (SHORTEST if token.pos[0] == "word" else SHORTEST_JA):
        return None
    if own in known or any(stem(own) == stem(word) for word in known if word[:3] == own[:3]):
        return None
    is_near = _is_near_en if token.pos[0] == "word" else _is_near_ja
    of_frame = (word for word in _FRAME if token.pos[0] == "word")
    is_name = token.start > 0 and token.surface.istitle()
    near = {w: known.get(w, 0) for w in (*of_frame, *(() if is_name else known)) if is_near(own, w)}
    best = min(near, key=lambda word: (-near[word], word[-1] != own[-1], word), default=None)
    return _Slip(token.start, token.end, best) if best else None


def _is_near_en(own: str, word: str) -> bool:
    if _LATIN.fullmatch(word) is None or len(word) < SHORTEST - 1 or own[0] not in word[:2]:
        return False
    return is_one_off(own, word) or (len(stem(word)) >= SHORTEST - 1 and is_one_off(stem(own), stem(word)))


def _is_near_ja(own: str, word: str) -> bool:
    if _KATAKANA.fullmatch(word) is None or len(word) < SHORTEST_JA - 1:
        return False
    return own.translate(_SMALL) == word.translate(_SMALL) or is_one_off(own, word)


def is_one_off(one: str, other: str) -> bool:
    """Whether one letter is wrong, missing or too many, or two neighbours are swapped."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
    if start is None:
        return True
    rest, behind = one[start:], other[start:]
    return is_swap(rest, behind) or rest[1:] in (behind, behind[1:]) or rest == behind[1:]


def is_swap(one: str, other: str) -> bool:
    """Whether they differ in two neighbours that are swapped."""
    pairs = [n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b]
    if len(one) != len(other) or len(pairs) != 2 or pairs[1] != pairs[0] + 1:
        return False
    return one[pairs[0]] == other[pairs[1]] and one[pairs[1]] == other[pairs[0]]


def _of_kana(match: re.Match[str], tokens: Sequence[Token], known: Mapping[str, int]) -> _Slip | None:
    """The longest beginning of a run of hiragana that is how a term is read which customers write otherwise.

    What the dictionary has as one word is that word.
    """
    by_reading: dict[str, str] = {}
    for word in sorted(known, key=lambda word: (known[word], word)):
        if not word.isascii() and not _HIRAGANA.fullmatch(word):
            by_reading[_reading_of(word)] = word
    whole = {token.end for token in tokens if token.start == match.start()}
    for length in range(len(match[0]), SHORTEST_KANA - 1, -1):
        end = match.start() + length
        read = by_reading.get(match[0][:length])
        if read and end not in whole and _PARTICLE.match(match[0][length:]):
            return _Slip(match.start(), end, read)
    return None


@lru_cache(maxsize=65_536)
def _reading_of(word: str) -> str:
    """How a word is read, in hiragana."""
    read = "".join(morpheme.reading_form() for morpheme in analyser().tokenize(word))
    return read.translate(_TO_HIRAGANA)
