"""llama-cpp-python's server with a tiny model of random weights; runs in an interpreter that has it.

`PYTHON tests/foreign_server.py PORT FOLDER` makes the model with the `gguf` package and serves it. Its
weights are random with a lean to short values, so that its answers come to an end. Under `/plain/v1` the
server is as it is; under `/v1` what it does not know is told in its own words: a JSON schema as
`json_object` with a schema, and the limit of an answer as `max_tokens`.
"""

import json
import sys
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import uvicorn
from llama_cpp.server.app import create_app
from llama_cpp.server.settings import ModelSettings, ServerSettings

WIDE, LAYERS, HEADS, INNER = 64, 1, 2, 64
CONTEXT = 65_536
NAMES = ("tiny", "tiny-embeddings", "tiny-unpooled")
"""The one that speaks, one with a vector for each text, one with a vector for each token."""
SPECIAL = ("<unk>", "<s>", "</s>")
LEAN = {
    '"': 6.3,
    "{": 6.3,
    "]": 6.2,
    "}": 6.2,
    ",": 5.5,
    "1": 4.7,
    " ": -9.0,
    "\n": -9.0,
    "\t": -9.0,
    "-": -9.0,
}
"""What a character gets beside its random weight."""
TEMPLATE = "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant: "


def tokens() -> tuple[list[bytes], list[float], list[int]]:
    """Words of the special kind, every byte, and the printable characters."""
    plain = [chr(n) for n in range(33, 127)] + ["▁"]
    kinds = gguf.TokenType
    words = [*SPECIAL, *(f"<0x{n:02X}>" for n in range(256)), *plain]
    types = [kinds.UNKNOWN, kinds.CONTROL, kinds.CONTROL, *[kinds.BYTE] * 256, *[kinds.NORMAL] * len(plain)]
    return [word.encode() for word in words], [0.0] * len(words), [int(kind) for kind in types]


def leans(words: list[bytes]) -> np.ndarray:
    """What each token gets beside its random weight."""
    bare = [chr(int(w[3:5], 16)) if w.startswith(b"<0x") else w.decode().replace("▁", " ") for w in words]
    return np.array(
        [LEAN.get(text, 5.5 if text.isalpha() else 3.0 if text.isdigit() else 0.0) for text in bare],
        np.float32,
    )


def make_model(path: Path, is_pooled: bool) -> None:
    """Write a small llama; the same each time."""
    words, scores, types = tokens()
    random = np.random.default_rng(7)
    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDE)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    if is_pooled:
        writer.add_pooling_type(gguf.PoolingType.MEAN)
    writer.add_vocab_size(len(words))
    writer.add_tokenizer_model("llama")
    writer.add_token_list(words)
    writer.add_token_scores(scores)
    writer.add_token_types(types)
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_chat_template(TEMPLATE)
    for name, value in weights(words, random):
        writer.add_tensor(name, value)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def weights(words: list[bytes], random: np.random.Generator) -> list[tuple[str, np.ndarray]]:
    """Random tensors; the first dimension is the same for every token and carries the lean."""

    def made(*shape: int, scale: float = 0.1) -> np.ndarray:
        return random.normal(0.0, scale, shape).astype(np.float32)

    embedded = made(len(words), WIDE, scale=1.0)
    embedded[:, 0] = 8.0
    out = made(len(words), WIDE, scale=0.4)
    out[:, 0] = leans(words)
    ones = np.ones(WIDE, np.float32)
    tensors = [("token_embd.weight", embedded), ("output_norm.weight", ones), ("output.weight", out)]
    for n in range(LAYERS):
        square = [(f"blk.{n}.attn_{name}.weight", made(WIDE, WIDE)) for name in ("q", "k", "v", "output")]
        wide = [(f"blk.{n}.ffn_{name}.weight", made(INNER, WIDE)) for name in ("gate", "up")]
        norms = [(f"blk.{n}.{name}_norm.weight", ones) for name in ("attn", "ffn")]
        tensors += [*square, *wide, (f"blk.{n}.ffn_down.weight", made(WIDE, INNER)), *norms]
    return tensors


def told(body: bytes) -> bytes:
    """A request in the server's own words."""
    asked: dict[str, Any] = json.loads(body)
    if "max_completion_tokens" in asked:
        asked["max_tokens"] = asked.pop("max_completion_tokens")
    form = asked.get("response_format") or {}
    if form.get("type") == "json_schema":
        asked["response_format"] = {"type": "json_object", "schema": form["json_schema"]["schema"]}
    return json.dumps(asked).encode()


def fronted(app: Any) -> Any:
    """The app, behind both paths."""

    async def front(scope: Any, receive: Any, send: Any) -> None:
        path = scope.get("path", "")
        if scope["type"] != "http" or scope["method"] != "POST":
            await app(scope, receive, send)
            return
        if path.startswith("/plain"):
            await app({**scope, "path": path[6:], "raw_path": path[6:].encode()}, receive, send)
            return
        body, more = b"", True
        while more:
            message = await receive()
            body, more = body + message.get("body", b""), message.get("more_body", False)
        body = told(body)
        headers = [pair for pair in scope["headers"] if pair[0] != b"content-length"]
        sent = False

        async def once() -> Any:
            nonlocal sent
            if sent:
                return await receive()
            sent = True
            return {"type": "http.request", "body": body, "more_body": False}

        await app({**scope, "headers": [*headers, (b"content-length", str(len(body)).encode())]}, once, send)

    return front


def main(port: int, folder: Path) -> None:
    """Serve until it is ended."""
    models = []
    for name in NAMES:
        path = folder / f"{name}.gguf"
        make_model(path, name == "tiny-embeddings")
        common: dict[str, Any] = {"model": str(path), "model_alias": name, "n_ctx": CONTEXT, "n_threads": 1}
        models.append(ModelSettings(**common, embedding=name != "tiny", verbose=False))
    app = create_app(server_settings=ServerSettings(), model_settings=models)
    uvicorn.run(fronted(app), host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
