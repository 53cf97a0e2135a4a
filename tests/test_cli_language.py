"""Errors and themes are told in the language of the report; codes, JSON and the ledger know no language."""

import json
from pathlib import Path

import pytest
import sqlalchemy as sa

from koe.cli import main
from koe.ledger.schema import theme_edit
from koe.settings import Settings, load_settings
from koe.workspace import Workspace, open_workspace
from tests.small_ledger import said, theme, told, write


def koe(capfd: pytest.CaptureFixture[str], home: Path, *arguments: str) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of a command."""
    capfd.readouterr()
    with pytest.raises(SystemExit) as ended:
        main(["--home", str(home), *arguments])
    out, err = capfd.readouterr()
    return int(ended.value.code or 0), out, err


@pytest.fixture
def read(tmp_path: Path) -> Path:
    """A workspace with three themes that somebody has spoken of."""
    ws = open_workspace(Settings(home=tmp_path / "read"))
    rows = [theme("th_login", "ログインできない"), theme("th_slow", "検索が遅い")]
    rows += [theme("th_ask", "解約の方法", kind="question")]
    for n, name in enumerate(("th_login", "th_login", "th_slow", "th_ask")):
        kind = "question" if name == "th_ask" else "complaint"
        rows += [*told(f"T-{n}", f"a{n}", "2026-09-08T01:00:00Z"), said(f"f{n}", f"T-{n}", name, kind)]
    write(ws, rows)
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
    _, out, _ = koe(capfd, read, "themes", "list")
    assert out.splitlines()[0].split() == ["th_login", "2社", "2件", "困りごと", "ログインできない"]
    _, out, _ = koe(capfd, read, "themes", "rename", "th_login", "打刻まわり")
    follow = "レポートに反映するには: koe weekly --since 2026-W37\n"
    assert out == f"th_login の名前を「打刻まわり」にしました。{follow}"
    _, out, _ = koe(capfd, read, "themes", "merge", "th_slow", "打刻まわり")
    assert out == f"th_slow を th_login にまとめました。{follow}"
    _, out, _ = koe(capfd, read, "themes", "list")
    assert "打刻まわり（検索が遅い を含む）" in out.splitlines()[0]


def test_what_cannot_be_done_to_themes_is_told_in_japanese(
    read: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for command, japanese in (
        (
            ("merge", "th_login", "th_ask"),
            "「th_login」は困りごと、「th_ask」は質問です。同じ種類のテーマだけをまとめられます。",
        ),
        (
            ("rename", "th_login", "検索が遅い"),
            "「検索が遅い」という名前は、テーマ「th_slow」がすでに使っています。別の名前にするか、2つをまとめてください。",
        ),
        (
            ("split", "th_login", "別の話", "f9"),
            "「f9」はテーマ「th_login」の声ではありません。koe export findings で確かめてください。",
        ),
    ):
        assert koe(capfd, read, "themes", *command) == (2, "", f"koe: {japanese}\n")
    _, _, err = koe(capfd, read, "themes", "list", "--kind", "bad")
    assert err.startswith(
        "koe: 「bad」という種類はありません。次のどれかにしてください：complaint（困りごと）"
    )


def test_json_and_the_ledger_keep_their_words(read: Path, capfd: pytest.CaptureFixture[str]) -> None:
    koe(capfd, read, "themes", "rename", "th_login", "打刻まわり")
    _, out, _ = koe(capfd, read, "themes", "list", "--json")
    first = json.loads(out.splitlines()[0])
    assert (first["kind"], first["name"], first["accounts"]) == ("complaint", "打刻まわり", 2)
    ws = Workspace(load_settings(read))
    with ws.ledger.connect() as conn:
        assert conn.scalars(sa.select(theme_edit.c.verb)).all() == ["rename"]
    ws.close()


def test_themes_in_english_are_as_they_were(
    read: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KOE_LANGUAGE", "en")
    _, out, _ = koe(capfd, read, "themes", "list")
    assert out.splitlines()[0] == "th_login     2     2  complaint       ログインできない"
    _, out, _ = koe(capfd, read, "themes", "rename", "th_login", "Login")
    assert out == "th_login is now called 'Login'. Reports follow with: koe weekly --since 2026-W37\n"
    _, out, _ = koe(capfd, read, "themes", "merge", "th_slow", "th_login")
    assert out == "th_slow is part of th_login now. Reports follow with: koe weekly --since 2026-W37\n"
    assert "Login  (with 検索が遅い)" in koe(capfd, read, "themes", "list")[1]
