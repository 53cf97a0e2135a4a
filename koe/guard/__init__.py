"""The guard: what engines write is checked by hard rules, sentence by sentence, the same for every engine.

A sentence is a template with slots; only what its slots name can bring in a number, a name or a
customer's words. `check` says which sentences of a draft stand, `fill` puts the values in, and
`check_filled` verifies sentences that were filled before, against the facts they must come from.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from koe.digest import Digest, Filled, Refusal
from koe.engine.base import Draft, FactCard, Sentence
from koe.facts.shape import WeekFacts
from koe.guard import claims, comparisons, form, kinds, moves, numbers, periods, places, rules, support
from koe.guard.cards import cards_of, findings_of
from koe.guard.rules import Rule
from koe.guard.slots import Evidence, filled, slots_of
from koe.language.text import Language
from koe.records import Finding

__all__ = [
    "MOST_SENTENCES",
    "RULES",
    "Verdict",
    "cards_of",
    "check",
    "check_filled",
    "check_sentences",
    "fill",
    "findings_of",
    "kept",
    "missing_themes",
]

MOST_SENTENCES = 24
RULES: Mapping[str, Rule] = {
    "slots": rules.slots_resolve,
    "numbers": numbers.numbers_are_slots,
    "alone": numbers.numbers_stand_alone,
    "quotes": rules.quotes_are_verbatim,
    "citations": rules.citations_resolve,
    "claims": rules.claims_are_cited,
    "themes": rules.numbers_keep_their_theme,
    "theme figures": rules.numbers_are_the_themes,
    "whole": rules.the_whole_is_called_so,
    "rows": rules.numbers_keep_their_row,
    "units": claims.units_fit,
    "figures": claims.figures_are_what_they_are_called,
    "named figures": claims.figures_are_called_what_they_are,
    "coverage": claims.coverage_is_not_better_than_it_is,
    "outcomes": claims.outcomes_are_those_of_the_deals,
    "directions": moves.directions_agree,
    "changes": moves.changes_are_changes,
    "news": moves.news_is_new,
    "ranks": places.first_is_first,
    "places": places.places_are_right,
    "kinds": kinds.kinds_agree,
    "weeks": periods.figures_are_of_their_week,
    "comparisons": comparisons.more_is_more,
    "support": support.prose_is_supported,
    "personal": form.is_impersonal,
    "plain": form.is_plain,
    "length": form.is_short,
    "language": form.is_in_language,
}
"""The hard rules by name, in the order in which they are tried."""
_NOT_KEPT = frozenset({"personal", "plain", "numbers"})
"""Rules whose refused text is not kept: what it holds may be personal."""


class Verdict(NamedTuple):
    """What the guard let pass, in order, and what it took out."""

    passed: tuple[Sentence, ...]
    refusals: tuple[Refusal, ...]


def check(draft: Draft, facts: Sequence[FactCard], findings: Sequence[Finding]) -> Verdict:
    """The sentences that keep every hard rule, and the reasons why the others do not.

    `facts` and `findings` are what the engine was given: only these can be named.
    """
    evidence = Evidence.of(facts, findings)
    passed: list[Sentence] = []
    refusals: list[Refusal] = []
    for sentence in draft.sentences:
        found = _refusals(sentence, draft.language, evidence)
        if not found and len(passed) == MOST_SENTENCES:
            found = [Refusal(rule="length", reason="the text has too many sentences", text=sentence.text)]
        refusals += found
        passed += [] if found else [sentence]
    return Verdict(tuple(passed), tuple(refusals))


def _refusals(sentence: Sentence, language: Language, evidence: Evidence) -> list[Refusal]:
    one = rules.read(sentence, language, evidence)
    found = [(name, reason) for name, rule in RULES.items() for reason in rule(one, evidence)]
    return [Refusal(rule=name, reason=reason, text=sentence.text) for name, reason in found]


def kept(refusals: Sequence[Refusal]) -> tuple[Refusal, ...]:
    """The refusals as they may be written down: without a text that may hold something personal."""
    unsafe = {one.text for one in refusals if one.rule in _NOT_KEPT}
    return tuple(_without_words(one) if one.text in unsafe else one for one in refusals)


def _without_words(one: Refusal) -> Refusal:
    """The refusal without the sentence, and without the words of it that the reason names."""
    return one.model_copy(update={"text": "", "reason": one.reason.partition(": ")[0]})


def fill(
    sentences: Sequence[Sentence],
    facts: Sequence[FactCard],
    findings: Sequence[Finding],
    language: Language,
) -> tuple[Filled, ...]:
    """The sentences as people read them. Raises KeyError for a slot that `check` would have refused."""
    evidence = Evidence.of(facts, findings)
    return tuple(
        Filled(
            section=one.section,
            text=filled(one.text, evidence, language),
            cites=one.cites,
            template=one.text,
        )
        for one in sentences
    )


def check_sentences(
    sentences: Sequence[Filled],
    facts: Sequence[FactCard],
    findings: Sequence[Finding],
    language: Language,
) -> tuple[Refusal, ...]:
    """What is wrong with sentences that were filled before; empty when nothing is.

    Each is read again by every hard rule and filled again from the facts: a character that differs
    from what the facts say is refused, wherever it came from.
    """
    evidence = Evidence.of(facts, findings)
    found: list[Refusal] = []
    for one in sentences:
        sentence = Sentence(text=one.template, cites=one.cites, section=one.section)
        found += _refusals(sentence, language, evidence)
        if not _fills_to(one, evidence, language):
            reason = "the text is not what its slots are filled with"
            found.append(Refusal(rule="filled", reason=reason, text=one.template))
    return tuple(found)


def _fills_to(one: Filled, evidence: Evidence, language: Language) -> bool:
    try:
        return one.text == filled(one.template, evidence, language)
    except KeyError:
        return False


def check_filled(digest: Digest, facts: WeekFacts) -> tuple[Refusal, ...]:
    """What is wrong with a digest of these facts; empty when nothing is."""
    cards, findings = cards_of(facts, digest.language), findings_of(facts)
    found = list(check_sentences(digest.sentences, cards, findings, digest.language))
    if digest.week != facts.week:
        found.append(Refusal(rule="week", reason=f"it is of {digest.week}, not of {facts.week}", text=""))
    if len(digest.sentences) > MOST_SENTENCES:
        found.append(Refusal(rule="length", reason="the text has too many sentences", text=""))
    found += (
        Refusal(rule="top themes", reason=f"it leaves out {theme}", text="")
        for theme in missing_themes(digest.sentences, facts)
    )
    return tuple(found)


def missing_themes(sentences: Sequence[Filled], facts: WeekFacts) -> Iterator[str]:
    """The week's top complaints that no sentence names, the first first."""
    named = {slot.id for one in sentences for slot in slots_of(one.template) if slot.sort == "t"}
    return (theme.theme for theme in facts.top_complaints if theme.theme not in named)
