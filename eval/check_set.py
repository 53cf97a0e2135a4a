"""Proof that a labels set holds together: `python -m eval.check_set FOLDER …`, exit 0 when it does.

Everything is counted again from the conversations; nothing in the truth files is believed. With `--own`,
what only a made-up set can promise (`eval/set_design.py`) is left out.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from eval.labelled import (
    Labels,
    customer_words,
    deals_saying,
    load_labels,
    records_about,
    top_complaints,
    volumes_in,
    weeks_of,
)
from eval.set_design import DESIGN, EMAIL, UNASSIGNED
from koe.records import FindingKind
from koe.weeks import week_of

__all__ = ["check_set"]

KINDS = {str(kind) for kind in FindingKind}
LONG = 20_000


def check_set(labels: Labels, own: bool = False) -> list[str]:
    """What does not hold, one sentence each; empty when all does."""
    astray = list(_astray(labels))
    checks = PROOF if own else (*PROOF, *DESIGN)
    return astray or [problem for check in checks for problem in check(labels)]


def _astray(labels: Labels) -> Iterator[str]:
    """Labels that point nowhere: with them nothing else can be counted."""
    for row in (*labels.findings, *labels.negatives, *labels.pii):
        record = labels.records.get(row["record_id"])
        if record is None or not 0 <= row["turn"] < len(record["turns"]):
            yield f"{row['record_id']}: there is no turn {row['turn']} of it"
    for key in {key for keys in labels.special.values() for key in keys} - set(labels.records):
        yield f"{key}: is special, but not there"


def _ids(labels: Labels) -> Iterator[str]:
    ids = Counter(row["id"] for row in (*labels.tickets, *labels.calls))
    ids.update(f"deal {row['id']}" for row in labels.deals)
    yield from (f"{key}: id is there {n} times" for key, n in ids.items() if n > 1)
    names = defaultdict(set)
    for row in (*labels.tickets, *labels.calls, *labels.deals):
        names[row["account"]["id"]].add(row["account"]["name"])
    yield from (f"{key}: account has several names" for key, given in names.items() if len(given) > 1)


def _times(labels: Labels) -> Iterator[str]:
    for key, record in labels.records.items():
        given = [record["created_at"], *(turn["at"] for turn in record["turns"] if turn.get("at"))]
        moments = [datetime.fromisoformat(moment) for moment in given]
        if any(moment.utcoffset() is None for moment in moments):
            yield f"{key}: a time without an offset"
        elif any(later < earlier for earlier, later in pairwise(moments)):
            yield f"{key}: turns are out of order"
        if {turn["speaker"] for turn in record["turns"]} - {"customer", "agent", "other"}:
            yield f"{key}: unknown speaker"


def _deals(labels: Labels) -> Iterator[str]:
    calls = defaultdict(list)
    for call in labels.calls:
        calls[call.get("deal_id")].append(call)
    for deal in labels.deals:
        key, mine = deal["id"], calls.pop(deal["id"], [])
        if not mine or any(call["account"] != deal["account"] for call in mine):
            yield f"{key}: has no call, or one of another account"
        if (deal.get("closed_at") is None) != (deal["outcome"] == "open"):
            yield f"{key}: closing date does not fit the outcome"
        elif deal.get("closed_at") and any(
            _end(call) > datetime.fromisoformat(deal["closed_at"]) for call in mine
        ):
            yield f"{key}: closed before its last call"
    yield from (f"deal {key}: has calls, but is not there" for key in calls if key is not None)


def _end(call: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(call["turns"][-1].get("at") or call["created_at"])


def _findings(labels: Labels) -> Iterator[str]:
    for row in labels.findings:
        place, turn = f"{row['record_id']} {row['theme']}", _turn(labels, row)
        if turn["speaker"] != "customer" or row["quote"] not in turn["text"] or not row["quote"].strip():
            yield f"{place}: quote is not verbatim in a customer's turn"
        theme = labels.themes.get(row["theme"], {} if labels.themes else row)
        if row["kind"] != theme.get("kind") or row["kind"] not in KINDS:
            yield f"{place}: theme and kind do not fit"
        if row["severity"] not in (1, 2, 3) or not 0 < len(row["statement"]) <= 120:
            yield f"{place}: severity or length of statement"


def _apart(labels: Labels) -> Iterator[str]:
    """A thing said is labels once, and a theme is carried by something."""
    twins = set(labels.special.get("duplicates", ()))
    quotes = Counter(row["quote"] for row in labels.findings if row["record_id"] not in twins)
    yield from (f"quote used {n} times: {quote[:40]}" for quote, n in quotes.items() if n > 1)
    unused = set(labels.themes) - {row["theme"] for row in labels.findings}
    yield from (f"{theme}: no finding carries it" for theme in sorted(unused))


def _negatives(labels: Labels) -> Iterator[str]:
    found = {(row["record_id"], row["theme"]) for row in labels.findings}
    for row in labels.negatives:
        if row["quote"] not in _turn(labels, row)["text"]:
            yield f"{row['record_id']}: hard negative is not in the turn"
        if (row["record_id"], row["theme"]) in found or not _is_known(labels, row["theme"]):
            yield f"{row['record_id']}: hard negative of a theme that is a finding there, or is none"


def _weeks(labels: Labels) -> Iterator[str]:
    if labels.weeks and sorted(labels.weeks) != weeks_of(labels):
        yield "weeks: not those of the conversations"
    for week, told in sorted(labels.weeks.items()):
        if told["top_complaints"] != top_complaints(labels, week):
            yield f"{week}: top complaints are {top_complaints(labels, week)}"
        if told["volumes"] != volumes_in(labels, week):
            yield f"{week}: volumes are {volumes_in(labels, week)}"


def _keywords(labels: Labels) -> Iterator[str]:
    for row in (row for side in ("won", "lost", "decoys") for row in labels.keywords.get(side, [])):
        variants = row.get("variants", [row["term"]])
        won, lost = (len(deals_saying(labels, variants, outcome)) for outcome in ("won", "lost"))
        if (won, lost) != (row["deals_won"], row["deals_lost"]):
            yield f"{row['term']}: said in {won} won and {lost} lost deals"


def _questions(labels: Labels) -> Iterator[str]:
    for row in labels.questions:
        if row["answerable"] != bool(row["supporting"]) or not row["answer_facts"]:
            yield f"{row['question']}: support does not fit answerable"
        if set(row["supporting"]) - set(labels.records) or not _is_known(labels, *row["themes"]):
            yield f"{row['question']}: unknown conversation or theme"
        for theme, count in row["counts"].items():
            about = records_about(labels, theme, row["filters"])
            if len(about) != count or set(about) - set(row["supporting"]):
                yield f"{row['question']}: {theme} counts {len(about)}"


def _pii(labels: Labels) -> Iterator[str]:
    listed = defaultdict(set)
    for row in labels.pii:
        listed[row["record_id"], row["turn"]].add(row["text"])
        if row["text"] not in _turn(labels, row)["text"]:
            yield f"{row['record_id']}: {row['type']} is not in the turn"
    for key, record in labels.records.items() if labels.pii else ():
        names = {turn["name"] for turn in record["turns"] if turn.get("name")}
        for n, turn in enumerate(record["turns"]):
            if any(
                not any(found in own for own in listed[key, n]) for found in _personal(turn["text"], names)
            ):
                yield f"{key}: personal data in turn {n} is not listed"


def _personal(text: str, names: set[str]) -> Iterator[str]:
    yield from (match[0].rstrip(".") for match in EMAIL.finditer(text))
    yield from (match[0] for match in UNASSIGNED.finditer(text))
    yield from (name for name in names if name in text)


def _special(labels: Labels) -> Iterator[str]:
    records = labels.records

    def listed(*sorts: str) -> Iterator[Mapping[str, Any]]:
        return (records[key] for sort in sorts for key in labels.special.get(sort, ()))

    if len({(one["account"]["id"], customer_words(one)) for one in listed("duplicates")}) > 1:
        yield "special: the duplicates differ"
    yield from (f"{one['id']}: is not empty" for one in listed("empty") if customer_words(one).strip())
    yield from (f"{one['id']}: is not long" for one in listed("long") if len(customer_words(one)) <= LONG)
    for one in listed("utc_trap", "week_border"):
        if not _is_border(one, labels.zone):
            yield f"{one['id']}: lies in the same week on every clock"


def _is_border(record: Mapping[str, Any], zone: ZoneInfo) -> bool:
    """Whether UTC, Tokyo, one hour east or the clock as written give another week."""
    moment = datetime.fromisoformat(record["created_at"])
    clocks = [week_of(moment, ZoneInfo(name)) for name in ("UTC", "Asia/Tokyo", "Etc/GMT-1")]
    clocks.append(week_of(moment.replace(tzinfo=UTC), ZoneInfo("UTC")))
    return any(clock != week_of(moment, zone) for clock in clocks)


def _is_known(labels: Labels, *themes: str) -> bool:
    return not labels.themes or set(themes) <= set(labels.themes)


def _turn(labels: Labels, row: Mapping[str, Any]) -> Mapping[str, Any]:
    turn: Mapping[str, Any] = labels.records[row["record_id"]]["turns"][row["turn"]]
    return turn


PROOF: tuple[Callable[[Labels], Iterator[str]], ...] = (
    _ids, _times, _deals, _findings, _apart, _negatives, _weeks, _keywords, _questions, _pii, _special
)  # fmt: skip


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what does not hold; 1 when something does not."""
    parser = argparse.ArgumentParser(prog="python -m eval.check_set", description="Prove labelled sets.")
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    parser.add_argument("--own", action="store_true", help="conversations that nobody made up for this")
    told = parser.parse_args(arguments)
    return int(sum(_report(folder, told.own) for folder in told.folders) > 0)


def _report(folder: str, own: bool) -> int:
    labels = load_labels(Path(folder))
    problems = check_set(labels, own)
    records, findings = len(labels.records), len(labels.findings)
    print(f"{folder}: {records} conversations, {findings} findings, {len(problems)} problems")
    for problem in problems:
        print(f"  {problem}")
    return len(problems)


if __name__ == "__main__":
    sys.exit(main())
