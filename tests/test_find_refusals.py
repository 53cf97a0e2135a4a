"""Refusals by rule: why somebody decided against us is an objection, never a reason to buy."""

import pytest

from koe.engine.offline.find import reading, refusals
from koe.engine.offline.find.reading import find
from koe.engine.offline.find.refusals import turned
from koe.records import FindingKind, MaskedConversation, MaskedTurn

OBJECTION, BUYING, PRAISE = FindingKind.OBJECTION, FindingKind.BUYING_REASON, FindingKind.PRAISE


@pytest.mark.parametrize(
    "sentence",
    [
        "The board decided against it because there is no offline map.",
        "We went with Fernhall because they deliver on Sundays.",
        "We are going with another supplier as the depot is closer.",
        "We chose the local firm over you because of their night line.",
        "We won't be going ahead with you since the tariff is per litre.",
        "オフライン地図がないため、今回は導入を見送ります。",
        "夜間の窓口があるので他社に決めました。",
        "配送が日曜もあるから、別の業者にお願いすることにしました。オプションが多いので別の会社を選びました。",
    ],
)
def test_a_reason_to_decide_against_us_is_an_objection(sentence: str) -> None:
    assert turned(BUYING, sentence) == turned(PRAISE, sentence) == OBJECTION


@pytest.mark.parametrize(
    "sentence",
    [
        "We went with you because you deliver on Sundays.",
        "We decided for it because there is an offline map.",
        "We went with the Pro plan because it holds the offline map.",
        "We nearly went with another supplier because of the price.",
        "Last year we went with another firm because of the price, but it never worked.",
        "オフライン地図があるので、こちらに決めました。",
        "御社に決めました、夜間の窓口があるので。",
        "他社は値上げしたため見送り、御社に決めました。",
        "前は安いから他社に決めましたが、失敗でした。",
    ],
)
def test_a_reason_to_choose_us_stays_one(sentence: str) -> None:
    assert turned(BUYING, sentence) == BUYING


def _call(text: str, outcome: str | None) -> MaskedConversation:
    turns = (MaskedTurn(n=0, role="agent", text="…"), MaskedTurn(n=1, role="customer", text=text))
    return MaskedConversation(
        id="c", external_id="c", kind="call", account="a", created_at="2026-01-05T09:00:00+09:00",
        title="", turns=turns, outcome=outcome,
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Anything without a thermal log is out of the question for our pharmacist.",
        "温度の記録が残らないものは、うちの薬剤師からすると論外です。",
    ],
)
def test_an_outright_refusal_in_a_sale_is_an_objection_even_if_the_model_finds_nothing(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("koe.engine.offline.find.reading.pick", lambda *given: [])
    assert [(one.kind, one.quote) for one in find([_call(text, "open")])[0].proposals] == [(OBJECTION, text)]
    assert not find([_call(text, None)])[0].proposals


@pytest.mark.parametrize(
    "text",
    ["Price would not be a deal-breaker for the two of us.", "値段が高いのは論外とまでは言いませんが。"],
)
def test_what_is_not_refused_is_no_refusal(text: str) -> None:
    assert not refusals.refusals_in(text)


def test_a_conversation_that_can_hold_no_objection_is_given_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "turned", lambda kind, sentence: OBJECTION)
    ticket = _call("The app crashes every morning.", None).model_copy(update={"kind": "ticket"})
    assert [one.kind for one in find([ticket])[0].proposals] == [FindingKind.COMPLAINT]
