"""Grounding against altered and faithful quotes: a seeded portion of `python -m eval.grounding`."""

from functools import cache
from random import Random

import pytest

from eval.alter import ALTERED, FAITHFUL, cut_negation
from eval.grounding import Table, cases_of, run, true_quotes
from koe.language.text import fold

SEED = 3


@cache
def measured() -> Table:
    return run(SEED, 250)


def test_every_altered_quote_is_dropped() -> None:
    assert [case for case in measured().wrong if not case.keep and case.sort != "cut negation"] == []


def test_quotes_cut_at_their_negation_are_dropped_95_times_in_100() -> None:
    (cut,) = (share for share in measured().dropped if share.name == "cut negation")
    assert cut.n >= 30 and cut.value >= 0.95


def test_true_quotes_are_kept_however_they_are_written() -> None:
    assert all(share.value >= 0.99 for share in measured().kept), measured().wrong
    assert {share.name for share in measured().kept} >= {
        "untouched",
        "half width",
        "broken lines in the text",
    }


@pytest.mark.parametrize("name", ALTERED)
def test_what_is_altered_reads_otherwise(name: str) -> None:
    quotes = true_quotes(SEED, 100)
    altered = [(one.quote, ALTERED[name](one.quote, Random(1))) for one in quotes]
    changed = [(quote, other) for quote, other in altered if other is not None]
    assert changed and all(fold(quote).text != fold(other).text for quote, other in changed)


@pytest.mark.parametrize("name", FAITHFUL)
def test_what_is_written_otherwise_reads_the_same(name: str) -> None:
    quotes = [one.quote for one in true_quotes(SEED, 100)]
    written = [(quote, FAITHFUL[name](quote, Random(1))) for quote in quotes]
    changed = [(quote, other) for quote, other in written if other is not None and other != quote]
    assert changed
    assert all(
        fold(quote).text.replace(" ", "") == fold(other).text.replace(" ", "") for quote, other in changed
    )


@pytest.mark.parametrize(
    ("quote", "left"),
    [
        pytest.param("印刷ができません", "印刷ができ", id="polite"),
        pytest.param("通知が届かないんです", "通知が届か", id="plain"),
        pytest.param("it does not open", "open", id="english"),
        pytest.param("直していただけないでしょうか", None, id="a request is no denial"),
        pytest.param("画面が少ない", None, id="a word that only sounds so"),
    ],
)
def test_quotes_are_cut_where_their_negation_stands(quote: str, left: str | None) -> None:
    assert cut_negation(quote, Random(1)) == left


def test_the_same_seed_gives_the_same_cases() -> None:
    quotes = true_quotes(SEED, 40)
    assert list(cases_of(quotes, SEED)) == list(cases_of(quotes, SEED))
