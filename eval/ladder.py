"""Where the week's top-3 is lost: `python -m eval.ladder` (about a minute).

The sample is walked four times: as koe reads it; with the true findings; with the true themes; with both.
A true theme is given to a finding of koe's whose quote overlaps one that carries it; the others stay alone.
"""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from connectors import folder_source
from eval.labels import KEY, SAMPLE, TRUTH, read_json, read_lines
from eval.themes import Knowing
from eval.weeks import OVERLAP, overlap, true_themes
from koe.engine.base import Assignment, FindResult, KnownTheme, Unsettled
from koe.engine.offline import OfflineEngine
from koe.facts import compute_facts
from koe.ledger.intake import pull
from koe.records import MaskedConversation
from koe.settings import Settings
from koe.street import find_new, mask_new
from koe.themes import settle_until
from koe.workspace import Workspace, open_workspace

Truth = Sequence[dict[str, Any]]


class Rung(NamedTuple):
    """What is given, and the tops of each week that come of it."""

    name: str
    tops: dict[str, list[str]]


class Sorting(OfflineEngine):
    """The offline engine, told which theme each finding has, and if wished what is to be found."""

    def __init__(self, truth: Truth, is_told_findings: bool) -> None:
        self._truth = truth
        self._finder: OfflineEngine = Knowing(truth) if is_told_findings else OfflineEngine()
        self._external: dict[str, str] = {}

    def find(self, conversations: Sequence[MaskedConversation]) -> list[FindResult]:
        """What the finder finds; which conversation is which is remembered."""
        self._external |= {item.id: item.external_id for item in conversations}
        return list(self._finder.find(conversations))

    def settle(self, findings: Sequence[Unsettled], themes: Sequence[KnownTheme]) -> list[Assignment]:
        """Each finding in its true theme, by name."""
        known = {item.theme.name: item.theme.id for item in themes}
        labels = [self._label(item) for item in findings]
        places = {label: n for n, label in reversed(list(enumerate(labels)))}
        return [
            Assignment(item.finding.id, known.get(label), places[label], label)
            for item, label in zip(findings, labels, strict=True)
        ]

    def gather(self, themes: Sequence[KnownTheme]) -> list[list[str]]:
        """None: true themes are as they are."""
        return []

    def _label(self, item: Unsettled) -> str:
        found = [
            (overlap(item.finding.quote, one["quote"]), one["theme"])
            for one in self._truth
            if one["record_id"] == self._external[item.finding.conversation]
            and one["kind"] == item.finding.kind.value
            and one["turn"] == item.finding.turn
        ]
        share, label = max(found, default=(0.0, ""))
        return str(label) if share >= OVERLAP else item.finding.id


def climb() -> list[Rung]:
    """The four rungs."""
    truth = read_lines(TRUTH / "findings.jsonl")
    rungs: list[tuple[str, OfflineEngine, bool]] = [
        ("as koe reads it", OfflineEngine(), False),
        ("true findings", Knowing(truth), False),
        ("true themes", Sorting(truth, is_told_findings=False), True),
        ("both true", Sorting(truth, is_told_findings=True), True),
    ]
    return [Rung(name, _tops(engine, truth, is_named)) for name, engine, is_named in rungs]


def _tops(engine: OfflineEngine, truth: Truth, is_named: bool) -> dict[str, list[str]]:
    weeks = sorted(read_json(TRUTH / "weeks.json"))
    with TemporaryDirectory(prefix="koe-eval-") as home:
        ws = open_workspace(Settings(home=Path(home) / "koe", pseudonym_key=KEY))
        pull(ws, folder_source(SAMPLE, ws.settings))
        mask_new(ws)
        find_new(ws, engine)
        settle_until(ws, engine, weeks[-1])
        found = {week: _top_names(ws, week, truth, is_named) for week in weeks}
        ws.close()
    return found


def _top_names(ws: Workspace, week: str, truth: Truth, is_named: bool) -> list[str]:
    stands_for = {} if is_named else true_themes(ws, truth)
    tops = compute_facts(ws, week).top_complaints
    return [top.name if is_named else stands_for.get(top.theme, "?") for top in tops]


def main() -> None:
    """Print each rung: how many weeks are right, and what each wrong week shows instead."""
    weeks = sorted(read_json(TRUTH / "weeks.json").items())
    wanted = {week: [top["theme"] for top in row["top_complaints"]] for week, row in weeks}
    for rung in climb():
        right = [week for week in wanted if rung.tops[week] == wanted[week]]
        shared = sum(len(set(rung.tops[week]) & set(tops)) for week, tops in wanted.items())
        share = shared / max(sum(map(len, wanted.values())), 1)
        print(f"\n{rung.name}: {len(right)} of {len(wanted)} weeks exactly right, share named {share:.2f}")
        for week in sorted(set(wanted) - set(right)):
            print(f"  {week}  wanted {', '.join(wanted[week])}\n{'':11}shown  {', '.join(rung.tops[week])}")


if __name__ == "__main__":
    main()
