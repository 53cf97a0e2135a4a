"""The net of find: whole numbers, no turn depends on another, gaps say nothing."""

import random

import numpy as np
import pytest

from koe.engine.offline.find import net as find_net
from koe.engine.offline.find.context import ALONE
from koe.engine.offline.find.features import flags, lay_out, words_of
from koe.engine.offline.find.model import load_weights
from koe.engine.offline.find.net import log_chances, mixed
from koe.engine.offline.find.tokens import GAP, japanese_vector, lay_tokens, traits_of
from koe.language.text import Language

TEXTS: dict[Language, list[str]] = {
    "ja": [
        "保存を押すと画面が固まります。\n\n一覧を印刷する方法を教えてください。",
        "えーと うちは三十人おりまして 値段がちょっと",
        "。",
        "担当の方が親切で、助かりました。ただ、通知が来ないことがあります。",
    ],
    "en": [
        "The list freezes when I press save.\n\nHow do I print it?",
        "um so we're thirty people and the price is a bit much",
        "...",
        "Your colleague was patient with us, but the alerts never arrive.",
    ],
}


def told(texts: list[str], language: Language, net: find_net.Arrays) -> np.ndarray:
    batch = lay_out(texts, [ALONE[0]] * len(texts))
    laid = lay_tokens(batch, words_of(batch))
    return log_chances(batch, laid, flags(batch, language), net)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_turn_is_read_the_same_alone_and_among_others(language: Language) -> None:
    net = load_weights()[language].nets[0]
    texts = TEXTS[language] * 3
    random.Random(4).shuffle(texts)
    alone = [told([text], language, net) for text in texts if any(map(str.isalnum, text))]
    assert np.array_equal(np.concatenate(alone).round(12), told(texts, language, net).round(12))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_words_met_before_change_nothing(language: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    net = load_weights()[language].nets[0]
    first = told(TEXTS[language], language, net)
    monkeypatch.setattr(find_net, "_met", {})
    monkeypatch.setattr(find_net, "_KNOWN", 3)
    assert np.array_equal(told(TEXTS[language], language, net), first)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_sum_leaves_what_a_float_holds_exactly(language: Language) -> None:
    for net in load_weights()[language].nets:
        for n in range(len(find_net.REACHES)):
            largest = np.abs(net[f"hear{n}"].astype(np.int64)).sum(axis=(0, 1)).max() * find_net.MOST
            assert largest < 2**24


def test_texts_and_paragraphs_stand_apart_and_clauses_hold_their_words() -> None:
    batch = lay_out(TEXTS["ja"], [ALONE[0], ALONE[1], *ALONE[:1] * 2])
    words = words_of(batch)
    laid = lay_tokens(batch, words)
    said = [
        "".join(token.surface for token in laid.tokens[a:e] if token)
        for a, e in zip(laid.starts, laid.ends, strict=True)
    ]
    assert said[0] == "保存を押すと画面が固まります。"
    assert all(token is None for token in laid.tokens[:GAP] + laid.tokens[-GAP:])
    assert {1, 2} <= set(laid.calls.tolist()) and len(laid.tokens) == len(laid.calls) == len(laid.borders)


def test_a_word_is_the_same_rows_on_every_machine() -> None:
    traits = traits_of(("固まる", "固まる", ("動詞", "一般", "*", "*", "五段-ラ行", "終止形-一般")))
    assert (traits.word, traits.pos, traits.inflection) == (2537, 63, 83)
    assert traits.grams == tuple(sorted(traits.grams)) and len(traits.grams) <= 12


def test_mixed_chances_are_one_in_sum_and_between_their_parts() -> None:
    parts = [np.log([[0.8, 0.2]]), np.log([[0.4, 0.6]])]
    one = mixed(parts, [0.5, 0.5])
    assert abs(one.sum() - 1) < 1e-6 and 0.4 < one[0, 0] < 0.8


def test_the_word_vectors_are_those_it_was_taught_with() -> None:
    words = ("固まる", "請求書", "引っ掛かる", "待たせる")
    vectors = [japanese_vector(word, word) for word in words]
    told = [(int(np.abs(v).sum()), int(v[:7].sum())) for v in vectors if v is not None]
    assert told == [(5580, -47), (5455, -79), (5476, -27), (5518, -112)], "other vectors: train find anew"
