"""What the site lacks: words that won deals use, and questions that keep coming."""

from collections import defaultdict
from typing import NamedTuple

from koe.facts.shape import WeekFacts
from koe.keywords.shape import Keyword, KeywordReport
from koe.website.answers import answers
from koe.website.pages import Pages, Section

__all__ = ["Gaps", "find_gaps"]


class Gaps(NamedTuple):
    """The site beside one week's questions and the words of won deals."""

    unused: tuple[Keyword, ...]
    """Words of won deals that no page uses, strongest first."""
    used: dict[str, tuple[str, ...]]
    """Pages by the word of won deals that they use."""
    entries: dict[str, Section | None]
    """By theme of questions the entry that answers it, or None."""


def find_gaps(pages: Pages, facts: WeekFacts, keywords: KeywordReport) -> Gaps:
    """What the site has and has not of the words of won deals and of the FAQ candidates."""
    used = {word.term: pages.using(word.variants) for word in keywords.of("won")}
    asked: dict[str, list[str]] = defaultdict(list)
    by_id = {card.finding: card for card in facts.quotes}
    for theme in facts.faq:
        asked[theme.theme] = [by_id[finding].quote for finding in theme.findings if finding in by_id]
    return Gaps(
        unused=tuple(word for word in keywords.of("won") if not used[word.term]),
        used={term: urls for term, urls in used.items() if urls},
        entries=answers(asked, pages.sections),
    )
