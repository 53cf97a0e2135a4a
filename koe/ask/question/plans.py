"""The question as filters, made safe: whatever an engine proposes, koe can count over it."""

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from koe.engine.base import Engine, Query
from koe.engine.offline import OfflineEngine
from koe.errors import BugError, KoeError, PendingError
from koe.language.text import Language, sentences
from koe.records import Theme

if TYPE_CHECKING:
    from koe.language.sudachi import Token

LONGEST = 1_000
"""Characters of a question; a longer text is no question."""
MOST_WORDS = 20
SHORTEST_SENTENCE = 3
"""Words of a question from which on it shows its language."""


class Setting(NamedTuple):
    """What a question is asked within."""

    today: date
    language: Language
    themes: Sequence[Theme]
    """Those that live findings carry."""


def planned(engine: Engine, question: str, setting: Setting) -> Query:
    """The engine's filters, or the offline engine's when it has none; what cannot be is left out.

    A question that is no sentence, such as `SSO`, is answered in the language of the setting.
    """
    text, today = question[:LONGEST], setting.today.isoformat()
    known = {theme.id for theme in setting.themes}
    try:
        query = engine.plan(text, setting.themes, today)
    except (BugError, PendingError):
        raise
    except KoeError:
        query = OfflineEngine().plan(text, setting.themes, today)
    return query.model_copy(
        update={
            "since": _day(query.since),
            "until": _day(query.until),
            "themes": tuple(id for id in query.themes if id in known),
            "words": _some(query.words),
            "mentions": _some(query.mentions),
            "language": query.language if _is_written_in(query.language, text) else setting.language,
        }
    )


def _is_written_in(language: Language, text: str) -> bool:
    """Whether a question shows its language: a Latin name or two may stand in any."""
    if language == "ja":
        return any(map(str.isalpha, text))
    return len(re.findall(r"[^\W\d_]+", text)) >= SHORTEST_SENTENCE


def _day(text: str | None) -> str | None:
    try:
        return date.fromisoformat(text).isoformat() if text else None
    except ValueError:
        return None


def _some(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))[:MOST_WORDS]


def as_asked(question: str, words: Sequence[str]) -> str:
    """The words as the question writes them, for people to read."""
    from koe.language.tokens import content_words

    written: dict[str, str] = {}
    for token in _places(question[:LONGEST], words):
        for word in content_words([token]):
            written.setdefault(word, token.surface)
    return " ".join(written.get(word, word) for word in words)


def matter_of(question: str, words: Sequence[str]) -> tuple[str, ...]:
    """What of a question says its matter, as it stands: the words with all that stands between the first
    and the last, and the sentences that hold any; all of a question that holds none."""
    text = question[:LONGEST]
    held = [text[a:b] for a, b in sentences(text) if _places(text[a:b], words)]
    if not held:
        return (text,)
    whole = " ".join(held)
    places = _places(whole, words)
    return (whole[places[0].start : places[-1].end], whole)


def _places(text: str, words: Sequence[str]) -> list["Token"]:
    """Where the words stand in a text."""
    from koe.engine.offline.plan.filters import tokens_of
    from koe.language.tokens import content_words

    return [one for one in tokens_of(text) if set(words) & set(content_words([one]))]
