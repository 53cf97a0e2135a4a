"""Sentences of customers that carry a term, verbatim."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from koe.keywords.counts import find_variant
from koe.keywords.deals import DealVoice, Utterance
from koe.keywords.shape import KeywordQuote
from koe.language.text import nfkc_view, normalize, sentences

__all__ = ["pick_quotes"]

QUOTES = 3
LONGEST = 120
"""Characters of a sentence that is quoted whole; of a longer one the clauses before the term go."""
_CLAUSE = "、，,"


def pick_quotes(deals: Iterable[DealVoice], variants: Sequence[str]) -> Iterator[KeywordQuote]:
    """At most three quotes, each the first of its deal, in the order of the deals given."""
    quotes = (quote for deal in deals if (quote := _first(deal, variants)))
    return islice(quotes, QUOTES)


def _first(deal: DealVoice, variants: Sequence[str]) -> KeywordQuote | None:
    for utterance in deal.turns:
        quote = _quote(utterance, variants)
        if quote:
            return KeywordQuote(conversation=utterance.conversation, turn=utterance.n, quote=quote)
    return None


def _quote(utterance: Utterance, variants: Sequence[str]) -> str | None:
    if find_variant(normalize(utterance.text).lower(), variants) is None:
        return None
    view = nfkc_view(utterance.text)
    place = find_variant(view.text.lower(), variants)
    if place is None:
        return None
    start, end = view.starts[place[0]], view.ends[place[1] - 1]
    for sentence in sentences(utterance.text):
        if sentence.start <= start < sentence.end:
            return utterance.text[_left(utterance.text, sentence.start, start) : max(end, sentence.end)]
    return None


def _left(text: str, start: int, term: int) -> int:
    """Where the quote begins: the sentence, or in a long one the clause with the term.

    The end stays, because that is where a Japanese sentence says whether it meant it.
    """
    if term - start <= LONGEST // 2:
        return start
    cut = max(text.rfind(mark, start, term) for mark in _CLAUSE)
    return start if cut < 0 else cut + 1
