"""Compose: the week in words, written by an engine, let through by the guard.

A draft that fails is asked for once more with the reasons. If the top of the week is still missing or
nothing stands, the digest is the computed one, and says so.
"""

from collections.abc import Sequence
from typing import NamedTuple

from koe.digest import Digest, DigestState, Filled, Refusal
from koe.engine.base import Engine, FactCard, Prompted, Sentence
from koe.engine.offline import OfflineEngine
from koe.engine.offline.compose.phrases import DEGRADED, UNREVIEWED
from koe.errors import BugError, KoeError, PendingError
from koe.facts.shape import WeekFacts
from koe.guard import Verdict, cards_of, check, fill, findings_of, kept, missing_themes
from koe.language.text import Language
from koe.records import Finding
from koe.workspace import Workspace

__all__ = ["compose_guarded"]


class _Material(NamedTuple):
    """What a digest is written from."""

    facts: WeekFacts
    cards: tuple[FactCard, ...]
    findings: tuple[Finding, ...]
    language: Language


def compose_guarded(ws: Workspace, engine: Engine, facts: WeekFacts) -> Digest:
    """The digest of a week: `guarded` when the engine's draft passed, else `degraded`, the computed one.

    What the guard took out of every try stands in `refusals`. An engine that cannot answer is no
    error here. Raises BugError when not even the computed digest passes, PendingError while the engine's
    answer is still to come.
    """
    language = ws.settings.language
    material = _Material(facts, cards_of(facts, language), findings_of(facts), language)
    verdict = _guarded(engine, material)
    sentences = _filled(verdict.passed, material)
    if _stands(sentences, facts):
        return _marked(engine, _digest(engine.name, "guarded", sentences, verdict.refusals, material))
    return _marked(engine, _computed(material, verdict.refusals))


def _marked(engine: Engine, digest: Digest) -> Digest:
    """The digest, with a line of its own where no eval run has accepted the prompts it was made with."""
    if not isinstance(engine, Prompted) or not engine.unreviewed:
        return digest
    text = UNREVIEWED(digest.language)
    line = Filled(section="coverage", text=text, template=text)
    return digest.model_copy(update={"sentences": (*digest.sentences, line)})


def _guarded(engine: Engine, material: _Material) -> Verdict:
    """What passed of the engine's draft, or of its second one when the first lost anything.

    An engine that gave no answer has tried for long enough, and is not asked again.
    """
    first = _try(engine, material, ())
    complete = not first.refusals and _stands(_filled(first.passed, material), material.facts)
    has_no_answer = any(refusal.rule == "engine" for refusal in first.refusals)
    if complete or has_no_answer or engine.name == OfflineEngine.name:
        return first
    second = _try(engine, material, _reasons(first, material))
    better = max((second, first), key=lambda verdict: _worth(verdict, material))
    return Verdict(better.passed, (*first.refusals, *second.refusals))


def _try(engine: Engine, material: _Material, reasons: Sequence[str]) -> Verdict:
    try:
        draft = engine.compose(material.cards, material.findings, material.language, reasons)
    except (BugError, PendingError):
        raise
    except KoeError as error:
        return Verdict((), (Refusal(rule="engine", reason=type(error).__name__, text=""),))
    if draft.language != material.language:
        reason = f"the draft is in {draft.language!r}, not in {material.language!r}"
        return Verdict((), (Refusal(rule="language", reason=reason, text=""),))
    return check(draft, material.cards, material.findings)


def _reasons(verdict: Verdict, material: _Material) -> list[str]:
    """What to mend, as an engine is told: each refused sentence and what is wrong, then what is missing."""
    told = [f"{refusal.rule}: {refusal.reason}: {refusal.text}" for refusal in verdict.refusals]
    sentences = _filled(verdict.passed, material)
    return told + [f"top themes: it leaves out {id}" for id in missing_themes(sentences, material.facts)]


def _worth(verdict: Verdict, material: _Material) -> tuple[int, int]:
    """The fewer top themes a verdict misses the better, then the more sentences stand."""
    missing = sum(1 for _ in missing_themes(_filled(verdict.passed, material), material.facts))
    return -missing, len(verdict.passed)


def _filled(sentences: Sequence[Sentence], material: _Material) -> tuple[Filled, ...]:
    return fill(sentences, material.cards, material.findings, material.language)


def _stands(sentences: Sequence[Filled], facts: WeekFacts) -> bool:
    return bool(sentences) and not any(missing_themes(sentences, facts))


def _computed(material: _Material, refusals: tuple[Refusal, ...]) -> Digest:
    """The offline digest, with a line that says why it stands there."""
    verdict = check(
        OfflineEngine().compose(material.cards, material.findings, material.language),
        material.cards,
        material.findings,
    )
    line = Sentence(text=DEGRADED(material.language), section="overview")
    sentences = _filled((line, *verdict.passed), material)
    if not verdict.passed:
        raise BugError(
            f"The computed digest of {material.facts.week} does not pass its own guard. Report this."
        )
    return _digest(OfflineEngine.name, "degraded", sentences, (*refusals, *verdict.refusals), material)


def _digest(
    engine: str,
    state: DigestState,
    sentences: tuple[Filled, ...],
    refusals: tuple[Refusal, ...],
    material: _Material,
) -> Digest:
    return Digest(
        week=material.facts.week,
        language=material.language,
        engine=engine,
        state=state,
        sentences=sentences,
        refusals=kept(refusals),
    )
