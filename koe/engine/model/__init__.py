"""The engine that asks a language model, with fixed prompts and answers that are checked."""

from collections.abc import Sequence
from typing import Literal

from koe.engine.base import Assignment, Draft, FactCard, FindResult, KnownTheme, Query, Unsettled
from koe.engine.model.shape import Caller
from koe.language.text import Language
from koe.model.prompts import load_prompt, unreviewed
from koe.records import Finding, MaskedConversation, Theme

__all__ = ["ModelEngine"]

VERSION = "model-1"
"""Changes when packs or the reading of answers do, so that conversations are read again."""


class ModelEngine:
    """A model behind a caller; the same journal and the same input give the same bytes."""

    settles_whole_backlog: Literal[True] = True

    def __init__(self, caller: Caller) -> None:
        self.caller = caller
        self.name = f"{VERSION} {caller.model} {load_prompt('find').sha256[:12]}"
        """With the prompt that findings come from: a change of another prompt re-reads nothing."""

        self.unreviewed = unreviewed()
        """Those of the prompts that no eval run has accepted as they stand."""

    def find(self, conversations: Sequence[MaskedConversation]) -> Sequence[FindResult]:
        """What customers said in each conversation, in the order given."""
        from koe.engine.model.find import find

        return find(self.caller, conversations)

    def settle(self, findings: Sequence[Unsettled], themes: Sequence[KnownTheme]) -> Sequence[Assignment]:
        """Which known theme each finding joins, or which new ones they found together; all of one kind."""
        from koe.engine.model.settle import settle

        return settle(self.caller, findings, themes)

    def compose(
        self,
        facts: Sequence[FactCard],
        findings: Sequence[Finding],
        language: Language,
        reasons: Sequence[str] = (),
    ) -> Draft:
        """The week in words, numbers as slots and claims with citations, mended by the guard's reasons."""
        from koe.engine.model.compose import compose

        return compose(self.caller, facts, findings, language, reasons)

    def plan(self, question: str, themes: Sequence[Theme], today: str) -> Query:
        """The question as filters; its matter as those of the themes that it is about."""
        from koe.engine.model.plan import plan

        return plan(self.caller, question, themes, today)

    def answer(
        self,
        question: str,
        facts: Sequence[FactCard],
        findings: Sequence[Finding],
        language: Language,
        reasons: Sequence[str] = (),
    ) -> Draft:
        """The answer in words, numbers as slots and claims with citations, mended by the guard's reasons."""
        from koe.engine.model.answer import Asked, answer

        return answer(self.caller, Asked(question, language, reasons), facts, findings)
