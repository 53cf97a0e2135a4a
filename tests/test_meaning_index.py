"""The second vector index: told what came and went, mended where it is harmed, and never the first one."""

import shutil
from pathlib import Path

import pytest
import sqlalchemy as sa

from koe.doctor import examine
from koe.index import check_index, reindex
from koe.index.health import Health
from koe.index.health import examine as examine_index
from koe.index.manifest import Manifest, noted
from koe.index.shelf import Shelf
from koe.index.store import collection_of, folder_of, locked
from koe.ledger.exchange import meaning, meaning_change
from koe.meaning.standing import shelf_of
from koe.meaning.station import embed_new, renew
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.model_embedder import embedder, workspace_for
from tests.model_server import ModelServer, status
from tests.talk import in_chroma, keys, put, put_many
from tests.test_meaning import walk


def shelf(ws: Workspace) -> Shelf:
    """The shelf of the model's vectors."""
    with ws.ledger.connect() as conn:
        found = shelf_of(conn)
    assert found is not None
    return found


def manifest(ws: Workspace) -> Manifest:
    """What says which index of them is the right one."""
    with ws.ledger.connect() as conn:
        found = noted(conn, shelf(ws))
    assert found is not None
    return found


def in_second(ws: Workspace) -> list[str]:
    """The ids that the second index holds."""
    with locked(ws), collection_of(ws, manifest(ws)) as collection:
        return sorted(collection.get(include=[])["ids"])


def health(ws: Workspace) -> Health:
    """The second index looked at in full."""
    return examine_index(ws, shelf(ws))


def doctor(ws: Workspace) -> tuple[bool, str]:
    """What the doctor says of embeddings."""
    (found,) = [check for check in examine(ws) if check.name == "embeddings"]
    return found.ok, found.says


def test_both_indexes_hold_what_the_ledger_says(tmp_path: Path) -> None:
    with ModelServer(embedder()) as server:
        ws = workspace_for(server, tmp_path)
        put_many(ws)
        walk(ws)
    assert check_index(ws).ok
    assert health(ws).ok
    assert in_second(ws) == keys(ws, meaning) == in_chroma(ws)
    assert manifest(ws).dimension == 64
    assert manifest(ws).embedder == f"openai:loop at {server.url}"
    ok, says = doctor(ws)
    assert ok
    assert "文章48件" in says
    assert "64次元" in says


def test_what_changes_is_told_and_nothing_waits(tmp_path: Path) -> None:
    with ModelServer(embedder()) as server:
        ws = workspace_for(server, tmp_path)
        put(ws, "T-1", "印刷が止まります。")
        put(ws, "T-2", "請求書が合いません。")
        walk(ws)
        place = manifest(ws).place
        put(ws, "T-1", "印刷がまた止まります。", version="v2")
        walk(ws)
    assert manifest(ws).place == place
    assert in_second(ws) == keys(ws, meaning)
    with ws.ledger.connect() as conn:
        assert conn.execute(sa.select(meaning_change)).all() == []


def test_what_is_withdrawn_goes_also_when_the_model_is_not_set_any_more(tmp_path: Path) -> None:
    with ModelServer(embedder()) as server:
        ws = workspace_for(server, tmp_path)
        put(ws, "T-1", "印刷が止まります。")
        put(ws, "T-2", "請求書が合いません。")
        walk(ws)
    off = open_workspace(Settings(home=tmp_path))
    put(off, "T-1", "別の話です。", version="v2")
    walk(off)
    assert in_second(off) == keys(off, meaning)
    assert len(in_second(off)) == 1


def test_building_one_anew_leaves_the_other(tmp_path: Path) -> None:
    with ModelServer(embedder()) as server:
        ws = workspace_for(server, tmp_path)
        put_many(ws)
        walk(ws)
        place, made = manifest(ws).place, len(server.requests)
        reindex(ws)
        assert (manifest(ws).place, health(ws).ok) == (place, True)
        renew(ws, anew=False)
        assert manifest(ws).place != place
        assert len(server.requests) == made
    assert check_index(ws).ok
    assert health(ws).ok
    assert len([one for one in folder_of(ws).iterdir() if one.is_dir()]) == 2


def test_a_lost_index_is_seen_and_built_anew_from_the_ledger(tmp_path: Path) -> None:
    with ModelServer(embedder()) as server:
        ws = workspace_for(server, tmp_path)
        put_many(ws)
        walk(ws)
        shutil.rmtree(folder_of(ws, manifest(ws).place))
        assert not doctor(ws)[0]
        assert "koe reindex" in doctor(ws)[1]
        made = len(server.requests)
        put(ws, "T-9", "印刷が止まります。")
        walk(ws)
        assert len(server.requests) == made + 1
    assert in_second(ws) == keys(ws, meaning)


def test_another_model_has_an_index_of_its_own(tmp_path: Path) -> None:
    with ModelServer(embedder()) as server:
        ws = workspace_for(server, tmp_path)
        put_many(ws)
        walk(ws)
        other = workspace_for(server, tmp_path, embeddings_dimensions=32)
        assert not doctor(other)[0]
        embed_new(other)
    assert manifest(other).dimension == 32
    assert doctor(other)[0]
    assert not doctor(ws)[0]
    assert len([one for one in folder_of(ws).iterdir() if one.is_dir()]) == 2


def test_all_is_asked_for_anew_where_a_person_says_so(tmp_path: Path) -> None:
    with ModelServer(embedder()) as server:
        ws = workspace_for(server, tmp_path)
        put_many(ws)
        walk(ws)
        server.script = embedder(96)
        put(ws, "T-9", "印刷が止まります。")
        walk(ws)
        assert "文章49件のうち1件" in doctor(ws)[1]
        renew(ws, anew=True)
    assert shelf(ws).dimension == 96
    assert in_second(ws) == keys(ws, meaning)
    assert doctor(ws)[0]


def test_reindex_without_a_model_removes_what_one_has_left(tmp_path: Path) -> None:
    with ModelServer(embedder()) as server:
        ws = workspace_for(server, tmp_path)
        put_many(ws)
        walk(ws)
    off = open_workspace(Settings(home=tmp_path))
    renew(off, anew=False)
    assert keys(off, meaning) == []
    assert len([one for one in folder_of(off).iterdir() if one.is_dir()]) == 1
    assert [check for check in examine(off) if check.name == "embeddings"] == []
    assert check_index(off).ok


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        pytest.param({}, "文章2件のうち2件に openai:loop のベクトルがありません", id="nothing embedded"),
        pytest.param({"max_usd": 1.0}, "KOE_PRICE_EMBEDDINGS", id="no price"),
    ],
)
def test_the_doctor_says_what_is_missing(tmp_path: Path, settings: dict[str, float], says: str) -> None:
    with ModelServer([status(503)]) as server:
        ws = workspace_for(server, tmp_path)
        put(ws, "T-1", "印刷が止まります。")
        put(ws, "T-2", "請求書が合いません。")
        walk(ws)
        ok, said = doctor(workspace_for(server, tmp_path, **settings))
    assert not ok
    assert says in said
