"""Whether a column of a table holds dates, how many of its rows are without one, and what to do. Pure."""

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from connectors.records.dates import AmbiguousDateError, Order, parse_moment, shape_of

HALF = 0.5
FEW = 0.2
"""The share of cells without a date that costs a table the column, where it can do without."""
FAR_YEARS = 10
ENOUGH = 5
FAR = "dates are ten years and more from the others"
LEFT_OUT = "cells are blank, and their rows are left out"


def date_state(cell: str, zone: ZoneInfo, order: Order | None) -> str:
    """`date`, `ambiguous` or `no date`."""
    try:
        parse_moment(cell, zone, order)
    except AmbiguousDateError:
        return "ambiguous"
    except (ValueError, OverflowError):
        return "no date"
    return "date"


def dates_in(cells: Sequence[str], zone: ZoneInfo) -> int:
    """How many cells are dates, in whatever order."""
    return sum(date_state(cell, zone, None) != "no date" for cell in cells)


def misfit(cells: Sequence[str], zone: ZoneInfo, order: Order | None, is_needed: bool) -> str:
    """Why the cells are not a column of dates, or "". A row of a needed column is left out by itself."""
    odd = [cell for cell in cells if date_state(cell, zone, order) == "no date"]
    if not is_needed:
        return "has few dates that can be read" if len(odd) > FEW * len(cells) else ""
    if len(odd) <= HALF * len(cells):
        return ""
    return (
        f"{len(odd)} of {len(cells)} cells are no date that koe knows, such as {shape_of(odd[0])!r}; "
        "a date needs its year, as 2026-09-05"
    )


def said_of_order(name: str, cells: Sequence[str], zone: ZoneInfo, order: Order | None) -> str:
    """What is said of a column with dates whose day and month may change places, or ""."""
    count = sum(date_state(cell, zone, order) == "ambiguous" for cell in cells)
    if not count:
        return ""
    return (
        f"column {name!r}: {count} of {len(cells)} dates can be read in two ways; their rows are left out "
        'until date_order = "mdy" (month first), "dmy" or "ymd" stands in koe.toml'
    )


def said_of_far(name: str, cells: Sequence[str], zone: ZoneInfo, order: Order | None) -> str:
    """What is said of dates so far from the others that their year may be wrong, or ""."""
    dates = [parse_moment(cell, zone, order) for cell in cells if date_state(cell, zone, order) == "date"]
    middle = sorted(dates)[len(dates) // 2] if len(dates) >= ENOUGH else None
    far = [one for one in dates if middle and abs(one.year - middle.year) > FAR_YEARS]
    if not far or len(far) > FEW * len(dates):
        return ""
    day = far[0].astimezone(zone).date()
    return f"column {name!r}: {len(far)} of {len(dates)} {FAR}, such as {day}: look at their year"


def blank_dates(name: str, column: Sequence[str], others: Mapping[str, Sequence[str]], zone: ZoneInfo) -> str:
    """What is said of a column with blank dates, or "": how many, and a column that has dates there."""
    blank = [n for n, cell in enumerate(column) if not cell.strip()]
    if not blank:
        return ""
    said = f"column {name!r}: {len(blank)} of {len(column)} {LEFT_OUT}"
    for other, cells in others.items():
        if dates_in([cells[n] for n in blank], zone) == len(blank):
            return f'{said}; {other!r} has dates there: write created_at = "{other}" into a map'
    return f"{said}; fill them in, or name a column that has a date in every row as created_at"
