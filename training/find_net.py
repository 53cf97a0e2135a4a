"""Trains the net of find with PyTorch and rounds it to the whole numbers that ship.

AdamW (Loshchilov and Hutter 2019) over the candidates of turns joined anew for every epoch, a share of the
words left out at random. One thread and fixed seeds: run again on the same machine it gives the same bytes.
"""

import math
import random
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from numpy.typing import NDArray
from torch import Tensor, nn

from koe.engine.offline.find.features import MOST_CLAUSES, Batch, flags, words_of
from koe.engine.offline.find.net import BLOCKS, MOST, REACHES, STEP
from koe.engine.offline.find.tokens import (
    BORDERS,
    CALLS,
    GRAM_ROWS,
    INFLECTION_ROWS,
    MOST_GRAMS,
    POS_ROWS,
    WORD_ROWS,
    Laid,
    japanese_vector,
    lay_tokens,
    traits_of,
)
from koe.language.text import Language
from koe.language.vectors import word_hash
from training.rows import Row, rejoined
from training.words_en import WORDS

__all__ = ["largest", "learn", "mean"]

WIDTH = 96
HIDDEN = 128
CLASSES = 7
EPOCHS: dict[Language, int] = {"ja": 16, "en": 16}
AT_ONCE = 48
"""Turns in a step."""
VARIANTS = 6
"""How often the turns are joined anew; epochs go round."""
RATE = 0.002
DECAY = 0.01
DROPPED = 0.3
UNIT: dict[Language, float] = {"ja": 400.0, "en": 254.0}
"""How long a word's vector in whole numbers is."""
UNHEARD = 0.15
"""Share of words whose meaning is left out at each step; twice that of their letters."""

Arrays = dict[str, NDArray[Any]]


class Told(NamedTuple):
    """Some turns as the net reads them, and what their candidates are."""

    batch: Batch
    laid: Laid
    word: Tensor
    pos: Tensor
    inflection: Tensor
    grams: Tensor
    meaning: Tensor
    """Vectors in whole numbers: as floats these and the flags would not fit in a laptop's memory."""
    keep: Tensor
    flags: Tensor
    wanted: Tensor


class Net(nn.Module):
    """The net of `koe.engine.offline.find.net` in floats."""

    def __init__(self, many_flags: int, meaning: int, unit: float) -> None:
        super().__init__()
        self.unit = unit
        self.word = nn.Embedding(WORD_ROWS, WIDTH)
        self.gram = nn.Embedding(GRAM_ROWS + 1, WIDTH, padding_idx=GRAM_ROWS)
        small = {"pos": POS_ROWS, "inflection": INFLECTION_ROWS, "call": CALLS, "border": BORDERS}
        self.small = nn.ModuleDict({name: nn.Embedding(rows, WIDTH) for name, rows in small.items()})
        self.meaning = nn.Linear(meaning, WIDTH)
        for table in (self.word, self.gram, *self.small.values()):
            nn.init.normal_(table.weight, 0, 0.1)
        self.hear = nn.ModuleList(
            nn.Conv1d(WIDTH, WIDTH, 3, padding=reach, dilation=reach) for reach in REACHES
        )
        self.drop = nn.Dropout(DROPPED)
        self.hidden = nn.Linear(len(BLOCKS) * WIDTH + many_flags, HIDDEN)
        self.out = nn.Linear(HIDDEN, CLASSES)
        self.straight = nn.Linear(many_flags, CLASSES, bias=False)
        nn.init.zeros_(self.straight.weight)

    def forward(self, told: Told) -> Tensor:
        """Candidates x classes."""
        x = self._first(told)
        for hear in self.hear:
            x = torch.clamp(x + self.drop(F.relu(hear(x.t()[None])[0].t())), max=MOST * STEP) * told.keep
        seen = told.flags.float()
        hidden = F.relu(self.hidden(torch.cat([self.drop(_spans(told, x)), seen], 1)))
        return self.out(self.drop(hidden)) + self.straight(seen)

    def _first(self, told: Told) -> Tensor:
        size = (len(told.word), 1)
        heard = (torch.rand(size) > UNHEARD).float() if self.training else 1.0
        spelled = (torch.rand(size) > 2 * UNHEARD).float() if self.training else 1.0
        x = self.meaning(told.meaning.float() / self.unit) * heard
        letters = self.gram(told.grams).sum(1) / MOST_GRAMS**0.5
        x = x + (self.word(told.word) + letters) * spelled
        x = x + self.small["pos"](told.pos) + self.small["inflection"](told.inflection)
        x = x + self.small["call"](torch.from_numpy(told.laid.calls))
        x = x + self.small["border"](torch.from_numpy(told.laid.borders))
        return self.drop(torch.clamp(F.relu(x), max=MOST * STEP) * told.keep)


