"""True sentences of answers pass the guard, and the same with one word wrong do not."""

import pytest

from koe.engine.base import Draft, FactCard, Sentence
from koe.guard import check
from koe.language.text import Language
from koe.records import Finding, FindingKind


def card(id: str, value: str | float, unit: str) -> FactCard:
    return FactCard(id=id, value=value, unit=unit, label="")


def said(kind: FindingKind, statement: str, quote: str) -> Finding:
    return Finding(
        id="f1", conversation="C-1", kind=kind, statement=statement, quote=quote, turn=0, start=0,
        end=len(quote), severity=1, engine="",
    )  # fmt: skip


LOST = [
    card("all.accounts", 5, "accounts"),
    card("all.deals", 5, "deals"),
    card("outcome.lost", 5, "deals"),
    card("outcome.f1", "lost", "outcome"),
]
SPLIT = [card("all.deals", 6, "deals"), card("outcome.lost", 5, "deals"), card("outcome.won", 1, "deals")]
NEW = [
    card("top.1.name", "鍵が錆びる", "name"),
    card("top.1.accounts", 2, "accounts"),
    card("top.1.names", "青空農園、丘の牧場", "names"),
    card("news", "new", "trend"),
]
RISING = [card("week.2031-W02", 3, "accounts"), card("trend", "rising", "trend")]
RUST = said(FindingKind.COMPLAINT, "鍵が錆びる", "鍵がもう錆びています")
PRICE = said(FindingKind.OBJECTION, "鍵の料金が高い", "鍵の料金が高すぎます")
PRICE_EN = said(FindingKind.OBJECTION, "The lock costs too much", "the lock costs too much for us")


def passes(text: str, facts: list[FactCard], finding: Finding, language: Language = "ja") -> bool:
    draft = Draft(sentences=(Sentence(text=text, cites=("f1",), section=""),), language=language)
    return bool(check(draft, facts, [finding]).passed)


@pytest.mark.parametrize(
    ("text", "facts", "finding"),
    [
        pytest.param("会社の数は増えています。", RISING, RUST, id="a trend in a sentence of its own"),
        pytest.param(
            "初めて聞かれた苦情は「{f:top.1.name}」で、{f:top.1.accounts}社です。",
            NEW,
            RUST,
            id="all of it is new",
        ),
        pytest.param("{f:top.1.name}（{f:top.1.names}）", NEW, RUST, id="who speaks of one theme of several"),
        pytest.param(
            "鍵の料金を理由に失注した商談は{f:all.deals}件です。",
            LOST,
            PRICE,
            id="all deals counted are lost",
        ),
        pytest.param(
            "失注した商談では{f:all.accounts}社が鍵の料金に触れています。",
            LOST,
            PRICE,
            id="accounts of lost deals",
        ),
    ],
)
def test_a_true_answer_in_words_of_its_own_passes(text: str, facts: list[FactCard], finding: Finding) -> None:
    assert passes(text, facts, finding)


@pytest.mark.parametrize(
    ("text", "facts", "finding"),
    [
        pytest.param("会社の数は減っています。", RISING, RUST, id="the other direction"),
        pytest.param("{f:top.1.names}（{f:top.1.name}）", NEW, RUST, id="who and what changed about"),
        pytest.param("会社の数は増えています。", LOST, PRICE, id="a direction that was not counted"),
        pytest.param(
            "初めて聞かれた苦情は「{f:top.1.name}」です。",
            NEW[:-1],
            RUST,
            id="new, where nobody asked what is",
        ),
        pytest.param(
            "「{f:top.1.name}」は聞かれなくなりました（{f:top.1.accounts}社）。",
            NEW,
            RUST,
            id="gone, where it is new",
        ),
        pytest.param(
            "鍵の料金を理由に受注した商談は{f:all.deals}件です。",
            LOST,
            PRICE,
            id="all deals counted are not won",
        ),
        pytest.param(
            "鍵の料金を理由に失注した商談は{f:all.deals}件です。",
            SPLIT,
            PRICE,
            id="some of the deals are won",
        ),
        pytest.param(
            "受注した商談では{f:all.accounts}社が鍵の料金に触れています。",
            LOST,
            PRICE,
            id="accounts of won deals",
        ),
    ],
)
def test_the_same_with_one_word_wrong_is_refused(text: str, facts: list[FactCard], finding: Finding) -> None:
    assert not passes(text, facts, finding)


def test_english_answers_say_so_too() -> None:
    told = "{f:all.accounts} accounts of lost deals said that the lock costs too much."
    assert passes(told, LOST, PRICE_EN, "en")
    assert passes("Lost deals: {f:all.deals} deals over what the lock costs.", LOST, PRICE_EN, "en")
    assert not passes("Won deals: {f:all.deals} deals over what the lock costs.", LOST, PRICE_EN, "en")
    assert passes("The number of accounts is rising.", RISING, PRICE_EN, "en")
    assert not passes("The number of accounts is falling.", RISING, PRICE_EN, "en")


WEEK = [
    FactCard(id="theme.th_1", value="鍵が錆びる", unit="text", label="", theme="th_1"),
    FactCard(id="complaint.th_1.accounts", value=6, unit="accounts", label="", theme="th_1"),
    FactCard(id="complaint.th_1.previous_accounts", value=5, unit="accounts", label="", theme="th_1"),
    FactCard(id="complaint.th_1.change", value=1, unit="accounts", label="", theme="th_1"),
    card("volumes.conversations", 20, "conversations"),
]
OF_WEEK = RUST.model_copy(update={"theme": "th_1"})


def test_a_week_in_brackets_belongs_to_the_number_beside_it() -> None:
    now, before = "{f:complaint.th_1.accounts}", "{f:complaint.th_1.previous_accounts}"
    told = "「{t:th_1}」は今週は%s社（前週%s社）から聞かれました。"
    assert passes(told % (now, before), WEEK, OF_WEEK)
    assert not passes(told % (before, now), WEEK, OF_WEEK)
    assert not passes("「{t:th_1}」は" + now + "社（前週）から聞かれました。", WEEK, OF_WEEK)
