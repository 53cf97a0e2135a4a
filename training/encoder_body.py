"""The body of an encoder in PyTorch: the teacher's layers over pieces or words; the same as whole numbers."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812
from numpy.typing import NDArray
from torch import Tensor, nn

from koe.language.encoder_graph import HEADS
from training.minilm import EPSILON, Teacher

__all__ = ["WIDE", "Arrays", "Body", "Windows", "rounded", "short", "to_whole"]

WIDE = 384
DROPPED = 0.1
MOST, MOST_OF_PIECES = 15, 7
"""The largest whole number of a weight, and of a number in the table of pieces."""
_PARTS = {"asked": "", "heard": "attention.output.dense", "norm1": "attention.output.LayerNorm"}
_PARTS |= {"inner": "intermediate.dense", "outer": "output.dense", "norm2": "output.LayerNorm"}

Arrays = dict[str, NDArray[Any]]


class Windows(NamedTuple):
    """Texts in numbers, one a row, filled up with zeros."""

    ids: Tensor
    keep: Tensor
    """(texts, 1, 1, length): where something stands."""
    sides: Tensor


class Body(nn.Module):
    """Some layers of the teacher over some rows of its table of pieces."""

    dropped = DROPPED

    def __init__(self, teacher: Teacher, rows: Sequence[int], layers: Sequence[int], places: int) -> None:
        super().__init__()
        self.layers = len(layers)
        table = {name: torch.tensor(np.array(values)) for name, values in teacher.weights.items()}
        self.word = nn.Parameter(table["embeddings.word_embeddings.weight"][list(rows)])
        self.place = nn.Parameter(table["embeddings.position_embeddings.weight"][:places])
        self.side = nn.Parameter(table["embeddings.token_type_embeddings.weight"])
        self.part = nn.ParameterDict()
        for end in ("weight", "bias"):
            self.part[f"norm_{end}"] = nn.Parameter(table[f"embeddings.LayerNorm.{end}"])
            for n, layer in enumerate(layers):
                at = f"encoder.layer.{layer}."
                for name, source in _PARTS.items():
                    own = [f"{at}attention.self.{one}.{end}" for one in ("query", "key", "value")]
                    some = [table[one] for one in (own if name == "asked" else [f"{at}{source}.{end}"])]
                    self.part[f"{n}_{name}_{end}"] = nn.Parameter(torch.cat(some))

    def begun(self, ids: Tensor) -> Tensor:
        """What each piece is before any other is heard."""
        return self.word[ids]

    def states(self, told: Windows) -> Tensor:
        """(texts, length, WIDE): what the last layer makes of each piece."""
        texts, length = told.ids.shape
        x = self.begun(told.ids) + self.place[:length] + self.side[told.sides]
        x = self.drop(self._norm("norm", x), self.dropped)
        with torch.autocast("cpu", torch.bfloat16):
            for n in range(self.layers):
                shape = (texts, length, 3, HEADS, WIDE // HEADS)
                asked = self._dense(f"{n}_asked", x).view(shape).permute(2, 0, 3, 1, 4)
                dropped = self.dropped if self.training else 0.0
                heard = F.scaled_dot_product_attention(*asked, attn_mask=told.keep, dropout_p=dropped)
                heard = self._dense(f"{n}_heard", heard.transpose(1, 2).reshape(texts, length, WIDE))
                x = self._norm(f"{n}_norm1", x + self.drop(heard, self.dropped))
                inner = F.gelu(self._dense(f"{n}_inner", x), approximate="tanh")
                x = self._norm(f"{n}_norm2", x + self.drop(self._dense(f"{n}_outer", inner), self.dropped))
        return x.float()

    def _dense(self, name: str, x: Tensor) -> Tensor:
        return F.linear(x, self.part[name + "_weight"], self.part[name + "_bias"])

    def _norm(self, name: str, x: Tensor) -> Tensor:
        return F.layer_norm(x, (WIDE,), self.part[name + "_weight"], self.part[name + "_bias"], EPSILON)

    def drop(self, x: Tensor, share: float) -> Tensor:
        """The same with a share of the numbers left out while learning."""
        return F.dropout(x, share, self.training)


def to_whole(body: Body, names: Sequence[str]) -> Arrays:
    """The layers as whole numbers with the step of each row, and what is small as short floats."""
    arrays: Arrays = {"names": np.frombuffer("\n".join(names).encode(), np.uint8)}
    arrays["word"], arrays["word:scale"] = rounded(_array(body.word), MOST_OF_PIECES, 1)
    arrays |= {"place": short(body.place), "side": short(body.side)}
    for name, values in body.part.items():
        plain = name.replace("_weight", "").replace("_bias", ":bias").replace("_", ".")
        if values.ndim > 1:
            arrays[plain], arrays[f"{plain}:scale"] = rounded(_array(values).T, MOST, 0)
        else:
            arrays[plain] = short(values)
    return arrays


def _array(values: Tensor) -> NDArray[np.float64]:
    return values.detach().numpy().astype(np.float64)


def short(values: Tensor) -> NDArray[np.float16]:
    """The numbers in half precision."""
    return _array(values).astype(np.float16)


def rounded(
    weight: NDArray[np.float64], most: int, axis: int
) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """Whole numbers with the step of each row (axis 1) or column (axis 0) that loses least."""
    largest = np.maximum(np.abs(weight).max(axis=axis, keepdims=True), 1e-4)
    best, step = np.full(largest.shape, np.inf), largest / most
    for share in np.linspace(0.5, 1.0, 11):
        tried = (share * largest / most).astype(np.float16).astype(np.float64)
        lost = np.square(np.clip(np.rint(weight / tried), -most, most) * tried - weight).sum(
            axis=axis, keepdims=True
        )
        step, best = np.where(lost < best, tried, step), np.minimum(lost, best)
    whole = np.clip(np.rint(weight / step), -most, most).astype(np.int8)
    return whole, step.squeeze(axis).astype(np.float16)
