"""Answer with a model: a question's figures and quotes in words, or that they hold no answer."""

from collections.abc import Sequence
from typing import NamedTuple

from koe.engine.base import Draft, FactCard
from koe.engine.model.compose import LANGUAGES
from koe.engine.model.fence import one_line
from koe.engine.model.material import Names, drafted, shown_figures, shown_findings, shown_reasons
from koe.engine.model.replies import ask_one
from koe.engine.model.schemas import Answered, problem_of, read_answer, schema_of
from koe.engine.model.shape import Call, Caller
from koe.language.text import Language
from koe.model.prompts import load_prompt, render
from koe.records import Finding

__all__ = ["Asked", "answer"]

MOST_TOKENS = 3_000


class Asked(NamedTuple):
    """A question, the language of its answer, and what was refused of a draft before."""

    question: str
    language: Language
    reasons: Sequence[str] = ()


def answer(caller: Caller, asked: Asked, facts: Sequence[FactCard], findings: Sequence[Finding]) -> Draft:
    """The answer in words. Raises PendingError, RetryError or SkipError where there is none."""
    names = Names.of(facts, findings)
    text = ask_one(caller, _call(asked, facts, findings, names), lambda _, text: problem_of(Answered, text))
    answered = read_answer(Answered, text)
    if not answered.answerable:
        return Draft(sentences=(), language=asked.language, refuses=True)
    return drafted(answered.sentences, names, asked.language)


def _call(asked: Asked, facts: Sequence[FactCard], findings: Sequence[Finding], names: Names) -> Call:
    prompt = load_prompt("answer")
    return Call(
        verb="answer",
        prompt=prompt.sha256,
        system=prompt.system,
        user=render(
            prompt,
            language=LANGUAGES[asked.language],
            question=one_line(asked.question),
            figures=shown_figures(facts),
            findings=shown_findings(facts, findings, names),
            reasons=shown_reasons(asked.reasons, names),
        ),
        schema=schema_of(Answered),
        temperature=prompt.temperature,
        max_tokens=MOST_TOKENS,
        about=tuple(dict.fromkeys(one.conversation for one in findings)),
    )
