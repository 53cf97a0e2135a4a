"""What find is trained on: written turns stand in no fold, joined ones keep their labels."""

import json

import pytest

from koe.language.text import Language
from koe.records import FindingKind
from training.rows import FOLDS, HERE, KINDS, SAID, SAYINGS, WRITTEN, fold_of, load_rows, rejoined, said_rows
from training.sayings import HELD, load_matters


@pytest.mark.parametrize("language", ["ja", "en"])
def test_written_turns_are_never_held_out_and_share_no_trade_with_those_that_are(language: Language) -> None:
    rows = load_rows(language)
    folds = fold_of(rows)
    written = {row.trade for row in rows if row.id.startswith(WRITTEN)}
    held = {row.trade for row, fold in zip(rows, folds, strict=True) if fold >= 0}
    assert len(written) > 60 and not written & held and set(folds) == {-1, *range(FOLDS)}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_quote_of_a_written_turn_stands_once_in_it(language: Language) -> None:
    lines = (HERE / f"{WRITTEN}_{language}.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert all(row["text"].count(item["quote"]) == 1 for row in rows for item in row["findings"])
    assert len({row["text"] for row in rows}) == len(rows) == len({row["id"] for row in rows})


def test_turns_joined_anew_differ_by_seed_and_lose_no_label() -> None:
    rows = load_rows("en")
    labelled = sum(len(row.labels) for row in rows)
    first, second = rejoined(rows, "en", 0), rejoined(rows, "en", 1)
    assert sum(len(row.labels) for row in first) == labelled == sum(len(row.labels) for row in second)
    assert first == rejoined(rows, "en", 0) and first != second
    before = {row.text[label.start : label.end] for row in rows for label in row.labels}
    assert {row.text[label.start : label.end] for row in first for label in row.labels} == before


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_few_sayings_of_each_matter_are_taught_with_its_kind_and_none_that_is_kept(
    language: Language,
) -> None:
    matters = {(one.file, one.trade, one.slug, one.kind): one for one in load_matters(language)}
    said = {(one.text, one.quote) for matter in matters.values() for one in matter.sayings}
    rows = said_rows(language)
    assert said >= {(row.text, row.text[a:b]) for row in rows for _, a, b in row.labels}
    taught = [one for one in matters.values() if one.file not in HELD[language]]
    most = {FindingKind.PRAISE: 100}
    assert len(rows) == sum(min(most.get(one.kind, SAYINGS), len(one.sayings)) for one in taught) > 8000
    kinds = {row.id.split(":")[0]: KINDS[row.labels[0].kind] for row in rows}
    assert all(kinds.get(f"{SAID} {one.file}/{one.trade}/{one.slug}") == one.kind for one in taught)
    assert {row.id for row in rows} <= {row.id for row in load_rows(language)}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_sayings_are_held_out_of_no_fold_as_they_share_no_trade_with_single_turns(language: Language) -> None:
    rows = load_rows(language)
    folds = {fold for row, fold in zip(rows, fold_of(rows), strict=True) if row.id.startswith(SAID)}
    assert folds == {-1}
