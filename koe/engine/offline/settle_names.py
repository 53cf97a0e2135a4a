"""Names of new themes: the clause that stands nearest to all that the group says, in its plain form."""

import re
from collections.abc import Collection, Sequence

import numpy as np

from koe.engine.base import Unsettled
from koe.engine.offline.plain_form import plain
from koe.mask.placeholder import PLACEHOLDER
from koe.stopwords import EN, JA_NOUNS
from koe.sudachi import Token, tokenize
from koe.text import language_of, sentences
from koe.themes.likeness import MARKS, describe

LONGEST_JA = 24
LONGEST_EN = 8
SHORTEST_JA = 5
CLAUSES = 40
"""Most clauses that are weighed for one name."""
_COMMA = re.compile(r"[、，,;；:：\n…]+|\s[-–—]\s")
_MARKUP = re.compile(r"[<>*_`#|\[\]{}\"“”]+")
_EDGES = " 。、．，.,!！?？・~〜ー-「」『』()（）'"
_FILLERS = frozenset(
    ["えー", "えっと", "あの", "まあ", "その", "なんか", "で", "ただ", "でも", "あと", "また"]
)

_HANGING = ("て", "で", "は", "が", "を", "に", "と", "から", "ため", "も")


def name_of(members: Sequence[Unsettled], taken: Collection[str]) -> str:
    """The clause nearest to the middle of the group that no theme is named by yet."""
    clauses = list(dict.fromkeys(c for item in members[:CLAUSES] for c in clauses_of(item.finding.statement)))
    if not clauses:
        return _shortened(members[0].finding.statement)
    clauses = clauses[:CLAUSES]
    middle = np.mean([item.vector[MARKS:] for item in members], axis=0, dtype=np.float64)
    points = describe([(clause, clause) for clause in clauses])[:, MARKS:].astype(np.float64)
    nearness = np.round(points @ middle / np.maximum(np.linalg.norm(points, axis=1), 1e-9), 3)
    order = sorted(range(len(clauses)), key=lambda n: (_hangs(clauses[n]), -nearness[n], len(clauses[n]), n))
    return next((clauses[n] for n in order if clauses[n] not in taken), clauses[order[0]])


def clauses_of(statement: str) -> list[str]:
    """The clauses of a statement as names: short, in plain form, without markup or placeholders."""
    text = _MARKUP.sub(" ", PLACEHOLDER.sub("", statement))
    spans = [text[a:b] for a, b in sentences(text)]
    parts = [part for span in spans for part in _COMMA.split(span)]
    names = [_shortened(part) for part in [*spans, *parts]]
    return [name for name in dict.fromkeys(names) if _is_name(name)]


def _is_name(name: str) -> bool:
    return len(name) >= SHORTEST_JA if language_of(name) == "ja" else len(name.split()) > 1


def _hangs(name: str) -> bool:
    """True when the clause breaks off before its predicate is done."""
    return name.endswith(_HANGING)


def _shortened(clause: str) -> str:
    text = " ".join(clause.strip(_EDGES).split())
    return _shortened_ja(text) if language_of(text) == "ja" else _shortened_en(text)


def _shortened_ja(text: str) -> str:
    """The end of the clause, whole phrases only: what is said in Japanese stands at the end."""
    tokens = tokenize(text)
    while tokens and (tokens[0].surface in _FILLERS or tokens[0].pos[0] in ("感動詞", "接続詞", "補助記号")):
        tokens = tokens[1:]
    starts = [n for n in range(len(tokens)) if n == 0 or _starts_phrase(tokens[n - 1], tokens[n])]
    for start in starts:
        name = plain(tokens[start:]).strip(_EDGES)
        if len(name) <= LONGEST_JA:
            return name
    return plain(tokens).strip(_EDGES)[:LONGEST_JA]


def _starts_phrase(before: Token, token: Token) -> bool:
    bound = token.pos[0] in ("助詞", "助動詞", "接尾辞", "補助記号") or "非自立可能" in token.pos[1:2]
    formal = token.normal in JA_NOUNS and token.pos[0] == "名詞"
    return before.pos[0] in ("助詞", "補助記号", "副詞") and not bound and not formal


def _shortened_en(text: str) -> str:
    """The beginning of the clause, without what leads nowhere at its end."""
    words = text.split()
    while words and words[0].lower().strip(_EDGES) in ("so", "um", "uh", "and", "but", "well", "also", "oh"):
        words = words[1:]
    cut = words[:LONGEST_EN]
    while len(words) > LONGEST_EN and len(cut) > 2 and cut[-1].lower().strip(_EDGES) in EN:
        cut = cut[:-1]
    name = " ".join(cut).strip(_EDGES)
    return name[:1].upper() + name[1:]
