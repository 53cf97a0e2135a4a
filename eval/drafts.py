"""Drafts as an engine that writes freely may send them: other words than koe's own, and all of it right.

`drafts/ja.txt` and `drafts/en.txt` hold them, one sentence a line, a draft under each line with `#` in front.
`{t:c1}` stands for the first complaint of a week, `c2`, `c3` for the next, `r` for requests, `f` for the FAQ,
`o` for objections, `b` for reasons to buy, `p` for praise, `g` for what is gone; `{q:c1.2}` for the theme's
second quote. A line may begin with what must be so for it to be true, such as `[c1 up]` or `[c1>c2]`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from koe.engine.base import Sentence
from koe.facts.shape import ThemeFacts, WeekFacts
from koe.guard.slots import SLOT
from koe.language.text import Language

__all__ = ["Told", "drafts_of"]

FOLDER = Path(__file__).parent / "drafts"
LEAST = 2
"""Sentences that have to be true of a week for the draft to be one of it."""
CITED = 4
_LINE = re.compile(r"(?:\[([^\]]+)\] )?(.+)")
_ROLE = re.compile(r"([a-z])(\d)")
_PREFIX = {
    "c": "complaint",
    "g": "complaint",
    "r": "feature_request",
    "f": "faq",
    "o": "objection",
    "b": "buying_reason",
    "p": "praise",
}


class Told(NamedTuple):
    """One draft about one week."""

    name: str
    sentences: tuple[Sentence, ...]


class _Line(NamedTuple):
    draft: str
    needs: str
    text: str


def drafts_of(facts: WeekFacts, language: Language) -> Iterator[Told]:
    """Every draft that has enough to say of the week, with the sentences that are true of it."""
    week, drafts = _Week(facts), dict[str, list[Sentence]]()
    for line in _lines(language):
        said = week.said(line.text) if week.holds(line.needs) else None
        drafts.setdefault(line.draft, []).extend([said] if said else [])
    yield from (Told(name, tuple(some)) for name, some in drafts.items() if len(some) >= LEAST)


@cache
def _lines(language: Language) -> Sequence[_Line]:
    name, found = "", []
    for line in (FOLDER / f"{language}.txt").read_text("utf-8").splitlines():
        name = line[2:] if line.startswith("# ") else name
        if line and not line.startswith("# ") and (match := _LINE.fullmatch(line)):
            found.append(_Line(name, match[1] or "", match[2]))
    return found


class _Week:
    """A week's themes by role, and its numbers by id."""

    def __init__(self, facts: WeekFacts) -> None:
        groups: Mapping[str, Sequence[ThemeFacts]] = {
            "c": facts.complaints,
            "g": facts.gone,
            "r": facts.feature_requests,
            "f": facts.faq,
            "o": facts.objections,
            "b": facts.buying_reasons,
            "p": facts.praise,
        }
        self.themes = {f"{role}{n}": one for role, some in groups.items() for n, one in enumerate(some, 1)}
        self.values = {fact.id: fact.value for fact in facts.facts}
        self.numbered = {fact.id for fact in facts.facts}

    def holds(self, needs: str) -> bool:
        """Whether the week is as a line wants it."""
        left, _, right = needs.partition(">")
        if right:
            return self._accounts(left) > self._accounts(right)
        what, _, how = needs.partition(" ")
        undone = self.values.get("coverage.failed", 0) + self.values.get("coverage.left", 0)
        if what in ("complete", "failed"):
            return (undone > 0) == (what == "failed")
        return not how or self._moves(what, how)

    def _accounts(self, role: str) -> int:
        return self.themes[role].accounts if role in self.themes else 0

    def _moves(self, what: str, how: str) -> bool:
        theme = self.themes.get(what)
        if how in ("new", "rising", "falling", "steady"):
            return theme is not None and theme.trend == how
        whole = {"volumes": "volumes.conversations"}.get(what, f"volumes.{what}")
        stem = f"{_PREFIX[what[0]]}.{theme.theme}" if theme else whole
        change = self.values.get(f"{stem}.change")
        known = theme is None or bool(theme.previous_accounts)
        return known and change is not None and how == ("up" if change > 0 else "down" if change else "same")

    def said(self, text: str) -> Sentence | None:
        """The line as a sentence of this week; None where the week lacks what it speaks of."""
        named: dict[str, tuple[str, ...]] = {}
        for sort, id in SLOT.findall(text):
            role, theme = id.split(".")[0], self.themes.get(id.split(".")[0])
            if theme is None and (_ROLE.fullmatch(role) or id not in self.numbered):
                return None
            if theme is not None:
                place = int(id.rpartition(".")[2]) - 1 if sort == "q" and "." in id else 0
                if sort == "q" and place >= len(theme.findings):
                    return None
                quoted = theme.findings[place : place + 1] if sort == "q" else ()
                named[role] = (*named.get(role, ()), *quoted)
        filled = SLOT.sub(self._slot, text)
        if any(sort == "f" and id not in self.numbered for sort, id in SLOT.findall(filled)):
            return None
        cites = [
            id for role, quoted in named.items() for id in (*quoted, *self.themes[role].findings[:CITED])
        ]
        return Sentence(text=filled, cites=tuple(dict.fromkeys(cites)))

    def _slot(self, match: re.Match[str]) -> str:
        sort, (role, _, rest) = match[1], match[2].partition(".")
        theme = self.themes.get(role)
        if theme is None:
            return match[0]
        if sort == "f":
            return f"{{f:{_PREFIX[role[0]]}.{theme.theme}.{rest}}}"
        return f"{{t:{theme.theme}}}" if sort == "t" else f"{{q:{theme.findings[int(rest or 1) - 1]}}}"
