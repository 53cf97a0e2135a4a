"""Runs that end in the middle: a process that is killed, or an error that nothing catches."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from koe import faults


class CutOff(BaseException):
    """Stands for the death of the process."""


def is_cut_off_at(point: int, work: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the work came to so many places of `koe.faults`, where it ends."""
    left = iter([False] * point + [True])
    with monkeypatch.context() as patch:
        patch.setattr(faults, "point", lambda name: _die() if next(left, False) else None)
        try:
            work()
        except CutOff:
            return True
    return False


def run_killed(code: str, home: Path, place: int, settings: Mapping[str, Any]) -> None:
    """Run Python code with a workspace's folder and a place, at which the process has to kill itself."""
    named = {f"KOE_{name.upper()}": str(value) for name, value in settings.items()}
    named |= {"PYTHONPATH": str(Path(__file__).parent.parent)}
    command = [sys.executable, "-c", code, str(home), str(place)]
    done = subprocess.run(command, env={**os.environ, **named}, check=False)
    assert done.returncode == -signal.SIGKILL


def _die() -> None:
    raise CutOff
