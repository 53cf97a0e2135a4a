"""Recorded answers: matched by the full key, scored like a model, and counted apart where there are none."""

import json
from pathlib import Path
from typing import Any

import pytest

from eval.labels import open_set
from eval.recorded import unanswered, write_requests
from koe.engine import pick_engine
from koe.engine.model.opening import open_caller
from koe.engine.model.recorded import load_recording, missing
from koe.engine.model.request import Request, spec_named
from koe.errors import SetupError
from koe.settings import Settings
from koe.workspace import open_workspace
from tests.good_model import good_model
from tests.model_calls import GOOD, calls, check

MODEL = "openai:by-hand"


def recording(path: Path, rows: list[dict[str, Any]], model: str = MODEL) -> str:
    """A file of answers, as the engine is named."""
    lines = [{"model": model}, *rows]
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    return str(path)


def key_of(n: int, model: str = MODEL) -> str:
    """The key of one of `calls`."""
    return Request(calls(n + 1)[n], spec_named(model)).key


def test_an_answer_counts_for_its_own_question_alone(tmp_path: Path) -> None:
    file = recording(tmp_path / "a.jsonl", [{"custom_id": key_of(1), "content": GOOD}])
    caller = open_caller(open_workspace(Settings(home=tmp_path / "koe", model=f"recorded:{file}")))
    assert caller.model == MODEL
    assert [reply.text for reply in caller.ask(calls(3), check)] == [None, GOOD, None]
    assert missing(file) == {"find": 2}
    assert missing(file) == {}


def test_an_answer_of_another_model_counts_for_nothing(tmp_path: Path) -> None:
    file = recording(tmp_path / "a.jsonl", [{"custom_id": key_of(0, "openai:other"), "content": GOOD}])
    caller = open_caller(open_workspace(Settings(home=tmp_path / "koe", model=f"recorded:{file}")))
    assert caller.ask(calls(1), check)[0].text is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param('{"custom_id": "a", "content": "{}"}\n', "does not say which model", id="no header"),
        pytest.param('{"model": "openai:a", "seed": 1}\n', "has 'seed'", id="an unknown field"),
        pytest.param('{"model": "openai:a"}\n{broken\n', "line 2: it is no JSON", id="a broken line"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "a.jsonl").write_text(text, "utf-8")
    with pytest.raises(SetupError, match=says):
        load_recording(str(tmp_path / "a.jsonl"))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="cannot be read"):
        pick_engine(open_workspace(Settings(home=tmp_path, model=f"recorded:{tmp_path / 'none.jsonl'}")))


def test_the_questions_of_a_set_are_written_round_by_round(tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    ticket = {
        "id": "T-1",
        "kind": "ticket",
        "account": {"id": "A-1", "name": ""},
        "created_at": "2026-09-01T00:00:00Z",
        "turns": [{"speaker": "customer", "text": "架空の望遠鏡が毎晩止まって困っています。"}],
    }
    found = {"record_id": "T-1", "turn": 0, "kind": "complaint", "quote": "止まって", "theme": "t"}
    for name, row in (("tickets.jsonl", ticket), ("findings.jsonl", found)):
        (tmp_path / "set" / name).write_text(json.dumps(row, ensure_ascii=False) + "\n", "utf-8")
    sets = [open_set(tmp_path / "set")]
    out, rows, rounds = tmp_path / "q.jsonl", [], []
    engine = MODEL
    while counts := write_requests(sets, engine, out):
        rounds.append(counts)
        assert len(rounds) < 9
        for line in out.read_text("utf-8").splitlines():
            question = json.loads(line)
            rows.append({"custom_id": question["custom_id"], "content": good_model(question["body"])})
        engine = f"recorded:{recording(tmp_path / f'a{len(rounds)}.jsonl', rows)}"
    assert rounds[:2] == [{"find": 1}, {"settle": 1}]
    assert list(unanswered(engine)) == []
    assert list(unanswered("offline")) == []
