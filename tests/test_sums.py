"""What deals are worth in sum: nothing is left out of a sum in silence."""

import pytest

from koe.digest import Digest
from koe.editions.material import Material
from koe.editions.sales import parts
from koe.engine.base import FactCard, Sentence
from koe.facts.shape import WeekFacts
from koe.guard.claims import figures_are_called_what_they_are
from koe.guard.rules import read
from koe.guard.slots import Evidence
from koe.keywords import compute_keywords
from koe.language.text import Language
from koe.publish import publish
from koe.report import write_report
from koe.report.sums import closed, stakes
from koe.workspace import Workspace
from tests.small_ledger import Row, call, deal, said, theme
from tests.week_facts import MONDAY, facts_of

CLOSED = "2026-09-08T00:00:00Z"
WORTH = (
    ("D-1", 100.0, "JPY"),
    ("D-2", 50.0, "USD"),
    ("D-3", 7.0, ""),
    ("D-4", None, "JPY"),
    ("D-5", None, ""),
)


def week_of(ws: Workspace, outcome: str = "lost") -> WeekFacts:
    """Five deals, each with an objection: of two currencies, of none, and two without an amount."""
    rows: list[Row] = [theme("th_a", "予算を超える", "objection")]
    for id, amount, currency in WORTH:
        rows += [deal(id, id, outcome, amount=amount, currency=currency, closed_at=CLOSED)]
        rows += [*call(f"C{id}", id, MONDAY, id), said(f"f{id}", f"C{id}", "th_a", "objection")]
    return facts_of(ws, rows)


@pytest.mark.parametrize(("outcome", "name"), [("lost", "losses"), ("won", "wins")])
def test_every_closed_deal_is_in_one_sum_or_counted_beside_them(
    workspace: Workspace, outcome: str, name: str
) -> None:
    facts = {fact.id: fact for fact in week_of(workspace, outcome).facts}
    own = [facts[id] for id in facts if id.startswith((f"{name}.amount.", f"{name}.no_amount"))]
    assert {fact.id: fact.value for fact in own} == {
        f"{name}.amount.JPY": 100,
        f"{name}.amount.USD": 50,
        f"{name}.amount.none": 7,
        f"{name}.no_amount": 2,
    }
    assert sorted(id for fact in own for id in fact.records) == [id for id, *_ in WORTH]
    assert facts[f"{name}.deals"].value == 5


def test_the_deals_behind_a_theme_too(workspace: Workspace) -> None:
    facts = {fact.id: fact for fact in week_of(workspace).facts}
    assert facts["objection.th_a.no_amount.lost"].records == ("D-4", "D-5")
    assert facts["objection.th_a.amount.none.lost"].records == ("D-3",)


def test_a_week_whose_deals_all_have_an_amount_says_nothing_of_it(workspace: Workspace) -> None:
    facts = facts_of(workspace, [deal("D-1", "A", "lost", amount=0.0, closed_at=CLOSED)])
    assert not [fact for fact in facts.facts if "no_amount" in fact.id]
    assert closed(facts, "lost", "en") == "lost, 1 deal: 0 JPY"
    assert closed(facts, "won", "en") == ""


@pytest.mark.parametrize(
    ("language", "line", "beside"),
    [
        (
            "en",
            "lost, 5 deals: 100 JPY, 50 USD, 7 (no currency on record), "
            "2 deals without an amount, not in any sum",
            "2 deals without an amount, not in any sum",
        ),
        (
            "ja",
            "失注5件：100円、50ドル、7（通貨の記載なし）、金額のない2件は合計に入っていません",
            "金額のない2件は合計に入っていません",
        ),
    ],
)
def test_the_report_says_beside_a_sum_what_is_not_in_it(
    workspace: Workspace, language: Language, line: str, beside: str
) -> None:
    facts = week_of(workspace)
    assert closed(facts, "lost", language) == line
    assert stakes(facts.objections[0], language)[-1] == beside
    digest = Digest(week=facts.week, language=language, engine="e", state="guarded", sentences=())
    publication = publish(workspace, facts, digest)
    paths = write_report(publication, facts, digest, language)
    for page in (paths.html, paths.markdown):
        text = page.read_text(encoding="utf-8")
        assert line in text.replace("\\", "")
        assert text.replace("\\", "").count(beside) == 2
    material = Material(facts, digest, publication, compute_keywords(workspace), {}, language)
    assert line in [part.note for part in parts(material)]


def test_whom_to_call_says_that_a_deal_has_no_amount(workspace: Workspace) -> None:
    facts = week_of(workspace, "open")
    digest = Digest(week=facts.week, language="en", engine="e", state="guarded", sentences=())
    material = Material(
        facts, digest, publish(workspace, facts, digest), compute_keywords(workspace), {}, "en"
    )
    figures = {entry.title: entry.figures for part in parts(material) for entry in part.entries}
    assert figures["D-4商店"] == ("no amount",)
    assert figures["D-3商店"] == ("open 7 (no currency on record)",)


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        pytest.param("{f:objection.th_a.no_amount.open} open deals have no amount.", True, id="said"),
        pytest.param("It came up in {f:objection.th_a.no_amount.open} open deals.", False, id="unsaid"),
    ],
)
def test_a_digest_may_name_them_only_as_what_they_are(text: str, stands: bool) -> None:
    card = FactCard(id="objection.th_a.no_amount.open", value=2, unit="deals", label="", theme="th_a")
    evidence = Evidence.of([card], [])
    one = read(Sentence(text=text, section="sales"), "en", evidence)
    assert (not [*figures_are_called_what_they_are(one, evidence)]) is stands


def test_where_no_deal_has_an_amount_that_alone_is_said(workspace: Workspace) -> None:
    facts = facts_of(workspace, [deal(id, "A", "lost", closed_at=CLOSED) for id in ("D-1", "D-2")])
    assert closed(facts, "lost", "en") == "lost, 2 deals: no amount"
    assert closed(facts, "lost", "ja") == "失注2件：金額なし"


def test_a_lost_deal_without_a_conversation_is_not_said_to_hold_no_objection(workspace: Workspace) -> None:
    rows = [
        deal("D-1", "A", "lost", closed_at=CLOSED),
        deal("D-2", "B", "lost", closed_at=CLOSED),
        *call("C-2", "B", "2026-03-01T05:00:00Z", "D-2"),
    ]
    facts = facts_of(workspace, rows)
    assert [(loss.deal, loss.calls) for loss in facts.losses] == [("D-1", 0), ("D-2", 1)]
    digest = Digest(week=facts.week, language="en", engine="e", state="guarded", sentences=())
    paths = write_report(publish(workspace, facts, digest), facts, digest, "en")
    for page in (paths.html, paths.markdown):
        text = page.read_text(encoding="utf-8").replace("\\", "")
        assert text.count("koe show D-1") == 1 and "koe show D-2" not in text
        assert text.count("counts as an objection") == 1
