"""Random page sizes, crash points, faults and changes: every source ends with exactly its vendor's table."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from tests.source_pulls import FAKES, desk, held, pull_through, truth
from tests.vendor_fake import FAULTS, Stage, stage
from tests.vendor_world import World

DAY = 86_400


@pytest.fixture(scope="module")
def theatre() -> Iterator[Stage]:
    with stage() as given_stage:
        yield given_stage


@pytest.fixture(params=sorted(FAKES))
def kind(request: pytest.FixtureRequest) -> Any:
    return FAKES[request.param]


OPERATIONS = ("open", "reply", "retitle", "delete", "merge", "solve")
steps = st.lists(
    st.tuples(st.sampled_from(OPERATIONS), st.integers(0, 50), st.integers(0, 50), st.integers(0, 2)),
    max_size=8,
)


def happen(fake: Any, operation: str, a: int, b: int, seconds: int) -> None:
    """One change of the world."""
    world: World = fake.world
    live = world.live()
    world.time.at += seconds
    key, other = (live[a % len(live)], live[b % len(live)]) if live else (0, 0)
    if operation == "open" or not live:
        world.open(f"件 {len(world.tickets)}")
    elif operation == "reply":
        world.reply(key, f"返事 {a}-{b}", "customer" if a % 2 else "agent")
    elif operation == "retitle":
        world.retitle(key, f"件名 {a}-{b}")
    elif operation == "solve":
        world.solve(key)
    elif operation == "delete" and len(live) > 1:
        world.delete(key)
    elif operation == "merge" and fake.can_merge and key != other and key % 3 == other % 3:
        world.merge(key, other)


@settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    begin=steps,
    meanwhile=steps,
    page_size=st.integers(1, 4),
    crashes=st.lists(st.tuples(st.integers(0, 3), st.booleans()), max_size=3),
    faults=st.dictionaries(st.integers(1, 30), st.sampled_from(FAULTS), max_size=4),
)
@example(
    begin=[("open", 0, 0, 0)] * 6,
    meanwhile=[("reply", 0, 0, 0), ("open", 0, 0, 0), ("delete", 3, 0, 0)],
    page_size=2,
    crashes=[(0, False), (1, True)],
    faults={2: "expired", 4: "repeat"},
)
def test_whatever_happens_the_ledger_ends_as_the_vendor_s_table(
    kind: Any,
    theatre: Stage,
    begin: Any,
    meanwhile: Any,
    page_size: int,
    crashes: Any,
    faults: dict[int, str],
) -> None:
    fake = kind(World(), page_size=page_size)
    for step in [("open", 0, 0, 1), ("open", 0, 0, 0), ("open", 0, 0, 0), *begin]:
        happen(fake, *step)
    fake.world.time.at += 90
    fake.script(faults)
    fake.happens = {3 + 4 * n: (lambda step=step: happen(fake, *step)) for n, step in enumerate(meanwhile)}
    with TemporaryDirectory() as home, desk(Path(home), fake, theatre) as ws:
        pull_through(ws, fake, crashes, later=(200, 8 * DAY))
        assert held(ws) == truth(fake)
