"""What a made-up set promises, so that it can tell a good engine from a lucky one.

A company's own conversations cannot be held to it; `python -m eval.check_set --own` leaves it out.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from eval.labelled import Labels, complaints_in, deals_saying, fold, said_in

__all__ = ["DESIGN", "EMAIL", "UNASSIGNED"]

EMAIL = re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)", re.ASCII)
RESERVED = re.compile(r"(.+\.)?example(\.(co\.jp|com|org|net))?")
NUMBER = re.compile(r"\(?\+?\d[\d ()-]{7,20}\d", re.ASCII)
UNASSIGNED = re.compile(
    r"0\d{1,3}0?-0000-\d{4}|020 7946 0\d{3}|01632 960\d{3}|07700 900\d{3}|\(?\d{3}\)?[ -]555-01\d{2}"
)
"""Numbers nobody has: Japanese ones with 0000, those Ofcom keeps for drama, North American 555-01xx."""
TEST_CARDS = {"4111111111111111", "4242424242424242"}


def _silence(labels: Labels) -> Iterator[str]:
    found = {row["record_id"] for row in labels.findings}
    none = sum(ticket["id"] not in found for ticket in labels.tickets) / max(1, len(labels.tickets))
    if not 0.25 <= none <= 0.45:
        yield f"share of tickets without a finding is {none:.2f}"
    if sum(not row["answerable"] for row in labels.questions) < 3:
        yield "questions: fewer than three cannot be answered"


def _ranks(labels: Labels) -> Iterator[str]:
    for week in sorted(labels.weeks):
        ranks = [accounts for accounts, _ in complaints_in(labels, week).values()]
        if len(ranks) < 3 or any(a <= b for a, b in pairwise([*ranks[:4], 0][:4])):
            yield f"{week}: ranks 1 to 4 are not one account apart: {ranks}"


def _traps(labels: Labels) -> Iterator[str]:
    if all(_same_top(labels, week, ZoneInfo("UTC")) for week in labels.weeks):
        yield "weeks: the zone does not matter; no ranking changes when counted in UTC"
    if all(_same_by_records(labels, week) for week in labels.weeks):
        yield "weeks: no ranking changes when conversations are counted instead of accounts"


def _same_top(labels: Labels, week: str, zone: ZoneInfo) -> bool:
    own, other = (list(complaints_in(labels, week, z).items())[:3] for z in (labels.zone, zone))
    return [(theme, n[0]) for theme, n in own] == [(theme, n[0]) for theme, n in other]


def _same_by_records(labels: Labels, week: str) -> bool:
    counted = complaints_in(labels, week)
    return list(counted)[:3] == sorted(counted, key=lambda theme: (-counted[theme][1], theme))[:3]


def _terms(labels: Labels) -> Iterator[str]:
    for side in ("won", "lost"):
        for row in labels.keywords.get(side, []):
            won, lost = (len(deals_saying(labels, row["variants"], side)) for side in ("won", "lost"))
            many, few = (won, lost) if side == "won" else (lost, won)
            if few > 1 or many - few < 3:
                yield f"{row['term']}: {won} won and {lost} lost deals do not differ enough"


def _decoys(labels: Labels) -> Iterator[str]:
    for row in labels.keywords.get("decoys", []):
        won, lost = (len(deals_saying(labels, [row["term"]], side)) for side in ("won", "lost"))
        if not _is_decoy(labels, row, won, lost):
            yield f"{row['term']}: is no decoy of its sort with {won} won and {lost} lost deals"


def _is_decoy(labels: Labels, row: Mapping[str, Any], won: int, lost: int) -> bool:
    term = fold(row["term"])
    if "rep only" in row["why"]:
        return won == lost == 0 and sum(term in text for text in said_in(labels, "agent").values()) >= 5
    if "equally" in row["why"]:
        return abs(won - lost) <= 1 and min(won, lost) >= 3
    if "ONE deal" in row["why"]:
        return won + lost == 1 and max(t.count(term) for t in said_in(labels, "customer").values()) >= 5
    return "industry" in row["why"] and abs(won - lost) >= 2


def _invented(labels: Labels) -> Iterator[str]:
    for key, record in labels.records.items():
        for text in (turn["text"] for turn in record["turns"]):
            if not all(RESERVED.fullmatch(match[1]) for match in EMAIL.finditer(text)):
                yield f"{key}: a mail address outside the reserved domains"
            digits = [re.sub(r"\D", "", match[0]) for match in NUMBER.finditer(UNASSIGNED.sub("", text))]
            if any(len(number) >= 15 and number not in TEST_CARDS for number in digits):
                yield f"{key}: a card number that is no test number"


DESIGN: tuple[Callable[[Labels], Iterator[str]], ...] = (
    _silence, _ranks, _traps, _terms, _decoys, _invented
)  # fmt: skip
