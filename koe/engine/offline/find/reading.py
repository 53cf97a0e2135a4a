"""Find, offline: a small model proposes spans, rules take back what the words around them deny."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple

import numpy as np

from koe.engine.base import FindResult, Proposal
from koe.engine.offline.find.context import Context, contexts_of
from koe.engine.offline.find.features import lay_out
from koe.engine.offline.find.incidents import incidents_in
from koe.engine.offline.find.model import Weights, chances, load_weights
from koe.engine.offline.find.refusals import refusals_in, turned
from koe.engine.offline.find.rules import allowed_kinds, is_taken_back, never_a_finding
from koe.engine.offline.find.severity import severity_of
from koe.engine.offline.find.spans import KINDS, Pick, pick
from koe.engine.offline.find.words import statement_of, trimmed
from koe.language.foreign import is_foreign, is_readable
from koe.language.text import Language, Span, language_of, sentences
from koe.records import FindingKind, MaskedConversation

__all__ = ["CHARACTERS_AT_ONCE", "find", "kept_span", "kinds_allowed"]

CHARACTERS_AT_ONCE = 15_000
"""How much text is laid out at once; a longer turn is read in pieces."""
_CUTS = ("\n\n", "\n", "。", ". ", " ")


class _Said(NamedTuple):
    """One customer turn, with what its conversation allows."""

    conversation: int
    turn: int
    text: str
    context: Context
    allowed: tuple[bool, ...]
    """For each kind whether the conversation can hold it."""
    title: str


def find(
    conversations: Sequence[MaskedConversation], weights: Mapping[Language, Weights] | None = None
) -> list[FindResult]:
    """What customers said in each conversation, in the order given; by the weights that ship, or others.

    Turns in a language that has no weights are passed over, and in a conversation that is for the most part
    in neither Japanese nor English those that are in neither.
    """
    found: dict[int, list[Proposal]] = defaultdict(list)
    weights = weights or load_weights()
    foreign = {item.id for item in conversations if is_foreign(_texts(item))}
    for language, said in _portions(conversations, foreign):
        if language in weights:
            for one, proposal in _read(said, language, weights[language]):
                found[one.conversation].append(proposal)
    return [
        FindResult(item.id, _in_order(found[n]), foreign=item.id in foreign)
        for n, item in enumerate(conversations)
    ]


def _texts(item: MaskedConversation) -> list[str]:
    return [turn.text for turn in item.turns if turn.role == "customer"]


def _in_order(proposals: list[Proposal]) -> list[Proposal]:
    return sorted(proposals, key=lambda one: (one.turn, one.kind, one.quote))


def _portions(
    conversations: Sequence[MaskedConversation], foreign: Set[str]
) -> Iterator[tuple[Language, list[_Said]]]:
    """All customer turns that can be read, by language, in portions that fit in memory."""
    waiting: dict[Language, list[_Said]] = {"ja": [], "en": []}
    for n, item in enumerate(conversations):
        allowed = kinds_allowed(item)
        for turn, context in zip(item.turns, contexts_of(item), strict=True):
            is_said = turn.role == "customer" and turn.text.strip()
            if is_said and (item.id not in foreign or is_readable(turn.text)):
                said = waiting[language_of(turn.text)]
                said += [
                    _Said(n, turn.n, piece, context, allowed, item.title) for piece in _pieces(turn.text)
                ]
        for language in waiting:
            while portion := _full(waiting[language]):
                yield language, portion
                waiting[language] = waiting[language][len(portion) :]
    yield from ((language, said) for language, said in waiting.items() if said)


def kinds_allowed(item: MaskedConversation) -> tuple[bool, ...]:
    """For each kind whether the conversation can hold it."""
    allowed = allowed_kinds(item)
    return tuple(kind in allowed for kind in KINDS)


def _full(said: Sequence[_Said]) -> list[_Said]:
    """The first turns that fill a portion, or nothing when all of them are too few."""
    size = 0
    for n, one in enumerate(said):
        size += len(one.text)
        if size >= CHARACTERS_AT_ONCE:
            return list(said[: n + 1])
    return []


def _pieces(text: str) -> Iterator[str]:
    """The text, cut at the best border before each limit when it is very long."""
    while len(text) > CHARACTERS_AT_ONCE:
        places = (text.rfind(cut, CHARACTERS_AT_ONCE // 2, CHARACTERS_AT_ONCE) for cut in _CUTS)
        at = next((place + 1 for place in places if place > 0), CHARACTERS_AT_ONCE)
        yield text[:at]
        text = text[at:]
    yield text


def _read(said: Sequence[_Said], language: Language, weights: Weights) -> Iterator[tuple[_Said, Proposal]]:
    batch = lay_out([one.text for one in said], [one.context for one in said])
    if not len(batch.first):
        return
    chance = chances(batch, language, weights)
    chance[:, 1:] *= np.array([one.allowed for one in said])[batch.text]
    chance = (chance / chance.sum(axis=1, keepdims=True)).round(9)
    picks = pick(batch, chance, weights.threshold)
    for one in [*picks, *_refused(said, picks), *_reported(said, picks)]:
        proposal = _proposal(said[one.text], one)
        if proposal is not None:
            yield said[one.text], proposal


def _reported(said: Sequence[_Said], picks: Sequence[Pick]) -> Iterator[Pick]:
    """The incidents that tickets report in sentences in which nothing was picked."""
    for n, one in enumerate(said):
        if not one.context.is_call and not one.context.is_sale:
            for span in incidents_in(one.text):
                if not any(p.text == n and p.start < span.end and span.start < p.end for p in picks):
                    yield Pick(n, span.start, span.end, FindingKind.COMPLAINT, 1.0)


def _refused(said: Sequence[_Said], picks: Sequence[Pick]) -> Iterator[Pick]:
    """The outright refusals of prospects in calls in which nothing was picked."""
    for n, one in enumerate(said):
        if one.context.is_call and one.context.is_sale:
            for span in refusals_in(one.text):
                if not any(p.text == n and p.start < span.end and span.start < p.end for p in picks):
                    yield Pick(n, span.start, span.end, FindingKind.OBJECTION, 1.0)


def kept_span(text: str, one: Pick) -> Span | None:
    """The picked span without fillers, or None when the words around it take it back."""
    span = trimmed(text, one.start, one.end)
    quote = text[span.start : span.end]
    sentence, around = _surroundings(text, span)
    taken_back = never_a_finding(one.kind, quote) or is_taken_back(one.kind, quote, sentence, around)
    return None if taken_back else span


def _proposal(said: _Said, one: Pick) -> Proposal | None:
    kind = turned(one.kind, _surroundings(said.text, Span(one.start, one.end))[0])
    one = one._replace(kind=kind) if said.allowed[KINDS.index(kind)] else one
    span = kept_span(said.text, one)
    if span is None:
        return None
    quote = said.text[span.start : span.end]
    return Proposal(
        kind=one.kind,
        statement=statement_of(quote),
        quote=quote,
        turn=said.turn,
        severity=severity_of(one.kind, quote, said.title),
    )


def _surroundings(text: str, span: Span) -> tuple[str, str]:
    """The sentences the span stands in, and these with one before and one behind."""
    spans = sentences(text)
    inside = [n for n, one in enumerate(spans) if one.start < span.end and span.start < one.end]
    if not inside:
        return text[span.start : span.end], text[span.start : span.end]
    first, last = inside[0], inside[-1]
    before, behind = spans[max(0, first - 1)], spans[min(len(spans) - 1, last + 1)]
    return text[spans[first].start : spans[last].end], text[before.start : behind.end]
