"""Help and usage errors are told in the language that somebody has set, or else the machine's."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from koe.cli import app, main
from koe.commands.helping import reads_japanese
from koe.wording.of_help import HELP, USAGE

JAPANESE = re.compile("[ぁ-んァ-ヶ一-龥]")


@pytest.fixture(autouse=True)
def nothing_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No language but the machine's, which is English."""
    monkeypatch.chdir(tmp_path)
    for name in ("KOE_HOME", "KOE_LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")


def shown(capfd: pytest.CaptureFixture[str], *arguments: str) -> str:
    capfd.readouterr()
    with pytest.raises(SystemExit):
        main(list(arguments))
    out, err = capfd.readouterr()
    return out + err


def all_help(command: Any) -> Iterator[str]:
    """Each paragraph of help and each line about an option or argument, of a command and those under it."""
    yield from (" ".join(part.split()) for part in (command.help or "").split("\n\n"))
    yield from (" ".join(one.help.split()) for one in command.params if getattr(one, "help", None))
    for one in getattr(command, "commands", {}).values():
        yield from all_help(one)


def test_all_help_has_its_japanese_and_nothing_else_has() -> None:
    wanted = {text for text in all_help(get_command(app)) if text} | {"Show this message and exit."}
    assert wanted == set(HELP)


def test_a_japanese_text_has_japanese_in_it_and_keeps_commands_and_names() -> None:
    for english, japanese in (*HELP.items(), *USAGE):
        assert JAPANESE.search(japanese), english
        for word in ("`koe weekly`", "KOE_MAX_USD", "2026-W36", "custom_id"):
            assert (word in english) == (word in japanese), english


@pytest.mark.parametrize(
    ("variables", "is_japanese"),
    [
        pytest.param({}, False, id="machine speaks English"),
        pytest.param({"LANG": "ja_JP.UTF-8"}, True, id="machine speaks Japanese"),
        pytest.param({"LANG": "ja_JP.UTF-8", "LC_ALL": "C.UTF-8"}, False, id="another category wins"),
        pytest.param({"KOE_LANGUAGE": "ja"}, True, id="set"),
        pytest.param({"LANG": "ja_JP.UTF-8", "KOE_LANGUAGE": "en"}, False, id="set to English"),
    ],
)
def test_what_is_set_comes_before_the_machine(
    variables: dict[str, str], is_japanese: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert reads_japanese(None) is is_japanese


def test_the_workspace_that_is_named_says_which_language(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "koe.toml").write_text('language = "ja"\n', "utf-8")
    assert shown(capfd, "--home", str(home), "--help").startswith("使い方: ")
    assert shown(capfd, f"--home={home}", "weekly", "--help").startswith("使い方: ")
    assert shown(capfd, "--help").startswith("Usage: ")


def test_japanese_help_is_laid_out_in_columns_that_a_terminal_has(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KOE_LANGUAGE", "ja")
    lines = shown(capfd, "export", "--help").splitlines()
    assert all(sum(1 + (ch > "\u2e80") for ch in line) <= 82 for line in lines)
    assert any(line.strip().startswith("keywords（キーワード）") for line in lines)
    assert "［必須］" in "".join(lines)


@pytest.mark.parametrize(
    ("arguments", "english", "japanese"),
    [
        (["show"], "Missing argument 'id'.", "引数「id」がありません。"),
        (
            ["weekly", "--wek"],
            "No such option: --wek",
            "--wek というオプションはありません（近いもの: --week）。",
        ),
        (["init"], "There is no command 'init'.", "「init」というコマンドはありません。会話は `koe pull"),
        (["show", "a", "b"], "Got unexpected extra argument", "余分な引数があります（b）。"),
        (["weekly", "--max-usd", "-1"], "greater than or equal to 0", "0 以上の数にしてください。"),
        (["weekly", "--week"], "requires an argument", "オプション「--week」には値が要ります。"),
    ],
)
def test_a_command_typed_wrongly_is_told_in_both(
    arguments: list[str],
    english: str,
    japanese: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    told = shown(capfd, *arguments)
    assert english in told
    assert not JAPANESE.search(told)
    monkeypatch.setenv("KOE_LANGUAGE", "ja")
    told = shown(capfd, *arguments)
    assert japanese in told
    assert english not in told
