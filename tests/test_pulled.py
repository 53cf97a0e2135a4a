"""What `koe pull` says at its end: what the ledger holds, where koe.toml is, what to do next."""

import json
from pathlib import Path

import pytest

from koe.cli import main

TICKETS = "番号,受付日時,会社名,内容\n1,2026/9/1 10:00,港の本屋,検索が遅くて困っています。\n"
DEALS = "案件番号,会社名,案件名,結果,金額\n1,港の本屋,導入,受注,5000\n2,丘の製粉所,導入,失注,5000\n"
TALK = "高井: ご検討はいかがですか。\n野中: 在庫の検索が遅いのが気になります。\n"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said is said in English, but where a test asks for Japanese."""
    monkeypatch.setenv("KOE_LANGUAGE", "en")


def koe(capfd: pytest.CaptureFixture[str], home: Path, *words: str) -> list[str]:
    with pytest.raises(SystemExit):
        main(["--home", str(home), *words])
    return capfd.readouterr().out.splitlines()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "exports").mkdir()
    return tmp_path / "exports"


def test_a_pull_says_what_the_ledger_holds_and_what_reads_it(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "問い合わせ.csv").write_text(f"{TICKETS}2,2026/9/20,丘の製粉所,検索が遅いです。\n", "utf-8")
    (folder / "案件.csv").write_text(DEALS, "utf-8")
    out = koe(capfd, tmp_path / "ws", "pull", "--from", str(folder))
    assert "  in the ledger: 2 tickets, 2 deals" in out
    assert out[-1] == "Next: koe weekly (the last complete week), or koe weekly --since 2026-W36 (every week)"
    assert not any(
        line.startswith("Next") for line in koe(capfd, tmp_path / "ws", "pull", "--from", str(folder))
    )


def test_a_pull_speaks_the_language_of_the_report(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KOE_LANGUAGE")
    (folder / "問い合わせ.csv").write_text(TICKETS, "utf-8")
    (folder / "案件.csv").write_text(DEALS, "utf-8")
    first, *out = koe(capfd, tmp_path / "ws", "pull", "--from", str(folder))
    assert "新規3件、変更0件" in first
    assert "  取り込み済み：問い合わせ1件、商談2件" in out
    assert out[-1] == "次へ: koe weekly"
    again = koe(capfd, tmp_path / "ws", "pull", "--from", str(folder))
    assert "変わったものはありません" in again[0] or "変更なし3件" in again[0]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        pytest.param("問い合わせ.csv", TICKETS, "Next: koe weekly", id="one week"),
        pytest.param(
            "案件.csv", DEALS, "Next: pull tickets or calls too; deals by themselves", id="deals alone"
        ),
    ],
)
def test_the_next_step_is_one_that_works(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], name: str, text: str, says: str
) -> None:
    (folder / name).write_text(text, "utf-8")
    assert koe(capfd, tmp_path / "ws", "pull", "--from", str(folder))[-1].startswith(says)


def test_what_is_to_stand_in_koe_toml_says_where_it_is(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "2026-09-03_港の本屋_商談.txt").write_text(TALK, "utf-8")
    home = tmp_path / "ws"
    where = f"koe.toml: {home / 'koe.toml'}"
    pulled = koe(capfd, home, "pull", "--from", str(folder))
    assert f"  {where} (not there yet: make it)" in pulled
    assert any("`koe files inspect` prints the lines" in line for line in pulled)
    (home / "koe.toml").write_text("", "utf-8")
    inspected = koe(capfd, home, "files", "inspect", str(folder))
    assert inspected[-1] == where
    assert not any("prints the lines" in line for line in inspected)


def test_nothing_is_said_of_koe_toml_where_nothing_has_to_stand_in_it(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "問い合わせ.csv").write_text(TICKETS, "utf-8")
    assert not any("koe.toml" in line for line in koe(capfd, tmp_path / "ws", "pull", "--from", str(folder)))


def test_what_could_not_be_used_is_told_in_japanese_and_kept_as_it_was_said(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KOE_LANGUAGE")
    (folder / "問い合わせ.csv").write_bytes(f"{TICKETS}合計,1,,\n".encode("cp932"))
    (folder / "資料.pdf").write_bytes(b"%PDF")
    out = koe(capfd, tmp_path / "ws", "pull", "--from", str(folder))
    assert any("問い合わせ.csv: 問い合わせとして読みます（cp932、カンマ区切り）：" in line for line in out)
    assert "  読まないもの：資料.pdf（テキストで保存してください）" in out
    assert "  ! 問い合わせ.csv:3: 合計の行です" in out
    (kept,) = koe(capfd, tmp_path / "ws", "export", "skipped")
    assert json.loads(kept)["reason"] == "is a row of totals"


def test_a_folder_of_nothing_is_told_in_japanese(
    folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KOE_LANGUAGE")
    (folder / "空.csv").write_bytes(b"")
    with pytest.raises(SystemExit) as ended:
        main(["--home", str(tmp_path / "ws"), "pull", "--from", str(folder)])
    assert ended.value.code == 2
    told = capfd.readouterr()
    assert "  ! 空.csv: 空のファイルです（0バイト）。もう一度書き出してください。" in told.out.splitlines()
    assert f"に読めるものがありません。理由は上のとおりです。次へ: koe files inspect {folder}" in told.err
