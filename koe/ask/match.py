"""What carries the answer: the findings, and words that no finding holds, that fit a question's words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import sqlalchemy as sa

from koe.ask.groups import Group, choose, groups_of, named, strengths
from koe.ask.meant import meant
from koe.ask.score import Fit, Sought, fit, nearness, rarity_of, sought_of
from koe.ask.select import Row, filters_of, rows_without_finding, select_findings
from koe.ask.units import Unit, Units, units_of
from koe.engine.base import Query
from koe.language.text import sentences
from koe.language.tokens import index_tokens
from koe.ledger.schema import theme, turn
from koe.ledger.upsert import chunks
from koe.meaning.near import nearest, question
from koe.records import FindingKind
from koe.workspace import Workspace

LEAST = 0.2
"""A question of whose words no passage has this share is about something else."""
LEAST_ALONE = 0.5
"""The same for a question of one word."""
TRIES = 5
"""How often another group is looked at when all that was chosen turns out to be taken back."""
_GLAD = frozenset({FindingKind.PRAISE, FindingKind.BUYING_REASON})


class Matched(NamedTuple):
    """Findings and words that carry the answer, oldest first, and the themes that most of them have."""

    rows: list[Row]
    themes: tuple[str, ...]
    names: tuple[str, ...]


def match(conn: sa.Connection, ws: Workspace, query: Query) -> Matched:
    """What the question's words are about, within its filters; no rows when nothing comes near."""
    zone = ws.settings.zone
    rows = select_findings(conn, query, zone)
    if query.themes:
        return _matched(conn, [row for row in rows if row.theme in query.themes])
    sought = sought_of(query.words)
    asked = question(ws, sought.text)
    tokens = [*sought.words, *sought.pairs]
    units = units_of(conn, filters_of(query, zone), tokens, rows, partial(nearest, ws, asked))
    if not units.units:
        return Matched([], (), ())
    found = meant(conn, asked, sought, units, fit(sought, units))
    if float(found.near.max()) < (LEAST if len(query.words) > 1 else LEAST_ALONE):
        return Matched([], (), ())
    groups = groups_of(units.units)
    strength = strengths(groups, found, query.kinds, query.language)
    for _ in range(TRIES):
        chosen = choose(groups, strength)
        if not chosen:
            break
        own = [groups[n] for n in chosen]
        said = _rows(conn, [*own, *_named(units, found, query)], rows, units, query, sought)
        if said:
            return _matched(conn, said)
        strength[chosen] = -np.inf
    return Matched([], (), ())


def _named(units: Units, found: Fit, query: Query) -> list[Group]:
    """Passages that say all that the question says, whatever theme their findings have."""
    places = named(units.units, found, query.kinds)
    kinds = query.kinds
    return [
        Group(row.kind, frozenset({row.id}), (n,), whole=False)
        for n in places
        for row in units.units[n].findings
        if not kinds or row.kind in kinds
    ]


def _rows(
    conn: sa.Connection,
    groups: Sequence[Group],
    rows: Sequence[Row],
    units: Units,
    query: Query,
    sought: Sought,
) -> list[Row]:
    """The findings of the groups, whole themes at once, and what is said where nothing was found."""
    wanted = {id for group in groups for id in group.findings}
    themed = {id for group in groups if group.whole for id in group.findings}
    themes = {row.theme for row in rows if row.id in themed and row.theme}
    whole = [row for row in rows if row.id in wanted or row.theme in themes]
    bare = [units.units[n] for group in groups if not group.findings for n in group.places]
    return _in_order([*whole, *_said_in(conn, bare, query, sought, rarity_of(sought, units))])


def _in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row.created_at, row.ledger_id, row.turn, row.start, row.id))


def _said_in(
    conn: sa.Connection, units: Sequence[Unit], query: Query, sought: Sought, rarity: dict[str, float]
) -> list[Row]:
    """The best sentence of each passage that holds no finding, but where it is taken back."""
    blanks = rows_without_finding(conn, {unit.conversation for unit in units})
    texts = _texts(conn, units)
    pairs = [(unit, texts[unit.conversation, unit.turn]) for unit in units]
    said = [(_said(unit, blanks[unit.conversation], text, sought, rarity), text) for unit, text in pairs]
    return [row for row, text in said if not _is_denied(row.quote, text, query)]


def _is_denied(quote: str, text: str, query: Query) -> bool:
    """Whether the words around the sentence take back what it seems to say."""
    from koe.engine.offline.find_rules import is_taken_back

    if not query.kinds or _GLAD & set(query.kinds):
        return False
    kinds = {*query.kinds, FindingKind.COMPLAINT}
    return any(is_taken_back(kind, quote, quote, text) for kind in sorted(kinds))


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
