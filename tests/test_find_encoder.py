"""The encoder of find: one turn at a time, pieces that cover every word, read only where it may matter."""

import random
import subprocess
import sys
from math import erf, sqrt

import numpy as np
import pytest

from koe.engine.offline.find import encoder
from koe.engine.offline.find.context import ALONE, Context, context_of
from koe.engine.offline.find.encoder import ENCODER, load_encoder, log_chances, read_closely
from koe.engine.offline.find.features import flags, lay_out
from koe.engine.offline.find.model import chances, load_weights
from koe.engine.offline.find.pieces import LONGEST, WINDOW, cut_text
from koe.engine.offline.find.reading import find
from koe.language.encoder_graph import HEADS, session_of
from koe.language.pieces import make_pieces
from koe.records import MaskedConversation, MaskedTurn

FREEZES = "The list freezes whenever I press save, so I lose the whole morning's entries."
TEXTS = [
    FREEZES,
    "um so we're thirty people and the price is a bit much",
    "...",
    "Your colleague was patient with us. How do I print it?\n\nKind regards, Ann",
    "\ud800 ☂ 画面が固まります naïve café",
]
IN_A_SALE = Context(True, True, "What worries you about it?")


def told(texts: list[str], context: Context) -> list[np.ndarray]:
    batch = lay_out(texts, [context] * len(texts))
    seen = flags(batch, "en")
    return [log_chances(batch, n, seen, load_encoder()) for n in sorted(set(batch.text.tolist()))]


def call(*turns: tuple[str, str], outcome: str | None = None) -> MaskedConversation:
    said = tuple(MaskedTurn(n=n, role=role, text=text) for n, (role, text) in enumerate(turns))
    day = "2026-01-05T09:00:00+09:00"
    return MaskedConversation(
        id="c1",
        external_id="c1",
        kind="call",
        account="a",
        created_at=day,
        title="",
        turns=said,
        outcome=outcome,
    )


def test_a_turn_is_read_the_same_alone_and_among_others() -> None:
    texts = TEXTS * 3
    random.Random(4).shuffle(texts)
    alone = [one for text in texts for one in told([text], IN_A_SALE)]
    among = told(texts, IN_A_SALE)
    assert len(alone) == len(among)
    assert all(np.array_equal(a, b) for a, b in zip(alone, among, strict=True))


def test_chances_are_chances_and_an_order_changes_no_byte() -> None:
    weights = load_weights()["en"]
    around = [ALONE[0], IN_A_SALE, *ALONE, Context(False, False, "Anything else?")]
    made = chances(lay_out(TEXTS, around), "en", weights)
    assert made.sum(axis=1) == pytest.approx(1, abs=1e-6)
    turned = list(zip(TEXTS, around, strict=True))[::-1]
    batch = lay_out([text for text, _ in turned], [one for _, one in turned])
    back = chances(batch, "en", weights)
    blocks = [back[batch.text == n] for n in range(len(TEXTS))][::-1]
    assert np.array_equal(np.concatenate(blocks), made)


def test_a_plain_complaint_is_found_and_small_talk_is_not() -> None:
    result = find(
        [call(("agent", "How is it going?"), ("customer", FREEZES), ("customer", "Lovely weather."))]
    )
    assert [(one.turn, str(one.kind)) for one in result[0].proposals] == [(1, "complaint")]


def test_what_stands_around_a_turn_is_heard() -> None:
    text = ["the tablets in the cold store"]
    asked = told(text, IN_A_SALE)[0]
    assert not np.array_equal(asked, told(text, Context(True, True, "What time suits you on Friday?"))[0])
    assert not np.array_equal(asked, told(text, IN_A_SALE._replace(is_sale=False))[0])


def test_only_the_agents_last_words_before_a_turn_stand_around_it() -> None:
    talk = call(
        ("agent", "x" * 500 + "What worries you?"), ("customer", "a"), ("customer", "b"), ("customer", "c"),
        outcome="open",
    )  # fmt: skip
    around = [context_of(talk, place) for place in range(4)]
    assert [one.agent[-17:] for one in around] == ["", "What worries you?", "What worries you?", ""]
    assert all(len(one.agent) <= 120 and one.is_sale for one in around)


def test_what_the_cheap_model_sees_nothing_in_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = lay_out(TEXTS, [ALONE[0]] * len(TEXTS))
    chance = np.zeros((len(batch.text), 7))
    chance[:, 0] = 1
    seen = flags(batch, "en")
    monkeypatch.setattr(encoder, "log_chances", lambda *_: pytest.fail("was read"))
    assert np.array_equal(read_closely(batch, seen, chance), chance)


