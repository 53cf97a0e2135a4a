"""How likely each stretch of some customer turns holds each kind of finding, taken or not.

By the regression alone: a person waits for the answer, and the nets and the encoder take longer.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from koe.engine.offline.find.context import Context, contexts_of
from koe.engine.offline.find.features import lay_out
from koe.engine.offline.find.model import chances, load_weights
from koe.engine.offline.find.reading import CHARACTERS_AT_ONCE, kinds_allowed
from koe.language.text import Language, language_of
from koe.records import MaskedConversation

__all__ = ["Stretch", "stretches"]

Place = tuple[str, int]
"""Conversation and turn."""


class Stretch(NamedTuple):
    """A run of clauses of a turn, end exclusive, and the chance that it is none, and of each kind."""

    start: int
    end: int
    chance: NDArray[np.float64]


class _Turn(NamedTuple):
    place: Place
    text: str
    context: Context
    allowed: tuple[bool, ...]


def stretches(
    conversations: Sequence[MaskedConversation], wanted: Collection[Place]
) -> Mapping[Place, list[Stretch]]:
    """The stretches of the turns that are wanted, in order; of a very long turn only its first part."""
    found: dict[Place, list[Stretch]] = defaultdict(list)
    for language in ("ja", "en"):
        some: list[_Turn] = []
        for turn in _turns(conversations, wanted, language):
            some.append(turn)
            if sum(len(one.text) for one in some) >= CHARACTERS_AT_ONCE:
                _read(some, language, found)
                some = []
        _read(some, language, found)
    return found


def _turns(
    conversations: Sequence[MaskedConversation], wanted: Collection[Place], language: Language
) -> list[_Turn]:
    found = []
    for item in conversations:
        allowed = kinds_allowed(item)
        for turn, context in zip(item.turns, contexts_of(item), strict=True):
            text = turn.text[:CHARACTERS_AT_ONCE]
            if (item.id, turn.n) in wanted and text.strip() and language_of(turn.text) == language:
                found.append(_Turn((item.id, turn.n), text, context, allowed))
    return found


def _read(turns: Sequence[_Turn], language: Language, found: dict[Place, list[Stretch]]) -> None:
    if not turns:
        return
    batch = lay_out([one.text for one in turns], [one.context for one in turns])
    if not len(batch.first):
        return
    chance = chances(batch, language, load_weights()[language]._replace(nets=(), closely=False))
    chance[:, 1:] *= np.array([one.allowed for one in turns])[batch.text]
    chance = (chance / chance.sum(axis=1, keepdims=True)).round(9)
    for n, text in enumerate(batch.text.tolist()):
        shift = batch.offset(text)
        start, end = int(batch.starts[n]) - shift, int(batch.ends[n]) - shift
        found[turns[text].place].append(Stretch(start, end, chance[n]))
