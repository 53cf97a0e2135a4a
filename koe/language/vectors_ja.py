"""What speaks for a Japanese word that has no vector: a verb of its family, or the parts it is made of."""

from collections.abc import Callable, Iterator

_A = "かがさざただなばぱまらわ"
_E = "けげせぜてでねべぺめれえ"
_U = "くぐすずつづぬぶぷむるう"
LONGEST = 24
"""Characters of a word that is taken apart."""


def family(verb: str) -> Iterator[str]:
    """The verbs that a verb is made from: 切れる → 切る, 繋がる → 繋ぐ, 減らす → 減る, 合わせる → 合う."""
    if len(verb) < 3 or verb[-1] not in "るす":
        return
    for stem in (verb[:-2], verb[:-3]):
        row = verb[len(stem)]
        for rows in (_A, _E) if verb[-1] == "る" else (_A,):
            if stem and row in rows:
                yield stem + _U[rows.index(row)]
    if verb[-2:] == "らす":
        yield verb[:-2] + "る"


def parts(word: str, is_known: Callable[[str], bool]) -> list[str]:
    """The longest known parts of a word, from the left: 会計ソフト → 会計, ソフト.

    Empty unless they cover it, and where a part is a single kana.
    """
    found: list[str] = []
    at = 0
    while at < len(word[:LONGEST]):
        ends = range(len(word) - (at == 0), at, -1)
        end = next((end for end in ends if is_known(word[at:end])), None)
        if end is None or (end == at + 1 and "ぁ" <= word[at] <= "ー"):
            return []
        found.append(word[at:end])
        at = end
    return found