def _spans(told: Told, x: Tensor) -> Tensor:
    """What the hidden layer sees of each candidate, in the order of BLOCKS."""
    batch, laid = told.batch, told.laid
    first, last = torch.from_numpy(batch.first), torch.from_numpy(batch.last)
    starts, ends = torch.from_numpy(laid.starts), torch.from_numpy(laid.ends)
    head = torch.from_numpy(batch.block_first)[first]
    tail = torch.from_numpy(batch.block_last)[first]
    sums = torch.cat([torch.zeros(1, WIDTH), x.cumsum(0)])
    most = _most(laid, x)
    a, e = starts[first], ends[last]
    ahead = torch.where((first > head)[:, None], most[(first - 1).clamp(min=0)], 0.0)
    behind = torch.where((last < tail)[:, None], most[(last + 1).clamp(max=len(starts) - 1)], 0.0)
    seen = {
        "own": mean(sums, a, e),
        "largest": largest(most, first, last),
        "first": x[a],
        "last": x[e - 1],
        "before": mean(sums, starts[head], a),
        "after": mean(sums, e, ends[tail]),
        "ahead": ahead,
        "behind": behind,
    }
    return torch.cat([seen[name] for name in BLOCKS], 1)


def mean(sums: Tensor, starts: Tensor, ends: Tensor) -> Tensor:
    """The sum of each stretch over the root of its length."""
    return (sums[ends] - sums[starts]) / (ends - starts).clamp(min=1)[:, None].float().sqrt()


def _most(laid: Laid, x: Tensor) -> Tensor:
    """The largest of each clause."""
    sizes = torch.from_numpy(laid.ends - laid.starts)
    owner = torch.repeat_interleave(torch.arange(len(sizes)), sizes)
    place = torch.cat([torch.arange(a, e) for a, e in zip(laid.starts, laid.ends, strict=True)])
    rows = owner[:, None].expand(-1, WIDTH)
    return torch.zeros(len(sizes), WIDTH).scatter_reduce(0, rows, x[place], "amax", include_self=True)


def largest(most: Tensor, first: Tensor, last: Tensor) -> Tensor:
    """The largest of each run of clauses, in every column; `most` holds the largest of each clause."""
    found = most[first]
    for more in range(1, MOST_CLAUSES):
        other = most[(first + more).clamp(max=len(most) - 1)]
        found = torch.where((first + more <= last)[:, None], torch.maximum(found, other), found)
    return found


def learn(rows: Sequence[Row], language: Language, seed: int) -> Arrays:
    """The net that these turns teach, in whole numbers."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(seed)
    draw = random.Random(seed)
    variants = [list(_portions(rejoined(rows, language, n), language)) for n in range(VARIANTS)]
    net = Net(variants[0][0].flags.shape[1], variants[0][0].meaning.shape[1], UNIT[language])
    walker = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=DECAY)
    steps, step = EPOCHS[language] * len(variants[0]), 0
    for epoch in range(EPOCHS[language]):
        portions = list(variants[epoch % VARIANTS])
        draw.shuffle(portions)
        for told in portions:
            _walk(net, walker, told, min(1.0, step / steps))
            step += 1
    net.eval()
    return to_whole(net, language)


def _walk(net: Net, walker: torch.optim.Optimizer, told: Told, way: float) -> None:
    """One step; the rate rises over a tenth of the way, then falls as half a cosine."""
    for group in walker.param_groups:
        group["lr"] = RATE * min(1.0, 10 * way) * (0.5 + 0.5 * math.cos(math.pi * way))
    loss = F.cross_entropy(net(told), told.wanted, reduction="sum") / AT_ONCE
    walker.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 5.0)
    walker.step()


def _portions(rows: Sequence[Row], language: Language) -> Iterator[Told]:
    for at in range(0, len(rows), AT_ONCE):
        yield tell(rows[at : at + AT_ONCE], language)


def tell(rows: Sequence[Row], language: Language) -> Told:
    """The turns as the net reads them."""
    from training.find import candidates_of, targets

    batch = candidates_of(rows)
    laid = lay_tokens(batch, words_of(batch))
    keys = [None if token is None else (token.surface, token.normal, token.pos) for token in laid.tokens]
    traits = [None if key is None else traits_of(key) for key in keys]
    spelled = [list(one.grams) if one else [] for one in traits]
    grams = torch.tensor([some + [GRAM_ROWS] * (MOST_GRAMS - len(some)) for some in spelled])
    numbers = [(one.word, one.pos, one.inflection) if one else (0, 0, 0) for one in traits]
    word, pos, inflection = (torch.tensor(column) for column in zip(*numbers, strict=True))
    meaning = torch.from_numpy(np.stack([_meaning(key, language) for key in keys]))
    keep = torch.from_numpy(laid.calls > 0).float()[:, None]
    seen = torch.from_numpy(flags(batch, language).astype(np.uint8))
    wanted = torch.from_numpy(targets(rows, batch))
    return Told(batch, laid, word, pos, inflection, grams, meaning, keep, seen, wanted)


_english: dict[str, NDArray[Any]] = {}


def _words() -> dict[str, NDArray[Any]]:
    if not _english:
        with np.load(WORDS) as file:
            _english.update(file)
    return _english


def _meaning(key: tuple[str, str, tuple[str, ...]] | None, language: Language) -> NDArray[np.int16]:
    """The word's vector, about UNIT long; zeros for an unknown word."""
    if language == "ja":
        vector = None if key is None else japanese_vector(key[1], key[0])
        return np.zeros(300, np.int16) if vector is None else vector.astype(np.int16)
    table = _words()
    hashed = np.uint64(word_hash(key[1] if key else ""))
    at = int(np.searchsorted(table["words"], hashed))
    known = key is not None and at < len(table["words"]) and table["words"][at] == hashed
    row = table["vectors"][at if known else 0]
    return np.asarray(row if known else np.zeros(len(row)), np.int16)


