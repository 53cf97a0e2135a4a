"""An answer's words on which themes more, or fewer, accounts speak of than before."""

from collections.abc import Mapping

from koe.engine.base import FactCard
from koe.language.text import Language

MOST = 10


def moves(cards: Mapping[str, FactCard], language: Language) -> list[str]:
    """Both periods, and each theme that moves with its accounts in both."""
    if "moves" not in cards:
        return []
    places = [f"move.{place}" for place in range(1, MOST + 1) if f"move.{place}.name" in cards]
    head = _HEADS[language][str(cards["moves"].value)]
    said = [_BEFORE[language].format(*_slots("before")), head.format(*_slots("after"))]
    return [*said, *(_LINES[language].format(place) for place in places)]


def _slots(name: str) -> tuple[str, ...]:
    return tuple(f"{{f:span.{name}{end}}}" for end in (".since", ".until", ""))


_BEFORE: Mapping[Language, str] = {
    "ja": "先の期間（{}から{}まで）は{}件の会話です。",
    "en": "The earlier period ({} to {}) has {} conversations.",
}
_LINES: Mapping[Language, str] = {
    "ja": "・{{f:{0}.name}}: 先の期間{{f:{0}.before}}社、後の期間{{f:{0}.after}}社",
    "en": "· {{f:{0}.name}}: accounts in the earlier period {{f:{0}.before}}, in the later {{f:{0}.after}}",
}
_AFTER: Mapping[Language, str] = {
    "ja": "後の期間（{}から{}まで、{}件の会話）のほうに",
    "en": "accounts in the later period ({} to {}, {} conversations)",
}
_HEADS: Mapping[Language, Mapping[str, str]] = {
    "ja": {
        "more": f"{_AFTER['ja']}会社の数が多いテーマ:",
        "fewer": f"{_AFTER['ja']}会社の数が少ないテーマ:",
        "none more": f"{_AFTER['ja']}会社の数が多いテーマはありません。",
        "none fewer": f"{_AFTER['ja']}会社の数が少ないテーマはありません。",
    },
    "en": {
        "more": f"Themes with more {_AFTER['en']}:",
        "fewer": f"Themes with fewer {_AFTER['en']}:",
        "none more": f"No theme has more {_AFTER['en']}.",
        "none fewer": f"No theme has fewer {_AFTER['en']}.",
    },
}
