"""A share with how sure it is: Wilson's 95 % interval, which holds at 0 and at 1 too."""

from math import sqrt
from typing import NamedTuple

Z = 1.959964


class Share(NamedTuple):
    """So many of so many."""

    name: str
    group: str
    """What it is a share of, such as `draft` or `text`."""
    n: int
    hits: int
    must: bool = True
    """Whether every single one has to be hit; else 95 in 100."""

    @property
    def value(self) -> float:
        """Between 0 and 1; 1 of nothing."""
        return self.hits / self.n if self.n else 1.0

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval."""
        return wilson(self.hits, self.n)


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The interval that holds the true share 95 times in 100; 0 to 1 for nothing at all."""
    if not n:
        return 0.0, 1.0
    share, over = hits / n, 1 + Z * Z / n
    middle = (share + Z * Z / (2 * n)) / over
    half = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n)) / over
    return max(0.0, middle - half), min(1.0, middle + half)


def line(share: Share, width: int = 28) -> str:
    """One row of a table."""
    low, high = share.interval
    goal = "100 %" if share.must else "95 %"
    told = f"{share.value:7.1%}  [{low:.3f}, {high:.3f}]"
    return f"{share.name:<{width}}{share.group:<10}{share.n:>6}{share.hits:>7}{told:>26}  {goal:>6}"


def head(hit: str, width: int = 28) -> str:
    """The row above the others; `hit` names what is counted."""
    return f"{'':<{width}}{'in':<10}{'n':>6}{hit:>7}{'share  95 % interval':>26}  {'goal':>6}"
