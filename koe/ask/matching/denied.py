"""The verbs of a Japanese question that are denied, such as つながる in つながらない."""

from itertools import pairwise

from koe.language.sudachi import Token
from koe.language.tokens import tokenize

__all__ = ["denied_in"]

_NOT = ("ない", "ず", "ぬ")
_GOES_ON = ("て", "で", "ば", "も")
"""What stands behind a denial that is only the condition of what is said."""


def denied_in(text: str) -> frozenset[str]:
    """The verbs, in normal form, that the text denies without going on from there."""
    tokens = tokenize(text)
    behind = [*tokens[2:], None]
    pairs = zip(pairwise(_verbs_first(tokens)), behind, strict=False)
    return frozenset(verb.normal for (verb, denial), after in pairs if _is_denial(verb, denial, after))


def _verbs_first(tokens: list[Token]) -> list[Token]:
    """The tokens, with the verb in the place of the ます behind it."""
    found = list(tokens)
    for n in range(1, len(found)):
        if found[n].normal == "ます" and found[n - 1].end == found[n].start:
            found[n] = found[n - 1]._replace(end=found[n].end)
    return found


def _is_denial(verb: Token, denial: Token, after: Token | None) -> bool:
    is_of_verb = verb.pos[0] == "動詞" and denial.start == verb.end
    is_denial = denial.pos[0] == "助動詞" and denial.normal in _NOT
    return is_of_verb and is_denial and (after is None or after.surface not in _GOES_ON)
