"""The labels of a set in memory, and how its truth is counted from the conversations.

The counting functions are those that the counts in the truth files are written with, and checked by.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from eval.labels import open_set, read_lines
from koe.weeks import week_of

Rows = Sequence[Mapping[str, Any]]


class Labels(NamedTuple):
    """A set as it stands on disk; what it has no file of is empty."""

    zone: ZoneInfo
    tickets: Rows
    calls: Rows
    deals: Rows
    findings: Rows
    negatives: Rows
    pii: Rows
    themes: Mapping[str, Mapping[str, Any]]
    weeks: Mapping[str, Mapping[str, Any]]
    keywords: Mapping[str, Rows]
    questions: Rows
    special: Mapping[str, Sequence[str]]

    @property
    def records(self) -> dict[str, Mapping[str, Any]]:
        """Every conversation by its id."""
        return {record["id"]: record for record in (*self.tickets, *self.calls)}


def load_labels(folder: Path) -> Labels:
    """All of a set. Raises SetupError when the folder is none."""
    place = open_set(folder)
    return Labels(
        ZoneInfo(place.timezone),
        tickets=_lines(place.records / "tickets.jsonl"),
        calls=_lines(place.records / "calls.jsonl"),
        deals=_lines(place.records / "deals.jsonl"),
        findings=place.lines("findings.jsonl"),
        negatives=place.lines("hard_negatives.jsonl"),
        pii=place.lines("pii.jsonl"),
        themes=place.value("themes.json", {}),
        weeks=place.value("weeks.json", {}),
        keywords=place.value("keywords.json", {}),
        questions=place.value("questions.json", []),
        special=place.value("special.json", {}),
    )


def weeks_of(labels: Labels) -> list[str]:
    """The weeks that conversations lie in, oldest first."""
    return sorted({week_in(record, labels.zone) for record in labels.records.values()})


def complaints_in(labels: Labels, week: str, zone: ZoneInfo | None = None) -> dict[str, tuple[int, int]]:
    """Complaint theme → distinct accounts and conversations of a week, most accounts first."""
    accounts, records, all_records = defaultdict(set), defaultdict(set), labels.records
    for finding in labels.findings:
        record = all_records[finding["record_id"]]
        if finding["kind"] == "complaint" and week_in(record, zone or labels.zone) == week:
            accounts[finding["theme"]].add(record["account"]["id"])
            records[finding["theme"]].add(record["id"])
    order = sorted(accounts, key=lambda theme: (-len(accounts[theme]), theme))
    return {theme: (len(accounts[theme]), len(records[theme])) for theme in order}


def top_complaints(labels: Labels, week: str) -> list[dict[str, Any]]:
    """The three themes that most accounts complain of, as `weeks.json` holds them."""
    counted = list(complaints_in(labels, week).items())[:3]
    return [{"theme": theme, "accounts": a, "records": r} for theme, (a, r) in counted]


def volumes_in(labels: Labels, week: str) -> dict[str, int]:
    """How many tickets and calls came in a week."""
    streams = {"tickets": labels.tickets, "calls": labels.calls}
    return {name: sum(week_in(row, labels.zone) == week for row in rows) for name, rows in streams.items()}


def deals_saying(labels: Labels, variants: Iterable[str], outcome: str) -> list[str]:
    """Deals of an outcome in whose calls a customer says one of the variants (NFKC, lower, substring)."""
    said, wanted = said_in(labels, "customer"), [fold(variant) for variant in variants]
    return sorted(
        deal["id"]
        for deal in labels.deals
        if deal["outcome"] == outcome and any(word in said[deal["id"]] for word in wanted)
    )


def records_about(labels: Labels, theme: str, filters: Mapping[str, str]) -> list[str]:
    """Conversations with a finding of the theme, by `kind`, `outcome`, and `from`–`to` (days, inclusive)."""
    records, outcomes = labels.records, {deal["id"]: deal["outcome"] for deal in labels.deals}
    found = (records[row["record_id"]] for row in labels.findings if row["theme"] == theme)
    return sorted(
        {
            record["id"]
            for record in found
            if record["kind"] == filters.get("kind", record["kind"])
            and filters.get("outcome", outcome := outcomes.get(record.get("deal_id", ""))) == outcome
            and filters.get("from", "") <= day_in(record, labels.zone) <= filters.get("to", "9")
        }
    )


def said_in(labels: Labels, speaker: str) -> defaultdict[str, str]:
    """Deal → all that speaker said in its calls, folded."""
    said: defaultdict[str, str] = defaultdict(str)
    for call in labels.calls:
        for turn in call["turns"]:
            if turn["speaker"] == speaker:
                said[call["deal_id"]] += fold(turn["text"]) + "\n"
    return said


def customer_words(record: Mapping[str, Any]) -> str:
    """All that the customer said in a conversation."""
    return "\n".join(turn["text"] for turn in record["turns"] if turn["speaker"] == "customer")


def week_in(record: Mapping[str, Any], zone: ZoneInfo) -> str:
    """The week a conversation counts in."""
    return week_of(datetime.fromisoformat(record["created_at"]), zone)


def day_in(record: Mapping[str, Any], zone: ZoneInfo) -> str:
    """The day a conversation began, on the clock of the zone."""
    return datetime.fromisoformat(record["created_at"]).astimezone(zone).date().isoformat()


def fold(text: str) -> str:
    """Text as keywords are compared: NFKC, lower case."""
    return unicodedata.normalize("NFKC", text).lower()


def _lines(path: Path) -> Rows:
    return read_lines(path) if path.exists() else []
