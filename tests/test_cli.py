"""The front door: what each command prints, and what it says when something does not fit."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.models import CommandInfo

from connectors import folder_source
from koe.cli import app, main
from koe.engine import pick_engine
from koe.errors import SetupError
from koe.ledger.intake import pull
from koe.settings import Settings
from koe.street import walk, weeks_since, weeks_with_data
from koe.workspace import Workspace, open_workspace

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "sample"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A workspace in which the sample has been read and published."""
    ws = open_workspace(Settings(home=tmp_path_factory.mktemp("cli") / "koe"))
    pull(ws, folder_source(SAMPLE, ws.settings))
    walk(ws, pick_engine(ws), weeks_with_data(ws))
    ws.close()
    yield ws.home


def koe(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a command."""
    capfd.readouterr()
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    out, err = capfd.readouterr()
    return int(ended.value.code or 0), out, err


def rows_of(out: str) -> list[dict[str, object]]:
    """The objects of JSON lines."""
    return [json.loads(line) for line in out.splitlines()]


def _name(command: CommandInfo) -> str:
    assert command.callback is not None
    return command.name or command.callback.__name__


def commands() -> list[str]:
    """Every command, groups spelt out."""
    plain = [_name(command) for command in app.registered_commands]
    groups = [
        f"{group.name} {_name(command)}"
        for group in app.registered_groups
        if group.typer_instance
        for command in group.typer_instance.registered_commands
    ]
    return [*plain, *groups]


@pytest.mark.parametrize("command", commands())
def test_every_command_has_help(command: str, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = koe(capfd, *command.split(), "--help")
    assert code == 0
    assert "Usage:" in out


@pytest.mark.parametrize("name", ["README.md", "README.ja.md"])
def test_the_readme_names_every_command(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    missing = [c for c in commands() if not re.search(rf"koe (?:[a-z]+ · koe )*{c.split()[0]}\b", text)]
    assert missing == []


def test_exported_findings_are_verbatim_and_name_their_place(
    home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    _, told, _ = koe(capfd, "--home", str(home), "export", "conversations")
    texts = {(c["conversation"], t["n"]): t for c in rows_of(told) for t in c["turns"]}  # type: ignore[attr-defined]
    _, out, _ = koe(capfd, "--home", str(home), "export", "findings")
    found = rows_of(out)
    assert len(found) > 100
    for one in found:
        turn = texts[one["conversation"], one["turn"]]
        assert turn["text"][one["start"] : one["end"]] == one["quote"]
        assert turn["role"] == "customer"
        assert set(one) == {
            "id", "conversation", "kind", "statement", "quote", "turn", "start", "end", "severity",
            "theme", "theme_name", "engine",
        }  # fmt: skip


def test_coverage_adds_up_to_what_came_in(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _, out, _ = koe(capfd, "--home", str(home), "export", "coverage")
    weeks = rows_of(out)
    assert [week["week"] for week in weeks] == [f"2026-W{n}" for n in range(38, 46)]
    assert all(sum(week["states"].values()) == week["conversations"] for week in weeks)  # type: ignore[attr-defined]
    assert sum(int(str(week["conversations"])) for week in weeks) == 160


def test_a_period_bounds_an_export(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    days = ("--since", "2026-10-05", "--until", "2026-10-11")
    _, out, _ = koe(capfd, "--home", str(home), "export", "conversations", *days)
    assert {str(row["created_at"]) for row in rows_of(out)} <= {
        str(row["created_at"])
        for row in rows_of(out)
        if "2026-10-04T15" <= str(row["created_at"]) < "2026-10-11T15"
    }
    assert 0 < len(rows_of(out)) < 40


def test_show_prints_the_conversation_with_its_findings(
    home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = koe(capfd, "--home", str(home), "show", "T-0003")
    assert code == 0
    assert "T-0003" in out
    assert "困りごと" in out
    assert "古賀" not in out


def test_a_workbook_page_and_table_are_written(
    home: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for name, starts in (("k.xlsx", b"PK"), ("k.html", b"<!doctype html>"), ("k.csv", b"\xef\xbb\xbf")):
        code, _, err = koe(capfd, "--home", str(home), "keywords", "-o", str(tmp_path / name))
        assert (code, err) == (0, "")
        assert (tmp_path / name).read_bytes().lower().startswith(starts.lower())


def test_keywords_as_json_have_the_fields_that_are_promised(
    home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = koe(capfd, "--home", str(home), "export", "keywords")
    assert {"term", "variants", "outcome", "deals_won", "deals_lost", "tier", "log_odds", "share_difference",
            "interval", "p", "p_adjusted", "explained_by", "quotes"} <= set(rows_of(out)[0])  # fmt: skip


def test_a_renamed_theme_keeps_its_name_after_another_walk(
    home: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    _, out, _ = koe(capfd, "--home", str(home), "themes", "list", "--json")
    theme = str(rows_of(out)[0]["id"])
    assert koe(capfd, "--home", str(home), "themes", "rename", theme, "打刻まわり")[0] == 0
    ws = Workspace(Settings(home=home))
    walk(ws, pick_engine(ws), ["2026-W45"])
    ws.close()
    _, out, _ = koe(capfd, "--home", str(home), "themes", "list", "--json")
    assert next(row["name"] for row in rows_of(out) if row["id"] == theme) == "打刻まわり"


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        pytest.param(["show", "T-9999"], 2, "T-9999", id="no such conversation"),
        pytest.param(
            ["export", "secrets"], 2, "conversations, findings", id="nothing of that name to export"
        ),
        pytest.param(
            ["export", "findings", "--since", "1/9/26"], 2, "2026-09-01", id="a day in another form"
        ),
        pytest.param(["keywords", "--format", "pdf"], 2, "xlsx", id="no such format"),
        pytest.param(
            ["keywords", "--format", "xlsx"], 2, "-o keywords.xlsx", id="a workbook to the terminal"
        ),
        pytest.param(["pull", "nowhere"], 2, "nowhere", id="no such source"),
        pytest.param(["pull", "--from", "/no/such/folder"], 2, "/no/such/folder", id="no such folder"),
        pytest.param(["pull"], 2, "--from FOLDER", id="no source at all"),
        pytest.param(["weekly", "--week", "2026-36"], 2, "2026-W36", id="a week in another form"),
        pytest.param(["weekly", "--since", "2026-W99"], 2, "2026-W36", id="a week that no year has"),
        pytest.param(["themes", "rename", "th_nothing", "x"], 2, "th_nothing", id="no such theme"),
        pytest.param(["frobnicate"], 2, "frobnicate", id="no such command"),
    ],
)
def test_what_does_not_fit_is_one_clear_line(
    home: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], code: int, says: str
) -> None:
    got, out, err = koe(capfd, "--home", str(home), *arguments)
    assert got == code
    assert says in err
    assert "Traceback" not in err + out


def test_a_workspace_held_by_another_run_is_left_alone(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    with Workspace(Settings(home=home)).exclusive():
        for command in (["pull", "--from", str(SAMPLE)], ["weekly"], ["reindex"]):
            code, _, err = koe(capfd, "--home", str(home), *command)
            assert code == 75
            assert "ほかの koe がこの作業フォルダを使っています" in err


def test_an_empty_workspace_says_what_to_do(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, _ = koe(capfd, "--home", str(tmp_path / "new"), "doctor")
    assert code == 0, out
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o700


def test_doctor_finds_a_folder_that_others_can_read(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    koe(capfd, "--home", str(tmp_path / "open"), "doctor")
    from koe.doctor import examine

    (tmp_path / "open").chmod(0o755)
    first = next(iter(examine(Workspace(Settings(home=tmp_path / "open")))))
    assert (first.ok, "chmod 700" in first.says) == (False, True)


def test_a_file_that_cannot_be_written_is_a_matter_of_setup(
    home: Path, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    missing = tmp_path / "none" / "keywords.md"
    code, _, err = koe(capfd, "--home", str(home), "keywords", "-o", str(missing))
    assert (code, "書き込めません" in err) == (2, True)


def test_the_demo_never_reaches_a_ledger_of_the_users() -> None:
    from flows.demo import keep_to_itself

    environment = {
        "KOE_LEDGER_URL": "postgresql://theirs",
        "KOE_CHROMA_URL": "x",
        "KOE_LANGUAGE": "en",
        "PATH": "/bin",
    }
    keep_to_itself(environment)
    assert environment == {"KOE_LANGUAGE": "en", "PATH": "/bin"}


def test_weeks_since_a_time_long_before_the_data_are_those_of_the_data(home: Path) -> None:
    ws = Workspace(Settings(home=home))
    assert weeks_since(ws, "2001-W01", "2026-W40") == ["2026-W38", "2026-W39", "2026-W40"]
    with pytest.raises(SetupError, match="2026-W36"):
        weeks_since(ws, "last week", "2026-W40")
    ws.close()


def test_doctor_names_a_channel_and_a_website_that_cannot_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("KOE_TEST_SECRET", raising=False)
    (tmp_path / "koe").mkdir(mode=0o700)
    (tmp_path / "koe" / "koe.toml").write_text(
        'language = "en"\n[channels.share]\ntype = "folder"\npath = "/nowhere/at/all"\n'
        '[channels.hook]\ntype = "webhook"\nurl = "https://x.example/"\nsecret_env = "KOE_TEST_SECRET"\n'
        f'[channels.near]\ntype = "folder"\npath = "{tmp_path}/near"\n'
        '[website]\nfolder = "/nowhere/site"\n',
        "utf-8",
    )
    code, out, _ = koe(capfd, "--home", str(tmp_path / "koe"), "doctor")
    assert code == 1
    said = {line.split(":")[0]: line for line in out.splitlines()}
    assert "/nowhere/at" in said["wrong channel share"]
    assert "KOE_TEST_SECRET" in said["wrong channel hook"]
    assert "wrong website" in said
    assert "ok    channel near" in said
    assert not (tmp_path / "near").exists()


@pytest.mark.parametrize("group", ["", "themes", "finding", "files", "batch"])
def test_no_line_of_the_menu_is_cut(group: str, capfd: pytest.CaptureFixture[str]) -> None:
    _, out, _ = koe(capfd, *group.split(), "--help")
    assert not [line for line in out.splitlines() if line.startswith("  ") and line.endswith("...")]


def test_a_kind_nobody_knows_is_said(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, _, err = koe(capfd, "--home", str(tmp_path / "koe"), "themes", "list", "--kind", "angst")
    assert (code, err.count("\n")) == (2, 1)
    assert "「angst」" in err
    code, _, err = koe(capfd, "--home", str(tmp_path / "koe"), "themes", "list")
    assert (code, "koe pull" in err) == (0, True)


@pytest.mark.parametrize("room", ["connectors", "connectors.files", "flows", "eval"])
def test_an_installed_wheel_says_that_a_checkout_is_needed(
    room: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def missing(*_: object) -> None:
        raise ModuleNotFoundError(f"No module named {room!r}", name=room)

    monkeypatch.setattr("koe.commands.sources.pull_each", missing)
    code, _, err = koe(capfd, "--home", str(tmp_path / "koe"), "pull")
    assert (code, err.count("\n")) == (2, 1)
    assert "uv sync" in err


def test_show_tells_the_time_on_the_companys_clock(home: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _, told, _ = koe(capfd, "--home", str(home), "export", "conversations")
    one = next(row for row in rows_of(told) if row["conversation"] == "T-0001")
    assert one["created_at"] == "2026-09-14T01:12:00Z"
    _, out, _ = koe(capfd, "--home", str(home), "show", "T-0001")
    assert "2026-09-14 10:12" in out.splitlines()[0]
