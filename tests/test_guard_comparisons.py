"""The guard: comparisons of themes, figures of lists and of the whole, signs, other scripts, guesses."""

import pytest

from tests.guarded_week import CSV, SLOW, given_in, small_facts

BOTH = (*SLOW, *CSV)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("「{t:th_slow}」は「{t:th_csv}」より多くの会社から聞かれました。", id="more than"),
        pytest.param("「{t:th_csv}」を「{t:th_slow}」が上回りました。", id="over"),
        pytest.param("「{t:th_csv}」は「{t:th_slow}」より少ない会社から聞かれました。", id="less than"),
    ],
)
def test_a_true_comparison_passes(text: str) -> None:
    assert given_in(small_facts(), "ja").refused(text, cites=BOTH) == set()


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        pytest.param("comparisons", "「{t:th_csv}」は「{t:th_slow}」より多く聞かれました。", id="false"),
        pytest.param("comparisons", "「{t:th_slow}」を「{t:th_csv}」が上回りました。", id="false over"),
        pytest.param("comparisons", "「{t:th_slow}」は「{t:th_csv}」ほど多くありません。", id="by denying"),
        pytest.param(
            "themes",
            "「{t:th_slow}」が{f:complaint.th_csv.accounts}社、「{t:th_csv}」が{f:complaint.th_csv.accounts}社です。",
            id="one number for both",
        ),
        pytest.param(
            "whole", "「{t:th_slow}」は{f:volumes.conversations}件の会話で出ました。", id="the whole"
        ),
        pytest.param("numbers", "会話は-{f:volumes.conversations}件です。", id="a sign"),
        pytest.param("numbers", "全社が困っています。", id="everyone"),
        pytest.param(
            "named figures", "会社は{f:total.feature_request.accounts}社でした。", id="kind not said"
        ),
        pytest.param("language", "会話は{f:volumes.conversations}件です。Это важно.", id="another script"),
        pytest.param("support", "「{t:th_slow}」は解約を招いています。", id="one word of its own"),
        pytest.param("support", "「{t:th_slow}」を急ぐべきです。", id="advice"),
        pytest.param("ranks", "「{t:th_csv}」が困りごとの筆頭です。", id="not the first"),
        pytest.param("news", "「{t:th_slow}」は新しい困りごとです。", id="not new"),
    ],
)
def test_what_says_too_much_is_refused(rule: str, text: str) -> None:
    assert rule in given_in(small_facts(), "ja").refused(text, cites=BOTH if "csv" in text else SLOW)


@pytest.mark.parametrize(
    ("text", "passes"),
    [
        pytest.param("More accounts spoke of “{t:th_slow}” than of “{t:th_csv}”.", True, id="true"),
        pytest.param("More accounts spoke of “{t:th_csv}” than of “{t:th_slow}”.", False, id="false"),
        pytest.param("“{t:th_csv}” was less frequent than “{t:th_slow}”.", True, id="true less"),
        pytest.param("“{t:th_csv}” outweighs “{t:th_slow}”.", False, id="false outweighs"),
        pytest.param("“{t:th_slow}” was not behind “{t:th_csv}”.", False, id="cannot be told"),
    ],
)
def test_comparisons_in_english_are_checked(text: str, passes: bool) -> None:
    assert ("comparisons" not in given_in(small_facts(), "en").refused(text, cites=BOTH)) is passes
