"""Plain questions of somebody new: the kind they are about, and no word left to look for."""

import pytest

from koe.engine.offline import OfflineEngine
from koe.records import FindingKind

K = FindingKind


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        pytest.param("What hurts customers most?", K.COMPLAINT, id="hurts"),
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
