"""What speaks for us in a deal that was lost is told to nobody as a reason to buy."""

import pytest

from koe.compose import compose_guarded
from koe.editions.making import gather, make_edition
from koe.editions.shape import EDITIONS
from koe.engine.offline import OfflineEngine
from koe.facts.shape import WeekFacts
from koe.publish import publish
from koe.street import give_out
from koe.workspace import Workspace
from tests.small_ledger import Row, call, deal, said, theme
from tests.week_facts import MONDAY, facts_of, value

LOST = "別の業者に決めたのは、夜間の配送があるからです"
LIKED = "見積もりの返事は早かったです"
WON = "当日の集荷に来てくれるので決めました"


def talks(outcome: str = "lost") -> list[Row]:
    """A haulier's week: one deal won for a reason, one closed after two remarks."""
    return [
        theme("th_night", "夜間の配送", "buying_reason"),
        theme("th_pick", "当日の集荷", "buying_reason"),
        theme("th_fast", "返事が早い", "praise"),
        deal("D-1", "A1", outcome, amount=100.0, closed_at="2026-09-09T03:00:00Z"),
        deal("D-2", "A2", "won", amount=200.0, closed_at="2026-09-09T03:00:00Z"),
        *call("C-1", "A1", MONDAY, "D-1"),
        *call("C-2", "A2", MONDAY, "D-2"),
        said("f_night", "C-1", "th_night", "buying_reason", quote=LOST, statement=LOST),
        said("f_fast", "C-1", "th_fast", "praise", quote=LIKED, statement=LIKED, turn=2),
        said("f_pick", "C-2", "th_pick", "buying_reason", quote=WON, statement=WON),
    ]


def test_a_lost_deal_gives_neither_reason_to_buy_nor_praise_and_both_stand_with_it(
    workspace: Workspace,
) -> None:
    facts = facts_of(workspace, talks())
    assert [one.theme for one in facts.buying_reasons] == ["th_pick"]
    assert facts.praise == ()
    assert [loss.findings for loss in facts.losses] == [("f_night", "f_fast")]
    assert facts.set_aside == 2
    assert value(facts, "total.buying_reason.accounts") == 1
    assert value(facts, "total.praise.accounts") == 0


def test_the_objections_of_a_lost_deal_stand_before_what_it_liked(workspace: Workspace) -> None:
    late = [*call("C-9", "A1", "2026-09-06T01:00:00Z", "D-1"), theme("th_dear", "運賃が高い", "objection")]
    rows = [*talks(), *late, said("f_dear", "C-9", "th_dear", "objection", quote="運賃が高すぎました")]
    assert facts_of(workspace, rows).losses[0].findings == ("f_dear", "f_night", "f_fast")


@pytest.mark.parametrize("outcome", ["won", "open"])
def test_what_is_said_in_any_other_deal_counts_as_before(workspace: Workspace, outcome: str) -> None:
    facts = facts_of(workspace, talks(outcome))
    assert {one.theme for one in facts.buying_reasons} == {"th_night", "th_pick"}
    assert len(facts.praise) == 1 and facts.set_aside == 0


def pieces(ws: Workspace, facts: WeekFacts) -> dict[str, str]:
    """The digest's sentences, and each edition without the deals that were lost."""
    digest = compose_guarded(ws, OfflineEngine(), facts)
    publish(ws, facts, digest)
    material = gather(ws, facts.week)
    assert material is not None
    told = {"summary": " ".join(one.text for one in digest.sentences)}
    for name in EDITIONS:
        kept = [one for one in make_edition(material, name).parts if one.title != material.phrases.lost]
        told[name] = " ".join(str(one) for one in kept)
    return told


def test_no_summary_and_no_edition_offers_the_words_of_a_lost_deal(workspace: Workspace) -> None:
    told = pieces(workspace, facts_of(workspace, talks()))
    assert {name for name, text in told.items() if LOST in text or "夜間の配送" in text} == set()
    assert {name for name, text in told.items() if LIKED in text or "返事が早い" in text} == set()
    assert {name for name, text in told.items() if WON in text} >= {"sales", "content"}


def test_the_report_quotes_them_with_the_deal_and_says_how_many_were_set_aside(workspace: Workspace) -> None:
    facts = facts_of(workspace, talks())
    publish(workspace, facts, compose_guarded(workspace, OfflineEngine(), facts))
    page = (give_out(workspace, facts.week).folder / "digest.md").read_text("utf-8")
    losses, _, rest = page.partition("## 迷いとお断りの理由")
    assert LOST in losses and LIKED in losses
    assert LOST not in rest and LIKED not in rest
    assert "失注した商談で聞いた、選ばれる理由やお褒めにあたる声が2件あります" in rest
