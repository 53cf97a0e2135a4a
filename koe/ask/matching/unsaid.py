"""The names in a question, and the one of them that no customer says.

A name is a word for which nothing else stands: an acronym, a product, a Latin or rare katakana word in a
Japanese question. Whoever asks for it is not answered by what is said of something else. A word in katakana
that the dictionary has is asked for like that where nothing said comes near to what it means; other words
are weighed, since customers say them in words of their own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import sqlalchemy as sa

from koe.ask.matching.concepts import is_same_matter
from koe.ask.rows.units import Unit
from koe.language.sudachi import JAPANESE, Token
from koe.language.tokens import content_words, index_tokens, stem, tokenize
from koe.language.vectors import Floats, word_vector
from koe.language.vectors_en import english_vector, is_known
from koe.ledger.schema import conversation, passage

__all__ = ["DOUBT", "Name", "doubted", "lacking", "names_in", "unsaid"]

SPELLINGS = Path(__file__).with_name("names.txt")
DOUBT = 0.5
"""What is left of the chance of a passage that lacks the name or the only word, where others have it."""
NEAR = 0.55
"""Cosine from which on a word says what another means. Of words in katakana that a trade's customers do not
say, three in ten come as near to one that they do; スキャナー and スキャン, ネットワーク and システム are."""
FOLDED = 0.999
"""Words that share a vector are rare ones that were folded into one that is only the nearest kept."""
OWN = 20
"""One conversation in so many in which an agent says a name makes it the company's own."""
_FRAME = frozenset({"faq", "cs", "ok", "ng", "vs", "id", "q&a", "koe"})
"""Latin words that speak of the records or the question, not of a matter."""
_SMALL = frozenset({"a", "an", "the", "of", "in", "on", "at", "by", "to", "for", "from", "with", "and", "or"})
"""Words that a title has in small letters."""
_ACRONYM = re.compile(r"[A-Z][A-Z0-9]+s?|[A-Za-z]*[a-z][A-Z]\w*|[A-Za-z]+\d\w*|\d+[A-Za-z]\w*")
_KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc]{3,}")
_HIRAGANA = re.compile(r"[\u3041-\u3096]")
_UNSPOKEN = re.compile(r"[bcdfghjklmnpqrstvwxz]+")
_BREAK = re.compile(r"[.?!:]\s*[\"“]?$")


class Name(NamedTuple):
    """A name as the question writes it, and the index tokens of each way of writing it."""

    written: str
    spellings: tuple[frozenset[str], ...]
    has_meaning: bool = False
    """Whether it is a word of the dictionary, for which others may stand."""

    def is_all_of(self, words: Sequence[str]) -> bool:
        """Whether a question of these words asks for the name alone, and nothing else stands for it."""
        return not self.has_meaning and {*words} <= self.spellings[0]


def names_in(question: str, words: Sequence[str]) -> tuple[Name, ...]:
    """The names of a question among the words that say what it is about, in order; neighbours are one."""
    tokens = tokenize(question)
    wanted = frozenset(words)
    found: list[tuple[Name, int]] = []
    for n, token in enumerate(tokens):
        if wanted & set(content_words([token])) and _is_name(question, tokens, n):
            name = Name(token.surface, spellings(token))
            if found and _joins(question, found[-1][1], token):
                name = _joined(found.pop()[0], name)
            found.append((name, token.end))
    names = [name for name, _ in found] + (_alone(tokens, words) if not found else [])
    names += _listed(question, tokens)
    return tuple({name.written: name for name in [*_of_dictionary(tokens, wanted), *names]}.values())


def _of_dictionary(tokens: Sequence[Token], wanted: Set[str]) -> Iterator[Name]:
    """The word that a question is about alone, or the one in katakana that narrows all that follows it."""
    about = [n for n, token in enumerate(tokens) if wanted & {*content_words([token])}]
    for n in about[:1]:
        is_alone = len(about) == 1
        is_katakana = tokens[n].pos[0] == "名詞" and _KATAKANA.fullmatch(tokens[n].surface) is not None
        is_english = tokens[n].pos[0] == "word" and is_known(tokens[n].surface)
        if (is_katakana and (is_alone or _narrows(tokens, n, about[1]))) or (is_english and is_alone):
            yield Name(tokens[n].surface, spellings(tokens[n]), has_meaning=True)


