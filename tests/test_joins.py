"""Which deal a call joins, by which rule, in whatever order calls and deals come in."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from connectors.base import Item, Page
from koe.ledger.accounts import account_key
from koe.ledger.intake import commit_page
from koe.ledger.joins import joined_line
from koe.ledger.schema import conversation, reading
from koe.records import Account, Conversation, Deal, Turn
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace

NOON = datetime(2026, 9, 10, 12, tzinfo=UTC)
Fate = tuple[str | None, str | None, str | None]


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    found = open_workspace(Settings(home=tmp_path))
    yield found
    found.close()


def call(key: str = "C1", source: str = "gong", account: Account | None = None, **more: Any) -> Conversation:
    return Conversation(
        source=source,
        external_id=key,
        kind=more.pop("kind", "call"),
        account=account or Account(id="shop.example", name="港の本屋"),
        created_at=more.pop("created_at", NOON),
        turns=(Turn(role="customer", text="遅い"),),
        **more,
    )


def deal(key: str, source: str = "crm", account: Account | None = None, **more: Any) -> Deal:
    return Deal(
        source=source,
        external_id=key,
        account=account or Account(id="A-1", name="株式会社 港の本屋"),
        outcome=more.pop("outcome", "open"),
        opened_at=more.pop("opened_at", NOON - timedelta(days=20)),
        **more,
    )


def take(ws: Workspace, *records: Conversation | Deal, **more: Any) -> None:
    """Each record in a page of its own."""
    for one in records:
        stream = "deals" if isinstance(one, Deal) else "calls"
        commit_page(ws.ledger, one.source, stream, Page((Item(one, "{}"),), {}, **more))


def fate(ws: Workspace, key: str = "gong:C1") -> Fate:
    columns = (conversation.c.deal_id, conversation.c.joined_by, conversation.c.outcome)
    with ws.ledger.connect() as conn:
        return tuple(conn.execute(sa.select(*columns).where(conversation.c.id == key)).one())


LONG = "006000000000001AAA"
OTHER = Account(id="A-2", name="丘の製粉所")


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        pytest.param(
            [call(deal="D1"), deal("D1", source="gong")], ("gong:D1", "source", "open"), id="its source"
        ),
        pytest.param(
            [call(deal=LONG), deal(LONG)], (f"crm:{LONG}", "other source", "open"), id="another's id"
        ),
        pytest.param(
            [call(deal=LONG), deal(LONG), deal(LONG, "old")],
            (None, "several", None),
            id="two others have the id",
        ),
        pytest.param(
            [call(deal="12"), deal("12")], ("gong:12", "source", None), id="a short id means nothing"
        ),
        pytest.param(
            [call(), deal("D1")], ("crm:D1", "account and time", "open"), id="by the company's name"
        ),
        pytest.param([call(), deal("D1"), deal("D2")], (None, "several", None), id="two were open"),
        pytest.param([call(), deal("D1", account=OTHER)], (None, None, None), id="another company"),
        pytest.param(
            [call(), deal("D1", opened_at=None)], (None, "no opening", None), id="nobody knows when"
        ),
        pytest.param(
            [call(), deal("D1", opened_at=NOON + timedelta(days=10))],
            ("crm:D1", "account and time", "open"),
            id="a first talk, days before the entry",
        ),
        pytest.param(
            [call(), deal("D1", opened_at=NOON + timedelta(days=20))], (None, None, None), id="too early"
        ),
        pytest.param(
            [call(), deal("D1", outcome="lost", closed_at=NOON - timedelta(days=5)), deal("D2")],
            ("crm:D2", "account and time", "open"),
            id="the other one was over",
        ),
        pytest.param(
            [call(kind="ticket"), deal("D1")], (None, None, None), id="a ticket is no talk of a sale"
        ),
        pytest.param(
            [call(account=Account(id="person-1")), deal("D1", account=Account(id="person-1"))],
            (None, None, None),
            id="persons of two sources are not one",
        ),
    ],
)
def test_the_rules(ws: Workspace, records: list[Any], expected: Fate, tmp_path: Path) -> None:
    for n, order in enumerate(permutations(records)):
        one = open_workspace(Settings(home=tmp_path / str(n)))
        take(one, *order)
        assert fate(one) == expected
        one.close()


def test_in_one_source_accounts_are_one_by_id_alone(ws: Workspace) -> None:
    here = Account(id="A-9", name="港の本屋")
    take(ws, call(source="crm", account=here), deal("D1"))
    assert fate(ws, "crm:C1") == (None, None, None)
    take(ws, deal("D2", account=Account(id="A-9", name="別名")))
    assert fate(ws, "crm:C1") == ("crm:D2", "account and time", "open")


def read_once(ws: Workspace) -> None:
    row = {
        "conversation_id": "gong:C1",
        "engine": "offline",
        "state": "read",
        "reason": None,
        "dropped": "{}",
    }
    with ws.ledger.begin() as conn:
        conn.execute(sa.delete(reading))
        version = conn.scalar(sa.select(conversation.c.version).where(conversation.c.id == "gong:C1"))
        conn.execute(sa.insert(reading), [{**row, "version": version}])


def is_read(ws: Workspace) -> bool:
    with ws.ledger.connect() as conn:
        return conn.scalar(sa.select(reading.c.version)) != ""


def test_a_changed_outcome_makes_its_calls_be_read_again_and_nothing_else_does(ws: Workspace) -> None:
    take(ws, call(), deal("D1"))
    read_once(ws)
    take(ws, deal("D1", amount=5.0), call(title="別の題"))
    assert is_read(ws)
    take(ws, deal("D1", amount=5.0, outcome="won", closed_at=NOON + timedelta(days=9)))
    assert (fate(ws)[2], is_read(ws)) == ("won", False)
    read_once(ws)
    take(ws, deal("D1", amount=5.0))
    assert (fate(ws)[2], is_read(ws)) == ("open", False)


def test_a_withdrawn_deal_leaves_its_calls_to_the_one_that_is_left(ws: Workspace) -> None:
    take(ws, call(), deal("D1"), deal("D2"))
    assert fate(ws)[1] == "several"
    commit_page(ws.ledger, "crm", "deals", Page((), {}, gone=("D1",)))
    assert fate(ws) == ("crm:D2", "account and time", "open")


def test_a_deal_that_moves_to_another_account_leaves_its_calls(ws: Workspace) -> None:
    take(ws, call(), deal("D1"), deal("D2"))
    take(ws, deal("D1", account=OTHER))
    assert fate(ws) == ("crm:D2", "account and time", "open")
    take(ws, deal("D2", account=OTHER))
    assert fate(ws) == (None, None, None)


def test_a_named_deal_that_was_merged_is_followed_to_the_last_one(ws: Workspace) -> None:
    take(ws, deal("D1", "gong"), deal("D2", "gong"), deal("D3", "gong", outcome="won"), call(deal="D1"))
    for old, new in (("D1", "D2"), ("D2", "D3")):
        commit_page(ws.ledger, "gong", "deals", Page((), {}, merged=((old, new),)))
    take(ws, call(deal="D1", title="後から"))
    assert fate(ws) == ("gong:D3", "source", "won")


def test_the_line_of_a_pull_says_how_many_joined_by_which_rule(ws: Workspace) -> None:
    take(ws, call("C1"), call("C2", deal=LONG), call("C3", account=OTHER), deal("D1"), deal(LONG))
    with ws.ledger.connect() as conn:
        assert joined_line(conn, "gong") == (
            "calls and deals: 1 named by an id of another source, 1 not joined, several deals fit"
            " (such as: koe show C1)"
        )
        assert joined_line(conn, "files") == ""


@pytest.mark.parametrize(
    ("name", "key"),
    [
        pytest.param("株式会社 港の本屋", "港の本屋", id="a form before the name"),
        pytest.param("港の本屋㈱", "港の本屋", id="a form in one letter"),
        pytest.param("Harbor Books, Inc.", "harborbooks", id="an English form"),
        pytest.param("ＨＡＲＢＯＲ Books", "harborbooks", id="wide letters"),
        pytest.param("Costco", "costco", id="letters inside a word are no form"),
        pytest.param("", None, id="no name"),
        pytest.param("株式会社", None, id="a form alone"),
    ],
)
def test_companies_are_compared_by_their_bare_names(name: str, key: str | None) -> None:
    assert account_key(name) == key
