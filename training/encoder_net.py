"""The encoder of `koe.engine.offline.find.encoder` in PyTorch, and turns as it reads them."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from torch import Tensor, nn

from koe.engine.offline.find.features import Batch, flags
from koe.engine.offline.find.net import BLOCKS
from koe.engine.offline.find.pieces import CONTEXT, WINDOW, cut_text
from koe.language.pieces import Pieces
from training.encoder_body import WIDE, Body, Windows
from training.find_net import largest, mean
from training.minilm import Teacher
from training.rows import Row

__all__ = ["CLASSES", "WIDE", "Net", "Told", "tell"]

WIDTH = 128
HIDDEN = 128
CLASSES = 7
PLACES = WINDOW + CONTEXT + 8
DROPPED_ABOVE = 0.25


class Told(NamedTuple):
    """Some turns as the encoder reads them, and what their candidates are."""

    rows: Sequence[Row]
    batch: Batch
    ids: Tensor
    keep: Tensor
    sides: Tensor
    where: Tensor
    """The place of each piece of the turns in the padded windows."""
    starts: Tensor
    ends: Tensor
    flags: Tensor
    wanted: Tensor


class Net(Body):
    """Some layers of the teacher, and a look at each candidate above them."""

    def __init__(self, teacher: Teacher, rows: Sequence[int], layers: Sequence[int], many_flags: int) -> None:
        super().__init__(teacher, rows, layers, PLACES)
        self.top = nn.Linear(WIDE, WIDTH)
        self.hidden = nn.Linear(len(BLOCKS) * WIDTH + many_flags, HIDDEN)
        self.out = nn.Linear(HIDDEN, CLASSES)
        self.straight = nn.Linear(many_flags, CLASSES, bias=False)
        nn.init.zeros_(self.straight.weight)

    def forward(self, told: Told) -> Tensor:
        """Candidates x classes."""
        states = self.states(Windows(told.ids, told.keep, told.sides)).reshape(-1, WIDE)[told.where]
        x = self.drop(F.relu(self.top(states)), DROPPED_ABOVE)
        seen = torch.cat([_looks(told, x), told.flags], 1)
        hidden = self.drop(F.relu(self.hidden(seen)), DROPPED_ABOVE)
        return self.out(hidden) + self.straight(told.flags)

    def above(self) -> list[nn.Parameter]:
        """What is taught from nothing."""
        return [one for part in (self.top, self.hidden, self.out, self.straight) for one in part.parameters()]

    def below(self) -> list[nn.Parameter]:
        """What the teacher gave."""
        return [self.word, self.place, self.side, *self.part.values()]


def _looks(told: Told, x: Tensor) -> Tensor:
    """What the hidden layer sees of each candidate, in the order of BLOCKS."""
    first, last = torch.from_numpy(told.batch.first), torch.from_numpy(told.batch.last)
    head = torch.from_numpy(told.batch.block_first)[first]
    tail = torch.from_numpy(told.batch.block_last)[first]
    count = len(told.starts)
    sums = torch.cat([torch.zeros(1, WIDTH), x.cumsum(0)])
    owner = torch.repeat_interleave(torch.arange(count), told.ends - told.starts)[:, None].expand(-1, WIDTH)
    most = torch.zeros(count, WIDTH).scatter_reduce(0, owner, x, "amax", include_self=True)
    start, end = told.starts[first], told.ends[last]
    seen = {
        "own": mean(sums, start, end),
        "largest": largest(most, first, last),
        "first": x[start],
        "last": x[end - 1],
        "before": mean(sums, told.starts[head], start),
        "after": mean(sums, end, told.ends[tail]),
        "ahead": torch.where((first > head)[:, None], most[(first - 1).clamp(min=0)], 0.0),
        "behind": torch.where((last < tail)[:, None], most[(last + 1).clamp(max=count - 1)], 0.0),
    }
    return torch.cat([seen[name] for name in BLOCKS], 1)


def tell(rows: Sequence[Row], pieces: Pieces) -> Told:
    """The turns as the encoder reads them."""
    from training.find import candidates_of, targets

    batch = candidates_of(rows)
    cuts = [cut_text(batch, n, pieces) for n in range(len(rows))]
    windows = [window for cut in cuts for window in cut.windows]
    ahead = [count for cut in cuts for count in cut.ahead]
    length = max(map(len, windows))
    ids = torch.zeros(len(windows), length, dtype=torch.long)
    keep = torch.zeros(len(windows), 1, 1, length, dtype=torch.bool)
    sides = torch.zeros_like(ids)
    where: list[int] = []
    for n, window in enumerate(windows):
        ids[n, : len(window)] = torch.tensor(window)
        keep[n, :, :, : len(window)] = True
        sides[n, : ahead[n]] = 1
        where += range(n * length + ahead[n], n * length + len(window) - 1)
    shifts = np.cumsum([0, *(cut.ends[-1] if cut.ends else 0 for cut in cuts)]).tolist()
    starts = [at + shift for cut, shift in zip(cuts, shifts, strict=False) for at in cut.starts]
    ends = [at + shift for cut, shift in zip(cuts, shifts, strict=False) for at in cut.ends]
    numbers = (torch.tensor(some) for some in (where, starts, ends))
    seen, wanted = torch.from_numpy(flags(batch, "en")), torch.from_numpy(targets(rows, batch))
    return Told(rows, batch, ids, keep, sides, *numbers, seen, wanted)