def _narrows(tokens: Sequence[Token], n: int, other: int) -> bool:
    """Whether the next word of the matter is a noun that stands at once, or behind の."""
    between = [token.surface for token in tokens[n + 1 : other]]
    return between in ([], ["の"]) and tokens[other].pos[0] == "名詞"


def _alone(tokens: Sequence[Token], words: Sequence[str]) -> list[Name]:
    """The only word of a question, where it is an acronym in small letters."""
    own = [token for token in tokens if set(words) & set(content_words([token])) and token.pos[0] == "word"]
    if len(words) != 1 or len(own) != 1 or is_known(own[0].surface):
        return []
    some = spellings(own[0])
    return [Name(own[0].surface, some)] if len(some) > 1 or _UNSPOKEN.fullmatch(words[0]) else []


def _listed(question: str, tokens: Sequence[Token]) -> Iterator[Name]:
    """Names in katakana that the dictionary cuts in two, where they are known by another spelling."""
    whole = {token.surface for token in tokens}
    for run in _KATAKANA.findall(question):
        own = frozenset(_tokens(run))
        family = next((some for some in _listings() if own in some), None)
        if run not in whole and family is not None:
            yield Name(run, (own, *(form for form in family if form != own)))


def _joins(question: str, end: int, token: Token) -> bool:
    return token.start - end <= 1 and not question[end : token.start].strip()


def _joined(one: Name, other: Name) -> Name:
    """Two words of one name, such as Google Calendar."""
    return Name(f"{one.written} {other.written}", (one.spellings[0] | other.spellings[0],))


def _is_name(question: str, tokens: Sequence[Token], n: int) -> bool:
    token = tokens[n]
    if token.normal in _FRAME or len(token.surface) < 2:
        return False
    if token.pos[0] != "word":
        return _is_rare(token)
    return JAPANESE.search(question) is not None or _is_capital(question, tokens, n)


def _is_rare(token: Token) -> bool:
    """Whether a Japanese word is a name in katakana, or one that word vectors do not know."""
    is_proper = token.pos[1:3] == ("固有名詞", "一般")
    return _KATAKANA.fullmatch(token.surface) is not None and (is_proper or word_vector(token.normal) is None)


def _is_capital(question: str, tokens: Sequence[Token], n: int) -> bool:
    """Whether an English question writes the word as a name; one all in capitals or titled tells nothing."""
    words = [token.surface for token in tokens if token.pos[0] == "word"]
    surface = tokens[n].surface
    if len(words) > 1 and not any(word[:1].islower() and word not in _SMALL for word in words):
        return False
    is_first = n == 0 or _BREAK.search(question[: tokens[n].start]) is not None
    if _ACRONYM.fullmatch(surface):
        return True
    return surface[:1].isupper() and (not is_first or _is_strange(tokens[n].normal))


def _is_strange(word: str) -> bool:
    """Whether an English word is one that neither vectors nor the list of matters know."""
    (token,) = index_tokens(word)[:1] or [""]
    return not (is_known(word) or is_known(stem(word)) or is_same_matter(token, token))


def spellings(token: Token) -> tuple[frozenset[str], ...]:
    """The index tokens of the word itself, and of each other way of writing it that is known."""
    own = frozenset(index_tokens("", [token])[:1])
    return (own, *(some for some in _families().get(next(iter(own), ""), ()) if some != own))


@cache
def _families() -> Mapping[str, tuple[frozenset[str], ...]]:
    """Index token of a name → every way of writing it."""
    found: dict[str, tuple[frozenset[str], ...]] = {}
    for some in _listings():
        for token in sorted(token for form in some if len(form) == 1 for token in form):
            found[token] = (*found.get(token, ()), *some)
    return found


@cache
def _listings() -> Sequence[tuple[frozenset[str], ...]]:
    lines = SPELLINGS.read_text("utf-8").splitlines()
    return [tuple(frozenset(_tokens(form)) for form in line.split(", ")) for line in lines]


def _tokens(form: str) -> Iterator[str]:
    yield from (token for token in index_tokens(form) if token[0] == "w")


