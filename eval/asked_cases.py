"""Questions with their truth: those over made-up companies, and those of a labelled set.

Agents of made-up companies say the same few sentences whatever they are asked, so a question about what was
answered has no answer there; where one asks for more than that, the rest of it is judged.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from eval.asked_company import Company, make_company
from eval.labels import LabelledSet, read_json
from koe.language.text import Language
from koe.settings import Settings

__all__ = ["LANGUAGES", "Case", "Counted", "cases_of_set", "companies", "conversations_about"]

HERE = Path(__file__).parent
LANGUAGES: tuple[Language, ...] = ("ja", "en")
ZONE = Settings().zone


class Counted(NamedTuple):
    """A number that the answer has to state, and what it counts; any unit where `unit` is empty."""

    value: int
    unit: str


class Case(NamedTuple):
    """One question; `supporting` is None where it has no answer, and empty where citations are not judged."""

    question: str
    supporting: frozenset[str] | None
    counted: tuple[Counted, ...] = ()
    facts: tuple[str, ...] = ()
    """How the ids begin of facts that the answer must have, such as `week.`."""
    themes: tuple[str, ...] = ()
    filters: Mapping[str, Any] = {}
    """What a right plan holds, by the names of a query's fields."""


def companies(language: Language) -> Iterator[tuple[str, Company, list[Case]]]:
    """Part (`seen` or `kept`), company and questions, for every trade that has questions."""
    for entry in read_json(HERE / f"asked_{language}.json")["companies"]:
        made = make_company(language, entry["trade"])
        yield entry["part"], made, [_case(row, made) for row in entry["questions"]]


def cases_of_set(labelled: LabelledSet) -> list[Case]:
    """The questions of a set's `questions.json`."""
    return [
        Case(
            row["question"],
            frozenset(row["supporting"]) if row["answerable"] else None,
            tuple(Counted(count, "") for count in row["counts"].values()),
            themes=tuple(row["themes"]),
            filters=_filters(row["filters"]),
        )
        for row in labelled.value("questions.json", [])
    ]


def _filters(told: Mapping[str, str | None]) -> dict[str, Any]:
    names = {"from": "since", "to": "until", "kind": "conversation_kind", "outcome": "outcome"}
    return {**dict.fromkeys(names.values()), **{names[key]: value for key, value in told.items()}}


def _case(row: Mapping[str, Any], made: Company) -> Case:
    facts = tuple(row.get("facts", ()))
    if row.get("answerable") is False:
        return Case(row["question"], None)
    if "themes" not in row:
        return Case(row["question"], frozenset(), tuple(_volume(row, made)), facts)
    about = conversations_about(made, row["themes"], row)
    counted = tuple(_counted(made, about, row))
    filters = _filters({"from": row.get("since"), "to": row.get("until"), "outcome": row.get("outcome")})
    return Case(row["question"], about, counted, facts, tuple(row["themes"]), filters)


def conversations_about(made: Company, themes: Sequence[str], row: Mapping[str, Any]) -> frozenset[str]:
    """Ids of the conversations with a finding of one of the themes, in the row's period, of its outcome."""
    outcomes = {deal["id"]: deal["outcome"] for deal in made.deals}
    records = made.records
    found = (records[label["record_id"]] for label in made.labels if label["theme"] in themes)
    return frozenset(
        one["id"]
        for one in found
        if _is_within(one, row) and row.get("outcome") in (None, outcomes.get(one.get("deal_id", "")))
    )


def _is_within(record: Mapping[str, Any], row: Mapping[str, Any], field: str = "created_at") -> bool:
    if not record.get(field):
        return "since" not in row and "until" not in row
    day = datetime.fromisoformat(record[field]).astimezone(ZONE).date().isoformat()
    return bool(row.get("since", "") <= day <= row.get("until", "9"))


def _counted(made: Company, about: frozenset[str], row: Mapping[str, Any]) -> Iterator[Counted]:
    units = [row["unit"]] if row.get("unit") else ["accounts", "conversations"]
    records = [made.records[id] for id in sorted(about)]
    values = {
        "accounts": len({one["account"]["id"] for one in records}),
        "conversations": len(records),
        "deals": len({one["deal_id"] for one in records if "deal_id" in one}),
    }
    yield from (Counted(values[unit], unit) for unit in units)


def _volume(row: Mapping[str, Any], made: Company) -> Iterator[Counted]:
    what = row.get("volume")
    if what in ("tickets", "calls"):
        yield Counted(sum(_is_within(one, row) for one in getattr(made, what)), what)
    elif what == "conversations":
        yield Counted(sum(_is_within(one, row) for one in made.records.values()), "conversations")
    elif what == "accounts":
        own = {one["account"]["id"] for one in made.records.values() if _is_within(one, row)}
        yield Counted(len(own), "accounts")
    elif what:
        closed = [
            deal for deal in made.deals if deal["outcome"] == what and _is_within(deal, row, "closed_at")
        ]
        yield Counted(len(closed), "deals")
