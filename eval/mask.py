"""How well the mask works: recall per type and what was masked wrongly, on the sample and on text of its own.

`python -m eval.mask` prints the figures; `-v` lists every miss and every wrong mask. Our own set has parts:
`dev` was looked at while the mask was built; `held`, `late`, `new` and `kept` were each written after the
mask stood and have been mended for since; `last` was scored once and its misses have not been mended.
`blind` was written by somebody who had not seen the mask, to trip it. English (addresses without a street
number, and names of places): of the first 76 addresses 41 were found at first sight, of the next 40, with
those mended, 34. Japanese: persons 71 of 111, addresses 13 of 16. Mended for since. `persons`, English names
that are also words, of many origins, in chats and calls, was written so, too: 60 of 102, mended for since.
`second`, in both languages, came after that: of 170 English persons 111 at first sight (87 with the mask of
before), with 11 wrong masks (27), of 115 Japanese ones 86. Mended for since.
`third`, by somebody else again, after that: 244 of 280 at first sight (201 with the mask before both) with 21
wrong masks (42), 227 of 281 Japanese ones (207). Mended for since.
"""

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from koe.mask import MaskedText, MaskSpan, names_in
from koe.mask.known import known_name
from koe.mask.placeholder import MaskType
from koe.mask.text import Scope, mask_text
from koe.records import Account, Conversation, Turn
from koe.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
KEY = b"eval"
PARTS = ("dev", "held", "late", "new", "kept", "last", "blind", "persons", "second", "third")
TYPES: dict[str, MaskType] = {
    "person": "person",
    "phone": "phone",
    "email": "email",
    "postal_address": "address",
    "card": "card",
    "mynumber": "mynumber",
    "credential": "credential",
    "bank": "bank",
    "birth": "birth",
}


class Text(NamedTuple):
    """One text with what is personal in it, as (start, end, type), and how it was masked."""

    id: str
    source: str
    wanted: tuple[tuple[int, int, MaskType], ...]
    masked: MaskedText


class Score(NamedTuple):
    """Counts of one type."""

    strings: int = 0
    whole: int = 0
    characters: int = 0
    covered: int = 0


class Result(NamedTuple):
    """Figures per type, what was missed and what was masked wrongly."""

    scores: dict[MaskType, Score]
    missed: list[tuple[str, str, str]]
    wrong: list[tuple[str, MaskType, str, str]]


def sample_texts() -> Iterator[Text]:
    """Every turn of the sample, masked as the station does it."""
    truth: dict[tuple[str, int], list[tuple[str, MaskType]]] = defaultdict(list)
    for row in _lines(ROOT / "eval" / "sample_ja" / "pii.jsonl"):
        truth[row["record_id"], row["turn"]].append((row["text"], TYPES[row["type"]]))
    for name in ("tickets", "calls"):
        for row in _lines(ROOT / "sample" / f"{name}.jsonl"):
            yield from _record_texts(row, truth)


def _record_texts(
    row: dict[str, Any], truth: dict[tuple[str, int], list[tuple[str, MaskType]]]
) -> Iterator[Text]:
    record = _conversation(row)
    people = {person for field in names_in(record, Settings()) if (person := known_name(field))}
    scope = Scope(record.account.id, record.account.name, tuple(sorted(people)), KEY)
    for n, turn in enumerate(record.turns):
        wanted = {
            (at, at + len(text), kind)
            for text, kind in truth[record.external_id, n]
            for at in _places(turn.text, text)
            if kind != "person" or not _in_company(turn.text, at, len(text), record.account.name)
        }
        yield Text(f"{record.external_id}/{n}", turn.text, tuple(sorted(wanted)), mask_text(turn.text, scope))


def _conversation(row: dict[str, Any]) -> Conversation:
    return Conversation(
        source="sample",
        external_id=row["id"],
        kind=row["kind"],
        account=Account(**row["account"]),
        created_at=row["created_at"],
        contact=row.get("contact") or "",
        turns=tuple(Turn(role=t["speaker"], name=t["name"], text=t["text"]) for t in row["turns"]),
    )


def own_texts(language: str, split: str | None) -> Iterator[Text]:
    """Every text of our own set, masked with no name known beforehand."""
    scope = Scope("A-1", "", (), KEY)
    for row in _lines(ROOT / "eval" / f"pii_{language}.jsonl"):
        if split in (None, row["split"]):
            wanted = tuple((e["start"], e["end"], TYPES[e["type"]]) for e in row["entities"])
            yield Text(row["id"], row["text"], wanted, mask_text(row["text"], scope))


def score(texts: Iterable[Text]) -> Result:
    """Recall by whole string and by character, the strings missed, the masks on nothing personal."""
    scores: dict[MaskType, Score] = defaultdict(Score)
    missed: list[tuple[str, str, str]] = []
    wrong: list[tuple[str, MaskType, str, str]] = []
    for text in texts:
        hidden = {n for span in text.masked.spans for n in range(span.raw_start, span.raw_end)}
        for start, end, kind in text.wanted:
            covered = sum(n in hidden for n in range(start, end))
            whole = all(n in hidden or text.source[n].isspace() for n in range(start, end))
            old = scores[kind]
            scores[kind] = Score(
                old.strings + 1, old.whole + whole, old.characters + end - start, old.covered + covered
            )
            if not whole:
                missed.append((text.id, kind, text.source[start:end]))
        wrong += [
            (text.id, span.type, text.source[span.raw_start : span.raw_end], _around(text.source, span))
            for span in text.masked.spans
            if not any(start < span.raw_end and span.raw_start < end for start, end, _ in text.wanted)
        ]
    return Result(dict(scores), missed, wrong)


def show(title: str, result: Result, *, verbose: bool) -> None:
    """Print one table."""
    wrong = Counter(kind for _, kind, *_ in result.wrong)
    print(f"\n{title}\n{'type':<12}{'n':>6}{'whole':>9}{'chars':>9}{'wrong':>7}")
    for kind in TYPES.values():
        n, whole, characters, covered = result.scores.get(kind, Score())
        if n or wrong[kind]:
            shares = f"{whole / n:>9.3f}{covered / characters:>9.3f}" if n else f"{'-':>9}{'-':>9}"
            print(f"{kind:<12}{n:>6}{shares}{wrong[kind]:>7}")
    if verbose:
        for miss in result.missed:
            print("  missed", *miss, sep="\t")
        for mistake in result.wrong:
            print("  wrong", *mistake, sep="\t")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m eval.mask", description=__doc__)
    parser.add_argument("-v", "--verbose", action="store_true", help="list misses and wrong masks")
    parser.add_argument("--split", choices=PARTS, help="one part of our own set only")
    options = parser.parse_args()
    show("sample, names of the record known", score(sample_texts()), verbose=options.verbose)
    for language in ("ja", "en"):
        for split in (options.split,) if options.split else PARTS:
            title = f"pii_{language}, {split} part, no name known"
            show(title, score(own_texts(language, split)), verbose=options.verbose)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file)


def _places(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _in_company(text: str, at: int, length: int, company: str) -> bool:
    return any(place <= at and at + length <= place + len(company) for place in _places(text, company))


def _around(text: str, span: MaskSpan) -> str:
    return text[max(0, span.raw_start - 12) : span.raw_end + 12].replace("\n", "⏎")


if __name__ == "__main__":
    main()
