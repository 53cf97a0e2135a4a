"""What a command's exit code tells: whether somebody has to change something, or only to wait."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from koe.cli import app
from koe.publish import publish
from koe.settings import load_settings
from koe.workspace import open_workspace
from tests.report_week import made_week

HOOK = """
[channels.hook]
type = "webhook"
url = "http://127.0.0.1:9/"
secret_env = "HOOK"
editions = ["sales"]
"""


def delivered(home: Path, toml: str) -> tuple[int, str]:
    """The exit code and the output of `koe deliver` in a workspace with one published week."""
    home.mkdir()
    (home / "koe.toml").write_text(toml, "utf-8")
    ws = open_workspace(load_settings(home))
    _, facts, digest = made_week()
    publish(ws, facts, digest)
    ws.close()
    done = CliRunner().invoke(app, ["--home", str(home), "deliver"])
    return done.exit_code, done.output


def test_a_secret_that_is_not_there_is_for_somebody_to_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HOOK", raising=False)
    code, said = delivered(tmp_path / "koe", HOOK)
    assert "Set the variable HOOK." in said
    assert code == 2


def test_a_channel_that_is_down_is_to_be_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOK", "s3cret")
    code, said = delivered(tmp_path / "koe", HOOK)
    assert "failed" in said and "s3cret" not in said
    assert code == 75


def test_a_set_that_is_not_there_ends_an_evaluation_with_the_code_that_the_readme_names(
    tmp_path: Path,
) -> None:
    done = CliRunner().invoke(app, ["eval", "--set", str(tmp_path / "nope")])
    assert done.exit_code == 3
    readme = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
    assert "3 `koe eval` could not run" in readme
