"""What stages of exports say of a deal: won, lost, open, or nothing that koe may guess."""

import tomllib
from contextlib import closing
from pathlib import Path

import pytest

from connectors import folder_source
from connectors.records.outcomes import advice, outcome_of
from koe.commands.files import told
from koe.language.text import Language
from koe.ledger.intake import pull
from koe.settings import Settings
from koe.workspace import open_workspace


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        pytest.param(
            "won", "受注 １．受注 ⑥受注 100%受注 受注（年間契約） 成約 Won CLOSED_WON closed-won", id="won"
        ),
        pytest.param(
            "lost", "失注 06_失注 F:失注 失注（他社採用） 失注：価格 不成立 見送り closed-lost", id="lost"
        ),
        pytest.param(
            "open", "商談中 見積提出済 受注見込 受注予定 2.提案 提案(2回目) 保留 Proposal", id="open"
        ),
        pytest.param(
            None, "内示 ○ A 受注(見込) 受注_B 受注? 受注取消 受注(キャンセル) 受注/失注 契約 未受注", id="no"
        ),
    ],
)  # fmt: skip
def test_stages(outcome: str | None, words: str) -> None:
    assert {word: outcome_of(word.replace("_", " ")) for word in words.split()} == dict.fromkeys(
        words.split(), outcome
    )


@pytest.mark.parametrize(
    ("stage", "outcome"),
    [
        pytest.param("Closed Won (Sales Pipeline)", "won", id="with its pipeline"),
        pytest.param("Closed Lost to Competition", "lost", id="with its reason"),
        pytest.param("Closed Won - pending signature", None, id="taken back"),
        pytest.param("Id. Decision Makers", "open", id="a stage of Salesforce"),
        pytest.param("", None, id="blank"),
    ],
)
def test_english_stages(stage: str, outcome: str | None) -> None:
    assert outcome_of(stage) == outcome


def test_what_the_settings_say_goes_before_what_koe_knows() -> None:
    assert outcome_of("内示", {"内示": "won"}) == "won"
    assert outcome_of("保留", {"保留 ": "lost"}) == "lost"
    assert outcome_of("", {"": "open"}) == "open"


DEALS = "案件ID,取引先,結果\n1,A,受注\n2,B,内示\n3,C,内示\n4,D,\n5,E,○\n"


def test_unknown_stages_are_one_line_to_fill_in_and_their_rows_are_named(tmp_path: Path) -> None:
    english, japanese = (_told(tmp_path, language) for language in ("en", "ja"))
    assert (
        "x.csv: 3 stages are not known to be won, lost or open, and their rows are left out; fill in and "
        'write into koe.toml: outcomes = { "" = "…", "○" = "…", "内示" = "…" }' in english
    )
    assert (
        "! x.csv:3 and 1 more: outcome: '内示' is unknown; "
        'write outcomes = { "内示" = "…" } into koe.toml (won, lost or open)' in english
    )
    (stages,) = (
        line for line in japanese if line.startswith("x.csv: 受注・失注・進行中のどれか分からない段階が3つ")
    )
    assert stages.endswith('outcomes = { "" = "…", "○" = "…", "内示" = "…" }')
    (rows,) = (line for line in japanese if line.startswith("! x.csv:3 ほか1件: outcome: 「内示」が"))
    assert 'outcomes = { "内示" = "…" }' in rows


def _told(folder: Path, language: Language) -> list[str]:
    """What `koe pull` says of deals with stages that it does not know."""
    (folder / "x.csv").write_text(DEALS, "utf-8")
    with closing(open_workspace(Settings(home=folder / language, language=language))) as ws:
        source = folder_source(folder, ws.settings)
        pull(ws, source)
        return list(told(ws, source))


def test_the_filled_in_line_takes_the_rows_in(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text(DEALS, "utf-8")
    before = [*folder_source(tmp_path, Settings(home=tmp_path)).pages("deals", None)][-1].cursor
    (tmp_path / "koe.toml").write_text('outcomes = { "" = "open", "○" = "won", "内示" = "open" }', "utf-8")
    from koe.settings import load_settings

    (page,) = folder_source(tmp_path, load_settings(tmp_path)).pages("deals", before)
    assert [item.record.outcome for item in page.items] == ["won", "open", "open", "open", "won"]


def test_the_column_that_says_won_or_lost_is_taken_for_the_outcome(tmp_path: Path) -> None:
    text = "案件ID,取引先,ステータス,フェーズ,金額\n1,A,有効,受注,5\n2,B,有効,失注,5\n"
    (tmp_path / "x.csv").write_text(text, "utf-8")
    (page,) = folder_source(tmp_path, Settings(home=tmp_path)).pages("deals", None)
    assert [item.record.outcome for item in page.items] == ["won", "lost"]


def test_the_line_to_paste_is_one_line_that_says_what_is_meant() -> None:
    line = advice(['内示\n"調整" \\中'])
    assert line == r'outcomes = { "内示 \"調整\" \\中" = "…" }'
    (stage,) = tomllib.loads(line)["outcomes"]
    assert outcome_of('内示\n"調整" \\中', {stage: "open"}) == "open"
