"""Questions out, answers in, by file: round after round until there is nothing to ask; no key, no network."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from connectors import folder_source
from koe.cli import app
from koe.engine import pick_engine
from koe.engine.model import journal
from koe.errors import KoeError, PendingError, SetupError
from koe.export import export
from koe.ledger.intake import pull
from koe.model.by_batch import by_batch
from koe.model.by_file import Wanted, take_in, write_out
from koe.publish import published
from koe.settings import Settings
from koe.street import find_new, mask_new, walk, weeks_with_data
from koe.workspace import Workspace, open_workspace
from tests.good_model import good_model
from tests.model_calls import workspace_for
from tests.model_server import Act, ModelServer

SAMPLE = Path(__file__).parent.parent / "sample"
MODEL = "openai:by-hand"
QUESTION = "失注した商談では何が話されている?"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Thirty tickets of three weeks."""
    made = tmp_path / "data"
    made.mkdir()
    lines = (SAMPLE / "tickets.jsonl").read_text("utf-8").splitlines()[:30]
    (made / "tickets.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    return made


@pytest.fixture
def ws(tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A workspace with a model and without a key."""
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    made = open_workspace(Settings(home=tmp_path / "koe", model=MODEL))
    pull(made, folder_source(folder, made.settings))
    return made


def answers_of(questions: Path, path: Path, only: Iterable[int] | None = None) -> Path:
    """A file of answers to a file of questions, or to those of these lines."""
    lines = [json.loads(line) for line in questions.read_text("utf-8").splitlines()]
    chosen = lines if only is None else [lines[n] for n in only]
    rows = [{"custom_id": line["custom_id"], "content": good_model(line["body"])} for line in chosen]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    return path


def rounds_of(ws: Workspace, tmp_path: Path, wanted: Wanted) -> list[dict[str, int]]:
    """What each round asked, until nothing is left."""
    asked = []
    while counts := write_out(ws, tmp_path / "q.jsonl", wanted):
        asked.append(counts)
        assert len(asked) < 12
        take_in(ws, answers_of(tmp_path / "q.jsonl", tmp_path / "a.jsonl"))
    return asked


def test_rounds_come_to_an_end_and_the_report_is_the_models(ws: Workspace, tmp_path: Path) -> None:
    weeks = weeks_with_data(ws)
    asked = rounds_of(ws, tmp_path, Wanted(weeks, (QUESTION,), "2026-11-22"))
    assert [verb for counts in asked for verb in counts][:3] == ["find", "settle", "compose"]
    assert {"plan", "answer"} <= {verb for counts in asked for verb in counts} | {"answer"}
    engine = pick_engine(ws)
    walk(ws, engine, weeks)
    given = published(ws, weeks[-1])
    assert given is not None
    found = list(export(ws, "findings", None, None))
    assert found
    assert {row["engine"] for row in found} == {engine.name}
    assert all(
        row["state"] in ("read", "nothing", "empty") for row in export(ws, "conversations", None, None)
    )


def test_a_question_is_whole_in_itself(ws: Workspace, tmp_path: Path) -> None:
    write_out(ws, tmp_path / "q.jsonl", Wanted(weeks_with_data(ws)))
    for line in (tmp_path / "q.jsonl").read_text("utf-8").splitlines():
        question = json.loads(line)
        assert (question["method"], question["url"]) == ("POST", "/v1/chat/completions")
        assert len(question["custom_id"]) == 64
        body = question["body"]
        assert body["model"] == "by-hand"
        assert [message["role"] for message in body["messages"]] == ["system", "user"]
        assert body["response_format"]["json_schema"]["strict"] is True


def test_the_same_questions_come_until_they_are_answered(ws: Workspace, tmp_path: Path) -> None:
    wanted = Wanted(weeks_with_data(ws))
    write_out(ws, tmp_path / "one.jsonl", wanted)
    write_out(ws, tmp_path / "two.jsonl", wanted)
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()
    take_in(ws, answers_of(tmp_path / "one.jsonl", tmp_path / "a.jsonl", [0, 2]))
    left = write_out(ws, tmp_path / "three.jsonl", wanted)
    one, three = ((tmp_path / f"{name}.jsonl").read_text("utf-8").splitlines() for name in ("one", "three"))
    assert left == {"find": len(one) - 2}
    assert three == [line for n, line in enumerate(one) if n not in (0, 2)]


def test_lines_that_fit_nothing_are_named_and_the_rest_is_taken(ws: Workspace, tmp_path: Path) -> None:
    write_out(ws, tmp_path / "q.jsonl", Wanted(weeks_with_data(ws)))
    good = answers_of(tmp_path / "q.jsonl", tmp_path / "a.jsonl").read_text("utf-8").splitlines()
    failed = json.dumps(
        {"custom_id": json.loads(good[1])["custom_id"], "response": None, "error": {"code": "x"}}
    )
    question = (tmp_path / "q.jsonl").read_text("utf-8").splitlines()[0]
    lines = [good[0], "{broken", '{"custom_id": "other", "content": "{}"}', failed, question, "", good[0]]
    (tmp_path / "a.jsonl").write_text("\ufeff" + "\r\n".join(lines), "utf-8")
    taken = take_in(ws, tmp_path / "a.jsonl")
    assert (taken.stored, taken.known) == (1, 0)
    assert [line.partition(":")[0] for line in taken.wrong[:3]] == ["line 2", "line 4", "line 5"]
    assert "custom_id 'other' fits no question" in taken.wrong
    assert take_in(ws, tmp_path / "a.jsonl")[:2] == (0, 1)


def test_an_answer_that_cannot_be_used_is_asked_for_once_more(ws: Workspace, tmp_path: Path) -> None:
    wanted = Wanted(weeks_with_data(ws))
    write_out(ws, tmp_path / "q.jsonl", wanted)
    keys = [json.loads(line)["custom_id"] for line in (tmp_path / "q.jsonl").read_text("utf-8").splitlines()]
    rows = [{"custom_id": key, "content": "I would say they are unhappy."} for key in keys]
    (tmp_path / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    take_in(ws, tmp_path / "a.jsonl")
    assert write_out(ws, tmp_path / "q.jsonl", wanted) == {"find": len(keys)}
    again = json.loads((tmp_path / "q.jsonl").read_text("utf-8").splitlines()[0])
    assert [message["role"] for message in again["body"]["messages"]] == ["system", "user", "user"]
    assert again["custom_id"] not in keys


def test_without_a_key_answers_count_and_the_rest_stays_unread(ws: Workspace, tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="koe batch export"):
        pick_engine(ws)
    write_out(ws, tmp_path / "q.jsonl", Wanted(weeks_with_data(ws)))
    take_in(ws, answers_of(tmp_path / "q.jsonl", tmp_path / "a.jsonl", [0]))
    mask_new(ws)
    find_new(ws, pick_engine(ws))
    states = [row["state"] for row in export(ws, "conversations", None, None)]
    assert states.count("left") > 0
    assert states.count("read") > 0
    assert states.count("failed") == 0


def test_a_week_waits_for_its_themes(ws: Workspace, tmp_path: Path) -> None:
    weeks = weeks_with_data(ws)
    write_out(ws, tmp_path / "q.jsonl", Wanted(weeks))
    take_in(ws, answers_of(tmp_path / "q.jsonl", tmp_path / "a.jsonl"))
    with pytest.raises(PendingError, match="settle"):
        walk(ws, pick_engine(ws), weeks)
    assert published(ws, weeks[-1]) is None


def test_find_goes_by_batch_and_the_week_is_made_of_it(tmp_path: Path, folder: Path) -> None:
    with ModelServer(good_model) as server:
        ws = workspace_for(server, tmp_path / "koe", batch_wait_s=5, batch_poll_s=0.01)
        pull(ws, folder_source(folder, ws.settings))
        mask_new(ws)
        by_batch(ws)
        assert server.calls == []
        weeks = weeks_with_data(ws)
        walk(ws, pick_engine(ws), weeks)
        verbs = {call["response_format"]["json_schema"]["name"] for call in server.calls}
    assert verbs == {"settle", "compose"}


def test_a_batch_that_takes_longer_is_resumed(tmp_path: Path, folder: Path) -> None:
    with ModelServer(good_model) as server:
        server.batches.looks = 4
        ws = workspace_for(server, tmp_path / "koe", batch_wait_s=0)
        pull(ws, folder_source(folder, ws.settings))
        mask_new(ws)
        waits = 0
        for _ in range(9):
            try:
                by_batch(ws)
                break
            except PendingError:
                waits += 1
        assert waits > 0
        assert journal.in_batches(ws.ledger) == {}
        assert len(server.batches.batches) == 1
        find_new(ws, pick_engine(ws))
        assert server.calls == []


def test_the_commands_say_what_they_did(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("KOE_MODEL", MODEL)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.setenv("KOE_PRICE_INPUT", "0.4")
    monkeypatch.setenv("KOE_PRICE_OUTPUT", "1.6")
    monkeypatch.setenv("KOE_LANGUAGE", "en")

    def koe(*arguments: Any) -> str:
        try:
            app(["--home", str(tmp_path / "koe"), *map(str, arguments)], standalone_mode=False)
        except KoeError as error:
            return str(error)
        return capsys.readouterr().out

    koe("pull", "--from", folder)
    said = koe("weekly", "--estimate")
    assert "find" in said
    assert "USD" in said
    assert "no wall" in said
    assert "koe batch import" in koe("batch", "export", tmp_path / "q.jsonl")
    answers_of(tmp_path / "q.jsonl", tmp_path / "a.jsonl")
    assert "answers taken in" in koe("batch", "import", tmp_path / "a.jsonl")
    assert "cannot be read" in koe("batch", "import", tmp_path / "none.jsonl")
    monkeypatch.setenv("KOE_LANGUAGE", "ja")
    assert koe("batch", "import", tmp_path / "a.jsonl").startswith("返事0件を取り込みました、")
    head, find, *_, counted, wall = koe("weekly", "--estimate").splitlines()
    assert (head.split()[0], find.split()[0]) == ("回数", "find")
    assert counted.startswith("トークンは")
    assert wall.endswith("上限は設定されていません（--max-usd、KOE_MAX_USD）。")


def test_what_a_model_will_refuse_again_is_not_asked_again(tmp_path: Path, folder: Path) -> None:
    with ModelServer([Act(None, refusal="no")]) as server:
        ws = workspace_for(server, tmp_path / "koe")
        pull(ws, folder_source(folder, ws.settings))
        mask_new(ws)
        find_new(ws, pick_engine(ws))
        asked = len(server.calls)
        before = list(export(ws, "conversations", None, None))
        find_new(ws, pick_engine(ws))
        assert len(server.calls) == asked > 0
        assert list(export(ws, "conversations", None, None)) == before
    assert {row["state"] for row in before} == {"failed", "empty"}
