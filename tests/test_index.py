"""The index: passages in the ledger, vectors beside it, and every kind of damage found and healed."""

import json
import os
import random
import shutil
from collections.abc import Callable

import pytest
import sqlalchemy as sa

from koe.index import check_index, reindex
from koe.index.passages import LONGEST, cut
from koe.index.rebuild import bring_up_to_date
from koe.index.station import index_batch, unindexed
from koe.index.store import collection_of, folder_of, locked
from koe.language.tokens import tokenize
from koe.language.vectors import EMBEDDER
from koe.ledger.schema import conversation, note, passage, turn
from koe.ledger.withdrawal import withdraw
from koe.workspace import Workspace
from tests.talk import TICKETS, in_chroma, index_folder, keys, manifest_of, put, waiting

pytest_plugins = ["tests.postgres", "tests.built_index"]


def test_passages_are_whole_sentences_up_to_their_length() -> None:
    text = "一つ目の文です。二つ目です。\n" + "とても長い文が続き、" * 60 + "終わります。おしまいです。"
    spans = [(one.start, one.end) for one in cut("c", 0, "customer", text, tokenize(text))]
    assert spans[0] == (0, 14)
    assert all(end - start <= LONGEST for start, end in spans)
    assert "".join(text[start:end] for start, end in spans) == text.replace("\n", "")
    assert all(text[end - 1] in "。、" for _, end in spans)


def test_a_station_does_what_is_masked_and_not_indexed(any_workspace: Workspace) -> None:
    ws = any_workspace
    done = put(ws, "T-1", "印刷が止まります。", "在庫の数が合いません。")
    waits = put(ws, "T-2", "まだ伏せ字になっていません。")
    gone = put(ws, "T-3", "取り下げました。")
    with ws.ledger.begin() as conn:
        conn.execute(conversation.update().where(conversation.c.id == waits).values(version="v2"))
        withdraw(conn, conversation, [gone])
    assert unindexed(ws.ledger) == [done]
    index_batch(ws, [done, waits, gone])
    assert unindexed(ws.ledger) == []
    assert keys(ws, passage) == in_chroma(ws)
    assert len(keys(ws, passage)) == 2
    assert check_index(ws).ok
    assert waiting(ws) == 0


def test_terms_of_each_turn_are_kept_with_how_they_were_written(workspace: Workspace) -> None:
    put(workspace, "T-1", "サーバとサーバーの設定画面。", "はい。")
    index_batch(workspace, unindexed(workspace.ledger))
    with workspace.ledger.connect() as conn:
        rows = conn.scalars(sa.select(turn.c.terms).order_by(turn.c.n)).all()
    assert json.loads(rows[0])["サーバー"] == ["サーバ", "サーバー"]
    assert "設定画面" in json.loads(rows[0])
    assert json.loads(rows[1]) == {}


def test_an_edited_conversation_leaves_no_passage_behind(any_workspace: Workspace) -> None:
    ws = any_workspace
    index_batch(ws, [put(ws, "T-1", "印刷が止まります。", "在庫の数が合いません。")])
    before = keys(ws, passage)
    index_batch(ws, [put(ws, "T-1", "印刷が止まります。", "在庫の数は合いました。", version="v2")])
    after = keys(ws, passage)
    assert len(after) == 2
    assert len(set(before) & set(after)) == 1
    assert in_chroma(ws) == after


def test_a_withdrawn_conversation_leaves_the_index(any_workspace: Workspace) -> None:
    ws = any_workspace
    key = put(ws, "T-1", "印刷が止まります。")
    index_batch(ws, [key, put(ws, "T-2", "在庫の数が合いません。")])
    with ws.ledger.begin() as conn:
        withdraw(conn, conversation, [key])
    index_batch(ws, [])
    assert in_chroma(ws) == keys(ws, passage)
    assert len(in_chroma(ws)) == 1


def test_nothing_said_is_stored_in_the_vector_index(indexed: Workspace) -> None:
    stored = b"".join(path.read_bytes() for path in index_folder(indexed).rglob("*") if path.is_file())
    assert b"A1" in stored
    assert not any(word.encode() in stored for word in ("印刷", "請求", "barcode", "倉庫"))


def test_an_untouched_index_is_left_alone(indexed: Workspace) -> None:
    place = index_folder(indexed)
    assert check_index(indexed).ok
    index_batch(indexed, [])
    assert index_folder(indexed) == place
    assert check_index(indexed) == (True, f"文章{TICKETS}件、{EMBEDDER}", TICKETS)


def test_an_empty_ledger_has_a_sound_index(workspace: Workspace) -> None:
    assert check_index(workspace).ok
    index_batch(workspace, [])
    assert reindex(workspace) == 0
    assert check_index(workspace).ok


