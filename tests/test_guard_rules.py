"""The guard: each hard rule refuses what breaks it."""

import pytest

from tests.guarded_week import CSV, SLOW, Given, given_in, small_facts


@pytest.fixture
def ja() -> Given:
    return given_in(small_facts(), "ja")


@pytest.fixture
def en() -> Given:
    return given_in(small_facts(), "en")


@pytest.mark.parametrize(
    ("rule", "text", "cites"),
    [
        pytest.param("slots", "「{t:th_none}」が出ました。", (), id="an unknown theme"),
        pytest.param("slots", "会話は{f:volumes.mails}件です。", (), id="an unknown fact"),
        pytest.param("slots", "{q:f_99}という声がありました。", ("f_99",), id="an unknown quote"),
        pytest.param("slots", "会話は{volumes.tickets}件です。", (), id="a broken slot"),
        pytest.param("numbers", "会話は11件です。", (), id="a digit"),
        pytest.param("numbers", "会話は１１件です。", (), id="a full-width digit"),
        pytest.param("numbers", "会話は{f:volumes.conversations}0件です。", (), id="a digit behind a slot"),
        pytest.param("numbers", "困りごとは三社から聞かれました。", (), id="a kanji number"),
        pytest.param("numbers", "困りごとは十社から聞かれました。", (), id="ten in kanji"),
        pytest.param("numbers", "会話は二十三ありました。", (), id="a kanji number without a counter"),
        pytest.param("numbers", "会話は⑧件です。", (), id="a circled digit"),
        pytest.param("numbers", "会話は㊿件です。", (), id="a circled number"),
        pytest.param("numbers", "会話は٣件です。", (), id="an Arabic digit"),
        pytest.param("numbers", "会社の半数が困っています。", (), id="half of them"),
        pytest.param(
            "numbers", "{f:losses.amount.JPY}万円の失注でした。", (), id="a number ten thousand fold"
        ),
        pytest.param(
            "quotes", "「画面が遅いです」という声です（{f:volumes.calls}件）。", (), id="a quote nobody said"
        ),
        pytest.param(
            "quotes", "「毎朝、画面が開くまで待たされました」とのことです。", SLOW, id="a quote altered"
        ),
        pytest.param(
            "quotes", "{t:th_slow}」は{f:complaint.th_slow.accounts}社です。", SLOW, id="half a mark"
        ),
        pytest.param(
            "citations", "「{t:th_slow}」では{q:f_1}という声です。", ("f_2",), id="a quote not cited"
        ),
        pytest.param(
            "citations", "「{t:th_slow}」が聞かれました。", (*SLOW, "f_404"), id="a citation not given"
        ),
        pytest.param("claims", "「{t:th_slow}」が聞かれました。", (), id="no citation"),
        pytest.param("claims", "「{t:th_slow}」が聞かれました。", CSV, id="a citation of another theme"),
        pytest.param("claims", "「{t:th_slow}」が聞かれました。", ("f_1", "f_4"), id="one citation too many"),
        pytest.param("claims", "解約を考えているという声が目立ちました。", (), id="an empty claim"),
        pytest.param("claims", "印刷がずれる問題です。", CSV, id="a claim that hides behind citations"),
        pytest.param(
            "themes",
            "「{t:th_slow}」が{f:complaint.th_csv.accounts}社から聞かれました。",
            (*SLOW, *CSV),
            id="another theme's number",
        ),
        pytest.param(
            "themes",
            "「{t:th_slow}」が{f:complaint.th_csv.accounts}社、「{t:th_csv}」が{f:complaint.th_slow.accounts}社です。",
            (*SLOW, *CSV),
            id="two numbers swapped",
        ),
        pytest.param(
            "units", "「{t:th_slow}」は{f:complaint.th_slow.accounts}件です。", SLOW, id="another unit"
        ),
        pytest.param(
            "figures",
            "問い合わせ{f:volumes.calls}件、商談・通話{f:volumes.tickets}件が届きました。",
            (),
            id="tickets and calls swapped",
        ),
        pytest.param("figures", "受注が{f:losses.deals}件でした。", (), id="losses as wins"),
        pytest.param(
            "figures", "{f:losses.deals}件の受注がありました。", (), id="losses as wins, word behind"
        ),
        pytest.param(
            "weeks",
            "「{t:th_slow}」は前週の{f:complaint.th_slow.accounts}社から"
            "{f:complaint.th_slow.previous_accounts}社に増えました。",
            SLOW,
            id="this week and last week swapped",
        ),
        pytest.param(
            "weeks", "前週の問い合わせは{f:volumes.tickets}件です。", (), id="this week as last week"
        ),
        pytest.param(
            "outcomes",
            "受注した商談では「{t:th_price}」に{q:f_11}という声です。",
            ("f_11",),
            id="a lost deal as won",
        ),
        pytest.param(
            "directions",
            "「{t:th_slow}」は{f:complaint.th_slow.accounts}社で、減っています。",
            SLOW,
            id="up as down",
        ),
        pytest.param("directions", "「{t:th_mail}」は増えました。", ("f_6",), id="down as up"),
        pytest.param("directions", "「{t:th_mail}」は横ばいです。", ("f_6",), id="down as unchanged"),
        pytest.param(
            "directions", "会話は{f:volumes.conversations}件に減りました。", (), id="volumes up as down"
        ),
        pytest.param("directions", "「{t:th_slow}」は増えていません。", SLOW, id="a direction denied"),
        pytest.param(
            "directions", "「{t:th_slow}」は増加傾向です。", SLOW, id="a trend that the weeks do not have"
        ),
        pytest.param("directions", "サポートの数は増えました。", (), id="a direction of nothing"),
        pytest.param("changes", "会話は{f:volumes.calls}件増えました。", (), id="a count as a change"),
        pytest.param(
            "changes", "会話は{f:volumes.conversations.change}件です。", (), id="a change as a count"
        ),
        pytest.param("news", "「{t:th_slow}」が今週初めて聞かれました。", SLOW, id="old as new"),
        pytest.param("news", "「{t:th_slow}」は聞かれなくなりました。", SLOW, id="here as gone"),
        pytest.param(
            "coverage",
            "届いた会話{f:coverage.conversations}件は、すべて読み終えています。",
            (),
            id="all read",
        ),
        pytest.param("ranks", "最も多いのは「{t:th_csv}」でした。", CSV, id="second as first"),
        pytest.param("support", "「{t:th_csv}」と請求書の二重発行が出ました。", CSV, id="a theme of its own"),
        pytest.param("personal", "田中様の会社が{f:volumes.calls}件の通話で話しました。", (), id="a name"),
        pytest.param("personal", "連絡先は taro@example.com です（{f:volumes.calls}件）。", (), id="a mail"),
        pytest.param("plain", "詳しくは https://example.com を見てください。", (), id="a link"),
        pytest.param("plain", "詳しくは[こちら](evil)です。", (), id="a markdown link"),
        pytest.param("plain", "会話は{f:volumes.calls}件です。![x](y)", (), id="an image"),
        pytest.param("plain", "会話は<b>{f:volumes.calls}</b>件です。", (), id="a tag"),
        pytest.param("plain", "会話は**{f:volumes.calls}**件です。", (), id="emphasis"),
        pytest.param("plain", "会話は{f:volumes.calls}件です。evil.example を参照。", (), id="a bare host"),
        pytest.param("plain", "会話は{f:volumes.calls}件です。\n次に進みます。", (), id="a line break"),
        pytest.param("length", "会話" * 80, (), id="too long"),
        pytest.param("length", "", (), id="empty"),
        pytest.param("language", "This week had {f:volumes.calls} calls.", (), id="English"),
        pytest.param("units", "失注は{f:losses.amount.JPY}ポンドでした。", (), id="currency in kana"),
    ],
)
def test_what_breaks_a_rule_is_refused(ja: Given, rule: str, text: str, cites: tuple[str, ...]) -> None:
    assert rule in ja.refused(text, cites=cites)


