"""Lies that only rules of thumb can tell: too much said of what was counted, or something of what was not."""

from collections.abc import Iterator, Mapping
from random import Random

from eval import lies
from eval.corrupt import Case, Corruption, joined, reworded
from koe.engine.base import Sentence
from koe.language.text import Language

__all__ = ["SOFT"]


def _added(forms: Mapping[Language, tuple[str, ...]]) -> Corruption:
    def add(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
        one = case.sentences[at]
        for form in forms[case.language]:
            yield reworded(one, joined(one.text, form, case.language))
            yield one.model_copy(update={"text": form, "cites": one.cites})

    return add


def false_comparison(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """Of two themes, the one with fewer accounts is said to have more."""
    if at:
        return
    counts = [
        c for c in case.cards if c.id.startswith("complaint.") and c.id.endswith(".accounts") and c.value
    ]
    pairs = [
        (a, b) for a in counts for b in counts if a.theme != b.theme and float(a.value) <= float(b.value)
    ]
    for few, many in dice.sample(pairs, min(2, len(pairs))):
        cites = tuple(next(f.id for f in case.findings if f.theme == card.theme) for card in (few, many))
        for form in lies.MORE_THAN[case.language]:
            text = form.replace("$few", f"{{t:{few.theme}}}").replace("$many", f"{{t:{many.theme}}}")
            yield Sentence(text=text, cites=cites, section="complaints")


def false_rank(case: Case, at: int, dice: Random) -> Iterator[Sentence]:
    """A theme that is not the first is called the first, or one that is not new the newest."""
    one = case.sentences[at]
    first = case.facts.complaints[0].accounts if case.facts and case.facts.complaints else 0
    for theme in case.facts.complaints[1:4] if case.facts and at == 0 else ():
        forms = lies.FIRST[case.language] if theme.accounts < first else ()
        forms += lies.NEW[case.language] if theme.trend != "new" else ()
        for form in forms:
            yield one.model_copy(
                update={"text": form.replace("$theme", f"{{t:{theme.theme}}}"), "cites": theme.findings}
            )


SOFT: Mapping[str, Corruption] = {
    "false comparison": false_comparison,
    "false rank": false_rank,
    "number nobody counted": _added(lies.VAGUE),
    "claim nobody made": _added(lies.CLAIMS),
}
