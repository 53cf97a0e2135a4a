"""Find learns from masks that are kept, so that the mask can be mended without teaching find again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from training import kept_masks
from training.kept_masks import digest_of, kept_digest, kept_mask, training_texts
from training.masked import mask_live

APART = 0.1
"""Of texts that either masks, the share that may be masked otherwise today than when find was taught."""


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return training_texts()


def test_the_masks_kept_are_of_the_texts_that_find_is_taught_on(texts: list[str]) -> None:
    assert digest_of(texts) == kept_digest(), "write them anew: python -m training.kept_masks"


def test_other_texts_are_told_apart(texts: list[str]) -> None:
    assert digest_of([*texts, "one more"]) != kept_digest()


def test_find_was_taught_on_texts_masked_nearly_as_they_are_today(texts: list[str]) -> None:
    some = texts[::10]
    masked = [text for text in some if kept_mask(text).spans]
    other = [text for text in some if kept_mask(text) != mask_live(text)]
    assert len(masked) > 400
    assert len(other) <= APART * len(masked), other[:20]


@pytest.fixture
def kept_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    path = tmp_path / "masks.jsonl"
    monkeypatch.setattr(kept_masks, "KEPT", path)
    kept_masks._spans.cache_clear()
    yield path
    kept_masks._spans.cache_clear()


def test_written_and_read_again_a_text_is_masked_as_it_was(
    kept_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = ["山田さんに電話090-1234-5678をかけた。", "Ms. Harper: call 01632 960123!", "nobody"]
    monkeypatch.setattr(kept_masks, "training_texts", lambda: said)
    kept_masks.main()
    assert len(kept_in.read_text("utf-8").splitlines()) == 3
    assert [kept_mask(text) for text in said] == [mask_live(text) for text in said]
    assert [len(kept_mask(text).spans) for text in said] == [2, 2, 0]
    assert kept_digest() == digest_of(said)
