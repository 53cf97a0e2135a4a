"""In which language a question is answered."""

from datetime import date

import pytest

from koe.ask.question.plans import Setting, planned
from koe.engine.offline import OfflineEngine
from koe.language.text import Language


@pytest.mark.parametrize(
    ("question", "own", "answered"),
    [
        pytest.param("SSO", "ja", "ja", id="a name in a Japanese workspace"),
        pytest.param("SSO", "en", "en", id="a name in an English workspace"),
        pytest.param("Google Drive?", "ja", "ja", id="two names"),
        pytest.param("???", "ja", "ja", id="no letter"),
        pytest.param("Who asks for SSO?", "ja", "en", id="an English sentence"),
        pytest.param("解約", "en", "ja", id="a Japanese word"),
        pytest.param("SSOは?", "en", "ja", id="a name in Japanese"),
    ],
)
def test_a_question_that_is_no_sentence_is_answered_in_the_workspaces_language(
    question: str, own: Language, answered: Language
) -> None:
    query = planned(OfflineEngine(), question, Setting(date(2026, 11, 9), own, ()))
    assert query.language == answered
