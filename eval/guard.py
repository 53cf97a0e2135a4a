"""The guard measured: `python -m eval.guard` (`--seed`, `--quick`, `-v` lists what passed).

Correct digests and answers are corrupted on purpose. A corruption comes as a draft, as an engine would
write it that lies with a straight face, and as a text that was changed after it was filled. Counted is
what is caught of each sort, and how often something untouched is refused.
"""

import argparse
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from random import Random
from typing import NamedTuple

from eval.corrupt import HARD, Case
from eval.labels import TRUTH, read_json, read_workspace
from eval.made_weeks import made_week_names, made_workspace
from eval.overclaims import SOFT
from eval.share import Share, head, line
from eval.truths import truths
from koe.ask import ask
from koe.digest import Digest, Filled
from koe.engine.base import Draft, FactCard, Sentence
from koe.engine.offline import OfflineEngine
from koe.facts import compute_facts
from koe.guard import cards_of, check, check_filled, check_sentences, fill, findings_of, missing_themes
from koe.records import Finding
from koe.street import weeks_with_data
from koe.text import Language
from koe.workspace import Workspace

LANGUAGES: tuple[Language, ...] = ("ja", "en")
MADE = 5
"""Made workspaces per language, of ten weeks each."""
QUESTIONS: dict[Language, tuple[str, ...]] = {
    "ja": (
        "困りごとの上位3つは？",
        "要望は何が多いですか",
        "失注の理由は何ですか",
        "受注した商談で評価された点は？",
        "困りごとは増えていますか",
        "質問で多いものは？",
        "先週の困りごとは何件ですか",
        "お褒めの声はありますか",
    ),
    "en": (
        "What are the top three complaints?",
        "Which feature requests are most frequent?",
        "Why did we lose deals?",
        "What convinced the deals we won?",
        "Are complaints rising?",
        "Which questions come up most?",
        "How many complaints were there last week?",
        "Is there any praise?",
    ),
}
TODAY = "2026-11-22"


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


class _Recorder(OfflineEngine):
    """The offline engine, keeping what it was given and what it wrote."""

    def __init__(self) -> None:
        self.cases: list[Case] = []

    def answer(
        self,
        question: str,
        facts: Sequence[FactCard],
        findings: Sequence[Finding],
        language: Language,
        reasons: Sequence[str] = (),
    ) -> Draft:
        """The offline engine's answer."""
        draft = super().answer(question, facts, findings, language, reasons)
        self.cases.append(Case(question, language, tuple(facts), tuple(findings), draft.sentences))
        return draft


def run(seed: int = 1, *, quick: bool = False) -> Table:
    """Every corruption of every case; `quick` takes one made workspace per language and no sample."""
    cases = list(_cases(seed, quick))
    tried = [one for case in cases for one in _tried(case, seed)]
    alarms, quiet = _untouched(cases)
    names = [
        (name, where)
        for name in (*HARD, "citation withdrawn", "top theme left out", *SOFT)
        for where in _WHERE
    ]
    shares = (_share(name, where, tried) for name, where in names)
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


def _cases(seed: int, quick: bool) -> Iterator[Case]:
    for n in range(1 if quick else MADE):
        for language in LANGUAGES:
            with made_workspace(seed * 100 + n, language) as ws:
                for week in made_week_names(ws)[: 4 if quick else None]:
                    yield from _digests(ws, week)
                yield from _answers(ws, QUESTIONS[language] if not quick else QUESTIONS[language][:3])
    if not quick:
        with ExitStack() as stack:
            ws = stack.enter_context(read_workspace())
            for week in weeks_with_data(ws):
                yield from _digests(ws, week)
            asked = [case["question"] for case in read_json(TRUTH / "questions.json")]
            yield from _answers(ws, (*asked, *QUESTIONS["ja"], *QUESTIONS["en"]))


def _digests(ws: Workspace, week: str) -> Iterator[Case]:
    """The week's computed digest in each language."""
    facts, engine = compute_facts(ws, week), OfflineEngine()
    drafts = {}
    for language in LANGUAGES:
        drafts[language] = engine.compose(cards_of(facts, language), findings_of(facts), language).sentences
    for language, other in (LANGUAGES, LANGUAGES[::-1]):
        cards = cards_of(facts, language)
        yield Case(week, language, cards, findings_of(facts), drafts[language], drafts[other], facts)


def _answers(ws: Workspace, questions: Sequence[str]) -> Iterator[Case]:
    engine = _Recorder()
    for question in questions:
        ask(ws, engine, question, TODAY)
    yield from engine.cases


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
    if case.facts is None:
        return bool(check_sentences(texts, case.cards, case.findings, case.language))
    return bool(check_filled(_digest(case, texts), case.facts))


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


def _untouched(cases: Sequence[Case]) -> tuple[tuple[str, ...], tuple[Share, ...]]:
    """What is refused though nothing was changed, and the shares that pass."""
    alarms: list[str] = []
    shares: list[Share] = []
    for name, mine in (
        ("digests", [case for case in cases if case.facts]),
        ("answers", [case for case in cases if not case.facts]),
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
    if case.facts is None:
        found = check_sentences(texts, case.cards, case.findings, case.language)
    else:
        found = check_filled(_digest(case, texts), case.facts)
    return [f"{one.rule}: {one.reason}" for one in found]


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
