"""Vectors: unit rows, the same whatever stands beside them, near for texts of one meaning."""

import numpy as np
import pytest

from koe.language.sudachi import tokenize
from koe.language.vectors import (
    DIMENSION,
    EMBEDDER,
    ENGLISH,
    NGRAMS,
    WORDS,
    Floats,
    embed,
    embed_tokens,
    english_vector,
    word_vector,
)

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


def test_a_text_has_the_word_vectors_of_one_language() -> None:
    rows = embed(["Invoice 4711 is wrong since 3 May", "請求書が違う", "APIのキーが切れる"])
    english = rows[:, WORDS : WORDS + ENGLISH]
    assert [bool(block.any()) for block in rows[:, :WORDS]] == [False, True, True]
    assert [bool(block.any()) for block in english] == [True, False, False]


@pytest.mark.parametrize(
    ("word", "family"),
    [
        pytest.param("切れる", "切る", id="切れる"),
        pytest.param("繋がる", "繋ぐ", id="繋がる"),
        pytest.param("減らす", "減る", id="減らす"),
        pytest.param("合わせる", "合う", id="合わせる"),
    ],
)
def test_a_verb_without_a_vector_takes_that_of_its_family(word: str, family: str) -> None:
    assert np.array_equal(word_vector(word), word_vector(family))


def test_a_compound_without_a_vector_takes_those_of_its_parts() -> None:
    whole, parts = word_vector("会計ソフト"), [word_vector("会計"), word_vector("ソフト")]
    assert whole is not None
    assert min(float(whole @ part) for part in parts if part is not None) > 0.5


@pytest.mark.parametrize("word", ["いまごろ", "ぬるぽ", "", "\ud800", "々"])
def test_a_japanese_word_that_nobody_knows_says_nothing_or_its_own(word: str) -> None:
    found = word_vector(word)
    assert found is None or np.isclose(np.linalg.norm(found), 1)


def test_an_english_word_is_known_by_itself_or_by_its_pieces() -> None:
    the, invoice, made_up = (english_vector(word) for word in ("the", "Invoice", "invoicetastic"))
    assert the is not None and invoice is not None and made_up is not None
    assert np.array_equal(english_vector("invoice"), invoice)
    assert np.linalg.norm(the) < np.linalg.norm(invoice) / 3
    assert float(made_up @ invoice) > 0
    assert np.array_equal(english_vector("café"), english_vector("cafe"))
    assert english_vector("—") is None and english_vector("") is None and english_vector("請求") is None


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        pytest.param("値段が高すぎる", "料金の負担が大きい", "画面が固まる", id="other-words"),
        pytest.param("画面がフリーズする", "操作中に固まってしまう", "請求書の宛名", id="loan-word"),
        pytest.param("サーバの不具合", "サーバーの不具合", "担当者の交代", id="spelling"),
        pytest.param("printing keeps failing", "the printer failed again", "a cheaper plan", id="english"),
        pytest.param("it is far too expensive", "the price is high", "it loads slowly", id="english-words"),
        pytest.param("the app freezes", "it crashed on my phone", "we need another seat", id="english-verbs"),
    ],
)
def test_texts_of_one_meaning_are_nearer(text: str, near: str, far: str) -> None:
    assert cosine(text, near) > cosine(text, far) + 0.1


def test_names_that_were_masked_say_nothing() -> None:
    assert np.array_equal(embed(["[人名-k7q2a]が印刷した"]), embed(["[人名-zzzz2]が印刷した"]))


@pytest.mark.parametrize(
    ("text", "pinned"),
    [
        pytest.param("在庫の数を棚ごとに見たい", [0.01787, 0.07746, 0.34641, 0.70549], id="ja"),
        pytest.param("Show stock by shelf, please", [-0.07845, -0.00194, -0.42687, -0.23724], id="en"),
    ],
)
def test_the_vectors_are_those_that_the_embedder_names(text: str, pinned: list[float]) -> None:
    """A change of these numbers is a new embedder: raise the version in EMBEDDER, then write them anew."""
    row: Floats = embed([text])[0]
    at = 0 if row[:WORDS].any() else WORDS
    assert EMBEDDER == "chive-minilm-ngram/2"
    assert np.allclose([row[at], row[at + 50], row[-NGRAMS:].sum(), row.sum()], pinned, atol=1e-4)