def to_whole(net: Net, language: Language) -> Arrays:
    """The net as tables of whole numbers with the step each counts in."""
    arrays: Arrays = {}
    for name, table in {"word": net.word, "gram": net.gram, **net.small}.items():
        weight = table.weight.detach().numpy()[:GRAM_ROWS]
        if name in ("call", "border"):
            arrays[name] = np.rint(weight / STEP).astype(np.int16)
        else:
            arrays[name], arrays[f"{name}:scale"] = _rounded(weight)
    turn = net.meaning.weight.detach().numpy().T.astype(np.float64)
    if language == "en":
        arrays["keys"] = _words()["words"]
        arrays["meaning"], arrays["meaning:scale"] = _rounded(_words()["vectors"] / UNIT[language] @ turn)
    else:
        arrays["meaning"], arrays["meaning:scale"] = _rounded(turn / UNIT[language])
    arrays["first:bias"] = net.meaning.bias.detach().numpy().astype(np.float64)
    for n, hear in enumerate(net.hear):
        taps, scale = _rounded(hear.weight.detach().numpy().transpose(2, 1, 0).reshape(3 * WIDTH, WIDTH))
        arrays[f"hear{n}"] = taps.reshape(3, WIDTH, WIDTH)
        arrays[f"hear{n}:scale"] = scale.astype(np.float32)
        arrays[f"hear{n}:bias"] = (hear.bias.detach().numpy() / STEP).astype(np.float32)
    return arrays | _heads(net)


def _heads(net: Net) -> Arrays:
    arrays: Arrays = {}
    weight = net.hidden.weight.detach().numpy().T
    spans, scale = _rounded(weight[: len(BLOCKS) * WIDTH])
    for n, name in enumerate(BLOCKS):
        arrays[f"hidden.{name}"] = spans[n * WIDTH : (n + 1) * WIDTH]
    arrays["hidden:scale"] = scale * STEP
    arrays["hidden.flags"], arrays["hidden.flags:scale"] = _rounded(weight[len(BLOCKS) * WIDTH :])
    arrays["hidden:bias"] = net.hidden.bias.detach().numpy().astype(np.float64)
    arrays["out"], arrays["out:scale"] = _rounded(net.out.weight.detach().numpy().T)
    arrays["out:bias"] = net.out.bias.detach().numpy().astype(np.float64)
    arrays["straight"], arrays["straight:scale"] = _rounded(net.straight.weight.detach().numpy().T)
    return arrays


def _rounded(weight: NDArray[Any]) -> tuple[NDArray[np.int8], NDArray[np.float64]]:
    """Whole numbers to 127 with the step of each column."""
    values = np.asarray(weight, np.float64)
    scale = np.maximum(np.abs(values).max(axis=0), 1e-9) / 127
    return np.rint(values / scale).astype(np.int8), scale
