"""What carries the answer: the findings, and words that no finding holds, that fit a question's words."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from koe.ask.matching.denied import denied_in
from koe.ask.matching.evidence import SIGNS, Evidence, gather, texts_of
from koe.ask.matching.groups import Group, groups_of, is_contrary, named, strengths
from koe.ask.matching.groups import choose as choose_groups
from koe.ask.matching.meant import meant
from koe.ask.matching.score import Fit, Sought, fit, nearness, rarity_of, sought_of
from koe.ask.matching.unsaid import DOUBT, Name, doubted, lacking, names_in, unsaid
from koe.ask.matching.weigh import SAID, SURELY, chance_said, chances, choose, load_lines
from koe.ask.rows.fitting import part
from koe.ask.rows.select import Row, filters_of, rows_without_finding, select_findings
from koe.ask.rows.units import Unit, Units, units_of
from koe.engine.base import Query
from koe.language.text import sentences
from koe.language.tokens import index_tokens
from koe.language.vectors import Floats
from koe.ledger.schema import theme
from koe.meaning.near import nearest, question
from koe.records import FindingKind
from koe.workspace import Workspace

LEAST = 0.2
"""A question of whose words no passage has this share is about something else."""
LEAST_ALONE = 0.5
"""The same for a question of one word."""
PERHAPS = 0.1
"""Chance of the kinds asked for with which a finding of the contrary kind stays: without it citations of
`eval/sample_ja` lose .02 of recall and .01 of precision."""
SURE = 0.4
"""How likely it is at least that who says a name that is asked for carries the answer."""
TRIES = 5
"""How often another group is looked at when all that was chosen turns out to be taken back."""
_GLAD = frozenset({FindingKind.PRAISE, FindingKind.BUYING_REASON})
_SORRY = frozenset({FindingKind.COMPLAINT, FindingKind.OBJECTION})


class Matched(NamedTuple):
    """Findings and words that carry the answer, oldest first, and the themes that most of them have."""

    rows: list[Row]
    themes: tuple[str, ...]
    names: tuple[str, ...]
    unsaid: tuple[str, ...] = ()
    """Names of the question that no customer says; then there are no rows."""
    lacking: tuple[str, ...] = ()
    """Words of the question that no customer says, nor any that stands for them, where there are rows."""
    loose: bool = False
    """Nobody says the matter itself: the rows are only near to it in meaning."""
    aside: tuple[Row, ...] = ()
    """What would carry the answer, and is set aside."""


class Matter(NamedTuple):
    """What a question is about."""

    query: Query
    question: str
    topic: str
    """Its words as a person wrote them."""
    asked: tuple[str, ...] = ()
    """What of it says its matter, as it stands."""
    by_theme: bool = False
    """Themes are taken whole: right where a model made them. Those of koe's own are in pieces."""


def match(conn: sa.Connection, ws: Workspace, matter: Matter) -> Matched:
    """What the question's words are about, within its filters; no rows when nothing comes near."""
    query, zone = matter.query, ws.settings.zone
    rows = select_findings(conn, query, zone)
    if query.themes:
        themed = [row for row in rows if row.theme in query.themes]
        return _matched(conn, query, [row for row in themed if not is_contrary(row.kind, query.kinds)])
    sought = _sought(matter)
    asked = question(ws, sought.text)
    tokens = [*sought.words, *sought.pairs]
    units = units_of(conn, filters_of(query, zone), tokens, rows, partial(nearest, ws, asked))
    if not units.units:
        return Matched([], (), ())
    names = () if matter.by_theme else names_in(matter.question, query.words)
    if left := unsaid(conn, names, units.units):
        return Matched([], (), (), tuple(name.written for name in left))
    found, stands_out = meant(conn, asked, sought, units, fit(sought, units))
    if float(found.near.max()) < (LEAST if len(query.words) > 1 else LEAST_ALONE):
        return Matched([], (), ())
    scope = _Scope(query, sought, units, found, names)
    said, is_sure = ([], True) if matter.by_theme else _weighed(conn, scope)
    if not said and (matter.by_theme or stands_out):
        said = _of_themes(conn, scope, rows)
    lacks = lacking(matter.question, query.words, units.units) if said and not matter.by_theme else ()
    return _matched(conn, query, said)._replace(
        lacking=lacks, loose=bool(said) and (bool(lacks) or not is_sure)
    )


