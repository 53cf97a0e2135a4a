"""A question as filters, by its words: Japanese and English.

What a filter takes is cut out of the question; the content words that are left say what it is about.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from koe.engine.base import Ask, Counted, Query
from koe.engine.offline.plan import deals as d
from koe.engine.offline.plan import words as q
from koe.engine.offline.plan.kinds import KINDS, either
from koe.engine.offline.plan.losing import NOT_BOUGHT, spans_of_losing
from koe.engine.offline.plan.money import AMOUNT
from koe.engine.offline.plan.outcomes import without_ordinary
from koe.engine.offline.plan.periods import Days, all_days_of, following, preceding
from koe.engine.offline.plan.who import MOST_TALK
from koe.language.text import language_of, normalize
from koe.records import ConversationKind, FindingKind, Outcome, Theme

if TYPE_CHECKING:
    from koe.language.sudachi import Token


def plan(question: str, themes: Sequence[Theme], today: str) -> Query:
    """The question as filters; `themes` are not looked at: koe matches the words that are left."""
    text = normalize(question).lower()
    periods = _with_later(text, all_days_of(question, date.fromisoformat(today)), date.fromisoformat(today))
    if _against(text, periods):
        periods = sorted(periods, key=lambda days: (days.since or date.min, days.spans))
    days = periods[0] if periods else Days(None, None)
    worth = (d.LARGEST, d.SMALLEST, d.AVERAGE, AMOUNT) if d.is_of_deals(text) else ()
    kinds = kinds_in(_without(text, worth))
    if kinds and re.search(q.OTHER_KINDS, text):
        kinds = tuple(kind for kind in FindingKind if kind not in kinds)
    outcomes = _outcomes(text)
    kinds = kinds or _reasons(text, outcomes)
    return Query(
        ask=_ask(text, outcomes),
        kinds=kinds,
        outcome=outcomes[0] if len(outcomes) == 1 and not re.search(d.RATE, text) else None,
        conversation_kind=_conversation_kind(text),
        since=_iso(days.since),
        until=_iso(days.until),
        words=words_of(text, periods),
        language=language_of(question),
        by_week=bool(re.search(q.BY_WEEK, text)),
        first_seen=bool(re.search(q.FIRST, text)) and not re.search(either(q.EARLIEST, q.LATEST), text),
        mentions=_mentions(text),
        period_named=bool(periods),
        top=_top(text),
        replies=bool(re.search(q.REPLIES, text)),
        counted=_counted(text),
        by_stream=_names_both_streams(text),
        against=_against(text, periods),
        amount=bool(re.search(AMOUNT, _without(text, (d.LARGEST, d.SMALLEST)))),
        by_industry=bool(re.search(q.INDUSTRY, text)),
        beyond=bool(re.search(q.BEYOND, _without(text, (AMOUNT,)))),
    )


def _without(text: str, patterns: Sequence[str]) -> str:
    """The text with blanks where a pattern has read it."""
    for pattern in patterns:
        text = re.sub(pattern, lambda match: " " * len(match[0]), text)
    return text


def kinds_in(text: str) -> tuple[FindingKind, ...]:
    """The kinds that are named, in the order of the patterns; what one pattern took no other reads."""
    left = without_ordinary(_without(text, (NOT_BOUGHT,)))
    found = [FindingKind.OBJECTION] if re.search(NOT_BOUGHT, text) else []
    for pattern, kind in KINDS:
        if re.search(pattern, left):
            found.append(kind)
            left = re.sub(pattern, " ", left)
    return tuple(dict.fromkeys(found))


def _outcomes(text: str) -> list[Outcome]:
    """The outcomes that are named; what says that a deal was not won does not say that it was."""
    left = _without(text, (NOT_BOUGHT,))
    is_lost = left != text
    return [name for pattern, name in q.OUTCOMES if re.search(pattern, left) or (is_lost and name == "lost")]


def _reasons(text: str, outcomes: Sequence[Outcome]) -> tuple[FindingKind, ...]:
    """The kind that says why a deal ended as it did, where that is asked for."""
    told = {"lost": FindingKind.OBJECTION, "won": FindingKind.BUYING_REASON}
    if not re.search(q.REASONS, text):
        return ()
    return tuple(told[outcome] for outcome in outcomes if outcome in told)


def _with_later(text: str, periods: list[Days], today: date) -> list[Days]:
    """The period that another one is compared with, and that other one: the next, up to the last data.

    "Since last week" on a Monday, when nothing of this week is there yet, compares the last two weeks.
    """
    if len(periods) != 1 or None in periods[0][:2]:
        return periods
    (base,) = periods
    (start, end) = base.spans[0]
    if not (re.match(q.COMPARED_AFTER, text[end:]) or re.search(q.COMPARED_BEFORE, text[:start])):
        return periods
    later = following(base)
    return [preceding(base), base] if later.since is None or later.since >= today else [base, later]


def _against(text: str, periods: Sequence[Days]) -> tuple[str | None, str | None] | None:
    """The later one of two periods that are compared."""
    if len(periods) != 2 or None in (periods[0].since, periods[1].since):
        return None
    if periods[0].spans != periods[1].spans and not re.search(q.COMPARES, text):
        return None
    later = max(periods, key=lambda days: (days.since or date.min, days.spans))
    return _iso(later.since), _iso(later.until)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _names_both_streams(text: str) -> bool:
    return bool(re.search(q.TICKET, text) and re.search(q.CALL, text) and re.search(q.COMPARES, text))


def _counted(text: str) -> Counted | None:
    return next((unit for pattern, unit in q.COUNTED if re.search(pattern, text)), None)


def _ask(text: str, outcomes: Sequence[Outcome]) -> Ask:
    if outcomes and not _mentions(text) and re.search(q.KEYWORDS, text):
        return "keywords"
    if len(set(outcomes)) > 1:
        return "compare"
    return next((ask for pattern, ask in q.ASKS if re.search(pattern, text)), "passage")


def _top(text: str) -> int | None:
    """How many themes: the number that stands beside "top", or one where the most frequent is asked for."""
    if match := re.search(q.TOP_MANY, text):
        number = next(group for group in match.groups() if group)
        return max(1, min(10, int(q.NUMBERS.get(number, number))))
    return 1 if re.search(q.TOP_ONE, text) else None


def _conversation_kind(text: str) -> ConversationKind | None:
    call, ticket = re.search(q.CALL, text), re.search(q.TICKET, text)
    if bool(call) == bool(ticket):
        return None
    return "call" if call else "ticket"


def _mentions(text: str) -> tuple[str, ...]:
    if not re.search(q.SAYS, text):
        return ()
    found = [match[1].strip() for pattern in q.MENTION for match in re.finditer(pattern, text)]
    return tuple(dict.fromkeys(term for term in found if term))


def words_of(text: str, periods: Sequence[Days] = ()) -> tuple[str, ...]:
    """Content words, in normal form, of what no filter took."""
    spans = [*(span for days in periods for span in days.spans), *_taken(text)]
    return tuple(dict.fromkeys(one.word for one in _words_between(text, spans)))


class PlacedWord(NamedTuple):
    """A content word and where it stands in the normalised question; `end` exclusive."""

    word: str
    start: int
    end: int


def placed_words(question: str) -> list[PlacedWord]:
    """The content words that no filter took, each as often as it stands there, in order."""
    return _words_between(normalize(question).lower(), taken_from(question))


def _words_between(text: str, spans: Sequence[tuple[int, int]]) -> list[PlacedWord]:
    left = list(text)
    for start, end in spans:
        left[start:end] = " " * (end - start)
    found = [PlacedWord(word_of(one), one.start, one.end) for one in tokens_of("".join(left))]
    return [one for one in found if one.word and one.word not in q.GENERIC]


def taken_from(question: str) -> list[tuple[int, int]]:
    """Where filters stand in the normalised question; the day that relative ones count from is no matter."""
    spans = [span for days in all_days_of(question, date(2000, 1, 1)) for span in days.spans]
    return [*spans, *_taken(normalize(question).lower())]


def tokens_of(text: str) -> "list[Token]":
    """The tokens of a question, with 二重 as one: its 重 is what tells, and what the index has."""
    from koe.language.tokens import tokenize

    found: list[Token] = []
    for token in tokenize(text):
        if found and token.surface == "重" and found[-1].pos[:2] == _NUMBER and found[-1].end == token.start:
            last = found.pop()
            token = token._replace(surface=last.surface + token.surface, pos=_NOUN, start=last.start)
        found.append(token)
    return found


_NUMBER, _NOUN = ("名詞", "数詞"), ("名詞", "普通名詞", "一般")


def word_of(token: "Token") -> str:
    """The token's word when a question may be about it: also 誤 of 誤検知, and what elsewhere is a chore."""
    from koe.language.tokens import content_words

    telling = token.normal in q.TELLING or _is_prefix(token)
    return token.normal if telling else next(iter(content_words([token])), "")


