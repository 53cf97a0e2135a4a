"""`koe settings`: what somebody has set stands first, what has no value in one line."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from koe.cli import app
from koe.settings import load_settings, show_settings


@pytest.fixture
def lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    (tmp_path / "koe.toml").write_text("language = 'en'\nbatch_size = 200\n", "utf-8")
    monkeypatch.setenv("KOE_MAX_USD", "5")
    monkeypatch.setenv("KOE_API_KEY", "s3cret")
    return CliRunner().invoke(app, ["--home", str(tmp_path), "settings"]).output.splitlines()


def test_the_workspace_is_first_then_what_is_set(lines: list[str]) -> None:
    names = [line.split(" = ")[0] for line in lines]
    assert names[0] == "home"
    assert set(names[1:5]) == {"language", "batch_size", "max_usd", "api_key"}
    assert names.index("timezone") < names.index("embeddings_batch")


def test_no_line_has_no_value_and_no_setting_is_left_out(lines: list[str], tmp_path: Path) -> None:
    assert [line for line in lines if "null" in line] == []
    *told, last = lines
    named = {line.split(" = ")[0] for line in told} | set(last.removeprefix("# not set: ").split(", "))
    assert named == set(show_settings(load_settings(tmp_path)))
    assert "model" in last.split(": ")[1].split(", ")


def test_a_secret_stays_hidden(lines: list[str]) -> None:
    assert any(line.startswith("api_key = ") for line in lines) and "s3cret" not in "".join(lines)
