"""A given name behind a capitalised word that is no name."""

import pytest

from koe.mask.persons_en import find_persons_en


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("Poor Brenda had to count the crates again.", "Brenda", id="an adjective before it"),
        pytest.param(
            "For Colin: open the tray, then press start.", "Colin", id="a preposition that begins a line"
        ),
        pytest.param("Then Marguerite's report came in.", "Marguerite", id="a possessive"),
    ],
)
def test_the_name_is_found_without_the_word_before_it(text: str, name: str) -> None:
    found = {text[hit.start : hit.end] for hit in find_persons_en(text)}
    assert name in found
    assert not any(" " in one for one in found)


@pytest.mark.parametrize("text", ["The Orders Screen is slow.", "Smart Lock failed on the New Portal."])
def test_two_capitalised_words_that_are_no_names_stay(text: str) -> None:
    assert list(find_persons_en(text)) == []
