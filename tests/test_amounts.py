"""Amounts of deals: their currency, points that part thousands, and those that nobody can read."""

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from connectors.base import Skipped
from connectors.files.source import FilesSource
from connectors.records.amounts import currency_of, currency_written, money_in, parse_amount
from connectors.records.file_format import Origin, deal_of, lost_parts
from koe.records import Deal
from koe.settings import SourceSettings

ZONE = ZoneInfo("Asia/Tokyo")
DEAL = {"id": "D-1", "account": {"name": "川辺歯科"}, "outcome": "won"}


def pulled(folder: Path) -> tuple[list[Deal], list[Skipped], tuple[str, ...]]:
    """The deals of a folder, what was said of its rows, and what of its files."""
    source = FilesSource("files", SourceSettings(path=folder), ZONE)
    pages = [*source.pages("deals", None)]
    records = [item.record for page in pages for item in page.items]
    skipped = [one for page in pages for one in page.skipped]
    return [one for one in records if isinstance(one, Deal)], skipped, source.readings()


def table(folder: Path, *amounts: str, header: str = "Amount") -> None:
    rows = [f"D{n};Company {n};Deal {n};won;{amount}\n" for n, amount in enumerate(amounts)]
    text = f"Deal ID;Company;Deal name;Result;{header}\n" + "".join(rows)
    (folder / "deals.csv").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("written", "code"),
    [
        pytest.param("£8k", "GBP", id="pound"),
        pytest.param("¥1,980,000", "JPY", id="yen"),
        pytest.param("￥480,000", "JPY", id="wide yen"),
        pytest.param("\\480,000", "JPY", id="a yen sign of Shift_JIS"),
        pytest.param("1,200,000円", "JPY", id="円"),
        pytest.param("350万円", "JPY", id="万円"),
        pytest.param("5万ドル", "USD", id="ドル"),
        pytest.param("$4,500.00", "USD", id="dollar"),
        pytest.param("US$12,000", "USD", id="US dollar"),
        pytest.param("A$900", "AUD", id="Australian dollar"),
        pytest.param("1.234,50 €", "EUR", id="euro"),
        pytest.param("CHF 12'000", "CHF", id="franc"),
        pytest.param("USD7000", "USD", id="code without a space"),
        pytest.param("15000", "", id="none"),
        pytest.param("$5 (€4)", "", id="two"),
    ],
)
def test_an_amount_says_its_currency(written: str, code: str) -> None:
    assert currency_of(written) == code
    assert deal_of(DEAL | {"amount": written}, Origin("files", ZONE)).currency == code


@pytest.mark.parametrize(
    ("written", "kept"),
    [("円", "JPY"), ("jpy", "JPY"), ("JPY - Japanese Yen", "JPY"), ("米ドル", "USD"), ("Zloty", "Zloty")],
)
def test_a_column_of_currencies_is_read_as_codes(written: str, kept: str) -> None:
    assert currency_written(written) == kept


def test_a_field_of_currencies_goes_before_the_sign() -> None:
    found = deal_of(DEAL | {"amount": "$900", "currency": "CAD"}, Origin("files", ZONE))
    assert (found.amount, found.currency) == (900.0, "CAD")


@pytest.mark.parametrize("written", ["12 000 €", "12 000 €", "CHF 12'000", "12’000"])
def test_thousands_may_stand_apart(written: str) -> None:
    assert parse_amount(written) == 12000.0


def test_amounts_in_several_currencies_keep_them_and_it_is_said(tmp_path: Path) -> None:
    table(tmp_path, "$12,000", "£8k", "€1.200", "15000")
    deals, skipped, readings = pulled(tmp_path)
    assert [(one.amount, one.currency) for one in deals] == [
        (12000.0, "USD"), (8000.0, "GBP"), (1200.0, "EUR"), (15000.0, "")
    ]  # fmt: skip
    assert not skipped
    says = "its amounts are in EUR, GBP, USD, and each currency is summed for itself; 1 of them names none"
    assert f"deals.csv: column 'Amount': {says}" in readings


