"""What carries the answer: the findings, and words that no finding holds, that fit a question's words."""

import math
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

import numpy as np
import sqlalchemy as sa

from koe.ask.score import Fit, Sought, fit, nearness, rarity_of, sought_of
from koe.ask.select import Row, filters_of, rows_without_finding, select_findings
from koe.ask.units import Unit, Units, around, units_of
from koe.engine.base import Query
from koe.ledger.schema import theme, turn
from koe.ledger.upsert import chunks
from koe.records import FindingKind
from koe.text import sentences
from koe.tokens import index_tokens
from koe.vectors import Floats
from koe.workspace import Workspace

CUT = -1.0
"""Log-odds from which on a passage carries the answer; set where precision and recall of questions
made of labelled turns are about even."""
ASKED_KIND = 2.0
"""What a finding of a kind that was asked for adds."""
OTHER_KIND = -0.5
"""What a finding of another kind adds: kinds are often a matter of taste."""
OPPOSITE_KIND = -2.5
"""What praise adds where trouble is asked for, and trouble where praise is."""
USUAL_SCOPE = 250
"""Passages among which the cut holds as it is: among more, chance brings up more."""
SHIFT = 0.5
MOST_SHIFT = 1.0
FRAME = 2.0
"""What the answer that an agent gave adds when it has all words of the question."""
USUAL_FRAME = 0.3
THEME = 0.5
"""How much a finding's strength leans on the other findings of its theme, where they are stronger."""
LEAST = 0.2
"""A question of whose words no passage has this share is about something else."""
LEAST_ALONE = 0.5
"""The same for a question of one word."""
BESIDE_THE_BEST = 0.5
WEAKER = 1.5
"""Where nothing reaches the cut, the best is taken with those close to it, down to so much below."""
WORDS_OF_THE_BEST = 0.3
"""Whatever else speaks for a passage, it has this share of the words that the best one has."""
LOOKED_AT = 200
"""Passages whose replies are looked up."""
WITH_THE_BEST = 0.6
"""Of several findings in a passage, those count that have this share of the best one's words."""


class Matched(NamedTuple):
    """Findings and words that carry the answer, oldest first, and the themes that most of them have."""

    rows: list[Row]
    themes: tuple[str, ...]
    names: tuple[str, ...]


def match(conn: sa.Connection, ws: Workspace, query: Query) -> Matched:
    """What the question's words are about, within its filters; no rows when nothing comes near."""
    zone = ws.settings.zone
    rows = select_findings(conn, query, zone)
    sought = sought_of(query.words)
    units = units_of(conn, filters_of(query, zone), [*sought.words, *sought.pairs], rows)
    if not units.units:
        return Matched([], (), ())
    found = fit(sought, units, query.language)
    if float(found.near.max()) < (LEAST if len(query.words) > 1 else LEAST_ALONE):
        return Matched([], (), ())
    strength = _leaning(units.units, _with_kind(units.units, found.strength, query))
    strength = strength + _framed(conn, units, found, sought)
    cut = CUT + float(np.clip(SHIFT * math.log(units.total / USUAL_SCOPE), -MOST_SHIFT, MOST_SHIFT))
    best = float(strength.max())
    cut = max(min(cut, best - BESIDE_THE_BEST), cut - WEAKER)
    least = WORDS_OF_THE_BEST * float(found.near.max())
    fitting = zip(units.units, strength, found.near, strict=True)
    chosen = [unit for unit, one, near in fitting if one >= cut and near >= least]
    return _matched(conn, _rows(conn, chosen, query, sought, rarity_of(sought, units)))


def _with_kind(units: Sequence[Unit], strength: Floats, query: Query) -> Floats:
    """Findings of the kinds asked for stand higher, opposite ones lower; without kinds all stand higher."""
    more = [_worth({row.kind for row in unit.findings if row.kind}, query.kinds) for unit in units]
    return np.asarray(strength + np.array(more, np.float32), np.float32)


def _worth(own: Collection[FindingKind], asked: Collection[FindingKind]) -> float:
    if not own:
        return 0.0
    if not asked or set(own) & set(asked):
        return ASKED_KIND
    return (
        OTHER_KIND if {kind in _GLAD for kind in own} & {kind in _GLAD for kind in asked} else OPPOSITE_KIND
    )


_GLAD = frozenset({FindingKind.PRAISE, FindingKind.BUYING_REASON})