def doubted(names: Sequence[Name], lone: str, units: Sequence[Unit], worth: float = DOUBT) -> Floats:
    """What is left of the chance of each passage that lacks what it should have: 1 where it has it.

    That is one of the names in its conversation, and in its turn the question's `lone` word (`worth`).
    """
    own = [name for name in names if not name.has_meaning]
    said = {unit.conversation for unit in units if any(_says(unit.tokens, name) for name in own)}
    turns = {(unit.conversation, unit.turn) for unit in units if lone and lone in unit.tokens}
    named = [not said or unit.conversation in said for unit in units]
    worded = [not turns or (unit.conversation, unit.turn) in turns for unit in units]
    return np.where(named, 1.0, DOUBT) * np.where(worded, 1.0, worth)


def _says(tokens: Set[str], name: Name) -> bool:
    return any(form <= tokens for form in name.spellings) or _is_part(tokens, name.spellings[0])


def _is_part(tokens: Set[str], own: Set[str]) -> bool:
    """Whether the name is a part of a word with hyphens."""
    names = {token[1:] for token in own}
    return any(names & set(token[1:].split("z2dz")) for token in tokens if "z2dz" in token)


def unsaid(conn: sa.Connection, names: Sequence[Name], units: Sequence[Unit]) -> list[Name]:
    """The names where no customer says any of them in these passages, but for those of the company itself."""
    said = frozenset(token for unit in units for token in unit.tokens)
    asked = [name for name in names if not is_own(conn, name)]
    left = [name for name in asked if not any(_says(unit.tokens, name) for unit in units)]
    strict = [name for name in left if not name.has_meaning]
    if any(not name.has_meaning and name not in left for name in asked):
        return []
    return strict or [name for name in left if not is_near(name, said)]


def lacking(question: str, words: Sequence[str], units: Sequence[Unit]) -> tuple[str, ...]:
    """Of a matter of two words, as they are written, those that no customer says in any way.

    What everybody says in words of their own, such as verbs and the matters of everyday, is not among them.
    """
    if len(words) != 2:
        return ()
    said = frozenset(token for unit in units for token in unit.tokens)
    own = [token for token in tokenize(question) if {*words} & {*content_words([token])}]
    names = [Name(token.surface, spellings(token)) for token in own if _is_telling(token)]
    return tuple(
        one.written
        for one in names
        if not any(_says(unit.tokens, one) for unit in units) and not is_near(one, said)
    )


def _is_telling(token: Token) -> bool:
    """Whether a word has a meaning of its own, which few others have."""
    own = "w" + token.normal
    is_noun = token.pos[0] in ("名詞", "word") and _HIRAGANA.search(token.surface) is None
    return is_noun and not any(is_same_matter(one, one) for one in (own, *index_tokens("", [token])[:1]))


def is_near(name: Name, said: Set[str]) -> bool:
    """Whether any of the words that are said stands for the name's, by its meaning or as a part of it."""
    words = sorted(token for token in said if token[:1] == "w")
    return any(_stands_for(own, other) for own in sorted(name.spellings[0]) for other in words)


def _stands_for(own: str, other: str) -> bool:
    if is_same_matter(own, other) or _is_piece(own[1:], other[1:]):
        return True
    one, two = _meaning(own[1:]), _meaning(other[1:])
    if one is None or two is None or one.shape != two.shape:
        return False
    return NEAR <= float(one @ two) < FOLDED


@lru_cache(maxsize=65_536)
def _meaning(word: str) -> Floats | None:
    """The vector of a word at length 1; None of an English one that is not known as a whole."""
    if JAPANESE.search(word):
        return word_vector(word)
    vector = english_vector(word) if is_known(word) else None
    return (
        None if vector is None else np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), np.float32)
    )


def _is_piece(own: str, other: str) -> bool:
    short, long = sorted((own, other), key=len)
    return _KATAKANA.fullmatch(short) is not None and short in long


def is_own(conn: sa.Connection, name: Name) -> bool:
    """Whether the company's people say the name so often that it must be their own."""
    own = name.spellings[0]
    query = sa.select(passage.c.conversation_id, passage.c.tokens).where(
        passage.c.role != "customer",
        *(passage.c.tokens.contains(one, autoescape=True) for one in sorted(own)),
    )
    said = {row.conversation_id for row in conn.execute(query) if own <= set(row.tokens.split(" "))}
    total = conn.scalar(sa.select(sa.func.count()).select_from(conversation)) or 0
    return OWN * len(said) >= total
