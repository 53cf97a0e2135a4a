"""What was answered: agents' sentences about the matter, not their small talk; else that there is none."""

from pathlib import Path

import pytest

from koe.ask import Answer, ask
from koe.engine.offline import OfflineEngine
from koe.index.station import index_batch
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.asked_ledger import write_turns
from tests.small_ledger import said, theme, told, write

TURNS = {
    "T-1": (
        "請求書の宛名を変える方法を教えてください",
        [
            "ご連絡ありがとうございます。請求書の宛名は設定の画面で変えられます。請求書の番号をお知らせください。"
        ],
    ),
    "T-2": (
        "請求書の金額が合わないのはなぜですか",
        ["お世話になっております。今日は暑いですね。", "何か他にありますか。"],
    ),
    "T-3": ("地図が開かないときはどうすればいいですか", ["少々お待ちください。", "確認いたします。"]),
    "T-4": (
        "How do I change the name on the invoice?",
        ["How are you? Invoices take the name under Settings."],
    ),
    "T-5": ("How do I move the camera?", ["Lovely weather today. Anything else?"]),
    "T-6": (
        "領収書の原本は郵送しないといけませんか",
        ["お世話になっております。写しを撮った画像で結構です。ご不明な点は窓口までお寄せください。"],
    ),
    "T-7": ("鍵をなくしたのですが交換できますか", ["設定の手順は案内のページに載せております。"]),
    "T-8": ("伝票の色は変えられますか", ["設定の手順は案内のページに載せております。"]),
    "T-9": ("倉庫の棚を増やせますか", ["設定の手順は案内のページに載せております。"]),
}


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    ws = open_workspace(Settings(home=Path(tmp_path_factory.mktemp("replies")) / "koe"))
    write(ws, [theme("th_1", "請求書", "question")])
    for n, (id, (text, _)) in enumerate(TURNS.items(), 1):
        write(ws, told(id, f"A{n}", f"2026-09-0{n}T01:00:00Z"))
        write(ws, [said(f"f-{id}", id, None, "question", quote=text, end=len(text))])
    write_turns(
        ws,
        {
            f"files:{id}": [("customer", text), *(("agent", one) for one in answers)]
            for id, (text, answers) in TURNS.items()
        },
    )
    index_batch(ws, [f"files:{id}" for id in TURNS])
    return ws


def _ask(ws: Workspace, question: str) -> Answer:
    return ask(ws, OfflineEngine(), question, "2026-11-22")


@pytest.mark.parametrize(
    ("question", "reply", "cited"),
    [
        pytest.param(
            "請求書について何と答えていますか", "請求書の宛名は設定の画面で変えられます。", "T-1", id="ja"
        ),
        pytest.param(
            "How did we answer about invoices?", "Invoices take the name under Settings.", "T-4", id="en"
        ),
    ],
)
def test_only_what_is_said_of_the_matter_is_an_answer(
    company: Workspace, question: str, reply: str, cited: str
) -> None:
    answer = _ask(company, question)
    assert {fact.id: fact.value for fact in answer.facts if fact.id.startswith("reply.")} == {
        "reply.1": reply
    }
    assert answer.citations == (cited,)
    assert reply in answer.answer


@pytest.mark.parametrize(
    ("question", "says"),
    [
        pytest.param("地図が開かない件に何と答えていますか", "こちらから答えた記録", id="ja"),
        pytest.param("How did we answer about the camera?", "no answer of ours", id="en"),
    ],
)
def test_small_talk_is_no_answer(company: Workspace, question: str, says: str) -> None:
    answer = _ask(company, question)
    assert not answer.answerable and not answer.citations
    assert says in answer.answer


def test_an_answer_in_other_words_is_shown_as_what_was_said_next(company: Workspace) -> None:
    answer = _ask(company, "領収書の原本を郵送するかと聞かれたら何と答えていますか")
    assert {fact.id: fact.value for fact in answer.facts}["next.1"] == "写しを撮った画像で結構です。"
    assert "続けてこちらが話したこと: 写しを撮った画像で結構です。" in answer.answer
    assert "0件の会話" in answer.answer


def test_what_is_told_to_everybody_is_no_answer(company: Workspace) -> None:
    answer = _ask(company, "鍵をなくしたと言われたら何と答えていますか")
    assert not answer.answerable
    assert "誰が話しているかは答えられます" in answer.answer


@pytest.mark.parametrize(
    ("question", "says"),
    [
        pytest.param("鍵の交換は誰が聞いてきて、何と答えましたか", "答えているのは0件の会話", id="ja"),
        pytest.param("Who asked about the camera and what did we tell them?", "same words: 0.", id="en"),
    ],
)
def test_who_asked_is_told_where_no_answer_was_found(company: Workspace, question: str, says: str) -> None:
    answer = _ask(company, question)
    assert answer.answerable and says in answer.answer
    assert {fact.id: fact.value for fact in answer.facts}["all.accounts"] == 1


def test_of_what_nobody_asked_it_is_said_that_nobody_did(company: Workspace) -> None:
    answer = _ask(company, "Who asked about parking permits and what did we tell them?")
    assert not answer.answerable
    assert "come near to “parking permits”" in answer.answer


def test_people_who_ask_are_not_who_asked(company: Workspace) -> None:
    answer = _ask(company, "What do we tell people who ask about the camera?")
    assert not answer.answerable
