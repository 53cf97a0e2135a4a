"""Which words are one word in the dictionary: 社労士 and 社会保険労務士, 見える化 and 可視化."""

from functools import cache
from typing import Any

from koe.language.stems import stem

__all__ = ["Concept", "concept_of", "shares_meaning", "short_units"]

Concept = tuple[frozenset[str], ...]
"""The words of a term in alphabetical order, each as its synonym groups, or as itself when it has none."""

_CONTENT = frozenset(("名詞", "形状詞", "動詞", "形容詞", "接頭辞", "接尾辞"))


def concept_of(surface: str) -> Concept:
    """What a surface is made of, without particles and without order: 希望シフト is シフトの希望."""
    words = [_meaning(m) for m in _tokenizer().tokenize(surface) if m.part_of_speech()[0] in _CONTENT]
    return tuple(sorted(words, key=sorted))


def shares_meaning(left: Concept, right: Concept) -> bool:
    """Whether two concepts have word for word a synonym group, or the word itself, in common."""
    return len(left) == len(right) and all(a & b for a, b in zip(left, right, strict=True))


def short_units(surface: str) -> list[str]:
    """The shortest words a surface is made of, as they are written: 締め日 is 締め and 日."""
    return [m.surface() for m in _short().tokenize(surface) if m.part_of_speech()[0] in ("名詞", "動詞")]


@cache
def _short() -> Any:
    import sudachipy

    return sudachipy.Dictionary().tokenizer(mode="A")


def _meaning(morpheme: Any) -> frozenset[str]:
    surface: str = morpheme.surface()
    if surface.isascii():
        groups = morpheme.synonym_group_ids() if len(surface) > 2 else []
        return frozenset(str(n) for n in groups) or frozenset((stem(surface),))
    return frozenset(str(n) for n in morpheme.synonym_group_ids()) or frozenset((morpheme.normalized_form(),))


@cache
def _tokenizer() -> Any:
    import sudachipy

    return sudachipy.Dictionary().tokenizer(mode="C")
