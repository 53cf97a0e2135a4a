"""Questions for the first or last voice, for all but a matter, and for those who said nothing."""

import pytest

from koe.ask import Answer, ask
from koe.ask.counting.ends import end_asked
from koe.ask.counting.without import is_exclusion
from koe.engine.offline import OfflineEngine
from koe.engine.offline.plan.filters import plan
from koe.workspace import Workspace
from tests.asked_ledger import write_turns
from tests.small_ledger import said, theme, told, write

TICKETS = (
    ("T-1", "A1", "07", "complaint", "請求書の金額が違っていて困りました"),
    ("T-2", "A2", "08", "feature_request", "予定表を印刷できるようにしてほしいです"),
    ("T-3", "A3", "09", "complaint", "地図が開かなくて困っています"),
    ("T-4", "A2", "10", "complaint", "倉庫の在庫が合わなくて困っています"),
)


@pytest.fixture
def four(workspace: Workspace) -> Workspace:
    rows = []
    for id, account, day, kind, text in TICKETS:
        rows += told(id, account, f"2026-09-{day}T01:00:00Z")
        rows += [
            theme(f"th_{id}", text, kind),
            said(f"f-{id}", id, f"th_{id}", kind, quote=text, end=len(text)),
        ]
    write(workspace, rows)
    write_turns(workspace, {f"files:{id}": [("customer", text)] for id, _, _, _, text in TICKETS})
    return workspace


def asked(ws: Workspace, question: str) -> Answer:
    return ask(ws, OfflineEngine(), question, "2026-09-14")


@pytest.mark.parametrize(
    ("question", "answer", "cited"),
    [
        pytest.param("一番古い苦情はいつ", "最初の声は2026-09-07、A1商店からです。", "T-1", id="oldest"),
        pytest.param("最も新しい不満は?", "最後の声は2026-09-10、A2商店からです。", "T-4", id="newest"),
        pytest.param(
            "最後に苦情を言った会社は?", "最後の声は2026-09-10、A2商店からです。", "T-4", id="who last"
        ),
        pytest.param(
            "最新の要望はいつ、何?", "最後の声は2026-09-08、A2商店からです。", "T-2", id="of a kind"
        ),
        pytest.param(
            "When was the earliest complaint?", "First said on 2026-09-07, by A1商店.", "T-1", id="en"
        ),
        pytest.param(
            "What was the last request?", "Last said on 2026-09-08, by A2商店.", "T-2", id="last, en"
        ),
    ],
)
def test_the_first_or_last_voice_is_named(four: Workspace, question: str, answer: str, cited: str) -> None:
    given = asked(four, question)
    assert (given.answer, given.citations) == (answer, (cited,))
    assert [quote.conversation for quote in given.quotes] == [cited]


@pytest.mark.parametrize(
    ("question", "end"),
    [
        pytest.param("最新版にしてからの苦情は?", None, id="the newest version is a matter"),
        pytest.param("最初に困ることは何?", None, id="what is hard at first"),
        pytest.param("一番多い苦情は?", None, id="the most frequent"),
        pytest.param("最初の苦情と最後の苦情は?", None, id="both"),
        pytest.param("Which complaints are new?", None, id="new"),
        pytest.param("What did they say last week?", None, id="last week"),
        pytest.param("初めて苦情が来たのはいつ?", "first", id="for the first time"),
        pytest.param("先週初めて出た苦情はどれ?", None, id="news of a week"),
        pytest.param("When did they first complain?", "first", id="when first"),
        pytest.param("Who made the very first request?", "first", id="the very first"),
    ],
)
def test_which_end_is_asked_for(question: str, end: str | None) -> None:
    assert end_asked(question) == end


@pytest.mark.parametrize(
    ("question", "says"),
    [
        pytest.param("請求書以外の不満は?", "「請求書」にあたる声を除いています。", id="ja"),
        pytest.param("請求書を除いた苦情は?", "「請求書」にあたる声を除いています。", id="taken out"),
    ],
)
def test_all_but_a_matter_leaves_the_matter_out(four: Workspace, question: str, says: str) -> None:
    given = asked(four, question)
    values = {fact.id: fact.value for fact in given.facts}
    assert given.answer.startswith(says)
    assert (given.citations, values["total.accounts"]) == (("T-3", "T-4"), 2)


@pytest.mark.parametrize(
    ("question", "is_one"),
    [
        pytest.param("Which complaints were not about billing?", True, id="not about"),
        pytest.param("What requests are there other than exports?", True, id="other than"),
        pytest.param("How many questions about excluding a folder from backup?", False, id="about excluding"),
        pytest.param("営業時間以外の対応への要望は?", False, id="part of the matter"),
        pytest.param("請求書以外で多い要望は?", True, id="most frequent"),
    ],
)
def test_which_questions_leave_a_matter_out(question: str, is_one: bool) -> None:
    query = plan(question, (), "2026-09-14")
    assert is_exclusion(question, query) == is_one


@pytest.mark.parametrize(
    "question",
    [
        "9月に困っていない会社はどこ?",
        "苦情を言っていないお客さまは?",
        "不満のない会社は何社?",
        "Which customers have not complained?",
        "How many accounts without complaints?",
    ],
)
def test_who_said_nothing_is_not_answered_with_who_did(four: Workspace, question: str) -> None:
    given = asked(four, question)
    assert not given.answerable and not given.citations
    assert "言っていない" in given.answer or "did not say" in given.answer


@pytest.mark.parametrize("question", ["9月の苦情以外の声は?", "What was said other than complaints?"])
def test_all_but_a_kind_are_the_other_kinds(four: Workspace, question: str) -> None:
    assert asked(four, question).citations == ("T-2",)


def test_who_did_something_last_is_named_with_any_verb(four: Workspace) -> None:
    assert asked(four, "最後に苦情をくれたのは誰?").citations == ("T-4",)


def test_a_polite_question_is_no_denial(four: Workspace) -> None:
    assert asked(four, "9月に苦情はありませんか?").answerable


def test_one_week_alone_is_not_called_level(four: Workspace) -> None:
    given = asked(four, "2026年9月7日から9月13日までの苦情は増えている?")
    assert given.answerable and "横ばい" not in given.answer
