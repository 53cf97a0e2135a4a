"""The scorers: what counts as right, how much, and with which interval."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.bootstrap import difference, interval
from eval.figures import MEASURES, Measure, value_of
from eval.said import Said, SaidTurn
from eval.scores.findings import Labelled, Matched, best_pairs
from eval.scores.findings import score as score_findings
from eval.scores.questions import _keys
from eval.scores.stability import CANARY, planted, shuffled
from eval.scores.themes import score as score_themes
from eval.scores.themes import stands_for
from eval.scores.weeks import distance
from eval.shape import Row
from koe.mask import MaskSpan

TEXT = "山田です。画面が重くて、朝は誰も打刻できません。"
MASKED = "[人名-ab12c]です。画面が重くて、朝は誰も打刻できません。"


def measure(name: str) -> Measure:
    """The measure of that name."""
    return next(one for one in MEASURES if one.name == name)


def said(*turns: SaidTurn) -> Said:
    """A conversation of one customer."""
    return Said("T-1", "A-1", "青空商店", "ja", "2026-09-14", (), turns or (turn_of(TEXT),))


def turn_of(raw: str, masked: str | None = None, *spans: MaskSpan) -> SaidTurn:
    """A customer's turn."""
    return SaidTurn("customer", raw, masked or raw, spans)


def labelled(start: int, end: int, kind: str = "complaint", theme: str = "slow", id: str = "x") -> Labelled:
    """A finding in the first turn of T-1."""
    return Labelled(id, "T-1", 0, start, end, kind, theme, "")


def rows(family: str, *counts: tuple[float, ...], accounts: int = 0) -> list[Row]:
    """Rows, each of an account of its own unless there are fewer accounts."""
    return [
        Row(family=family, id=str(n), account=f"A{n % accounts if accounts else n}", counts=some)
        for n, some in enumerate(counts)
    ]


@pytest.mark.parametrize(
    ("found", "right"),
    [
        pytest.param([(5, 23)], 1, id="the same span"),
        pytest.param([(5, 14)], 1, id="just half of it"),
        pytest.param([(5, 13)], 0, id="less than half of it"),
        pytest.param([(5, 23), (5, 23)], 1, id="twice counts once"),
        pytest.param([(0, 5)], 0, id="beside it"),
        pytest.param([], 0, id="nothing"),
    ],
)
def test_a_finding_is_right_when_half_of_the_characters_are_shared(
    found: list[tuple[int, int]], right: int
) -> None:
    some = [labelled(*span) for span in found]
    assert len(best_pairs([labelled(5, 23)], some)) == right


def test_pairs_are_as_good_as_they_can_be_together() -> None:
    true = [labelled(0, 10), labelled(5, 17)]
    found = [labelled(2, 14), labelled(9, 20)]
    pairs = {(a.start, b.start) for a, b in best_pairs(true, found)}
    assert pairs == {(0, 2), (5, 9)} or len(pairs) == 1
    assert best_pairs(true, list(reversed(true))) == [(one, one) for one in true]


def test_each_finding_without_a_partner_is_shown_with_its_words() -> None:
    matched = Matched((labelled(5, 23),), (labelled(0, 4, "praise"),), (), ())
    scored = score_findings(matched, {"T-1": said()})
    assert [(row.kind, row.counts) for row in scored.rows] == [
        ("complaint", (0, 1, 0, 0)),
        ("praise", (1, 0, 0, 0)),
    ]
    assert [miss.sort for miss in scored.misses] == ["missed", "not in the truth"]
    assert scored.misses[0].before + scored.misses[0].mark + scored.misses[0].after == TEXT


def test_a_mark_at_the_border_of_a_span_is_still_exact() -> None:
    true, found = labelled(5, 23), labelled(5, 24)
    scored = score_findings(Matched((true,), (found,), ((true, found),), ()), {"T-1": said()})
    assert scored.rows[0].counts == (1, 1, 1, 1)


