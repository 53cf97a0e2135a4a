"""The week in words by templates: what a careful analyst would say first, in 6 to 14 sentences."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from koe.engine.base import Draft, FactCard, Sentence
from koe.engine.offline.compose import phrases as say
from koe.engine.offline.compose.phrases import Phrase
from koe.language.text import Language, language_of
from koe.records import Finding, State

MOST = 14
"""Sentences at most; the last ones of a section go first."""
CITED = 30
"""Findings cited for a theme at most, the strongest first."""
QUOTABLE = range(6, 91)
"""Lengths of a quote that reads well within a sentence."""
_UNQUOTABLE = re.compile(r"[「」『』“”\"{}<>\n]|https?:|www\.", re.IGNORECASE)
"""Quotes that would break the sentence they stand in; they are read in the report instead."""


class Ranked(NamedTuple):
    """One theme of the week under one of the prefixes of the facts."""

    theme: str
    stem: str
    accounts: int


class Brief(NamedTuple):
    """What there is to say: cards by id, findings by theme in the order given."""

    cards: Mapping[str, FactCard]
    said: Mapping[str, Sequence[Finding]]
    language: Language

    def number(self, id: str) -> float:
        """A fact's value, 0 when it was not computed."""
        card = self.cards.get(id)
        return card.value if card and not isinstance(card.value, str) else 0

    @property
    def unread(self) -> float:
        """Conversations of the week still to be read: of these nobody can say that nothing was heard."""
        return sum(self.number(f"coverage.{state}") for state in State if state.is_to_read)

    def ranked(self, prefix: str) -> list[Ranked]:
        """The themes under a prefix in the order of their facts, silent ones left out."""
        cards = (card for id, card in self.cards.items() if id == f"{prefix}.{card.theme}.accounts")
        all_ = (Ranked(str(c.theme), f"{prefix}.{c.theme}", int(self.number(c.id))) for c in cards)
        return [one for one in all_ if one.accounts > 0]


def compose(facts: Sequence[FactCard], findings: Sequence[Finding], language: Language) -> Draft:
    """The week in words, every number, name and quote as a slot and every claim with its findings."""
    said: dict[str, list[Finding]] = {}
    for finding in findings:
        said.setdefault(finding.theme or "", []).append(finding)
    brief = Brief({card.id: card for card in facts}, said, language)
    return Draft(sentences=_shortened(list(_sentences(brief))), language=language)


class _Told(NamedTuple):
    """A sentence with how much it matters; 1 stays, the highest goes first."""

    sentence: Sentence
    rank: int


def _shortened(told: Sequence[_Told]) -> tuple[Sentence, ...]:
    keep = sorted(range(len(told)), key=lambda n: (told[n].rank, n))[:MOST]
    return tuple(told[n].sentence for n in sorted(keep))


def _sentences(brief: Brief) -> Iterator[_Told]:
    yield from _overview(brief)
    if not brief.number("volumes.conversations"):
        return
    yield from _complaints(brief)
    yield from _requests(brief)
    yield from _questions(brief)
    yield from _sales(brief)
    yield from _praise(brief)
    yield from _coverage(brief)


def _tell(section: str, rank: int, text: str, cites: Sequence[str] = ()) -> _Told:
    return _Told(Sentence(text=text, cites=tuple(cites), section=section), rank)


def _overview(brief: Brief) -> Iterator[_Told]:
    slots = {
        "all": "{f:volumes.conversations}",
        "tickets": "{f:volumes.tickets}",
        "calls": "{f:volumes.calls}",
        "change": "{f:volumes.conversations.change}",
    }
    if not brief.number("volumes.conversations"):
        yield _tell("overview", 1, say.NO_CONVERSATIONS(brief.language, all=slots["all"]))
        return
    change = brief.number("volumes.conversations.change")
    phrase = say.VOLUMES_UP if change > 0 else say.VOLUMES_DOWN if change < 0 else say.VOLUMES
    yield _tell("overview", 1, phrase(brief.language, False, **slots))
    if not brief.said and not brief.unread:
        is_one = brief.number("volumes.conversations") == 1
        yield _tell("overview", 1, say.SILENT(brief.language, is_one, all=slots["all"]))
    if not brief.said:
        return
    totals = {
        "complaint": "{f:total.complaint.accounts}",
        "request": "{f:total.feature_request.accounts}",
    }
    yield _tell("overview", 2, say.TOTALS(brief.language, False, **totals))


