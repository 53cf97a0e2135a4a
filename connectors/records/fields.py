"""Objects of a vendor's answer, read so that no surprise is a crash and none goes unseen.

What is null, absent or of another type than it used to be is empty here, and its path is noted in
`odd`; only what a record cannot do without raises SkipError.
"""

import math
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar

from koe.errors import RetryError, SkipError
from koe.language.text import clean

FIRST_YEAR, LAST_YEAR = 1990, 2100
T = TypeVar("T")
EMPTY: Mapping[str, Any] = {}


class Fields:
    """One object. `maybe_…` is for what vendors leave out at times; the others note what is absent."""

    def __init__(self, value: Any, odd: set[str], path: str = "") -> None:
        self.path = path
        self.odd = odd
        self.raw: Mapping[str, Any] = value if isinstance(value, Mapping) else EMPTY
        if value is not None and not isinstance(value, Mapping):
            odd.add(path or "the object")

    def __bool__(self) -> bool:
        return bool(self.raw)

    def text(self, name: str) -> str:
        """Text, cleaned of what no text should have; a number as text; "" for null."""
        return self.maybe_text(name, is_expected=True)

    def maybe_text(self, name: str, is_expected: bool = False) -> str:
        """The same, where the field may be absent."""
        value = self._get(name, is_expected)
        if isinstance(value, str):
            return clean(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        return self._surprise(name, value, "")

    def line(self, name: str) -> str:
        """Text on one line; "" where there is none."""
        return " ".join(self.maybe_text(name).split())

    def id(self, name: str) -> str:
        """An id, text or whole number. Raises SkipError where there is none."""
        found = self.maybe_id(name)
        if found is None:
            raise SkipError(f"{self._path(name)} is missing")
        return found

    def maybe_id(self, name: str) -> str | None:
        """An id, or None."""
        value = self.raw.get(name)
        if isinstance(value, str):
            return clean(value).strip() or None
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        return self._surprise(name, value, None)

    def moment(self, name: str) -> datetime:
        """A moment in UTC. Raises SkipError where there is none."""
        found = self.maybe_moment(name)
        if found is None:
            raise SkipError(f"{self._path(name)} is missing, or is no moment")
        return found

    def maybe_moment(self, name: str) -> datetime | None:
        """A moment in UTC from ISO 8601 with its offset, or from seconds since 1970; or None."""
        value = self.raw.get(name)
        found = moment_of(value)
        return found if found is not None or value in (None, "") else self._surprise(name, value, None)

    def number(self, name: str) -> float | None:
        """A number, also when it comes as text; or None."""
        value = self.raw.get(name)
        if isinstance(value, str) and value.strip():
            try:
                value = float(value)
            except ValueError:
                return self._surprise(name, value, None)
        if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
            return float(value)
        return None if value == "" else self._surprise(name, value, None)

    def flag(self, name: str) -> bool:
        """Whether the field is true; false for null."""
        value = self.raw.get(name)
        return value if isinstance(value, bool) else self._surprise(name, value, False)

    def part(self, name: str) -> "Fields":
        """An object inside this one; an empty one where there is none."""
        return Fields(self.raw.get(name), self.odd, self._path(name))

    def parts(self, name: str) -> list["Fields"]:
        """The objects of a list; what is no object is left out."""
        value = self.raw.get(name)
        found: list[Any] = value if isinstance(value, list) else self._surprise(name, value, [])
        path = f"{self._path(name)}[]"
        return [part for part in (Fields(one, self.odd, path) for one in found) if part]

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of a list, each on one line."""
        value = self.raw.get(name)
        found: list[Any] = value if isinstance(value, list) else self._surprise(name, value, [])
        if not all(isinstance(one, str) for one in found):
            self.odd.add(f"{self._path(name)}[]")
        lines = (" ".join(clean(one).split()) for one in found if isinstance(one, str))
        return tuple(line for line in lines if line)

    def _get(self, name: str, is_expected: bool) -> Any:
        if is_expected and name not in self.raw:
            self.odd.add(f"{self._path(name)} (absent)")
        return self.raw.get(name)

    def _surprise(self, name: str, value: object, instead: T) -> T:
        if value is not None:
            self.odd.add(self._path(name))
        return instead

    def _path(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name


def moment_of(value: object) -> datetime | None:
    """A moment in UTC from ISO 8601 with its offset, or from seconds since 1970; None for all else."""
    try:
        if isinstance(value, str):
            moment = datetime.fromisoformat(value.strip())
        elif isinstance(value, int | float) and not isinstance(value, bool):
            moment = datetime.fromtimestamp(value, UTC)
        else:
            return None
        in_utc = moment.astimezone(UTC) if moment.tzinfo else None
    except (ValueError, OverflowError, OSError):
        return None
    return in_utc if in_utc and FIRST_YEAR <= in_utc.year <= LAST_YEAR else None


def by_id(objects: Iterable[Fields]) -> dict[str, Mapping[str, Any]]:
    """Objects by their `id`; one without an id is left out."""
    return {key: one.raw for one in objects if (key := one.maybe_id("id")) is not None}


def read(value: object) -> Fields:
    """An object whose surprises are of no interest, such as the frame of a page."""
    return Fields(value, set())


def rows_in(body: object, name: str) -> list[Fields]:
    """The objects of the list that an answer has to have; an empty list is one, an answer without it is not.

    Raises RetryError: what is no answer must not look like an empty one.
    """
    found = body.get(name) if isinstance(body, Mapping) else body if not name else None
    if not isinstance(found, list):
        raise RetryError(
            f"an answer has no list {name!r}, which it has to have. What came in is kept; pull again later, "
            "and report this line if it stays so."
        )
    return read({"rows": found}).parts("rows")


def stamp_of(moment: datetime) -> str:
    """A moment as cursors keep it; such texts sort as the moments do."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
