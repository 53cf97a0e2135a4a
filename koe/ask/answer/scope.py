"""What an answer was counted over, as one line: kinds, deals, period, as the question was understood."""

from collections.abc import Iterator, Mapping

from koe.ask.counting.kinds import KINDS
from koe.ask.shape import Answer, Filters
from koe.language.money import behind
from koe.language.text import Language

__all__ = ["scope_of"]

_STREAMS: Mapping[Language, Mapping[str, str]] = {
    "ja": {
        "won": "受注した商談", "lost": "失注した商談", "open": "進行中の商談",
        "call": "通話", "ticket": "問い合わせ",
    },
    "en": {
        "won": "won deals", "lost": "lost deals", "open": "open deals",
        "call": "calls", "ticket": "tickets",
    },
}  # fmt: skip
_NEAR: Mapping[Language, str] = {"ja": "とそれに近い声", "en": " and the like"}
_CLOSED = ("volumes.won", "volumes.lost", "volumes.open")


def scope_of(answer: Answer) -> str:
    """The line; empty where everything was counted."""
    filters = answer.filters
    is_english = filters.language == "en"
    parts = [*_kinds(filters), *_stream(filters), *_deals(filters), *_period(filters, _is_of_deals(answer))]
    slips = _slips(filters) + _silence(filters)
    if not parts:
        return slips.strip()
    head = ("Counted" if answer.answerable else "Looked for") if is_english else (
        "数えた範囲" if answer.answerable else "探した範囲"
    )  # fmt: skip
    return f"{slips}{head}: {('; ' if is_english else '、').join(parts)}"


def _slips(filters: Filters) -> str:
    """What words were read as that nobody knows as they are written."""
    if filters.language == "en":
        return "".join(f"“{written}” was read as “{read}”. " for written, read in filters.read_as)
    return "".join(f"「{written}」は「{read}」と読みました。" for written, read in filters.read_as)


def _silence(filters: Filters) -> str:
    """Whether the newest week with data stands for a period that has none yet."""
    if filters.silent_since is None:
        return ""
    if filters.language == "en":
        return f"Nothing has come in since {filters.silent_since}: this is of the newest week with data. "
    return f"{filters.silent_since}からの会話はまだないため、データのある最も新しい週について答えています。"


def _is_of_deals(answer: Answer) -> bool:
    return any(fact.id in _CLOSED for fact in answer.facts)


def _kinds(filters: Filters) -> Iterator[str]:
    if filters.kinds:
        joint = ", " if filters.language == "en" else "・"
        near = _NEAR[filters.language] if filters.loosely else ""
        yield joint.join(KINDS[filters.language][kind] for kind in filters.kinds) + near
    if filters.severe:
        yield "the most severe only" if filters.language == "en" else "最も重い声だけ"


def _stream(filters: Filters) -> Iterator[str]:
    stream = filters.outcome or filters.conversation_kind
    if stream:
        yield _STREAMS[filters.language][stream]


def _deals(filters: Filters) -> Iterator[str]:
    is_english = filters.language == "en"
    if filters.industries:
        names = ", ".join(filters.industries) if is_english else "・".join(filters.industries)
        yield f"accounts whose deals name the trade {names}" if is_english else f"商談の業種が{names}の会社"
    if filters.owners:
        names = ", ".join(filters.owners) if is_english else "・".join(filters.owners)
        yield f"deals of {names}" if is_english else f"担当が{names}の商談"
    if ids := (*filters.deals, *filters.conversations):
        yield f"of {', '.join(ids)}" if is_english else "・".join(ids)
    yield from _bounds(filters)
    if filters.accounts:
        yield "only the companies named" if is_english else "質問に名前のある会社"


def _bounds(filters: Filters) -> Iterator[str]:
    low = ("超", "over") if filters.above else ("以上", "at least")
    high = ("未満", "under") if filters.below else ("以下", "at most")
    for bound, (ja, en) in ((filters.at_least, low), (filters.at_most, high)):
        if bound is not None and filters.language == "en":
            yield f"amount {en} {bound:,.0f}{behind(filters.currency, 'en')}"
        elif bound is not None:
            yield f"金額{bound:,.0f}{behind(filters.currency, 'ja')}{ja}"


def _period(filters: Filters, is_of_deals: bool) -> Iterator[str]:
    own = _days(filters.since, filters.until, filters.language)
    later = _days(*filters.against, filters.language) if filters.against else ""
    if own and later:
        yield f"{own} against {later}" if filters.language == "en" else f"{own}と{later}"
    elif own and is_of_deals:
        yield f"closed {own}" if filters.language == "en" else f"{own}に決着"
    elif own:
        yield own


def _days(since: str | None, until: str | None, language: Language) -> str:
    if since and until:
        return f"{since} to {until}" if language == "en" else f"{since}から{until}まで"
    if since:
        return f"from {since}" if language == "en" else f"{since}から"
    if until:
        return f"up to {until}" if language == "en" else f"{until}まで"
    return ""
