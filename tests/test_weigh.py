"""How passages are weighed: chances, and how many conversations an answer is made of."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from koe.ask.matching.evidence import SIGNS, Evidence
from koe.ask.matching.weigh import (
    BEST,
    ENOUGH,
    NOTHING,
    SAID,
    SUPPORT,
    Line,
    chance_said,
    chances,
    choose,
    load_lines,
    supported,
    telling,
)
from koe.ask.rows.select import Row
from koe.language.text import Language
from koe.records import FindingKind
from koe.themes.likeness import DIMENSION, MARKS

CHANCES = st.dictionaries(st.text("abcdef", min_size=1, max_size=4), st.floats(0.001, 0.999), max_size=12)


def finding(id: str, theme: str | None) -> Row:
    place = {"turn": 0, "start": 0, "end": 4, "severity": 1, "deal": None, "outcome": None}
    words = {"statement": "遅い", "quote": "遅いです", "kind": FindingKind.COMPLAINT}
    who = {"account": "A", "account_name": "A", "created_at": "2026-09-01T00:00:00Z"}
    ids = {"id": id, "ledger_id": id, "conversation": id, "counted_as": id, "conversation_kind": "ticket"}
    return Row(**ids, **who, **words, **place, theme=theme)


def evidence(themes: list[str | None]) -> Evidence:
    """A passage for each theme, all about the same thing; None has no finding."""
    likeness = np.zeros((len(themes), DIMENSION), np.float32)
    likeness[[n for n, theme in enumerate(themes) if theme], MARKS] = 1
    found = [finding(f"f{n}", theme) if theme else None for n, theme in enumerate(themes)]
    signs = np.zeros((len(themes), len(SIGNS)))
    signs[:, 0] = np.linspace(1, 0, len(themes))
    return Evidence(list(range(len(themes))), found, signs, likeness, "ja", np.array([0.5, 0.75, 0.25]))


def lines() -> dict[str, Line]:
    """What is said first counts alone, then what its theme says, too."""
    first = Line((2.0, *[0.0] * (len(SIGNS) - 1)), -1.0)
    second = Line((2.0, *[0.0] * (len(SIGNS) - 1), 0, 0, 3.0, *[0.0] * (len(SUPPORT) - 3)), -1.0)
    said = Line((1.0, *[0.0] * (BEST - 1 + len(SIGNS) + 3)), 0.0)
    return {"first": first, "second": second, "said": said}


def test_nobody_is_named_where_not_even_the_likeliest_is_likely() -> None:
    assert choose({}) == []
    assert choose({"a": ENOUGH - 0.01, "b": 0.1}) == []


def test_a_matter_is_said_where_the_likeliest_conversation_is_likely() -> None:
    assert chance_said(evidence(["t", "t", "u"]), ["A", "B", "C"], lines()) >= SAID
    assert chance_said(evidence([None]), ["A"], lines() | _low()) < SAID


def test_who_says_all_of_a_questions_words_speaks_of_it_whatever_the_weights_say() -> None:
    said = evidence([None])
    said.signs[0, SIGNS.index("same")] = 1.0
    assert chance_said(said, ["A"], lines() | _low()) == 1.0


def _low() -> dict[str, Line]:
    return {"second": Line([0.0] * (len(SIGNS) + len(SUPPORT)), -3.0)}


def test_what_tells_of_a_matter_is_of_conversations_not_of_their_many_passages() -> None:
    three = telling(evidence(["t", "t", "u"]), ["A", "A", "A"], lines())
    assert three[1] == three[2] == NOTHING
    assert three[0] > NOTHING
    assert three[-3:].tolist() == [0.5, 0.75, 0.25]
    assert len(three) == len(lines()["said"].weights)


def test_who_is_likely_enough_is_named() -> None:
    assert choose({"b": 0.9, "a": 0.9, "c": ENOUGH, "d": ENOUGH - 0.01}) == ["a", "b", "c"]
    assert choose({"c": 0.35}) == ["c"]


@given(CHANCES)
def test_who_is_named_is_likelier_than_who_is_not(chance: dict[str, float]) -> None:
    taken = choose(chance)
    left = [chance[id] for id in chance if id not in taken]
    assert not taken or max(left, default=0.0) <= min(chance[id] for id in taken)


@given(CHANCES)
def test_the_order_in_which_they_come_changes_nothing(chance: dict[str, float]) -> None:
    assert choose(chance) == choose(dict(reversed(list(chance.items()))))


def test_what_others_of_its_theme_say_makes_a_passage_likelier() -> None:
    told = chances(evidence(["t", "t", "u"]), ["A", "B", "C"], lines())
    alone = chances(evidence(["t", "v", "u"]), ["A", "B", "C"], lines())
    assert told[1] > alone[1]
    assert told[2] == pytest.approx(alone[2])


def test_a_conversation_does_not_speak_for_itself() -> None:
    same = supported(evidence(["t", "t"]), ["A", "A"], np.array([2.0, 1.0]))
    apart = supported(evidence(["t", "t"]), ["A", "B"], np.array([2.0, 1.0]))
    mean = SUPPORT.index("theme_mean")
    assert same[:, mean].tolist() == [0.0, 0.0]
    assert (apart[:, mean] > 0).all()


def test_a_passage_without_a_finding_has_no_support() -> None:
    found = supported(evidence(["t", "t", None]), ["A", "B", "C"], np.array([2.0, 1.0, 1.0]))
    assert not found[2, SUPPORT.index("theme_mean") :].any()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_weights_that_ship_have_one_for_each_sign(language: Language) -> None:
    many = chances(evidence(["t", None, "u"]), ["A", "B", "C"], load_lines(language))
    assert many.shape == (3,)
    assert ((many > 0) & (many < 1)).all()
    assert 0 < chance_said(evidence(["t"]), ["A"], load_lines(language)) < 1