def test_japanese_turns_never_load_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "load_encoder", lambda: pytest.fail("was loaded"))
    assert find([call(("customer", "保存を押すと画面が固まります。毎朝のことで困っています。"))])[0].proposals


def test_reading_imports_no_torch() -> None:
    code = "import sys, koe.engine.offline.find.encoder as e; e.load_encoder(); print('torch' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"


def test_the_file_is_small_and_holds_whole_numbers() -> None:
    assert ENCODER.stat().st_size < 10_000_000
    with np.load(ENCODER) as file:
        wide = {name: file[name].dtype for name in file.files if file[name].ndim == 2}
    assert {name for name, kind in wide.items() if kind != np.int8} == {"place", "side"}


def test_words_are_cut_into_the_longest_known_pieces() -> None:
    pieces = make_pieces(["[UNK]", "cafe", "##s", "un", "##do", "u", "##n", "!", "_"])
    assert pieces.of("Cafés undo! UN_☂") == [1, 2, 3, 4, 7, 3, 8, 0]
    assert pieces.of("") == [] and pieces.of("u" + "n" * 99) == [3, *[6] * 98] and pieces.of("u" * 101) == [0]


@pytest.mark.parametrize("words", [1, 50, 300, 3000])
def test_every_clause_has_its_pieces_in_some_window(words: int) -> None:
    text = "so the list was wrong again, " * words
    batch = lay_out([text], [IN_A_SALE])
    cut = cut_text(batch, 0, load_encoder().pieces)
    assert len(cut.starts) == len(batch.clause_starts)
    own = [len(window) - ahead - 1 for window, ahead in zip(cut.windows, cut.ahead, strict=True)]
    assert sum(own) == cut.ends[-1] and max(own) <= WINDOW
    assert all(0 < end - start <= LONGEST for start, end in zip(cut.starts, cut.ends, strict=True))
    assert max(map(len, cut.windows)) <= len(load_encoder().tables["place"])


def test_a_text_of_one_endless_word_is_read() -> None:
    assert np.isfinite(told(["a" * 20_000, "☂" * 3000, "-" * 3000], IN_A_SALE)[0]).all()


def floats(arrays: dict[str, np.ndarray], x: np.ndarray) -> np.ndarray:
    """One layer of the graph in floats."""

    def dense(name: str, rows: np.ndarray) -> np.ndarray:
        return rows @ (arrays[name] * arrays[name + ":scale"]) + arrays[name + ":bias"]

    def norm(name: str, rows: np.ndarray) -> np.ndarray:
        away = rows - rows.mean(axis=1, keepdims=True)
        return away / away.std(axis=1, keepdims=True) * arrays[name] + arrays[name + ":bias"]

    query, key, value = dense("0.asked", x).reshape(len(x), 3, HEADS, -1).transpose(1, 2, 0, 3)
    shares = np.exp(query @ key.transpose(0, 2, 1) / np.sqrt(query.shape[-1]))
    taken = (shares / shares.sum(axis=-1, keepdims=True)) @ value
    x = norm("0.norm1", x + dense("0.heard", taken.transpose(1, 0, 2).reshape(x.shape)))
    inner = np.vectorize(lambda one: one * 0.5 * (1 + erf(one / sqrt(2))))(dense("0.inner", x))
    return norm("0.norm2", x + dense("0.outer", inner))


def test_the_graph_is_a_layer_of_an_encoder() -> None:
    draw = np.random.default_rng(1)
    wide, sizes = 4 * HEADS, {"asked": (48, 144), "heard": (48, 48), "inner": (48, 96), "outer": (96, 48)}
    arrays: dict[str, np.ndarray] = {}
    for name, size in sizes.items():
        arrays[f"0.{name}"] = draw.integers(-15, 16, size).astype(np.int8)
        arrays[f"0.{name}:scale"] = draw.uniform(0.01, 0.02, size[1]).astype(np.float32)
        arrays[f"0.{name}:bias"] = draw.normal(0, 0.1, size[1]).astype(np.float32)
    for name in ("0.norm1", "0.norm2"):
        arrays[name] = draw.uniform(0.5, 1.5, wide).astype(np.float32)
        arrays[name + ":bias"] = draw.normal(0, 0.1, wide).astype(np.float32)
    hear = session_of(arrays, 1)
    for rows in (1, 2, 37):
        x = draw.normal(0, 1, (rows, wide)).astype(np.float32)
        assert hear(x) == pytest.approx(floats(arrays, x), abs=0.1)
        assert np.array_equal(hear(x), hear(x.copy()))