def test_a_span_of_masked_text_is_put_back_to_where_the_source_has_it() -> None:
    turn = turn_of(TEXT, MASKED, MaskSpan(0, 10, 0, 2, "person"))
    start, end = turn.raw_span(MASKED.index("画面"), len(MASKED))
    assert TEXT[start:end] == "画面が重くて、朝は誰も打刻できません。"
    assert turn.masked_span(start, end) == (MASKED.index("画面"), len(MASKED))
    assert turn.raw_span(0, 12) == (0, 4)
    assert turn.masked_span(0, 1) == (0, 10)


@given(st.integers(0, 30), st.integers(0, 30))
def test_to_the_source_and_back_changes_nothing_outside_of_masks(a: int, b: int) -> None:
    turn = turn_of(TEXT, MASKED, MaskSpan(0, 10, 0, 2, "person"))
    start, end = sorted((10 + a % 20, 10 + b % 20))
    if start < end:
        assert turn.masked_span(*turn.raw_span(start, end)) == (start, end)


def grouped(*pairs: tuple[str, str], kind: str = "complaint") -> list[Row]:
    """Findings with the truth's theme and koe's."""
    return [
        Row(family="themes", id=str(n), account=f"A{n}", kind=kind, labels=pair)
        for n, pair in enumerate(pairs)
    ]


@pytest.mark.parametrize(
    ("pairs", "rand"),
    [
        pytest.param([("a", "1"), ("a", "1"), ("b", "2"), ("b", "2")], 1.0, id="the same groups"),
        pytest.param([("a", "1"), ("a", "1"), ("b", "1"), ("b", "1")], 0.0, id="all in one"),
        pytest.param([("a", "1"), ("a", "2"), ("b", "3"), ("b", "4")], 0.0, id="all alone"),
        pytest.param([("a", "1"), ("a", "1"), ("a", "2"), ("b", "2"), ("b", "2")], 1 / 6, id="one astray"),
    ],
)
def test_themes_are_scored_by_the_adjusted_rand_index(pairs: list[tuple[str, str]], rand: float) -> None:
    assert value_of(measure("themes.rand"), grouped(*pairs)) == pytest.approx(rand)


def test_what_is_apart_by_kind_is_no_agreement() -> None:
    alone = grouped(("a", "1"), ("a", "2"), ("b", "3")) + grouped(("c", "4"), ("c", "5"), kind="praise")
    assert value_of(measure("themes.rand"), alone) == pytest.approx(0)


def test_a_theme_stands_for_the_true_one_that_most_of_its_findings_carry() -> None:
    pairs = [(labelled(n, n + 3, theme=true), labelled(n, n + 3, theme=koe)) for n, (true, koe) in enumerate(
        [("slow", "th_1"), ("slow", "th_1"), ("login", "th_1"), ("login", "th_2")]
    )]  # fmt: skip
    matched = Matched(tuple(a for a, _ in pairs), tuple(b for _, b in pairs), tuple(pairs), ())
    assert stands_for(matched) == {"th_1": "slow", "th_2": "login"}
    assert {miss.sort for miss in score_themes(matched, {"T-1": said()}).misses} == {"torn", "mixed"}


@pytest.mark.parametrize(
    ("a", "b", "apart"),
    [
        pytest.param("abc", "abc", 0, id="the same"),
        pytest.param("abc", "acb", 1 / 9, id="two swapped"),
        pytest.param("abc", "cba", 3 / 9, id="turned round"),
        pytest.param("abc", "abd", 1 / 9, id="another third"),
        pytest.param("abc", "dab", 3 / 9, id="a stranger first"),
        pytest.param("abc", "def", 1, id="nothing in common"),
        pytest.param("", "", 0, id="both empty"),
        pytest.param("abc", "", 1, id="one empty"),
    ],
)
def test_the_distance_of_two_top_lists(a: str, b: str, apart: float) -> None:
    assert distance(list(a), list(b)) == pytest.approx(apart)
    assert distance(list(b), list(a)) == pytest.approx(apart)


