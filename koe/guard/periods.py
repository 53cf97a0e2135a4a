"""The hard rules on the week: a figure is said to be of the week that it is of, and of no other time."""

import re
from collections.abc import Iterator

from koe.guard.around import Around, around, words_until_stop
from koe.guard.rules import WHOLE, Read
from koe.guard.slots import HOLE, Evidence
from koe.language.text import Language

_WEEKLY = frozenset(
    (
        "volumes",
        "total",
        "wins",
        "losses",
        "complaint",
        "feature_request",
        "objection",
        "buying_reason",
        "praise",
    )
)
"""First parts of the ids of figures that a digest has for a week, and some for the week before."""
_WINDOW = "weeks.window"
_BASE_EN = "".join(
    rf"(?<!\b{word} )"
    for word in ("than", "from", "to", "with", "since", "on", "against", "over", "than in", "as")
)
"""Not behind a word that makes the week a base of comparison."""
_LAST_EN = (
    r"(?:(?:in )?(?:the )?(?:last|previous|prior|preceding) week\b|the week (?:before|prior|earlier)"
    r"|a week (?:ago|earlier|before|prior))"
)
_THIS_EN = r"(?:(?:in )?this week\b|(?<!until )\bnow\b|\bcurrently\b|\btoday\b)"
_NAMED_EN = re.compile(rf"{_BASE_EN}\b(?:(?P<previous>{_LAST_EN})|(?P<current>{_THIS_EN}))", re.IGNORECASE)
_BEHIND_EN = re.compile(
    rf"(?:(?! from | than | to | with )[^,;.])*?(?:(?P<previous>{_LAST_EN})|(?P<current>{_THIS_EN}))", re.I
)
_FROM_EN = re.compile(
    r"\b(?:up|down|rose|risen|fell|fallen|rising|falling|grew|grown|dropped|increased|decreased"
    r"|declined|climbed|jumped"
    r"|increase|decrease|rise|drop|decline|jump|fall|growth) from $",
    re.IGNORECASE,
)
_CLAUSE_EN = re.compile(r"[,;:.—]|\b(?:while|whereas|but|and|versus)\b")
_NAMED_JA = {"previous": r"(?:前週|先週|前の週)(?!と|より|比|から|に比)", "current": r"今週|現在"}
_BEHIND_JA = re.compile(r"[件社](?:[（(])?(?:(?P<previous>前週|先週)|(?P<current>今週))(?![はの：: ]{0,2}$)")
"""A week behind a number, and not right before the next one, which it then belongs to."""
_MOVED_FROM = _FROM_EN.pattern.removesuffix(" $")
_THIS_AS_BASE: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(
        r"今週(?:より|と比|に比|から\ufffc*[^。、]{0,8}(?:増|減))|(?:前週|先週)(?:は|には|も)[^。、]*(?:なくな|消え|聞かれ[ずま])"
    ),
    "en": re.compile(
        r"\b(?:than|with|to|against|from)(?: in)? this week\b(?!['’])|\bno longer\b[^.,;]* last week\b"
        rf"|{_MOVED_FROM}(?: {HOLE}+(?: \w+)?)? this week\b",
        re.IGNORECASE,
    ),
}
"""This week where the week before has to stand."""
_OTHER: dict[Language, re.Pattern[str]] = {
    "ja": re.compile(
        r"今月|先月|来月|前月|今年|昨年|去年|来年|前年|本日|昨日|今日|明日|来週|翌週|先々週|四半期|今期"
        r"|前期|来期|上半期|下半期|月間|年間|年度|今朝|月曜|週末"
    ),
    "en": re.compile(
        r"\b(?:(?:this|last|next|past|previous|each|every|per|all|the) (?:month|quarter|year|day|season"
        r"|weekend)s?|today|yesterday"
        r"|tomorrow|monthly|yearly|annual(?:ly)?|quarterly|daily|next week|overnight|year-to-date"
        r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
        re.IGNORECASE,
    ),
}
"""Times for which a digest has no figure."""


