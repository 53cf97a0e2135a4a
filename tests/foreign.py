"""Clients that other people wrote, as readers of our fakes: what both misunderstand alike would not show."""

import importlib
import os
import time
import warnings
from typing import Any

import pytest


def foreign(name: str) -> Any:
    """A module of another's client; without it the test is skipped, or fails where `CI=true`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # another's source may warn where it is compiled first
            return importlib.import_module(name)
    except ModuleNotFoundError:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{name} is not installed; on CI it has to be")
        pytest.skip(f"{name} is not installed: uv sync installs it with the group dev")


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long a client would have slept, in seconds; nobody does."""
    slept: list[float] = []
    monkeypatch.setattr(time, "sleep", slept.append)
    return slept
