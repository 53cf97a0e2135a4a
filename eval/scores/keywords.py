"""Keywords against the truth: the right words first, nothing missed, every count exact, decoys kept out.

What makes two words the same, and the text search that counts are checked with, stand in `eval.keywords`.
"""

from collections.abc import Iterator

from eval.keywords import SIDES, Truth, counts_of, found_in, is_in, read_truth, read_voices, search
from eval.labels import LabelledSet
from eval.shape import Miss, Row, Scored
from koe.keywords import Keyword, KeywordReport


def score(labelled: LabelledSet, report: KeywordReport) -> Scored:
    """(right, 1) for every place of a list as long as the truth's, every term, count and decoy."""
    path = labelled.truth / "keywords.json"
    if not path.exists():
        return Scored(unscored=("keywords: the set has no keywords.json",))
    truth = read_truth(path)
    voices = read_voices(labelled.records)
    rows, misses = zip(*_both(truth, report, voices), strict=True)
    return Scored(rows=rows, misses=tuple(miss for miss in misses if miss))


Pair = tuple[Row, Miss | None]


def _both(truth: Truth, report: KeywordReport, voices: dict[str, tuple[str, str]]) -> Iterator[Pair]:
    for side in SIDES:
        terms = truth.terms[side]
        for place, word in enumerate((*report.of(side), *[None] * len(terms))[: len(terms)], 1):
            right = word is not None and is_in(word, terms)
            name = word.term if word else "nothing"
            sort, what = "not in the truth", f"{side}, place {place}: {name}"
            yield _pair("top", f"{side} {place}", right, (sort, what, _said(word)))
        for term in terms:
            word = found_in(term, report.of(side))
            note = f"deals won {term['deals_won']}, lost {term['deals_lost']}"
            yield _pair(
                "term", f"{side} {term['term']}", bool(word), ("missed", f"{side}: {term['term']}", note)
            )
    for word in report.keywords:
        seen = search(word.variants, voices)
        note = f"koe counts {counts_of(word)}, a text search {seen}"
        yield _pair("count", word.term, seen == counts_of(word), ("another count", word.term, note))
    for decoy in truth.decoys:
        word = found_in({**decoy, "variants": [decoy["term"]]}, report.keywords)
        let_in = word is not None and word.tier == "finding"
        row, miss = _pair("decoy", decoy["term"], not let_in, ("decoy let in", decoy["term"], decoy["why"]))
        yield row.model_copy(update={"counts": (float(let_in), 1)}), miss


def _pair(part: str, id: str, right: bool, told: tuple[str, str, str]) -> Pair:
    row = Row(family=f"keywords.{part}", id=id, account=f"{part} {id}", counts=(float(right), 1))
    sort, what, note = told
    return row, None if right else Miss(family="keywords", case=id, sort=sort, what=what, note=note)


def _said(word: Keyword | None) -> str:
    return f"deals won {word.deals_won}, lost {word.deals_lost}; {word.tier}" if word else ""
