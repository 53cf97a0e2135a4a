"""Settings: where a value comes from, and what is said when it does not fit."""

from pathlib import Path

import pytest

from koe.errors import SetupError
from koe.settings import load_settings, show_settings


def test_defaults_stand_without_a_file(tmp_path: Path) -> None:
    settings = load_settings(tmp_path)
    assert (settings.timezone, settings.language, settings.model) == ("Asia/Tokyo", "ja", None)
    assert settings.url == f"sqlite:///{tmp_path / 'ledger.db'}"


def test_a_variable_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "koe.toml").write_text('language = "en"\ntimezone = "Europe/Berlin"\n', "utf-8")
    monkeypatch.setenv("KOE_LANGUAGE", "ja")
    settings = load_settings(tmp_path)
    assert (settings.language, settings.timezone) == ("ja", "Europe/Berlin")


def test_the_workspace_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOE_HOME", str(tmp_path / "elsewhere"))
    assert load_settings().home == tmp_path / "elsewhere"


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        pytest.param('timezone = "Mars/Base"', "timezone.*Mars/Base", id="no such zone"),
        pytest.param('langauge = "ja"', "langauge", id="a misspelt name"),
        pytest.param('timezone = "{x}"', "timezone.*{x}", id="a value with braces"),
        pytest.param("batch_size = 0", "batch_size", id="out of range"),
        pytest.param("language = ", "TOML", id="broken file"),
        pytest.param('colour = "red"', "'colour'.*there is no such setting", id="an unknown name"),
        pytest.param(
            '[channels.c]\ntype = "slak"', "'channels.c'.*there are 'slack', 'mail'", id="no such channel"
        ),
        pytest.param(
            '[channels.c]\ntype = "folder"\npath = "x"\neditions = ["devs"]',
            r"'channels\.c\.editions\.0'.*has to be 'developers'",
            id="no such edition",
        ),
        pytest.param('price_input = "much"', "price_input.*has to be a number", id="no number"),
    ],
)
def test_what_does_not_fit_is_named(tmp_path: Path, toml: str, says: str) -> None:
    (tmp_path / "koe.toml").write_text(toml, "utf-8")
    with pytest.raises(SetupError, match=says):
        load_settings(tmp_path)


def test_secrets_are_masked_when_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOE_LEDGER_URL", "postgresql://koe:s3cret@localhost/koe")
    monkeypatch.setenv("KOE_PSEUDONYM_KEY", "k3y")
    shown = str(show_settings(load_settings(tmp_path)))
    assert "s3cret" not in shown
    assert "k3y" not in shown


@pytest.mark.parametrize(
    ("name", "value"),
    [
        pytest.param("KOE_BASE_URL", "https://user:s3cret@proxy.example/v1", id="a password in an address"),
        pytest.param("KOE_CHROMA_URL", "http://user:s3cret@chroma.example", id="in another address"),
        pytest.param("KOE_PARAMETERS", '{"extra": {"api_key": "s3cret"}}', id="a key among parameters"),
    ],
)
def test_what_stands_like_a_secret_is_masked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert "s3cret" not in str(show_settings(load_settings(tmp_path)))
