"""Names of themes: what a person would write as a heading, never cut in a word."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from koe.engine.offline.settle.headings import LONGEST, headings_of
from koe.engine.offline.settle.headings_en import LONGEST as LONGEST_EN
from koe.engine.offline.settle.headings_en import headings_en
from koe.engine.offline.settle.names import load_weights
from koe.language.sudachi import tokenize
from tests.naming import named

JA = "在庫 が 届か ない 、 「 」 。 て 「まだ 3 ① ー 私 は すごく 遅い です"
EN = "the a export keeps ( freezing ) ' we , and it's 3 slow “ — so I wish"
PARTS_JA, PARTS_EN = JA.split(), EN.split()


@pytest.mark.parametrize(
    ("quote", "heading"),
    [
        pytest.param("送料がまた合っていませんでした", "送料が合わない", id="denied"),
        pytest.param("画面の文字が小さくて困っています", "画面の文字が小さい", id="adjective"),
        pytest.param("在庫の数がずれてしまいます", "在庫の数がずれる", id="te-shimau"),
        pytest.param("見積書を一括で送りたいです", "見積書を一括で送りたい", id="wish"),
        pytest.param("配送先は三つまでしか登録できません", "配送先は三つまでしか登録できない", id="able"),
        pytest.param("レジが止まったんですけど", "レジが止まる", id="spoken"),
        pytest.param(
            "下書きを写せるようにしていただけませんか", "下書きを写せるようにしてほしい", id="asked-for"
        ),
        pytest.param("領収書をまとめて送ってもらえると助かります", "領収書をまとめて送ってほしい", id="glad"),
        pytest.param("控えを紙で出せませんでしょうか", "控えを紙で出せる", id="invited"),
        pytest.param("どうして控えが出ないんですか", "控えが出ない", id="denied-and-asked"),
        pytest.param("棚の札はどうやって刷るんですか", "棚の札は刷る方法", id="how"),
        pytest.param("台帳を初期化するには、どこを押せばいいですか", "台帳を初期化する方法", id="for-that"),
        pytest.param("棚札はどの用紙で刷るのでしょうか", "棚札はどの用紙で刷るか", id="which"),
        pytest.param("年配の方が押せるかどうか", "年配の方が押せるか", id="whether"),
        pytest.param("控えの紙が湿気ですぐ破れない", "控えの紙が破れない", id="leaps"),
        pytest.param("控えはお渡ししています", "控えはお渡しする", id="polite"),
        pytest.param("札の刷り方を教えてほしい", "札の刷り方", id="asked-for-in-a-word"),
        pytest.param("字が小さすぎて読みにくいです", "字が小さすぎる", id="too-much"),
        pytest.param("「受付済み」に勝手に戻ってる", "受付済みに戻る", id="brackets"),
        pytest.param(
            "検品の結果が、毎朝まっさらになる", "検品の結果がまっさらになる", id="comma-behind-a-case"
        ),
    ],
)
def test_a_quote_offers_a_heading(quote: str, heading: str) -> None:
    assert heading in [item.name for item in headings_of(tokenize(quote))]


@pytest.mark.parametrize(
    ("quote", "heading"),
    [
        pytest.param("So how do I change the opening hours?", "How to change the opening hours", id="how"),
        pytest.param("I wish it could print two labels at once", "Print two labels", id="wish"),
        pytest.param("Where is the rota kept?", "Where is the rota kept", id="where"),
        pytest.param("where do I put the second address?", "Where to put the second address", id="where-to"),
        pytest.param(
            "Which sizes does the label printer take?", "Which sizes does the label printer take", id="which"
        ),
        pytest.param(
            "the gate log shows nothing for two of our yards", "Gate log shows nothing", id="preposition"
        ),
        pytest.param("honestly the till freezes, and we wait", "Till freezes", id="lead"),
        pytest.param("The scale doesn't work", "Scale doesn't work", id="small-word-last"),
        pytest.param("It keeps me locked out of the depot", "Locked out", id="particle"),
        pytest.param("Is there any way to export the guest list", "Export the guest list", id="way"),
        pytest.param("It skips the ferry nearly every trip", "Skips the ferry", id="degree"),
        pytest.param("I wanted to say the new logbook is superb", "New logbook is superb", id="told"),
    ],
)
def test_an_english_quote_offers_a_heading(quote: str, heading: str) -> None:
    assert heading in [item.name for item in headings_en(quote)]


@pytest.mark.parametrize("quote", ["It skips the ferry nearly every trip", "We lost the whole crate"])
def test_no_english_heading_ends_with_a_word_of_degree(quote: str) -> None:
    ends = {item.name.split()[-1] for item in headings_en(quote)}
    assert not ends & {"nearly", "whole"}


def test_an_english_heading_torn_from_behind_a_preposition_is_known_for_it() -> None:
    found = {item.name: item.marks for item in headings_en("From my bank it is declined, the screen is slow")}
    assert "torn" in found["Bank it is declined"]
    assert "torn" not in found["Screen is slow"]
    assert not any("torn" in one.marks for one in headings_en("as early engines aren't told apart"))


def test_an_english_heading_of_what_time_went_into_is_known_for_an_effect() -> None:
    quote = "Spent all evening relabelling the crates"
    assert "Wanted to" not in " ".join(
        item.name for item in headings_en("I wanted to say the logbook is superb")
    )
    assert {item.name: "effect" in item.marks for item in headings_en(quote)}[quote]
    assert not any("effect" in item.marks for item in headings_en("Spending looks doubled in the ledger"))


@example(["3", "、", "3", "すごく"])
@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(PARTS_JA),
        max_size=14,
    )
)
def test_a_heading_is_short_and_whole(parts: list[str]) -> None:
    for item in headings_of(tokenize("".join(parts))):
        assert len(item.name) <= LONGEST
        assert not set(item.name) & set("、。「」()")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PARTS_EN)))
def test_an_english_heading_is_short_and_says_something(parts: list[str]) -> None:
    for item in headings_en(" ".join(parts)):
        assert 2 <= len(item.name.split()) <= LONGEST_EN
        assert item.name[0] == item.name[0].upper()


def test_a_time_is_no_subject_of_a_heading() -> None:
    names = [item.name for item in headings_of(tokenize("朝は必ず精算が止まります"))]
    assert "精算が止まる" in names
    assert not [name for name in names if name.startswith("朝が")]


@pytest.mark.parametrize(
    ("quote", "kind", "name"),
    [
        pytest.param("先月から入庫の数がずれております", "complaint", "入庫の数がずれる", id="side"),
        pytest.param(
            "朝に見積書を送ったのですが、見積書の合計額が合っていません",
            "complaint",
            "見積書の合計額が合わない",
            id="contrast",
        ),
        pytest.param("控えの色は誰が決めるのでしょうか", "question", "控えの色は誰が決めるか", id="who"),
        pytest.param(
            "うちは山の中なので、通信が切れても検針を続けられるようにしてほしいです",
            "feature_request",
            "通信が切れても検針を続けられるようにしてほしい",
            id="reason-before-a-wish",
        ),
        pytest.param(
            "請求先を二つに分けるにはどうすればいいですか", "question", "請求先を二つに分ける方法", id="how"
        ),
        pytest.param(
            "納品書を画像にするにはどうしたらいいですか", "question", "納品書を画像にする方法", id="into"
        ),
        pytest.param("検針票は英語でも出せますか", "question", "検針票は英語でも出せるか", id="yes-or-no"),
        pytest.param("検針票は英語でも出せます？", "question", "検針票は英語でも出せるか", id="mark-for-か"),
        pytest.param(
            "水位が上がったら当番に知らせが行く仕組みはできません？",
            "feature_request",
            "水位が上がったら当番に知らせが行く仕組み",
            id="invited-by-a-mark",
        ),
        pytest.param("そもそも検針票が刷れません", "complaint", "検針票が刷れない", id="to-begin-with"),
        pytest.param(
            "先週の改修のあとから、検針の画面を開くと落ちます",
            "complaint",
            "検針の画面を開くと落ちる",
            id="time-of-what",
        ),
        pytest.param("検針票（控え）はどこで刷れますか", "question", "検針票はどこで刷れるか", id="aside"),
        pytest.param("ｾﾝｻｰの表示が遅いです", "complaint", "センサーの表示が遅い", id="half-width"),
        pytest.param("水門の警報が発生いたしました", "complaint", "水門の警報が発生する", id="humble"),
        pytest.param(
            "控えの印刷が終わるまで二分も待たされました",
            "complaint",
            "控えの印刷が終わるまで待たされる",
            id="until",
        ),
        pytest.param("なんで検針票が毎回消えるの？", "complaint", "検針票が消える", id="why"),
        pytest.param("月の合計が合わない？ような気がします", "complaint", "月の合計が合わない", id="doubt"),
        pytest.param(
            "体験だけでも送料はかかりますか？", "question", "体験だけでも送料はかかるか", id="yes-or-no-は"
        ),
        pytest.param(
            "検針の写真を現場で撮り直せる機能を付けてほしいです",
            "feature_request",
            "検針の写真を現場で撮り直せる機能を付けてほしい",
            id="no-bare-wish",
        ),
        pytest.param("砂時計が何分も消えずにいます", "complaint", "砂時計が消えない", id="many-is-not-asked"),
        pytest.param(
            "Honestly, the gate log drops entries and so we phone round",
            "complaint",
            "Gate log drops entries",
            id="and-so",
        ),
        pytest.param(
            "Spent the whole evening relabelling the crates, the depot printer swaps labels",
            "complaint",
            "Depot printer swaps labels",
            id="what-time-went-into",
        ),
        pytest.param(
            "二重の棚札を消すのに半日を費やしました。棚札が二重に出ます",
            "complaint",
            "棚札が二重に出る",
            id="time",
        ),
    ],
)
def test_a_name_states_the_matter_and_not_what_stands_beside_it(quote: str, kind: str, name: str) -> None:
    assert named(quote, kind=kind) == name


@pytest.mark.parametrize(
    "quote",
    [
        pytest.param("入れた部品の番号が消える それで毎朝打ち直す", id="gap"),
        pytest.param("助かったんです部品の番号が消えなくて", id="spoken-without-a-stop"),
    ],
)
def test_no_name_reaches_over_the_end_of_a_sentence(quote: str) -> None:
    names = [item.name for item in headings_of(tokenize(quote))]
    assert any("部品の番号が消え" in name for name in names)
    assert not [name for name in names if "消えるそれ" in name or "です" in name]


def test_weights_are_there_for_both_languages() -> None:
    for weights in load_weights().values():
        assert weights["near"] > 0 and weights["covered"] > 0
    assert sorted(load_weights()) == ["en", "ja"]


def test_a_text_without_a_heading_is_not_cut_at_a_word_that_says_nothing() -> None:
    assert named("Could they not look it up for themselves with a") == (
        "Could they not look it up for themselves"
    )


@pytest.mark.parametrize("part", ["the ", "画面が", "How ", "a"])
def test_a_long_quote_is_named_by_its_beginning(part: str) -> None:
    assert named(part * 3000) == named((part * 3000)[:400])


@pytest.mark.parametrize("quote", ["うーん…", "はいはい", "!!!! ----"])
def test_what_offers_nothing_at_all_is_named_by_what_was_said(quote: str) -> None:
    assert named(quote) == quote
    assert named(quote, "でした。") == "でした"
