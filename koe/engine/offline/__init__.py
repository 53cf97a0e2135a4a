"""The embedded engine: rules, tokens, vectors and statistics. No model, no key, no network."""

from collections.abc import Sequence

from koe.engine.base import Assignment, Draft, FactCard, FindResult, KnownTheme, Query, Unsettled
from koe.language.text import Language
from koe.records import Finding, MaskedConversation, Theme


class OfflineEngine:
    """Deterministic: the same input gives the same bytes on every machine."""

    name = "offline-10"

    def find(self, conversations: Sequence[MaskedConversation]) -> Sequence[FindResult]:
        """What customers said in each conversation, in the order given."""
        from koe.engine.offline.find.reading import find

        return find(conversations)

    def settle(self, findings: Sequence[Unsettled], themes: Sequence[KnownTheme]) -> Sequence[Assignment]:
        """Which known theme each finding joins, or which new ones they found together; all of one kind."""
        from koe.engine.offline.settle.grouping import settle

        return settle(findings, themes)

    def gather(self, themes: Sequence[KnownTheme]) -> Sequence[Sequence[str]]:
        """Ids of themes that are one, each id in one group at most; all of one kind."""
        from koe.engine.offline.settle.grouping import gather

        return gather(themes)

    def compose(
        self,
        facts: Sequence[FactCard],
        findings: Sequence[Finding],
        language: Language,
        reasons: Sequence[str] = (),
    ) -> Draft:
        """The week in words, numbers as slots and claims with citations; the same whatever the reasons."""
        from koe.engine.offline.compose.week import compose

        return compose(facts, findings, language)

    def plan(self, question: str, themes: Sequence[Theme], today: str) -> Query:
        """The question as filters."""
        from koe.engine.offline.plan.filters import plan

        return plan(question, themes, today)

    def answer(
        self,
        question: str,
        facts: Sequence[FactCard],
        findings: Sequence[Finding],
        language: Language,
        reasons: Sequence[str] = (),
    ) -> Draft:
        """The answer in words, numbers as slots and claims with citations; the same whatever the reasons."""
        from koe.engine.offline.answer.reply import answer

        return answer(question, facts, findings, language)
