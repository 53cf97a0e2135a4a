"""Keywords: what is counted, chosen and said."""

import random

import pytest

from koe.keywords.counts import contains
from koe.keywords.deals import DealVoice
from koe.keywords.report import report_on
from koe.keywords.words import message, words_in
from tests.made_deals import FILLER, make_deal, make_deals, words


def test_a_term_of_most_won_deals_and_no_lost_one_is_a_finding() -> None:
    report = report_on(make_deals({"監査ログがあるのが決め手でした。": (14, 0)}))
    top = report.of("won")[0]
    assert top.term == "監査ログ" and top.tier == "finding"
    assert (top.deals_won, top.deals_lost, report.message) == (14, 0, "ok")
    assert top.p_adjusted <= 0.1 and top.interval[0] > 0


def test_a_term_of_a_few_deals_is_a_hint_and_says_how_many_more_are_needed() -> None:
    report = report_on(make_deals({"監査ログの保管が要ります。": (5, 0)}))
    top = report.of("won")[0]
    assert (top.term, top.tier, report.message) == ("監査ログ", "hint", "nothing")
    assert top.deals_needed and report.deals_needed == top.deals_needed


def test_hints_are_spoken_of_where_there_are_any() -> None:
    hinted = report_on(make_deals({"監査ログの保管が要ります。": (5, 0)}))
    bare = hinted.model_copy(update={"keywords": (), "deals_needed": None})
    assert "All below are hints." in message(hinted, words_in("en"))
    assert message(bare, words_in("en")) == ["No word separates won from lost deals yet."]


def test_a_term_of_both_sides_is_not_shown() -> None:
    report = report_on(
        make_deals({"予算は本部が握っています。": (10, 10), "監査ログが決め手です。": (14, 0)})
    )
    assert "予算" not in words(report)


def test_a_word_said_often_in_one_deal_counts_once() -> None:
    deals = make_deals({})
    deals[0] = make_deal(0, "won", ["ドーナツの話です。"] * 40)
    assert report_on(deals).keywords == ()


def test_two_writings_of_one_word_are_counted_together() -> None:
    said = {"サーバの置き場がないんです。": (6, 0), "サーバーは自前で持ちたいです。": (0, 0)}
    deals = make_deals(said)
    for n in range(6, 12):
        deals[n] = make_deal(n, "won", [FILLER[0], "サーバーは自前で持ちたいです。"])
    top = report_on(deals).of("won")[0]
    assert {"サーバ", "サーバー"} <= set(top.variants) and top.deals_won == 12


def test_synonyms_of_the_dictionary_are_one_keyword() -> None:
    deals = make_deals({"顧問の社労士が薦めてくれました。": (6, 0)})
    for n in range(6, 12):
        deals[n] = make_deal(n, "won", [FILLER[1], "社会保険労務士から聞いて来ました。"])
    top = report_on(deals).of("won")[0]
    assert {"社労士", "社会保険労務士"} <= set(top.variants) and top.deals_won == 12


def test_inflected_english_is_one_keyword() -> None:
    deals = make_deals({"We need audit logs for our bank.": (6, 0)})
    for n in range(6, 12):
        deals[n] = make_deal(n, "won", [FILLER[1], "Our bank wants an audit log."])
    top = next(word for word in report_on(deals).of("won") if "audit log" in word.variants)
    assert {"audit log", "audit logs"} <= set(top.variants) and top.deals_won == 12


def test_a_phrase_absorbs_the_parts_that_live_only_in_it() -> None:
    report = report_on(make_deals({"変形労働の店なので合いません。": (0, 12)}))
    assert "変形労働" in words(report) and not {"変形", "労働"} & set(words(report))


def test_two_words_that_happen_to_stand_in_the_same_deals_are_both_shown() -> None:
    both = {"監査ログがあるのが決め手でした。": (9, 0), "ドーナツの差し入れ、うれしいです。": (9, 0)}
    found = words(report_on(make_deals(both)))
    assert "監査ログ" in found and any("ドーナツ" in word for word in found)


def test_a_part_that_lives_in_other_deals_stays() -> None:
    said = {"給与連携が要ります。": (0, 0), "勤怠の連携も会計の連携も見たいです。": (0, 0)}
    deals = make_deals(said)
    for n in range(20):
        text = "給与連携が決め手です。" if n < 8 else "会計との連携が楽でした。"
        deals[n] = make_deal(n, "won", [FILLER[n % 6], text])
    top = report_on(deals).of("won")[0]
    assert top.term == "連携" and top.deals_won == 20


