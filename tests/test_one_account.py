"""Which accounts are one over all sources, in whatever order their records come in."""

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.base import Item, Page
from koe.ledger.accounts import Known, account_key, count_as, is_same_account
from koe.ledger.intake import commit_page
from koe.ledger.schema import conversation, deal, metadata
from koe.records import Account, Conversation, Deal, Turn
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.test_joins import NOON

ORG, COMPANY = "360001234567", "00100000000000AAA"
SHOP, FORMAL = "港の本屋", "株式会社港の本屋"


def known(source: str, id: str, name: str = "") -> Known:
    return Known(source, id, account_key(name))


@pytest.mark.parametrize(
    ("rows", "groups"),
    [
        pytest.param(
            [known("desk", ORG, SHOP), known("crm", COMPANY, FORMAL), known("talk", SHOP, SHOP)],
            [["00100000000000AAA"] * 3],
            id="an organisation, a company and a name",
        ),
        pytest.param(
            [known("desk", ORG, "丘"), known("crm", ORG, "森")], [[ORG, ORG]], id="one long id, two names"
        ),
        pytest.param(
            [known("desk", "12", "丘"), known("crm", "12", "森")],
            [["desk:12"], ["crm:12"]],
            id="a short id means nothing elsewhere",
        ),
        pytest.param(
            [known("desk", "person-12345678"), known("crm", "person-12345678")],
            [["desk:person-12345678"], ["crm:person-12345678"]],
            id="persons of two sources",
        ),
        pytest.param(
            [known("crm", "A1", SHOP), known("crm", "A2", SHOP), known("talk", SHOP, SHOP)],
            [["A1"], ["A2"], [SHOP]],
            id="a name with two ids in one source",
        ),
        pytest.param(
            [known("files", SHOP, SHOP), known("files", FORMAL, FORMAL), known("files", "A1", SHOP)],
            [["A1"] * 3],
            id="by name inside a source where there is no other id",
        ),
        pytest.param(
            [
                known("crm", "A1", "丘"),
                known("crm", "A1", "森"),
                known("talk", "丘", "丘"),
                known("mail", "森", "森"),
            ],
            [["A1"] * 3],
            id="a renamed company has both names",
        ),
        pytest.param(
            [
                known("crm", "A1", "丘"),
                known("crm", "A2", "森"),
                known("desk", "9", "丘"),
                known("desk", "9", "森"),
            ],
            [["A1"], ["A2"], ["9"]],
            id="two ids of one source are not brought together over a third",
        ),
        pytest.param([known("crm", ""), known("desk", "", "")], [], id="nobody known"),
    ],
)
def test_the_rules(rows: list[Known], groups: list[list[str]]) -> None:
    for order in permutations(rows):
        found = count_as(order)
        nodes = dict.fromkeys((one.source, one.account_id) for one in rows if one.account_id)
        assert sorted(found[node] for node in nodes) == sorted(label for group in groups for label in group)


SOURCES = ("crm", "desk", "talk")
IDS = ("1", "2", ORG, COMPANY, "丘の製粉所", "株式会社 丘の製粉所", "森の印刷", "")
NAMES = ("", "丘の製粉所", "㈱丘の製粉所", "森の印刷")
KNOWN = st.builds(known, st.sampled_from(SOURCES), st.sampled_from(IDS), st.sampled_from(NAMES))


@given(rows=st.lists(KNOWN, max_size=12), data=st.data())
def test_the_order_of_rows_means_nothing(rows: list[Known], data: st.DataObject) -> None:
    assert count_as(data.draw(st.permutations(rows))) == count_as(rows)


@given(rows=st.lists(KNOWN, max_size=12))
def test_two_ids_of_one_source_are_never_one(rows: list[Known]) -> None:
    found = count_as(rows)
    keys: dict[tuple[str, str], set[str | None]] = {}
    for row in rows:
        keys.setdefault((row.source, row.account_id), set()).add(row.account_key)
    for one, other in combinations(found, 2):
        has_ids = all(keys[node] - {None} != {account_key(node[1])} for node in (one, other))
        if one[0] == other[0] and has_ids:
            assert found[one] != found[other]


@given(one=KNOWN, other=KNOWN)
def test_two_accounts_alone_are_one_as_calls_and_deals_are(one: Known, other: Known) -> None:
    found = count_as([one, other])
    if one.account_id and other.account_id and one[:2] != other[:2]:
        is_one = found[one[:2]] == found[other[:2]]
        assert is_one == is_same_account(one, other)


Arrival = tuple[str, str, str, str, bool]
"""Source, the record's id, account id, name, and whether it is a deal."""
ARRIVAL = st.tuples(
    st.sampled_from(SOURCES),
    st.sampled_from("ABCD"),
    st.sampled_from(IDS[:-1]),
    st.sampled_from(NAMES),
    st.booleans(),
)


def record(one: Arrival) -> Conversation | Deal:
    source, key, id, name, is_deal = one
    account = Account(id=id, name=name)
    if is_deal:
        return Deal(source=source, external_id=f"D{key}", account=account, outcome="open")
    turns = (Turn(role="customer", text="遅い"),)
    plain = {"source": source, "external_id": f"T{key}", "account": account, "created_at": NOON}
    return Conversation(**plain, kind="ticket", turns=turns)


def take(ws: Workspace, arrivals: Sequence[Arrival], **more: Any) -> None:
    """Each record in a page of its own."""
    for one in map(record, arrivals):
        stream = "deals" if isinstance(one, Deal) else "tickets"
        commit_page(ws.ledger, one.source, stream, Page((Item(one, "{}"),), {}, **more))


def withdraw(ws: Workspace, one: Arrival) -> None:
    gone = record(one)
    stream = "deals" if isinstance(gone, Deal) else "tickets"
    commit_page(ws.ledger, gone.source, stream, Page((), {}, gone=(gone.external_id,)))


def standing(ws: Workspace) -> dict[str, str]:
    """What every live record counts as."""
    with ws.ledger.connect() as conn:
        rows = [r for t in (conversation, deal) for r in conn.execute(sa.select(t).where(~t.c.withdrawn))]
    assert {(r.source, r.account_id): r.account for r in rows} == count_as(rows)
    return {row.id: row.account for row in rows}


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    found = open_workspace(Settings(home=tmp_path))
    yield found
    found.close()


def emptied(ws: Workspace) -> Workspace:
    with ws.ledger.begin() as conn:
        for table in metadata.sorted_tables:
            conn.execute(sa.delete(table))
    return ws


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_records_of_three_sources_group_alike_in_any_order(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    by_id = data.draw(st.dictionaries(ARRIVAL.map(lambda a: (a[0], a[1], a[4])), ARRIVAL, max_size=7))
    arrivals = [(key[0], key[1], one[2], one[3], key[2]) for key, one in by_id.items()]
    ws = open_workspace(Settings(home=tmp_path_factory.mktemp("one")))
    take(ws, arrivals)
    first = standing(ws)
    take(emptied(ws), data.draw(st.permutations(arrivals)))
    assert standing(ws) == first
    ws.close()


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(st.tuples(ARRIVAL, st.booleans()), max_size=10))
def test_changes_and_withdrawals_leave_what_stands_grouped_by_what_stands(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Arrival, bool]]
) -> None:
    ws = open_workspace(Settings(home=tmp_path_factory.mktemp("one")))
    for one, is_taken in steps:
        take(ws, [one]) if is_taken else withdraw(ws, one)
        standing(ws)
    ws.close()
