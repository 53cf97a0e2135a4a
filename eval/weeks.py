"""Which true theme each of koe's themes stands for.

koe's themes have ids of their own. Each is taken for the true theme that most of its findings carry,
a finding carrying the true label whose quote overlaps it most (intersection over union ≥ .5, same kind).
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from koe.export import findings as exported
from koe.weeks import period_between
from koe.workspace import Workspace

OVERLAP = 0.5


def true_themes(ws: Workspace, truth: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """koe's theme → the true theme that most of its findings carry."""
    places: dict[tuple[str, int, str], list[Mapping[str, Any]]] = defaultdict(list)
    for one in truth:
        places[one["record_id"], one["turn"], one["kind"]].append(one)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for row in exported(ws, period_between(None, None, ws.settings.zone)):
        for one in places[row["conversation"], row["turn"], row["kind"]]:
            if row["theme"] and overlap(row["quote"], one["quote"]) >= OVERLAP:
                votes[row["theme"]][one["theme"]] += 1
    return {theme: min(counts, key=lambda label: (-counts[label], label)) for theme, counts in votes.items()}


def overlap(a: str, b: str) -> float:
    """Share of common characters of two stretches of one text, by their longest common run."""
    from difflib import SequenceMatcher

    run = SequenceMatcher(None, a, b, autojunk=False).find_longest_match().size
    return run / (len(a) + len(b) - run) if run else 0.0
