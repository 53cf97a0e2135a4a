"""What keywords cost and how often chance passes for a finding.

`python -m bench.keywords [--deals 10000] [--turns 40]` prints seconds over generated deals, then the
findings and hints that remain when outcomes are drawn by lot, and the coverage of the intervals.
"""

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from koe.keywords.deals import DealVoice, Utterance
from koe.keywords.report import report_on
from koe.keywords.statistics import Totals, compare_shares
from koe.language.text import normalize

DRAWS = (
    (Totals(16, 15), 0.4, 0.05),
    (Totals(20, 30), 0.5, 0.2),
    (Totals(60, 90), 0.36, 0.12),
    (Totals(200, 300), 0.1, 0.1),
)
TURNS = Path(__file__).parent.parent / "training" / "utterances"


def make_deals(count: int, turns: int, language: str = "ja", seed: int = 1) -> list[DealVoice]:
    """Deals that say labelled turns drawn at random, won and lost by lot."""
    rng = random.Random(seed)
    texts = list(read_texts(language))
    return [_deal(n, rng.choices(texts, k=turns), rng) for n in range(count)]


def read_texts(language: str) -> Iterator[str]:
    """Customer turns of calls in one language."""
    for path in sorted(TURNS.glob(f"{language}_*.jsonl")):
        rows = (json.loads(line) for line in path.read_text("utf-8").splitlines())
        yield from (row["text"] for row in rows if row["context"] == "call")


def _deal(n: int, texts: Sequence[str], rng: random.Random) -> DealVoice:
    said = tuple(Utterance(f"C{n:06}", m, text) for m, text in enumerate(texts))
    searched = "\n".join(normalize(text).lower() for text in texts)
    industry = f"I{rng.randrange(12)}"
    return DealVoice(f"D{n:06}", rng.choice(("won", "lost")), f"A{n}", "", industry, said, searched)


def time_report(deals: Sequence[DealVoice]) -> str:
    """Seconds of a report over the deals."""
    start = time.perf_counter()
    report = report_on(deals)
    seconds = time.perf_counter() - start
    characters = sum(len(deal.text) for deal in deals)
    return f"{len(deals)} deals, {characters:,} characters, {report.tested} terms tested: {seconds:.1f} s"


def draw_by_lot(deals: Sequence[DealVoice], runs: int) -> tuple[int, float, float]:
    """Findings, and hints shown and expected per run, when outcomes are shuffled."""
    rng = random.Random(2)
    findings, hints, expected = 0, 0, 0.0
    for _ in range(runs):
        sides = [deal.outcome for deal in deals]
        rng.shuffle(sides)
        report = report_on([deal._replace(outcome=side) for deal, side in zip(deals, sides, strict=True)])
        findings += sum(word.tier == "finding" for word in report.keywords)
        hints += len(report.keywords)
        expected += report.by_chance
    return findings, hints / runs, expected / runs


def coverage(totals: Totals, won: float, lost: float) -> float:
    """How many 90 % intervals of 20,000 draws hold the true difference."""
    rng = np.random.default_rng(1)
    a, b = rng.binomial(totals.won, won, 20_000), rng.binomial(totals.lost, lost, 20_000)
    _, low, high = compare_shares(a, b, totals)
    return float(((low <= won - lost) & (won - lost <= high)).mean())


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deals", type=int, default=10_000)
    parser.add_argument("--turns", type=int, default=40)
    parser.add_argument("--runs", type=int, default=20)
    args = parser.parse_args()
    for count in (args.deals // 100, args.deals // 10, args.deals):
        print(time_report(make_deals(count, args.turns)))
    for language, count in (("ja", 31), ("en", 31), ("ja", 150), ("en", 150)):
        findings, hints, expected = draw_by_lot(make_deals(count, 12, language, seed=3), args.runs)
        print(
            f"{language}, {count} deals, outcomes by lot: {findings} findings in {args.runs} runs, ", end=""
        )
        print(f"{hints:.1f} hints a run, {expected:.1f} expected")
    for totals, won, lost in DRAWS:
        found = coverage(totals, won, lost)
        print(f"90 % interval, {totals.won}/{totals.lost} deals, {won} v {lost}: {found:.3f}")


if __name__ == "__main__":
    main()
