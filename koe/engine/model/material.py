"""Facts and verified findings as a model sees them when it writes, and its sentences as a draft.

Themes and findings go by short names of one call (T1, Q1): a model never sees an id of the ledger, and one
that it makes up is no slot.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from koe.engine.base import Draft, FactCard, Sentence
from koe.engine.model.fence import one_line
from koe.engine.model.schemas import WrittenSentence
from koe.language.text import Language
from koe.records import Finding

__all__ = ["Names", "drafted", "shown_figures", "shown_findings", "shown_reasons", "shown_themes"]

QUOTED = 200
"""Characters of a quote that are shown; a longer one cannot be read within a sentence."""
TOLD = 4
"""Findings of a theme that are shown when a week is written."""
SHOWN = {"complaint": 8, "feature_request": 5, "faq": 4, "objection": 4, "buying_reason": 4, "praise": 3}
"""Themes under each prefix of the facts."""
WORDS = "said."
"""Prefix of the ids of words that answer a question and of which no finding was made."""
VOICE = "voice."
"""Prefix of the cards that say whose words a finding is, by its place."""
_SLOT = re.compile(r"\{([fqt]):([^{}\s]+)\}")
_LEFT_OUT = re.compile(
    r"^(?:wins|losses)\.(?:no_)?amount\b|\.previous$|^coverage\.(?!conversations|failed|left)|^total\..*\.conversations$"
)
"""Figures that a digest does not need."""


class Names(NamedTuple):
    """The short names of one call, by id."""

    themes: Mapping[str, str]
    findings: Mapping[str, str]

    @classmethod
    def of(cls, facts: Sequence[FactCard], findings: Sequence[Finding]) -> "Names":
        """Names in the order in which things are given."""
        themes = dict.fromkeys(card.theme for card in facts if card.theme)
        return cls(
            {id: f"T{n}" for n, id in enumerate(themes, 1)},
            {one.id: f"Q{n}" for n, one in enumerate(findings, 1)},
        )

    def of_card(self, card: FactCard) -> str:
        """A card's id with its theme's short name in it."""
        return card.id.replace(card.theme, self.themes[card.theme]) if card.theme else card.id

    def back(self, text: str) -> str:
        """The text with the ids in its slots."""
        return _SLOT.sub(self._slot, text)

    def _slot(self, match: re.Match[str]) -> str:
        sort, name = match[1], match[2]
        ids = {short: id for id, short in (self.findings if sort == "q" else self.themes).items()}
        if sort in "qt":
            return f"{{{sort}:{ids.get(name, name)}}}"
        return f"{{f:{'.'.join(ids.get(part, part) for part in name.split('.'))}}}"


def shown_figures(facts: Sequence[FactCard]) -> str:
    """The figures of no single theme, one a line."""
    some = [card for card in facts if not card.theme and card.unit != "outcome" and VOICE not in card.id]
    return "\n".join(
        f"{{f:{card.id}}} = {_value(card)} {_unit(card)}" for card in some if not _LEFT_OUT.search(card.id)
    )


def shown_themes(facts: Sequence[FactCard], findings: Sequence[Finding], names: Names) -> str:
    """The first themes of each kind with their figures, trend and words."""
    blocks = list(_blocks(facts))
    outcomes = {card.label: str(card.value) for card in facts if card.unit == "outcome"}
    texts = {card.theme: card for card in facts if card.unit == "text"}
    trends = {card.theme: card for card in facts if card.unit == "trend"}
    lines: list[str] = []
    for prefix, theme in blocks:
        mine = [card for card in facts if card.theme == theme and card.id.startswith(f"{prefix}.")]
        told = [one for one in findings if one.theme == theme][:TOLD]
        trend = f", {trends[theme].value}" if theme in trends else ""
        name = one_line(str(texts[theme].value)) if theme in texts else ""
        lines.append(f"## {names.themes[theme]} ({prefix}{trend}) {name}")
        lines += [f"{{f:{names.of_card(card)}}} = {_value(card)} {_unit(card)}" for card in mine]
        lines += [_finding(one, names, outcomes.get(one.id, "")) for one in told]
    return "\n".join(lines)


def shown_findings(facts: Sequence[FactCard], findings: Sequence[Finding], names: Names) -> str:
    """Findings one a line, each with the slots of whose words it is and of their day."""
    slots = {card.id: f"{{f:{card.id}}} = {one_line(str(card.value))}" for card in facts if VOICE in card.id}
    who = (
        ", ".join(slots[id] for id in (f"{VOICE}{n}.name", f"{VOICE}{n}.day") if id in slots)
        for n in range(1, len(findings) + 1)
    )
    outcomes = {card.label: str(card.value) for card in facts if card.unit == "outcome"}
    return "\n".join(
        _said(one, names, outcomes.get(one.id, ""), by) for one, by in zip(findings, who, strict=True)
    )


def shown_reasons(reasons: Sequence[str], names: Names) -> str:
    """What was refused of the draft before, in the short names."""
    lines = [one_line(reason) for reason in reasons]
    for id, short in sorted({**names.themes, **names.findings}.items()):
        lines = [line.replace(id, short) for line in lines]
    told = "\n".join(f"- {line}" for line in lines)
    return (
        f"A draft before this one was refused in these places; mend them:\n{told}" if told else "First draft."
    )


def drafted(sentences: Sequence[WrittenSentence], names: Names, language: Language) -> Draft:
    """The sentences with the ids in their slots; a finding that is quoted is cited."""
    return Draft(sentences=tuple(_sentence(one, names) for one in sentences), language=language)


def _sentence(one: WrittenSentence, names: Names) -> Sentence:
    ids = {short: id for id, short in names.findings.items()}
    text = names.back(" ".join(one.text.split()))
    quoted = [match[2] for match in _SLOT.finditer(text) if match[1] == "q"]
    cited = [ids.get(_bare(name), name) for name in one.cites]
    return Sentence(text=text, cites=tuple(dict.fromkeys([*cited, *quoted])), section=one.section)


def _bare(name: str) -> str:
    return name.strip().strip("{}").removeprefix("q:")


def _blocks(facts: Sequence[FactCard]) -> Iterator[tuple[str, str]]:
    """The themes that have figures, by prefix, in the order of the facts, as many as are shown."""
    found = dict.fromkeys((card.id.split(".")[0], card.theme) for card in facts if card.id.count(".") > 1)
    for prefix, most in SHOWN.items():
        mine = [theme for kind, theme in found if kind == prefix and theme]
        yield from ((prefix, theme) for theme in mine[:most])


def _value(card: FactCard) -> str:
    if isinstance(card.value, str):
        return one_line(card.value)
    sign = "+" if card.id.endswith(".change") else ""
    whole = float(card.value).is_integer()
    return f"{card.value:{sign}.0f}" if whole else f"{card.value:{sign}g}"


def _unit(card: FactCard) -> str:
    return f"{card.unit} ({one_line(card.label)})" if card.label and not card.theme else card.unit


def _finding(one: Finding, names: Names, outcome: str) -> str:
    deal = f", {outcome} deal" if outcome else ""
    return f"{names.findings[one.id]} ({one.kind.value}, severity {one.severity}{deal})| {_words(one)}"


def _said(one: Finding, names: Names, outcome: str, by: str) -> str:
    """The same without a weight, which an answer's words have not; no kind where no finding was made."""
    kind = "words" if one.id.startswith(WORDS) else one.kind.value
    parts = [kind, f"{outcome} deal" if outcome else "", by]
    return f"{names.findings[one.id]} ({', '.join(part for part in parts if part)})| {_words(one)}"


def _words(one: Finding) -> str:
    statement, quote = one_line(one.statement), one_line(one.quote)
    said = f"{quote[:QUOTED]}…" if len(quote) > QUOTED else quote
    told = "" if quote.startswith(statement.rstrip("…")) else f"{statement} | "
    return f"{told}{said}"
