"""Where a workspace lies; apart from the settings, so that help can ask without loading them."""

import os
from pathlib import Path

__all__ = ["DEFAULT_HOME", "home_of"]

DEFAULT_HOME = Path(".koe")


def home_of(named: Path | None) -> Path:
    """The folder that is named, that of `KOE_HOME`, or the default."""
    return named or Path(os.environ.get("KOE_HOME") or DEFAULT_HOME)
