"""Keywords: the statistics against scipy, and what is counted, chosen and said."""

import json
import random
from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from koe.keywords import KeywordReport, compute_keywords
from koe.keywords.candidates import turn_candidates
from koe.keywords.counts import contains, find_variant
from koe.keywords.deals import DealVoice, Utterance
from koe.keywords.report import report_on
from koe.keywords.statistics import (
    Totals,
    adjust,
    compare_shares,
    deals_needed,
    evidence,
    fisher,
    log_odds,
    stratified,
)
from koe.ledger.schema import conversation, deal, turn
from koe.text import normalize
from koe.workspace import Workspace

FILLER = (
    "画面の色がもう少し濃いと助かるという声が現場から出ています。",
    "請求書は毎月経理が紙で保管しておりまして、棚がもういっぱいです。",
    "倉庫の在庫は週に一度だけ棚卸しをしています。",
    "会議室の予約は総務がまとめて受けています。",
    "写真は担当者がスマホで撮って送っています。",
    "受付の端末は去年入れ替えたばかりです。",
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[int, int, Totals]:
    """A table of won and lost deals with and without a term."""
    totals = Totals(draw(st.integers(1, 60)), draw(st.integers(1, 60)))
    return draw(st.integers(0, totals.won)), draw(st.integers(0, totals.lost)), totals


def arrays(won: int, lost: int) -> tuple[np.ndarray, np.ndarray]:
    return np.array([won]), np.array([lost])


@settings(deadline=None)
@given(tables())
def test_fishers_p_is_scipys(table: tuple[int, int, Totals]) -> None:
    won, lost, totals = table
    cells = [[won, totals.won - won], [lost, totals.lost - lost]]
    assert fisher(*arrays(won, lost), totals)[0] == pytest.approx(stats.fisher_exact(cells)[1], abs=1e-12)


@settings(deadline=None)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=60))
def test_adjusted_p_values_are_scipys(values: list[float]) -> None:
    p = np.array(values)
    assert adjust(p) == pytest.approx(stats.false_discovery_control(p, method="bh"), abs=1e-12)


@settings(deadline=None)
@given(tables())
def test_log_odds_turn_their_sign_with_the_sides(table: tuple[int, int, Totals]) -> None:
    won, lost, totals = table
    one = log_odds(*arrays(won, lost), totals)
    other = log_odds(*arrays(lost, won), Totals(totals.lost, totals.won))
    assert one.z[0] == pytest.approx(-other.z[0]) and np.isfinite(one.value[0])


@settings(deadline=None)
@given(tables())
def test_an_interval_holds_its_difference(table: tuple[int, int, Totals]) -> None:
    gap, low, high = (float(x[0]) for x in compare_shares(*arrays(table[0], table[1]), table[2]))
    assert -1 - 1e-9 <= low <= gap <= high <= 1 + 1e-9


@pytest.mark.parametrize(
    ("totals", "shares"),
    [
        pytest.param(Totals(16, 15), (0.4, 0.05), id="a handful of deals"),
        pytest.param(Totals(20, 30), (0.5, 0.2), id="fifty deals"),
        pytest.param(Totals(60, 90), (0.36, 0.12), id="150 deals"),
        pytest.param(Totals(200, 300), (0.1, 0.1), id="no difference"),
    ],
)
def test_nine_in_ten_intervals_hold_the_true_difference(totals: Totals, shares: tuple[float, float]) -> None:
    rng = np.random.default_rng(7)
    won, lost = rng.binomial(totals.won, shares[0], 20_000), rng.binomial(totals.lost, shares[1], 20_000)
    _, low, high = compare_shares(won, lost, totals)
    truth = shares[0] - shares[1]
    assert 0.87 <= float(((low <= truth) & (truth <= high)).mean()) <= 0.94


