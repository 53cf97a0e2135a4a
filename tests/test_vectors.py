"""Vectors: unit rows, the same whatever stands beside them, near for texts of one meaning."""

import numpy as np
import pytest

from koe.sudachi import tokenize
from koe.vectors import DIMENSION, EMBEDDER, WORDS, Floats, embed, embed_tokens

TEXTS = (
    "請求書の金額が合いません",
    "The printer stops halfway",
    "ｻｰﾊﾞｰが落ちた",
    "API連携を使いたい",
    "了解です。",
    "",
)


def cosine(left: str, right: str) -> float:
    rows = embed([left, right])
    return float(rows[0] @ rows[1])


def test_rows_have_length_one_and_nothing_is_zero() -> None:
    rows = embed(TEXTS)
    assert rows.shape == (len(TEXTS), DIMENSION)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), [1, 1, 1, 1, 0, 0], atol=1e-6)
    assert embed([]).shape == (0, DIMENSION)


def test_a_vector_does_not_depend_on_its_neighbours() -> None:
    alone = np.concatenate([embed([text]) for text in TEXTS])
    assert np.array_equal(alone, embed(TEXTS))
    assert np.array_equal(alone[::-1], embed(TEXTS[::-1]))
    assert np.array_equal(embed(TEXTS), embed_tokens([tokenize(text) for text in TEXTS]))


def test_the_word_block_is_empty_where_no_word_is_japanese() -> None:
    rows = embed(["Invoice 4711 is wrong since 3 May", "請求書が違う"])
    assert not rows[0, :WORDS].any()
    assert rows[1, :WORDS].any()


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        pytest.param("値段が高すぎる", "料金の負担が大きい", "画面が固まる", id="other-words"),
        pytest.param("画面がフリーズする", "操作中に固まってしまう", "請求書の宛名", id="loan-word"),
        pytest.param("サーバの不具合", "サーバーの不具合", "担当者の交代", id="spelling"),
        pytest.param("printing keeps failing", "the printer failed again", "a cheaper plan", id="english"),
    ],
)
def test_texts_of_one_meaning_are_nearer(text: str, near: str, far: str) -> None:
    assert cosine(text, near) > cosine(text, far) + 0.1


def test_names_that_were_masked_say_nothing() -> None:
    assert np.array_equal(embed(["[人名-k7q2a]が印刷した"]), embed(["[人名-zzzz2]が印刷した"]))


def test_the_vectors_are_those_that_the_embedder_names() -> None:
    """A change of these numbers is a new embedder: raise the version in EMBEDDER, then write them anew."""
    row: Floats = embed(["在庫の数を棚ごとに見たい"])[0]
    assert EMBEDDER == "chive-ngram/1"
    assert np.allclose([row[0], row[150], row[299], row[:WORDS].sum(), row[WORDS:].sum()], PINNED, atol=1e-4)


PINNED = [0.01787, -0.01037, 0.04464, 0.35908, 0.34641]
