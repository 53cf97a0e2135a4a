"""Ground: whether a proposed quote stands word for word in what a customer said, and where.

The same for every engine. Quotes are compared folded (`koe.language.text.fold`); what is kept are the
source's own characters. Whatever cannot be proved is dropped with a reason that is counted.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from koe.engine.base import Proposal
from koe.language.edges import cuts_negation, cuts_number, cuts_word
from koe.language.text import Folded, fold
from koe.records import Finding, MaskedConversation, MaskedTurn

__all__ = ["Drop", "Grounded", "GroundedAll", "Reason", "finding_id", "ground", "ground_all"]

SHORTEST = 4
LONGEST = 400
"""Folded characters a quote may have: a clause or one to two sentences."""
_OPEN, _CLOSE = "[<{〔【", "]>}〕】"
_BRACKETS = frozenset(_OPEN + _CLOSE)


class Reason(StrEnum):
    """Why a proposal was dropped; counted in the coverage under these words."""

    EMPTY = "empty"
    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    PLACEHOLDER = "placeholder"
    NOT_IN_TURN = "not_in_turn"
    NOT_CUSTOMER = "not_customer"
    AMBIGUOUS = "ambiguous"
    CUT_NUMBER = "cut_number"
    CUT_WORD = "cut_word"
    CUT_NEGATION = "cut_negation"
    REPEATED = "repeated"


class Grounded(NamedTuple):
    """Where a quote stands, in code points of the masked turn, and the turn's own characters there."""

    turn: int
    start: int
    """Inclusive."""
    end: int
    """Exclusive."""
    quote: str


class Drop(NamedTuple):
    """A proposal that is not kept."""

    reason: Reason


class GroundedAll(NamedTuple):
    """What is left of a conversation's proposals, in the order of the text, and how many were dropped."""

    findings: list[Finding]
    dropped: dict[str, int]


def ground(proposal: Proposal, turns: Sequence[MaskedTurn]) -> Grounded | Drop:
    """Where the proposal's quote stands, or why it is dropped.

    A turn that does not hold the quote is mended when exactly one customer turn does: models miscount.
    """
    quote = _folded(proposal.quote).text
    flaw = _flaw(quote)
    if flaw is not None:
        return Drop(flaw)
    named = next((turn for turn in turns if turn.n == proposal.turn), None)
    if named is not None and _stands_in(quote, named):
        return _place(quote, named) if named.role == "customer" else Drop(Reason.NOT_CUSTOMER)
    holders = [turn for turn in turns if _stands_in(quote, turn)]
    customers = [turn for turn in holders if turn.role == "customer"]
    if len(customers) == 1:
        return _place(quote, customers[0])
    if customers:
        return Drop(Reason.AMBIGUOUS)
    return Drop(Reason.NOT_CUSTOMER if holders else Reason.NOT_IN_TURN)


def ground_all(conversation: MaskedConversation, proposals: Sequence[Proposal], engine: str) -> GroundedAll:
    """The conversation's findings: each proposal grounded, the same thing twice kept once."""
    kept: list[Finding] = []
    dropped: Counter[str] = Counter()
    for proposal in proposals:
        place = ground(proposal, conversation.turns)
        if isinstance(place, Drop):
            dropped[place.reason] += 1
        elif any(_same(proposal, place, other) for other in kept):
            dropped[Reason.REPEATED] += 1
        else:
            kept.append(_finding(conversation.id, proposal, place, engine))
    kept.sort(key=lambda found: (found.turn, found.start, found.end, found.kind))
    return GroundedAll(kept, dict(sorted(dropped.items())))


def finding_id(conversation: str, kind: str, place: Grounded) -> str:
    """The same for the same words at the same place, whoever found them."""
    parts = (conversation, kind, str(place.turn), str(place.start), str(place.end))
    return sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def _finding(conversation: str, proposal: Proposal, place: Grounded, engine: str) -> Finding:
    return Finding(
        id=finding_id(conversation, proposal.kind, place),
        conversation=conversation,
        kind=proposal.kind,
        statement=proposal.statement.strip() or place.quote,
        quote=place.quote,
        turn=place.turn,
        start=place.start,
        end=place.end,
        severity=proposal.severity,
        engine=engine,
    )


def _same(proposal: Proposal, place: Grounded, other: Finding) -> bool:
    if proposal.kind != other.kind:
        return False
    overlaps = place.turn == other.turn and place.start < other.end and other.start < place.end
    return overlaps or _folded(place.quote).text == _folded(other.quote).text


def _flaw(quote: str) -> Reason | None:
    if not quote:
        return Reason.EMPTY
    if not any(ch.isalnum() for ch in _without_placeholders(quote)):
        return Reason.PLACEHOLDER
    if len(quote) < SHORTEST:
        return Reason.TOO_SHORT
    return Reason.TOO_LONG if len(quote) > LONGEST else None


def _without_placeholders(text: str) -> str:
    if _BRACKETS.isdisjoint(text):
        return text
    depth = 0
    left: list[str] = []
    for ch in text:
        depth += ch in _OPEN
        if depth == 0:
            left.append(ch)
        depth = max(0, depth - (ch in _CLOSE))
    return "".join(left)


def _stands_in(quote: str, turn: MaskedTurn) -> bool:
    return quote in _folded(turn.text).text


def _place(quote: str, turn: MaskedTurn) -> Grounded | Drop:
    """The first place in the turn where the quote is cut out of nothing, or why none is."""
    view = _folded(turn.text)
    reason: Reason | None = None
    for at in _occurrences(quote, view.text):
        start, end = view.starts[at], view.ends[at + len(quote) - 1]
        own = turn.text[start:end]
        flaw = Reason.CUT_WORD if _folded(own).text != quote else _cut(view.text, at, at + len(quote))
        if flaw is None:
            return Grounded(turn.n, start, end, own)
        reason = reason or flaw
    return Drop(reason or Reason.NOT_IN_TURN)


def _cut(text: str, start: int, end: int) -> Reason | None:
    if cuts_number(text, start, end):
        return Reason.CUT_NUMBER
    if cuts_negation(text, start, end):
        return Reason.CUT_NEGATION
    return Reason.CUT_WORD if cuts_word(text, start, end) else None


def _occurrences(quote: str, text: str) -> Iterator[int]:
    at = text.find(quote)
    while at >= 0:
        yield at
        at = text.find(quote, at + 1)


@lru_cache(maxsize=512)
def _folded(text: str) -> Folded:
    return fold(text)
