"""Several reasons that stand in one field, told apart where that is safe. Pure.

A semicolon, a line of its own, a comma or a dot between short terms part reasons. `and`, `と` and the like do
only between reasons that other deals have by themselves, and so does every mark in a field that is a
sentence. Nothing in brackets is parted.
"""

import re
from collections.abc import Iterable, Iterator

from koe.language.text import normalize

__all__ = ["folded", "known_parts", "parts_of"]

LONGEST = 40
"""Characters of a reason that may be several in one field; a longer one is a sentence."""
_LISTED = re.compile(
    r"\s*[;；\n]\s*|\s*[、，・]\s*|\s*,(?!\d)\s*(?:(?:and|&)\s+)?|(?<=\w\w)\s?[/／]\s?(?=\w\w)", re.I
)
_JOINED = re.compile(
    r"\s+(?:and|plus|as well as|&|\+)\s+|\s*[&＆+＋/／]\s*|、?(?:および|及び|ならびに|並びに|と|や)|・", re.I
)
_BRACKETS = re.compile(r"[(（\[［「『【][^()（）\[\]［］「」『』【】]*[)）\]］」』】]")
_GOES_ON = re.compile(r"(?:が|ので|ため|から|けど|けれども?|のに|て|で|く|ず|ば|たら|は|を|に)$")
"""How a part ends that the next one goes on with."""
_IS_CLAUSE = re.compile(
    r"(?:but|so|because|although|though|which|who|then|as|since|while|when|if|we|they|he|she|it|i|not)\b",
    re.I,
)
_WORDS = 5
_ONE_NAME = re.compile(r"[ァ-ヶー]+・[ァ-ヶー]+|[A-Z0-9]+\s?[/／]\s?[A-Z0-9]+")
"""Two halves that are mostly one name: `セールス・フォース`, `CI/CD`."""


def parts_of(text: str, known: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The reasons of a field, each as it is written; `known` are those that deals have by themselves."""
    whole = text.strip()
    listed = tuple(_cut(whole, _LISTED))
    if not _is_list(whole, listed) and not all(folded(one) in known for one in listed):
        listed = (whole,)
    parts = (part for one in listed for part in _told_apart(one, known) or (one,))
    return tuple(dict.fromkeys(" ".join(part.split()) for part in parts if part.strip()))


def known_parts(texts: Iterable[str]) -> frozenset[str]:
    """What the fields of all deals have as a reason by itself, folded."""
    return frozenset(folded(part) for text in texts for part in parts_of(text))


def folded(reason: str) -> str:
    """A reason as it is compared."""
    return " ".join(normalize(reason).lower().split())


def _cut(text: str, mark: re.Pattern[str]) -> Iterator[str]:
    at = 0
    for start, end in _marks(text, mark):
        yield text[at:start]
        at = end
    yield text[at:]


def _marks(text: str, mark: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where a mark stands outside brackets."""
    bare = _BRACKETS.sub(lambda found: "x" * len(found[0]), text)
    return [found.span() for found in mark.finditer(bare)]


def _is_list(whole: str, parts: tuple[str, ...]) -> bool:
    """Whether parts are terms side by side and not the clauses of a sentence, or the halves of a name."""
    if len(whole) > LONGEST or whole.endswith(("。", ".")) or _ONE_NAME.fullmatch(whole):
        return False
    is_broken = any(_GOES_ON.search(part) for part in parts[:-1]) or any(map(_IS_CLAUSE.match, parts[1:]))
    return not is_broken and all(len(part.split()) <= _WORDS for part in parts)


def _told_apart(text: str, known: frozenset[str]) -> tuple[str, ...]:
    """The reasons that are joined by a word, where each of them is known; else nothing."""
    for start, end in _marks(text, _JOINED):
        head, rest = text[:start], text[end:]
        if folded(head) in known:
            more = (rest,) if folded(rest) in known else _told_apart(rest, known)
            if more:
                return (head, *more)
    return ()
