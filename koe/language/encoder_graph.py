"""The encoder's layers as a graph for onnxruntime, written by hand: five times as fast as floats in numpy.

Weights stay whole numbers; what flows in is rounded to 8 bits by its own largest and smallest, so products
are exact sums of whole numbers. The few fields of ONNX (https://onnx.ai/onnx/intro/concepts.html) that
this takes are written as protocol buffers here, so that nothing but onnxruntime is needed.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

__all__ = ["HEADS", "graph_of", "normed", "session_of"]

HEADS = 12
EPSILON = 1e-12
_FLOAT, _INT8, _INT64 = 1, 3, 7
_OPSET, _VERSION = 17, 8
_MICROSOFT = "com.microsoft"
Arrays = Mapping[str, NDArray[Any]]
Floats = NDArray[np.float32]


def session_of(arrays: Arrays, layers: int) -> Callable[[Floats], Floats]:
    """What turns the embedded pieces of one window into what the last layer makes of them."""
    import onnxruntime as ort  # type: ignore[import-untyped]

    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = ort.InferenceSession(graph_of(arrays, layers), options, providers=["CPUExecutionProvider"])
    return lambda state: np.asarray(session.run(None, {"x": state})[0], np.float32)


def normed(table: Arrays, name: str, state: Floats) -> Floats:
    """The rows with mean 0 and spread 1, then scaled and moved as the table says (Ba et al. 2016, eq. 4)."""
    away = state - state.mean(axis=1, keepdims=True)
    spread = np.sqrt(np.square(away).mean(axis=1, keepdims=True) + np.float32(EPSILON))
    return np.asarray(away / spread * table[name] + table[name + ":bias"], np.float32)


def graph_of(arrays: Arrays, layers: int) -> bytes:
    """The bytes of a model: rows of floats `x` in, rows of the same width out."""
    width = arrays["0.heard"].shape[1]
    nodes, state = [], "x"
    for layer in range(layers):
        nodes += list(_layer(f"{layer}.", state, f"{layer}.norm2!"))
        state = f"{layer}.norm2!"
    graph = [_text(2, "encoder"), *(_part(1, one) for one in nodes)]
    graph += [_part(5, one) for one in _constants(arrays, layers, width)]
    graph += [_part(11, _value("x", width)), _part(12, _value(state, width))]
    opsets = [_text(1, "") + _whole(2, _OPSET), _text(1, _MICROSOFT) + _whole(2, 1)]
    return _whole(1, _VERSION) + _part(7, b"".join(graph)) + b"".join(_part(8, one) for one in opsets)


def _layer(name: str, state: str, made: str) -> Iterator[bytes]:
    yield _dense(name + "asked", state)
    yield _node("Reshape", [name + "asked!", "apart"], [name + "apart"])
    yield _node("Transpose", [name + "apart"], [name + "turned"], perm=[1, 2, 0, 3])
    yield _node("Split", [name + "turned"], [name + part for part in ("query", "key", "value")], axis=0)
    yield _node("Transpose", [name + "key"], [name + "across"], perm=[0, 1, 3, 2])
    yield _node("MatMul", [name + "query", name + "across"], [name + "scores"])
    yield _node("Softmax", [name + "scores"], [name + "shares"], axis=-1)
    yield _node("MatMul", [name + "shares", name + "value"], [name + "taken"])
    yield _node("Transpose", [name + "taken"], [name + "back"], perm=[0, 2, 1, 3])
    yield _node("Reshape", [name + "back", "together"], [name + "together"])
    yield _dense(name + "heard", name + "together")
    yield from _normed(name + "norm1", state, name + "heard!")
    yield _dense(name + "inner", name + "norm1!")
    yield _node("FastGelu", [name + "inner!"], [name + "bent"], _MICROSOFT)
    yield _dense(name + "outer", name + "bent")
    yield from _normed(name + "norm2", name + "norm1!", name + "outer!")


def _dense(name: str, rows: str) -> bytes:
    given = [rows, name, name + ":scale", "", name + ":bias"]
    return _node("DynamicQuantizeMatMul", given, [name + "!"], _MICROSOFT)


def _normed(name: str, state: str, heard: str) -> Iterator[bytes]:
    yield _node("Add", [state, heard], [name + "+"])
    yield _node("LayerNormalization", [name + "+", name, name + ":bias"], [name + "!"], epsilon=EPSILON)


def _constants(arrays: Arrays, layers: int, width: int) -> Iterator[bytes]:
    yield _tensor("apart", np.array([0, 3, HEADS, width // HEADS], np.int64))
    yield _tensor("together", np.array([-1, width], np.int64))
    for layer in range(layers):
        for name in ("asked", "heard", "inner", "outer"):
            full = f"{layer}.{name}"
            scale, bias = (arrays[full + end].astype(np.float32) for end in (":scale", ":bias"))
            if name == "asked":
                less = np.where(np.arange(len(scale)) < width, 1 / math.sqrt(width // HEADS), 1)
                scale, bias = (scale * less).astype(np.float32), (bias * less).astype(np.float32)
            yield from (
                _tensor(full, arrays[full]),
                _tensor(full + ":scale", scale),
                _tensor(full + ":bias", bias),
            )
        for name in ("norm1", "norm1:bias", "norm2", "norm2:bias"):
            yield _tensor(f"{layer}.{name}", arrays[f"{layer}.{name}"].astype(np.float32))


def _node(kind: str, given: list[str], made: list[str], domain: str = "", **told: Any) -> bytes:
    parts = [*(_text(1, one) for one in given), *(_text(2, one) for one in made), _text(4, kind)]
    parts += [_part(5, _attribute(name, value)) for name, value in told.items()]
    return b"".join([*parts, _text(7, domain)])


def _attribute(name: str, value: float | list[int]) -> bytes:
    if isinstance(value, list):
        return _text(1, name) + b"".join(_whole(8, one) for one in value) + _whole(20, 7)
    if isinstance(value, float):
        return _text(1, name) + _key(2, 5) + np.float32(value).tobytes() + _whole(20, 1)
    return _text(1, name) + _whole(3, value) + _whole(20, 2)


def _tensor(name: str, values: NDArray[Any]) -> bytes:
    kind = {"f": _FLOAT, "i": _INT8 if values.dtype == np.int8 else _INT64}[values.dtype.kind]
    sizes = b"".join(_whole(1, size) for size in values.shape)
    return sizes + _whole(2, kind) + _text(8, name) + _part(9, np.ascontiguousarray(values).tobytes())


def _value(name: str, width: int) -> bytes:
    """Any number of rows of floats."""
    shape = _part(1, _text(2, "rows")) + _part(1, _whole(1, width))
    return _text(1, name) + _part(2, _part(1, _whole(1, _FLOAT) + _part(2, shape)))


def _key(field: int, kind: int) -> bytes:
    return _number(field << 3 | kind)


def _whole(field: int, value: int) -> bytes:
    return _key(field, 0) + _number(value & (2**64 - 1))


def _text(field: int, value: str) -> bytes:
    return _part(field, value.encode())


def _part(field: int, body: bytes) -> bytes:
    return _key(field, 2) + _number(len(body)) + body


def _number(value: int) -> bytes:
    """A number in groups of seven bits, the least first."""
    made = bytearray()
    while value > 127:
        made.append(value & 127 | 128)
        value >>= 7
    return bytes([*made, value])
