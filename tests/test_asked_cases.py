"""Questions over made-up companies ask for what the companies' data can tell."""

import pytest

from eval.asked_cases import LANGUAGES, companies
from eval.asked_company import STOCK
from koe.language.text import Language

ANSWERS = ("we tell", "do we answer", "何と答え", "どう答え", "どう案内")
MORE = ("Who asked", "How do people ask")
"""Begin questions of which a part has an answer."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_agents_answered_is_no_answer_where_they_say_stock_sentences(language: Language) -> None:
    asked = 0
    for _, made, cases in companies(language):
        said = {turn["text"] for one in made.records.values() for turn in one["turns"]}
        agents = {
            turn["text"]
            for one in made.records.values()
            for turn in one["turns"]
            if turn["speaker"] == "agent"
        }
        assert said > agents
        assert agents <= STOCK[language]
        about = [one for one in cases if any(words in one.question for words in ANSWERS)]
        assert all(one.supporting is None or one.question.startswith(MORE) for one in about)
        asked += len(about)
    assert asked == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_question_wants_a_reply_and_what_supports_is_there(language: Language) -> None:
    for _, made, cases in companies(language):
        for case in cases:
            assert not any(name.startswith("reply.") for name in case.facts), case.question
            assert (case.supporting or frozenset()) <= made.records.keys()
