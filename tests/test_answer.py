"""Answers in words: templates whose every sentence passes the guard."""

import pytest

from koe.engine.base import FactCard
from koe.engine.offline.answer.reply import answer
from koe.guard import check, fill
from koe.language.text import Language
from koe.records import Finding, FindingKind


def _card(id: str, value: int | str, unit: str, label: str = "") -> FactCard:
    return FactCard(id=id, value=value, unit=unit, label=label)


TOPIC = [
    _card("all.name", "納品書 印刷", "name"),
    _card("all.accounts", 4, "accounts"),
    _card("all.conversations", 6, "conversations"),
    _card("all.names", "青葉工業、みなと商会", "names"),
    _card("all.names.more", 2, "accounts"),
    _card("first.day", "2026-09-07", "day"),
    _card("last.day", "2026-10-02", "day"),
]
WEEKS = [
    _card("week.2026-W37", 1, "accounts", "2026-W37"),
    _card("week.2026-W38", 3, "accounts", "2026-W38"),
    _card("label.2026-W37", "2026-W37", "week"),
    _card("label.2026-W38", "2026-W38", "week"),
]
MENTION = [
    _card("mention.term", "監査ログ", "name"),
    _card("mention.variants", "監査ログ, 監査記録", "name"),
    _card("mention.accounts", 3, "accounts"),
    _card("mention.conversations", 4, "conversations"),
    _card("mention.won", 1, "deals"),
    _card("mention.lost", 2, "deals"),
    _card("mention.open", 0, "deals"),
]
TOP = [
    _card("total.accounts", 9, "accounts"),
    _card("total.conversations", 12, "conversations"),
    _card("top.1.name", "印刷がずれる", "name"),
    _card("top.1.accounts", 5, "accounts"),
    _card("top.1.conversations", 6, "conversations"),
    _card("outcome.won", 1, "deals"),
    _card("outcome.lost", 4, "deals"),
]
DEALS = [_card("all.deals", 2, "deals"), _card("all.deal_ids", "D-1、D-2", "names")]
TERMS = [
    _card("word.1.term", "監査", "name", "finding"),
    _card("word.1.won", 0, "deals"),
    _card("word.1.lost", 7, "deals"),
    _card("word.2.term", "来期", "name", "hint"),
    _card("word.2.won", 1, "deals"),
    _card("word.2.lost", 4, "deals"),
]
REPLIES = [_card("reply.1", "「設定」から変更できます。", "text", "T-1 1")]


VOLUMES = [
    _card("volumes.conversations", 9, "conversations"),
    _card("volumes.tickets", 8, "conversations"),
    _card("volumes.calls", 1, "conversations"),
    _card("volumes.accounts", 5, "accounts"),
]
CLOSED = [
    _card("volumes.won", 1, "deals"),
    _card("volumes.lost", 2, "deals"),
    _card("volumes.amount.JPY.won", 500, "currency"),
    _card("all.deal_ids", "D-1 (A1)", "names"),
    _card("all.deal_ids.more", 3, "deals"),
]
PARTS = [
    _card("stream.tickets", 1, "conversations"),
    _card("stream.calls", 3, "conversations"),
    _card("span.before", 1, "conversations"),
    _card("span.after", 3, "conversations"),
]


def _finding() -> Finding:
    return Finding(
        id="f1", conversation="T-1", kind=FindingKind.COMPLAINT, statement="", quote="印刷がずれます",
        turn=0, start=0, end=7, severity=2, engine="",
    )  # fmt: skip


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    "cards",
    [
        pytest.param(TOPIC, id="topic"),
        pytest.param(TOPIC + DEALS, id="topic with deals"),
        *(
            pytest.param([*TOPIC, *WEEKS, _card("trend", trend, "trend")], id=trend)
            for trend in ("rising", "falling", "steady", "new", "gone")
        ),
        pytest.param(MENTION, id="mention"),
        pytest.param(TOP, id="top"),
        pytest.param(TERMS, id="terms"),
        pytest.param(TOPIC + REPLIES, id="replies"),
        pytest.param(VOLUMES, id="volumes"),
        pytest.param(CLOSED, id="deals"),
        pytest.param(TOPIC + PARTS, id="parts"),
    ],
)
def test_every_sentence_passes_the_guard(cards: list[FactCard], language: Language) -> None:
    draft = answer("?", cards, [_finding()], language)
    verdict = check(draft, cards, [_finding()])
    assert verdict.refusals == ()
    assert verdict.passed == draft.sentences
    assert verdict.passed


def test_every_value_is_said_and_no_number_stands_in_the_template() -> None:
    cards = [*TOPIC, *DEALS]
    draft = answer("?", cards, [_finding()], "ja")
    assert not any(ch.isdigit() for one in draft.sentences for ch in one.text)
    said = "\n".join(one.text for one in fill(draft.sentences, cards, [_finding()], "ja"))
    assert "4社、6件" in said
    assert "商談2件" in said
    assert "青葉工業、みなと商会、ほか2社" in said


def test_a_direction_is_said_only_where_it_was_counted() -> None:
    cards = [*TOPIC, *WEEKS, _card("trend", "rising", "trend")]
    assert "is rising" in "".join(one.text for one in answer("?", cards, [], "en").sentences)
    assert "rising" not in "".join(one.text for one in answer("?", TOPIC, [], "en").sentences)
