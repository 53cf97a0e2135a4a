"""Won/lost words of a labelled set by other tools, beside koe's, in one run.

    python -m bench.keyword_tools [--set eval/sample_ja]

Needs an environment of its own that has koe's dependencies too; none of these is one of koe's:

    pip install -e . scattertext six yake

A tool that is not there is a row that says so. Every tool gets the same closed deals and the customers'
turns only, cut into koe's own tokens (Japanese has no blanks), stop words left out; one row gives
scattertext what both sides said, as its users do who do not cut it out. scattertext is asked both ways: by
scaled F-score over its own parsed corpus of turns, and by log-odds with an informative Dirichlet prior
over deals. c-TF-IDF is BERTopic's formula over the two classes. YAKE knows one text at a time: a side's
list is what it finds there and not on the other side.
"""

import argparse
import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from eval.keywords import SIDES, Side, Truth, compute_report, read_truth
from eval.labels import open_set, read_lines
from koe.language import stopwords
from koe.language.text import normalize
from koe.language.tokens import tokenize

MIN_DEALS = 3
Lists = Mapping[Side, Sequence[str]]


class Document(NamedTuple):
    """What was said in one deal, as tokens per turn."""

    outcome: Side
    turns: tuple[tuple[str, ...], ...]

    @property
    def words(self) -> list[str]:
        """All tokens, turn after turn."""
        return [word for turn in self.turns for word in turn]


def read_documents(records: Path, speakers: Sequence[str]) -> list[Document]:
    """Closed deals with what the speakers said in their calls."""
    outcomes = {row["id"]: row["outcome"] for row in read_lines(records / "deals.jsonl")}
    said: dict[str, list[tuple[str, ...]]] = {}
    for call in read_lines(records / "calls.jsonl"):
        if outcomes.get(call.get("deal_id")) in SIDES:
            turns = [cut(turn["text"]) for turn in call["turns"] if turn["speaker"] in speakers]
            said.setdefault(call["deal_id"], []).extend(turns)
    return [Document(outcomes[deal], tuple(turns)) for deal, turns in sorted(said.items())]


def cut(text: str) -> tuple[str, ...]:
    """Words as they are written, lower case, without marks and stop words."""
    kinds = ("名詞", "形状詞", "動詞", "形容詞", "word")
    words = (token for token in tokenize(normalize(text)) if token.pos[0] in kinds)
    stops = stopwords.EN | stopwords.JA_NOUNS | stopwords.JA_VERBS
    return tuple(word.surface.lower() for word in words if word.normal not in stops and len(word.surface) > 1)


def common(documents: Sequence[Document]) -> set[str]:
    """Words and pairs of neighbours in at least as many deals as koe asks for."""
    deals = Counter(gram for one in documents for gram in {*one.words, *_pairs(one)})
    return {gram for gram, count in deals.items() if count >= MIN_DEALS}


def _pairs(one: Document) -> Iterator[str]:
    for turn in one.turns:
        yield from (f"{a} {b}" for a, b in pairwise(turn))


def counts(documents: Sequence[Document], side: Side) -> Counter[str]:
    """How often the words and pairs stand in the deals of a side."""
    return Counter(gram for one in documents if one.outcome == side for gram in (*one.words, *_pairs(one)))


def ctfidf(documents: Sequence[Document]) -> Lists:
    """BERTopic's class-based TF-IDF: share in the class times log(1 + average words of a class / count)."""
    kept = common(documents)
    own = {side: {g: n for g, n in counts(documents, side).items() if g in kept} for side in SIDES}
    total = Counter(own["won"]) + Counter(own["lost"])
    average = sum(total.values()) / len(own)
    weighed = {
        side: {g: n / sum(some.values()) * math.log(1 + average / total[g]) for g, n in some.items()}
        for side, some in own.items()
    }
    return {side: _ranked(some) for side, some in weighed.items()}


def _ranked(values: Mapping[str, float]) -> list[str]:
    return [gram for gram, value in sorted(values.items(), key=lambda item: (-item[1], item[0])) if value > 0]


def yake(documents: Sequence[Document]) -> Lists:
    """YAKE over all of a side's text, what both sides have left out."""
    import yake as tool

    found = {}
    for side in SIDES:
        text = ". ".join(" ".join(turn) for one in documents if one.outcome == side for turn in one.turns)
        found[side] = [
            gram.lower() for gram, _ in tool.KeywordExtractor(lan="en", n=2, top=200).extract_keywords(text)
        ]
    return {
        side: [g for g in found[side] if g not in set(found["lost" if side == "won" else "won"])]
        for side in SIDES
    }


