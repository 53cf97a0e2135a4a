"""Questions for what rose or fell: the week that is named is the one compared with; each theme by itself."""

from datetime import date
from pathlib import Path

import pytest

from koe.ask import Answer, ask
from koe.ask.counting.moves import in_two, move_asked
from koe.ask.rows.select import Span
from koe.engine.base import Query
from koe.engine.offline import OfflineEngine
from koe.engine.offline.plan.filters import plan
from koe.records import FindingKind
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.asked_ledger import fill_ledger


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    ws = open_workspace(Settings(home=Path(tmp_path_factory.mktemp("moves")) / "koe"))
    fill_ledger(ws)
    return ws


def _ask(ws: Workspace, question: str) -> Answer:
    return ask(ws, OfflineEngine(), question, "2026-11-22")


@pytest.mark.parametrize(
    ("question", "since", "against"),
    [
        pytest.param("先週より増えた苦情は", "2026-10-26", ("2026-11-02", "2026-11-08"), id="on a Monday"),
        pytest.param(
            "complaints that rose since last week", "2026-10-26", ("2026-11-02", "2026-11-08"), id="en"
        ),
        pytest.param("先月に比べて増えた要望は?", "2026-10-01", ("2026-11-01", "2026-11-30"), id="month"),
        pytest.param(
            "More complaints than in October?", "2026-10-01", ("2026-11-01", "2026-11-30"), id="than"
        ),
        pytest.param("前月比で増えた不満", "2026-10-01", ("2026-11-01", "2026-11-30"), id="rate"),
        pytest.param("先週から荷物が届かないという苦情", "2026-11-02", None, id="since, nothing compared"),
        pytest.param("complaints since last week", "2026-11-02", None, id="since, en"),
        pytest.param("先週の苦情は?", "2026-11-02", None, id="of last week"),
    ],
)
def test_a_period_compared_with_is_followed_by_the_one_asked_about(
    question: str, since: str, against: tuple[str, str] | None
) -> None:
    query = plan(question, (), "2026-11-09")
    assert (query.since, query.against) == (since, against)


@pytest.mark.parametrize(
    ("question", "move"),
    [
        pytest.param("先週より増えた苦情は", "more", id="rose"),
        pytest.param("減っている要望は?", "fewer", id="fall"),
        pytest.param("どの苦情が増えていますか", "more", id="which rise"),
        pytest.param("苦情は増えていますか", None, id="whether all rise"),
        pytest.param("complaints that rose since last week", "more", id="rose, en"),
        pytest.param("Which complaints are rising?", "more", id="which rise, en"),
        pytest.param("falling complaints", "fewer", id="fall, en"),
        pytest.param("Are complaints rising?", None, id="whether, en"),
        pytest.param("増えた納品書の苦情は", None, id="of one matter"),
        pytest.param("先週より増えたテーマは?", "more", id="themes"),
        pytest.param("最近減っている話題は何ですか", "fewer", id="topics"),
        pytest.param("増えたダークテーマの要望は", None, id="a theme that is a matter"),
        pytest.param("which themes fell since last week?", "fewer", id="themes, en"),
        pytest.param("what's trending?", "more", id="trending"),
        pytest.param("which dark themes are growing?", None, id="a theme that is a matter, en"),
    ],
)
def test_which_way_the_themes_go_that_are_asked_for(question: str, move: str | None) -> None:
    assert move_asked(question, plan(question, (), "2026-11-09")) == move


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        pytest.param({}, ("2026-09-21", "2026-10-11", ("2026-10-12", "2026-11-01")), id="no period"),
        pytest.param(
            {"since": "2026-10-01", "until": "2026-10-31"},
            ("2026-09-21", "2026-09-30", ("2026-10-01", "2026-10-31")),
            id="a month, as far as there are data",
        ),
        pytest.param(
            {"since": "2026-10-19"}, ("2026-10-19", "2026-10-25", ("2026-10-26", "2026-11-01")), id="open"
        ),
    ],
)
def test_what_is_compared_where_one_period_is_named_or_none(
    given: dict[str, str], wanted: tuple[str, str, tuple[str, str]]
) -> None:
    query = in_two(Query(ask="trend", **given), Span(date(2026, 9, 21), date(2026, 11, 1)))  # type: ignore[arg-type]
    assert (query.since, query.until, query.against) == wanted


@pytest.mark.parametrize(
    ("question", "says"),
    [
        pytest.param("9月14日の週より増えた苦情は?", "棚卸の画面が遅い: 先の期間0社、後の期間1社", id="ja"),
        pytest.param(
            "Which complaints rose since the week of September 14?",
            "棚卸の画面が遅い: accounts in the earlier period 0, in the later 1",
            id="en",
        ),
        pytest.param("9月14日の週より減った苦情は?", "先の期間1社、後の期間0社", id="fell"),
    ],
)
def test_each_theme_that_moved_has_its_accounts_of_both_weeks(
    company: Workspace, question: str, says: str
) -> None:
    answer = _ask(company, question)
    assert says in answer.answer
    assert "2026-09-21" in answer.answer and "2026-09-14" in answer.answer


def test_where_none_moved_that_is_said(company: Workspace) -> None:
    answer = _ask(company, "9月7日の週より増えた苦情は?")
    assert "多いテーマはありません" in answer.answer
    assert {fact.id: fact.value for fact in answer.facts}["span.after"] == 2


def test_a_later_period_without_data_is_not_counted_as_none(company: Workspace) -> None:
    assert not _ask(company, "9月と12月の苦情を比べて").answerable


def test_kinds_are_kept(company: Workspace) -> None:
    assert _ask(company, "増えている苦情は?").filters.kinds == (FindingKind.COMPLAINT,)
