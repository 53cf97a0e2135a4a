"""A name that very many accounts have: told as any other, without reading all of them for each page."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koe.ledger import accounts
from koe.ledger.accounts import account_key
from koe.settings import Settings
from koe.workspace import open_workspace
from tests.test_one_account import Arrival, record, standing, take, withdraw

GUEST, SHOP = "お客様", "港の本屋"
IDS = ("g1", "g2", "g3", "g4", "360001234567", GUEST, f"株式会社{GUEST}", SHOP)
ARRIVAL = st.tuples(
    st.sampled_from(("desk", "crm")),
    st.sampled_from("ABCDEF"),
    st.sampled_from(IDS),
    st.sampled_from((GUEST, GUEST, SHOP, "")),
    st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(st.tuples(ARRIVAL, st.booleans()), max_size=14), crowd=st.sampled_from((0, 1, 3)))
def test_accounts_of_a_crowded_name_are_grouped_by_what_stands(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Arrival, bool]], crowd: int
) -> None:
    ws = open_workspace(Settings(home=tmp_path_factory.mktemp("crowd")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(accounts, "CROWD", crowd)
        for one, is_taken in steps:
            take(ws, [one]) if is_taken else withdraw(ws, one)
            standing(ws)
    ws.close()


def test_one_more_of_a_crowded_name_is_told_without_the_others(tmp_path: Path) -> None:
    ws = open_workspace(Settings(home=tmp_path))
    guests = [("desk", f"{n:03}", f"g{n:03}", GUEST, False) for n in range(150)]
    take(ws, guests)
    take(ws, [("desk", "S", "s1", SHOP, False), ("crm", "S", SHOP, SHOP, True)])
    standing(ws)
    assert record(guests[0]).account.name == GUEST
    with ws.ledger.connect() as conn:
        more = [("g999", account_key(GUEST)), ("s1", account_key(SHOP))]
        looked_at = {row.account_id for row in accounts._around(conn, more)}
        whole = accounts._around(conn, [(GUEST, account_key(GUEST))])
    assert {"s1", SHOP} < looked_at and len(looked_at) == 4
    assert len(whole) == 150
    ws.close()
