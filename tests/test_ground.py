"""Grounding: what is kept is the source's own words, and whatever cannot be proved goes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koe.engine.base import Proposal
from koe.ground import Drop, Grounded, Reason, finding_id, ground, ground_all
from koe.language.text import fold
from koe.records import FindingKind, MaskedConversation, MaskedTurn, Role

TEXT = "ログインに毎回３分かかります。ﾊﾟｽﾜｰﾄﾞの再発行は120件、エラーは１２０件でした。"


def turn(text: str, role: Role = "customer", n: int = 0) -> MaskedTurn:
    return MaskedTurn(n=n, role=role, text=text)


def propose(quote: str, n: int = 0, kind: FindingKind = FindingKind.COMPLAINT) -> Proposal:
    return Proposal(kind=kind, statement="s", quote=quote, turn=n, severity=2)


def conversation(*turns: MaskedTurn) -> MaskedConversation:
    return MaskedConversation(
        id="s:1",
        external_id="1",
        kind="ticket",
        account="a",
        created_at="2026-09-14T00:00:00Z",
        title="",
        turns=turns,
    )


@pytest.mark.parametrize(
    ("source", "quote", "own"),
    [
        pytest.param("印刷がとても遅いです。", "印刷がとても遅い", "印刷がとても遅い", id="plain"),
        pytest.param("ﾊﾟｽﾜｰﾄﾞが通らない", "パスワードが通らない", "ﾊﾟｽﾜｰﾄﾞが通らない", id="half-width kana"),
        pytest.param(
            "パスワードが通らない", "ﾊﾟｽﾜｰﾄﾞが通らない", "パスワードが通らない", id="kana the other way"
        ),
        pytest.param("１２０件も消えた", "120件も消えた", "１２０件も消えた", id="full-width digits"),
        pytest.param(
            "画面が\n固まって\r\n動かない",
            "画面が固まって動かない",
            "画面が\n固まって\r\n動かない",
            id="breaks",
        ),
        pytest.param("画面が　固まる のです", "画面が固まる", "画面が　固まる", id="wide space"),
        pytest.param(
            "the page  never\nloads for us", "the page never loads", "the page  never\nloads", id="en"
        ),
        pytest.param("画面が固\u200bまる", "画面が固まる", "画面が固\u200bまる", id="zero width"),
        pytest.param(
            "が\u3099あると困る。か\u3099面が重い", "が面が重い", "か\u3099面が重い", id="combining mark"
        ),
        pytest.param("㌔単価が高い😀です", "高い😀です", "高い😀です", id="emoji"),
        pytest.param("20件消えた。後で20件消えた。", "20件消えた", "20件消えた", id="first of two"),
        pytest.param("120件消えた。後で20件消えた。", "20件消えた", "20件消えた", id="first that is not cut"),
    ],
)
def test_a_true_quote_is_kept_in_the_sources_own_characters(source: str, quote: str, own: str) -> None:
    place = ground(propose(quote), [turn(source)])
    assert isinstance(place, Grounded)
    assert place.quote == own == source[place.start : place.end]


@pytest.mark.parametrize(
    ("source", "quote", "reason"),
    [
        pytest.param("120件消えました", "130件消えました", Reason.NOT_IN_TURN, id="changed digit"),
        pytest.param("遅くはありません", "遅いです、本当に", Reason.NOT_IN_TURN, id="other words"),
        pytest.param("保存ができません", "保存ができます", Reason.NOT_IN_TURN, id="flipped negation"),
        pytest.param("It is not slow at all", "It is slow at all", Reason.NOT_IN_TURN, id="dropped not"),
        pytest.param("therapist is here", "the rapist is here", Reason.NOT_IN_TURN, id="space put in"),
        pytest.param("画面が重い", "", Reason.EMPTY, id="empty"),
        pytest.param("画面が重い", " 　\n\u200b", Reason.EMPTY, id="white space"),
        pytest.param("重いです", "重い", Reason.TOO_SHORT, id="too short"),
        pytest.param("重い" * 300, "重い" * 210, Reason.TOO_LONG, id="too long"),
        pytest.param("担当は[人名1]です", "[人名1]", Reason.PLACEHOLDER, id="placeholder"),
        pytest.param("[PHONE_1] [EMAIL_2]", "[PHONE_1] [EMAIL_2]", Reason.PLACEHOLDER, id="two placeholders"),
        pytest.param("120件も消えた", "20件も消えた", Reason.CUT_NUMBER, id="number begun inside"),
        pytest.param("1,200件消えた", "200件消えた", Reason.CUT_NUMBER, id="behind a comma"),
        pytest.param("待ち時間は3.5秒", "待ち時間は3", Reason.CUT_NUMBER, id="before a point"),
        pytest.param("値引きは10%です", "値引きは10", Reason.CUT_NUMBER, id="before a percent sign"),
        pytest.param("売上が3万円減った", "万円減った", Reason.CUT_NUMBER, id="kanji number"),
        pytest.param("昨対で▲20%の入力", "20%の入力", Reason.CUT_NUMBER, id="sign"),
        pytest.param("in 2,120 rows it fails", "120 rows it fails", Reason.CUT_NUMBER, id="english number"),
        pytest.param("That is unusable now", "usable now", Reason.CUT_WORD, id="latin word"),
        pytest.param("サポートに不満足です", "満足です", Reason.CUT_WORD, id="prefix"),
        pytest.param("画面は遅くはありません", "画面は遅くは", Reason.CUT_NEGATION, id="ha arimasen"),
        pytest.param("問題があるわけではないです", "問題がある", Reason.CUT_NEGATION, id="wake dewa nai"),
        pytest.param("動作が遅いということはないです", "動作が遅い", Reason.CUT_NEGATION, id="to iu koto"),
        pytest.param("操作が難しいとは思いません", "操作が難しい", Reason.CUT_NEGATION, id="to wa omowanai"),
        pytest.param("使いにくいどころか快適", "使いにくい", Reason.CUT_NEGATION, id="dokoro ka"),
        pytest.param(
            "途中で落ちたことは一度もありません", "途中で落ちた", Reason.CUT_NEGATION, id="ichido mo"
        ),
        pytest.param("It's not slow for us", "slow for us", Reason.CUT_NEGATION, id="not"),
        pytest.param("It isn't that slow for us", "slow for us", Reason.CUT_NEGATION, id="n't that"),
        pytest.param("I don't think it is slow", "it is slow", Reason.CUT_NEGATION, id="don't think"),
        pytest.param("the export is not broken", "the export is", Reason.CUT_NEGATION, id="not behind"),
        pytest.param("we do n't like it. we don't", "we don't like", Reason.NOT_IN_TURN, id="split n't"),
    ],
)
def test_what_the_customer_did_not_say_is_dropped_with_its_reason(
    source: str, quote: str, reason: Reason
) -> None:
    assert ground(propose(quote), [turn(source)]) == Drop(reason)


@pytest.mark.parametrize(
    ("source", "quote"),
    [
        pytest.param("遅いんじゃないですか、これ", "遅いん", id="rhetorical, quote too short to matter"),
        pytest.param("画面が遅いのではないかと思います", "画面が遅い", id="hedge"),
        pytest.param("毎回紙で渡すしかないです", "毎回紙で渡す", id="only"),
        pytest.param("壊れているかもしれません", "壊れている", id="perhaps"),
        pytest.param("信用できるねえ、本当に", "信用できる", id="nee"),
        pytest.param("Not sure how to export rows", "how to export rows", id="question word"),
        pytest.param("It is not cheap, but the export is slow", "the export is slow", id="other clause"),
        pytest.param("一部の画面が重い。十分に試した", "部の画面が重い", id="a numeral in a word"),
        pytest.param("10月5日に消えた", "10月5日に消えた", id="whole date"),
    ],
)
def test_a_true_quote_beside_a_negation_or_number_is_kept(source: str, quote: str) -> None:
    result = ground(propose(quote), [turn(source)])
    assert isinstance(result, Grounded) or (len(quote) < 4 and result == Drop(Reason.TOO_SHORT))


def test_an_agents_words_are_nobodys_finding() -> None:
    turns = [turn("画面が重いとのこと", "agent", 0), turn("はい、お願いします", "customer", 1)]
    assert ground(propose("画面が重い", 0), turns) == Drop(Reason.NOT_CUSTOMER)
    assert ground(propose("画面が重い", 1), turns) == Drop(Reason.NOT_CUSTOMER)


@pytest.mark.parametrize("n", [-1, 0, 2, 99])
def test_a_miscounted_turn_is_mended_when_one_customer_turn_has_the_quote(n: int) -> None:
    turns = [
        turn("どうされましたか", "agent", 0),
        turn("画面が重いです", "customer", 1),
        turn("はい", "customer", 2),
    ]
    assert ground(propose("画面が重い", n), turns) == Grounded(1, 0, 5, "画面が重い")


def test_a_miscounted_turn_is_not_guessed_between_two() -> None:
    turns = [turn("画面が重い", n=0), turn("画面が重い", n=1)]
    assert ground(propose("画面が重い", 7), turns) == Drop(Reason.AMBIGUOUS)


def test_the_same_thing_twice_in_one_conversation_is_one() -> None:
    turns = [turn("画面が重いです。保存が遅い。", n=0), turn("画面が重いです。", n=1)]
    proposals = [
        propose("画面が重いです"),
        propose("画面が重い"),
        propose("画面が重いです", 1),
        propose("保存が遅い"),
    ]
    result = ground_all(conversation(*turns), proposals, "e")
    assert [found.quote for found in result.findings] == ["画面が重いです", "保存が遅い"]
    assert result.dropped == {"repeated": 2}


def test_two_kinds_may_share_a_span() -> None:
    proposals = [propose("画面が重いです"), propose("画面が重いです", kind=FindingKind.OBJECTION)]
    assert len(ground_all(conversation(turn("画面が重いです")), proposals, "e").findings) == 2


def test_an_id_names_the_place_and_nothing_else() -> None:
    place = Grounded(0, 0, 5, "画面が重い")
    assert finding_id("s:1", "complaint", place) == finding_id("s:1", "complaint", place)
    others = {
        finding_id("s:2", "complaint", place),
        finding_id("s:1", "objection", place),
        finding_id("s:1", "complaint", place._replace(turn=1)),
        finding_id("s:1", "complaint", place._replace(end=6)),
    }
    assert len(others) == 4 and finding_id("s:1", "complaint", place) not in others


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_one_altered_character_is_dropped_unless_it_is_also_said(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(TEXT) - 6))
    quote = TEXT[start : data.draw(st.integers(start + 5, len(TEXT)))]
    at = data.draw(st.integers(0, len(quote) - 1))
    other = data.draw(st.characters(codec="utf-8", exclude_categories=["Cs"]))
    altered = quote[:at] + other + quote[at + 1 :]
    result = ground(propose(altered), [turn(TEXT)])
    if fold(altered).text not in fold(TEXT).text:
        assert isinstance(result, Drop)


@given(
    st.text(alphabet="画面が重いABc 12１２０ﾊﾞｶﾞ\n　。、0.,", min_size=4, max_size=40),
    st.integers(0, 39),
    st.integers(1, 40),
)
@settings(max_examples=300, deadline=None)
def test_whatever_is_kept_is_the_turns_own_text_and_folds_to_the_quote(
    text: str, start: int, size: int
) -> None:
    quote = text[start : start + size]
    result = ground(propose(quote), [turn(text)])
    if isinstance(result, Grounded):
        assert text[result.start : result.end] == result.quote
        assert fold(result.quote).text == fold(quote).text
