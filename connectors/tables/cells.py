"""A cell of a table as it is meant: words for nothing, the unit and the first day of its column. Pure."""

from typing import NamedTuple

from connectors.tables.layouts import plain
from connectors.tables.workbooks import since_1900

DATE_FIELDS = ("created_at", "updated_at", "at", "opened_at", "closed_at", "lost_at")
_NOTHING = """
    - -- ― – — ー なし 無し 無 未定 未入力 未設定 未記入 不明 n/a na none null nil #n/a (なし)
    (空白) tbd tba tbc 応相談 要相談 要見積 要見積もり 別途見積 別途お見積り
    0000-00-00 0000/00/00
"""
NOTHING = frozenset(_NOTHING.split())
"""What is written into the cell of a date or an amount where there is none."""


def says_nothing(field: str, cell: str) -> bool:
    """Whether the cell of a date or an amount says in words that there is none."""
    return field in (*DATE_FIELDS, "amount") and plain(cell).lower() in NOTHING


class Mended(NamedTuple):
    """What a cell does not say itself: the day that a workbook counts from, the unit of its column."""

    is_from_1904: bool
    unit: str

    def cell(self, field: str, cell: str) -> str:
        """The cell as it is meant; blank where it says that there is nothing."""
        if field not in (*DATE_FIELDS, "amount"):
            return cell
        if says_nothing(field, cell):
            return ""
        if field == "amount":
            return f"{cell}{self.unit}" if self.unit and cell.strip()[-1:].isdigit() else cell
        return since_1900(cell) if self.is_from_1904 else cell
