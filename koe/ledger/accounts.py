"""Which accounts are one, over all sources: what a conversation or a deal counts as.

Accounts of two sources are one where they have the same long id, or the same name; inside a source by their
id alone, but by the name where one of them has no other id. Where a name stands for two ids of one source,
nothing is joined by that name; where joining would bring two ids of one source together over other names,
those accounts stay apart. What a company counts as is a long id of its, else another id, else its name, the
smallest of several; with its source before it where another account has that id too.

Nothing depends on the order in which sources and pages come in: it is told from the rows that stand.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from itertools import product
from typing import Any, NamedTuple, Protocol

import sqlalchemy as sa

from koe.language.text import normalize
from koe.ledger.schema import conversation, deal
from koe.ledger.upsert import chunks

__all__ = [
    "LONG_ID",
    "Known",
    "account_key",
    "account_name",
    "count_as",
    "doubtful_names",
    "has_no_id",
    "is_same_account",
    "regroup",
    "wait_for_others",
]

CROWD = 100
"""A name that more rows have is looked at closely before all of them are read."""
LONG_ID = 8
"""Ids shorter than this are a source's own counting, and mean nothing in another."""
_FORMS = re.compile(
    r"株式会社|有限会社|合同会社|合資会社|合名会社|\((?:株|有|同)\)|\b(?:inc|ltd|llc|corp|co|kk|k\.k|gmbh)\b\.?|[\s.,、。・]"
)
_LOCK = 4_051_203
"""Any number that nothing else of koe locks."""


class OfAccount(Protocol):
    """A row that belongs to an account."""

    @property
    def source(self) -> str: ...
    @property
    def account_id(self) -> str: ...
    @property
    def account_key(self) -> str | None: ...


class Known(NamedTuple):
    """An account as one row has it."""

    source: str
    account_id: str
    account_key: str | None


Node = tuple[str, str]
"""A source and an id in it."""


class _Nodes(NamedTuple):
    keys: Mapping[Node, Collection[str]]
    nameless: Collection[Node]
    """Those that have an id: more than a name stands for them."""


def account_key(name: str) -> str | None:
    """A company's name as it is compared: without its legal form, blanks and points; None for no name."""
    return _FORMS.sub("", normalize(name).lower()) or None


def is_same_account(one: OfAccount, other: OfAccount) -> bool:
    """Whether two rows belong to one account, as far as the two can tell."""
    has_same_name = one.account_key is not None and one.account_key == other.account_key
    if one.source == other.source:
        is_by_name = has_same_name and (has_no_id(one) or has_no_id(other))
        return is_by_name or one.account_id == other.account_id
    has_long_id = _is_long(one.account_id) and one.account_id == other.account_id
    return has_long_id or has_same_name


def has_no_id(row: OfAccount) -> bool:
    """Whether what stands for the account is nothing but its name."""
    return row.account_key is not None and account_key(row.account_id) == row.account_key


def count_as(rows: Iterable[OfAccount]) -> dict[Node, str]:
    """What the account of each source and id counts as; rows without an id belong to nobody known."""
    nodes = _nodes(rows)
    groups = [part for group in _united(_links(nodes), nodes.keys) for part in _parted(group, nodes)]
    held: dict[str, int] = defaultdict(int)
    for group in groups:
        for id in {id for _, id in group}:
            held[id] += 1
    found: dict[Node, str] = {}
    for group in groups:
        source, id = min(
            group, key=lambda node: (node not in nodes.nameless, not _is_long(node[1]), *node[::-1])
        )
        found |= dict.fromkeys(group, id if held[id] == 1 else f"{source}:{id}")
    return found


def doubtful_names(conn: sa.Connection) -> list[str]:
    """Names that stand for several ids of one source and for an account elsewhere, in order."""
    nodes = _nodes(row for table in (conversation, deal) for row in conn.execute(_accounts(table)))
    named = _by(nodes.keys, lambda node: nodes.keys[node])
    return sorted(
        key for key, some in named.items() if _clash(some, nodes) and len({source for source, _ in some}) > 1
    )


def regroup(conn: sa.Connection, touched: Collection[tuple[str, str | None]]) -> None:
    """Write anew what is counted as one, for accounts with these ids and keys and all that touch them.

    `touched` has each account that is new, changed or gone, as it was and as it is.
    """
    rows = _around(conn, touched)
    wanted = count_as(rows)
    wrong = {
        (r.source, r.account_id) for r in rows if r.account_id and r.account != wanted[r.source, r.account_id]
    }
    for source, id in sorted(wrong):
        for table in (conversation, deal):
            here = sa.and_(table.c.source == source, table.c.account_id == id)
            conn.execute(sa.update(table).where(here).values(account=wanted[source, id]))


def wait_for_others(conn: sa.Connection) -> None:
    """Let one page at a time say which accounts are one; SQLite has one writer anyway."""
    if conn.dialect.name == "postgresql":
        conn.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))


def account_name(table: sa.Table) -> sa.ColumnElement[str]:
    """The name a row's account is shown by: the row's own where it counts as its own id.

    Else the newest that the source gave whose id it counts as, the row's own where that gave none.
    """
    told = [_own_names(other, table) for other in (conversation, deal)]
    return sa.case(
        (table.c.account == table.c.account_id, table.c.account_name),
        else_=sa.func.coalesce(*told, table.c.account_name),
    )


