"""Matters of trades, each said by many customers in different words.

A file holds trades, `=== trade`; in them matters, `## kind slug | name`, the name as a person would put it
over them; under each, `? `, a question that one might ask about it and words for a search box, in newer files
a ticket's title and how the supplier's people record it, too; then what customers said, `t ` in a ticket and
`c ` in a call, the words that say the matter in `[[ ]]`.
"""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from koe.language.text import Language
from koe.records import FindingKind

__all__ = ["FOLDER", "HELD", "Matter", "Saying", "load_matters", "parse"]

FOLDER = Path(__file__).with_name("sayings")
HELD: dict[Language, frozenset[str]] = {
    "ja": frozenset({"ja_4", "ja_10", "ja_15", "ja_16", "ja_20", "ja_28"}),
    "en": frozenset({"en_3", "en_7", "en_12", "en_13", "en_17", "en_24"}),
}
"""The files of sayings that no encoder is taught, nor is find."""
_HEAD = re.compile(r"## (\w+) ([\w-]+) \| (.+)$")
_SAID = re.compile(r"([tc]) (.*?)\[\[(.+?)\]\](.*)$")


class Saying(NamedTuple):
    """What a customer said, and where in it the matter stands, end exclusive."""

    is_call: bool
    text: str
    start: int
    end: int

    @property
    def quote(self) -> str:
        """The words that say the matter."""
        return self.text[self.start : self.end]


class Matter(NamedTuple):
    """One matter of one trade; `file` says who wrote it."""

    file: str
    trade: str
    kind: FindingKind
    slug: str
    name: str
    questions: Sequence[str]
    sayings: Sequence[Saying]


def load_matters(language: Language, folder: Path = FOLDER) -> list[Matter]:
    """All matters of a language, in the order of the files."""
    files = sorted(folder.glob(f"{language}_*.txt"))
    return [one for file in files for one in parse(file.read_text("utf-8"), file.stem)]


def parse(text: str, file: str) -> Iterator[Matter]:
    """The matters of one file; raises ValueError with the line that is none of these things."""
    trade, matter = "", None
    for line in filter(str.strip, text.splitlines()):
        if line.startswith("=== "):
            trade = line[4:].strip()
        elif head := _HEAD.match(line):
            if matter:
                yield matter
            matter = Matter(file, trade, FindingKind(head[1]), head[2], head[3].strip(), [], [])
        elif matter:
            matter = _with_line(matter, line)
        else:
            raise ValueError(f"{file}: neither a trade nor a matter: {line}")
    if matter:
        yield matter


def _with_line(matter: Matter, line: str) -> Matter:
    if line.startswith("? "):
        return matter._replace(questions=[*matter.questions, line[2:].strip()])
    said = _SAID.match(line)
    if said is None:
        raise ValueError(f"{matter.file}: neither a question nor a saying: {line}")
    lead, quote = said[2], said[3].strip()
    start = len(lead) + len(said[3]) - len(said[3].lstrip())
    text = lead + said[3] + said[4]
    saying = Saying(said[1] == "c", text, start, start + len(quote))
    return matter._replace(sayings=[*matter.sayings, saying])
