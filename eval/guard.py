"""The guard measured: `python -m eval.guard` (`--seed`, `--quick`, `-v` lists what passed).

Correct digests and answers are corrupted on purpose. A corruption comes as a draft, as an engine would
write it that lies with a straight face, and as a text that was changed after it was filled. Counted is
what is caught of each sort, and how often something untouched is refused.
"""

import argparse
from collections.abc import Iterator, Sequence
from random import Random
from typing import NamedTuple

from eval import corrupt, overclaims
from eval.corrupt import Case
from eval.guard_cases import FREE, cases_of, free_words
from eval.hostile import HOSTILE, HOSTILE_SOFT
from eval.share import Share, head, line
from eval.truths import truths
from koe.digest import Digest, Filled, Refusal
from koe.engine.base import Draft, Sentence
from koe.guard import check, check_filled, check_sentences, fill, missing_themes

HARD = {**corrupt.HARD, **HOSTILE}
SOFT = {**overclaims.SOFT, **HOSTILE_SOFT}


class Passed(NamedTuple):
    """A corruption that nobody noticed."""

    corruption: str
    where: str
    case: str
    text: str


class Table(NamedTuple):
    """What the guard catches."""

    caught: tuple[Share, ...]
    quiet: tuple[Share, ...]
    """Untouched sentences and texts that were let pass."""
    passed: tuple[Passed, ...]
    """What was not caught."""
    alarms: tuple[str, ...]
    """What was refused though it is right."""


def run(seed: int = 1, *, quick: bool = False) -> Table:
    """Every corruption of every case; `quick` takes one made workspace per language and no sample."""
    cases = list(cases_of(seed, quick))
    free = [one for case in cases for one in free_words(case, seed)]
    tried = [one for case in (*cases, *free[::FREE]) for one in _tried(case, seed)]
    alarms, quiet = _untouched(cases, free)
    names = (*HARD, "citation withdrawn", "top theme left out", *SOFT)
    shares = (_share(name, where, tried) for name in names for where in _WHERE)
    passed = tuple(Passed(*one[:4]) for one in tried if not one.caught)
    return Table(tuple(share for share in shares if share.n), quiet, passed, alarms)


_WHERE = ("draft", "text")


class _Tried(NamedTuple):
    corruption: str
    where: str
    case: str
    text: str
    caught: bool


def _share(name: str, where: str, tried: Sequence[_Tried]) -> Share:
    mine = [one.caught for one in tried if (one.corruption, one.where) == (name, where)]
    return Share(name, where, len(mine), sum(mine), where == "text" or name not in SOFT)


def _tried(case: Case, seed: int) -> Iterator[_Tried]:
    """One corruption of each sort in one sentence of the case, as a draft and as a text."""
    for name, way in {**HARD, **SOFT}.items():
        dice = Random(f"{seed}:{name}:{case.name}:{case.language}")
        lies = [(at, lie) for at in range(len(case.sentences)) for lie in way(case, at, dice)]
        lies = [(at, lie) for at, lie in lies if lie != case.sentences[at]]
        if lies:
            at, lie = dice.choice(lies)
            yield _Tried(name, "draft", case.name, lie.text, _is_caught(case, lie))
            if (text := _filled(case, at, lie)) is not None:
                yield _Tried(name, "text", case.name, text.text, _is_seen(case, at, text))
    yield from _withdrawn(case, Random(f"{seed}:withdrawn:{case.name}"))
    if case.others:
        yield from _left_out(case)


def _is_caught(case: Case, lie: Sentence) -> bool:
    draft = Draft(sentences=(lie,), language=case.language)
    return not check(draft, case.cards, case.findings).passed


def _filled(case: Case, at: int, lie: Sentence) -> Filled | None:
    """The lie as a text over the template that was right; None where it cannot be filled."""
    try:
        (text,) = fill((lie,), case.cards, case.findings, case.language)
    except KeyError:
        return None
    (right,) = fill((case.sentences[at],), case.cards, case.findings, case.language)
    changed = text.model_copy(update={"template": right.template, "section": right.section})
    return None if changed == right else changed


def _is_seen(case: Case, at: int, text: Filled) -> bool:
    right = fill(case.sentences, case.cards, case.findings, case.language)
    texts = (*right[:at], text, *right[at + 1 :])
    return bool(_refused(case, texts))


def _digest(case: Case, texts: Sequence[Filled]) -> Digest:
    return Digest(week=case.name, language=case.language, engine="e", state="guarded", sentences=tuple(texts))


