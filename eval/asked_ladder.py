"""One company in three ledgers: as koe reads it, with the labelled findings, with labelled themes too."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa

from connectors import folder_source
from eval.asked_cases import Case
from eval.asked_company import Company, write_company
from eval.asked_truth import KnowingEngine, TruthEngine, theme_names
from eval.labels import KEY, LabelledSet, workspace_of
from eval.said import load_said
from koe.ask import Answer, ask
from koe.engine import pick_engine
from koe.engine.base import Engine
from koe.language.text import Language
from koe.ledger.intake import pull
from koe.ledger.schema import theme
from koe.settings import Settings
from koe.street import mask_new, walk, weeks_with_data
from koe.workspace import Workspace

__all__ = ["RUNGS", "Ladder", "ladder_of_company", "ladder_of_set"]

RUNGS = ("own", "findings", "themes", "matched", "planned")
TODAY = "2100-01-01"
"""Later than any data: relative periods count from their end."""


class Ladder:
    """The ledgers of one company, ready to be asked at any rung."""

    def __init__(self, ledgers: Mapping[str, Workspace], names: Mapping[str, str]) -> None:
        self._ledgers = ledgers
        self._names = names
        self._own = pick_engine(ledgers["own"])

    def ask(self, rung: str, case: Case) -> Answer:
        """The answer at a rung."""
        ws = self._ledgers[rung if rung in self._ledgers else "themes"]
        return ask(ws, self._engine(rung, case), case.question, TODAY)

    def _engine(self, rung: str, case: Case) -> Engine:
        if rung not in ("matched", "planned") or not case.themes:
            return self._own
        with self._ledgers["themes"].ledger.connect() as conn:
            ids = {row.name: row.id for row in conn.execute(sa.select(theme.c.id, theme.c.name))}
        known: dict[str, Any] = {"themes": tuple(ids[self._names[label]] for label in case.themes)}
        return KnowingEngine({case.question: known | (dict(case.filters) if rung == "planned" else {})})


@contextmanager
def ladder_of_company(made: Company, language: Language) -> Iterator[Ladder]:
    """The ladder of a made-up company, in throw-away workspaces."""
    settings = Settings(language=language, pseudonym_key=KEY)
    with TemporaryDirectory(prefix="koe-eval-") as folder:
        write_company(made, Path(folder))
        with _ladder(settings, Path(folder), made.labels, theme_names(made.labels, {})) as ladder:
            yield ladder


@contextmanager
def ladder_of_set(labelled: LabelledSet) -> Iterator[Ladder]:
    """The ladder of a labelled set, in throw-away workspaces."""
    labels = labelled.lines("findings.jsonl")
    names = theme_names(labels, labelled.value("themes.json", {}))
    with _ladder(labelled.settings(), labelled.records, labels, names) as ladder:
        yield ladder


@contextmanager
def _ladder(
    settings: Settings, records: Path, labels: Sequence[Mapping[str, Any]], names: Mapping[str, str]
) -> Iterator[Ladder]:
    with ExitStack() as stack:
        ledgers = {}
        for rung in RUNGS[:3]:
            place = stack.enter_context(TemporaryDirectory(prefix="koe-eval-"))
            ws = stack.enter_context(workspace_of(Path(place), settings))
            pull(ws, folder_source(records, ws.settings))
            mask_new(ws)
            truth = TruthEngine(labels, load_said(ws), names if rung == "themes" else None)
            walk(ws, pick_engine(ws) if rung == "own" else truth, weeks_with_data(ws))
            ledgers[rung] = ws
        yield Ladder(ledgers, names)