def _leaning(units: Sequence[Unit], strength: Floats) -> Floats:
    """Each finding pulled up towards the others of its theme."""
    members: dict[str, list[int]] = defaultdict(list)
    for n, unit in enumerate(units):
        for id in {row.theme for row in unit.findings if row.theme}:
            members[id].append(n)
    out = strength.copy()
    for places in members.values():
        total = float(strength[places].sum())
        for n in places if len(places) > 1 else ():
            others = (total - float(strength[n])) / (len(places) - 1)
            out[n] = max(float(out[n]), (1 - THEME) * float(strength[n]) + THEME * others)
    return out


def _framed(conn: sa.Connection, units: Units, found: Fit, sought: Sought) -> Floats:
    """What the agents' answers say of the matter, for the passages that come near."""
    out = np.zeros(len(units.units), np.float32)
    best = np.argsort(-found.strength, kind="stable")[:LOOKED_AT]
    frames = around(conn, [units.units[n] for n in best])
    out[best] = FRAME * (nearness(sought.words, frames, rarity_of(sought, units)) - USUAL_FRAME)
    return out


def _rows(
    conn: sa.Connection, chosen: Sequence[Unit], query: Query, sought: Sought, rarity: dict[str, float]
) -> list[Row]:
    """The chosen passages as rows: their best findings, or their best sentence where they have none."""
    bare = [unit for unit in chosen if not unit.findings]
    blanks = rows_without_finding(conn, {unit.conversation for unit in bare})
    texts = _texts(conn, bare)
    rows: dict[tuple[str, int, int, str], Row] = {}
    for unit in chosen:
        if unit.findings:
            some = _best(unit.findings, query, sought, rarity)
        else:
            text = texts[unit.conversation, unit.turn]
            said = _said(unit, blanks[unit.conversation], text, sought, rarity)
            some = [] if _is_denied(said.quote, text, query) else [said]
        rows |= {(row.ledger_id, row.turn, row.start, row.id): row for row in some}
    return sorted(rows.values(), key=lambda row: (row.created_at, row.ledger_id, row.turn, row.start, row.id))


def _is_denied(quote: str, text: str, query: Query) -> bool:
    """Whether the words around the sentence take back what it seems to say."""
    from koe.engine.offline.find_rules import is_taken_back

    if not query.kinds or _GLAD & set(query.kinds):
        return False
    kinds = {*query.kinds, FindingKind.COMPLAINT}
    return any(is_taken_back(kind, quote, quote, text) for kind in sorted(kinds))


def _best(rows: Sequence[Row], query: Query, sought: Sought, rarity: dict[str, float]) -> list[Row]:
    """Of a passage's findings those that have most of the words, of the kinds asked for if any is."""
    asked = [row for row in rows if row.kind in query.kinds] or list(rows)
    if len(asked) == 1:
        return asked
    near = _nearness_of([f"{row.statement} {row.quote}" for row in asked], sought, rarity)
    return [row for row, one in zip(asked, near, strict=True) if one >= WITH_THE_BEST * max(near)]


def _said(unit: Unit, blank: Row, text: str, sought: Sought, rarity: dict[str, float]) -> Row:
    """The sentence of the passage that has most of the words."""
    spans = [span for span in sentences(text) if unit.start <= span.start < unit.end]
    near = _nearness_of([text[a:b] for a, b in spans], sought, rarity)
    start, end = spans[near.index(max(near))] if spans else (unit.start, unit.end)
    return blank._replace(quote=text[start:end], turn=unit.turn, start=start, end=end)


def _nearness_of(texts: Sequence[str], sought: Sought, rarity: dict[str, float]) -> list[float]:
    return [float(one) for one in nearness(sought.words, [set(index_tokens(text)) for text in texts], rarity)]


def _texts(conn: sa.Connection, units: Sequence[Unit]) -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], str] = {}
    for some in chunks(sorted({unit.conversation for unit in units})):
        query = sa.select(turn.c.conversation_id, turn.c.n, turn.c.text).where(
            turn.c.conversation_id.in_(some)
        )
        found |= {(row.conversation_id, row.n): row.text for row in conn.execute(query)}
    return found


def _matched(conn: sa.Connection, rows: list[Row]) -> Matched:
    """The rows with the themes that hold at least a fifth of them, the largest first."""
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        if row.theme:
            counts[row.theme] += 1
    themes = sorted((id for id, n in counts.items() if n * 5 >= len(rows)), key=lambda id: (-counts[id], id))
    names = {
        row.id: row.name
        for row in conn.execute(sa.select(theme.c.id, theme.c.name).where(theme.c.id.in_(themes)))
    }
    return Matched(rows, tuple(themes), tuple(names[id] for id in themes))
