"""What a turn of any length and make costs: time that grows with its length, not with its square."""

import time

import pytest

from koe.index.passages import cut
from koe.language.tokens import tokenize
from koe.mask.text import Scope, mask_text

LETTERS = 60_000
SECONDS = 8.0
"""Many times what it takes, and a fraction of what a square of the length would."""
SCOPE = Scope(account="A", company="", people=(), key=b"key")


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param("a", id="one run of letters"),
        pytest.param("Aa", id="capitals"),
        pytest.param("a.", id="dots"),
        pytest.param("0", id="digits"),
        pytest.param("\n", id="line ends"),
        pytest.param("\n ", id="blank lines"),
        pytest.param(" ", id="spaces"),
        pytest.param("あ", id="one kana"),
        pytest.param("@", id="signs"),
    ],
)
def test_masking_a_very_long_run_takes_seconds(piece: str) -> None:
    text = (piece * LETTERS)[: LETTERS - 1] + "."
    began = time.process_time()
    mask_text(text, SCOPE)
    assert time.process_time() - began < SECONDS


def test_cutting_a_very_long_turn_takes_seconds_and_keeps_every_token_in_one_passage() -> None:
    text = "The export stops half way. " * 8_000
    tokens = tokenize(text)
    began = time.process_time()
    passages = cut("c", 0, "customer", text, tokens)
    assert time.process_time() - began < SECONDS
    assert [token for one in passages for token in one.tokens] == tokens


@pytest.mark.parametrize("lead", ["", "\n\n", "see ", "。"])
def test_a_login_in_an_address_is_masked_wherever_the_address_begins(lead: str) -> None:
    masked = mask_text(f"{lead}https://maria:hunter2x@files.example/x", SCOPE).text
    assert "hunter2x" not in masked and "https://" in masked
