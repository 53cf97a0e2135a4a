"""The labelled sets hold together, and the proof notices when one does not."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from connectors import folder_source
from eval.check_set import check_set, main
from eval.labelled import Labels, load_labels, weeks_of
from koe.ledger.intake import pull
from koe.settings import Settings, load_settings
from koe.workspace import open_workspace

ROOT = Path(__file__).parent.parent
ENGLISH = ROOT / "eval" / "sample_en"
JAPANESE = ROOT / "eval" / "sample_ja"


@pytest.fixture(scope="module")
def english() -> Labels:
    return load_labels(ENGLISH)


@pytest.mark.parametrize("folder", [pytest.param(JAPANESE, id="ja"), pytest.param(ENGLISH, id="en")])
def test_a_set_of_ours_holds_together(folder: Path) -> None:
    assert check_set(load_labels(folder)) == []


def test_the_english_set_is_as_large_as_its_readme_says(english: Labels) -> None:
    kinds = Counter(row["kind"] for row in english.findings)
    outcomes = Counter(row["outcome"] for row in english.deals)
    accounts = {row["account"]["id"] for row in (*english.tickets, *english.calls)}
    readme = (ENGLISH / "README.md").read_text("utf-8")
    for sentence in (
        f"{len(english.tickets)} tickets, {len(english.calls)} calls",
        f"{len(english.deals)} deals "
        f"({outcomes['won']} won, {outcomes['lost']} lost, {outcomes['open']} open)",
        f"{len(accounts)} accounts; {weeks_of(english)[0]} to {weeks_of(english)[-1][5:]}",
        f"{len(english.findings)} findings: {kinds['complaint']} complaints, "
        f"{kinds['objection']} objections, "
        f"{kinds['buying_reason']} buying reasons, {kinds['question']} questions, "
        f"{kinds['feature_request']} requests, {kinds['praise']} praise",
        f"{len(english.negatives)} places that look like a finding",
    ):
        assert sentence in readme


def test_the_english_set_keeps_its_promised_sizes(english: Labels) -> None:
    assert len(english.records) >= 60
    assert all(10 <= len(call["turns"]) <= 20 for call in english.calls)
    assert len(english.keywords["won"]) >= 7
    assert len(english.keywords["lost"]) >= 6
    assert len({row["why"] for row in english.keywords["decoys"]}) == 4
    assert len(english.questions) >= 14


def test_no_quote_of_the_english_set_holds_personal_data(english: Labels) -> None:
    listed = {(row["record_id"], row["turn"], row["text"]) for row in english.pii}
    assert [
        row["quote"]
        for row in english.findings
        for record, turn, text in listed
        if (record, turn) == (row["record_id"], row["turn"]) and text in row["quote"]
    ] == []


def test_koe_reads_the_english_set_without_a_skip(tmp_path: Path, english: Labels) -> None:
    told = load_settings(ENGLISH)
    assert (told.timezone, told.language) == ("Europe/London", "en")
    ws = open_workspace(Settings(home=tmp_path / "koe", timezone=told.timezone, language=told.language))
    try:
        pulled = pull(ws, folder_source(ENGLISH, ws.settings))
    finally:
        ws.close()
    everything = len(english.records) + len(english.deals)
    assert pulled.line().startswith(f"{everything} new")
    assert "0 skipped, 0 without deal" in pulled.line()


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        pytest.param("findings.jsonl", "fob bleeps", "fob beeps", "not verbatim", id="altered quote"),
        pytest.param("findings.jsonl", '"severity": 3', '"severity": 4', "severity", id="severity"),
        pytest.param("weeks.json", '"accounts": 5', '"accounts": 6', "top complaints", id="week count"),
        pytest.param("weeks.json", '"tickets": 12', '"tickets": 13', "volumes", id="volume"),
        pytest.param("keywords.json", '"deals_won": 5', '"deals_won": 6', "won and", id="keyword count"),
        pytest.param("questions.json", '"plan-slow": 12', '"plan-slow": 11', "counts 12", id="question"),
        pytest.param("pii.jsonl", "01632 960417", "01632 960418", "not in the turn", id="personal data"),
        pytest.param("tickets.jsonl", "01632 960288", "01632 960417", "not listed", id="unlisted number"),
        pytest.param("tickets.jsonl", "4242 4242 4242 4242", "4929 1234 5678 9012", "card", id="card"),
        pytest.param("tickets.jsonl", "@stcorbins.example.com", "@stcorbins.com", "reserved", id="mail"),
        pytest.param("special.json", '"T-0055"', '"T-0056"', "same week on every clock", id="border"),
        pytest.param("koe.toml", "Europe/London", "UTC", "the zone does not matter", id="zone"),
    ],
)
def test_the_proof_notices_what_was_altered(
    tmp_path: Path, file: str, old: str, new: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "set"
    shutil.copytree(ENGLISH, folder)
    text = (folder / file).read_text("utf-8")
    assert old in text
    (folder / file).write_text(text.replace(old, new, 1), "utf-8")
    assert main([str(folder)]) == 1
    assert said in capsys.readouterr().out


def test_a_label_that_points_nowhere_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "set"
    shutil.copytree(ENGLISH, folder)
    text = (folder / "pii.jsonl").read_text("utf-8")
    (folder / "pii.jsonl").write_text(text.replace('"turn": 0', '"turn": 99', 1), "utf-8")
    assert main([str(folder)]) == 1
    assert "there is no turn 99 of it" in capsys.readouterr().out


def test_conversations_of_ones_own_are_not_held_to_the_design_of_a_made_up_set(english: Labels) -> None:
    own = english._replace(questions=[row for row in english.questions if row["answerable"]])
    assert check_set(own, own=True) == []
    assert check_set(own) == ["questions: fewer than three cannot be answered"]


def test_a_set_of_findings_and_tickets_alone_can_be_proved(tmp_path: Path) -> None:
    shutil.copy(ENGLISH / "tickets.jsonl", tmp_path)
    findings = (ENGLISH / "findings.jsonl").read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "findings.jsonl").write_text("".join(row for row in findings if '"T-0001"' in row), "utf-8")
    assert main(["--own", str(tmp_path)]) == 0