def _is_prefix(token: "Token") -> bool:
    """Whether it is a kanji that changes what stands behind it, no politeness."""
    is_polite = token.normal in ("御", "各", "約", "全", "毎", "本", "当", "同")
    return token.pos[0] == "接頭辞" and _KANJI.fullmatch(token.surface) is not None and not is_polite


_KANJI = re.compile(r"[\u4e00-\u9fcc]")


def _taken(text: str) -> list[tuple[int, int]]:
    patterns = [
        q.KEYWORDS, *(pattern for pattern, _ in KINDS),
        *(pattern for pattern, _ in q.OUTCOMES),
        *(pattern for pattern, _ in q.ASKS),
        q.CALL, q.TICKET, q.BY_WEEK, q.FIRST, q.SAYS, q.FILLER, q.REPLIES, q.TOP_MANY, q.TOP_ONE, AMOUNT,
        q.INDUSTRY, q.OTHER_KINDS, MOST_TALK, d.LARGEST, d.SMALLEST, d.AVERAGE, d.WORTH,
        *(pattern for pattern, _ in q.COUNTED),
    ]  # fmt: skip
    left = without_ordinary(_without(text, (NOT_BOUGHT,)))
    found = (match.span() for pattern in patterns for match in re.finditer(pattern, left))
    return [*d.bounds_of(text).spans, *spans_of_losing(text), *found]
