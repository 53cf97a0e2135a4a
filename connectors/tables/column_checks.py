"""What stands in the columns of a guessed table: whether it fits, and what is wrong with it. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import starmap
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from connectors.records.amounts import parse_amount
from connectors.records.dates import Order, Orders, clock_of, order_in, orders_of
from connectors.records.outcomes import NO_OUTCOMES, advice, outcome_of
from connectors.records.speakers import has_role_word
from connectors.tables.cells import DATE_FIELDS, says_nothing
from connectors.tables.column_damage import damaged
from connectors.tables.column_dates import blank_dates, dates_in, misfit, said_of_far, said_of_order
from connectors.tables.layouts import plain
from connectors.tables.row_groups import Row, folded
from koe.records import Outcome

MANY = 0.8
"""The share of cells that have to fit."""
SOME = 0.5
"""The share of amounts that have to: one that cannot be read costs its deal nothing else."""
BLANK = "is blank"
NOT_KNOWN = "speakers are not known"
NOT_USED = "is not used:"
LONG = 12
"""Characters that a cell of what customers wrote has at least, on average."""
_NO_WORDS = re.compile(r"\S+@\S+|https?://\S+|[\d\s+(),./:-]+|[\w-]+(?:\.[\w-]+)+")
_NEEDED = {
    "tickets": ("text", "created_at", "account"),
    "calls": ("id", "text", "created_at", "account", "speaker"),
    "deals": ("outcome", "account"),
    "list": ("file",),
}
_MEANT = {
    "id": "the number",
    "text": "what the customer wrote or said",
    "created_at": "the date",
    "account": "the customer's company",
    "speaker": "who speaks (a memo is our own words)",
    "outcome": "won or lost",
    "file": "the name of the transcript's file",
}
_HINTS = {
    "text": "; a helpdesk's list often leaves it out: export with it, or read the helpdesk itself as a source"
}


class Ways(NamedTuple):
    """What the settings say of cells that do not say it themselves."""

    order: Order | None = None
    outcomes: Mapping[str, Outcome] = NO_OUTCOMES


class Sample(NamedTuple):
    """The first rows of a table, and which column is taken for what."""

    names: Sequence[str]
    fields: Mapping[str, int]
    rows: Sequence[Sequence[str]]

    def cells(self, field: str) -> list[str]:
        """What stands in the column of a field, blank cells left out."""
        n = self.fields[field]
        return [row[n] for row in self.rows if row[n].strip()]


class Judged(NamedTuple):
    """What is left of a guess after looking at the cells."""

    doubts: tuple[str, ...] = ()
    """Why the table is not read without a map."""
    notes: tuple[str, ...] = ()
    """What one should know of it all the same."""
    fields: Mapping[str, int] = MappingProxyType({})
    is_unsettled: bool = False
    """Whether days and months of some dates may change places."""
    outcomes: tuple[str, ...] = ()
    """Words of the outcome column that koe does not know."""
    examples: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    likely: Mapping[str, int] = MappingProxyType({})
    """Columns that could be what is missing, by what stands in them."""
    dateless: tuple[str, ...] = ()
    """Fields of dates that have not one."""
    speakers: tuple[str, ...] = ()
    """Speakers whose names do not say whose they are."""


def judge(kind: str, sample: Sample, zone: ZoneInfo, ways: Ways = Ways()) -> Judged:
    """What can be said for and against reading a table as it is guessed."""
    sample = _with_outcome(sample, ways)
    own = {field: sample.cells(field) for field in DATE_FIELDS if field in sample.fields}
    orders = orders_of(own, ways.order)
    if not sample.rows:
        return Judged(("has no row under its header; export it again",), fields=sample.fields)
    needed = _needed_by(kind, sample)
    misfits = dict(_misfits(sample, zone, orders, needed))
    kept = {field: n for field, n in sample.fields.items() if field not in misfits or field in needed}
    if "speaker" in kept or kind == "deals":
        kept = {field: n for field, n in kept.items() if field != "answer"}
    sample = sample._replace(fields=kept)
    doubts = [*_missing(kind, sample), *_twice(sample), *_numbers(kind, sample)]
    doubts += [f"column {sample.names[n]!r}: {misfits[f]}" for f, n in kept.items() if f in misfits]
    unknown = _unknown_outcomes(sample, ways)
    dated = [
        (sample.names[n], sample.cells(f), zone, order_in(orders, f))
        for f, n in kept.items()
        if f in DATE_FIELDS
    ]
    unsettled, far = ([*filter(None, starmap(says, dated))] for says in (said_of_order, said_of_far))
    if unknown and "outcome" in kept and not _has_decided(sample, "outcome", ways):
        doubts.append(f"column {sample.names[kept['outcome']]!r} has no word that koe knows for won or lost")
    return Judged(
        tuple(doubts),
        (*_notes(kind, sample, misfits, unknown, zone), *unsettled, *far),
        kept,
        bool(unsettled),
        unknown,
        {field: tuple(dict.fromkeys(sample.cells(field)))[:3] for field in kept},
        _likely(kind, sample, zone, misfits),
        tuple(f for f in kept if f in misfits and not dates_in(sample.cells(f), zone)),
        _nobodies(sample),
    )


def _needed_by(kind: str, sample: Sample) -> tuple[str, ...]:
    """The fields without which there is no record; `at` is the date where there is no other."""
    needed = _NEEDED[kind]
    return (*needed, "at") if "created_at" in needed and "created_at" not in sample.fields else needed


def _likely(kind: str, sample: Sample, zone: ZoneInfo, misfits: Mapping[str, str]) -> dict[str, int]:
    """A column of long words for a missing text, one of dates for a missing date."""
    free = [n for n, name in enumerate(sample.names) if name and n not in sample.fields.values()]
    cells = {n: [row[n] for row in sample.rows if row[n].strip()] for n in free}
    found: dict[str, int] = {}
    lengths = {n: sum(map(len, own)) / len(own) for n, own in cells.items() if own and _are_words(own, zone)}
    if "text" in _NEEDED[kind] and "text" not in sample.fields and lengths:
        longest = max(lengths, key=lambda n: (lengths[n], -n))
        found |= {"text": longest} if lengths[longest] >= LONG else {}
    if "created_at" in _NEEDED[kind] and not (sample.fields.keys() - misfits.keys()) & {"created_at", "at"}:
        dated = [n for n, own in cells.items() if own and dates_in(own, zone) >= MANY * len(own)]
        found |= {"created_at": dated[0]} if dated else {}
    return found


def _wordy(sample: Sample, zone: ZoneInfo) -> list[str]:
    """Columns of sentences that koe has no use for."""
    free = {n: name for n, name in enumerate(sample.names) if name and n not in sample.fields.values()}
    cells = {n: [row[n] for row in sample.rows if row[n].strip()] for n in free}
    return [
        free[n]
        for n, own in cells.items()
        if own and _are_words(own, zone) and sum(map(len, own)) >= LONG * len(own)
    ]


def _are_words(cells: Sequence[str], zone: ZoneInfo) -> bool:
    """Whether cells can be what somebody wrote: no addresses, links, numbers or dates."""
    signs = sum(_NO_WORDS.fullmatch(cell.strip()) is not None for cell in cells)
    return signs + dates_in(cells, zone) < (1 - MANY) * len(cells)


def _misfits(
    sample: Sample, zone: ZoneInfo, orders: Orders, needed: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """Fields whose cells are not what they should be, and what they are."""
    for field in sample.fields:
        cells = [cell for cell in sample.cells(field) if not says_nothing(field, cell)]
        if not cells and field != "answer":
            yield field, BLANK
        elif field in DATE_FIELDS:
            if field == "at" and "created_at" in sample.fields:
                cells = [cell for cell in cells if clock_of(cell) is None]
            if why := misfit(cells, zone, order_in(orders, field), field in needed):
                yield field, why
        elif field == "amount" and sum(map(_is_amount, cells)) < SOME * len(cells):
            yield field, f"few of its {len(cells)} cells are amounts"


def _is_amount(cell: str) -> bool:
    return parse_amount(cell) is not None


def _missing(kind: str, sample: Sample) -> Iterator[str]:
    have = set(sample.fields)
    if have & {"account_id", "account_name", "email"}:
        have.add("account")
    if "at" in have:
        have.add("created_at")
    needed = (*_NEEDED[kind], "id") if "speaker" in have and kind == "tickets" else _NEEDED[kind]
    if kind == "deals" and "name" not in have:
        needed = ("id", *needed)
    for field in needed:
        if field not in have:
            name = "account_name" if field == "account" else field
            yield f"no column is known to be {_MEANT[field]} ({name})" + _HINTS.get(field, "")


def _twice(sample: Sample) -> Iterator[str]:
    for n in sample.fields.values():
        if f"{sample.names[n]}#2" in sample.names:
            yield f"the column {sample.names[n]!r} stands twice"


def _numbers(kind: str, sample: Sample) -> Iterator[str]:
    """A number that repeats is none, unless rows are turns, or several rows one record."""
    if "id" not in sample.fields or "speaker" in sample.fields or kind == "list":
        return
    ids = sample.cells("id")
    if len(set(ids)) < 0.9 * _records(sample):
        yield f"column {sample.names[sample.fields['id']]!r} repeats its numbers"


def _records(sample: Sample) -> int:
    """How many records the rows with a number are, rows of one number that fit together taken as one."""
    groups: dict[str, list[Row]] = {}
    for line, row in enumerate(sample.rows):
        cells = {field: row[n] for field, n in sample.fields.items()}
        groups.setdefault(cells["id"].strip(), []).append(Row(line, cells))
    return sum(len(folded(rows)) for key, rows in groups.items() if key)


def _with_outcome(sample: Sample, ways: Ways) -> Sample:
    """The sample with the column of stages for the outcome, where that one alone says won or lost."""
    fields = sample.fields
    if not fields.keys() >= {"outcome", "stage"} or _has_decided(sample, "outcome", ways):
        return sample
    is_in_stage = _has_decided(sample, "stage", ways)
    return sample._replace(fields={**fields, "outcome": fields["stage"]}) if is_in_stage else sample


def _unknown_outcomes(sample: Sample, ways: Ways) -> tuple[str, ...]:
    """What the outcome column says that koe does not know, a blank cell too."""
    if "outcome" not in sample.fields:
        return ()
    said = sorted({plain(row[sample.fields["outcome"]]) for row in sample.rows})
    return tuple(word for word in said if outcome_of(word, ways.outcomes) is None)


def _has_decided(sample: Sample, field: str, ways: Ways) -> bool:
    known = {outcome_of(cell, ways.outcomes) for cell in set(sample.cells(field))}
    return bool(known & {"won", "lost"})


def _notes(
    kind: str, sample: Sample, misfits: Mapping[str, str], unknown: Sequence[str], zone: ZoneInfo
) -> Iterator[str]:
    for field, why in misfits.items():
        if field not in sample.fields:
            says = why if why == BLANK else f"{NOT_USED} {why}"
            yield f"a column that could be {field} {says}"
    if kind == "tickets" and "id" not in sample.fields and "speaker" not in sample.fields:
        yield "no column is a number, so a row is known by what it says: a row changed later is a new ticket"
    if "email" in sample.fields and not sample.fields.keys() & {"account_id", "account_name"}:
        yield "no column is a company, so a customer is known by the domain of the mail address"
    if kind in ("tickets", "calls") and (wordy := _wordy(sample, zone)):
        yield f"hold words too and are not read, as text is one column: {', '.join(wordy)}"
    if kind == "deals" and "id" not in sample.fields:
        yield "no column is a number, so a deal is known by its company, name and opening"
    if unknown:
        yield said_of_outcomes(unknown)
    yield from damaged({field: sample.cells(field) for field in sample.fields})
    if kind in ("tickets", "calls"):
        yield from filter(None, [_blank_dates(sample, zone)])
    if nobody := _nobodies(sample):
        said = len({plain(cell) for cell in sample.cells("speaker")})
        yield f"{len(nobody)} of {said} {NOT_KNOWN}; name them in `speakers`"


def _blank_dates(sample: Sample, zone: ZoneInfo) -> str:
    """What is said of rows without a date; rows of one number may leave it to the first."""
    fields = sample.fields
    ids = sample.cells("id") if "id" in fields else []
    if "created_at" not in fields or "speaker" in fields or len(set(ids)) < len(ids):
        return ""
    n = fields["created_at"]
    column = ["" if says_nothing("created_at", row[n]) else row[n] for row in sample.rows]
    used = fields.values()
    others = {
        name: [row[at] for row in sample.rows] for at, name in enumerate(sample.names) if at not in used
    }
    return blank_dates(sample.names[n], column, others, zone) if any(column) else ""


def said_of_outcomes(unknown: Sequence[str]) -> str:
    """One line on stages that koe does not know, with what to paste."""
    count = "1 stage is" if len(unknown) == 1 else f"{len(unknown)} stages are"
    return (
        f"{count} not known to be won, lost or open, and their rows are left out; fill in and write into "
        f"koe.toml: {advice(unknown)}"
    )


def _nobodies(sample: Sample) -> tuple[str, ...]:
    said = sorted({plain(cell) for cell in sample.cells("speaker")}) if "speaker" in sample.fields else []
    return tuple(word for word in said if not has_role_word(word))
