"""The sense of a text: sayings of one matter lie near, each is read by itself, and any text can be read."""

import random
import subprocess
import sys

import numpy as np
import pytest

from koe.language.text import Language
from koe.themes.sense import FILES, SENSE, load_reader, sense_of, word_of
from koe.themes.sense import _read as read

MATTERS: dict[Language, list[tuple[str, str]]] = {
    "en": [
        ("The kiln takes all morning to heat up.", "we wait four hours before it's hot enough to fire"),
        ("Your invoice has our old address on it.", "the bill was posted to where we used to be"),
        ("Can I add a second user to my account?", "how do i let my colleague sign in as well"),
        ("It costs more than we can spend.", "the price is out of our budget"),
    ],
    "ja": [
        ("窯が温まるまで午前中いっぱいかかります。", "四時間待たないと焼ける温度にならない"),
        ("請求書の住所が前のままです。", "引っ越す前の所在地で請求が届きました"),
        ("利用者をもう一人増やすには?", "同僚にもログインさせたいときはどうすればいいですか"),
        ("うちの予算では高すぎます。", "ちょっと値段が出せる額を超えてるんですよね"),
    ],
}  # fmt: skip


@pytest.mark.parametrize("language", ["ja", "en"])
def test_two_sayings_of_one_matter_are_nearer_than_those_of_two(language: Language) -> None:
    one, other = (sense_of(list(some), language) for some in zip(*MATTERS[language], strict=True))
    links = one @ other.T
    assert links.argmax(axis=1).tolist() == links.argmax(axis=0).tolist() == list(range(len(links)))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_text_is_read_the_same_alone_and_among_others(language: Language) -> None:
    texts = [text for pair in MATTERS[language] for text in pair] * 2
    random.Random(3).shuffle(texts)
    among = sense_of(texts, language)
    read.cache_clear()
    alone = np.vstack([sense_of([text], language) for text in texts])
    assert np.array_equal(among, alone)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("words " * 500 + "言葉" * 500, id="a long one"),
        pytest.param("☂ \ud800 naïve Ünïcödé", id="letters nobody knows"),
        pytest.param("鬱蒼 qwxzv 齟齬", id="words nobody taught"),
        pytest.param("12:30 #4711", id="numbers"),
    ],
)
def test_any_text_has_a_sense_of_length_one(language: Language, text: str) -> None:
    (row,) = sense_of([text], language)
    assert row.shape == (SENSE,) and row.dtype == np.float32
    assert np.linalg.norm(row) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        pytest.param("ja", "[人名-{}]さんに頼んだ窯がまだ温まりません", id="ja"),
        pytest.param("en", "[PERSON-{}] says the kiln is still cold", id="en"),
    ],
)
def test_whose_pseudonym_stands_in_a_text_changes_nothing(language: Language, text: str) -> None:
    one, other = sense_of([text.format("k7q2a"), text.format("zzmx4")], language)
    assert np.array_equal(one, other)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_nothing_has_no_sense(language: Language) -> None:
    assert not sense_of(["", "  \n"], language).any()
    assert sense_of([], language).shape == (0, SENSE)


def test_a_japanese_word_that_was_never_taught_means_what_chive_knows_of_it() -> None:
    names = load_reader("ja").pieces.numbers
    untaught = [word for word in ("陶芸", "焼成", "釉薬", "素焼き", "窯元") if f"{word}\t名詞" not in names]
    assert len(untaught) >= 2
    near, far = (
        sense_of([f"{word}が割れる" for word in untaught[:2]], "ja"),
        sense_of(["送料が高い"], "ja")[0],
    )
    assert near[0] @ near[1] > near[0] @ far


def test_a_word_is_known_by_its_normal_form_and_its_part_of_speech() -> None:
    word = word_of("走っ", "走る", ("動詞", "一般"))
    assert (word.name, word.normal, word.surface) == ("走る\t動詞", "走る", "走っ")


def test_the_files_stay_small() -> None:
    assert all(0 < path.stat().st_size < 10_000_000 for path in FILES.values())


def test_the_runtime_is_loaded_when_the_first_text_is_read_and_not_before() -> None:
    code = "import sys, koe.themes.sense; print('onnxruntime' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
