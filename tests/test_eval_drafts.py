"""Drafts in words that are not koe's: what of them is said of a week, and that the guard lets it pass."""

from functools import cache

import pytest

from eval.corrupt import Case
from eval.drafts import drafts_of
from eval.guard_cases import cases_of
from koe.engine.base import Draft
from koe.guard import check
from koe.language.text import Language


@cache
def weeks() -> list[Case]:
    return [case for case in cases_of(31, quick=True) if case.facts]


@pytest.mark.parametrize("language", ["ja", "en"])
def test_free_wording_that_is_right_is_let_pass(language: Language) -> None:
    seen = 0
    for case in weeks():
        for told in drafts_of(case.facts, language) if case.facts and case.language == language else ():
            draft = Draft(sentences=told.sentences, language=language)
            assert check(draft, case.cards, case.findings).refusals == (), told.name
            seen += 1
    assert seen >= 100


@pytest.mark.parametrize("language", ["ja", "en"])
def test_there_are_forty_drafts_of_different_styles(language: Language) -> None:
    facts = [case.facts for case in weeks() if case.facts]
    names = {told.name for one in facts for told in drafts_of(one, language)}
    assert len(names) >= 35
