"""Recordings: what a model would be asked about labelled sets, written out, and its answers scored.

`koe eval --engine openai:NAME --export FILE` writes the questions; `koe eval --engine recorded:ANSWERS`
scores, and with `--export` writes what the answers so far make possible. No key, no network.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from connectors import folder_source
from eval.labels import LabelledSet, workspace_of
from eval.scores.questions import TODAY
from koe.engine.model.lines import request_line
from koe.engine.model.recorded import RECORDED, missing
from koe.ledger.intake import pull
from koe.model.by_file import Wanted, collect
from koe.street import weeks_with_data
from koe.workspace import Workspace

__all__ = ["is_recorded", "unanswered", "write_requests"]


def is_recorded(engine: str) -> bool:
    """Whether an engine is a file of answers."""
    return engine.startswith(f"{RECORDED}:")


def unanswered(engine: str) -> Iterator[str]:
    """What the file had no answer to since this was last asked, a line a verb."""
    if is_recorded(engine):
        for verb, count in missing(engine.partition(":")[2]).items():
            yield f"{verb}: {count} questions have no recorded answer"


def write_requests(sets: Sequence[LabelledSet], engine: str, path: Path) -> dict[str, int]:
    """Write what the engine would be asked next about the sets; how many of each verb."""
    found: dict[str, str] = {}
    counts: dict[str, int] = {}
    for labelled in sets:
        with _pulled(labelled, engine) as ws:
            for request in collect(ws, _wanted(labelled, ws)):
                if request.key not in found:
                    found[request.key] = request_line(request)
                    counts[request.call.verb] = counts.get(request.call.verb, 0) + 1
    path.write_text("".join(line + "\n" for line in found.values()), "utf-8")
    return counts


def _wanted(labelled: LabelledSet, ws: Workspace) -> Wanted:
    questions = [case["question"] for case in labelled.value("questions.json", [])]
    return Wanted(weeks_with_data(ws), questions, TODAY)


@contextmanager
def _pulled(labelled: LabelledSet, engine: str) -> Iterator[Workspace]:
    settings = labelled.settings(engine)
    with TemporaryDirectory(prefix="koe-eval-") as place, workspace_of(Path(place), settings) as ws:
        pull(ws, folder_source(labelled.records, ws.settings))
        yield ws
