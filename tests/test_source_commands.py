"""`koe pull`, `koe reread` and `koe doctor` of a source over HTTP, from the front door; masked recordings."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from connectors.http.limits import Clock
from connectors.http.recording import record
from connectors.vendors import zendesk
from koe.cli import app
from koe.ledger.schema import conversation, skip
from tests.fake_zendesk import FakeZendesk
from tests.source_pulls import desk, held, pull_all, rows_of, source_of
from tests.vendor_fake import Asked, Fake, Reply, Stage, stage
from tests.vendor_world import World


@pytest.fixture(scope="module")
def theatre() -> Iterator[Stage]:
    with stage() as given_stage:
        yield given_stage


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> FakeZendesk:
    world = World()
    world.open("検索が遅い")
    world.open("請求書の宛名を変えたい")
    world.time.at += 3600
    monkeypatch.setattr(
        Clock, "__new__", lambda cls, *given: tuple.__new__(cls, given or tuple(world.time.clock))
    )
    return FakeZendesk(world)


def run(home: Path, *words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["--home", str(home), *words])
    return (1 if done.exception and done.exit_code == 1 else done.exit_code), done.output


def set_up(home: Path, fake: Fake, theatre: Stage) -> None:
    theatre.show(fake)
    home.mkdir(parents=True, exist_ok=True)
    desk = f'[sources.desk]\ntype = "zendesk"\nbase_url = "{theatre.base_url}"\nsince = 2026-09-01\n'
    toml = f'language = "en"\n{desk}'
    (home / "koe.toml").write_text(toml + 'email = "me@ours.example"\ntoken_env = "DESK_TOKEN"\n', "utf-8")


def test_pull_and_doctor_from_the_front_door(
    tmp_path: Path, fake: FakeZendesk, theatre: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(tmp_path, fake, theatre)
    monkeypatch.setenv("DESK_TOKEN", fake.token)
    assert "desk: 2 new" in run(tmp_path, "pull", "desk")[1]
    shown = run(tmp_path, "doctor")[1]
    assert "ok    source desk, sign-in: as admin" in shown
    assert "ok    source desk, newest record: changed at 2026-09-21" in shown
    assert fake.token not in shown + run(tmp_path, "settings")[1]


def test_doctor_tells_in_japanese_what_a_source_said(
    tmp_path: Path, fake: FakeZendesk, theatre: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(tmp_path, fake, theatre)
    monkeypatch.setenv("KOE_LANGUAGE", "ja")
    monkeypatch.setenv("DESK_TOKEN", fake.token)
    shown = run(tmp_path, "doctor")[1]
    assert "正常   ソース desk、サインイン: admin としてサインインできました\n" in shown
    assert "正常   ソース desk、時計: サービス側の時計と合っています\n" in shown
    assert re.search(r"正常   ソース desk、最新の記録: 2026-09-21T\S+ に更新\n", shown)
    monkeypatch.setenv("DESK_TOKEN", "wrong")
    code, shown = run(tmp_path, "doctor")
    assert code == 1
    assert "要対応 ソース desk、サインイン: desk: GET /api/v2/users/me が断られました（401" in shown
    assert "トークンが正しくないか、期限切れです。新しいものを環境変数に入れてください。" in shown
    monkeypatch.delenv("DESK_TOKEN")
    shown = run(tmp_path, "doctor")[1]
    assert "要対応 ソース desk: 環境変数「DESK_TOKEN」が設定されていません。" in shown


def test_a_secret_that_is_not_set_is_one_clear_line(
    tmp_path: Path, fake: FakeZendesk, theatre: Stage
) -> None:
    set_up(tmp_path, fake, theatre)
    assert "'DESK_TOKEN' is not set" in str(
        CliRunner().invoke(app, ["--home", str(tmp_path), "pull"]).exception
    )
    assert "wrong source desk: The variable 'DESK_TOKEN' is not set" in run(tmp_path, "doctor")[1]


def test_a_source_that_is_down_does_not_stop_the_others(
    tmp_path: Path, fake: FakeZendesk, theatre: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(tmp_path, fake, theatre)
    monkeypatch.setenv("DESK_TOKEN", fake.token)
    with (tmp_path / "koe.toml").open("a", encoding="utf-8") as file:
        file.write('[sources.a]\ntype = "intercom"\ntoken_env = "NOT_SET"\n[sources.z]\npath = "nowhere"\n')
    done = CliRunner().invoke(app, ["--home", str(tmp_path), "pull"])
    assert "desk: 2 new" in done.output
    assert "'NOT_SET' is not set" in str(done.exception)
    assert "nowhere" in done.output


def test_doctor_says_what_to_do_about_a_wrong_token_and_clock(
    tmp_path: Path, fake: FakeZendesk, theatre: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_up(tmp_path, fake, theatre)
    monkeypatch.setenv("DESK_TOKEN", "wr0ng")
    assert "wrong source desk, sign-in" in run(tmp_path, "doctor")[1]
    monkeypatch.setenv("DESK_TOKEN", fake.token)
    fake.world.time.wrong_s = 600
    assert (
        "clock: this machine is 10 minutes ahead of the vendor. Set its clock" in run(tmp_path, "doctor")[1]
    )


def test_reread_uses_what_is_kept_and_asks_nothing(
    tmp_path: Path, fake: FakeZendesk, theatre: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = zendesk.conversation_of

    def older(body: object, *more: object) -> object:
        found = real(body, *more)  # type: ignore[arg-type]
        if found.external_id == "2":
            raise ValueError
        return found.model_copy(update={"title": "as an older koe read it"})

    with desk(tmp_path, fake, theatre) as ws:
        with monkeypatch.context() as patch:
            patch.setattr(zendesk, "conversation_of", older)
            pull_all(ws, fake)
        assert [row["reason"] for row in rows_of(ws, skip)] == [
            "has a form that koe does not know (ValueError)"
        ]
        asked = len(fake.asked)
        from koe.ledger.reread import reread

        done = reread(ws, source_of(ws, fake))
        assert (done.new, done.changed, len(fake.asked)) == (1, 1, asked)
        assert held(ws) == fake.world.truth()
        assert rows_of(ws, skip) == []
        assert reread(ws, source_of(ws, fake)).line().startswith("0 new, 0 changed, 2 unchanged")


def test_a_folder_of_files_has_nothing_to_reread(tmp_path: Path) -> None:
    (tmp_path / "koe.toml").write_text('[sources.desk]\npath = "x"\n', "utf-8")
    error = CliRunner().invoke(app, ["--home", str(tmp_path), "reread", "desk"]).exception
    assert "koe pull desk" in str(error)


def test_a_recording_keeps_shapes_and_nothing_personal(
    tmp_path: Path, fake: FakeZendesk, theatre: Stage
) -> None:
    fake.world.reply(1, "電話は 03-1234-5678 です", who="customer")
    fake.world.time.at += 3600
    with desk(tmp_path / "home", fake, theatre) as ws:
        count = record(source_of(ws, fake), tmp_path / "taken")
    files = sorted((tmp_path / "taken").iterdir())
    assert len(files) == count >= 5
    text = "".join(file.read_text("utf-8") for file in files)
    for secret in ("客 1", "検索", "1234-5678", "shop1", "会社", fake.token, "ours.example"):
        assert secret not in text
    tickets = next(json.loads(file.read_text()) for file in files if "incremental" in file.read_text())
    first = tickets["answer"]["tickets"][0]
    assert (first["status"], first["external_id"], first["subject"]) == (
        "open",
        None,
        "<text of 4 characters>",
    )
    assert first["created_at"].startswith("2026-09-21")
    users = next(
        json.loads(file.read_text())["answer"] for file in files if "users/show_many" in file.read_text()
    )
    assert {user["id"] for user in users["users"]} == {
        t["requester_id"] for t in tickets["answer"]["tickets"]
    }


def test_a_quota_ends_the_pull_and_the_next_one_goes_on(
    tmp_path: Path, fake: FakeZendesk, theatre: Stage
) -> None:
    fake.page_size = 1
    with desk(tmp_path, fake, theatre) as ws:
        source = source_of(ws, fake)
        source.vendor.client.site = source.vendor.client.site._replace(is_quota=lambda answer: True)
        from koe.ledger.intake import pull

        def twist(asked: Asked, reply: Reply) -> None:
            if "cursor" in asked.query:
                reply.status, reply.body = 403, {"error": "TooMany"}

        fake.twist = twist
        done = pull(ws, source)
        assert (done.new, done.notes) == (
            1,
            ("desk: the allowance is used up for now; the next pull goes on.",),
        )
        fake.twist = None
        assert pull_all(ws, fake).new == 1
        assert len(rows_of(ws, conversation)) == 2
