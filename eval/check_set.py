"""Proof that a labelled set holds together: `python -m eval.check_set FOLDER …`, exit 0 when it does.

Everything is counted again from the conversations; nothing in the truth files is believed. A folder
holds the truth files of `eval/GUIDE.md` and the conversations beside them; where the conversations lie
elsewhere, write `TRUTH:CONVERSATIONS`. The zone of the weeks is `timezone` in its `koe.toml`, else
Asia/Tokyo.
"""

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from eval.labelled import (
    LabelledSet,
    complaints_in,
    customer_words,
    deals_saying,
    fold,
    load_set,
    records_about,
    said_in,
    top_complaints,
    volumes_in,
    weeks_of,
)
from koe.records import FindingKind
from koe.weeks import week_of

EMAIL = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)", re.ASCII)
PHONE = re.compile(r"\(?\+?\d[\d ()-]{7,20}\d", re.ASCII)
UNASSIGNED = re.compile(
    r"0\d{1,3}0?-0000-\d{4}|020 7946 0\d{3}|01632 960\d{3}|07700 900\d{3}|\(?\d{3}\)?[ -]555-01\d{2}"
)
"""Numbers nobody has: Japanese ones with 0000, those Ofcom keeps for drama, North American 555-01xx."""
TEST_CARDS = {"4111111111111111", "4242424242424242"}
LONG = 20_000


def check_set(labelled: LabelledSet) -> list[str]:
    """What does not hold, one sentence each; empty when all does."""
    return [problem for check in CHECKS for problem in check(labelled)]


def _records(labelled: LabelledSet) -> Iterator[str]:
    ids = Counter(row["id"] for row in (*labelled.tickets, *labelled.calls))
    yield from (f"{key}: id is there {n} times" for key, n in ids.items() if n > 1)
    for key, record in labelled.records.items():
        moments = [datetime.fromisoformat(turn["at"]) for turn in record["turns"]]
        if any(later < earlier for earlier, later in pairwise(moments)):
            yield f"{key}: turns are out of order"
        if moments[0] != datetime.fromisoformat(record["created_at"]):
            yield f"{key}: created_at is not its first turn"
        if any(moment.utcoffset() is None for moment in moments):
            yield f"{key}: a time without an offset"
        if {turn["speaker"] for turn in record["turns"]} - {"customer", "agent", "other"}:
            yield f"{key}: unknown speaker"
        if not key.startswith("C" if record["kind"] == "call" else "T"):
            yield f"{key}: kind does not fit the id"
    named = defaultdict(set)
    for row in (*labelled.tickets, *labelled.calls, *labelled.deals):
        named[row["account"]["id"]].add(row["account"]["name"])
    yield from (f"{key}: account has several names" for key, names in named.items() if len(names) > 1)


def _deals(labelled: LabelledSet) -> Iterator[str]:
    calls = defaultdict(list)
    for call in labelled.calls:
        calls[call["deal_id"]].append(call)
    if set(calls) != {deal["id"] for deal in labelled.deals}:
        yield "deals: a deal without a call, or a call without its deal"
    for deal in labelled.deals:
        key, is_open, mine = deal["id"], deal["outcome"] == "open", calls[deal["id"]]
        if (deal["closed_at"] is None) != is_open or (deal["loss_reason"] is None) == (
            deal["outcome"] == "lost"
        ):
            yield f"{key}: closing date or loss reason does not fit the outcome"
        if any(call["account"] != deal["account"] for call in mine):
            yield f"{key}: a call of another account"
        last = max((datetime.fromisoformat(call["turns"][-1]["at"]) for call in mine), default=None)
        if last and not is_open and datetime.fromisoformat(deal["closed_at"]) < last:
            yield f"{key}: closed before its last call"


