"""Won and lost deals with planted words: `python -m eval.keywords_made [--seeds 5]` (a minute or two).

Customers of made-up deals say labelled turns of many trades, drawn without regard to the outcome, and the
planted words in sentences of their own: each in half of the deals of its side and in one of fifteen of the
other. Beside them stand words that must not be found: said by the seller only, common to both sides, said
many times in one deal, and words of an industry that mostly buys. Then outcomes are drawn by lot.
"""

import argparse
from collections.abc import Iterator, Sequence
from random import Random
from typing import Any, NamedTuple

from eval.keywords import SIDES, Scores, Side, Truth, compare
from eval.labels import ROOT, read_json, read_lines
from eval.share import wilson
from koe.keywords import KeywordReport
from koe.keywords.deals import DealVoice, Utterance
from koe.keywords.report import report_on
from koe.language.text import Language, normalize

__all__ = ["Made", "by_lot", "make", "score"]

SIZES = ((20, 30), (40, 40), (60, 90))
OWN, OTHER = 0.5, 1 / 15
COMMON = 0.5
BUYING = 0.75
"""Share of the won deals that are of the industry that mostly buys; a quarter of the lost ones are."""
INDUSTRY_SAYS = 0.7
TURNS = 7
REPEATED = 25
PLANTED = ROOT / "eval" / "keywords_planted.json"


class Made(NamedTuple):
    """Deals with what is planted in them."""

    deals: list[DealVoice]
    truth: Truth


def make(language: Language, won: int, lost: int, seed: int) -> Made:
    """Deals by a seed."""
    dice = Random(f"keywords:{language}:{won}:{lost}:{seed}")
    words = read_json(PLANTED)[language]
    texts = [row["text"] for row in _turns(language) if row["context"] == "call"]
    planted = dice.sample(words["terms"], 12)
    sides: dict[Side, list[dict[str, Any]]] = {"won": planted[:6], "lost": planted[6:]}
    chatty = {dice.randrange(won + lost): word for word in words["chatty"]}
    deals = []
    for n in range(won + lost):
        outcome: Side = "won" if n < won else "lost"
        said = dice.sample(texts, TURNS)
        for side, terms in sides.items():
            said += [
                _carried(term, dice) for term in terms if dice.random() < (OWN if side == outcome else OTHER)
            ]
        said += [
            one.format(word)
            for word in words["common"]
            for one in words["carriers"][:1]
            if dice.random() < COMMON
        ]
        buying = dice.random() < (BUYING if outcome == "won" else 1 - BUYING)
        trade = words["industries"][0 if buying else 1]
        said += [
            words["carriers"][1].format(word) for word in trade["words"] if dice.random() < INDUSTRY_SAYS
        ]
        said += [words["carriers"][2].format(chatty[n])] * REPEATED if n in chatty else []
        dice.shuffle(said)
        deals.append(_deal(n, outcome, trade["name"], said))
    return Made(deals, Truth(_counted(sides, deals), _decoys(words)))


def _turns(language: Language) -> list[dict[str, Any]]:
    files = sorted((ROOT / "training" / "utterances").glob(f"{language}_*.jsonl"))
    return [row for file in files for row in read_lines(file)]


def _carried(term: dict[str, Any], dice: Random) -> str:
    return str(dice.choice(term["said"]))


def _decoys(words: dict[str, Any]) -> list[dict[str, Any]]:
    sorts = {"common": words["common"], "chatty": words["chatty"]}
    found = [{"term": word, "why": why} for why, some in sorts.items() for word in some]
    return found + [{"term": word, "why": "industry"} for one in words["industries"] for word in one["words"]]


def _deal(n: int, outcome: Side, industry: str, said: Sequence[str]) -> DealVoice:
    turns = tuple(Utterance(f"C-{n:04d}", m, text) for m, text in enumerate(said))
    searched = "\n".join(normalize(text).lower() for text in said)
    return DealVoice(f"D-{n:04d}", outcome, f"A-{n}", "", industry, turns, searched)


def _counted(
    sides: dict[Side, list[dict[str, Any]]], deals: Sequence[DealVoice]
) -> dict[Side, list[dict[str, Any]]]:
    return {side: [{**term, **_counts(term, deals)} for term in terms] for side, terms in sides.items()}


def _counts(term: dict[str, Any], deals: Sequence[DealVoice]) -> dict[str, int]:
    has = [deal.outcome for deal in deals if any(variant in deal.text for variant in term["variants"])]
    return {"deals_won": has.count("won"), "deals_lost": has.count("lost")}


def score(made: Made) -> tuple[KeywordReport, Scores]:
    """The report over the deals and how it compares with what was planted."""
    report = report_on(made.deals)
    return report, compare(report, made.truth, {deal.id: (deal.outcome, deal.text) for deal in made.deals})


def by_lot(made: Made, seed: int) -> int:
    """Findings when the outcomes are drawn by lot."""
    dice = Random(seed)
    outcomes = [deal.outcome for deal in made.deals]
    dice.shuffle(outcomes)
    report = report_on([deal._replace(outcome=one) for deal, one in zip(made.deals, outcomes, strict=True)])
    return sum(word.tier == "finding" for word in report.keywords)


def lines(language: Language, won: int, lost: int, seeds: int, lots: int) -> Iterator[str]:
    """The figures of one size over the seeds."""
    made = [make(language, won, lost, seed) for seed in range(seeds)]
    scored = [score(one) for one in made]
    size = sum(len(one.truth.terms[side]) for one in made for side in SIDES)
    right = sum(round(s.precision[side] * 6) for _, s in scored for side in SIDES)
    found = sum(round(s.recall[side] * 6) for _, s in scored for side in SIDES)
    exact = [sum(s.exact[n] for _, s in scored) for n in (0, 1)]
    same = [sum(s.same_counts[n] for _, s in scored) for n in (0, 1)]
    decoys = [word for _, s in scored for word in s.decoys_found]
    chance = sum(by_lot(made[n % seeds], n) for n in range(lots))
    yield (
        f"{language} {won}/{lost}: precision {_told(right, size)}, recall {_told(found, size)}, "
        f"counts exact {exact[0]}/{exact[1]}, equal to the truth's {same[0]}/{same[1]}, "
        f"decoys as finding {len(decoys)}, findings by lot {chance} in {lots}"
    )
    yield f"    missed {sorted({word for _, s in scored for word in s.missed})}"
    yield f"    wrong {sorted({word for _, s in scored for word in s.wrong})} decoys {sorted(set(decoys))}"


def _told(hits: int, n: int) -> str:
    low, high = wilson(hits, n)
    return f"{hits / n:.2f} ({low:.2f}-{high:.2f})"


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--lots", type=int, default=20)
    parser.add_argument("--language", choices=("ja", "en"))
    args = parser.parse_args()
    for language in ("ja", "en") if args.language is None else (args.language,):
        for won, lost in SIZES:
            print("\n".join(lines(language, won, lost, args.seeds, args.lots)), flush=True)


if __name__ == "__main__":
    main()
