"""Quotes within sentences: as they were said, and one stop at the end of a sentence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from koe.engine.base import FactCard
from koe.guard.slots import Evidence, filled, shown_quote
from koe.language.text import Language
from koe.records import Finding, FindingKind


def evidence_of(*quotes: str) -> Evidence:
    """Findings Q0, Q1 … with these words, and a number N."""
    findings = [
        Finding(
            id=f"Q{n}", conversation="C", kind=FindingKind.COMPLAINT, statement="s", quote=quote,
            turn=0, start=0, end=len(quote), severity=1, engine="",
        )
        for n, quote in enumerate(quotes)
    ]  # fmt: skip
    return Evidence.of([FactCard(id="N", value=3, unit="accounts", label="")], findings)


@pytest.mark.parametrize(
    ("language", "template", "quote", "text"),
    [
        ("en", "One said: {q:Q0}.", "It crashes.", "One said: “It crashes.”"),
        ("en", "One said: {q:Q0}.", "It crashes", "One said: “It crashes”."),
        ("en", "One said: {q:Q0}.", "Why does it crash?", "One said: “Why does it crash?”"),
        ("en", "One said: {q:Q0}.", "It crashes!!", "One said: “It crashes!!”"),
        ("en", "One said: “{q:Q0}”.", "It crashes.", "One said: “It crashes.”"),
        ("en", 'One said: "{q:Q0}". {f:N} more.', "It crashes.", 'One said: "It crashes." 3 more.'),
        ("en", "{q:Q0}, said {f:N}.", "It crashes.", "“It crashes.”, said 3."),
        ("en", "From {q:Q0} to {f:N}.", "It crashes.", "From “It crashes.” to 3."),
        ("en", "One said: {q:Q0}…", "It crashes.", "One said: “It crashes.”…"),
        ("en", "One said: {q:Q0}.", "毎朝止まります。", "One said: “毎朝止まります。”"),
        ("ja", "声は{q:Q0}。", "毎朝止まります。", "声は「毎朝止まります。」"),
        ("ja", "声は{q:Q0}。", "毎朝止まります", "声は「毎朝止まります」。"),
        (
            "ja",
            "{q:Q0}という声がありました。",
            "毎朝止まります。",
            "「毎朝止まります。」という声がありました。",
        ),
        ("ja", "声は「{q:Q0}」。{f:N}社です。", "なぜ？", "声は「なぜ？」。3社です。"),
    ],
)
def test_a_sentence_ends_once(language: Language, template: str, quote: str, text: str) -> None:
    assert filled(template, evidence_of(quote), language) == text


@given(st.lists(st.text(min_size=1, max_size=12).filter(str.strip), min_size=2, max_size=2))
def test_every_quote_stays_as_it_was_said(quotes: list[str]) -> None:
    text = filled("{f:N}: {q:Q0}. Then {q:Q1}.", evidence_of(*quotes), "en")
    assert text.startswith(f"3: “{shown_quote(quotes[0])}”")
    assert f"Then “{shown_quote(quotes[1])}”" in text