def _findings(labelled: LabelledSet) -> Iterator[str]:
    records, twins = labelled.records, set(labelled.special["duplicates"])
    for row in labelled.findings:
        place, turn = f"{row['record_id']} {row['theme']}", records[row["record_id"]]["turns"][row["turn"]]
        if turn["speaker"] != "customer" or row["quote"] not in turn["text"] or not row["quote"].strip():
            yield f"{place}: quote is not verbatim in a customer's turn"
        if row["kind"] != labelled.themes.get(row["theme"], {}).get("kind") or row["kind"] not in KINDS:
            yield f"{place}: theme and kind do not fit"
        if row["severity"] not in (1, 2, 3) or not 0 < len(row["statement"]) <= 120:
            yield f"{place}: severity or length of statement"
    quotes = Counter(row["quote"] for row in labelled.findings if row["record_id"] not in twins)
    yield from (f"quote used {n} times: {quote[:40]}" for quote, n in quotes.items() if n > 1)
    unused = set(labelled.themes) - {row["theme"] for row in labelled.findings}
    yield from (f"{theme}: no finding carries it" for theme in sorted(unused))
    found = {row["record_id"] for row in labelled.findings}
    none = sum(ticket["id"] not in found for ticket in labelled.tickets) / len(labelled.tickets)
    if not 0.25 <= none <= 0.45:
        yield f"share of tickets without a finding is {none:.2f}"


def _negatives(labelled: LabelledSet) -> Iterator[str]:
    found = {(row["record_id"], row["theme"]) for row in labelled.findings}
    for row in labelled.negatives:
        if row["quote"] not in labelled.records[row["record_id"]]["turns"][row["turn"]]["text"]:
            yield f"{row['record_id']}: hard negative is not in the turn"
        if (row["record_id"], row["theme"]) in found or row["theme"] not in labelled.themes:
            yield f"{row['record_id']}: hard negative of a theme that is a finding there, or is none"


def _weeks(labelled: LabelledSet) -> Iterator[str]:
    if sorted(labelled.weeks) != weeks_of(labelled):
        yield "weeks: not those of the conversations"
    for week, told in sorted(labelled.weeks.items()):
        ranks = [accounts for accounts, _ in complaints_in(labelled, week).values()]
        if len(ranks) < 3 or any(a <= b for a, b in pairwise([*ranks[:4], 0][:4])):
            yield f"{week}: ranks 1 to 4 are not one account apart: {ranks}"
        if told["top_complaints"] != top_complaints(labelled, week):
            yield f"{week}: top complaints are {top_complaints(labelled, week)}"
        if told["volumes"] != volumes_in(labelled, week):
            yield f"{week}: volumes are {volumes_in(labelled, week)}"
    if all(_same_top(labelled, week, ZoneInfo("UTC")) for week in labelled.weeks):
        yield "weeks: the zone does not matter; no ranking changes when counted in UTC"
    if all(_same_by_records(labelled, week) for week in labelled.weeks):
        yield "weeks: no ranking changes when conversations are counted instead of accounts"


def _same_top(labelled: LabelledSet, week: str, zone: ZoneInfo) -> bool:
    own, other = (list(complaints_in(labelled, week, z).items())[:3] for z in (labelled.zone, zone))
    return [(theme, n[0]) for theme, n in own] == [(theme, n[0]) for theme, n in other]


def _same_by_records(labelled: LabelledSet, week: str) -> bool:
    counted = complaints_in(labelled, week)
    return list(counted)[:3] == sorted(counted, key=lambda theme: (-counted[theme][1], theme))[:3]


def _keywords(labelled: LabelledSet) -> Iterator[str]:
    for side in ("won", "lost", "decoys"):
        for row in labelled.keywords[side]:
            variants = row.get("variants", [row["term"]])
            won, lost = (len(deals_saying(labelled, variants, outcome)) for outcome in ("won", "lost"))
            if (won, lost) != (row["deals_won"], row["deals_lost"]):
                yield f"{row['term']}: said in {won} won and {lost} lost deals"
            many, few = (won, lost) if side == "won" else (lost, won)
            if side != "decoys" and (few > 1 or many - few < 3):
                yield f"{row['term']}: {won} won and {lost} lost deals do not differ enough"
            if side == "decoys" and not _is_decoy(labelled, row, won, lost):
                yield f"{row['term']}: is no decoy of its sort with {won} won and {lost} lost deals"


def _is_decoy(labelled: LabelledSet, row: Mapping[str, Any], won: int, lost: int) -> bool:
    term = fold(row["term"])
    if "rep only" in row["why"]:
        return won == lost == 0 and sum(term in text for text in said_in(labelled, "agent").values()) >= 5
    if "equally" in row["why"]:
        return abs(won - lost) <= 1 and min(won, lost) >= 3
    if "ONE deal" in row["why"]:
        return won + lost == 1 and max(t.count(term) for t in said_in(labelled, "customer").values()) >= 5
    return "industry" in row["why"] and abs(won - lost) >= 2


