"""What a command's exit code tells: whether somebody has to change something, or only to wait."""

import importlib
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner, Result

from koe.cli import app
from koe.publish import publish
from koe.settings import load_settings
from koe.workspace import open_workspace
from tests.report_week import made_week

WEEK = "2026-W45"
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
    assert "環境変数 HOOK に設定してください。" in said
    assert code == 2


def test_a_channel_that_is_down_is_to_be_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOK", "s3cret")
    code, said = delivered(tmp_path / "koe", HOOK)
    assert "届けられませんでした" in said and "s3cret" not in said
    assert code == 75


def test_a_set_that_is_not_there_ends_an_evaluation_with_the_code_that_the_readme_names(
    tmp_path: Path,
) -> None:
    done = CliRunner().invoke(app, ["eval", "--set", str(tmp_path / "nope")])
    assert done.exit_code == 3
    readme = (Path(__file__).parent.parent / "README.md").read_text("utf-8")
    assert "3 `koe eval` could not run" in readme


@pytest.mark.parametrize(
    ("secret", "code", "left"),
    [pytest.param("s3cret", 75, False, id="down"), pytest.param("", 2, True, id="without a secret")],
)
def test_a_week_of_which_only_a_channel_failed_is_not_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, secret: str, code: int, left: bool
) -> None:
    home = tmp_path / "koe"
    monkeypatch.setenv("HOOK", secret)
    delivered(home, HOOK)
    sent = tasks_in(tmp_path, monkeypatch).deliver.fn(str(home), WEEK)
    assert [one.is_yours for one in sent.left] == [left]
    done = weekly_said(home, monkeypatch, not_delivered=[one.line for one in sent.left], needs_you=left)
    assert done.exit_code == code
    assert "koe: 届けられませんでした：" in done.stderr and "s3cret" not in done.output


@pytest.mark.parametrize(
    ("lines", "needs_you", "code"),
    [
        pytest.param({}, False, 0, id="all done"),
        pytest.param({"not_pulled": ["desk: no answer"]}, False, 75, id="a source is down"),
        pytest.param({"not_pulled": ["shop: no folder"]}, True, 2, id="a source needs somebody"),
    ],
)
def test_a_week_ends_with_what_is_to_be_done_next(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    lines: dict[str, list[str]],
    needs_you: bool,
    code: int,
) -> None:
    delivered(tmp_path / "koe", "")
    assert weekly_said(tmp_path / "koe", monkeypatch, **lines, needs_you=needs_you).exit_code == code


def weekly_said(home: Path, monkeypatch: pytest.MonkeyPatch, **told: object) -> Result:
    """`koe weekly`, where its flow has come back with this."""
    made = {"week": WEEK, "not_pulled": [], "not_delivered": [], "needs_you": False, **told}
    monkeypatch.setattr("koe.commands.weekly._flow", lambda ws: lambda *_: made)
    return CliRunner().invoke(app, ["--home", str(home), "weekly", "--week", WEEK, "--json"])


def tasks_in(home: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The flow's tasks, with the flow engine's own folder there until the test ends."""
    monkeypatch.setenv("PREFECT_HOME", str(home / "prefect"))
    return importlib.import_module("flows.tasks")
