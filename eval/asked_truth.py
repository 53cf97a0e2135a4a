"""An engine that knows the truth: a set's labels as findings and themes, so that only `ask` is measured."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from eval.said import Said
from koe.engine.base import Assignment, FindResult, KnownTheme, Proposal, Query, Unsettled
from koe.engine.offline import OfflineEngine
from koe.records import FindingKind, MaskedConversation, Theme

__all__ = ["KnowingEngine", "TruthEngine", "theme_names"]

Labels = Sequence[Mapping[str, Any]]


class TruthEngine(OfflineEngine):
    """Finds what is labelled, and where `names` are given settles it into the labelled themes."""

    name = "truth"

    def __init__(
        self, labels: Labels, said: Mapping[str, Said], names: Mapping[str, str] | None = None
    ) -> None:
        """`labels` are rows of a findings.jsonl; `names` has a name for each label of a theme."""
        self._names = names
        self._proposals: dict[str, list[Proposal]] = defaultdict(list)
        self._labels: dict[tuple[str, int, FindingKind, str], str] = {}
        for row in labels:
            proposal = _proposal(row, said[row["record_id"]])
            self._proposals[row["record_id"]].append(proposal)
            self._labels[row["record_id"], proposal.turn, proposal.kind, proposal.statement] = row["theme"]

    def find(self, conversations: Sequence[MaskedConversation]) -> Sequence[FindResult]:
        """The labelled findings."""
        return [FindResult(one.id, self._proposals[one.external_id]) for one in conversations]

    def settle(self, findings: Sequence[Unsettled], themes: Sequence[KnownTheme]) -> Sequence[Assignment]:
        """The labelled themes, or the offline engine's where no names are given."""
        if self._names is None:
            return super().settle(findings, themes)
        known = {item.theme.name: item.theme.id for item in themes}
        labels = [self._label(item) for item in findings]
        first = {label: labels.index(label) for label in labels}
        return [
            Assignment(item.finding.id, known.get(self._names[label]), first[label], self._names[label])
            for item, label in zip(findings, labels, strict=True)
        ]

    def gather(self, themes: Sequence[KnownTheme]) -> Sequence[Sequence[str]]:
        """Labelled themes are as they are."""
        return super().gather(themes) if self._names is None else []

    def _label(self, item: Unsettled) -> str:
        one = item.finding
        return self._labels[one.conversation.partition(":")[2], one.turn, one.kind, one.statement]


class KnowingEngine(OfflineEngine):
    """Plans as the offline engine does, but knows what a question is about, or all of its filters."""

    name = "knowing"

    def __init__(self, known: Mapping[str, Mapping[str, Any]]) -> None:
        """`known` has what replaces a query's fields, by question."""
        self._known = known

    def plan(self, question: str, themes: Sequence[Theme], today: str) -> Query:
        """The offline plan with what is known put in."""
        return super().plan(question, themes, today).model_copy(update=dict(self._known.get(question, {})))


def theme_names(labels: Labels, told: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """A name for each label: the set's own, else its shortest statement; no two the same."""
    shortest: dict[str, str] = {}
    for row in labels:
        statement = row.get("statement") or row["quote"]
        best = shortest.get(row["theme"], statement)
        shortest[row["theme"]] = min(best, statement, key=lambda text: (len(text), text))
    return _apart(
        (label, told.get(label, {}).get("label") or name) for label, name in sorted(shortest.items())
    )


def _apart(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    taken: dict[str, str] = {}
    for label, name in names:
        taken[label] = f"{name} ({label})" if name in taken.values() else name
    return taken


def _proposal(row: Mapping[str, Any], said: Said) -> Proposal:
    turn = said.turns[row["turn"]]
    place = turn.place(row["quote"])
    start, end = turn.masked_span(*place) if place else (0, 0)
    return Proposal(
        kind=FindingKind(row["kind"]),
        statement=row.get("statement") or row["quote"],
        quote=turn.masked[start:end],
        turn=row["turn"],
        severity=row.get("severity", 1),
    )
