"""What scoring gives: rows that add up, misses a person can read, figures with an interval."""

from typing import Literal

from koe.records import Record

__all__ = ["Agreement", "Figure", "Miss", "Opinions", "Result", "Row", "Scored", "Violation"]


class Row(Record):
    """One case of one family, as counts; every figure is made from these alone."""

    family: str
    id: str
    account: str
    """Whom it is drawn with when intervals are made: the account, else the case itself."""
    language: str = ""
    kind: str = ""
    counts: tuple[float, ...] = ()
    labels: tuple[str, ...] = ()
    """Themes only: the truth's label and koe's."""


class Miss(Record):
    """One thing that is not as the truth has it, with the words around it, masked."""

    family: str
    case: str
    sort: str
    """Such as "missed" or "not in the truth"."""
    what: str
    before: str = ""
    mark: str = ""
    after: str = ""
    note: str = ""


class Scored(Record):
    """What one family of scores says of a set."""

    rows: tuple[Row, ...] = ()
    misses: tuple[Miss, ...] = ()
    unscored: tuple[str, ...] = ()
    """Cases of the truth that could not be scored, each with the reason."""


class Violation(Record):
    """A promise that was not kept: any of these fails the gate."""

    rule: str
    what: str


class Figure(Record):
    """One score over a set, with its 95 % interval by drawing accounts anew."""

    name: str
    """Such as `findings.f1`."""
    scope: str = "all"
    """Such as `complaint` or `ja`."""
    value: float
    low: float
    high: float
    n: int
    unit: str
    """What n counts."""
    drawn_by: Literal["account", "case"] = "account"


class Agreement(Record):
    """How far a judge and the labels say the same of one question."""

    what: str
    n: int
    kappa: float | None
    """None where one of the two says the same of everything."""
    low: float | None
    high: float | None
    unanswered: int = 0

    def is_shown(self, enough: float) -> bool:
        """Whether the lower end of kappa's interval lies above a border."""
        return self.low is not None and self.low > enough


class Opinions(Record):
    """What a judge by a model makes of a set's findings: advice, never a gate."""

    judge: str
    agreements: tuple[Agreement, ...]


class Result(Record):
    """One set read by one engine."""

    set: str
    asked: str
    """The engine as it was asked for: `offline`, or `provider:model`."""
    engine: str
    """Its name and version, as it is written into findings."""
    prompts: dict[str, str]
    """SHA-256 of each prompt file."""
    rows: tuple[Row, ...]
    figures: tuple[Figure, ...]
    misses: tuple[Miss, ...]
    unscored: tuple[str, ...]
    checked: tuple[str, ...]
    """The promises that were checked, with how often."""
    violations: tuple[Violation, ...]
    judged: Opinions | None = None
