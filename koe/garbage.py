"""How often Python looks for garbage that points at itself: koe makes many rows and hardly any circle."""

import gc

__all__ = ["collect_seldom"]

NEW = 20_000
"""Objects made since the last look; Python's own number is 700, and a week's facts have 100,000s."""


def collect_seldom() -> None:
    """Let this process look less often; what nothing points at goes at once as ever."""
    gc.set_threshold(NEW)
