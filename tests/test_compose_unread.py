"""The computed digest says nothing of what nobody has read."""

from pathlib import Path

import pytest

from koe.compose import compose_guarded
from koe.engine.base import Draft, Sentence
from koe.engine.offline import OfflineEngine
from koe.facts import compute_facts
from koe.guard import cards_of, check, findings_of
from koe.language.text import Language
from koe.publish import publish
from koe.records import State
from koe.report.terminal import summary
from koe.settings import Settings
from koe.street import give_out
from koe.workspace import Workspace, open_workspace
from tests.small_ledger import WEEK, said, theme, told, write


def sections(ws: Workspace) -> list[str]:
    digest = compose_guarded(ws, OfflineEngine(), compute_facts(ws, WEEK))
    return [one.text for one in digest.sentences]


@pytest.mark.parametrize(("state", "is_told"), [("failed", False), ("nothing", True)])
def test_a_week_is_called_silent_only_where_it_was_read(
    workspace: Workspace, state: str, is_told: bool
) -> None:
    write(workspace, told("T", "A1", "2026-09-07T01:00:00Z", state=state))
    assert any("取り上げる声はありませんでした" in text for text in sections(workspace)) == is_told


@pytest.mark.parametrize(("state", "is_told"), [("failed", False), ("nothing", True)])
def test_a_theme_is_called_gone_only_where_the_week_was_read(
    workspace: Workspace, state: str, is_told: bool
) -> None:
    rows = [theme("th_a", "印刷がずれる"), theme("th_b", "保存が遅い")]
    rows += [*told("P", "A1", "2026-09-01T01:00:00Z"), said("f", "P", "th_a")]
    rows += [*told("Q", "A2", "2026-09-07T01:00:00Z"), said("g", "Q", "th_b")]
    write(workspace, [*rows, *told("R", "A3", "2026-09-07T02:00:00Z", state=state)])
    assert any("聞かれなくなりました" in text for text in sections(workspace)) == is_told


def week_with_a_call_of_strangers(home: Path, language: Language) -> Workspace:
    ws = open_workspace(Settings(home=home, language=language))
    rows = [theme("th_a", "印刷がずれる"), *told("Q", "A2", "2026-09-07T01:00:00Z"), said("g", "Q", "th_a")]
    write(ws, [*rows, *told("R", "A3", "2026-09-07T02:00:00Z", kind="call", state="unplaced")])
    return ws


@pytest.mark.parametrize(
    ("language", "whole", "line", "row", "terminal"),
    [
        pytest.param(
            "ja",
            "届いた会話は、すべて読み終えています。",
            "届いた会話2件のうち、どなたがお客さまか分からず読んでいないものが1件あります。",
            "話し手の誰がお客さまか分からず、読んでいない（koe.toml の agents）",
            "読んだもの 1（声あり 1）、読めていないもの 1、"
            "うち誰がお客さまか分からないもの 1（koe.toml の agents）",
            id="ja",
        ),
        pytest.param(
            "en",
            "Everything that came in was read.",
            "Conversations that came in: 2. Not read, as it is not known which speaker is the customer: 1.",
            "Not read: nobody knows who in it is the customer (agents in koe.toml)",
            "1 read (1 with something to report), 1 not read; in 1 nobody knows who the customer is "
            "(agents in koe.toml)",
            id="en",
        ),
    ],
)
def test_a_call_whose_speakers_nobody_knows_is_counted_as_that(
    tmp_path: Path, language: Language, whole: str, line: str, row: str, terminal: str
) -> None:
    ws = week_with_a_call_of_strangers(tmp_path, language)
    facts = compute_facts(ws, WEEK)
    digest = compose_guarded(ws, OfflineEngine(), facts)
    publication = publish(ws, facts, digest)
    texts = [one.text for one in digest.sentences]
    assert facts.coverage.states[State.UNPLACED] == 1
    assert line in texts and not any(whole in text for text in texts)
    assert terminal in summary(facts, digest, publication, language)
    lie = Draft(sentences=(Sentence(text=whole, section="coverage"),), language=language)
    refusals = check(lie, cards_of(facts, language), findings_of(facts)).refusals
    assert [refusal.rule for refusal in refusals] == ["coverage"]
    assert row in page_of(ws)


def page_of(ws: Workspace) -> str:
    return (give_out(ws, WEEK).folder / "digest.html").read_text("utf-8")