def figures_are_of_their_week(one: Read, evidence: Evidence) -> Iterator[str]:
    """This week's figure is not said to be last week's, nor the other way round, nor any other time's."""
    numbers = around(one)
    for n, number in enumerate(numbers):
        own = _own(number.slot.id)
        called = _called(number, one.language, is_first=n == 0)
        called = called or _subject(one)
        if number.slot.id in evidence.cards and own not in (None, called or "current"):
            yield f"{number.slot.id} stands where the words say {called or 'current'}"
    if _THIS_AS_BASE[one.language].search(one.blank):
        yield "it compares this week with itself"
    if _is_last_week_alone(one):
        yield "it speaks of last week and has this week's figures alone"
    is_weekly = WHOLE in evidence.cards and any(n.slot.id.split(".")[0] in _WEEKLY for n in numbers)
    if is_weekly and _OTHER[one.language].search(one.prose):
        yield "it names a time that nothing was counted for"
    yield from _window_is_said(one, evidence)


def _is_last_week_alone(one: Read) -> bool:
    """Whether last week is named, not to compare with, and every figure of a week is this one's."""
    ids = [slot.id for slot in one.slots if slot.sort == "f"]
    moved = any(id.rpartition(".")[2].startswith(("previous", "change")) for id in ids)
    if moved or not any(_own(id) == "current" for id in ids):
        return False
    if one.language == "ja":
        return bool(re.search(_NAMED_JA["previous"], one.blank))
    return any(found.lastgroup == "previous" for found in _NAMED_EN.finditer(one.blank))


def _subject(one: Read) -> str | None:
    """The week that a Japanese sentence begins with as its subject, where no other is named."""
    is_past = one.language == "ja" and re.match(r"(?:前週|先週)は", one.text) and "今週" not in one.text
    return "previous" if is_past else None


def _window_is_said(one: Read, evidence: Evidence) -> Iterator[str]:
    """A figure over several weeks is not said to be of this one."""
    card = evidence.cards.get(_WINDOW)
    if card is None or isinstance(card.value, str) or card.value <= 1:
        return
    long = [slot.id for slot in one.slots if slot.id.startswith("faq.") and slot.sort == "f"]
    said = re.search(r"今週|先週|前週", one.prose) if one.language == "ja" else _NAMED_EN.search(one.prose)
    if long and said and not any(slot.id == _WINDOW for slot in one.slots) and not _others(one):
        yield f"{long[0]} counts {card.value} weeks, not one"


def _others(one: Read) -> bool:
    return any(_own(slot.id) for slot in one.slots if slot.sort == "f")


def _own(id: str) -> str | None:
    """Whether a figure of a digest is of this week or of the one before."""
    parts = id.split(".")
    if parts[-1].startswith("previous"):
        return "previous" if parts[0] in {*_WEEKLY, "faq"} else None
    return "current" if parts[0] in _WEEKLY and parts[-1] != "change" else None


def _called(number: Around, language: Language, *, is_first: bool) -> str | None:
    """The week that the words around a number say it is of; None when they say nothing."""
    if language == "ja":
        behind = _BEHIND_JA.match(number.after)
        return str(behind.lastgroup) if behind else _last_ja(number.before)
    if _FROM_EN.search(number.before):
        return "previous"
    behind = _BEHIND_EN.match(words_until_stop(number.after, language))
    if behind:
        return str(behind.lastgroup)
    clause = number.before if is_first else _CLAUSE_EN.split(number.before)[-1]
    named = [str(found.lastgroup) for found in _NAMED_EN.finditer(clause)]
    return named[-1] if named else None


def _last_ja(before: str) -> str | None:
    hits = [(m.start(), name) for name, pattern in _NAMED_JA.items() for m in re.finditer(pattern, before)]
    return max(hits)[1] if hits else None
