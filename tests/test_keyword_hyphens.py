"""English words in their many forms: one term, one count."""

import pytest

from koe.keywords.deals import DealVoice, Utterance
from koe.keywords.report import report_on

FILL = "We spoke for a while."


def _deals(won: list[str], lost: list[str]) -> list[DealVoice]:
    said = [("won", text) for text in won] + [("lost", text) for text in lost]
    return [
        DealVoice(f"D{n}", side, f"A{n}", "", "", (Utterance(f"C{n}", 0, text),), text.lower())  # type: ignore[arg-type]
        for n, (side, text) in enumerate(said)
    ]


@pytest.mark.parametrize(
    ("said", "writings"),
    [
        pytest.param(
            ["No lock-in please.", "We were locked in before.", "The lock-in hurts.", "Locked in again."],
            {"lock-in", "locked in"},
            id="hyphen and open",
        ),
        pytest.param(
            ["It was never billed.", "So much unbilled power.", "Half is not billed.", "Unbilled again."],
            {"never billed", "unbilled", "not billed"},
            id="negation",
        ),
        pytest.param(
            ["We like to pre-pay.", "It was prepaid.", "They prepay it.", "Prepaid is best."],
            {"pre-pay", "prepaid", "prepay"},
            id="irregular past",
        ),
        pytest.param(
            ["Only volunteers here.", "A volunteer does it.", "Our volunteers left.", "Volunteers again."],
            {"volunteers", "volunteer"},
            id="plural",
        ),
    ],
)
def test_all_ways_of_writing_are_one_term_with_one_count(said: list[str], writings: set[str]) -> None:
    report = report_on(_deals(said + [FILL] * 2, [FILL] * 6))
    own = [word for word in report.keywords if writings <= set(word.variants)]
    assert [(word.deals_won, word.deals_lost) for word in own] == [(4, 0)]


def test_a_word_inside_another_is_no_variant() -> None:
    said = ["It was billed.", "They billed us.", "Billed at last.", "He billed it."]
    report = report_on(_deals([*said, "All unbilled."], [FILL] * 5))
    word = next(word for word in report.keywords if "billed" in word.variants)
    assert "unbilled" not in word.variants
    assert (word.deals_won, word.deals_lost) == (4, 0)