@settings(max_examples=40, deadline=None)
@given(st.lists(tables(), min_size=1, max_size=4))
def test_the_stratified_test_is_the_sum_over_all_tables(strata: list[tuple[int, int, Totals]]) -> None:
    small = [
        (min(a, 4), min(b, 4), Totals(max(min(t.won, 6), 4), max(min(t.lost, 6), 4))) for a, b, t in strata
    ]
    excess, p = stratified(small)
    parts = [
        [(x, float(stats.hypergeom(t.won + t.lost, t.won, a + b).pmf(x))) for x in range(t.won + 1)]
        for a, b, t in small
    ]
    sums: dict[int, float] = {0: 1.0}
    for part in parts:
        sums = {
            total: sum(sums.get(total - x, 0.0) * chance for x, chance in part)
            for total in range(max(sums) + max(x for x, _ in part) + 1)
        }
    seen = sum(a for a, _, _ in small)
    assert p == pytest.approx(
        min(1.0, sum(c for c in sums.values() if c <= sums[seen] * (1 + 1e-7))), abs=1e-9
    )
    assert excess == pytest.approx(seen - sum(x * chance for part in parts for x, chance in part))


def test_an_even_split_over_strata_leaves_no_excess() -> None:
    excess, p = stratified([(8, 2, Totals(8, 2)), (0, 0, Totals(2, 8))])
    assert excess == pytest.approx(0) and p == pytest.approx(1)


def test_the_division_that_tells_more_has_more_evidence() -> None:
    assert evidence([(8, 8), (0, 8)]) > evidence([(4, 8), (4, 8)])


def test_with_the_deals_it_asks_for_a_term_passes_four_times_in_five() -> None:
    totals, shares, alpha = Totals(20, 30), (0.5, 0.2), 0.001
    more = deals_needed(shares, totals, alpha)
    assert more is not None
    bigger = Totals((more + 50) * 2 // 5, (more + 50) * 3 // 5)
    rng = np.random.default_rng(3)
    won, lost = (rng.binomial(n, share, 2_000) for n, share in zip(bigger, shares, strict=True))
    assert 0.74 <= float((fisher(won, lost, bigger) <= alpha).mean()) <= 0.88


def test_equal_shares_never_become_a_finding() -> None:
    assert deals_needed((0.3, 0.3), Totals(20, 30), 0.01) is None


def make_deal(n: int, outcome: str, texts: Sequence[str], industry: str = "") -> DealVoice:
    turns = tuple(Utterance(f"C{n:03}", m, text) for m, text in enumerate(texts))
    searched = "\n".join(normalize(text).lower() for text in texts)
    side = "won" if outcome == "won" else "lost"
    return DealVoice(f"D{n:03}", side, f"A{n:03}", "", industry or f"業種{n % 3}", turns, searched)


def make_deals(said: dict[str, tuple[int, int]], size: int = 20, industry: str = "") -> list[DealVoice]:
    """Deals in which each text is said by so many won and so many lost ones, with filler around."""
    out = []
    for n in range(2 * size):
        side, place = ("won", n) if n < size else ("lost", n - size)
        texts = [text for text, counts in said.items() if place < counts[side == "lost"]]
        out.append(make_deal(n, side, [FILLER[n % len(FILLER)], *texts], industry))
    return out


def words(report: KeywordReport) -> dict[str, str]:
    return {word.term: word.tier for word in report.keywords}


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


@pytest.mark.parametrize(
    ("text", "variant", "found"),
    [
        pytest.param("sso必須です", "sso", True, id="a latin word before kana"),
        pytest.param("lessons learned", "sso", False, id="inside another latin word"),
        pytest.param("月額料金の話", "料金", True, id="inside a japanese compound"),
        pytest.param("a contract", "contract", True, id="at the end"),
        pytest.param("contractors", "contract", True, id="a longer word goes on"),
        pytest.param("planets", "plan", False, id="a short word does not"),
        pytest.param("in the account", "count", False, id="not from the middle of a word"),
    ],
)
def test_latin_words_are_found_from_their_beginning(text: str, variant: str, found: bool) -> None:
    assert contains(text, variant) is found
    assert (find_variant(text, [variant]) is not None) is found


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        pytest.param("表計算で十分です。", "表計算で十分", id="noun and state"),
        pytest.param("棚卸し作業が減りました。", "棚卸し作業", id="compound"),
        pytest.param("締め作業が減りました。", "締め作業", id="verb stem and noun"),
        pytest.param("法律が変わったので。", "法律が変わ", id="noun and verb without its ending"),
        pytest.param("来年度に持ち越しです。", "来年度", id="when a buyer decides"),
        pytest.param("他社から乗り換えたいです。", "乗り換え", id="compound verb"),
        pytest.param("We still do it by hand.", "by hand", id="small word and noun"),
        pytest.param("Maybe next fiscal year.", "next fiscal year", id="next year in english"),
    ],
)
def test_candidates_hold_phrases(text: str, surface: str) -> None:
    assert surface in {seen.surface for seen in turn_candidates(text)}


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    """A ledger with deals of both outcomes, an open one, an agent's words and a ticket."""
    with workspace.ledger.begin() as conn:
        for n in range(20):
            outcome = "open" if n == 19 else "won" if n < 10 else "lost"
            _insert(conn, n, outcome)
    return workspace


