"""What the demonstration tells to try next."""

from pathlib import Path

import pytest

from flows import demo


@pytest.mark.parametrize(
    ("has_uv", "says"),
    [pytest.param(True, "uv run koe", id="uv"), pytest.param(False, ".venv/bin/koe", id="no uv")],
)
def test_the_demo_names_commands_that_can_be_run_here(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, has_uv: bool, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.executable", str(tmp_path / ".venv" / "bin" / "python"))
    monkeypatch.setattr("shutil.which", lambda _: "/usr/bin/uv" if has_uv else None)
    commands = [line for line in demo._more(tmp_path, "en").splitlines() if "koe " in line and "  " in line]
    assert len(commands) == 5
    assert all(line.startswith(f"  {says} ") for line in commands)
