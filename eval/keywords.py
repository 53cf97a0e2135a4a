"""Keywords against their truth: are the right words on top, is every count exact, do decoys stay out.

`python -m eval.keywords [FOLDER TRUTH]` pulls and masks the folder, makes the report and prints the figures;
without arguments it reads the sample.
"""

import argparse
import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, NamedTuple

from connectors import folder_source
from eval.labels import SAMPLE, TRUTH, read_json, read_lines
from koe.keywords import Keyword, KeywordReport, compute_keywords
from koe.language.stems import stem
from koe.ledger.intake import pull
from koe.settings import Settings
from koe.street import mask_new
from koe.workspace import open_workspace

Side = Literal["won", "lost"]
SIDES: tuple[Side, Side] = ("won", "lost")
_ARTICLE = re.compile(r"^(?:the|an?|our|my|your) ")
SHORT = 4
"""Latin letters of a word that is found whole only."""


class Truth(NamedTuple):
    """The words that were planted, per side, and the decoys."""

    terms: dict[Side, list[dict[str, Any]]]
    decoys: list[dict[str, Any]]


class Scores(NamedTuple):
    """How a report compares with the truth."""

    precision: dict[Side, float]
    """Share of the first n keywords of a side that are right, n the number of true ones."""
    loose: dict[Side, float]
    """The same, when one writing contains the other."""
    recall: dict[Side, float]
    exact: tuple[int, int]
    """Keywords whose counts a text search for their variants confirms, of all keywords."""
    same_counts: tuple[int, int]
    """True terms found whose counts equal those of the truth, of those found."""
    decoys_found: list[str]
    decoys_shown: list[str]
    missed: list[str]
    wrong: list[str]


def compute_report(folder: Path) -> KeywordReport:
    """The keyword report of a folder of koe's own files, in a throw-away workspace."""
    with TemporaryDirectory(prefix="koe-eval-") as home:
        ws = open_workspace(Settings(home=Path(home) / "koe"))
        pull(ws, folder_source(folder, ws.settings))
        mask_new(ws)
        report = compute_keywords(ws)
        ws.close()
    return report


def read_truth(path: Path) -> Truth:
    """The truth of a `keywords.json`."""
    truth = read_json(path)
    return Truth({side: truth[side] for side in SIDES}, truth["decoys"])


def compare(report: KeywordReport, truth: Truth, voices: dict[str, tuple[str, str]]) -> Scores:
    """The scores of a report; `voices` are outcome and customer text per closed deal."""
    tops = {side: report.of(side)[: len(truth.terms[side])] for side in SIDES}
    confirmed = sum(search(word.variants, voices) == counts_of(word) for word in report.keywords)
    pairs = [(term, found_in(term, report.of(side))) for side in SIDES for term in truth.terms[side]]
    found = [(term, word) for term, word in pairs if word]
    same = sum((term["deals_won"], term["deals_lost"]) == counts_of(word) for term, word in found)
    decoys = [(decoy["term"], found_in(_as_term(decoy), report.keywords)) for decoy in truth.decoys]
    return Scores(
        {side: _share(tops[side], truth.terms[side], _equal) for side in SIDES},
        {side: _share(tops[side], truth.terms[side], _contains) for side in SIDES},
        {side: _recall(report, truth, side) for side in SIDES},
        (confirmed, len(report.keywords)),
        (same, len(found)),
        [decoy for decoy, word in decoys if word and word.tier == "finding"],
        [decoy for decoy, word in decoys if word],
        [term["term"] for term, word in pairs if not word],
        [word.term for side in SIDES for word in tops[side] if not _hits(word, truth.terms[side], _equal)],
    )


def read_voices(folder: Path) -> dict[str, tuple[str, str]]:
    """Outcome and customer turns of each closed deal, straight from the files."""
    outcomes = {deal["id"]: deal["outcome"] for deal in read_lines(folder / "deals.jsonl")}
    said: dict[str, list[str]] = {}
    for call in read_lines(folder / "calls.jsonl"):
        turns = [_form(turn["text"]) for turn in call["turns"] if turn["speaker"] == "customer"]
        if outcomes.get(call.get("deal_id")) in SIDES:
            said.setdefault(call["deal_id"], []).extend(turns)
    return {deal: (outcomes[deal], "\n".join(turns)) for deal, turns in said.items()}


