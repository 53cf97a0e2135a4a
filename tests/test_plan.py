"""Questions as filters, by their words."""

import pytest

from koe.engine.base import Query
from koe.engine.offline.plan.filters import plan

TODAY = "2026-11-09"


def _plan(question: str) -> Query:
    return plan(question, (), TODAY)


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        pytest.param("在庫がずれるという苦情は何社?", ["complaint"], id="complaint"),
        pytest.param("CSV出力の要望は?", ["feature_request"], id="request"),
        pytest.param("よく聞かれる質問は?", ["question"], id="question"),
        pytest.param("受注の決め手は?", ["buying_reason"], id="buying reason"),
        pytest.param("失注の理由は?", ["objection"], id="objection"),
        pytest.param("商談でネックになったのは何?", ["objection"], id="what stood in the way"),
        pytest.param("サポートを褒めているのは誰?", ["praise"], id="praise"),
        pytest.param("Who complains about invoices?", ["complaint"], id="complaint in English"),
        pytest.param("Who asked for dark mode?", ["feature_request"], id="request in English"),
        pytest.param("Why do we lose deals?", ["objection"], id="why lost"),
        pytest.param("Why did they choose us?", ["buying_reason"], id="why chosen"),
        pytest.param("Who praised our support?", ["praise"], id="praise in English"),
        pytest.param("在庫の話は?", [], id="none"),
    ],
)
def test_the_kinds_of_a_question(question: str, kinds: list[str]) -> None:
    assert [kind.value for kind in _plan(question).kinds] == kinds


@pytest.mark.parametrize(
    ("question", "outcome", "conversation_kind"),
    [
        pytest.param("失注商談で予算を挙げたのは?", "lost", "call", id="lost"),
        pytest.param("受注した商談で", "won", "call", id="won"),
        pytest.param("What do lost deals mention?", "lost", "call", id="lost in English"),
        pytest.param("Which deals are still open?", "open", "call", id="still open"),
        pytest.param("まだ決まっていない商談は?", "open", "call", id="not decided"),
        pytest.param("Which deals are still in play?", "open", "call", id="in play"),
        pytest.param("取れた案件の決め手は?", "won", None, id="won in everyday words"),
        pytest.param("失注と受注でそれぞれ何件?", None, None, id="both"),
        pytest.param("チケットでの苦情", None, "ticket", id="ticket"),
        pytest.param("the ticket system integration", None, None, id="a ticket system is no ticket"),
    ],
)
def test_the_outcome_and_the_kind_of_conversation(
    question: str, outcome: str | None, conversation_kind: str | None
) -> None:
    query = _plan(question)
    assert (query.outcome, query.conversation_kind) == (outcome, conversation_kind)


@pytest.mark.parametrize(
    ("question", "ask"),
    [
        pytest.param("請求の苦情は増えていますか", "trend", id="trend"),
        pytest.param("Has login gotten worse lately?", "trend", id="worse"),
        pytest.param("Who of the enterprise customers asked for dark mode?", "list", id="enterprise"),
        pytest.param("Are complaints about login rising?", "trend", id="trend in English"),
        pytest.param("失注と受注で懸念はどう違う?", "compare", id="compare"),
        pytest.param("何社が言っていますか", "count", id="count"),
        pytest.param("どの会社が求めていますか", "list", id="which"),
        pytest.param("What words do won deals use?", "keywords", id="keywords"),
        pytest.param("失注した商談で使われている言葉は?", "keywords", id="keywords in Japanese"),
    ],
)
def test_what_is_asked(question: str, ask: str) -> None:
    assert _plan(question).ask == ask


@pytest.mark.parametrize(
    ("question", "top"),
    [
        pytest.param("苦情の上位3つは?", 3, id="top three"),
        pytest.param("トップ5を教えて", 5, id="top five"),
        pytest.param("top ten complaints", 10, id="in words"),
        pytest.param("一番多い要望は?", 1, id="the most frequent"),
        pytest.param("What is the most common complaint?", 1, id="most common"),
        pytest.param("苦情は?", None, id="not said"),
    ],
)
def test_how_many_themes_are_asked_for(question: str, top: int | None) -> None:
    assert _plan(question).top == top


