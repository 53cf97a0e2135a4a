"""Keywords: what is worth a hint, and words that only look like everyday talk."""

import pytest

from koe.keywords.candidates import turn_candidates
from koe.keywords.deals import DealVoice, Utterance
from koe.keywords.report import report_on


def _deals(said: dict[str, tuple[int, int]], each: int = 10, rest: str = "Fine.") -> list[DealVoice]:
    """So many won and as many lost deals; each sentence in the first of its side."""
    deals = []
    for n in range(2 * each):
        outcome, place = ("won", n) if n < each else ("lost", n - each)
        turns = [
            rest,
            *(text for text, (won, lost) in said.items() if place < (won, lost)[outcome == "lost"]),
        ]
        spoken = tuple(Utterance(f"C-{n}", k, text) for k, text in enumerate(turns))
        text = "\n".join(turns).lower()
        deals.append(DealVoice(f"D-{n:02}", outcome, f"A-{n}", "", "", spoken, text))  # type: ignore[arg-type]
    return deals


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        pytest.param((4, 1), True, id="four of ten against one"),
        pytest.param((4, 2), False, id="four against two"),
        pytest.param((3, 3), False, id="as many"),
        pytest.param((1, 4), True, id="the other way round"),
    ],
)
def test_a_hint_is_from_four_against_one_of_ten_deals_a_side(counts: tuple[int, int], shown: bool) -> None:
    report = report_on(_deals({"駅前の渋滞で遅れます。": counts}))
    assert ("渋滞" in {word.term for word in report.keywords}) is shown
    assert all(word.tier == "hint" for word in report.keywords)


def test_an_english_word_among_japanese_ones_is_a_name_and_no_everyday_talk() -> None:
    said = {"LINEで回しているので十分です。": (1, 5), "保護者の名簿を印刷して渡しています。": (10, 10)}
    assert [word.term for word in report_on(_deals(said, rest="はい、そうです。")).of("lost")] == ["line"]
    said = {"The line outside the door is long.": (1, 5)}
    assert "line" not in {word.term for word in report_on(_deals(said)).keywords}


def test_words_that_one_word_gave_are_counted_together_where_that_tells_more() -> None:
    said = {"The inspector asks for the sheet.": (3, 0), "At every inspection we panic.": (0, 0)}
    deals = _deals(said)
    text = "At every inspection we panic."
    for n in (3, 4):
        turns = (*deals[n].turns, Utterance(f"C-{n}", 9, text))
        deals[n] = deals[n]._replace(turns=turns, text=deals[n].text + "\n" + text.lower())
    (word,) = [word for word in report_on(deals).of("won") if "inspect" in word.term]
    assert (word.deals_won, word.deals_lost) == (5, 0) and {"inspector", "inspection"} <= set(word.variants)


@pytest.mark.parametrize(
    ("text", "surface", "there"),
    [
        pytest.param("保護者からの問い合わせが減りました。", "問い合わせ", True, id="theirs"),
        pytest.param("お問い合わせの件です。", "問い合わせ", False, id="a frame"),
        pytest.param("同じことを二重に入れています。", "二重", True, id="twofold"),
        pytest.param(
            "We do it at the end of the quarter.", "end of the quarter", True, id="the other way round"
        ),
    ],
)
def test_words_that_frame_a_letter_are_candidates_where_they_are_a_burden(
    text: str, surface: str, there: bool
) -> None:
    assert (surface in {seen.surface for seen in turn_candidates(text)}) is there
