"""What commands say where the workspace holds too little: one line that names the next command."""

import subprocess
import sys
from pathlib import Path

import pytest

from koe.cli import app, main
from koe.commands.other_names import OTHER_NAMES

DEALS = "id,account_name,outcome,opened_at,closed_at\nD-1,Harbour Books,won,2026-08-20,2026-09-30\n"
TICKETS = "id,created_at,account_name,text\nT-1,2026-09-08,Harbour Books,The printer is broken.\n"
READING = [
    ["keywords"],
    ["keywords", "--format", "json"],
    ["ask", "What do they complain about?"],
    ["themes", "list"],
    ["show", "T-9"],
    ["export", "findings"],
    ["export", "conversations"],
    ["weekly"],
]


def koe(home: Path, capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    if "weekly" in arguments:  # it leaves things behind in its process that later forks stumble over
        command = [sys.executable, "-m", "koe.cli", "--home", str(home), *arguments]
        done = subprocess.run(command, capture_output=True, text=True)
        return done.returncode, done.stdout, done.stderr
    capfd.readouterr()
    with pytest.raises(SystemExit) as ended:
        main(["--home", str(home), *arguments])
    out, err = capfd.readouterr()
    return int(ended.value.code or 0), out, err


@pytest.fixture
def home(
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """A workspace in English into which the files of the parameter were pulled."""
    monkeypatch.setenv("KOE_LANGUAGE", "en")
    folder = tmp_path / "in"
    folder.mkdir()
    for name, text in getattr(request, "param", {}).items():
        (folder / name).write_text(text, "utf-8")
    if any(folder.iterdir()):
        koe(tmp_path / "koe", capfd, "pull", "--from", str(folder))
    return tmp_path / "koe"


@pytest.mark.parametrize("command", READING, ids=" ".join)
def test_an_empty_workspace_names_the_command_that_fills_it(
    home: Path, capfd: pytest.CaptureFixture[str], command: list[str]
) -> None:
    _, _, err = koe(home, capfd, *command)
    assert "koe pull --from FOLDER" in err.splitlines()[-1]


@pytest.mark.parametrize("home", [{"deals.csv": DEALS}], indirect=True)
@pytest.mark.parametrize("command", [c for c in READING if c[0] not in ("weekly", "show")], ids=" ".join)
def test_deals_alone_are_said_to_hold_nobodys_words(
    home: Path, capfd: pytest.CaptureFixture[str], command: list[str]
) -> None:
    _, _, err = koe(home, capfd, *command)
    assert err.splitlines()[-1].startswith("Deals have come in, but no ticket and no call")


@pytest.mark.parametrize("home", [{"tickets.csv": TICKETS}], indirect=True)
def test_what_was_pulled_and_not_read_waits_for_weekly(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for command in (["themes", "list"], ["export", "findings"], ["ask", "What do they complain about?"]):
        assert koe(home, capfd, *command)[2].splitlines()[-1] == "Nothing has been read yet. Next: koe weekly"
    assert koe(home, capfd, "export", "skipped")[2] == "Nothing that came in was left out.\n"
    assert "No deal has come in that was won or lost" in koe(home, capfd, "keywords")[2]


@pytest.mark.parametrize("home", [{"deals.csv": DEALS, "tickets.csv": TICKETS}], indirect=True)
def test_closed_deals_without_a_call_name_one_to_look_at(
    home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    _, _, err = koe(home, capfd, "keywords")
    assert err.splitlines()[-1].endswith("Next: koe show files:D-1")
    assert "No conversation belongs to it" in koe(home, capfd, "show", "files:D-1")[1]


def test_a_command_by_another_name_is_led_to_the_one_there_is(
    home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code, _, err = koe(home, capfd, "report", "--week", "2026-W36")
    assert code == 2 and "There is no command 'report'" in err and "`koe weekly`" in err
    own = {
        command.name or command.callback.__name__ for command in app.registered_commands if command.callback
    }
    assert not own & OTHER_NAMES.keys()


@pytest.mark.parametrize("home", [{"tickets.csv": TICKETS}], indirect=True)
def test_what_cannot_be_is_said_and_how_it_could(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    said = {
        "Did you mean: koe show T-1": ["show", " t-1 "],
        "lies before --since 2026-10-01": ["keywords", "--since", "2026-10-01", "--until", "2026-09-01"],
        "--until 2026-09-01 lies": ["export", "facts", "--since", "2026-10-01", "--until", "2026-09-01"],
        "2026-W40 lies behind 2026-W37": ["weekly", "--since", "2026-W40"],
    }
    for line, command in said.items():
        code, _, err = koe(home, capfd, *command)
        assert code == 2 and line in err.splitlines()[-1]
