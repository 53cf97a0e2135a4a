"""The pages in a real browser: nothing is wider than the screen it is read on."""

import json
import os
import re
import shutil
import subprocess
from html import escape, unescape
from pathlib import Path

import pytest

from koe.report.index import index_page
from tests.report_page import page_of
from tests.report_week import empty_week, hostile_week, made_week

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = """--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking
--disable-component-update --disable-sync --disable-extensions --virtual-time-budget=4000"""
WIDTHS = (360, 768, 1280)
MEASURE = """
addEventListener("load", () => {
  const told = {};
  for (const frame of document.querySelectorAll("iframe")) {
    const page = frame.contentDocument, root = page.documentElement;
    for (const part of page.querySelectorAll("details")) part.open = frame.dataset.open === "yes";
    const font = parseFloat(frame.contentWindow.getComputedStyle(page.body).fontSize);
    const counts = [...page.querySelectorAll(".row .count")];
    const isCut = (one) => one.scrollWidth > one.clientWidth + 1 || one.offsetHeight > 2 * font;
    told[frame.id] = {
      counts: counts.length, cut: counts.filter(isCut).length, font: font,
      wide: root.scrollWidth, view: root.clientWidth, tall: root.scrollHeight,
    };
  }
  document.getElementById("told").textContent = JSON.stringify(told);
});
"""


def browser() -> str:
    """Path of the browser. Skips where there is none, except in CI, where there has to be one."""
    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    if found is None and os.environ.get("CI") == "true":
        pytest.fail("CI has no Chromium: install it, the report is looked at there")
    if found is None:
        pytest.skip("no Chromium on this machine")
    return found


def pages() -> dict[str, str]:
    """Pages that are hard to fit."""
    long = "https://example.com/" + "x" * 400 + "長い" * 60
    return {
        "ja": page_of(made_week()),
        "en": page_of(made_week(), "en"),
        "empty": page_of(empty_week()),
        "long": page_of(hostile_week(long), "en"),
        "index": index_page([made_week()[1], hostile_week(long)[1]], "ja"),
    }


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, float]]:
    """What each page measures in each width, with its details closed and open."""
    folder: Path = tmp_path_factory.mktemp("browser")
    frames = "".join(
        f'<iframe id="{name}-{width}-{is_open}" data-open="{is_open}" width="{width}" height="800" '
        f'srcdoc="{escape(html)}"></iframe>'
        for name, html in pages().items()
        for width in WIDTHS
        for is_open in ("no", "yes")
    )
    stage = folder / "stage.html"
    stage.write_text(
        f'<meta charset="utf-8"><script>{MEASURE}</script><pre id="told"></pre>{frames}', encoding="utf-8"
    )
    command = [
        browser(),
        *QUIET.split(),
        f"--user-data-dir={folder / 'profile'}",
        "--dump-dom",
        stage.as_uri(),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    told = re.search(r'<pre id="told">(.*?)</pre>', done.stdout, re.S)
    assert told is not None and told[1], "the browser did not measure"
    return dict(json.loads(unescape(told[1])))


@pytest.mark.parametrize("is_open", ["no", "yes"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["ja", "en", "empty", "long", "index"])
def test_a_page_fits_its_screen_without_sideways_scrolling(
    measured: dict[str, dict[str, float]], name: str, width: int, is_open: str
) -> None:
    page = measured[f"{name}-{width}-{is_open}"]
    assert width - 20 <= page["view"] <= width
    assert page["wide"] <= page["view"]
    assert page["font"] >= 16
    assert page["tall"] > 400


def test_opening_the_details_shows_more(measured: dict[str, dict[str, float]]) -> None:
    assert measured["ja-360-yes"]["tall"] > measured["ja-360-no"]["tall"] + 500


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", ["ja", "en"])
def test_a_number_of_accounts_stands_whole_on_one_line(
    measured: dict[str, dict[str, float]], name: str, width: int
) -> None:
    found = measured[f"{name}-{width}-yes"]
    assert found["counts"]
    assert not found["cut"]
