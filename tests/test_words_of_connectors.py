"""What connectors say in English is said in Japanese where a Japanese report is read, and nowhere else."""

import ast
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest

from connectors.files.inspection import inspect
from connectors.words.inspecting import EN, JA, Inspecting
from connectors.words.of_files import FILES
from connectors.words.of_pulled import PULLED
from connectors.words.of_tables import TABLES
from connectors.words.sentences import said_in
from koe.language.text import Language
from koe.settings import Settings

ROOT = Path(__file__).parent.parent
SLOT = re.compile(r"\{(\w+)\}")
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龥]")
LEFT_IN_ENGLISH = re.compile(r"[a-z]+ [a-z]+ [a-z]+ [a-z]+")
"""Four plain English words in a row: a sentence that was passed over."""
CATALOGUE = [*TABLES, *FILES, *PULLED]


def spoken() -> str:
    """Every text in the code of connectors and of the ledger, `{}` where something is filled in."""
    rooms = (ROOT / "connectors", ROOT / "koe" / "ledger")
    paths = [one for room in rooms for one in room.rglob("*.py") if one.parent.name != "words"]
    return "\n".join(text for path in paths for text in texts(ast.parse(path.read_text("utf-8"))))


def texts(tree: ast.AST) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.append(node.value)
        elif isinstance(node, ast.JoinedStr):
            parts = (one.value if isinstance(one, ast.Constant) else "{}" for one in node.values)
            found.append("".join(map(str, parts)))
    return found


def runs(english: str) -> list[str]:
    """Three words after one another, wherever nothing is filled in between them."""
    pieces = [piece.split() for piece in SLOT.split(english)[::2]]
    return [" ".join(one[n : n + 3]) for one in pieces for n in range(max(1, len(one) - 2)) if one]


def test_no_sentence_of_the_catalogue_has_ceased_to_be_said() -> None:
    said = spoken()
    own = [english for english, _ in CATALOGUE if not english.startswith("Input should be")]
    lost = {one: [run for run in runs(one) if run.strip(", ") not in said] for one in own}
    assert {one: away for one, away in lost.items() if 2 * len(away) > len(runs(one))} == {}


@pytest.mark.parametrize(("english", "japanese"), CATALOGUE)
def test_a_sentence_has_the_same_things_filled_in(english: str, japanese: str) -> None:
    assert set(SLOT.findall(japanese)) <= set(SLOT.findall(english))
    assert JAPANESE.search(japanese) or not SLOT.sub("", japanese).strip(": 「」：")


@pytest.mark.parametrize(
    ("english", "japanese"),
    [
        pytest.param("is a row of totals", "合計の行です", id="whole"),
        pytest.param("column '受付日時': is blank", "列「受付日時」：空です", id="a column"),
        pytest.param(
            "no column is known to be the date (created_at); run `koe files inspect` on it",
            "日付の列（created_at）が見つかりません。`koe files inspect` で確かめてください。",
            id="two parts",
        ),
        pytest.param(
            "has a winmail.dat of Outlook, which is not read; has no date that can be read",
            "Outlookの winmail.dat が付いていますが、これは読みません。読める日付がありません。",
            id="joined",
        ),
        pytest.param(
            "calls and deals: 2 by account and time, 1 not joined, several deals fit (such as: koe show c1)",
            "通話と商談の結び付き：会社と日付で2件、候補が複数あり未定1件（例：koe show c1）",
            id="how calls are joined",
        ),
        pytest.param(
            'outcome: "it\'s" is unknown; write outcomes = { "it\'s" = "…" } into koe.toml '
            "(won, lost or open)",
            "outcome: 「it's」が受注・失注・進行中のどれか分かりません。"
            '"won"（受注）、"lost"（失注）、"open"（進行中）のどれかを入れて koe.toml に書いてください：'
            'outcomes = { "it\'s" = "…" }',
            id="a line to paste",
        ),
        pytest.param("nobody has said this before", "nobody has said this before", id="unknown"),
        pytest.param(
            "a.csv: nobody has said this", "a.csv: nobody has said this", id="unknown behind a place"
        ),
    ],
)
def test_a_sentence_is_said_anew(english: str, japanese: str) -> None:
    assert said_in(english, "ja") == japanese
    assert said_in(english, "en") == english


def flat(words: Inspecting) -> dict[str, str]:
    """Every sentence of a catalogue by its place in it."""
    told: dict[str, str] = {}
    for name, value in words._asdict().items():
        for key, one in value.items() if isinstance(value, Mapping) else [("", value)]:
            told |= {f"{name} {key} {n}": t for n, t in enumerate([one] if isinstance(one, str) else one)}
    return {place: text for place, text in told.items() if not place.startswith(("kinds", "language"))}


