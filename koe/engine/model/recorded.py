"""Recorded answers: a file that stands for a model, so that what it once said can be scored again and again.

The first line says which model answered (`{"model": "openai:gpt-4.1-mini"}`), the others are answers as
`koe.engine.model.lines` reads them. An answer counts for the very question it was given to: the key holds
prompt, schema, model and masked text. A question without one is counted, not guessed.
"""

import json
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from koe.engine.model.caller import ModelCaller
from koe.engine.model.lines import read_line
from koe.engine.model.reading import is_starved
from koe.engine.model.request import Outcome, Request, Spec, spec_named
from koe.engine.model.shape import Failure, Reply
from koe.errors import SetupError

__all__ = ["RECORDED", "Recording", "load_recording", "missing", "recorded_caller"]

RECORDED = "recorded"
"""The provider in `recorded:FILE`."""
HEADER = ("model", "response_format", "send_temperature", "parameters")
_missing: dict[str, dict[str, str]] = {}
"""By file: questions without an answer, key to verb."""


class Recording(NamedTuple):
    """What a model answered."""

    spec: Spec
    answers: Mapping[str, Outcome]


def recorded_caller(file: str) -> ModelCaller:
    """A caller that knows the answers of a file and nothing else."""
    recording = load_recording(file)
    unanswered = _missing.setdefault(file, {})

    def fetch(request: Request) -> Reply:
        unanswered[request.key] = request.call.verb
        lack: Failure = "unreachable" if request.call.verb == "find" else "invalid"
        return Reply(None, lack, "No answer is recorded for it.")

    return ModelCaller(recording.spec, lambda keys: _some(recording, keys), fetch)


def missing(file: str) -> dict[str, int]:
    """How many questions have had no answer in the file since it was last asked for this, by verb."""
    counts = Counter(_missing.pop(file, {}).values())
    return dict(sorted(counts.items()))


def load_recording(file: str) -> Recording:
    """A file of answers. Raises SetupError when it cannot be read or does not say whose answers they are."""
    path = Path(file)
    try:
        stat = path.stat()
    except OSError as error:
        raise SetupError(f"{file!r} cannot be read: {error.strerror}.") from None
    return _load(path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=8)
def _load(path: Path, _changed: int, _size: int) -> Recording:
    spec: Spec | None = None
    answers: dict[str, Outcome] = {}
    for n, text in enumerate(path.read_text("utf-8-sig").split("\n"), 1):
        if not text.strip():
            continue
        header = _header(text)
        if header is not None:
            spec = spec or header
            continue
        try:
            answered = read_line(text)
        except ValueError as error:
            raise SetupError(f"{str(path)!r}, line {n}: {error}. Take the line out.") from None
        before = answers.get(answered.key)
        if answered.outcome is not None and (before is None or is_starved(before)):
            answers[answered.key] = answered.outcome
    if spec is None:
        raise SetupError(
            f"{str(path)!r} does not say which model answered. "
            'Put a line before the others: {"model": "openai:NAME"}'
        )
    return Recording(spec, answers)


def _header(text: str) -> Spec | None:
    try:
        line: Any = json.loads(text)
    except ValueError:
        return None
    if not isinstance(line, dict) or "custom_id" in line or not isinstance(line.get("model"), str):
        return None
    if unknown := sorted(set(line) - set(HEADER)):
        raise SetupError(f"A recording's first line has {unknown[0]!r}; known are {', '.join(HEADER)}.")
    return spec_named(**line)


def _some(recording: Recording, keys: Any) -> dict[str, Outcome]:
    return {key: recording.answers[key] for key in keys if key in recording.answers}