def _sought(matter: Matter) -> Sought:
    """What a passage is looked for by; a model's own words stand for the question."""
    words = matter.query.words
    return sought_of(words) if matter.by_theme else sought_of(words, matter.topic, matter.asked)


class _Scope(NamedTuple):
    """What is looked through, and how well each passage of it fits."""

    query: Query
    sought: Sought
    units: Units
    found: Fit
    names: tuple[Name, ...]


def _weighed(conn: sa.Connection, scope: _Scope) -> tuple[list[Row], bool]:
    """What is said in the conversations that are likely to carry the answer, a finding or a bare sentence.

    And whether somebody surely says the matter itself.
    """
    evidence = gather(conn, scope.query, scope.sought, scope.units, scope.found)
    own = [scope.units.units[n] for n in evidence.places]
    lines = load_lines(evidence.language)
    conversations = [unit.conversation for unit in own]
    likely = chance_said(evidence, conversations, lines)
    chance = chances(evidence, conversations, lines) * (likely >= SAID)
    chance = chance * _doubted(scope)[evidence.places] * _may_be(evidence, scope)
    by_name = _by_name(scope)[evidence.places]
    chance = np.maximum(chance, by_name)
    best: dict[str, float] = {}
    for unit, one in zip(own, chance.tolist(), strict=True):
        best[unit.conversation] = max(best.get(unit.conversation, 0.0), one)
    taken = choose(best)
    least = min((best[id] for id in taken), default=1.0)
    told = [n for n, unit in enumerate(own) if unit.conversation in set(taken) and chance[n] >= least]
    rows = {row.id: row for n in told if (row := evidence.findings[n]) is not None}
    bare = _said_in(conn, scope, [own[n] for n in told if not own[n].findings])
    return _in_order([*rows.values(), *bare]), likely >= SURELY or bool(by_name.any())


def _may_be(evidence: Evidence, scope: _Scope) -> Floats:
    """0 for each passage whose finding is the contrary of what is asked for, 1 for the others.

    In a call a need and a pain stand in the same words: what may as well be of a kind asked for stays.
    """
    rows, chance = evidence.findings, evidence.signs[:, SIGNS.index("chance")]
    out = [row is not None and is_contrary(row.kind, scope.query.kinds) for row in rows]
    gone = np.array(out, bool) & (chance < np.log(PERHAPS / (1 - PERHAPS)))
    return np.where(gone | _is_at_work(evidence, scope), 0.0, 1.0)


def _is_at_work(evidence: Evidence, scope: _Scope) -> NDArray[np.bool_]:
    """Whether each passage is of no use to a question of what does not work, which names no kind.

    Praise is not, and what neither says the denied verb nor complains.
    """
    words = scope.sought.words
    denied = {"w" + verb for text in scope.sought.asked for verb in denied_in(text)}
    own = [n for n, word in enumerate(words) if word in denied and not scope.query.kinds]
    if not own:
        return np.zeros(len(evidence.places), bool)
    lacks = scope.found.cover[evidence.places][:, own].max(axis=1) <= 0
    kinds = [row.kind if row else None for row in evidence.findings]
    out = [
        kind in _GLAD or (lack and kind not in _SORRY)
        for kind, lack in zip(kinds, lacks.tolist(), strict=True)
    ]
    return np.array(out, bool)


