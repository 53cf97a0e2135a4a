"""What the mask hides, what it leaves, and that its spans lead back to the source."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from koe.ledger.schema import conversation, mask_span, turn, version
from koe.mask import PLACEHOLDER, company_label, mask_conversation, mask_deal_text, mask_words, names_in
from koe.mask.known import known_name
from koe.mask.numbers import passes_iban, passes_luhn, passes_my_number
from koe.mask.romaji import spellings
from koe.mask.station import mask_batch, unmasked
from koe.mask.text import Scope, mask_text
from koe.records import Account, Conversation, Role, Turn
from koe.settings import Settings
from koe.text import clean
from koe.workspace import Workspace

KEY = b"a test's key"
START = datetime(2026, 9, 14, 1, 0, tzinfo=UTC)


def scope(*names: str, company: str = "", keep: tuple[str, ...] = (), readable: bool = True) -> Scope:
    people = tuple(sorted({person for name in names if (person := known_name(name))}))
    return Scope("A-1", company, people, KEY, keep, readable)


def hidden(text: str, at: Scope | None = None) -> list[tuple[str, str]]:
    masked = mask_text(text, at or scope())
    return [(span.type, clean(text)[span.raw_start : span.raw_end]) for span in masked.spans]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        pytest.param("電話は03-0000-5678です", "phone", "03-0000-5678", id="fixed line"),
        pytest.param("（03）0000-5678まで", "phone", "（03）0000-5678", id="brackets, full width"),
        pytest.param("０９０－００００－１２３４へ", "phone", "０９０－００００－１２３４", id="full width"),
        pytest.param("09000001234です", "phone", "09000001234", id="mobile, no hyphens"),
        pytest.param("080 0000 1234 まで", "phone", "080 0000 1234", id="spaced"),
        pytest.param("050-0000-9090", "phone", "050-0000-9090", id="ip phone"),
        pytest.param("0120-000-321に", "phone", "0120-000-321", id="toll free"),
        pytest.param("+81 90-0000-7788", "phone", "+81 90-0000-7788", id="plus 81"),
        pytest.param(
            "〇九〇の〇〇〇〇の一二三四です", "phone", "〇九〇の〇〇〇〇の一二三四", id="kanji digits"
        ),
        pytest.param("call (555) 010-4477 please", "phone", "(555) 010-4477", id="american"),
        pytest.param("It is +44 7700 900123.", "phone", "+44 7700 900123", id="british, plus"),
        pytest.param("on 020 7946 0991 today", "phone", "020 7946 0991", id="british"),
        pytest.param("メールはa.b+c@x.example.jpです", "email", "a.b+c@x.example.jp", id="mail between kana"),
        pytest.param(
            "ｉｎｆｏ＠ｘ．ｅｘａｍｐｌｅ．ｃｏｍへ",
            "email",
            "ｉｎｆｏ＠ｘ．ｅｘａｍｐｌｅ．ｃｏｍ",
            id="mail, full width",
        ),
        pytest.param(
            "送付先は大阪府北浜野市東雲台3-3-4です", "address", "大阪府北浜野市東雲台3-3-4", id="address"
        ),
        pytest.param(
            "川越野市新宿町3丁目20番5号です", "address", "川越野市新宿町3丁目20番5号", id="no prefecture"
        ),
        pytest.param(
            "at 48 Tanner Street, Bristol BS1 9ZZ.",
            "address",
            "48 Tanner Street, Bristol BS1 9ZZ",
            id="street",
        ),
        pytest.param("4111 1111 1111 1111です", "card", "4111 1111 1111 1111", id="card"),
        pytest.param(
            "使ったのは５５５５－５５５５－５５５５－４４４４",
            "card",
            "５５５５－５５５５－５５５５－４４４４",
            id="card, full width",
        ),
        pytest.param("マイナンバーは1234 5678 9012です", "mynumber", "1234 5678 9012", id="my number by cue"),
        pytest.param("123456789018を登録", "mynumber", "123456789018", id="my number by check digit"),
        pytest.param("パスワードはKoto#2026haruです", "credential", "Koto#2026haru", id="password"),
        pytest.param("PIN 4821が通らない", "credential", "4821", id="pin"),
        pytest.param(
            "use AKIAIOSFODNN7EXAMPLE here", "credential", "AKIAIOSFODNN7EXAMPLE", id="key by its shape"
        ),
        pytest.param("password: hunter2x", "credential", "hunter2x", id="english password"),
        pytest.param("普通 1234567 に振込", "bank", "1234567", id="bank account"),
        pytest.param("IBAN GB33BUKB20201555555555 ok", "bank", "GB33BUKB20201555555555", id="iban"),
        pytest.param("生年月日は昭和61年11月3日です", "birth", "昭和61年11月3日", id="birth, era"),
        pytest.param("born on 14 March 1987", "birth", "14 March 1987", id="birth, english"),
    ],
)
def test_a_personal_string_is_hidden_whole(text: str, kind: str, value: str) -> None:
    assert (kind, value) in hidden(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param(
            "お世話になっております。経理の岡です。", "岡", id="introduces herself after her department"
        ),
        pytest.param("私、阿久津と申します。", "阿久津", id="humble introduction"),
        pytest.param("森さんに聞いてください。", "森", id="honorific after a common word"),
        pytest.param("田之上様　ご連絡ありがとうございます。", "田之上", id="sama"),
        pytest.param("三枝部長の承認待ちです。", "三枝", id="title"),
        pytest.param("院長の柏木に聞きました。", "柏木", id="after a role"),
        pytest.param("佐々木が対応します。", "佐々木", id="no cue"),
        pytest.param("承認者を大河原 亜希子に変更", "大河原 亜希子", id="full name"),
        pytest.param("前は早見という者が見ていました。", "早見", id="to iu mono"),
        pytest.param("よろしくお願いします。\n\n椎名 拓海\n総務部", "椎名 拓海", id="signature line"),
        pytest.param("Regards,\nHelena Novak", "Helena Novak", id="english sign-off"),
        pytest.param("Hi, this is Siobhan Kelleher from Larkfield.", "Siobhan Kelleher", id="this is"),
        pytest.param("Please ask Ms. Okafor to call.", "Ms. Okafor", id="title, english"),
        pytest.param("名義は NAKANO YUI です", "NAKANO YUI", id="romaji"),
        pytest.param("Kevinさんにも共有", "Kevin", id="latin name with san"),
    ],
)
def test_a_name_nobody_told_is_found_by_the_words_around_it(text: str, name: str) -> None:
    assert ("person", name) in hidden(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("残業と打刻の集計が合いません。", id="themes"),
        pytest.param("千葉と福島の店舗だけ在庫が合いません。", id="places"),
        pytest.param("東京都港区の店は対応エリアですか。", id="place without a number"),
        pytest.param("スズキの車を3台登録しています。", id="maker"),
        pytest.param("本田技研の下請けで、佐藤歯科の隣です。", id="companies named after persons"),
        pytest.param("お客様、業者さん、税理士さん、衛生士さんと共有", id="honorific after common nouns"),
        pytest.param("同様の仕様で、様子を見ます。氏名の欄です。", id="honorifics inside words"),
        pytest.param("そうですね、春ですし、原因は別です。", id="words before the copula"),
        pytest.param("注文番号 0312-4456-7789 が未着です。", id="order number"),
        pytest.param("伝票番号1234-5678-9012で追跡", id="parcel number"),
        pytest.param("2026-09-14 10:30から11:45まで、v3.10.2", id="dates, times, versions"),
        pytest.param("合計1,234,567円、9時-18時、休憩60分", id="amounts and hours"),
        pytest.param("パスワードは8文字以上ですか。パスワードを忘れました。", id="password without one"),
        pytest.param("The password is wrong. Where do I reset my password?", id="password in english"),
        pytest.param(
            "Will the May release fix this? Mark it done by April.", id="english words that are names"
        ),
        pytest.param("Order 555-0123-4567 and Invoice INV-20260914-0042", id="english numbers"),
        pytest.param("Main Street traffic; Harris County permits.", id="streets without a number"),
        pytest.param("本市は小学校11校、中学校5校です。", id="counts after a city"),
    ],
)
def test_ordinary_words_and_numbers_survive(text: str) -> None:
    assert hidden(text) == []


@pytest.mark.parametrize(
    "text",
    ["逢坂が伺います", "逢坂 亮より", "逢坂亮です", "亮さんと逢坂さん", "逢坂様", "おうさかと申します"],
)
def test_a_known_name_is_found_in_every_form(text: str) -> None:
    assert not {"逢坂", "亮さん", "おうさか"} & {
        part for part in [mask_text(text, scope("逢坂 亮")).text] if part in text
    }
    assert hidden(text, scope("逢坂 亮"))


def test_one_person_has_one_pseudonym_however_they_are_named() -> None:
    at = scope("Marcus Webb", "野々村 誠")
    masked = mask_text("野々村 誠と野々村様、ノノムラさん。", at).text
    assert len(set(PLACEHOLDER.findall(masked))) == 1
    english = mask_text("Marcus Webb called. Thanks, Marcus", at).text
    assert len(set(PLACEHOLDER.findall(english))) == 1


def test_two_known_people_of_one_surname_stay_two() -> None:
    masked = mask_text("花田 一郎と花田 良子が来ます。", scope("花田 一郎", "花田 良子")).text
    assert len(set(PLACEHOLDER.findall(masked))) == 2


def test_pseudonyms_differ_between_accounts_and_keys() -> None:
    one = mask_text("高橋さん", scope()).text
    assert one != mask_text("高橋さん", scope()._replace(account="A-2")).text
    assert one != mask_text("高橋さん", scope()._replace(key=b"another")).text


def test_placeholders_speak_the_language_of_the_turn() -> None:
    assert mask_text("高橋さんからです。", scope()).text.startswith("[人名-")
    assert "[PERSON-" in mask_text("Please ask Ms. Okafor to call.", scope()).text


def test_secrets_get_no_code_that_a_guess_could_be_tried_on() -> None:
    masked = mask_text("パスワードはKoto#2026haru、カードは4111 1111 1111 1111です", scope()).text
    assert "[認証情報]" in masked and "[カード]" in masked


def test_the_accounts_own_name_stays_readable_and_its_namesake_does_not() -> None:
    masked = mask_text("佐藤歯科の佐藤です。", scope("佐藤 恵", company="佐藤歯科")).text
    assert masked.startswith("佐藤歯科の[人名-") and masked.endswith("]です。")


def test_the_accounts_own_name_becomes_a_pseudonym_where_the_settings_ask() -> None:
    at = scope(company="株式会社カモメ運輸", readable=False)
    masked = mask_text("株式会社カモメ運輸です。カモメの件で。", at).text
    assert "カモメ" not in masked and len(set(PLACEHOLDER.findall(masked))) == 1


def test_words_to_keep_are_never_masked() -> None:
    assert hidden("サクラさんの画面で佐々木を開く", scope(keep=("佐々木",))) == []


def test_a_placeholder_typed_by_a_customer_stays_as_typed() -> None:
    masked = mask_text("[人名-aaaa]と表示され、高橋さんも困っています。", scope())
    assert masked.text.startswith("[人名-aaaa]と表示され、[人名-")
    assert len(masked.spans) == 1


@pytest.mark.parametrize(
    "field", ["サポート", "お客様", "Support Team", "Speaker 1", "a@example.com", "", "受付"]
)
def test_a_desk_is_no_person(field: str) -> None:
    assert known_name(field) is None


def test_check_digits() -> None:
    assert passes_luhn("4111111111111111") and not passes_luhn("4111111111111112")
    assert passes_my_number("123456789018") and not passes_my_number("123456789012")
    assert passes_iban("GB33BUKB20201555555555") and not passes_iban("GB34BUKB20201555555555")


def test_spellings_of_a_reading() -> None:
    assert {"sato", "satoh", "satou"} <= spellings("サトウ")
    assert "hattori" in spellings("ハットリ")
    assert "shinjo" in spellings("シンジョウ")


PIECES = st.sampled_from(
    [
        "高橋さん",
        "090-0000-1234",
        "a@x.example.com",
        "\u3000",
        "\n",
        "ｶﾞ",
        "㈱",
        "残業",
        "が",
        "Tom",
        "…",
        "😀",
        "パスワードはKoto#2026です",
        "東京都青波区中央1-2-3",
        "[人名-aaaa]",
        "é",
        "\u200b",
        "〒000-0001",
        "4111111111111111",
        "Regards,\n",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=6), max_size=10).map("".join))
def test_spans_lead_back_to_the_source(text: str) -> None:
    masked = mask_text(text, scope("高橋 次郎"))
    source, back, at = clean(text), "", 0
    for span in masked.spans:
        assert span.start >= at and PLACEHOLDER.fullmatch(masked.text[span.start : span.end])
        back += masked.text[at : span.start] + source[span.raw_start : span.raw_end]
        at = span.end
    assert back + masked.text[at:] == source


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80))
def test_masking_is_a_function_of_its_input(text: str) -> None:
    assert mask_text(text, scope("Tom Reed")) == mask_text(text, scope("Tom Reed"))


def test_a_text_longer_than_the_tokenizer_takes_is_masked_to_its_end() -> None:
    text = "残業の集計が合いません。" * 3000 + "高橋さんより"
    assert hidden(text) == [("person", "高橋")]


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