@pytest.mark.parametrize(
    ("question", "words"),
    [
        pytest.param("9月に納品書の印刷で困っている会社は?", ("納品書", "印刷"), id="Japanese"),
        pytest.param("How many accounts complain about invoice printing?", ("invoic", "print"), id="English"),
        pytest.param("苦情は何件ありますか", (), id="nothing but filters"),
    ],
)
def test_what_is_left_is_what_the_question_is_about(question: str, words: tuple[str, ...]) -> None:
    assert _plan(question).words == words


def test_a_quoted_word_is_asked_for_by_itself() -> None:
    assert _plan("「監査ログ」という言葉を使った失注商談は何件?").mentions == ("監査ログ",)
    assert _plan('How many lost deals mention "audit log"?').mentions == ("audit log",)


@pytest.mark.parametrize(
    "question", ["解約率は?", "売上はいくら?", "What is our churn rate?", "How many downloads did we have?"]
)
def test_what_conversations_do_not_hold_is_known(question: str) -> None:
    assert _plan(question).beyond


def test_answers_of_agents_are_asked_for() -> None:
    assert _plan("返品の方法は何と答えていますか").replies
    assert _plan("What did support answer about returns?").replies
    assert not _plan("返品の苦情は?").replies


@pytest.mark.parametrize(
    ("question", "words"),
    [
        pytest.param("誤検知が多いという苦情は?", {"誤", "検知"}, id="a kanji before"),
        pytest.param("ご予約の電話が減ったのは?", {"予約", "電話"}, id="a chore elsewhere"),
        pytest.param("Who asked for branded reports?", {"brand", "report"}, id="reports"),
        pytest.param("Who reported crashes?", {"crash"}, id="reported"),
        pytest.param("故障の連絡が遅いという苦情は?", {"故障", "連絡", "遅い"}, id="word from us"),
        pytest.param("画面が落ちるという報告はありますか", {"画面", "落ちる"}, id="a report of it"),
        pytest.param("What does the courier say?", {"courier"}, id="does"),
        pytest.param("全店の売上をまとめて見たいという要望は?", {"全店", "売り上げ", "纏める"}, id="sales"),
    ],
)
def test_the_words_a_question_is_about(question: str, words: set[str]) -> None:
    assert set(_plan(question).words) == words


@pytest.mark.parametrize(
    ("question", "beyond"),
    [
        pytest.param("解約率は?", True, id="a rate"),
        pytest.param("税率が違うという苦情は?", False, id="a tax rate that is wrong"),
        pytest.param("効率が悪いという声は?", False, id="efficiency"),
        pytest.param("来月の売上予測は?", True, id="a forecast"),
        pytest.param("売上の集計が合わないという苦情は?", False, id="sales that do not add up"),
        pytest.param("見込み客の登録についての要望は?", False, id="prospects"),
        pytest.param("What is our churn rate?", True, id="churn"),
        pytest.param("Who complains about the revenue report?", False, id="a report"),
        pytest.param("What is our annual revenue?", True, id="revenue"),
    ],
)
def test_what_conversations_do_not_hold(question: str, beyond: bool) -> None:
    assert _plan(question).beyond == beyond


@pytest.mark.parametrize("question", ["業界別に受注は何件?", "How many won deals are there by industry?"])
def test_deals_by_industry(question: str) -> None:
    query = _plan(question)
    assert (query.by_industry, query.counted, query.words) == (True, "deals", ())


@pytest.mark.parametrize(
    ("question", "mentions"),
    [
        pytest.param("「顔認証」って何社が言ってる?", ("顔認証",), id="a term"),
        pytest.param(
            "「うちには要らない」と言っていた会社は?", (), id="what somebody says, not word for word"
        ),
    ],
)
def test_a_term_that_is_said_is_one_and_a_saying_is_none(question: str, mentions: tuple[str, ...]) -> None:
    assert _plan(question).mentions == mentions
