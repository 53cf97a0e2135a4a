"""A sentence that was said in English, as the language of the report has it.

Sentences are said and kept in English; only where a person reads them are they said anew. A catalogue is
pairs of an English sentence and its Japanese, with slots for what was filled in. What no catalogue has stays
as it is, whole.
"""

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from koe.language.text import Language
from koe.records import FindingKind

__all__ = ["SLOTS", "Sentences", "Slot", "slots_of"]

ANYTHING = ".+?"
_SLOT = re.compile(r"\\\{(\w+)\\\}")
_KIND = re.compile(r"\b(?:" + "|".join(FindingKind) + r")\b")
_QUOTED = r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*\""""
_CAUSES = {
    "No such file or directory": "見つかりません",
    "Permission denied": "権限がありません",
    "Operation not permitted": "権限がありません",
    "Read-only file system": "読み取り専用です",
    "Is a directory": "フォルダです",
    "Not a directory": "フォルダではありません",
    "File exists": "同じ名前のファイルがあります",
    "File name too long": "名前が長すぎます",
    "No space left on device": "空き容量がありません",
    "Disk quota exceeded": "使える容量を超えました",
    "Input/output error": "読み書きに失敗しました",
    "it is not UTF-8": "UTF-8 ではありません",
    "no reason given": "理由は分かりません",
    "unable to open database file": "データベースのファイルを開けません",
    "file is not a database": "データベースのファイルではありません",
    "database is locked": "ほかの処理が使っています",
    "database disk image is malformed": "データベースのファイルが壊れています",
    "attempt to write a readonly database": "書き込む権限がありません",
}
"""Why the machine refused something; another reason leaves its sentence in English."""
_EXPORTS = {
    "conversations": "会話",
    "findings": "お客さまの声",
    "themes": "テーマ",
    "keywords": "キーワード",
    "facts": "週の集計",
    "coverage": "週ごとの件数",
}


class Slot(NamedTuple):
    """How what fills a slot looks, and how it is said in Japanese; None where it cannot be."""

    looks: str
    says: Callable[[str], str | None]


def _as_it_is(text: str) -> str:
    return text


def _bare(text: str) -> str:
    return str(ast.literal_eval(text))


def _kind_names() -> Mapping[FindingKind, str]:
    from koe.report.words import words_in  # late: it brings half of koe, and few sentences name a kind

    return words_in("ja").finding_kinds


def _of_kinds(text: str) -> str:
    """The kinds of findings in a text by their Japanese names."""
    names = _kind_names()
    return _KIND.sub(lambda found: names[FindingKind(found[0])], text)


def _explained(text: str) -> str:
    """The kinds of findings as they are typed, each with its Japanese name behind it."""
    names = _kind_names()
    return _KIND.sub(lambda found: f"{found[0]}（{names[FindingKind(found[0])]}）", text)


def _alternatives(text: str) -> str:
    return text.replace(" or ", " か ")


def slots_of(looks: str, says: Callable[[str], str | None], *names: str) -> dict[str, Slot]:
    """Slots of these names that look alike."""
    return dict.fromkeys(names, Slot(looks, says))


SLOTS: Mapping[str, Slot] = {
    **slots_of(r"\d[\d,]*", _as_it_is, "n", "m", "all"),
    **slots_of(r"\d{4}-W\d\d", _as_it_is, "week", "first_week", "last_week"),
    **slots_of(_QUOTED, _bare, "name", "other", "third"),
    **slots_of(r"\S+", _as_it_is, "stem", "amount", "number", "currency"),
    **slots_of(ANYTHING, _alternatives, "orders"),
    **slots_of(ANYTHING, _of_kinds, "kinds", "kinds_too"),
    **slots_of(ANYTHING, _explained, "choices"),
    **slots_of(ANYTHING, _CAUSES.get, "cause"),
    **slots_of(ANYTHING, _EXPORTS.get, "export"),
    "field": Slot(r"[\w.$\[\]]+", _as_it_is),
}
"""Slots by name; others take anything as it is, `why` and `parts` a sentence of the catalogue."""


class _Pattern(NamedTuple):
    """An English sentence to be known by, and its Japanese."""

    known: re.Pattern[str]
    says: str


class Sentences:
    """A catalogue that says sentences anew. Pairs that come first are tried first."""

    def __init__(self, pairs: Iterable[tuple[str, str]], slots: Mapping[str, Slot] = SLOTS) -> None:
        self.pairs = tuple(pairs)
        self._slots = slots

    def said_in(self, sentence: str, language: Language) -> str:
        """The sentence in that language; as it is, where the catalogue does not have it."""
        return sentence if language == "en" else self._anew(sentence) or sentence

    def _anew(self, sentence: str) -> str | None:
        """The sentence, or several with semicolons between them, in Japanese; None where one is not known."""
        for pattern in self._patterns:
            found = pattern.known.fullmatch(sentence)
            told = found and {slot: self._filled(slot, text) for slot, text in found.groupdict().items()}
            if told is not None and None not in told.values():
                return pattern.says.format(**told)
        parts = self._parted(sentence, "; ")
        return "。".join(part.removesuffix("。") for part in parts) + "。" if parts else None

    def _filled(self, slot: str, text: str) -> str | None:
        """What fills a slot, in Japanese where it is words; None where these are not known."""
        if slot == "why":
            return self._anew(text)
        if slot == "parts":
            return "、".join(self._parted(text, ", ")) or self._anew(text)
        return self._slots[slot].says(text) if slot in self._slots else text

    def _parted(self, sentence: str, mark: str) -> tuple[str, ...]:
        """The sentence in two or more known parts with a mark between them; nothing where it has none."""
        for head, rest in _cuts(sentence, mark):
            first = self._anew(head)
            more = first and (self._parted(rest, mark) or tuple(filter(None, [self._anew(rest)])))
            if first and more:
                return (first, *more)
        return ()

    @cached_property
    def _patterns(self) -> tuple[_Pattern, ...]:
        return tuple(_Pattern(self._known(english), says) for english, says in self.pairs)

    def _known(self, english: str) -> re.Pattern[str]:
        """The sentence as a pattern, each slot with what may fill it; a slot that returns is the same."""
        seen: set[str] = set()

        def group(slot: re.Match[str]) -> str:
            name = slot[1]
            if name in seen:
                return f"(?P={name})"
            seen.add(name)
            return f"(?P<{name}>{self._slots[name].looks if name in self._slots else ANYTHING})"

        return re.compile(_SLOT.sub(group, re.escape(english)), re.DOTALL)


def _cuts(sentence: str, mark: str) -> Iterator[tuple[str, str]]:
    """Every way to cut the sentence in two at a mark."""
    at = sentence.find(mark)
    while at >= 0:
        yield sentence[:at], sentence[at + len(mark) :]
        at = sentence.find(mark, at + 1)