def _form(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def search(variants: Sequence[str], voices: dict[str, tuple[str, str]]) -> tuple[int, int]:
    """Won and lost deals in which a customer's turn has one of the writings.

    Latin words count from their beginning, those of up to four letters whole.
    """
    pattern = re.compile("|".join(_sought(variant) for variant in variants))
    has = [outcome for outcome, text in voices.values() if pattern.search(text)]
    return has.count("won"), has.count("lost")


def _sought(variant: str) -> str:
    head = "(?<![a-z0-9])" if re.match("[a-z0-9]", variant) else ""
    last = re.search("[a-z0-9]+$", variant)
    tail = "(?![a-z0-9])" if last and len(last[0]) <= SHORT else ""
    return f"{head}{re.escape(variant)}{tail}"


def counts_of(word: Keyword) -> tuple[int, int]:
    """Won and lost deals that koe counts."""
    return word.deals_won, word.deals_lost


def _as_term(decoy: dict[str, Any]) -> dict[str, Any]:
    return {**decoy, "variants": [_form(decoy["term"])]}


def _writings(word: Keyword) -> set[str]:
    return {_form(writing) for writing in (word.term, *word.variants)}


def _equal(word: Keyword, term: dict[str, Any]) -> bool:
    """Whether they have a writing in common: English in any inflection, an article before it or none."""
    return bool(set(map(_bare, _writings(word))) & {_bare(_form(variant)) for variant in term["variants"]})


def _bare(writing: str) -> str:
    """A writing without what may differ in English: article and endings."""
    if not writing.isascii():
        return writing
    return " ".join(map(stem, _ARTICLE.sub("", writing).replace("-", " ").split()))


def _contains(word: Keyword, term: dict[str, Any]) -> bool:
    pairs = ((a, _form(b)) for a in _writings(word) for b in term["variants"])
    return any(a in b or b in a for a, b in pairs)


def _hits(word: Keyword, terms: Sequence[dict[str, Any]], match: Any) -> bool:
    return any(match(word, term) for term in terms)


def is_in(word: Keyword, terms: Sequence[dict[str, Any]]) -> bool:
    """Whether one of the terms of the truth has a writing in common with the keyword."""
    return _hits(word, terms, _equal)


def found_in(term: dict[str, Any], words: Sequence[Keyword]) -> Keyword | None:
    """The keyword that stands for a term of the truth, or None."""
    return next((word for word in words if _equal(word, term)), None)


def _share(words: Sequence[Keyword], terms: Sequence[dict[str, Any]], match: Any) -> float:
    return sum(_hits(word, terms, match) for word in words) / max(len(terms), 1)


def _recall(report: KeywordReport, truth: Truth, side: Side) -> float:
    terms = truth.terms[side]
    return sum(found_in(term, report.of(side)) is not None for term in terms) / max(len(terms), 1)


def lines(report: KeywordReport, scores: Scores) -> Iterator[str]:
    """The scores as people read them."""
    yield f"deals won {report.deals_won}, lost {report.deals_lost}, terms tested {report.tested}"
    for side in SIDES:
        strict, loose, recall = scores.precision[side], scores.loose[side], scores.recall[side]
        yield f"{side:4} precision at the truth's size {strict:.2f} (loose {loose:.2f}), recall {recall:.2f}"
    yield f"keywords shown {len(report.keywords)}, of them by chance about {report.by_chance}"
    yield "counts that a text search confirms: {}/{}".format(*scores.exact)
    yield "counts equal to the truth's, of terms found: {}/{}".format(*scores.same_counts)
    yield f"decoys as finding: {scores.decoys_found}, shown at all: {scores.decoys_shown}"
    yield f"missed: {scores.missed}"
    yield f"among the first and not in the truth: {scores.wrong}"


def main() -> None:
    """Print the scores of a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("truth", nargs="?", type=Path, default=TRUTH / "keywords.json")
    parser.add_argument("--json", action="store_true", help="the scores as JSON")
    args = parser.parse_args()
    report = compute_report(args.folder)
    scores = compare(report, read_truth(args.truth), read_voices(args.folder))
    print(json.dumps(scores._asdict(), ensure_ascii=False) if args.json else "\n".join(lines(report, scores)))


if __name__ == "__main__":
    main()
