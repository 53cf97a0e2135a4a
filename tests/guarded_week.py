"""A week to check drafts against, and the digest that koe itself writes of it."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from koe.digest import Digest
from koe.engine.base import Draft, FactCard, Sentence
from koe.engine.offline.compose.week import compose
from koe.facts import compute_facts
from koe.facts.shape import WeekFacts
from koe.guard import cards_of, check, fill, findings_of
from koe.language.text import Language
from koe.records import Finding
from koe.settings import Settings
from koe.workspace import open_workspace
from tests.small_ledger import WEEK, small_week, write

LANGUAGES: tuple[Language, ...] = ("ja", "en")
SLOW = ("f_1", "f_2", "f_3")
CSV = ("f_4", "f_5")


class Given(NamedTuple):
    """What a draft is checked against."""

    facts: WeekFacts
    cards: tuple[FactCard, ...]
    findings: tuple[Finding, ...]
    language: Language

    def refused(self, *texts: str, cites: tuple[str, ...] = ()) -> set[str]:
        """Names of the rules that refuse these sentences."""
        sentences = tuple(Sentence(text=text, cites=cites) for text in texts)
        verdict = check(Draft(sentences=sentences, language=self.language), self.cards, self.findings)
        return {refusal.rule for refusal in verdict.refusals}


@cache
def small_facts() -> WeekFacts:
    """Facts of the small week."""
    with TemporaryDirectory(prefix="koe-guard-") as home:
        ws = open_workspace(Settings(home=Path(home) / "koe"))
        write(ws, small_week())
        facts = compute_facts(ws, WEEK)
        ws.close()
        return facts


def given_in(facts: WeekFacts, language: Language) -> Given:
    return Given(facts, cards_of(facts, language), findings_of(facts), language)


def draft_of(given: Given) -> Draft:
    return compose(given.cards, given.findings, given.language)


def digest_of(given: Given) -> Digest:
    return Digest(
        week=given.facts.week,
        language=given.language,
        engine="e",
        state="guarded",
        sentences=fill(draft_of(given).sentences, given.cards, given.findings, given.language),
    )
