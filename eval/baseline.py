"""The accepted figures: each set's rows, the prompts they were made with, and why they were accepted.

The file holds one row per line, so that a change of it shows which cases changed.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import Field

from eval.shape import Result, Row
from koe.errors import SetupError
from koe.records import Record

__all__ = ["PATH", "Accepted", "Baseline", "changes", "load", "save", "with_result"]

PATH = Path(__file__).parent / "baseline.json"


class Accepted(Record):
    """What one engine made of one set when it was accepted."""

    engine: str
    reason: str
    prompts: dict[str, str]
    rows: tuple[Row, ...]


class Baseline(Record):
    """Every set and engine that was accepted, by `set/engine`."""

    accepted: dict[str, Accepted] = Field(default_factory=dict)

    def of(self, result: Result) -> Accepted | None:
        """What was accepted of the result's set and engine, or None."""
        return self.accepted.get(_key(result))


def load(path: Path = PATH) -> Baseline:
    """The baseline; an empty one where there is no file. Raises SetupError when it cannot be read."""
    if not path.exists():
        return Baseline()
    try:
        return Baseline.model_validate_json(path.read_text("utf-8"))
    except ValueError as error:
        raise SetupError(f"{str(path)!r} is no baseline ({error}). Take it from git again.") from None


def with_result(baseline: Baseline, result: Result, reason: str) -> Baseline:
    """The baseline with one result accepted. Raises SetupError where there is no reason."""
    if not reason.strip():
        raise SetupError('Say why the baseline moves: koe eval --accept --reason "…"')
    rows = tuple(sorted(result.rows, key=lambda row: (row.family, row.id)))
    one = Accepted(engine=result.engine, reason=reason.strip(), prompts=result.prompts, rows=rows)
    return Baseline(accepted=dict(sorted({**baseline.accepted, _key(result): one}.items())))


def save(baseline: Baseline, path: Path = PATH) -> None:
    """Write the baseline."""
    parts = ",\n".join(f"{json.dumps(key)}: {_body(one)}" for key, one in baseline.accepted.items())
    path.write_text(f'{{"accepted": {{\n{parts}\n}}}}\n', "utf-8")


def _body(one: Accepted) -> str:
    head = {"engine": one.engine, "reason": one.reason, "prompts": one.prompts}
    rows = ",\n".join(
        json.dumps(row.model_dump(exclude_defaults=True), ensure_ascii=False) for row in one.rows
    )
    return f'{json.dumps(head, ensure_ascii=False, indent=1)[:-2]},\n "rows": [\n{rows}\n]}}'


def changes(old: Accepted | None, result: Result) -> Iterator[str]:
    """Each case whose counts or labels are not those accepted, as `family case: before → after`."""
    before, after = _cases(old.rows if old else ()), _cases(result.rows)
    for key in sorted({*before, *after}):
        if before.get(key) != after.get(key):
            yield f"{' '.join(key)}: {_shown(before.get(key))} → {_shown(after.get(key))}"


def _cases(rows: Sequence[Row]) -> Mapping[tuple[str, str], Row]:
    return {(row.family, row.id): row for row in rows}


def _shown(row: Row | None) -> str:
    if row is None:
        return "not there"
    return " ".join(row.labels) or "/".join(f"{count:g}" for count in row.counts)


def _key(result: Result) -> str:
    return f"{result.set}/{result.asked}"
