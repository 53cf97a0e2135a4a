"""Whole conversations of trades that are nowhere else, with what is to be found marked in place.

A file holds them one after another: a line `=== call sale | trade | number`, then turns: `A:` an agent's,
`C:` a customer's, `title:` a ticket's title, `| ` a further line of the turn. `[[kind theme|words]]` in a
customer's turn is a finding.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from koe.language.text import Language
from koe.records import FindingKind, MaskedConversation, MaskedTurn, Role

__all__ = ["FOLDER", "PLAIN", "Mark", "Marked", "load_conversations", "parse"]

FOLDER = Path(__file__).with_name("conversations")
PLAIN = Path(__file__).with_name("plain")
"""Tiny conversations of one to four turns in the plainest words."""
_HEAD = re.compile(r"=== (call|ticket)( sale)? \| (.+?) \| (\d+)$")
_TURN = re.compile(r"(A\d?|C\d?|title):[ ]?(.*)$")
_MARK = re.compile(r"\[\[(\w+) ([\w-]+)\|(.*?)\]\]", re.S)
_DAY = "2026-01-05T09:00:00+09:00"


class Mark(NamedTuple):
    """A finding: the turn it stands in, its kind and theme, and its span, end exclusive."""

    turn: int
    kind: FindingKind
    theme: str
    start: int
    end: int


class Marked(NamedTuple):
    """A conversation with its findings; `file` says who wrote it."""

    file: str
    trade: str
    conversation: MaskedConversation
    marks: tuple[Mark, ...]


def load_conversations(language: Language, folder: Path = FOLDER) -> list[Marked]:
    """All conversations of a language, in the order of the files."""
    files = sorted(folder.glob(f"{language}_*.txt"))
    return [one for file in files for one in parse(file.read_text("utf-8"), file.stem)]


def parse(text: str, file: str) -> Iterator[Marked]:
    """The conversations of one file; raises ValueError with the line that is none of these things."""
    head: re.Match[str] | None = None
    turns: list[tuple[str, str]] = []
    for line in text.splitlines():
        if line.startswith("=== "):
            if head:
                yield _marked(head, turns, file)
            head, turns = _HEAD.match(line), []
            if head is None:
                raise ValueError(f"{file}: not a head: {line}")
        elif line.startswith("|") and turns:
            turns[-1] = (turns[-1][0], f"{turns[-1][1]}\n{line[1:].removeprefix(' ')}")
        elif head and (found := _TURN.match(line)):
            turns.append((found[1], found[2]))
        elif line.strip():
            raise ValueError(f"{file}: neither a head nor a turn: {line}")
    if head:
        yield _marked(head, turns, file)


def _marked(head: re.Match[str], turns: Sequence[tuple[str, str]], file: str) -> Marked:
    title = next((words for who, words in turns if who == "title"), "")
    said = [(who, *_unmarked(words)) for who, words in turns if who != "title"]
    name = f"{file}-{head[3]}-{head[4]}"
    conversation = MaskedConversation(
        id=name, external_id=name, kind="call" if head[1] == "call" else "ticket", account=name,
        created_at=_DAY, title=title, outcome="open" if head[2] else None,
        turns=tuple(MaskedTurn(n=n, role=_role(who), text=text) for n, (who, text, _) in enumerate(said)),
    )  # fmt: skip
    marks = tuple(one._replace(turn=n) for n, (_, _, some) in enumerate(said) for one in some)
    return Marked(file, head[3], conversation, marks)


def _role(who: str) -> Role:
    return "agent" if who.startswith("A") else "customer"


def _unmarked(words: str) -> tuple[str, list[Mark]]:
    """The words without their marks, and the marks."""
    text, at, marks = "", 0, list[Mark]()
    for found in _MARK.finditer(words):
        text += words[at : found.start()]
        start, quote = len(text), found[3]
        inner = len(quote) - len(quote.lstrip())
        marks.append(Mark(0, FindingKind(found[1]), found[2], start + inner, start + len(quote.rstrip())))
        text += quote
        at = found.end()
    return text + words[at:], marks
