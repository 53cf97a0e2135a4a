"""What speaks for each passage carrying the answer: its words, what it means, what find makes of it.

The signs of a passage are numbers that `koe.ask.matching.weigh` puts weights to. The passages nearest by
words and vectors are looked at, with what a finding that stands in them is about.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from koe.ask.matching.groups import is_related
from koe.ask.matching.score import Fit, Sought, nearness, rarity_of, shares_of
from koe.ask.rows.select import Row
from koe.ask.rows.units import Unit, Units, title_words
from koe.engine.base import Query
from koe.language.text import Language, language_of
from koe.ledger.schema import finding, turn
from koe.ledger.upsert import chunks
from koe.records import FindingKind
from koe.themes.likeness import DIMENSION, MARKS, Model, describe, load_model, words_heard
from koe.themes.likeness import unit as unit_rows
from koe.themes.sense import sense_of
from koe.themes.words import words_of

__all__ = ["SAME", "SIGNS", "Evidence", "gather", "texts_of"]

Floats = NDArray[np.floating]

MOST = 160
"""Passages that are looked at closely."""
KIND = 0.6
"""What a finding of a kind that was asked for adds to words and cosine when these are picked."""
RELATED = 0.5
"""How far a kind that is often taken for another one counts as that."""
LEAST = 1e-4
"""Chances below this are all alike."""

SAME = 1 - 1e-3
LOW = 0.01

SIGNS = (
    "words", "same", "least", "pairs", "cosine", "words_best", "cosine_best", "like", "kind", "found",
    "asked", "chance", "any", "heard", "heard_back", "heard_all", "heard_best", "heard_all_best",
    "sense", "sense_best", "titled", "alone",
)  # fmt: skip
"""The columns of `Evidence.signs`. The share of the question's words that a passage has or comes near to,
that it has as they are, what it has of the one it has least of; pairs of characters; cosine; words and
cosine against the best of all. How alike its finding is to the question, how far that is of a kind asked
for, whether there is one, whether it is wholly of such a kind; how likely it holds such a kind, or any. The
question's words in what it means, its own in the question's, both as wholes; the first and the last of
these against the best of all. How near the sense of its finding, or its own, is to the question's; against
the best. The share of the question's words that its ticket's title has; whether it says the only one."""


class Evidence(NamedTuple):
    """The passages that are looked at, each a row."""

    places: list[int]
    """Which of the units."""
    findings: list[Row | None]
    """The finding in it that comes nearest, one of a kind asked for where there is any."""
    signs: Floats
    likeness: Floats
    """What the finding is about, as `koe.themes.likeness` has it; zeros where there is none."""
    language: Language
    """In which the question is read: that of the passages it may mean."""
    spoken: Floats
    """The share of the question's words that somebody says as they are, anywhere, that somebody comes near
    to, and how near anybody comes to the word that is least spoken of."""


def gather(conn: sa.Connection, query: Query, sought: Sought, units: Units, found: Fit) -> Evidence:
    """The nearest passages and what speaks for each; there has to be one."""
    kinds = np.array([_worth(unit.findings, query.kinds) for unit in units.units])
    order = np.argsort(-np.round(found.near + found.cosine + KIND * kinds, 5), kind="stable")
    places = sorted(order[:MOST].tolist())
    own = [units.units[n] for n in places]
    texts = texts_of(conn, own)
    told_by = [texts[unit.conversation, unit.turn][unit.start : unit.end] for unit in own]
    language = _language(sought.text, told_by, found.near[places])
    asked = describe([(sought.text, sought.text)], language)[0]
    findings, likeness = _nearest(conn, own, query.kinds, asked)
    told = np.array([row is not None for row in findings], np.float64)
    words = _of_words(sought, units, found, places)
    signs = [
        *words,
        (likeness[:, MARKS:] @ asked[MARKS:]) * told * (likeness[:, :MARKS] @ asked[:MARKS]),
        kinds[places],
        told,
        kinds[places] >= 1,
        *_chances(conn, own, query.kinds),
        *_heard(sought.text, told_by, language),
        *_sense(
            sought.asked,
            [text if row is None else row.quote for row, text in zip(findings, told_by, strict=True)],
            language,
        ),
        _titled(sought, units, own),
        words[1] * (len(sought.words) == 1),
    ]
    table = np.stack(signs, axis=1).astype(np.float64).round(5)
    return Evidence(places, findings, table, likeness, language, _spoken(sought, units, found))


def _spoken(sought: Sought, units: Units, found: Fit) -> Floats:
    weight = shares_of(sought, units)
    most = (found.cover / np.maximum(weight, 1e-6)).max(axis=0)
    return np.array([float((most > SAME) @ weight), float(most @ weight), float(most.min())]).round(5)


def _language(asked: str, texts: Sequence[str], near: Floats) -> Language:
    """The language of what comes nearest to the question's words; a name in it may stand in any language.

    Where both come as near it is the question's own, or of a single word that of more passages.
    """
    told: dict[Language, list[float]] = {"ja": [], "en": []}
    for text, one in zip(texts, near.tolist(), strict=True):
        told[language_of(text)].append(one)
    best = {language: round(max(some), 1) if some else -1.0 for language, some in told.items()}
    own = language_of(asked)
    if best[own] == max(best.values()) and len(asked.split()) > 1:
        return own
    weight = {language: sum(one**2 + LEAST for one in some) for language, some in told.items()}
    return max(told, key=lambda language: (best[language], weight[language]))


def _worth(rows: Sequence[Row], asked: Collection[FindingKind]) -> float:
    """How far the best of these findings is of a kind that was asked for."""
    return max((_is_near(row.kind, asked) for row in rows), default=0.0)


def _is_near(own: FindingKind | None, asked: Collection[FindingKind]) -> float:
    if not asked or own in asked:
        return 1.0
    return RELATED if is_related(own, asked) else 0.0


def _of_words(sought: Sought, units: Units, found: Fit, places: list[int]) -> list[Floats]:
    weight = shares_of(sought, units).astype(np.float64)
    share = found.cover[places] / np.maximum(weight, 1e-6)
    near, cosine = found.near[places], found.cosine[places]
    return [
        near, (share > SAME) @ weight, share.min(axis=1), found.pairs[places], cosine,
        near / max(float(near.max()), LOW), cosine / max(float(cosine.max()), LOW),
    ]  # fmt: skip


def _nearest(
    conn: sa.Connection, units: Sequence[Unit], asked: Collection[FindingKind], wanted: Floats
) -> tuple[list[Row | None], Floats]:
    """In each passage the finding of the kind asked for, as far as there is one, that is most like it."""
    vectors = _vectors(conn, [row for unit in units for row in unit.findings])
    out = np.zeros((len(units), DIMENSION), np.float32)
    best: list[Row | None] = []
    for n, unit in enumerate(units):
        most = _worth(unit.findings, asked)
        rows = [row for row in unit.findings if _is_near(row.kind, asked) == most]
        row = max(rows, key=lambda row: (round(float(vectors[row.id] @ wanted), 5), row.id), default=None)
        best.append(row)
        if row is not None:
            out[n] = vectors[row.id]
    return best, out


def _vectors(conn: sa.Connection, rows: Sequence[Row]) -> dict[str, Floats]:
    """What each finding is about; worked out anew where the ledger does not have it."""
    found: dict[str, Floats] = {}
    for some in chunks(sorted({row.id for row in rows})):
        query = sa.select(finding.c.id, finding.c.vector).where(finding.c.id.in_(some))
        found |= {
            row.id: np.frombuffer(row.vector, "<f2").astype(np.float32)
            for row in conn.execute(query)
            if row.vector and len(row.vector) == 2 * DIMENSION
        }
    left = {row.id: row.quote for row in rows if row.id not in found}
    return found | dict(zip(left, describe([(quote, quote) for quote in left.values()]), strict=True))


def _chances(
    conn: sa.Connection, units: Sequence[Unit], asked: Collection[FindingKind]
) -> tuple[Floats, Floats]:
    """The logits of the chance that a passage holds a kind that was asked for, and that it holds any."""
    from koe.engine.offline.find.chances import stretches
    from koe.engine.offline.find.spans import KINDS
    from koe.find import load_masked

    read = stretches(
        load_masked(conn, sorted({unit.conversation for unit in units})),
        {(unit.conversation, unit.turn) for unit in units},
    )
    columns = [1 + KINDS.index(kind) for kind in asked]
    any_kind, kind = np.zeros(len(units)), np.zeros(len(units))
    for n, unit in enumerate(units):
        for one in read.get((unit.conversation, unit.turn), ()):
            if _is_mostly_in(one.start, one.end, unit):
                any_kind[n] = max(any_kind[n], 1 - one.chance[0])
                kind[n] = max(kind[n], max((one.chance[c] for c in columns), default=any_kind[n]))
    return _logit(kind), _logit(any_kind)


def _is_mostly_in(start: int, end: int, unit: Unit) -> bool:
    return 2 * (min(end, unit.end) - max(start, unit.start)) >= end - start


def _logit(chance: Floats) -> Floats:
    safe = np.clip(chance, LEAST, 1 - LEAST)
    return np.asarray(np.log(safe / (1 - safe)))


def _heard(asked: str, texts: Sequence[str], language: Language) -> list[Floats]:
    """How well the question's words are heard in each text, the text's in it, and both as wholes."""
    model = load_model()
    words, owners, heed = _turned(model, [asked, *texts], language)
    own = owners == 0
    signs = np.zeros((3, len(texts)))
    if own.any():
        weight = heed[own] / heed[own].sum()
        whole = unit_rows((words[own] * weight[:, None]).sum(axis=0, keepdims=True))[0]
        alike = words[own] @ words.T
        for n in range(len(texts)):
            inside = owners == n + 1
            if inside.any():
                mean = (words[inside] * heed[inside, None]).sum(axis=0)
                signs[0, n] = weight @ alike[:, inside].max(axis=1)
                signs[1, n] = alike[:, inside].max(axis=0) @ heed[inside] / heed[inside].sum()
                signs[2, n] = whole @ mean / max(float(np.linalg.norm(mean)), 1e-6)
    return [*signs, signs[0] - signs[0].max(), signs[2] - signs[2].max()]


def _sense(asked: Sequence[str], texts: Sequence[str], language: Language) -> list[Floats]:
    """How near the sense of each text is to what is asked, by itself and against the best."""
    signs = np.zeros(len(texts))
    own = [n for n, text in enumerate(texts) if language_of(text) == language]
    if own:
        wanted = unit_rows(sense_of(asked, language).sum(axis=0, keepdims=True))[0]
        signs[own] = sense_of([texts[n] for n in own], language) @ wanted
    return [signs, signs - signs.max()]


def _titled(sought: Sought, units: Units, own: Sequence[Unit]) -> Floats:
    """The weighed share of the words that each passage's ticket has in its title, or near ones."""
    titles = [title_words(unit.title) for unit in own]
    return nearness(sought.words, titles, rarity_of(sought, units))


def _turned(
    model: Model, texts: Sequence[str], language: Language
) -> tuple[Floats, NDArray[np.int64], Floats]:
    """Every different word of each text, turned so that what tells themes apart counts, and its heed."""
    found = words_heard(model, [(words_of(text), []) for text in texts], language)
    heed = np.logaddexp(0, found.meanings @ model.heed[language] + found.traits @ model.traits[language])
    return unit_rows(found.meanings @ model.turn[language]), found.owners, heed


def texts_of(conn: sa.Connection, units: Sequence[Unit]) -> dict[tuple[str, int], str]:
    """The text of each turn that the passages stand in, by conversation and turn."""
    found: dict[tuple[str, int], str] = {}
    for some in chunks(sorted({unit.conversation for unit in units})):
        query = sa.select(turn.c.conversation_id, turn.c.n, turn.c.text).where(
            turn.c.conversation_id.in_(some)
        )
        found |= {(row.conversation_id, row.n): row.text for row in conn.execute(query)}
    return found
