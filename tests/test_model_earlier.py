"""What was asked before is used as it was asked: packs stay when a part of them is read."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from connectors import folder_source
from koe.engine import pick_engine
from koe.engine.model.earlier import taken_up
from koe.engine.model.find import find_calls
from koe.engine.model.packs import packed, pieces_of, render_pack
from koe.engine.model.shape import Earlier
from koe.errors import PendingError
from koe.export import export
from koe.find import read_batch, unread
from koe.ledger.exchange import journal as rows
from koe.ledger.intake import pull
from koe.model.by_batch import by_batch
from koe.model.by_file import Wanted, take_in, write_out
from koe.street import find_new, mask_new, weeks_with_data
from koe.workspace import Workspace
from tests.good_model import good_model
from tests.model_calls import workspace_for
from tests.model_server import Act, ModelServer
from tests.observatory import masked, records

TAIL = "\n\nAnswer in JSON."


TICKETS = 30


def told(count: int, edited: int | None = None) -> list[dict[str, Any]]:
    """So many tickets, each with a matter of its own; one of them edited."""
    made = []
    for n in range(count):
        more = "もう一度開いても同じです。" if n == edited else ""
        text = f"第{n}区画の一覧を開くと、画面が固まって何もできません。{more}"
        at = f"2026-09-{1 + n % 9:02}T09:00:00+09:00"
        turn = {"speaker": "customer", "name": "", "text": text, "at": at}
        account = {"id": f"A-{n}", "name": ""}
        head = {
            "id": f"T-{n}",
            "kind": "ticket",
            "created_at": at,
            "account": account,
            "subject": f"一覧 {n}",
        }
        made.append({**head, "turns": [turn]})
    return made


def write(folder: Path, tickets: Sequence[dict[str, Any]]) -> Path:
    """The tickets as a folder of records."""
    folder.mkdir(exist_ok=True)
    text = "".join(json.dumps(item, ensure_ascii=False) + "\n" for item in tickets)
    (folder / "tickets.jsonl").write_text(text, "utf-8")
    return folder


def opened(server: ModelServer, tmp_path: Path, **settings: Any) -> Workspace:
    """The workspace, with what lies in its folder pulled and masked."""
    ws = workspace_for(server, tmp_path / "koe", **settings)
    pull(ws, folder_source(tmp_path / "data", ws.settings))
    mask_new(ws)
    return ws


def answer_all(questions: Path, path: Path, only: slice = slice(None)) -> Path:
    """A file of answers to these lines of a file of questions."""
    bodies = [json.loads(line) for line in questions.read_text("utf-8").splitlines()[only]]
    answers = [{"custom_id": line["custom_id"], "content": good_model(line["body"])} for line in bodies]
    path.write_text("".join(json.dumps(line) + "\n" for line in answers), "utf-8")
    return path


def states(ws: Workspace) -> list[str]:
    """The coverage of every conversation, by id."""
    return [row["state"] for row in export(ws, "conversations", None, None)]


def test_answers_that_came_by_file_are_used_when_a_part_was_read_before(tmp_path: Path) -> None:
    write(tmp_path / "data", told(TICKETS))
    with ModelServer(good_model) as server:
        ws = opened(server, tmp_path)
        write_out(ws, tmp_path / "q.jsonl", Wanted(weeks_with_data(ws)))
        take_in(ws, answer_all(tmp_path / "q.jsonl", tmp_path / "a.jsonl"))
        engine = pick_engine(ws)
        for n in (4, 17):
            read_batch(ws, engine, [unread(ws, engine)[n]])
        find_new(ws, engine)
        assert server.calls == []
    assert states(ws) == ["read"] * TICKETS


def test_only_what_is_new_or_edited_since_is_asked(tmp_path: Path) -> None:
    write(tmp_path / "data", told(TICKETS))
    with ModelServer(good_model) as server:
        ws = opened(server, tmp_path)
        write_out(ws, tmp_path / "q.jsonl", Wanted(weeks_with_data(ws)))
        take_in(ws, answer_all(tmp_path / "q.jsonl", tmp_path / "a.jsonl"))
        write(tmp_path / "data", told(TICKETS + 1, edited=3))
        ws = opened(server, tmp_path, batch_size=7)
        find_new(ws, pick_engine(ws))
        asked = "".join(call["messages"][1]["content"] for call in server.calls)
        assert sorted(n for n in range(TICKETS + 1) if f"第{n}区画" in asked) == [3, TICKETS]
    assert states(ws) == ["read"] * (TICKETS + 1)


def test_questions_that_are_out_keep_their_ids_when_some_answers_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    write(tmp_path / "data", told(TICKETS))
    with ModelServer(good_model) as server:
        ws = opened(server, tmp_path, batch_size=20)
        wanted = Wanted(weeks_with_data(ws))
        write_out(ws, tmp_path / "one.jsonl", wanted)
        take_in(ws, answer_all(tmp_path / "one.jsonl", tmp_path / "a.jsonl", slice(0, None, 2)))
        engine = pick_engine(ws)
        keyless = workspace_for(server, tmp_path / "koe", api_key=None, base_url=None, batch_size=20)
        find_new(keyless, pick_engine(keyless))
        assert 0 < states(ws).count("left") < TICKETS
        write_out(ws, tmp_path / "two.jsonl", wanted)
        one, two = ((tmp_path / f"{name}.jsonl").read_text("utf-8").splitlines() for name in ("one", "two"))
        assert two == one[1::2]
        take_in(ws, answer_all(tmp_path / "two.jsonl", tmp_path / "a.jsonl"))
        find_new(ws, engine)
        assert server.calls == []
    assert states(ws) == ["read"] * TICKETS


def test_what_a_batch_carries_is_not_asked_by_a_run_that_regroups(tmp_path: Path) -> None:
    write(tmp_path / "data", told(TICKETS))
    with ModelServer(good_model) as server:
        server.batches.looks = 3
        ws = opened(server, tmp_path, batch_wait_s=0)
        with pytest.raises(PendingError):
            by_batch(ws)
        write(tmp_path / "data", told(TICKETS + 1, edited=3))
        ws = opened(server, tmp_path, batch_size=7, batch_wait_s=60, batch_poll_s=0.01)
        find_new(ws, pick_engine(ws))
        asked = "".join(call["messages"][1]["content"] for call in server.calls)
        assert sorted(n for n in range(TICKETS + 1) if f"第{n}区画" in asked) == [3, TICKETS]
        assert states(ws).count("left") == TICKETS - 1
        made = len(server.calls)
        by_batch(ws)
        find_new(ws, pick_engine(ws))
        assert (len(server.calls), len(server.batches.batches)) == (made, 1)
    assert states(ws) == ["read"] * (TICKETS + 1)


def test_a_question_without_an_answer_is_not_asked_for_what_nobody_wants_any_more(tmp_path: Path) -> None:
    write(tmp_path / "data", told(10))
    with ModelServer([Act(status=500, error={"code": "x"})]) as server:
        ws = opened(server, tmp_path, tries=1)
        find_new(ws, pick_engine(ws))
        assert states(ws) == ["failed"] * 10
        write(tmp_path / "data", told(10)[:9])
        ws = opened(server, tmp_path)
        server.script, before = good_model, len(server.calls)
        find_new(ws, pick_engine(ws))
        asked = "".join(call["messages"][1]["content"] for call in server.calls[before:])
    assert "第8区画" in asked
    assert "第9区画" not in asked


def test_an_answer_to_another_prompt_is_not_used(tmp_path: Path) -> None:
    write(tmp_path / "data", told(5))
    with ModelServer(good_model) as server:
        ws = opened(server, tmp_path)
        find_new(ws, pick_engine(ws))
        ws = workspace_for(server, tmp_path / "koe", parameters={"seed": 7})
        find_new(ws, pick_engine(ws))
        assert len(server.calls) == 2
        with ws.ledger.begin() as conn:
            said = {"user": "### 1 other", "mend": None, "max_tokens": 1}
            conn.execute(sa.update(rows).values(request=json.dumps(said)))
        assert pick_engine(ws).caller.earlier(*like(ws)) == []  # type: ignore[attr-defined]


def like(ws: Workspace) -> Any:
    """What asks for all that was asked before."""
    from koe.find import load_masked

    with ws.ledger.connect() as conn:
        some = load_masked(conn, ["files:T-0", "files:T-1"])
    (call,) = find_calls(some)
    return call, lambda call, text: None


@given(st.data())
def test_every_record_is_in_one_question_or_left_and_in_order(data: st.DataObject) -> None:
    first = masked(records()[0])
    some = [first.model_copy(update={"id": f"files:{n}", "title": f"件 {n % 9}"}) for n in range(12)]
    pieces = [piece for item in some for piece in pieces_of(item)]
    earlier = []
    for _ in range(data.draw(st.integers(0, 4))):
        chosen = data.draw(st.lists(st.sampled_from(pieces), min_size=1, max_size=6, unique_by=id))
        (call,) = find_calls(some[:1])
        stands = data.draw(st.sampled_from(["answered", "coming", "open"]))
        earlier += [Earlier(call._replace(user=render_pack(pack) + TAIL), stands) for pack in packed(chosen)]
    wanted = data.draw(st.lists(st.sampled_from(pieces), unique_by=id))
    questions, left = taken_up(earlier, wanted, TAIL)
    held = [piece for one in questions for piece in one.pieces if piece is not None]
    assert sorted(map(id, [*held, *left])) == sorted(map(id, wanted))
    assert [piece for piece in wanted if id(piece) in set(map(id, left))] == left
    assert all(
        None not in one.pieces
        for one in questions
        if any(one.call.user == other.call.user and other.stands == "open" for other in earlier)
        and not any(one.call.user == other.call.user and other.stands != "open" for other in earlier)
    )