def _complaints(brief: Brief) -> Iterator[_Told]:
    ranked = brief.ranked("complaint")
    for place, one in enumerate(ranked[:3]):
        phrase = (say.FIRST_MOVES, say.SECOND_MOVES, say.THIRD_MOVES)[place][_movement(brief, one)]
        quote = _quote(brief, one) if place < 2 else None
        if quote:
            yield _quoted(brief, one, "complaints", 1, phrase.and_then(say.QUOTE), quote)
        else:
            yield _theme(brief, one, "complaints", 1, phrase)
    for one in _gone(brief)[: 0 if brief.unread else 1]:
        text = say.GONE(brief.language, brief.number(f"{one.stem}.previous_accounts") == 1, **_slots(one))
        yield _tell("complaints", 3, text)


def _movement(brief: Brief, one: Ranked) -> str:
    """How a theme moved since the week before: `up`, `down`, `new` or `plain`."""
    trend = brief.cards.get(f"trend.{one.theme}")
    change = brief.number(f"{one.stem}.change")
    if trend is not None and trend.value == "new":
        return "new"
    if not brief.number(f"{one.stem}.previous_accounts"):
        return "plain"
    return "up" if change > 0 else "down" if change < 0 else "plain"


def _gone(brief: Brief) -> list[Ranked]:
    """Complaints of the week before that nobody made, in the order of their facts."""
    cards = [card for id, card in brief.cards.items() if id == f"complaint.{card.theme}.accounts"]
    return [Ranked(str(card.theme), f"complaint.{card.theme}", 0) for card in cards if card.value == 0]


def _requests(brief: Brief) -> Iterator[_Told]:
    for place, one in enumerate(brief.ranked("feature_request")[:2]):
        phrase = (say.REQUEST, say.REQUEST_NEXT)[place]
        yield _theme(brief, one, "requests", 1 + 3 * place, phrase)
        if place == 0 and brief.number(f"{one.stem}.deals"):
            yield _deals(brief, one)


def _deals(brief: Brief, one: Ranked) -> _Told:
    """The deals that mention a request, with what the open ones are worth where that can be added up."""
    worth = [id for id in brief.cards if id.startswith(f"{one.stem}.amount.") and id.endswith(".open")]
    currency = worth[0].split(".")[-2] if len(worth) == 1 else ""
    is_one = brief.number(f"{one.stem}.deals") == 1
    if currency not in say.CURRENCY:
        text = say.REQUEST_DEALS(brief.language, is_one, **_slots(one))
    else:
        money = {"amount": f"{{f:{worth[0]}}}", "currency": say.CURRENCY[currency](brief.language)}
        unknown = f"{one.stem}.no_amount.open"
        phrase = say.REQUEST_OPEN_SOME if unknown in brief.cards else say.REQUEST_OPEN
        text = phrase(brief.language, is_one, unknown=f"{{f:{unknown}}}", **_slots(one), **money)
    return _tell("requests", 2, text, _cites(brief, one))


def _questions(brief: Brief) -> Iterator[_Told]:
    for one in brief.ranked("faq")[:1]:
        phrase = say.FAQ if brief.number("weeks.window") > 1 else say.FAQ_ONE
        yield _theme(brief, one, "faq", 1, phrase)


