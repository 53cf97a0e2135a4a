"""Of themes that as many customers speak of, an answer tells first the one that the report tells first."""

from collections.abc import Sequence

import pytest

from koe.ask import ask
from koe.engine.offline import OfflineEngine
from koe.facts import compute_facts
from koe.workspace import Workspace
from tests.small_ledger import WEEK, Row, said, theme, told, write
from tests.week_facts import MONDAY

EARLIER = "2026-08-31T01:00:00Z"
LONG_AGO = "2026-06-01T01:00:00Z"
NAMES = {"th_a": "雨漏りが止まらない", "th_b": "網戸が外れる", "th_c": "鍵が回らない"}


def _voices(theme: str, accounts: Sequence[str], at: str, kind: str, severity: int = 2) -> list[Row]:
    rows: list[Row] = []
    for account in accounts:
        id = f"{theme}-{account}-{at[5:10]}"
        rows += [*told(id, account, at), said(f"f-{id}", id, theme, kind, severity=severity)]
    return rows


def _told(ws: Workspace, question: str) -> list[str]:
    facts = ask(ws, OfflineEngine(), question, "2026-09-16").facts
    return [str(fact.value) for fact in facts if fact.id.startswith("top.") and fact.id.endswith(".name")]


@pytest.mark.parametrize(
    ("kind", "question"),
    [
        pytest.param("complaint", "先週の苦情を多い順に", id="complaints"),
        pytest.param("complaint", "the top 3 complaints of last week", id="complaints in English"),
        pytest.param("feature_request", "先週の要望を多い順に", id="requests"),
        pytest.param(
            "feature_request", "2026年9月7日から9月13日までの要望の上位3つ", id="the days of the week"
        ),
    ],
)
@pytest.mark.parametrize(
    ("more", "first"),
    [
        pytest.param({"severity": 3}, "th_c", id="what weighs more"),
        pytest.param({"before": ("B1", "B2")}, "th_c", id="what more accounts raised in the weeks before"),
        pytest.param({"long_ago": ("B1", "B2")}, "th_a", id="what came before the window does not count"),
    ],
)
def test_tied_themes_stand_in_the_order_of_the_report(
    workspace: Workspace, kind: str, question: str, more: dict[str, object], first: str
) -> None:
    write(workspace, _tied(kind, **more))
    facts = compute_facts(workspace, WEEK)
    report = facts.complaints if kind == "complaint" else facts.feature_requests
    assert report[0].theme == first
    assert _told(workspace, question) == [one.name for one in report]


def _tied(
    kind: str, severity: int = 2, before: Sequence[str] = (), long_ago: Sequence[str] = ()
) -> list[Row]:
    """Three themes of one account each in the week; the last of them differs as told."""
    return [
        *(theme(id, name, kind) for id, name in NAMES.items()),
        *_voices("th_a", ["A1"], MONDAY, kind),
        *_voices("th_b", ["A2"], MONDAY, kind),
        *_voices("th_c", ["A3"], MONDAY, kind, severity=severity),
        *_voices("th_c", before, EARLIER, kind),
        *_voices("th_c", long_ago, LONG_AGO, kind),
    ]


def test_themes_that_are_not_tied_rank_by_what_was_said_in_the_period_alone(workspace: Workspace) -> None:
    rows = [
        *_tied("complaint", severity=3, before=("B1", "B2")),
        *_voices("th_b", ["A9"], MONDAY, "complaint"),
    ]
    write(workspace, rows)
    assert _told(workspace, "先週の苦情を多い順に")[0] == NAMES["th_b"]
