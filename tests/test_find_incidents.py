"""What a ticket says outright to have gone wrong is a complaint, however plainly it is put."""

import pytest

from koe.engine.offline.find.incidents import incidents_in
from koe.engine.offline.find.reading import find
from koe.records import ConversationKind, FindingKind, MaskedConversation, MaskedTurn


@pytest.mark.parametrize(
    "text",
    [
        "水門の制御盤で異常が発生しております。",
        "昨夜から計測値の抜けが頻発しています。",
        "送信を押すとエラーになります。",
        "An error came up when we opened the sluice.",
    ],
)
def test_what_went_wrong_is_told(text: str) -> None:
    assert [text[one.start : one.end] for one in incidents_in(text)] == [text]


@pytest.mark.parametrize(
    "text",
    [
        "追加の費用が発生しました。",
        "エラーが出ませんでした。",
        "異常が発生した場合は電話をください。",
        "エラーが出ますか？",
        "障害が発生していましたが、復旧しました。",
        "No error came up this time.",
        "Call me if a fault happens.",
    ],
)
def test_what_did_not_go_wrong_is_not(text: str) -> None:
    assert not incidents_in(text)


@pytest.mark.parametrize(("kind", "found"), [("ticket", 1), ("call", 0)])
def test_a_ticket_reports_and_a_call_does_not(kind: ConversationKind, found: int) -> None:
    turn = MaskedTurn(n=0, role="customer", text="お世話になっております。エラーが出ます。")
    day = "2026-01-05T09:00:00+09:00"
    talk = MaskedConversation(
        id="c", external_id="c", kind=kind, account="a", title="", created_at=day, turns=(turn,)
    )
    (result,) = find([talk])
    assert [one.kind for one in result.proposals] == [FindingKind.COMPLAINT] * found