def _doubted(scope: _Scope) -> Floats:
    """What is left of each passage's chance; of why a thing is done only those tell that speak of it."""
    words, query = scope.sought.words, scope.query
    lone = words[0] if len(words) == 1 and not query.kinds else ""
    return doubted(scope.names, lone, scope.units.units, 0.0 if query.ask == "reasons" else DOUBT)


def _by_name(scope: _Scope) -> Floats:
    """How likely each passage is at least: who has trouble with a name is told by whoever says it so."""
    out: Floats = np.zeros(len(scope.units.units), np.float32)
    kinds = scope.query.kinds
    if kinds and len(scope.names) == 1 and scope.names[0].is_all_of(scope.sought.words):
        out[named(scope.units.units, scope.found, kinds)] = SURE
    return out


def _of_themes(conn: sa.Connection, scope: _Scope, rows: Sequence[Row]) -> list[Row]:
    """What is said in the themes that come nearest, whole themes at once."""
    query, units = scope.query, scope.units.units
    groups = groups_of(units)
    strength = strengths(groups, scope.found, query.kinds, query.language)
    for _ in range(TRIES):
        chosen = choose_groups(groups, strength)
        if not chosen:
            break
        said = _rows(conn, [*(groups[n] for n in chosen), *_named(scope)], rows, scope)
        if said:
            return said
        strength[chosen] = -np.inf
    return []


def _named(scope: _Scope) -> list[Group]:
    """Passages that say all that the question says, whatever theme their findings have."""
    kinds, units = scope.query.kinds, scope.units.units
    return [
        Group(row.kind, frozenset({row.id}), (n,), whole=False)
        for n in named(units, scope.found, kinds)
        for row in units[n].findings
        if not kinds or row.kind in kinds
    ]


def _rows(conn: sa.Connection, groups: Sequence[Group], rows: Sequence[Row], scope: _Scope) -> list[Row]:
    """The findings of the groups, whole themes at once, and what is said where nothing was found."""
    wanted = {id for group in groups for id in group.findings}
    themed = {id for group in groups if group.whole for id in group.findings}
    themes = {row.theme for row in rows if row.id in themed and row.theme}
    whole = [row for row in rows if row.id in wanted or row.theme in themes]
    bare = [scope.units.units[n] for group in groups if not group.findings for n in group.places]
    return _in_order([*whole, *_said_in(conn, scope, bare)])


def _in_order(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (row.created_at, row.ledger_id, row.turn, row.start, row.id))


def _said_in(conn: sa.Connection, scope: _Scope, units: Sequence[Unit]) -> list[Row]:
    """The best sentence of each passage that holds no finding, but where it is taken back."""
    rarity = rarity_of(scope.sought, scope.units)
    blanks = rows_without_finding(conn, {unit.conversation for unit in units})
    texts = texts_of(conn, units)
    pairs = [(unit, texts[unit.conversation, unit.turn]) for unit in units]
    said = [
        (_said(unit, blanks[unit.conversation], text, scope.sought, rarity), text) for unit, text in pairs
    ]
    return [row for row, text in said if not _is_denied(row.quote, text, scope.query)]


def _is_denied(quote: str, text: str, query: Query) -> bool:
    """Whether the words around the sentence take back what it seems to say."""
    from koe.engine.offline.find.rules import is_taken_back

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


def _matched(conn: sa.Connection, query: Query, said: list[Row]) -> Matched:
    """The rows that count, with the themes that hold at least a fifth of them, the largest first.

    Of a matter by itself everybody who speaks of it counts, in whatever kind.
    """
    rows, aside = part(query, said) if query.kinds or query.themes else (said, ())
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        if row.theme:
            counts[row.theme] += 1
    themes = sorted((id for id, n in counts.items() if n * 5 >= len(rows)), key=lambda id: (-counts[id], id))
    names = {
        row.id: row.name
        for row in conn.execute(sa.select(theme.c.id, theme.c.name).where(theme.c.id.in_(themes)))
    }
    return Matched(rows, tuple(themes), tuple(names[id] for id in themes), aside=aside)
