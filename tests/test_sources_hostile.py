"""Answers with anything anywhere: a pull ends with records, skips or one clear line."""

import copy
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors.http.asking import segment
from koe.errors import KoeError
from koe.ledger.schema import version
from tests.source_pulls import FAKES, desk, pull_all, rows_of, source_of
from tests.vendor_fake import Reply, Stage, stage
from tests.vendor_world import World

ODD: tuple[Any, ...] = (
    *(None, 5, -1, "x", "", [], {}, [1], {"a": 1}, True, 1e300, 10**30),
    *("2026-13-45", "../../x", "\ud83d", "\x00", [[[]]], "9" * 5000),
)
SOURCES = ("freshdesk", "intercom", "jira", "kintone", "zendesk")


@pytest.fixture(scope="module")
def theatre() -> Iterator[Stage]:
    with stage() as given_stage:
        yield given_stage


def mutated(chance: random.Random, node: Any) -> Any:
    """The answer with some parts missing and some replaced."""
    if chance.random() < 0.03:
        return copy.deepcopy(chance.choice(ODD))
    if isinstance(node, dict):
        return {name: mutated(chance, one) for name, one in node.items() if chance.random() > 0.015}
    return [mutated(chance, one) for one in node] if isinstance(node, list) else node


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_answered_nothing_breaks(name: str, seed: int, theatre: Stage, tmp_path: Path) -> None:
    world, chance = World(), random.Random(seed)
    for n in range(5):
        world.open(f"件 {n}")
        world.reply(n + 1, "返事")
    world.time.at += 3600
    fake = FAKES[name](world, page_size=2)

    def twist(asked: Any, reply: Reply) -> None:
        reply.body = mutated(chance, reply.body)

    fake.twist = twist
    with desk(tmp_path, fake, theatre) as ws:
        for _ in range(2):
            try:
                pull_all(ws, fake)
                list(source_of(ws, fake).check())
            except KoeError as error:
                assert "\n" not in str(error)
            fake.world.time.at += 8 * 86_400
        for row in rows_of(ws, version):
            assert json.loads(row["body"])["external_id"]
        theatre.server.broken.clear()


@pytest.mark.parametrize(
    ("key", "part"),
    [
        ("42", "42"),
        ("a/b", "a%2Fb"),
        ("..", "%2E%2E"),
        ("x?y#z", "x%3Fy%23z"),
        ("件", "%E4%BB%B6"),
        ("1.5", "1.5"),
    ],
)
def test_an_id_is_one_part_of_a_path(key: str, part: str) -> None:
    assert segment(key) == part
