"""Errors and themes are told in the language of the report; codes, JSON and the ledger know no language."""

import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from connectors import folder_source
from koe.cli import main
from koe.engine import pick_engine
from koe.ledger.intake import pull
from koe.ledger.schema import theme_edit
from koe.settings import Settings, load_settings
from koe.street import walk, weeks_with_data
from koe.workspace import Workspace, open_workspace

SAMPLE = Path(__file__).parent.parent / "sample"


def koe(capfd: pytest.CaptureFixture[str], home: Path, *arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a command."""
    capfd.readouterr()
    with pytest.raises(SystemExit) as ended:
        main(["--home", str(home), *arguments])
    out, err = capfd.readouterr()
    return int(ended.value.code or 0), out, err


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which the sample has been read."""
    ws = open_workspace(Settings(home=tmp_path_factory.mktemp("language") / "koe"))
    pull(ws, folder_source(SAMPLE, ws.settings))
    walk(ws, pick_engine(ws), weeks_with_data(ws)[-1:])
    ws.close()
    return ws.home


REFUSED: list[tuple[list[str], int, str, str]] = [
    (
        ["pull"], 2,
        "No source is configured. Name a folder: koe pull --from FOLDER",
        "取り込むソースが設定されていません。フォルダを指定してください: koe pull --from FOLDER",
    ),
    (
        ["pull", "zd"], 2,
        "No source 'zd' is set up (there are: none). Add [sources.zd] to koe.toml.",
        "ソース「zd」は設定されていません。koe.toml に [sources.zd] を書いてください。",
    ),
    (
        ["pull", "--from", "/nowhere/at/all"], 2,
        "'/nowhere/at/all' does not exist. Name the folder that has the files.",
        "「/nowhere/at/all」がありません。ファイルの入ったフォルダを指定してください。",
    ),
    (
        ["show", "T-1"], 2,
        "Nothing has come in yet. Next: koe pull --from FOLDER (or look at an example: koe demo)",
        "まだ何も取り込んでいません。次へ: koe pull --from FOLDER（例を見るなら: koe demo）",
    ),
    (
        ["approve", "2026-W36"], 2,
        "2026-W36 has not been published, so there is nothing to approve.",
        "2026-W36 はまだ公開していないため、承認するものがありません。koe weekly で先に作ってください。",
    ),
    (
        ["weekly", "--week", "2026-36"], 2,
        "'2026-36' is not an ISO week. Write it as 2026-W36.",
        "「2026-36」は週ではありません。2026-W36 のように書いてください。",
    ),
    (
        ["keywords", "--since", "soon"], 2,
        "'soon' is not a day. Write it as 2026-09-01.",
        "「soon」は日付ではありません。2026-09-01 のように書いてください。",
    ),
    (
        ["themes", "rename", "abc", "x"], 2,
        "There is no theme 'abc'. koe themes list shows them.",
        "テーマ「abc」はありません。koe themes list で一覧を確かめてください。",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("command", "code", "english", "japanese"), REFUSED, ids=lambda one: str(one)[:24])
def test_a_refusal_is_told_in_the_language_of_the_report(
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
    code: int,
    english: str,
    japanese: str,
) -> None:  # fmt: skip
    assert koe(capfd, tmp_path / "koe", *command) == (code, "", f"koe: {japanese}\n")
    monkeypatch.setenv("KOE_LANGUAGE", "en")
    assert koe(capfd, tmp_path / "koe", *command) == (code, "", f"koe: {english}\n")


def test_a_held_workspace_says_who_holds_it(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    ws = open_workspace(Settings(home=tmp_path / "koe"))
    with ws.exclusive():
        code, _, err = koe(capfd, tmp_path / "koe", "pull")
    ws.close()
    assert code == 75
    assert err.startswith("koe: ほかの koe がこの作業フォルダを使っています（プロセス ")
    assert err.endswith("終わってから、もう一度実行してください。\n")


@pytest.mark.parametrize(
    ("toml", "variable", "japanese"),
    [
        ('langage = "ja"\n', None, False),
        ('language = "ja"\nlangage = "ja"\n', None, True),
        ('langage = "ja"\n', "ja", True),
        ('language = "ja"\nlangage = "ja"\n', "en", False),
        ("langage = \n", None, False),
        ("langage = \n", "ja", True),
        ('language = "fr"\n', None, False),
    ],
)
def test_settings_that_cannot_be_read_are_told_in_english_unless_japanese_is_asked_for(
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    toml: str,
    variable: str | None,
    japanese: bool,
) -> None:  # fmt: skip
    (tmp_path / "koe.toml").write_text(toml, "utf-8")
    if variable:
        monkeypatch.setenv("KOE_LANGUAGE", variable)
    code, _, err = koe(capfd, tmp_path, "pull")
    assert code == 2
    assert ("ください。" in err) == japanese
    if japanese and "langage =" not in toml.replace('"ja"', ""):
        assert "koe: 設定「langage」が正しくありません：そのような設定はありません。" in err


def test_what_is_lacking_is_told_in_japanese(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    told = "まだ何も取り込んでいません。次へ: koe pull --from FOLDER（例を見るなら: koe demo）\n"
    for command in (["themes", "list"], ["export", "findings"]):
        assert koe(capfd, tmp_path / "koe", *command) == (0, "", told)


def test_themes_are_listed_and_changed_in_japanese(read: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _, out, _ = koe(capfd, read, "themes", "list", "--json")
    rows = [json.loads(line) for line in out.splitlines()]
    first, second = [row["id"] for row in rows if row["kind"] == "complaint"][:2]
    asked = next(row["id"] for row in rows if row["kind"] == "question")
    _, out, _ = koe(capfd, read, "themes", "list")
    line = next(one for one in out.splitlines() if one.startswith(first))
    assert f"{rows[0]['accounts']:>4}社" in line and "困りごと" in line and rows[0]["name"] in line
    _, out, _ = koe(capfd, read, "themes", "rename", first, "打刻まわり")
    assert out.startswith(
        f"{first} の名前を「打刻まわり」にしました。レポートに反映するには: koe weekly --since 2026-W"
    )
    code, _, err = koe(capfd, read, "themes", "merge", first, asked)
    assert (code, err) == (
        2, f"koe: 「{first}」は困りごと、「{asked}」は質問です。同じ種類のテーマだけをまとめられます。\n",
    )  # fmt: skip
    _, out, _ = koe(capfd, read, "themes", "merge", second, first)
    assert out.startswith(f"{second} を {first} にまとめました。")
    code, _, err = koe(capfd, read, "themes", "split", first, "別の話", "F-none")
    assert (code, err.startswith("koe: 「F-none」はテーマ「")) == (2, True)
    assert "（" in next(one for one in koe(capfd, read, "themes", "list")[1].splitlines() if first in one)
    assert "koe: 「bad」という種類はありません。" in koe(capfd, read, "themes", "list", "--kind", "bad")[2]


def test_the_ledger_keeps_what_was_decided_as_it_did(read: Path, capfd: pytest.CaptureFixture[str]) -> None:
    _, out, _ = koe(capfd, read, "themes", "list", "--json")
    theme = json.loads(out.splitlines()[-1])["id"]
    koe(capfd, read, "themes", "rename", theme, "新しい名前")
    ws = Workspace(load_settings(read))
    with ws.ledger.connect() as conn:
        verbs = set(conn.scalars(sa.select(theme_edit.c.verb)))
    ws.close()
    assert verbs <= {"rename", "merge", "split"}