def _insert(conn: sa.Connection, n: int, outcome: str) -> None:
    day = f"2026-10-{n + 1:02}T01:00:00Z"
    names = {
        "id": f"s:D{n}",
        "external_id": f"D{n}",
        "closed_at": day,
        "outcome": outcome,
        "industry": "小売",
    }
    empty = dict.fromkeys(("account_name", "name", "owner", "stage", "currency", "version"), "")
    conn.execute(deal.insert().values(source="s", account_id=f"A{n}", withdrawn=False, **names, **empty))
    spoken = [
        ("agent", "伴走します。"),
        ("customer", "監査ログが決め手です。" if outcome == "won" else FILLER[n % 6]),
    ]
    for kind in ("call", "ticket"):
        told = {"id": f"s:{kind}{n}", "external_id": f"{kind}{n}", "kind": kind, "deal_id": f"s:D{n}"}
        blank = {"account_name": "", "title": "", "withdrawn": False}
        row = {"source": "s", "account_id": f"A{n}", "created_at": day, "version": "1", "masked": "1"}
        conn.execute(conversation.insert().values(**told, **row, **blank))
        texts = spoken if kind == "call" else [("customer", "返品の窓口はどこですか。")]
        rows = [
            {"conversation_id": f"s:{kind}{n}", "n": m, "role": role, "text": text}
            for m, (role, text) in enumerate(texts)
        ]
        conn.execute(turn.insert(), rows)


def test_only_customers_in_calls_of_closed_deals_count(filled: Workspace) -> None:
    report = compute_keywords(filled)
    shown = words(report)
    assert (report.deals_won, report.deals_lost) == (10, 9)
    assert shown.get("監査ログ") == "finding" and not {"伴走", "返品", "窓口"} & set(shown)
    assert report.keywords[0].quotes[0].conversation == "call0"


def test_the_period_is_that_of_the_closing_day(filled: Workspace) -> None:
    report = compute_keywords(filled, date(2026, 10, 3), date(2026, 10, 15))
    assert (report.deals_won, report.deals_lost) == (8, 5)
    assert (report.since, report.until) == ("2026-10-03", "2026-10-15")


def test_a_withdrawn_call_counts_no_more(filled: Workspace) -> None:
    with filled.ledger.begin() as conn:
        conn.execute(sa.update(conversation).where(conversation.c.id == "s:call0").values(withdrawn=True))
    report = compute_keywords(filled)
    assert (report.deals_won, report.silent) == (9, 1)


def test_a_keyword_has_the_documented_fields(filled: Workspace) -> None:
    record = json.loads(compute_keywords(filled).keywords[0].model_dump_json())
    documented = (
        "term variants outcome deals_won deals_lost tier log_odds share_difference interval p p_adjusted "
        "explained_by quotes"
    )
    assert set(documented.split()) <= set(record)
    assert set(record["quotes"][0]) == {"conversation", "turn", "quote"}
