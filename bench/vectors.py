"""The ways to make vectors, measured side by side in one run.

    KOE_PUBLIC_DATA=… python -m bench.vectors [--clusters 4]

Reads asdc, banking77 and dstc11_natcs from the folder KOE_PUBLIC_DATA, and the labelled turns of
`training/` and the sample. hit@1: the nearest other text has the same label (asdc: a stated wish finds
the turn that said it). P@5: share of the five nearest with the same label. NMI: spherical k-means with as
many clusters as labels. Training turns are compared within one company and one kind, as they are used.
"""

import argparse
import json
import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from bench.clusters import nmi, spherical_kmeans
from koe.language import vectors as v
from koe.language.sudachi import Token, tokenize
from koe.language.vectors import Floats

ROOT = Path(__file__).parent.parent
B77_SIZE = 4_000
Embed = Callable[[Sequence[str]], Floats]


class Task(NamedTuple):
    """Texts with labels; only texts of one group are compared. With `queries`, labels are row numbers."""

    name: str
    texts: list[str]
    labels: list[Any]
    groups: list[str]
    queries: list[str] | None = None


def main() -> None:
    """Print a row per way and a column per task."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--clusters", type=int, default=2, help="starts of k-means; the best counts")
    starts = arguments.parse_args().clusters
    tasks = list(_tasks())
    for task in tasks:
        print(f"{task.name}: {len(task.queries or task.texts)} questions, {len(task.texts)} texts")
    for name, embed in _ways().items():
        print(f"{name:<34}" + "  ".join(_score(task, embed, starts) for task in tasks), flush=True)


def _ways() -> dict[str, Embed]:
    hashed = partial(_row, 0.0, 1.0)
    return {
        "as shipped: 300 + 128 + 512": v.embed,
        "two spaces: ja chiVe, en n-grams": _by_language(partial(_row, 1.0, 0.0), hashed),
        "n-grams alone, 512": hashed,
        "chiVe alone (ja)": partial(_row, 1.0, 0.0),
        "English word vectors alone": _english_alone,
        "one space, n-grams 0.3": partial(_row, 1.0, 0.3),
        "one space, n-grams 1.0": partial(_row, 1.0, 1.0),
        "shipped, first direction removed": _without_common(v.embed),
        "shipped, mean of training removed": _without_training_mean,
        "shipped, idf of the texts (a fit)": _with_idf,
        "shipped, float16 as in the ledger": lambda texts: (
            v.embed(texts).astype(np.float16).astype(np.float32)
        ),
        "shipped, float32 rows (set KOE_VOCAB)": _with_full_rows,
    }


def _row(words: float, ngrams: float, texts: Sequence[str]) -> Floats:
    """The Japanese word block and the hashed one under other weights."""
    told = [[token for token in _tokens(text) if v._weight(token)] for text in texts]
    left = v._unit(np.stack([v._word_block(tokens) for tokens in told]))
    right = v._unit(v._ngram_block(told))
    return v._unit(np.hstack([words * left, ngrams * right]))


def _english_alone(texts: Sequence[str]) -> Floats:
    return v._unit(v.embed(texts)[:, v.WORDS : v.WORDS + v.ENGLISH])


def _by_language(japanese: Embed, english: Embed) -> Embed:
    def embed(texts: Sequence[str]) -> Floats:
        is_japanese = np.array([any(v.JAPANESE.search(token.normal) for token in _tokens(t)) for t in texts])
        return np.where(is_japanese[:, None], japanese(texts), english(texts))

    return embed


def _without_common(embed: Embed) -> Embed:
    def changed(texts: Sequence[str]) -> Floats:
        rows = embed(texts)
        _, vectors = np.linalg.eigh(rows.T @ rows)
        first = vectors[:, -1].astype(np.float32)
        return v._unit(rows - np.outer(rows @ first, first))

    return changed


def _without_training_mean(texts: Sequence[str]) -> Floats:
    """The word block without the direction that all Japanese training turns share (a fixed file, no fit)."""
    mean = _training_mean()
    told = [[token for token in _tokens(text) if v._weight(token)] for text in texts]
    left = v._unit(np.stack([v._word_block(tokens) for tokens in told]))
    left = v._unit(left - np.outer(left @ mean, mean))
    return v._unit(np.hstack([left, v.NGRAM_SHARE * v._unit(v._ngram_block(told))]))


@cache
def _training_mean() -> Floats:
    paths = sorted((ROOT / "training" / "utterances").glob("ja_*.jsonl"))
    mean = v.embed([turn["text"] for path in paths for turn in _lines(path)])[:, : v.WORDS].mean(axis=0)
    return np.asarray(mean / np.linalg.norm(mean), np.float32)


def _with_idf(texts: Sequence[str]) -> Floats:
    """Word vectors weighed by how rare the word is among the texts at hand."""
    known = Counter(word for text in texts for word in {token.normal for token in _tokens(text)})
    idf = {word: float(np.log(1 + len(texts) / count)) for word, count in known.items()}
    told = [[token for token in _tokens(text) if v._weight(token)] for text in texts]
    left = v._unit(np.stack([_weighed(tokens, idf) for tokens in told]))
    return v._unit(np.hstack([left, v.NGRAM_SHARE * v._unit(v._ngram_block(told))]))


def _weighed(tokens: Sequence[Token], idf: dict[str, float]) -> Floats:
    rows = [(v._word_block([token]), idf[token.normal]) for token in tokens]
    return np.sum([row * share for row, share in rows], axis=0) if rows else np.zeros(v.WORDS, np.float32)


def _with_full_rows(texts: Sequence[str]) -> Floats:
    """The same with the rows before they were rounded to bytes."""
    table = v._table()
    source = os.environ.get("KOE_VOCAB")
    if not source:
        return np.zeros((len(texts), v.DIMENSION), np.float32)
    rows = np.load(Path(source) / "vectors")
    full = (rows * np.linalg.norm(rows, axis=1, keepdims=True) ** 0.5).astype(np.float32)
    ones = np.ones(len(full), np.float32)
    changed = table._replace(vectors=full, scales=ones)  # type: ignore[arg-type]
    kept, v._table = v._table, cache(lambda: changed)
    try:
        return v.embed(texts)
    finally:
        v._table = kept


@cache
def _tokens(text: str) -> list[Token]:
    return tokenize(text)


def _score(task: Task, embed: Embed, starts: int) -> str:
    if task.queries is not None:
        near = embed(task.queries) @ embed(task.texts).T
        own = near[np.arange(len(near)), task.labels]
        rank = (near > own[:, None] + 1e-6).sum(axis=1)
        return f"{task.name} {np.mean(rank < 1):.3f}/{np.mean(rank < 5):.3f}"
    rows, labels, groups = embed(task.texts), np.array(task.labels), np.array(task.groups)
    parts = [np.flatnonzero(groups == group) for group in sorted(set(task.groups))]
    found = [_grouped(rows[part], labels[part], starts) for part in parts if len(part) > 5]
    hit, five = (np.mean(np.concatenate([one[k] for one in found])) for k in (0, 1))
    together = [one[2] for one in found if one[2] is not None]
    return f"{task.name} {hit:.3f}/{five:.3f}/{np.mean(together):.3f}"


def _grouped(rows: Floats, labels: Any, starts: int) -> tuple[Any, Any, float | None]:
    near = rows @ rows.T
    np.fill_diagonal(near, -2)
    order = np.argsort(-near, axis=1, kind="stable")[:, :5]
    same = labels[order] == labels[:, None]
    numbers = np.unique(labels, return_inverse=True)[1]
    count = int(numbers.max()) + 1
    score = nmi(spherical_kmeans(rows, count, starts), numbers) if count > 1 else None
    return same[:, 0], same.mean(axis=1), score


def _tasks() -> Iterator[Task]:
    folder = os.environ.get("KOE_PUBLIC_DATA")
    if folder:
        yield from _asdc(Path(folder))
        for name, size in (("banking77", B77_SIZE), ("dstc11_natcs", None)):
            rows = list(_lines(Path(folder) / name / "open.jsonl"))
            order = np.random.default_rng(0).permutation(len(rows))[:size]
            texts = [rows[n]["turns"][0]["text"] for n in order]
            yield Task(name, texts, [rows[n]["labels"]["intent"] for n in order], [""] * len(texts))
    else:
        print("KOE_PUBLIC_DATA is not set: only our own turns are measured.")
    for language in ("ja", "en"):
        yield _labelled(f"turns {language}", _training(language))
    sample = _lines(ROOT / "eval" / "sample_ja" / "findings.jsonl")
    yield _labelled("sample", ((one["quote"], one["theme"], "") for one in sample if one.get("theme")))


def _asdc(folder: Path) -> Iterator[Task]:
    """A stated wish back to the turn that said it; and what the wish is about."""
    wishes: list[str] = []
    said: list[str] = []
    places: list[int] = []
    topics: dict[str, str] = {}
    for dialogue in _lines(folder / "asdc" / "open.jsonl"):
        at = {n: len(said) + n for n, turn in enumerate(dialogue["turns"])}
        said += [turn["text"] for turn in dialogue["turns"]]
        for wish in dialogue["labels"]["scuds"]:
            wishes.append(re.sub("【.*?】[がのは]?", "", wish["scud"]))
            places.append(at[wish["turn"]])
            if len(wish["conditions"]) == 1:
                topics[wish["quote"]] = re.split("[はが]", wish["conditions"][0])[0].lstrip("★")[:4]
    yield Task("asdc wish→turn", said, places, [], wishes)
    common = {topic for topic, count in Counter(topics.values()).items() if count >= 40}
    kept = {text: topic for text, topic in topics.items() if topic in common}
    yield Task("asdc topic", list(kept), list(kept.values()), [""] * len(kept))


def _training(language: str) -> Iterator[tuple[str, str, str]]:
    for path in sorted((ROOT / "training" / "utterances").glob(f"{language}_*.jsonl")):
        for turn in _lines(path):
            for one in turn["findings"]:
                group = f"{turn['trade']} {one['kind']}"
                yield one["quote"], f"{group} {one['theme']}", group


def _labelled(name: str, rows: Iterator[tuple[str, str, str]]) -> Task:
    found = list(rows)
    counts = Counter(label for _, label, _ in found)
    kept = [row for row in found if counts[row[1]] > 1]
    return Task(name, *([list(column) for column in zip(*kept, strict=True)]))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


if __name__ == "__main__":
    main()