def _withdrawn(case: Case, dice: Random) -> Iterator[_Tried]:
    """A conversation that a sentence cites is withdrawn, and the sentence stays as it is."""
    citing = [one for one in case.sentences if one.cites]
    if not citing:
        return
    one = dice.choice(citing)
    cited = dice.choice(one.cites)
    gone = next(finding.conversation for finding in case.findings if finding.id == cited)
    left = tuple(finding for finding in case.findings if finding.conversation != gone)
    without = case._replace(findings=left)
    yield _Tried("citation withdrawn", "draft", case.name, one.text, _is_caught(without, one))
    texts = fill((one,), case.cards, case.findings, case.language)
    seen = bool(check_sentences(texts, case.cards, left, case.language))
    yield _Tried("citation withdrawn", "text", case.name, texts[0].text, seen)


def _left_out(case: Case) -> Iterator[_Tried]:
    """The sentences on one of the week's top complaints are left out, the rest stays."""
    for theme in case.facts.top_complaints if case.facts else ():
        left = tuple(one for one in case.sentences if f"{{t:{theme.theme}}}" not in one.text)
        passed = check(Draft(sentences=left, language=case.language), case.cards, case.findings).passed
        texts = fill(passed, case.cards, case.findings, case.language)
        assert case.facts is not None
        missed = any(missing_themes(texts, case.facts))
        yield _Tried("top theme left out", "draft", case.name, theme.theme, missed)
        seen = bool(check_filled(_digest(case, texts), case.facts))
        yield _Tried("top theme left out", "text", case.name, theme.theme, seen)


def _untouched(cases: Sequence[Case], free: Sequence[Case]) -> tuple[tuple[str, ...], tuple[Share, ...]]:
    """What is refused though nothing was changed, and the shares that pass."""
    alarms: list[str] = []
    shares: list[Share] = []
    for name, mine in (
        ("digests", [case for case in cases if case.facts]),
        ("answers", [case for case in cases if not case.facts]),
        ("drafts in free words", free),
    ):
        drafts = [check(Draft(sentences=c.sentences, language=c.language), c.cards, c.findings) for c in mine]
        alarms += [f"{name} draft: {r.rule}: {r.reason}: {r.text}" for v in drafts for r in v.refusals]
        shares.append(Share(name, "draft", len(drafts), sum(not one.refusals for one in drafts)))
        texts = [_refused_text(case) for case in mine]
        alarms += [f"{name} text: {reason}" for reasons in texts for reason in reasons]
        shares.append(Share(name, "text", len(texts), sum(not one for one in texts)))
    said = [(case, one) for case in cases if case.facts for one in truths(case.facts, case.language)]
    refused = [(case, one) for case, one in said if _is_caught(case, one)]
    alarms += [f"other words: {_why(case, one)}: {one.text}" for case, one in refused]
    shares.append(Share("true, in other words", "draft", len(said), len(said) - len(refused), must=False))
    return tuple(alarms), tuple(shares)


def _why(case: Case, one: Sentence) -> str:
    draft = Draft(sentences=(one,), language=case.language)
    return "; ".join(f"{r.rule}: {r.reason}" for r in check(draft, case.cards, case.findings).refusals)


def _refused_text(case: Case) -> list[str]:
    texts = fill(case.sentences, case.cards, case.findings, case.language)
    return [f"{one.rule}: {one.reason}" for one in _refused(case, texts)]


def _refused(case: Case, texts: Sequence[Filled]) -> Sequence[Refusal]:
    """What is wrong with a text; of one that does not tell the whole week, sentence by sentence."""
    if case.facts is None or not case.others:
        return check_sentences(texts, case.cards, case.findings, case.language)
    return check_filled(_digest(case, texts), case.facts)


def main(arguments: list[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m eval.guard", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quick", action="store_true", help="made weeks alone, few of them")
    parser.add_argument("-v", "--verbose", action="store_true", help="list what passed and what was refused")
    options = parser.parse_args(arguments)
    table = run(options.seed, quick=options.quick)
    print(head("caught"))
    for share in table.caught:
        print(line(share))
    print("\nuntouched, let pass")
    for share in table.quiet:
        print(line(share))
    print(f"{sum(share.n for share in table.caught)} corruptions, {len(table.alarms)} false alarms")
    for one in (*table.passed, *table.alarms) if options.verbose else ():
        print(*(one if isinstance(one, Passed) else (one,)), sep="\t")


if __name__ == "__main__":
    main()
