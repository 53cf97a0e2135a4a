"""Deals of a table with the day they were opened: which calls they get, and what is said of the rest."""

import json
from datetime import date
from pathlib import Path

import pytest

from connectors import folder_source
from connectors.tables.columns import guess
from koe.export import export
from koe.ledger.intake import pull
from koe.settings import Settings
from koe.show import show_conversation
from koe.show_deal import show
from koe.street import mask_new
from koe.workspace import Workspace, open_workspace
from tests.test_columns import TOKYO

HEADER = "案件ID,取引先,フェーズ,作成日,完了日,金額\n"
TALK = "00:00 営業 高井: ご検討はいかがですか。\n00:05 お客様: 在庫の検索が遅いのが気になります。\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """An empty workspace whose reports are in English."""
    return open_workspace(Settings(home=tmp_path / "koe", language="en"))


def joined(ws: Workspace, folder: Path, deals: str, header: str = HEADER) -> tuple[str, str, list[str]]:
    """The head of `koe show`, the rule in the export, and what is said of the deals."""
    (folder / "案件.csv").write_text(header + deals, "utf-8")
    (folder / "2026-09-10_株式会社港の本屋_初回商談.txt").write_text(TALK, "utf-8")
    result = pull(ws, folder_source(folder, ws.settings))
    mask_new(ws)
    (row,) = export(ws, "conversations", None, None)
    head = show_conversation(ws, row["conversation"]).split("\n")[0]
    return head, row["joined_by"], result.line().split("; ")


@pytest.mark.parametrize(
    ("deals", "head", "rule"),
    [
        pytest.param(
            "D-1,港の本屋,受注,2026/8/20,2026/9/30,5\n", "D-1 won (by account and time)", "account and time"
        ),
        pytest.param(
            "D-1,港の本屋,失注,2026/5/1,2026/6/30,5\nD-2,港の本屋,商談中,2026/9/15,2027/3/31,5\n"
            "D-3,丘の製粉所,受注,2026/8/20,2026/9/30,5\n",
            "D-2 open (by account and time)",
            "account and time",
            id="the one that was open then",
        ),
        pytest.param(
            "D-1,港の本屋,受注,2026/8/20,2026/9/30,5\nD-2,㈱港の本屋,失注,2026/9/1,2026/9/20,5\n",
            "no deal: D-1, D-2 were open then",
            "several",
            id="two were open",
        ),
        pytest.param(
            "D-1,港の本屋,受注,,2026/9/30,5\nD-2,丘の製粉所,失注,2026/9/1,2026/9/20,5\n",
            "no deal: none of its account says since when it is open",
            "no opening",
            id="nobody knows since when",
        ),
        pytest.param("D-1,港の本屋,失注,2026/5/1,2026/6/30,5\n", "left", None, id="it was over"),
        pytest.param("D-1,丘の製粉所,受注,2026/8/20,2026/9/30,5\n", "left", None, id="another company"),
    ],
)
def test_a_transcript_joins_the_deal_of_its_company_that_was_open_then(
    workspace: Workspace, tmp_path: Path, deals: str, head: str, rule: str | None
) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    shown, joined_by, _ = joined(workspace, folder, deals)
    assert (shown.rpartition("  ")[2], joined_by) == (head, rule)


def test_where_several_deals_fit_the_next_step_is_said_and_works(
    workspace: Workspace, tmp_path: Path
) -> None:
    deals = "D-1,港の本屋,受注,2026/8/20,2026/9/30,5\nD-2,㈱港の本屋,失注,2026/9/1,2026/9/20,5\n"
    _, _, said = joined(workspace, tmp_path, deals)
    (row,) = export(workspace, "conversations", None, None)
    assert f"(such as: koe show {row['conversation']})" in "".join(said)
    step = show_conversation(workspace, row["conversation"]).split("\n")[2]
    assert step.startswith("Next: koe show D-1; ") and "D-1 as the call's deal id" in step
    shown = show(workspace, "D-2").splitlines()[-1]
    assert shown.endswith(f"fits it, and another deal too. Next: koe show {row['conversation']}")
    (tmp_path / "calls.csv").write_text(
        "file,deal_id\n2026-09-10_株式会社港の本屋_初回商談.txt,D-1\n", "utf-8"
    )
    pull(workspace, folder_source(tmp_path, workspace.settings))
    lines = show_conversation(workspace, row["conversation"]).split("\n")
    assert lines[0].endswith("D-1 won (named by its source)") and "Next: " not in "".join(lines)


def test_a_deal_known_by_an_id_gets_the_calls_that_know_its_company_by_name(
    workspace: Workspace, tmp_path: Path
) -> None:
    header = HEADER.replace("取引先,", "取引先ID,取引先,")
    shown, _, _ = joined(workspace, tmp_path, "D-1,A-7,港の本屋,受注,2026/8/20,2026/9/30,5\n", header)
    assert shown.endswith("D-1 won (by account and time)")


def test_two_companies_of_one_name_with_ids_of_their_own_stay_two(
    workspace: Workspace, tmp_path: Path
) -> None:
    header = HEADER.replace("取引先,", "取引先ID,取引先,")
    rows = "D-1,A-7,港の本屋,受注,2026/8/20,2026/9/30,5\nD-2,A-8,港の本屋,失注,2026/8/20,2026/9/30,5\n"
    assert joined(workspace, tmp_path, rows, header)[1] == "several"


def test_deals_of_json_lines_may_say_when_they_were_opened(workspace: Workspace, tmp_path: Path) -> None:
    old = {"id": "D-1", "account": {"name": "港の本屋"}, "outcome": "won", "closed_at": "2026-09-30"}
    (tmp_path / "deals.jsonl").write_text(json.dumps(old | {"opened_at": "2026-09-01"}), "utf-8")
    (tmp_path / "2026-09-10_港の本屋_商談.txt").write_text(TALK, "utf-8")
    assert "1 by account and time" in pull(workspace, folder_source(tmp_path, workspace.settings)).line()
    (tmp_path / "deals.jsonl").write_text(json.dumps(old), "utf-8")
    assert "says since when it is open" in pull(workspace, folder_source(tmp_path, workspace.settings)).line()


def test_an_opening_that_cannot_be_read_costs_no_deal_and_is_said(
    tmp_path: Path, workspace: Workspace
) -> None:
    rows = "".join(f"D-{n},A{n},受注,2026/9/{n},2026/9/30,5\n" for n in range(1, 9))
    (tmp_path / "案件.csv").write_text(f"{HEADER}{rows}D-9,B,失注,9月ごろ,2026/9/30,5\n", "utf-8")
    (page,) = folder_source(tmp_path, workspace.settings).pages("deals", None)
    assert len(page.items) == 9
    assert [(one.place, one.reason) for one in page.skipped] == [
        (
            "案件.csv:10",
            "opened_at cannot be read: '9月●●'; the deal counts, but no call is joined to it by time",
        )
    ]


@pytest.mark.parametrize(
    "header",
    ["商談開始日", "作成日", "作成日時", "案件発生日", "初回商談日", "引合日", "Create Date",
     "Created Date", "created", "Opened at"],
)  # fmt: skip
def test_the_day_of_opening_is_known_by_what_exports_call_it(tmp_path: Path, header: str) -> None:
    text = f"案件ID,取引先,結果,{header},完了日\n1,A,受注,2026/9/1,2026/9/30\n"
    (tmp_path / "x.csv").write_text(text, "utf-8")
    assert guess(tmp_path / "x.csv", "x.csv", TOKYO).fields["opened_at"] == header


def test_a_table_without_it_is_read_as_before(tmp_path: Path, workspace: Workspace) -> None:
    (tmp_path / "x.csv").write_text("案件ID,取引先,結果,完了日\n1,A,受注,2026/9/30\n", "utf-8")
    (page,) = folder_source(tmp_path, workspace.settings).pages("deals", None)
    (item,) = page.items
    assert (item.record.opened_at, item.record.closed_at.astimezone(TOKYO).date()) == (
        None,
        date(2026, 9, 30),
    )


def test_the_next_step_is_said_in_the_language_of_the_report(tmp_path: Path) -> None:
    ours = open_workspace(Settings(home=tmp_path / "ja"))
    deals = "D-1,港の本屋,受注,2026/8/20,2026/9/30,5\nD-2,㈱港の本屋,失注,2026/9/1,2026/9/20,5\n"
    shown, _, _ = joined(ours, tmp_path, deals)
    assert shown.endswith("未読  商談なし：当時は D-1, D-2 が進行中で、1つに決まりません")
    (row,) = export(ours, "conversations", None, None)
    lines = show_conversation(ours, row["conversation"]).split("\n")
    assert lines[2].startswith("次へ: koe show D-1（この商談なら、")
    assert show(ours, "D-2").splitlines()[-1].endswith(f"次へ: koe show {row['conversation']}")
    ours.close()
