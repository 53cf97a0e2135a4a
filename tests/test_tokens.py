"""Words of mixed text: where they stand, what they are in normal form, which belong together."""

import re
import subprocess
import sys
import threading
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from koe.language.tokens import content_words, index_tokens, terms, tokenize

PIECES = [*"設定を変えﾛガが①Ａb9 c#.'-[]人名電話\n。、🙂é", "ｸﾞｲﾝ", "[人名-k7q2a]", "API"]
WHOLE = re.compile("[wg][0-9a-z\u3005\u3041-\u3096\u30a1-\u30fa\u30fc-\u30fe\u3400-\u9fcc]*")
MIXED = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


def normals(text: str) -> list[str]:
    return [term.normal for term in terms(tokenize(text))]


@given(MIXED)
@settings(max_examples=200, deadline=None)
def test_each_token_stands_where_it_says_and_none_overlap(text: str) -> None:
    tokens = tokenize(text)
    assert all(text[token.start : token.end] == token.surface for token in tokens)
    assert all(left.end <= right.start for left, right in pairwise(tokens))
    for term in terms(tokens):
        assert term.surface == re.sub(r"\s+", " " if " " in term.surface else "", text[term.start : term.end])


def test_one_character_that_stands_for_several_is_whole() -> None:
    text = "㈱青木が㍿へ、ﾊﾞｸﾞ"
    found = [text[token.start : token.end] for token in tokenize(text)]
    assert found == ["㈱", "青木", "が", "㍿", "へ", "、", "ﾊﾞｸﾞ"]


def test_white_space_is_all_that_no_token_covers() -> None:
    text = "設定 を変える。\n The API-key　failed (v2.0)！"
    covered = {n for token in tokenize(text) for n in range(token.start, token.end)}
    assert all(text[n].isspace() for n in range(len(text)) if n not in covered)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        pytest.param("サーバが", "サーバー", id="long-vowel"),
        pytest.param("打合せを", "打ち合わせ", id="okurigana"),
        pytest.param("ﾛｸﾞｲﾝする", "ログイン", id="half-width"),
        pytest.param("ＣＳＶで", "csv", id="full-width"),
        pytest.param("見積りの", "見積もり", id="variant"),
    ],
)
def test_spellings_of_a_word_have_one_normal_form(text: str, word: str) -> None:
    assert tokenize(text)[0].normal == word


@pytest.mark.parametrize("word", ["The", "rate", "limit", "is", "for", "low", "Slack"])
def test_english_words_stay_english_between_japanese_ones(word: str) -> None:
    assert [token.normal for token in tokenize(f"次は{word}です") if token.pos == ("word",)] == [word.lower()]


def test_a_placeholder_is_one_token_and_never_a_word() -> None:
    text = "担当の[人名-k7q2a]さんと[PERSON-abcd2]から[カード]の話"
    hidden = [token.surface for token in tokenize(text) if token.pos == ("placeholder",)]
    assert hidden == ["[人名-k7q2a]", "[PERSON-abcd2]", "[カード]"]
    said = " ".join([*normals(text), *content_words(tokenize(text)), *index_tokens(text)])
    assert not re.search("人名|person|k7q2a|カード|〓", said.lower())


def test_brackets_that_are_no_placeholder_are_words() -> None:
    assert "至急" in content_words(tokenize("[至急] 印刷できません"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("36協定の届け出", {"三六協定", "届け出"}, id="one-dictionary-word"),
        pytest.param("二段階認証を設定画面で", {"設定画面", "設定", "画面"}, id="compound-and-parts"),
        pytest.param("CSVエクスポート", {"csvエクスポート", "csv"}, id="english-with-japanese"),
        pytest.param("CSV エクスポート", {"csvエクスポート", "エクスポート"}, id="a-space-between"),
        pytest.param("再設定と未対応", {"再設定", "未対応"}, id="prefixes"),
        pytest.param("10名プラン", {"10名プラン", "プラン"}, id="number-with-counter"),
        pytest.param("the stock lists", {"stock list", "stock", "list"}, id="english-pair"),
        pytest.param("SSO", {"sso"}, id="acronym"),
    ],
)
def test_nouns_that_stand_together_are_a_term(text: str, found: set[str]) -> None:
    assert found <= set(normals(text))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("それは私のことです", id="pronouns"),
        pytest.param("3か月で500円、24時間", id="numbers"),
        pytest.param("来週の月曜の午後、今月末まで", id="times"),
        pytest.param("お世話になっております。ご確認をお願いいたします", id="greetings"),
        pytest.param("We would have been there last week, thank you", id="english-function-words"),
        pytest.param("田中さんと鈴木様", id="persons"),
    ],
)
def test_what_says_nothing_is_no_term(text: str) -> None:
    assert normals(text) == []


def test_content_words_keep_verbs_and_adjectives_and_drop_the_rest() -> None:
    assert content_words(tokenize("印刷が毎回とても遅くて止まるのです")) == ["印刷", "遅い", "止まる"]
    assert content_words(tokenize("The exports were failing")) == ["export", "fail"]


@given(MIXED)
@settings(max_examples=200, deadline=None)
def test_index_tokens_survive_any_database_tokenizer(text: str) -> None:
    tokens = index_tokens(text)
    assert all(WHOLE.fullmatch(one) for one in tokens)
    assert tokens == index_tokens(text, tokenize(text))


def test_words_and_pairs_of_characters_never_collide() -> None:
    tokens = index_tokens("設定とgと設")
    assert {"w設定", "g設定", "wg"} <= set(tokens)
    assert len(index_tokens("a" * 5_000)[0]) < 100


def test_a_text_longer_than_sudachi_takes_is_cut_between_sentences() -> None:
    sentence = "在庫の数が合わないので、棚卸しをやり直しました。"
    text = sentence * 1_500
    tokens = tokenize(text)
    assert len(tokens) == 1_500 * len(tokenize(sentence))
    assert tokenize("あ" * 60_000)[-1].end == 60_000


def test_threads_tokenize_at_once() -> None:
    expected = tokenize("在庫の数が合わない")
    wrong: list[object] = []

    def work() -> None:
        wrong.extend(x for _ in range(200) if (x := tokenize("在庫の数が合わない")) != expected)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_importing_costs_no_dictionary() -> None:
    code = (
        "import sys, koe.language.tokens\n"
        "print([m for m in ('sudachipy', 'numpy', 'sqlalchemy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
