"""What there is to corrupt: correct digests and answers, koe's own and in other words."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from random import Random

from eval.corrupt import Case
from eval.drafts import drafts_of
from eval.labels import TRUTH, read_json, read_workspace
from eval.made_weeks import made_week_names, made_workspace
from koe.ask import ask
from koe.engine.base import Draft, FactCard
from koe.engine.offline import OfflineEngine
from koe.facts import compute_facts
from koe.guard import cards_of, findings_of
from koe.language.text import Language
from koe.records import Finding
from koe.street import weeks_with_data
from koe.workspace import Workspace

__all__ = ["FREE", "cases_of", "free_words"]

FREE = 3
"""Drafts in words that are not koe's, per digest; the first of them is corrupted too."""
LANGUAGES: tuple[Language, ...] = ("ja", "en")
MADE = 5
"""Made workspaces per language, of ten weeks each."""
QUESTIONS: dict[Language, tuple[str, ...]] = {
    "ja": (
        "困りごとの上位3つは？",
        "要望は何が多いですか",
        "失注の理由は何ですか",
        "受注した商談で評価された点は？",
        "困りごとは増えていますか",
        "質問で多いものは？",
        "先週の困りごとは何件ですか",
        "お褒めの声はありますか",
    ),
    "en": (
        "What are the top three complaints?",
        "Which feature requests are most frequent?",
        "Why did we lose deals?",
        "What convinced the deals we won?",
        "Are complaints rising?",
        "Which questions come up most?",
        "How many complaints were there last week?",
        "Is there any praise?",
    ),
}
TODAY = "2026-11-22"


class _Recorder(OfflineEngine):
    """The offline engine, keeping what it was given and what it wrote."""

    def __init__(self) -> None:
        self.cases: list[Case] = []

    def answer(
        self,
        question: str,
        facts: Sequence[FactCard],
        findings: Sequence[Finding],
        language: Language,
        reasons: Sequence[str] = (),
    ) -> Draft:
        """The offline engine's answer."""
        draft = super().answer(question, facts, findings, language, reasons)
        self.cases.append(Case(question, language, tuple(facts), tuple(findings), draft.sentences))
        return draft


def cases_of(seed: int, quick: bool) -> Iterator[Case]:
    """Digests and answers of made weeks, and where there is time of the sample."""
    for n in range(1 if quick else MADE):
        for language in LANGUAGES:
            with made_workspace(seed * 100 + n, language) as ws:
                for week in made_week_names(ws)[: 4 if quick else None]:
                    yield from digests_of(ws, week)
                yield from answers_of(ws, QUESTIONS[language] if not quick else QUESTIONS[language][:3])
    if not quick:
        with ExitStack() as stack:
            ws = stack.enter_context(read_workspace())
            for week in weeks_with_data(ws):
                yield from digests_of(ws, week)
            asked = [case["question"] for case in read_json(TRUTH / "questions.json")]
            yield from answers_of(ws, (*asked, *QUESTIONS["ja"], *QUESTIONS["en"]))


def digests_of(ws: Workspace, week: str) -> Iterator[Case]:
    """The week's computed digest in each language."""
    facts, engine = compute_facts(ws, week), OfflineEngine()
    drafts = {}
    for language in LANGUAGES:
        drafts[language] = engine.compose(cards_of(facts, language), findings_of(facts), language).sentences
    for language, other in (LANGUAGES, LANGUAGES[::-1]):
        cards = cards_of(facts, language)
        yield Case(week, language, cards, findings_of(facts), drafts[language], drafts[other], facts)


def free_words(case: Case, seed: int) -> Iterator[Case]:
    """The case as somebody else may write it, in a few of the ways that have something to say of it."""
    drafts = list(drafts_of(case.facts, case.language)) if case.facts else []
    for told in Random(f"{seed}:{case.name}:{case.language}").sample(drafts, min(FREE, len(drafts))):
        yield case._replace(sentences=told.sentences, others=())


def answers_of(ws: Workspace, questions: Sequence[str]) -> Iterator[Case]:
    """The computed answer to each question."""
    engine = _Recorder()
    for question in questions:
        ask(ws, engine, question, TODAY)
    yield from engine.cases
