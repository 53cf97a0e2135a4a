"""Keywords: what may become one, and where a writing of it stands."""

import pytest

from koe.keywords.candidates import turn_candidates
from koe.keywords.counts import contains, find_variant


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
