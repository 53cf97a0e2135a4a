"""The mask station: what is new is masked, once, in any order."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from koe.ledger.schema import conversation, mask_span, turn, version
from koe.mask import PLACEHOLDER, company_label, mask_conversation, mask_deal_text, mask_words, names_in
from koe.mask.station import mask_batch, unmasked
from koe.records import Account, Conversation, Role, Turn
from koe.settings import Settings
from koe.workspace import Workspace
from tests.masked_text import KEY

START = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)


def record(
    name: str, *said: tuple[Role, str], account: str = "A-1", hours: int = 0, **more: object
) -> Conversation:
    return Conversation(
        source="s",
        external_id=name,
        kind="ticket",
        account=Account(id=account, name="ひばり食堂"),
        created_at=START + timedelta(hours=hours),
        turns=tuple(
            Turn(role=role, text=text, name="綿貫 京子" if role == "customer" else "") for role, text in said
        ),
        **more,  # type: ignore[arg-type]
    )


def put(ws: Workspace, records: Sequence[Conversation], hash_: str = "v1") -> None:
    with ws.ledger.begin() as conn:
        for one in records:
            body = one.model_dump_json()
            conn.execute(version.insert().values(conversation_id=one.id, hash=hash_, raw=body, body=body))
            stamp = one.created_at.astimezone(UTC).isoformat()[:19] + "Z"
            values = {"version": hash_, "created_at": stamp}
            if conn.execute(
                conversation.update().where(conversation.c.id == one.id).values(**values)
            ).rowcount:
                continue
            conn.execute(
                conversation.insert().values(
                    id=one.id, source="s", external_id=one.external_id, kind=one.kind,
                    account_id=one.account.id,
                    account_name=one.account.name, withdrawn=False, title="", stream="tickets", **values,
                )
            )  # fmt: skip


def dump(ws: Workspace) -> str:
    tables = (conversation, turn, mask_span)
    with ws.ledger.connect() as conn:
        rows = [[list(row) for row in conn.execute(sa.select(t).order_by(*t.primary_key))] for t in tables]
    return json.dumps(rows, ensure_ascii=False, default=str)


MAIL = "締め処理の画面が固まってしまい、綿貫と高橋が毎月困っております。"


def batch() -> list[Conversation]:
    return [
        record(
            "1",
            ("customer", MAIL),
            ("agent", "綿貫様、担当の根津です。"),
            hours=2,
            title="綿貫さんの件",
            contact="綿貫 京子",
        ),
        record("2", ("customer", MAIL.replace("、", "、\n")), hours=1),
        record("3", ("customer", MAIL), account="A-2", hours=0),
        record("4", ("customer", "はい"), hours=3),
        record("5", ("customer", "はい"), hours=4),
        record("6", ("agent", "Hello, this is Gareth from support."), hours=5),
    ]


def test_the_station_masks_what_is_new_and_then_has_no_work(workspace: Workspace) -> None:
    put(workspace, batch())
    ids = unmasked(workspace.ledger)
    assert ids == ["s:3", "s:2", "s:1", "s:4", "s:5", "s:6"]
    mask_batch(workspace, ids)
    assert unmasked(workspace.ledger) == []
    everything = dump(workspace)
    assert not any(name in everything for name in ("綿貫", "高橋", "根津", "Gareth", "京子"))
    assert "ひばり食堂" in everything


def test_the_same_words_again_from_one_account_are_one_voice(workspace: Workspace) -> None:
    put(workspace, batch())
    mask_batch(workspace, unmasked(workspace.ledger))
    with workspace.ledger.connect() as conn:
        rows = {r.id: r for r in conn.execute(sa.select(conversation))}
    repeats = {name: row.duplicate_of for name, row in rows.items()}
    assert repeats == {"s:1": "s:2", "s:2": None, "s:3": None, "s:4": None, "s:5": None, "s:6": None}
    assert rows["s:6"].voice is None and rows["s:4"].voice != rows["s:5"].voice
    assert rows["s:6"].language == "en" and rows["s:1"].language == "ja"


@pytest.mark.parametrize("order", [[0, 1, 2, 3, 4, 5], [5, 4, 3, 2, 1, 0], [2, 0, 5, 1, 4, 3]])
def test_the_order_of_arrival_changes_nothing(
    workspace: Workspace, tmp_path_factory: pytest.TempPathFactory, order: list[int]
) -> None:
    from koe.workspace import open_workspace

    fixed = Settings(home=tmp_path_factory.mktemp("a") / "koe", pseudonym_key="k")  # type: ignore[arg-type]
    one, other = (
        open_workspace(fixed),
        open_workspace(fixed.model_copy(update={"home": tmp_path_factory.mktemp("b")})),
    )
    put(one, batch())
    mask_batch(one, unmasked(one.ledger))
    for n in order:
        put(other, [batch()[n]])
        mask_batch(other, unmasked(other.ledger))
    assert dump(one) == dump(other)


def test_a_new_version_replaces_what_the_old_one_left(workspace: Workspace) -> None:
    put(workspace, batch())
    mask_batch(workspace, unmasked(workspace.ledger))
    put(
        workspace,
        [record("2", ("customer", "別の話で、検索の画面がとても見づらいと感じています。"), hours=1)],
        "v2",
    )
    assert unmasked(workspace.ledger) == ["s:2"]
    mask_batch(workspace, ["s:2"])
    with workspace.ledger.connect() as conn:
        texts = list(conn.scalars(sa.select(turn.c.text).where(turn.c.conversation_id == "s:2")))
        repeats = conn.scalar(sa.select(conversation.c.duplicate_of).where(conversation.c.id == "s:1"))
        spans = conn.scalar(sa.select(sa.func.count()).where(mask_span.c.conversation_id == "s:2"))
    assert (
        texts == ["別の話で、検索の画面がとても見づらいと感じています。"] and repeats is None and spans == 0
    )


def test_only_the_records_own_names_are_known() -> None:
    one = record("1", ("customer", "a"), contact="京極 忍")
    assert names_in(one, Settings(agents=("根津 徹",))) == ("京極 忍", "根津 徹", "綿貫 京子")


def test_free_text_of_a_deal_is_masked_too(workspace: Workspace) -> None:
    assert "高橋" not in mask_deal_text(workspace, "高橋部長が反対。連絡先 090-0000-1234", "A-1")
    assert mask_words("価格が高い", Account(id="A-1"), KEY, Settings()) == "価格が高い"


def test_an_account_is_shown_as_the_settings_say() -> None:
    account = Account(id="A-1", name="ひばり食堂")
    assert company_label(account, KEY, Settings(), "ja") == "ひばり食堂"
    shown = company_label(account, KEY, Settings(account_names="pseudonym"), "ja")
    assert PLACEHOLDER.fullmatch(shown) and shown.startswith("[会社-")
    mail = record("1", ("customer", "ひばり食堂です。"))
    hidden_name = mask_conversation(mail, (), KEY, Settings(account_names="pseudonym")).turns[0].text
    assert hidden_name == f"{shown}です。"