def test_an_amount_without_a_currency_is_in_that_of_its_column(tmp_path: Path) -> None:
    table(tmp_path, "¥480,000", "350万円", "900000")
    deals, _, readings = pulled(tmp_path)
    assert {one.currency for one in deals} == {"JPY"}
    assert (
        "deals.csv: column 'Amount': amounts without a currency (1) are taken as JPY, as the others are"
        in (readings)
    )


@pytest.mark.parametrize(
    ("header", "code"), [("金額（円）", "JPY"), ("Amount (USD)", "USD"), ("金額（千円）", "JPY")]
)
def test_a_header_says_the_currency_of_its_column(tmp_path: Path, header: str, code: str) -> None:
    table(tmp_path, "1200", "900", header=header)
    deals, _, readings = pulled(tmp_path)
    assert {one.currency for one in deals} == {code}
    assert not any("currency" in line for line in readings)


def test_a_currency_column_of_pipedrive_is_known(tmp_path: Path) -> None:
    table(tmp_path, "12.500;SEK", "3.400;EUR", "tba;NOK", header="Deal - Value;Deal - Currency of Value")
    deals, skipped, _ = pulled(tmp_path)
    assert [(one.amount, one.currency) for one in deals[:2]] == [(12500.0, "SEK"), (3400.0, "EUR")]
    assert (deals[2].amount, skipped) == (None, [])


def test_a_blank_cell_of_a_currency_column_leaves_it_to_the_sign(tmp_path: Path) -> None:
    table(tmp_path, "$1,200;", "900;EUR", "300;", header="Amount;Currency")
    deals, _, _ = pulled(tmp_path)
    assert [one.currency for one in deals] == ["USD", "EUR", ""]


def test_points_part_thousands_where_the_whole_column_says_so(tmp_path: Path) -> None:
    table(tmp_path, "1.200", "12.500", "950", "1.234,50", "1.200.000")
    deals, _, readings = pulled(tmp_path)
    assert [one.amount for one in deals] == [1200.0, 12500.0, 950.0, 1234.5, 1200000.0]
    says = "1.200 is taken as 1,200, as no amount of the column says otherwise"
    assert f"deals.csv: column 'Amount': {says}" in readings


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param(["1.200", "1.5"], id="another has one digit"),
        pytest.param(["1.200", "2,400"], id="a comma parts thousands"),
        pytest.param(["1.200", "0.950"], id="no thousand begins with 0"),
        pytest.param(["1.250m"], id="millions"),
        pytest.param(["1200", "950"], id="no point"),
    ],
)
def test_points_stand_before_decimals_where_something_says_so(cells: list[str]) -> None:
    assert not money_in(cells, "Amount", False).has_points


def test_points_are_decimals_in_a_column_of_millions() -> None:
    assert not money_in(["1.250百万"], "金額（百万円）", False).has_points


@pytest.mark.parametrize(
    ("written", "said"),
    [
        pytest.param("about 9k?", ": '●●●●● 9●?'", id="words"),
        pytest.param("120〜150万円", ": '120〜150●●'", id="a span"),
        pytest.param(True, "", id="a truth"),
        pytest.param(float("nan"), "", id="no number"),
        pytest.param(10**400, "", id="too large"),
        pytest.param([1], "", id="a list"),
    ],
)
def test_a_deal_whose_amount_cannot_be_read_counts_without_it(written: Any, said: str) -> None:
    fields = DEAL | {"amount": written}
    found = deal_of(fields, Origin("files", ZONE))
    assert (found.outcome, found.amount) == ("won", None)
    told = [line for line in lost_parts(fields, found) if line]
    assert told == [f"amount cannot be read{said}; the deal counts without it; write it as 1200 or 1200.50"]


def test_a_column_is_used_though_two_of_five_amounts_cannot_be_read(tmp_path: Path) -> None:
    table(tmp_path, "1,200", "900", "300", "some", "more", "応相談")
    deals, skipped, _ = pulled(tmp_path)
    assert [one.amount for one in deals] == [1200.0, 900.0, 300.0, None, None, None]
    assert [one.place for one in skipped] == ["deals.csv:5", "deals.csv:6"]
