"""What the mask hid in the training texts when find was last taught on them.

The mask's rules are mended more often than find is taught. So that the weights stay what the scripts write,
find learns from the masks kept in `masks.jsonl`; `python -m training.kept_masks` writes them anew, by the
rules of today, before find is taught again. Its first line says of which texts they are.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from koe.language.text import Language, clean
from koe.mask.text import MaskedText, MaskSpan
from training.conversations import load_conversations
from training.masked import mask_live
from training.rows import load_rows

__all__ = ["KEPT", "digest_of", "kept_digest", "kept_mask", "training_texts"]

KEPT = Path(__file__).parent / "masks.jsonl"
LANGUAGES: tuple[Language, ...] = ("en", "ja")


def kept_mask(text: str) -> MaskedText:
    """The training text as it was masked when the masks were written; for other texts it knows no masks."""
    source = clean(text)
    out: list[str] = []
    spans: list[MaskSpan] = []
    at = length = 0
    for start, end, kind, words in _spans().get(_key(text), ()):
        out += [source[at:start], words]
        length += start - at
        spans.append(MaskSpan(length, length + len(words), start, end, kind))
        at, length = end, length + len(words)
    return MaskedText("".join([*out, source[at:]]), tuple(spans))


def training_texts() -> list[str]:
    """Every text that find is taught on, of both languages, once each."""
    return sorted({text for language in LANGUAGES for text in _texts(language)})


def digest_of(texts: Iterable[str]) -> str:
    """One string that says of which texts the masks are."""
    return hashlib.blake2b("\n".join(sorted(map(_key, texts))).encode(), digest_size=12).hexdigest()


def kept_digest() -> str:
    """The digest of the texts whose masks are kept."""
    with KEPT.open(encoding="utf-8") as lines:
        return str(json.loads(next(lines))["texts"])


def _texts(language: Language) -> Iterator[str]:
    for row in load_rows(language):
        yield row.text
        if row.context and row.context.agent:
            yield row.context.agent
    for one in load_conversations(language):
        yield from (turn.text for turn in one.conversation.turns)


def _key(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()


@lru_cache(maxsize=1)
def _spans() -> dict[str, list[tuple[int, int, Any, str]]]:
    """What is masked of each text, by the text's key: start and end in the raw text, type, placeholder."""
    with KEPT.open(encoding="utf-8") as lines:
        next(lines)
        return {key: [tuple(one) for one in spans] for key, spans in map(json.loads, lines)}


def main() -> None:
    """Write the masks of all training texts by the rules of today."""
    texts = training_texts()
    lines = []
    for text in texts:
        masked = mask_live(text)
        spans = [
            (one.raw_start, one.raw_end, one.type, masked.text[one.start : one.end]) for one in masked.spans
        ]
        if spans:
            lines.append(json.dumps([_key(text), spans], ensure_ascii=False))
    head = json.dumps({"texts": digest_of(texts)})
    KEPT.write_text("\n".join([head, *sorted(lines)]) + "\n", "utf-8")


if __name__ == "__main__":
    main()
