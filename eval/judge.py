"""A second opinion by a model: is each finding borne out, of its kind, in its theme? Advisory, never a gate.

What the judge says is compared with the labels over the same findings: Cohen's kappa (Cohen 1960), with an
interval by drawing accounts anew. Until the lower end of that is above .6 nobody should lean on the judge.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

import numpy as np
from pydantic import BaseModel, ConfigDict

from eval.bootstrap import draws
from eval.figures import Floats
from eval.said import Said
from eval.scores.findings import Labelled, Matched
from eval.shape import Agreement
from koe.engine.model.schemas import problem_of, read_answer, schema_of
from koe.engine.model.shape import Call, Caller
from koe.model.prompts import load_prompt, render

__all__ = ["ENOUGH", "Judged", "agreements", "calls_of", "check", "items_of", "judge"]

PACK = 10
"""Findings in one call."""
ENOUGH = 0.6
"""Where the lower end of kappa has to lie before the judge's word counts for something."""
_ITEM = re.compile(r"^### (\d+) \(", re.MULTILINE)
Kind = Literal["complaint", "feature_request", "question", "objection", "buying_reason", "praise", "none"]


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Opinion(_Answer):
    """What the judge says of one finding."""

    item: int
    supported: bool
    kind: Kind
    fits: bool


class Judged(_Answer):
    """What the judge answers."""

    items: list[Opinion]


class Item(NamedTuple):
    """One finding as the judge sees it, and what the labels say of it."""

    account: str
    kind: str
    text: str
    """Masked."""
    is_right: bool
    """The truth has it, of this kind."""
    is_in_place: bool | None
    """The truth puts it with most of its theme; None where it has no finding for it."""


def items_of(
    matched: Matched, said: Mapping[str, Said], stands: Mapping[str, str], names: Mapping[str, str]
) -> list[Item]:
    """Every finding of koe's, in the order of their places; `names` are its themes' by id."""
    true = {id(found): one for one, found in matched.pairs}
    return [_item(one, true.get(id(one)), said, stands, names) for one in sorted(matched.found)]


def _item(
    one: Labelled,
    true: Labelled | None,
    said: Mapping[str, Said],
    stands: Mapping[str, str],
    names: Mapping[str, str],
) -> Item:
    where = said[one.conversation]
    start, end = where.turns[one.turn].masked_span(one.start, one.end)
    quote = " ".join(where.turns[one.turn].masked[start:end].split())
    lines = (f"quote| {quote}", f"statement| {one.statement}", f"theme| {names.get(one.theme, '')}")
    in_place = None if true is None else stands.get(one.theme) == true.theme
    return Item(where.account, one.kind, "\n".join(lines), true is not None, in_place)


def calls_of(items: Sequence[Item]) -> list[Call]:
    """The questions to the judge, ten findings each."""
    prompt, schema = load_prompt("judge"), schema_of(Judged)
    return [
        Call(
            verb="answer",
            prompt=prompt.sha256,
            system=prompt.system,
            user=render(prompt, findings=_listed(pack)),
            schema=schema,
            temperature=prompt.temperature,
            max_tokens=200 + 60 * len(pack),
        )
        for pack in _packs(items)
    ]


def _packs(items: Sequence[Item]) -> list[Sequence[Item]]:
    return [items[at : at + PACK] for at in range(0, len(items), PACK)]


def _listed(pack: Sequence[Item]) -> str:
    return "\n".join(f"### {n} (finding) {item.kind}\n{item.text}" for n, item in enumerate(pack, 1))


def check(call: Call, text: str) -> str | None:
    """What is wrong with an answer: not the schema, or not every item once."""
    problem = problem_of(Judged, text)
    if problem:
        return problem
    wanted = [int(n) for n in _ITEM.findall(call.user)]
    given = sorted(one.item for one in read_answer(Judged, text).items)
    return None if given == wanted else f"The answer must have each of the items {wanted} once."


def judge(caller: Caller, items: Sequence[Item]) -> list[Opinion | None]:
    """The judge's opinion of each finding, in order; None where there is no answer."""
    opinions: list[Opinion | None] = []
    for reply, pack in zip(caller.ask(calls_of(items), check), _packs(items), strict=True):
        told = read_answer(Judged, reply.text).items if reply.text is not None else []
        by_item = {one.item: one for one in told}
        opinions += (by_item.get(n) for n in range(1, len(pack) + 1))
    return opinions


def agreements(items: Sequence[Item], opinions: Sequence[Opinion | None]) -> tuple[Agreement, ...]:
    """Judge against labels: is the finding right, and is it in its place; those without an answer apart."""
    heard = [(item, one) for item, one in zip(items, opinions, strict=True) if one is not None]
    right = [(i.account, o.supported and o.kind == i.kind, i.is_right) for i, o in heard]
    placed = [(i.account, o.fits, i.is_in_place) for i, o in heard if i.is_in_place is not None]
    silent = len(items) - len(heard)
    return (
        _agreement("a finding is borne out and of its kind", right, silent),
        _agreement("a finding is in its theme", placed, silent),
    )


Pair = tuple[str, bool, bool]
"""Account, what the judge says, what the labels say."""


def _agreement(what: str, pairs: Sequence[Pair], silent: int) -> Agreement:
    names = sorted({account for account, *_ in pairs})
    table = np.zeros((len(names), 4))
    for account, said, true in pairs:
        table[names.index(account), 2 * said + true] += 1
    value = kappa(table.sum(axis=0))
    drawn = [kappa(weights @ table) for weights in draws(len(names))] if names else []
    known = [one for one in drawn if one is not None]
    low, high = (float(np.quantile(known, q)) for q in (0.025, 0.975)) if known else (None, None)
    return Agreement(what=what, n=len(pairs), kappa=value, low=low, high=high, unanswered=silent)


def kappa(counts: Floats) -> float | None:
    """Cohen's kappa of (neither, label alone, judge alone, both); None where chance alone agrees on all."""
    neither, label, said, both = (float(count) for count in counts)
    total = neither + label + said + both
    if not total:
        return None
    chance = ((both + said) * (both + label) + (neither + said) * (neither + label)) / total**2
    return None if chance == 1 else ((neither + both) / total - chance) / (1 - chance)


def lines_of(found: Sequence[Agreement]) -> Iterator[str]:
    """The agreement as people read it."""
    for one in found:
        between = (
            f"[{one.low:.2f}, {one.high:.2f}]" if one.low is not None and one.high is not None else "[–]"
        )
        value = f"{one.kappa:.2f}" if one.kappa is not None else "–"
        word = "agreement shown" if one.is_shown(ENOUGH) else "advisory: agreement not shown"
        left = f", {one.unanswered} without an answer" if one.unanswered else ""
        yield f"  {one.what:<42}kappa {value} {between} n {one.n}{left}  {word}"