@pytest.mark.parametrize(
    ("fact", "keys"),
    [
        pytest.param("20社、24件の記録", ({"20", "24"}, []), id="counts"),
        pytest.param("２社（青空商店）", ({"2"}, ["青空商店"]), id="full width, with a company"),
        pytest.param("W38:3社、W39:0社", ({"3", "0"}, []), id="weeks are no counts"),
        pytest.param("最後は2026-10-14（T-0065）", (set(), []), id="days and ids are no counts"),
        pytest.param("11月の更新後、契約は6か月", ({"6"}, []), id="a month by name is no count"),
        pytest.param("増えている", (set(), []), id="nothing to check"),
    ],
)
def test_a_fact_is_checked_by_its_numbers_and_companies(fact: str, keys: tuple[set[str], list[str]]) -> None:
    assert _keys(fact, ["青空商店"]) == keys


def test_an_interval_widens_when_accounts_and_not_cases_are_drawn() -> None:
    by_case = [(1.0, 1) if n // 5 % 2 else (0.0, 1) for n in range(60)]
    alone = interval(measure("keywords.precision"), rows("keywords.top", *by_case))
    together = [
        row.model_copy(update={"account": f"A{int(row.id) // 5}"}) for row in rows("keywords.top", *by_case)
    ]
    drawn = interval(measure("keywords.precision"), together)
    assert alone is not None and drawn is not None
    assert alone.value == drawn.value == 0.5
    assert drawn.high - drawn.low > 1.5 * (alone.high - alone.low)


def test_eight_out_of_eight_is_no_certainty() -> None:
    found = interval(measure("keywords.precision"), rows("keywords.top", *[(1.0, 1)] * 8))
    assert found is not None
    assert (found.value, found.high) == (1, 1)
    assert found.low == pytest.approx(8 / (8 + 1.96**2))


def test_the_same_rows_differ_by_nothing_however_they_are_drawn() -> None:
    some = rows("keywords.top", *[(float(n % 3 == 0), 1) for n in range(40)])
    change = difference(measure("keywords.precision"), some, some)
    assert change is not None and change[:3] == (0, 0, 0) and change.p == 1


def test_intervals_are_the_same_each_time_and_in_any_order() -> None:
    some = rows("keywords.top", *[(float(n % 3 == 0), 1) for n in range(40)], accounts=12)
    mixed = [some[n] for n in np.random.default_rng(1).permutation(len(some))]
    assert interval(measure("keywords.precision"), some) == interval(measure("keywords.precision"), mixed)


def conversation(id: str, text: str) -> dict[str, Any]:
    """A conversation as its file has it."""
    return {"id": id, "turns": [{"speaker": "customer", "text": text}, {"speaker": "agent", "text": "はい"}]}


def test_instructions_are_planted_as_a_customers_turn_and_alike_in_alike_mails() -> None:
    before = [conversation(f"T-{n}", f"{n // 2}番の端末が動きません") for n in range(60)]
    after = planted("tickets.jsonl", before)
    added = [len(row["turns"]) > 2 for row in after]
    assert 5 < sum(added) < 55
    assert added[::2] == added[1::2]
    assert all(CANARY in row["turns"][-1]["text"] for row, more in zip(after, added, strict=True) if more)
    assert planted("deals.jsonl", before) == before


def test_shuffled_rows_are_the_same_rows_in_another_order() -> None:
    before = [conversation(f"T-{n}", "x") for n in range(20)]
    after = shuffled("tickets.jsonl", before)
    assert after != before
    assert sorted(after, key=lambda row: str(row["id"])) == sorted(before, key=lambda row: str(row["id"]))


def test_every_measure_of_the_readme_exists() -> None:
    from eval.readme import ROWS

    assert set(ROWS) <= {one.name for one in MEASURES}


def test_the_readmes_figures_are_those_of_the_baseline() -> None:
    from eval import baseline, readme

    text = Path(readme.PATH).read_text("utf-8")
    assert text == readme.written(text, readme.table(baseline.load()))
    assert readme.table(baseline.load()) in text
