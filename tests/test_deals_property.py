"""Random changes, crashes and faults: every CRM ends with exactly its table of deals."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from koe.ledger.schema import deal
from tests.deal_world import SalesWorld
from tests.source_pulls import FAKES, desk, pull_through, rows_of
from tests.vendor_fake import FAULTS, Stage, stage

DAY = 86_400


@pytest.fixture(scope="module")
def theatre() -> Iterator[Stage]:
    with stage() as given_stage:
        yield given_stage


OPERATIONS = ("sell", "won", "lost", "open", "delete", "merge", "rename")
steps = st.lists(
    st.tuples(st.sampled_from(OPERATIONS), st.integers(0, 50), st.integers(0, 50), st.integers(0, 2)),
    max_size=8,
)


def happen(fake: Any, operation: str, a: int, b: int, seconds: int) -> None:
    """One change of the world."""
    world: SalesWorld = fake.world
    world.time.at += seconds
    live = [one.id for one in world.sales.values() if one.is_live]
    if operation == "sell" or not live:
        world.sell(world.company(), amount=float(a))
        return
    key, other = live[a % len(live)], live[b % len(live)]
    if operation == "delete":
        world.delete_sale(key)
    elif operation == "merge":
        if fake.type == "hubspot" and key != other:
            world.merge_sales(key, other)
    elif operation == "rename":
        world.sales[key].name = f"商談 {a}-{b}"
        world.touch_sale(key)
    else:
        world.end(key, operation)  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["hubspot", "salesforce"])
@settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    meanwhile=steps,
    page_size=st.integers(1, 4),
    crashes=st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=3),
    faults=st.dictionaries(st.integers(1, 30), st.sampled_from(FAULTS), max_size=4),
)
@example(
    meanwhile=[("won", 0, 0, 0), ("merge", 1, 2, 0), ("delete", 0, 0, 1), ("open", 1, 0, 0)],
    page_size=2,
    crashes=[(0, False), (1, True)],
    faults={2: "expired", 4: "repeat"},
)
def test_whatever_happens_the_deals_end_as_the_vendor_has_them(
    kind: str, theatre: Stage, meanwhile: Any, page_size: int, crashes: Any, faults: dict[int, str]
) -> None:
    fake = FAKES[kind](SalesWorld(), page_size=page_size)
    for n in range(5):
        happen(fake, "sell", n, 0, n % 2)
    fake.world.time.at += 90
    fake.script(faults)
    fake.happens = {3 + 4 * n: (lambda step=step: happen(fake, *step)) for n, step in enumerate(meanwhile)}
    with TemporaryDirectory() as home, desk(Path(home), fake, theatre) as ws:
        pull_through(ws, fake, crashes, later=(200, 8 * DAY))
        rows = [row for row in rows_of(ws, deal) if not row["withdrawn"]]
        names = ("name", "outcome", "account_name", "industry", "amount")
        assert {
            row["external_id"]: tuple(row[name] for name in names) for row in rows
        } == fake.world.sales_truth()