def test_both_catalogues_of_an_inspection_say_the_same_things() -> None:
    english, japanese = flat(EN), flat(JA)
    assert english.keys() == japanese.keys()
    for place, text in english.items():
        assert set(SLOT.findall(text)) == set(SLOT.findall(japanese[place])), place
    assert EN.kinds.keys() <= JA.kinds.keys()


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    """A folder as a Japanese company has it: CP932, a workbook, a transcript, and what cannot be read."""
    folder = tmp_path / "書き出し"
    folder.mkdir()
    tickets = "番号,受付日時,会社名,お客様名,内容,対応メモ\n" + "".join(
        f"{n},{day},港の本屋,田中,検索が遅くて毎朝困っています。,社内で確認してから後日に回答\n"
        for n, day in enumerate(("2026/9/1 10:00", "2026/9/2", "", "9月31"), 1)
    )
    (folder / "問い合わせ.csv").write_bytes((tickets + "合計,4,,,,\n").encode("cp932"))
    deals = (
        "案件番号,会社名,案件名,フェーズ,金額\n1,港の本屋,導入,受注,5000円\n"
        "2,丘の製粉所,導入,失注,$9\n3,丘の製粉所,更新,直談判,1\n"
    )
    (folder / "案件.csv").write_bytes(deals.encode("cp932"))
    (folder / "日付.csv").write_text(
        "Ticket ID,Created,Company,Description\n1,01/04/2026,Acme,The export is slow.\n", "utf-8"
    )
    (folder / "空.csv").write_bytes(b"")
    (folder / "2026-09-03_港の本屋_商談.txt").write_text(
        "高井: ご検討はいかがですか。\n野中: 検索が遅いです。\n", "utf-8"
    )
    (folder / "メモ.txt").write_text("本日は晴天なり。\n", "utf-8")
    (folder / "資料.pdf").write_bytes(b"%PDF")
    (folder / "一通.eml").write_bytes(b"Subject: no\n\nhallo\n")
    (folder / "tickets.jsonl").write_text('{"id": "J1", "account": {}, "turns": []}\nkaputt\n', "utf-8")
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    for row in (
        ("No", "受付日", "会社名", "問い合わせ内容"),
        (1, "2026-09-01", "丘の製粉所", "帳票が出ません。"),
    ):
        first.append(row)
    hidden = book.create_sheet("隠し")
    hidden.append(("あ", "い"))
    hidden.sheet_state = "hidden"
    book.save(folder / "問い合わせ管理.xlsx")
    return folder


def inspected(folder: Path, language: Language) -> list[str]:
    return list(inspect(folder, Settings(home=folder.parent, language=language)))


def test_an_inspection_leaves_no_sentence_in_english(exports: Path) -> None:
    shown = inspected(exports, "ja")
    assert [line for line in shown if LEFT_IN_ENGLISH.search(line)] == []
    for said in (
        "問い合わせ.csv: 問い合わせ（cp932、カンマ区切り）",
        "  text          ← 内容              検●（15文字）",
        "  使わない列：対応メモ",
        "  問い合わせ2件を読めます（読めないもの3件）",
        "  ! 問い合わせ.csv:6: 合計の行です",
        "  注意：非表示のシートは読みません：隠し",
        "  どちらか不明: 野●、高●",
        "読まないもの：資料.pdf（テキストで保存してください）",
    ):
        assert said in shown


def test_an_inspection_in_english_is_in_english(exports: Path) -> None:
    shown = inspected(exports, "en")
    for said in (
        "問い合わせ.csv: tickets (cp932, comma)",
        "  text          ← 内容              検● (15 characters)",
        "  not used: 対応メモ",
        "  2 tickets can be read, 3 cannot",
        "  ! 問い合わせ.csv:6: is a row of totals",
        "  note: hidden sheets are not read: 隠し",
        "  other: 野●, 高●",
        "not read: 資料.pdf (save it as text)",
    ):
        assert said in shown


def test_what_is_to_be_pasted_is_the_same_in_both_languages(exports: Path) -> None:
    def pasted(language: Language) -> list[object]:
        lines = [line[4:] for line in inspected(exports, language) if line.startswith("    ")]
        blocks = "\n".join(lines).split("[[sources.files.csv]]")
        return [tomllib.loads(f"[[sources.files.csv]]{block}") for block in blocks[1:]]

    assert pasted("ja") == pasted("en") != []