def scaled_f(documents: Sequence[Document]) -> Lists:
    """scattertext: a corpus of turns by its own parser, terms by scaled F-score."""
    import pandas
    import scattertext

    rows = [(one.outcome, " ".join(turn)) for one in documents for turn in one.turns if turn]
    frame = pandas.DataFrame(rows, columns=["outcome", "text"])
    corpus = scattertext.CorpusFromPandas(
        frame, category_col="outcome", text_col="text", nlp=scattertext.whitespace_nlp_with_sentences
    ).build()
    table = corpus.get_term_freq_df()
    scores = {side: dict(zip(table.index, corpus.get_scaled_f_scores(side), strict=True)) for side in SIDES}
    kept = common(documents)
    return {
        side: _ranked({g: v - 0.5 for g, v in some.items() if g in kept}) for side, some in scores.items()
    }


def log_odds(documents: Sequence[Document]) -> Lists:
    """scattertext: documents are deals, log-odds-ratio with an informative Dirichlet prior of all words."""
    import numpy
    import scattertext

    kept = sorted(common(documents))
    won, lost = (counts(documents, side) for side in SIDES)
    a, b = (numpy.array([some[gram] for gram in kept], float) for some in (won, lost))
    prior = scattertext.LogOddsRatioInformativeDirichletPrior(a + b, 10)
    scores = prior.get_zeta_i_j_given_separate_counts(a, b)
    ordered = dict(zip(kept, (float(value) for value in scores), strict=True))
    return {"won": _ranked(ordered), "lost": _ranked({gram: -value for gram, value in ordered.items()})}


TOOLS: tuple[tuple[str, Callable[[Sequence[Document]], Lists], str], ...] = (
    ("scattertext, scaled F", scaled_f, "scattertext"),
    ("scattertext, log-odds", log_odds, "scattertext"),
    ("c-TF-IDF", ctfidf, "numpy"),
    ("YAKE", yake, "yake"),
)


def tell(name: str, lists: Lists, truth: Truth) -> str:
    """Precision and recall at the truth's size, and the decoys among that many of each side."""
    size = sum(len(truth.terms[side]) for side in SIDES)
    tops = {side: lists[side][: len(truth.terms[side])] for side in SIDES}
    right = sum(any(_fits(word, term) for term in truth.terms[side]) for side in SIDES for word in tops[side])
    found = sum(any(_fits(word, term) for word in tops[side]) for side in SIDES for term in truth.terms[side])
    decoys = sorted(
        {d["term"] for d in truth.decoys for side in SIDES for word in tops[side] if _is(word, d["term"])}
    )
    return f"| {name} | {right / size:.2f} | {found / size:.2f} | {len(decoys)} of {len(truth.decoys)} |"


def _fits(word: str, term: Mapping[str, Any]) -> bool:
    """Whether one writing holds the other: tools that cut elsewhere are not punished for it."""
    return any(_is(word, variant) for variant in term["variants"])


def _is(word: str, other: str) -> bool:
    one, two = (normalize(text).lower().replace(" ", "") for text in (word, other))
    return (one in two and len(one) * 2 >= len(two)) or two in one


def report(folder: Path) -> Iterator[str]:
    """The table of a set."""
    labelled = open_set(folder)
    truth = read_truth(labelled.truth / "keywords.json")
    yield f"{labelled.name}: | tool | precision at the truth's size | recall at it | decoys let through |"
    documents = read_documents(labelled.records, ("customer",))
    both = read_documents(labelled.records, ("customer", "agent", "other"))
    for name, tool, package in TOOLS:
        if find_spec(package) is None:
            yield f"| {name} | skipped: {package} is not installed (pip install {package}) | | |"
            continue
        yield tell(name, tool(documents), truth)
        if package == "scattertext":
            yield tell(f"{name}, all speakers", tool(both), truth)
    own = compute_report(labelled.records)
    yield tell("koe", {side: [word.term for word in own.of(side)] for side in SIDES}, truth)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--set", type=Path, action="append")
    args = parser.parse_args()
    for folder in args.set or (Path("eval/sample_ja"), Path("eval/sample_en")):
        print("\n".join(report(folder)))


if __name__ == "__main__":
    main()
