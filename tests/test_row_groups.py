"""Rows of one id: which of them are one record."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from connectors.tables.row_groups import WORDS, Row, folded

CELLS = st.sampled_from(["", " ", "a", " a", "b"])
ROWS = st.lists(
    st.fixed_dictionaries({"id": CELLS, "tags": CELLS, "email": CELLS, "text": CELLS}), max_size=8
)


def one_by_one(rows: Sequence[Row]) -> list[list[Row]]:
    """The same by comparing every row with every record."""
    records: list[list[Row]] = []
    for row in rows:
        told = {
            field: cell.strip() for field, cell in row.cells.items() if field not in WORDS and cell.strip()
        }
        for record in records:
            if all(record[0].cells[field].strip() == cell for field, cell in told.items()):
                record.append(row)
                break
        else:
            records.append([row])
    return records


@given(ROWS)
def test_a_row_goes_to_the_first_record_that_says_all_that_it_says(cells: list[dict[str, str]]) -> None:
    rows = [Row(n, one) for n, one in enumerate(cells)]
    assert folded(rows) == one_by_one(rows)


def test_many_rows_of_one_id_that_differ_cost_no_more_than_their_number() -> None:
    rows = [Row(n, {"id": "1", "email": f"{n}@example.com", "text": "x"}) for n in range(30_000)]
    assert len(folded([*rows, *rows])) == len(rows)