def test_what_the_industry_explains_is_marked_and_never_a_finding() -> None:
    clinics = [make_deal(n, "won", ["レセプトの締めが大変です。"], "クリニック") for n in range(14)]
    clinics += [make_deal(n, "lost", ["レセプトの締めが大変です。"], "クリニック") for n in range(14, 18)]
    shops = [make_deal(n, "lost", [FILLER[n % 6]], "小売") for n in range(18, 30)]
    shops += [make_deal(n, "won", [FILLER[n % 6]], "小売") for n in range(30, 34)]
    top = next(word for word in report_on([*clinics, *shops]).keywords if "レセプト" in word.variants)
    assert top.explained_by == "industry" and top.tier == "hint" and top.p_adjusted <= 0.1


def test_masked_names_and_numbers_are_no_keywords() -> None:
    report = report_on(make_deals({"[人名-abcd]さんに03と42で伝えます。": (14, 0)}))
    assert not [word for word in report.keywords if "人名" in word.term or word.term.isdigit()]


def test_a_customers_own_name_is_no_keyword() -> None:
    deals = [
        voice._replace(account_name="くるみ薬局チェーン")
        for voice in make_deals({"くるみ薬局では紙を使っています。": (14, 0)})
    ]
    assert not [word for word in report_on(deals).keywords if "くるみ" in word.term]


def test_an_everyday_word_has_to_be_proven() -> None:
    hinted = report_on(make_deals({"仕事ですからね。": (5, 0)}))
    proven = report_on(make_deals({"仕事ですからね。": (18, 0)}))
    assert "仕事" not in words(hinted) and words(proven).get("仕事") == "finding"


def test_every_count_is_what_a_text_search_finds() -> None:
    rng = random.Random(5)
    said = {
        text: (rng.randint(0, 20), rng.randint(0, 20))
        for text in (*FILLER, "相見積もりを取ります。", "SSO必須です")
    }
    deals = make_deals(said)
    for word in report_on(deals).keywords:
        has = [voice.outcome for voice in deals if any(contains(voice.text, v) for v in word.variants)]
        assert (has.count("won"), has.count("lost")) == (word.deals_won, word.deals_lost)


def test_quotes_are_verbatim_and_from_different_deals() -> None:
    deals = make_deals({"前置きです。ＳＳＯが無いと通りません。以上です。": (0, 9)})
    top = next(word for word in report_on(deals).of("lost") if "sso" in word.variants)
    assert [quote.quote for quote in top.quotes] == ["ＳＳＯが無いと通りません。"] * 3
    assert len({quote.conversation for quote in top.quotes}) == 3


def test_a_long_sentence_is_cut_before_the_term_and_never_after() -> None:
    text = "去年の春から" + "ずっと紙で回していて、" * 12 + "監査ログは要りません。"
    deals = make_deals({text: (9, 0)})
    quote = next(word for word in report_on(deals).of("won") if word.term == "監査ログ").quotes[0].quote
    assert quote in text and quote.endswith("監査ログは要りません。") and len(quote) < 40


def test_with_outcomes_drawn_by_lot_hardly_anything_is_found() -> None:
    deals = make_deals(
        dict.fromkeys(("監査ログの話。", "相見積もりの話。", "研修の話。", "稟議の話。"), (9, 8))
    )
    rng = random.Random(11)
    found = 0
    for _ in range(20):
        sides = ["won"] * 20 + ["lost"] * 20
        rng.shuffle(sides)
        drawn = [
            v._replace(outcome="won" if s == "won" else "lost") for v, s in zip(deals, sides, strict=True)
        ]
        found += sum(word.tier == "finding" for word in report_on(drawn).keywords)
    assert found <= 1


def test_shuffled_deals_give_the_same_report() -> None:
    deals = make_deals(
        {"監査ログが決め手です。": (9, 1), "相見積もりを取ります。": (2, 9), "稟議が通りません。": (0, 7)}
    )
    shuffled = random.Random(2).sample(deals, len(deals))
    assert report_on(shuffled).model_dump_json() == report_on(deals).model_dump_json()


@pytest.mark.parametrize(
    ("deals", "message"),
    [
        pytest.param([], "no_deals", id="no deals"),
        pytest.param([make_deal(1, "won", [])], "no_deals", id="nobody spoke"),
        pytest.param(
            [make_deal(1, "won", ["はい"]), make_deal(2, "won", ["ええ"])], "one_side", id="won only"
        ),
        pytest.param(
            [make_deal(1, "won", ["はい"]), make_deal(2, "lost", ["ええ"])], "nothing", id="two deals"
        ),
    ],
)
def test_too_little_to_compare_is_said(deals: list[DealVoice], message: str) -> None:
    report = report_on(deals)
    assert report.message == message and report.keywords == ()
