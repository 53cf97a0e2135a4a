"""Plain questions of somebody new: the kind they are about, and no word left to look for."""

import pytest

from koe.engine.offline import OfflineEngine
from koe.records import FindingKind

K = FindingKind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        pytest.param("What hurts customers most?", K.COMPLAINT, id="hurts"),
        pytest.param("What are the pain points?", K.COMPLAINT, id="pain points"),
        pytest.param("What do people struggle with?", K.COMPLAINT, id="struggles"),
        pytest.param("What trouble do users have?", K.COMPLAINT, id="trouble"),
        pytest.param("困ったことは?", K.COMPLAINT, id="was in trouble"),
        pytest.param("お客様はどんなことに困ってますか", K.COMPLAINT, id="is in trouble"),
        pytest.param("困っていることは何?", K.COMPLAINT, id="troubles"),
        pytest.param("お困りごとを教えて", K.COMPLAINT, id="politely"),
        pytest.param("FAQ候補を5つ", K.QUESTION, id="FAQ in Japanese"),
        pytest.param("Top 5 FAQ candidates", K.QUESTION, id="FAQ candidates"),
        pytest.param("失注した商談で一番多い理由は?", K.OBJECTION, id="reasons of lost deals"),
        pytest.param("受注した商談の理由を見せて", K.BUYING_REASON, id="reasons of won deals"),
        pytest.param("Give me the three biggest complaints", K.COMPLAINT, id="give me"),
        pytest.param("What do customers like about us?", K.PRAISE, id="like"),
        pytest.param("最近の良い評価は?", K.PRAISE, id="good marks"),
        pytest.param("受注につながった理由ベスト3", K.BUYING_REASON, id="what led to a deal"),
        pytest.param("What annoys our customers?", K.COMPLAINT, id="annoys"),
        pytest.param("What are the biggest complaints?", K.COMPLAINT, id="biggest"),
        pytest.param("What features do customers ask for?", K.FEATURE_REQUEST, id="features asked for"),
        pytest.param("Which features are requested most?", K.FEATURE_REQUEST, id="features requested"),
        pytest.param("What do customers ask most?", K.QUESTION, id="asked"),
        pytest.param("What do customers ask us about?", K.QUESTION, id="asked about"),
    ],
)
def test_a_plain_question_names_a_kind_and_nothing_else(question: str, kind: FindingKind) -> None:
    query = OfflineEngine().plan(question, (), "2026-11-09")
    assert (query.kinds, query.words) == ((kind,), ())


def test_a_feature_that_is_broken_is_no_request() -> None:
    assert OfflineEngine().plan("Which features are broken?", (), "2026-11-09").kinds == ()


@pytest.mark.parametrize(
    ("question", "top"),
    [
        pytest.param("FAQ候補を5つ", 5, id="five of them"),
        pytest.param("困った点を3つ挙げて", 3, id="name three"),
        pytest.param("the three biggest complaints", 3, id="three biggest"),
        pytest.param("3つの店舗で困ったことは?", None, id="three shops"),
    ],
)
def test_how_many_are_asked_for_in_other_words(question: str, top: int | None) -> None:
    assert OfflineEngine().plan(question, (), "2026-11-09").top == top


@pytest.mark.parametrize(
    ("question", "beyond"),
    [
        pytest.param("What problems do users have?", False, id="what they have"),
        pytest.param("How many employees do they have?", True, id="how many there are"),
    ],
)
def test_what_people_have_is_no_statistic(question: str, beyond: bool) -> None:
    assert OfflineEngine().plan(question, (), "2026-11-09").beyond == beyond
