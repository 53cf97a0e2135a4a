"""Compose with a model: the week in words, out of facts and verified findings alone."""

from collections.abc import Sequence

from koe.engine.base import Draft, FactCard
from koe.engine.model.material import Names, drafted, shown_figures, shown_reasons, shown_themes
from koe.engine.model.replies import ask_one
from koe.engine.model.schemas import Written, problem_of, read_answer, schema_of
from koe.engine.model.shape import Call, Caller
from koe.language.text import Language
from koe.model.prompts import load_prompt, render
from koe.records import Finding

__all__ = ["LANGUAGES", "compose"]

LANGUAGES: dict[Language, str] = {"ja": "Japanese", "en": "English"}
MOST_TOKENS = 4_000


def compose(
    caller: Caller,
    facts: Sequence[FactCard],
    findings: Sequence[Finding],
    language: Language,
    reasons: Sequence[str],
) -> Draft:
    """The week in words. Raises PendingError, RetryError or SkipError where there is no answer."""
    names = Names.of(facts, findings)
    prompt = load_prompt("compose")
    call = Call(
        verb="compose",
        prompt=prompt.sha256,
        system=prompt.system,
        user=render(
            prompt,
            language=LANGUAGES[language],
            figures=shown_figures(facts),
            themes=shown_themes(facts, findings, names),
            reasons=shown_reasons(reasons, names),
        ),
        schema=schema_of(Written),
        temperature=prompt.temperature,
        max_tokens=MOST_TOKENS,
        about=tuple(dict.fromkeys(one.conversation for one in findings)),
    )
    text = ask_one(caller, call, lambda _, text: problem_of(Written, text))
    return drafted(read_answer(Written, text).sentences, names, language)