def _questions(labelled: LabelledSet) -> Iterator[str]:
    for row in labelled.questions:
        if row["answerable"] != bool(row["supporting"]) or not row["answer_facts"]:
            yield f"{row['question']}: support does not fit answerable"
        if set(row["supporting"]) - set(labelled.records) or set(row["themes"]) - set(labelled.themes):
            yield f"{row['question']}: unknown conversation or theme"
        for theme, count in row["counts"].items():
            about = records_about(labelled, theme, row["filters"])
            if len(about) != count or set(about) - set(row["supporting"]):
                yield f"{row['question']}: {theme} counts {len(about)}"
    if sum(not row["answerable"] for row in labelled.questions) < 3:
        yield "questions: fewer than three cannot be answered"


def _pii(labelled: LabelledSet) -> Iterator[str]:
    listed = defaultdict(set)
    for row in labelled.pii:
        listed[row["record_id"], row["turn"]].add(row["text"])
        if row["text"] not in labelled.records[row["record_id"]]["turns"][row["turn"]]["text"]:
            yield f"{row['record_id']}: {row['type']} is not in the turn"
    for key, record in labelled.records.items():
        names = {turn["name"] for turn in record["turns"]}
        for n, turn in enumerate(record["turns"]):
            yield from (f"{key}: {what}" for what in _unlisted(turn["text"], names, listed[key, n]))


def _unlisted(text: str, names: set[str], listed: set[str]) -> Iterator[str]:
    seen = [match[0].rstrip(".") for match in EMAIL.finditer(text)]
    seen += [match[0] for match in UNASSIGNED.finditer(text)] + [name for name in names if name in text]
    yield from ("personal data is not listed" for found in seen if not any(found in own for own in listed))
    if any(not re.fullmatch(r"(.+\.)?example(\.(co\.jp|com|org|net))?", m[1]) for m in EMAIL.finditer(text)):
        yield "a mail address outside the reserved domains"
    for number in (re.sub(r"\D", "", match[0]) for match in PHONE.finditer(UNASSIGNED.sub("", text))):
        if len(number) >= 15 and number not in TEST_CARDS:
            yield "a card number that is no test number"


def _special(labelled: LabelledSet) -> Iterator[str]:
    records, special = labelled.records, labelled.special
    unknown = {key for keys in special.values() for key in keys} - set(records)
    if unknown:
        yield f"special: unknown {sorted(unknown)}"
        return
    first, second = (records[key] for key in special["duplicates"])
    if (first["account"], customer_words(first)) != (second["account"], customer_words(second)):
        yield "special: the duplicates differ"
    yield from (f"{key}: is not empty" for key in special["empty"] if customer_words(records[key]).strip())
    yield from (f"{key}: is not long" for key in special["long"] if len(customer_words(records[key])) <= LONG)
    for key in (*special.get("utc_trap", ()), *special.get("week_border", ())):
        if not _is_border(records[key], labelled.zone):
            yield f"{key}: lies in the same week on every clock"


def _is_border(record: Mapping[str, Any], zone: ZoneInfo) -> bool:
    """Whether UTC, Tokyo, the clock as written or the zone without summer time give another week."""
    moment = datetime.fromisoformat(record["created_at"])
    clocks = [week_of(moment, ZoneInfo(name)) for name in ("UTC", "Asia/Tokyo", "Etc/GMT-1")]
    clocks.append(week_of(moment.replace(tzinfo=UTC), ZoneInfo("UTC")))
    return any(clock != week_of(moment, zone) for clock in clocks)


KINDS = {str(kind) for kind in FindingKind}
CHECKS: tuple[Callable[[LabelledSet], Iterator[str]], ...] = (
    _records, _deals, _findings, _negatives, _weeks, _keywords, _questions, _pii, _special
)  # fmt: skip


def main(folders: Sequence[str]) -> int:
    """1 when something does not hold in a folder."""
    wrong = 0
    for folder in folders:
        truth, _, talk = folder.partition(":")
        labelled = load_set(Path(truth), Path(talk) if talk else None)
        problems = check_set(labelled)
        wrong += len(problems)
        print(f"{truth}: {len(labelled.records)} conversations, {len(labelled.findings)} findings, "
              f"{len(problems)} problems")  # fmt: skip
        print("".join(f"  {problem}\n" for problem in problems), end="")
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
