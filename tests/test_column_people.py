"""Headers that may mean a company or a person are told by what stands beside them and in them."""

from pathlib import Path

import pytest

from tests.test_columns import guessed


@pytest.mark.parametrize(
    ("header", "cells", "people"),
    [
        pytest.param("会社名,お客様名", ("港の花屋,野中 凪", "川辺生花,森"), "お客様名", id="ja"),
        pytest.param("顧客名,企業", ("野中 凪,港の花屋", "森,川辺生花"), "顧客名", id="ja-person-first"),
        pytest.param(
            "会社名,対応者,担当者名", ("港の花屋,林,野中", "川辺生花,原,森"), "担当者名", id="beside-ours"
        ),
        pytest.param("Company,Customer", ("Harbor Florist,Zoë", "River,Ann Lee"), "Customer", id="en"),
        pytest.param("お客様名", ("野中 凪", "森　葵様"), "お客様名", id="a-person-is-the-account"),
        pytest.param(
            "取引先名,顧客名", ("卸 一,株式会社港の花屋", "卸 二,（有）川辺"), None, id="two-companies"
        ),
        pytest.param("Company,Client", ("Ours,Harbor Ltd", "Ours,River Inc."), None, id="two-companies-en"),
        pytest.param("顧客名", ("港の花屋", "川辺生花"), None, id="a-company-alone"),
    ],
)
def test_a_header_that_may_mean_both_is_told_by_what_stands_beside_it_and_in_it(
    tmp_path: Path, header: str, cells: tuple[str, str], people: str | None
) -> None:
    rows = (f"{n},2026/9/{n},花が届きません。,{row}\n" for n, row in enumerate(cells, 1))
    found = guessed(tmp_path, f"番号,受付日,内容,{header}\n{''.join(rows)}")
    assert found.fields.get("contact") == people
    assert found.is_certain
