"""The rules that must always hold, each checked from outside: on what koe wrote, against the source.

Restarts, the seventh, and the budget, the ninth, have their own files: `test_restart.py`, `test_budget.py`.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors import folder_source
from koe.engine import pick_engine
from koe.export import export
from koe.language.text import normalize
from koe.ledger.intake import pull
from koe.publish import published, published_weeks
from koe.settings import Settings
from koe.street import walk, weeks_with_data
from koe.workspace import Workspace, open_workspace

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "sample"
PERSONAL = ROOT / "eval" / "sample_ja" / "pii.jsonl"
PLACEHOLDER = re.compile(r"\[[^\[\]\s]{1,14}\]")


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The sample, read and published."""
    ws = open_workspace(Settings(home=tmp_path_factory.mktemp("rules") / "koe"))
    pull(ws, folder_source(SAMPLE, ws.settings))
    walk(ws, pick_engine(ws), weeks_with_data(ws))
    yield ws
    ws.close()


@pytest.fixture(scope="module")
def source() -> dict[str, dict[str, Any]]:
    """The source's own records by id."""
    lines = [
        line for name in ("tickets", "calls") for line in (SAMPLE / f"{name}.jsonl").open(encoding="utf-8")
    ]
    return {record["id"]: record for record in map(json.loads, lines)}


def rows(ws: Workspace, what: str) -> list[dict[str, Any]]:
    """An export, whole."""
    return list(export(ws, what, None, None))


def test_1_every_quote_is_the_customers_own_words(ws: Workspace, source: dict[str, dict[str, Any]]) -> None:
    for one in rows(ws, "findings"):
        turn = source[one["conversation"]]["turns"][one["turn"]]
        assert turn["speaker"] == "customer"
        pieces = [piece for piece in PLACEHOLDER.split(one["quote"]) if piece]
        at = 0
        for piece in pieces:
            at = turn["text"].index(piece, at) + len(piece)


def test_2_every_number_in_prose_is_a_computed_one_or_stands_in_a_quote(ws: Workspace) -> None:
    for week in published_weeks(ws):
        facts, digest, _ = published(ws, week) or pytest.fail("not published")
        values = {f"{abs(fact.value):,.0f}" for fact in facts.facts}
        quoted = [normalize(card.quote) for card in facts.quotes] + [theme.name for theme in facts.complaints]
        assert digest.sentences
        for sentence in digest.sentences:
            bare = re.sub(r"\{[qt]:[^}]+\}", "", sentence.template)
            assert not re.search(r"\d", re.sub(r"\{f:[^}]+\}", "", bare)), sentence.template
            for number in re.findall(r"\d[\d,]*", normalize(sentence.text)):
                inside = any(number in text for text in [*quoted, *(theme.name for theme in _themes(facts))])
                assert number in values or inside, sentence.text


def _themes(facts: Any) -> Iterator[Any]:
    for name in ("complaints", "gone", "feature_requests", "objections", "buying_reasons", "faq", "praise"):
        yield from getattr(facts, name)


def test_3_every_citation_is_a_finding_that_exists(ws: Workspace) -> None:
    known = {one["id"] for one in rows(ws, "findings")}
    cited = {
        id
        for week in published_weeks(ws)
        for sentence in (published(ws, week) or pytest.fail("not published"))[1].sentences
        for id in sentence.cites
    }
    assert len(cited) > 50
    assert cited <= known


def test_4_the_states_add_up_to_what_came_in(ws: Workspace, source: dict[str, dict[str, Any]]) -> None:
    weeks = rows(ws, "coverage")
    assert sum(week["conversations"] for week in weeks) == len(source)
    assert all(sum(week["states"].values()) == week["conversations"] for week in weeks)
    told = rows(ws, "conversations")
    assert {one["conversation"] for one in told} == set(source)
    having = {one["conversation"] for one in rows(ws, "findings")}
    assert having == {one["conversation"] for one in told if one["state"] == "read"}


def test_5_the_same_input_shuffled_gives_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name, turn in (("a", 1), ("b", -1)):
        folder = tmp_path / name / "data"
        folder.mkdir(parents=True)
        for file in ("tickets", "calls", "deals"):
            lines = (SAMPLE / f"{file}.jsonl").read_text("utf-8").splitlines()[:30][::turn]
            (folder / f"{file}.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
        ws = open_workspace(Settings(home=tmp_path / name / "koe", pseudonym_key="k"))  # type: ignore[arg-type]
        pull(ws, folder_source(folder, ws.settings))
        walk(ws, pick_engine(ws), weeks_with_data(ws))
        reports = ws.home / "reports"
        made.append({str(p.relative_to(reports)): p.read_bytes() for p in reports.rglob("*") if p.is_file()})
        ws.close()
    assert made[0] == made[1]
    assert len(made[0]) > 6


def test_6_themes_rank_by_distinct_accounts(ws: Workspace, source: dict[str, dict[str, Any]]) -> None:
    findings = {one["id"]: one for one in rows(ws, "findings")}
    for week in published_weeks(ws):
        facts = (published(ws, week) or pytest.fail("not published"))[0]
        ranks = []
        for theme in facts.complaints:
            said = [source[findings[id]["conversation"]] for id in theme.findings]
            assert theme.accounts == len({record["account"]["id"] for record in said})
            ranks.append(theme.accounts)
        assert ranks == sorted(ranks, reverse=True)
        assert facts.top_complaints == facts.complaints[:3]


def test_8_nothing_personal_stands_in_anything_that_leaves(ws: Workspace) -> None:
    written = b"".join(
        path.read_bytes()
        for room in ("reports", "index")
        for path in (ws.home / room).rglob("*")
        if path.is_file()
    ).decode("utf-8", "ignore")
    written += json.dumps(
        [rows(ws, what) for what in ("conversations", "findings", "themes")], ensure_ascii=False
    )
    planted: dict[str, set[str]] = defaultdict(set)
    for line in PERSONAL.open(encoding="utf-8"):
        one = json.loads(line)
        planted[one["type"]].add(one["text"])
    whole_names = {name for name in planted.pop("person") if " " in name or "　" in name}
    assert len(whole_names) > 20
    leaked = {text for texts in [*planted.values(), whole_names] for text in texts if text in written}
    assert leaked == set()


def test_8_no_turn_holds_what_is_personal_in_it(ws: Workspace, source: dict[str, dict[str, Any]]) -> None:
    texts = {
        (one["conversation"], turn["n"]): turn["text"].replace(
            source[one["conversation"]]["account"]["name"], ""
        )
        for one in rows(ws, "conversations")
        for turn in one["turns"]
    }
    planted = [json.loads(line) for line in PERSONAL.open(encoding="utf-8")]
    assert [one for one in planted if one["text"] in texts[one["record_id"], one["turn"]]] == []


def test_10_a_published_revision_is_never_written_again(ws: Workspace) -> None:
    before = {week: published(ws, week) for week in published_weeks(ws)}
    walk(ws, pick_engine(ws), weeks_with_data(ws))
    assert {week: published(ws, week) for week in published_weeks(ws)} == before