def _sales(brief: Brief) -> Iterator[_Told]:
    if brief.number("wins.deals") or brief.number("losses.deals"):
        text = say.CLOSED(brief.language, won="{f:wins.deals}", lost="{f:losses.deals}")
        yield _tell("sales", 1, text)
    for one in brief.ranked("objection")[:1]:
        quote = _quote(brief, one)
        if quote:
            yield _quoted(brief, one, "sales", 1, say.OBJECTION, quote)
        else:
            yield _theme(brief, one, "sales", 1, say.OBJECTION_PLAIN)
    for one in brief.ranked("buying_reason")[:1]:
        yield _theme(brief, one, "sales", 2, say.BUYING)


def _praise(brief: Brief) -> Iterator[_Told]:
    for one in brief.ranked("praise")[:1]:
        quote = _quote(brief, one)
        if quote:
            yield _quoted(brief, one, "praise", 2, say.PRAISE_QUOTE, quote)
        else:
            yield _theme(brief, one, "praise", 2, say.PRAISE)


def _coverage(brief: Brief) -> Iterator[_Told]:
    failed, left = brief.number("coverage.failed"), brief.number("coverage.left")
    slots = {
        "all": "{f:coverage.conversations}",
        "failed": "{f:coverage.failed}",
        "left": "{f:coverage.left}",
        "unplaced": "{f:coverage.unplaced}",
        "foreign": "{f:coverage.foreign}",
    }
    is_one = brief.number("coverage.conversations") == 1
    if not brief.unread:
        yield _tell("coverage", 1, say.COVERED(brief.language, is_one, **slots))
    if failed or left:
        yield _tell("coverage", 1, say.NOT_COVERED(brief.language, False, **slots))
    if brief.number("coverage.unplaced"):
        yield _tell("coverage", 1, say.UNPLACED(brief.language, False, **slots))
    if brief.number("coverage.foreign"):
        yield _tell("coverage", 1, say.FOREIGN(brief.language, False, **slots))


def _theme(brief: Brief, one: Ranked, section: str, rank: int, phrase: Phrase) -> _Told:
    text = phrase(brief.language, one.accounts == 1, **_slots(one))
    return _tell(section, rank, text, _cites(brief, one))


def _quoted(brief: Brief, one: Ranked, section: str, rank: int, phrase: Phrase, quote: Finding) -> _Told:
    text = phrase(brief.language, one.accounts == 1, **_slots(one), quote=f"{{q:{quote.id}}}")
    cites = _cites(brief, one)
    return _tell(section, rank, text, cites if quote.id in cites else (*cites, quote.id))


def _slots(one: Ranked) -> dict[str, str]:
    stem = one.stem
    return {
        "theme": f"{{t:{one.theme}}}",
        "accounts": f"{{f:{stem}.accounts}}",
        "conversations": f"{{f:{stem}.conversations}}",
        "previous": f"{{f:{stem}.previous_accounts}}",
        "deals": f"{{f:{stem}.deals}}",
        "weeks": "{f:weeks.window}",
    }


def _cites(brief: Brief, one: Ranked) -> tuple[str, ...]:
    return tuple(finding.id for finding in brief.said.get(one.theme, ())[:CITED])


def _quote(brief: Brief, one: Ranked) -> Finding | None:
    """The finding whose words stand best for the theme, among those that read well within a sentence.

    In the language of the digest first; then the words that the others of the theme share most
    (mean overlap of character pairs, to a tenth), then the strongest, then the first given.
    """
    said = brief.said.get(one.theme, ())[:CITED]
    fit = [f for f in said if len(f.quote) in QUOTABLE and not _UNQUOTABLE.search(f.quote)]
    pairs = {f.id: {f.quote[n : n + 2] for n in range(len(f.quote) - 1)} for f in said}

    def shared(finding: Finding) -> float:
        own = pairs[finding.id]
        overlaps = [len(own & other) / len(own | other) for other in pairs.values() if own | other]
        return round(sum(overlaps) / len(overlaps), 1)

    return min(
        fit,
        key=lambda f: (language_of(f.quote) != brief.language, -shared(f), -f.severity),
        default=None,
    )
