"""Which themes a question's words are about: shared words weighed by rarity, and vectors."""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
import sqlalchemy as sa

from koe.ask.select import heads_of
from koe.ledger.schema import conversation, finding, theme
from koe.records import FindingKind

MEMBERS = 12
"""Findings of a theme that are compared, the newest; more do not change what it is about."""
ENOUGH = 0.34
"""Below it a theme is not what the question asks about."""
NEAR = 0.9
"""Themes that reach this share of the best one's score are asked about as well."""
WORDS_WEIGH = 0.65


class Candidate(NamedTuple):
    """A theme with texts that show what it is about."""

    id: str
    kind: FindingKind
    name: str
    texts: tuple[str, ...]


class Match(NamedTuple):
    """A theme that fits, with how well: 0 to 1."""

    theme: str
    name: str
    score: float


def match_themes(conn: sa.Connection, words: Sequence[str], kinds: Collection[FindingKind]) -> list[Match]:
    """Themes the words are about, best first; none when nothing comes near."""
    candidates = _candidates(conn, kinds)
    if not words or not candidates:
        return []
    scored = sorted(
        (Match(c.id, c.name, score) for c, score in zip(candidates, _scores(words, candidates), strict=True)),
        key=lambda match: (-match.score, match.theme),
    )
    best = scored[0].score
    return [match for match in scored if match.score >= max(ENOUGH, NEAR * best)]


def _candidates(conn: sa.Connection, kinds: Collection[FindingKind]) -> list[Candidate]:
    heads = heads_of(conn)
    texts: dict[str, list[str]] = defaultdict(list)
    query = (
        sa.select(finding.c.theme_id, finding.c.statement, finding.c.quote)
        .join(conversation, conversation.c.id == finding.c.conversation_id)
        .where(~conversation.c.withdrawn, finding.c.theme_id.is_not(None))
        .order_by(conversation.c.created_at.desc(), finding.c.id)
    )
    for row in conn.execute(query):
        head = heads.get(row.theme_id, row.theme_id)
        if len(texts[head]) < MEMBERS:
            texts[head].append(f"{row.statement} {row.quote}")
    rows = conn.execute(sa.select(theme.c.id, theme.c.kind, theme.c.name).order_by(theme.c.id))
    return [
        Candidate(row.id, FindingKind(row.kind), row.name, tuple(texts[row.id]))
        for row in rows
        if row.id in texts and (not kinds or FindingKind(row.kind) in kinds)
    ]


def _scores(words: Sequence[str], candidates: Sequence[Candidate]) -> list[float]:
    shares = [_shares(candidate) for candidate in candidates]
    spread = Counter(word for share in shares for word in share)
    weight = {word: math.log(1 + len(candidates) / (1 + spread[word])) for word in words}
    total = sum(weight.values())
    near = _nearness(" ".join(words), candidates)
    return [
        WORDS_WEIGH * sum(weight[word] * math.sqrt(share[word]) for word in words) / total
        + (1 - WORDS_WEIGH) * cosine
        for share, cosine in zip(shares, near, strict=True)
    ]


def _shares(candidate: Candidate) -> Counter[str]:
    """Word → share of the theme's texts that have it; the name counts as a full share."""
    from koe.tokens import content_words, tokenize

    share: Counter[str] = Counter()
    for text in candidate.texts:
        for word in set(content_words(tokenize(text))):
            share[word] += 1 / len(candidate.texts)  # type: ignore[assignment]
    for word in set(content_words(tokenize(candidate.name))):
        share[word] = 1
    return share


def _nearness(question: str, candidates: Sequence[Candidate]) -> list[float]:
    """Mean of the three nearest texts' cosines, 0 when negative."""
    from koe.vectors import embed

    flat = [text for candidate in candidates for text in (candidate.name, *candidate.texts)]
    cosines = np.asarray(embed(flat)) @ np.asarray(embed([question]))[0]
    out, at = [], 0
    for candidate in candidates:
        some = np.sort(cosines[at : at + 1 + len(candidate.texts)])[-3:]
        at += 1 + len(candidate.texts)
        out.append(max(0.0, float(some.mean())))
    return out
