"""How likely stretches of turns hold each kind, whether find takes them or not."""

from datetime import UTC, datetime

from koe.engine.offline.find.chances import stretches
from koe.engine.offline.find.spans import KINDS
from koe.records import FindingKind, MaskedConversation, MaskedTurn

TEXT = "請求書の印刷が途中で止まってしまい、とても困っています。担当を変えました。"


def conversation(*texts: str, kind: str = "ticket") -> MaskedConversation:
    turns = tuple(MaskedTurn(n=n, role="customer", text=text, at=None) for n, text in enumerate(texts))
    when = datetime(2026, 9, 1, tzinfo=UTC)
    return MaskedConversation(
        id="a", external_id="a", kind=kind, account="A", created_at=when, title="", turns=turns
    )


def test_every_stretch_has_a_chance_for_each_kind_and_for_none() -> None:
    found = stretches([conversation(TEXT)], {("a", 0)})["a", 0]
    assert found
    for one in found:
        assert 0 <= one.start < one.end <= len(TEXT)
        assert len(one.chance) == 1 + len(KINDS)
        assert abs(float(one.chance.sum()) - 1) < 1e-6


def test_trouble_is_likelier_a_complaint_than_praise() -> None:
    found = stretches([conversation(TEXT)], {("a", 0)})["a", 0]
    best = {kind: max(float(one.chance[1 + KINDS.index(kind)]) for one in found) for kind in KINDS}
    assert best[FindingKind.COMPLAINT] > best[FindingKind.PRAISE]


def test_only_turns_that_are_wanted_are_read() -> None:
    found = stretches([conversation(TEXT, TEXT, " ")], {("a", 1), ("a", 2), ("b", 0)})
    assert set(found) == {("a", 1)}


def test_a_kind_that_a_ticket_cannot_hold_has_no_chance() -> None:
    found = stretches([conversation("値段が高いので見送ります。")], {("a", 0)})["a", 0]
    assert max(float(one.chance[1 + KINDS.index(FindingKind.OBJECTION)]) for one in found) == 0


def test_a_turn_reads_alike_alone_and_among_others() -> None:
    talk = conversation(TEXT, "The barcode reader is slow.", TEXT * 3)
    other = conversation(TEXT * 2, TEXT).model_copy(update={"id": "b"})
    alone = stretches([talk], {("a", 0)})["a", 0]
    among = stretches([other, talk], {("a", 0), ("a", 1), ("b", 0)})
    assert [one.chance.tolist() for one in alone] == [one.chance.tolist() for one in among["a", 0]]