def _own_names(table: sa.Table, row: sa.Table) -> sa.ScalarSelect[str]:
    one = table.alias("canonical")
    is_own = sa.or_(one.c.account_id == one.c.account, one.c.source + ":" + one.c.account_id == one.c.account)
    at = one.c.created_at if table is conversation else one.c.opened_at
    query = sa.select(one.c.account_name).where(
        one.c.account == row.c.account, is_own, ~one.c.withdrawn, one.c.account_name != ""
    )
    return query.order_by(at.desc(), one.c.id.desc()).limit(1).correlate(row).scalar_subquery()


def _is_long(id: str) -> bool:
    return len(id) >= LONG_ID and not id.startswith("person-")


def _nodes(rows: Iterable[OfAccount]) -> _Nodes:
    keys: dict[Node, set[str]] = defaultdict(set)
    for row in rows:
        if row.account_id:
            keys[row.source, row.account_id] |= {row.account_key} if row.account_key else set()
    nameless = {node for node, own in keys.items() if own != {account_key(node[1])}}
    return _Nodes(keys, nameless)


def _links(nodes: _Nodes) -> Iterator[list[Node]]:
    """Accounts that are one, by id and by name; by a doubtful name none that have an id."""
    yield from _by(nodes.keys, lambda node: [node[1]] if _is_long(node[1]) else []).values()
    for some in _by(nodes.keys, lambda node: nodes.keys[node]).values():
        yield [one for one in some if one not in nodes.nameless] if _clash(some, nodes) else some


def _parted(group: list[Node], nodes: _Nodes) -> Iterable[list[Node]]:
    """The group, or what is left of it without doubt where it has two ids of one source."""
    if not _clash(group, nodes):
        return [group]
    sure = [one for one in group if one in nodes.nameless and _is_long(one[1])]
    named = [one for one in group if one not in nodes.nameless]
    links = [*_by(sure, lambda node: [node[1]]).values(), *_by(named, lambda node: nodes.keys[node]).values()]
    return _united(links, group)


def _clash(some: Iterable[Node], nodes: _Nodes) -> bool:
    """Whether two of them are ids of one source."""
    sources = [source for source, id in some if (source, id) in nodes.nameless]
    return len(sources) > len(set(sources))


def _by(nodes: Iterable[Node], marks: Any) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = defaultdict(list)
    for node in nodes:
        for mark in marks(node):
            found[mark].append(node)
    return found


def _united(links: Iterable[list[Node]], nodes: Iterable[Node]) -> list[list[Node]]:
    """The nodes in groups, those that are linked over any others together."""
    above = {node: node for node in nodes}

    def top(node: Node) -> Node:
        while above[node] != node:
            above[node] = node = above[above[node]]
        return node

    for first, *rest in filter(None, links):
        for one in rest:
            above[top(one)] = top(first)
    groups: dict[Node, list[Node]] = defaultdict(list)
    for node in above:
        groups[top(node)].append(node)
    return list(groups.values())


def _around(
    conn: sa.Connection, touched: Collection[tuple[str, str | None]], whole: Set[str] = frozenset()
) -> set[sa.Row[Any]]:
    """The accounts that have one of these ids or keys, and those that share one with them, and so on.

    Of a name that is doubtful whatever becomes of those touched, two accounts stand for all: it joins none of
    them, before and after. Where accounts without an id are among those found, which it does join, it is read
    whole.
    """
    ids = {id for id, _ in touched}
    found: set[sa.Row[Any]] = set()
    seen, crowds = set[str](), set[str]()
    names = {name for one in touched for name in one}
    while new := {name for name in names if name} - seen:
        seen |= new
        crowds |= (crowded := _crowds(conn, new) - whole)
        fresh = {row for table in (conversation, deal) for row in _having(conn, table, new, crowded)}
        fresh |= {row for key in crowded for row in _standing(conn, key, ids)}
        found |= fresh
        names = {name for row in fresh for name in (row.account_id, row.account_key)}
    named = {account_key(id) for id in ids | {row.account_id for row in found}} if crowds else set()
    return _around(conn, touched, whole | crowds & named) if crowds & named else found


def _having(
    conn: sa.Connection, table: sa.Table, names: Collection[str], crowded: Collection[str]
) -> Iterator[sa.Row[Any]]:
    for some in chunks(sorted(names)):
        yield from conn.execute(_accounts(table).where(table.c.account_id.in_(some)))
        few = [name for name in some if name not in crowded]
        yield from conn.execute(_accounts(table).where(table.c.account_key.in_(few)))


def _crowds(conn: sa.Connection, names: Collection[str]) -> set[str]:
    """Those of the names that many rows have."""
    found: set[str] = set()
    for table, some in product((conversation, deal), list(chunks(sorted(names)))):
        key = table.c.account_key
        query = sa.select(key).where(key.in_(some)).group_by(key).having(sa.func.count() > CROWD)
        found |= set(conn.scalars(query))
    return found


def _standing(conn: sa.Connection, key: str, touched: Collection[str]) -> Collection[sa.Row[Any]]:
    """Two accounts of one source that have an id and this name and are not touched; else all of the name."""
    every = list[sa.Row[Any]]()
    for table in (conversation, deal):
        query = _accounts(table).where(table.c.account_key == key)
        firsts: dict[str, sa.Row[Any]] = {}
        for row in conn.execute(query.limit(len(touched) + CROWD)):
            if row.account_id in touched or has_no_id(row):
                continue
            if firsts.setdefault(row.source, row).account_id != row.account_id:
                return [firsts[row.source], row]
        every += conn.execute(query)
    return every


def _accounts(table: sa.Table) -> sa.Select[Any]:
    c = table.c
    return sa.select(c.source, c.account_id, c.account_key, c.account).where(~c.withdrawn).distinct()