@pytest.mark.parametrize(
    ("rule", "text", "cites"),
    [
        pytest.param("numbers", "There were 8 tickets.", (), id="a digit"),
        pytest.param("numbers", "Eight tickets came in.", (), id="a number word"),
        pytest.param("numbers", "One account asked.", (), id="one account"),
        pytest.param("numbers", "Complaints doubled.", (), id="doubled"),
        pytest.param("numbers", "A third of accounts complained.", (), id="a third"),
        pytest.param(
            "units", "“{t:th_slow}” came from {f:complaint.th_slow.accounts} tickets.", SLOW, id="unit"
        ),
        pytest.param("units", "We lost {f:losses.amount.JPY} dollars.", (), id="currency"),
        pytest.param(
            "figures", "Tickets at {f:volumes.calls}, calls at {f:volumes.tickets}.", (), id="swapped"
        ),
        pytest.param("figures", "Deals: lost {f:wins.deals}, won {f:losses.deals}.", (), id="won as lost"),
        pytest.param("figures", "There were {f:wins.deals} lost deals.", (), id="won as lost, word behind"),
        pytest.param(
            "weeks",
            "“{t:th_slow}”: {f:complaint.th_slow.previous_accounts} accounts, up from "
            "{f:complaint.th_slow.accounts} last week.",
            SLOW,
            id="weeks swapped",
        ),
        pytest.param(
            "directions", "“{t:th_slow}” fell to {f:complaint.th_slow.accounts} accounts.", SLOW, id="fell"
        ),
        pytest.param("directions", "“{t:th_mail}” rose.", ("f_6",), id="rose"),
        pytest.param("directions", "“{t:th_slow}” did not rise.", SLOW, id="denied"),
        pytest.param("news", "“{t:th_slow}” was heard for the first time.", SLOW, id="new"),
        pytest.param("ranks", "The most frequent complaint is “{t:th_csv}”.", CSV, id="rank"),
        pytest.param(
            "outcomes", "An account that we won said of “{t:th_price}”: {q:f_11}.", ("f_11",), id="won"
        ),
        pytest.param("claims", "Customers want invoices by mail.", (), id="an empty claim"),
        pytest.param("support", "“{t:th_csv}” and broken invoice printing were raised.", CSV, id="own theme"),
        pytest.param(
            "quotes", 'They said "it never works" in {f:volumes.calls} calls.', (), id="invented quote"
        ),
        pytest.param("personal", "Mr. Johnson said so in {f:volumes.calls} calls.", (), id="a name"),
        pytest.param("personal", "“{t:th_csv}” was raised by Tanaka-san.", CSV, id="a name with -san"),
        pytest.param("figures", "Tickets: {f:coverage.read}.", (), id="another figure as tickets"),
        pytest.param("plain", "See www.evil.example for {f:volumes.calls} calls.", (), id="a link"),
        pytest.param("language", "今週は{f:volumes.calls}件です。", (), id="Japanese"),
    ],
)
def test_what_breaks_a_rule_in_english_is_refused(
    en: Given, rule: str, text: str, cites: tuple[str, ...]
) -> None:
    assert rule in en.refused(text, cites=cites)
