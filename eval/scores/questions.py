"""Questions against the truth: counts and facts stated, the right conversations cited, and silence kept.

A fact of the truth is stated when every number and every company that it names stands in the answer, in
its figures or beside its quotes. A fact that names neither cannot be scored this way and is counted apart.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from eval.labels import LabelledSet
from eval.questions import QuestionScore, score_questions
from eval.said import Said
from eval.shape import Miss, Row, Scored
from koe.ask import Answer
from koe.workspace import Workspace

TODAY = "2100-01-01"
"""Later than any set: "this week" is then the last week that has data."""
_NUMBER = re.compile(r"(?<![A-Za-z0-9-])\d+(?:[.,]\d+)*")
_AWAY = re.compile(r"[A-Z]+-?\d+|W\d+|\d{4}-\d\d-\d\d|(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?")
"""Ids, weeks, months and days: what is asked for are figures."""


class Tally(NamedTuple):
    """Right and all: counts, facts, citations, answered, abstained."""

    counts: tuple[float, float] = (0, 0)
    facts: tuple[float, float] = (0, 0)
    precision: tuple[float, float] = (0, 0)
    recall: tuple[float, float] = (0, 0)
    answered: tuple[float, float] = (0, 0)
    abstained: tuple[float, float] = (0, 0)


def ask_all(labelled: LabelledSet, ws: Workspace) -> list[QuestionScore]:
    """Every question of the set, answered."""
    has_any = (labelled.truth / "questions.json").exists()
    return score_questions(ws, TODAY, labelled.truth) if has_any else []


def score(labelled: LabelledSet, asked: Sequence[QuestionScore], said: Mapping[str, Said]) -> Scored:
    """The tally of every question, and each question that is not answered as it should be."""
    cases = labelled.value("questions.json", [])
    if not cases:
        return Scored(unscored=("questions: the set has no questions.json",))
    companies = sorted({one.company for one in said.values() if one.company})
    pairs = list(zip(cases, asked, strict=True))
    return Scored(
        rows=tuple(_row(n, case, one, companies) for n, (case, one) in enumerate(pairs, 1)),
        misses=tuple(miss for case, one in pairs for miss in _misses(case, one, companies)),
        unscored=tuple(_unscored(cases, companies)),
    )


def _row(n: int, case: Mapping[str, Any], one: QuestionScore, companies: Sequence[str]) -> Row:
    tally = _tally(case, one, companies)
    counts = tuple(value for pair in tally for value in pair)
    return Row(family="questions", id=f"question {n}", account=f"question {n}", counts=counts)


def _tally(case: Mapping[str, Any], one: QuestionScore, companies: Sequence[str]) -> Tally:
    if not case["answerable"]:
        return Tally(abstained=(one.abstained, 1))
    facts = _stated(case, one.answer, companies)
    return Tally(
        counts=(0, 0) if one.counts is None else (one.counts, 1),
        facts=(sum(stated for _, stated in facts), len(facts)),
        precision=(0, 0) if one.precision is None else (one.precision, 1),
        recall=(0, 0) if one.recall is None else (one.recall, 1),
        answered=(not one.abstained, 1),
    )


def _stated(case: Mapping[str, Any], answer: Answer, companies: Sequence[str]) -> list[tuple[str, bool]]:
    told = _form(" ".join(_texts(answer)))
    numbers = set(_NUMBER.findall(told))
    found = []
    for fact in case["answer_facts"]:
        wanted, names = _keys(fact, companies)
        if wanted or names:
            found.append((fact, wanted <= numbers and all(name in told for name in names)))
    return found


def _keys(fact: str, companies: Sequence[str]) -> tuple[set[str], list[str]]:
    """The numbers and the companies that a fact names."""
    text = _form(fact)
    names = [name for name in map(_form, companies) if name in text]
    bare = _AWAY.sub(" ", text)
    for name in names:
        bare = bare.replace(name, " ")
    return set(_NUMBER.findall(bare)), names


def _texts(answer: Answer) -> Iterator[str]:
    yield answer.answer
    for fact in answer.facts:
        yield f"{fact.label} {fact.value}"
    for quote in answer.quotes:
        yield f"{quote.account} {quote.quote}"


def _form(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _unscored(cases: Sequence[Mapping[str, Any]], companies: Sequence[str]) -> Iterator[str]:
    for n, case in enumerate(cases, 1):
        for fact in case["answer_facts"] if case["answerable"] else ():
            if not any(_keys(fact, companies)):
                yield f"question {n}: a fact without number or company: {fact}"


def _misses(case: Mapping[str, Any], one: QuestionScore, companies: Sequence[str]) -> Iterator[Miss]:
    if case["answerable"] == one.abstained:
        sort = "not answered" if case["answerable"] else "answered without evidence"
        yield _miss(case, one, sort, "")
    if not case["answerable"] or one.abstained:
        return
    if one.counts is False:
        counts = ", ".join(f"{theme} {count}" for theme, count in case["counts"].items())
        yield _miss(case, one, "count not stated", f"the truth counts {counts}")
    for fact, stated in _stated(case, one.answer, companies):
        if not stated:
            yield _miss(case, one, "fact not stated", fact)
    wanted, cited = set(case["supporting"]), set(one.answer.citations)
    if wanted - cited:
        yield _miss(case, one, "not cited", ", ".join(sorted(wanted - cited)))
    if cited - wanted and wanted:
        yield _miss(case, one, "cited wrongly", ", ".join(sorted(cited - wanted)))


def _miss(case: Mapping[str, Any], one: QuestionScore, sort: str, what: str) -> Miss:
    return Miss(
        family="questions", case=case["question"], sort=sort, what=what, note=f"koe: {one.answer.answer}"
    )