def _no_folder(ws: Workspace) -> None:
    shutil.rmtree(index_folder(ws))


def _no_index_at_all(ws: Workspace) -> None:
    shutil.rmtree(folder_of(ws))


def _no_graph(ws: Workspace) -> None:
    for folder in index_folder(ws).iterdir():
        if folder.is_dir():
            shutil.rmtree(folder)


def _no_manifest(ws: Workspace) -> None:
    (index_folder(ws) / "manifest.json").unlink()


def _broken_manifest(ws: Workspace) -> None:
    (index_folder(ws) / "manifest.json").write_text("{")


def _another_embedder(ws: Workspace) -> None:
    found = manifest_of(ws)
    with ws.ledger.begin() as conn:
        body = found.model_copy(update={"embedder": "other/9"}).model_dump_json()
        conn.execute(note.update().where(note.c.key == "index").values(value=body))


def _another_ledger(ws: Workspace) -> None:
    (sealed := index_folder(ws) / "manifest.json").write_text(
        sealed.read_text().replace(index_folder(ws).name, "koe-00000000")
    )


def _never_built(ws: Workspace) -> None:
    with ws.ledger.begin() as conn:
        conn.execute(note.delete())


def _rows_lost_inside(ws: Workspace) -> None:
    """What two writers do to each other: rows are gone, and the files look as koe left them."""
    with locked(ws), collection_of(ws, manifest_of(ws)) as collection:
        collection.delete(ids=keys(ws, passage)[::2])


def _cut_off_while_writing(ws: Workspace) -> None:
    _rows_lost_inside(ws)
    sealed = index_folder(ws) / "manifest.json"
    sealed.write_text(json.dumps(json.loads(sealed.read_text()) | {"files": None}))


@pytest.mark.parametrize(
    "harm",
    [
        _no_folder,
        _no_index_at_all,
        _no_graph,
        _no_manifest,
        _broken_manifest,
        _another_embedder,
        _another_ledger,
        _never_built,
        _rows_lost_inside,
        _cut_off_while_writing,
    ],
    ids=lambda harm: harm.__name__.strip("_"),
)
def test_damage_is_found_and_healed(indexed: Workspace, harm: Callable[[Workspace], None]) -> None:
    harm(indexed)
    health = check_index(indexed)
    assert not health.ok
    assert "koe reindex" in health.says
    index_batch(indexed, [])
    assert check_index(indexed).ok
    assert in_chroma(indexed) == keys(indexed, passage)
    assert [path.name for path in folder_of(indexed).iterdir() if path.is_dir()] == [
        index_folder(indexed).name
    ]


@pytest.mark.parametrize("seed", range(20))
def test_random_bytes_and_truncation_are_found_and_healed(indexed: Workspace, seed: int) -> None:
    rng = random.Random(seed)
    files = sorted(
        path for path in index_folder(indexed).rglob("*") if path.is_file() and path.suffix != ".json"
    )
    victim = rng.choice(files)
    body = bytearray(victim.read_bytes())
    if seed % 4 == 0:
        body = body[: rng.randrange(len(body))]
    else:
        at = rng.randrange(len(body))
        body[at] ^= 1 << rng.randrange(8)
    victim.write_bytes(body)
    assert not check_index(indexed).ok
    index_batch(indexed, [])
    assert check_index(indexed).ok
    assert in_chroma(indexed) == keys(indexed, passage)


def test_doctor_finds_a_flipped_bit_that_left_no_trace(indexed: Workspace) -> None:
    victim = next(index_folder(indexed).rglob("data_level0.bin"))
    times = victim.stat()
    body = bytearray(victim.read_bytes())
    body[len(body) // 2] ^= 1
    victim.write_bytes(body)
    os.utime(victim, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert not check_index(indexed).ok
    assert reindex(indexed) == TICKETS
    assert check_index(indexed).ok


def test_looking_at_a_broken_index_does_not_bless_it(indexed: Workspace) -> None:
    _rows_lost_inside(indexed)
    assert not check_index(indexed).ok
    assert not check_index(indexed).ok


def test_rebuilding_gives_the_same_answers(indexed: Workspace) -> None:
    before = in_chroma(indexed)
    place = index_folder(indexed)
    assert reindex(indexed) == TICKETS
    assert in_chroma(indexed) == before
    assert index_folder(indexed) != place
    assert not place.exists()


def test_only_one_process_opens_the_index_at_a_time(
    indexed: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    from koe.errors import BusyError
    from koe.index import store

    monkeypatch.setattr(store, "PATIENCE_S", 0.1)
    with locked(indexed), pytest.raises(BusyError):
        bring_up_to_date(indexed)
