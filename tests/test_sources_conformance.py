"""What every source over HTTP has to do, whatever its vendor is like: one suite for all of them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from koe.errors import RetryError, SetupError
from koe.ledger.schema import conversation, cursor, skip, version
from tests.source_pulls import FAKES, desk, held, pull_all, pull_until, rows_of, source_of, truth
from tests.vendor_fake import FAULTS, Reply, Stage, stage
from tests.vendor_world import World

DAY = 86_400
LATER = 3_600
TICKET_DESKS = ("freshdesk", "intercom", "jira", "kintone", "zendesk")


@pytest.fixture(scope="module")
def theatre() -> Iterator[Stage]:
    with stage() as given_stage:
        yield given_stage


@pytest.fixture(params=sorted(FAKES))
def kind(request: pytest.FixtureRequest) -> Any:
    return FAKES[request.param]


def small_world() -> World:
    world = World()
    for n in range(5):
        world.open(f"検索に {n} 分かかる")
        world.time.at += n % 2
    world.reply(1, "調べます")
    world.reply(1, "社内メモ: 例の件", public=False)
    world.reply(1, "まだ遅い", who="customer")
    world.time.at += LATER
    return world


def test_a_first_pull_brings_everything(kind: Any, theatre: Stage, tmp_path: Path) -> None:
    fake = kind(small_world(), page_size=2)
    with desk(tmp_path, fake, theatre) as ws:
        done = pull_all(ws, fake)
        assert held(ws) == truth(fake)
        assert (done.new, done.skipped) == (5, 0)
        assert done.notes == ()


def test_a_second_pull_of_the_same_changes_nothing(kind: Any, theatre: Stage, tmp_path: Path) -> None:
    fake = kind(small_world(), page_size=2)
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
        before = (rows_of(ws, conversation), rows_of(ws, version))
        fake.world.time.at += LATER
        done = pull_all(ws, fake)
        assert (done.new, done.changed, done.withdrawn) == (0, 0, 0)
        assert (rows_of(ws, conversation), rows_of(ws, version)) == before


def test_what_changed_since_comes_with_the_next_pull(kind: Any, theatre: Stage, tmp_path: Path) -> None:
    fake = kind(small_world(), page_size=2)
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
        fake.world.reply(2, "直りました")
        fake.world.open("請求書の宛名")
        fake.world.time.at += LATER
        done = pull_all(ws, fake)
        assert (done.new, done.changed) == (1, 1)
        assert held(ws) == truth(fake)


def test_what_changes_in_the_second_of_the_last_pull_is_not_lost(
    kind: Any, theatre: Stage, tmp_path: Path
) -> None:
    fake = kind(small_world(), page_size=2)
    with desk(tmp_path, fake, theatre) as ws:
        fake.world.open("同じ秒に来た")
        pull_all(ws, fake)
        fake.world.reply(6, "同じ秒の返事")
        fake.world.open("同じ秒の二件目")
        fake.world.time.at += LATER
        pull_all(ws, fake)
        assert held(ws) == truth(fake)


def test_what_was_deleted_is_withdrawn(kind: Any, theatre: Stage, tmp_path: Path) -> None:
    fake = kind(small_world(), page_size=2)
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
        fake.world.delete(3)
        fake.world.time.at += 8 * DAY
        assert pull_all(ws, fake).withdrawn == 1
        assert held(ws) == truth(fake)
        assert not [row for row in rows_of(ws, version) if row["conversation_id"] == "desk:3"]


def test_what_was_merged_moves_once(kind: Any, theatre: Stage, tmp_path: Path) -> None:
    if not kind.can_merge:
        pytest.skip(f"{kind.type} has no merged tickets")
    fake = kind(small_world(), page_size=2)
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
        fake.world.merge(4, 1)
        fake.world.time.at += LATER
        pull_all(ws, fake)
        assert held(ws) == truth(fake)
        gone = {
            row["external_id"]: row["merged_into"] for row in rows_of(ws, conversation) if row["withdrawn"]
        }
        assert gone == {"4": "desk:1"}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_on_the_way_changes_nothing(kind: Any, fault: str, theatre: Stage, tmp_path: Path) -> None:
    fake = kind(small_world(), page_size=2)
    with desk(tmp_path, fake, theatre) as ws:
        for n in range(2, 8):
            fake.script({n: fault})
            pull_all(ws, fake)
            fake.world.retitle(1 + n % 5, f"{fault} {n}")
            fake.world.time.at += LATER
        fake.script()
        pull_all(ws, fake)
        assert held(ws) == truth(fake)
        assert max(fake.world.time.slept, default=0) <= 901


def test_a_vendor_that_stays_down_leaves_the_cursor(kind: Any, theatre: Stage, tmp_path: Path) -> None:
    fake = kind(small_world(), page_size=2)
    with desk(tmp_path, fake, theatre) as ws:
        pull_until(ws, fake, 0, is_committed=True)
        before = rows_of(ws, cursor)
        fake.script(dict.fromkeys(range(1, 9), "503"))
        with pytest.raises(RetryError, match="503"):
            pull_all(ws, fake)
        assert rows_of(ws, cursor) == before
        fake.script()
        pull_all(ws, fake)
        assert held(ws) == truth(fake)


def test_a_refused_token_is_said_without_showing_it(kind: Any, theatre: Stage, tmp_path: Path) -> None:
    fake = kind(small_world())
    with desk(tmp_path, fake, theatre) as ws:
        fake.token = "another"
        source = source_of(ws, fake)
        with pytest.raises(SetupError, match="401") as caught:
            list(source.pages(source.streams[0], None))
        assert "s3cret" not in str(caught.value)


def test_a_page_that_never_advances_stops(kind: Any, theatre: Stage, tmp_path: Path) -> None:
    fake = kind(small_world(), page_size=2)
    first: dict[str, Reply] = {}

    def same(asked: Any, reply: Reply) -> None:
        if fake.is_listing(asked):
            kept = first.setdefault(
                getattr(fake, "address", asked.path), Reply(reply.body, 200, reply.headers)
            )
            reply.body, reply.headers = kept.body, kept.headers

    fake.twist = same
    with desk(tmp_path, fake, theatre) as ws, pytest.raises(RetryError, match="did_not_advance"):
        pull_all(ws, fake)
    assert len(fake.asked) < 60


@pytest.mark.parametrize("body", [{}, {"error": "odd"}, "soon", 5], ids=["empty", "error", "text", "number"])
def test_an_answer_of_another_form_is_not_taken_for_an_empty_one(
    kind: Any, body: Any, theatre: Stage, tmp_path: Path
) -> None:
    fake = kind(small_world(), page_size=2)
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
        before = (rows_of(ws, conversation), rows_of(ws, cursor))

        def twist(asked: Any, reply: Reply) -> None:
            reply.body = json.dumps(body) if fake.is_listing(asked) else reply.body

        fake.twist = twist
        with pytest.raises(RetryError, match="has no list"):
            pull_all(ws, fake)
        assert (rows_of(ws, conversation), rows_of(ws, cursor)) == before


def test_drift_is_noted_and_the_rest_goes_on(kind: Any, theatre: Stage, tmp_path: Path) -> None:
    fake = kind(small_world(), page_size=100)
    fake.twist = lambda asked, reply: fake.drift(reply, "3")
    with desk(tmp_path, fake, theatre) as ws:
        done = pull_all(ws, fake)
        assert done.new + done.skipped == 5
        assert {"1", "2", "4", "5"} <= held(ws).keys()
        assert done.notes or done.skipped


def test_a_line_without_an_id_is_named_and_the_rest_goes_on(
    kind: Any, theatre: Stage, tmp_path: Path
) -> None:
    if kind.type not in TICKET_DESKS:
        pytest.skip(f"{kind.type}'s lines have another form")
    fake = kind(small_world(), page_size=100)
    fake.twist = lambda asked, reply: fake.unname(reply, "3")
    with desk(tmp_path, fake, theatre) as ws:
        done = pull_all(ws, fake)
        assert (done.new, done.skipped) == (4, 1)
        assert [row["reason"] for row in rows_of(ws, skip)] == ["has no id"]


def test_odd_text_comes_through_clean(kind: Any, theatre: Stage, tmp_path: Path) -> None:
    world = World()
    world.open("家族👨\u200d👩\u200d👧が\ud83d使う\x00と㈱髙﨑①ｶﾞ〜～ \u202eab\u202c 終わり")
    world.open("長" * 300_000)
    world.time.at += LATER
    fake = kind(world)
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
        ((_, first),) = held(ws)["1"][1]
        assert (first, len(held(ws)["2"][1][0][1])) == (
            "家族👨\u200d👩\u200d👧が使うと㈱髙﨑①ｶﾞ〜～ ab 終わり",
            300_000,
        )
        assert "\x00" not in str(rows_of(ws, version))
        assert rows_of(ws, skip) == []


def test_a_machine_whose_clock_is_wrong_loses_nothing(kind: Any, theatre: Stage, tmp_path: Path) -> None:
    for wrong_s in (-700, 700):
        fake = kind(small_world(), page_size=2)
        fake.world.time.wrong_s = wrong_s
        with desk(tmp_path / str(wrong_s), fake, theatre) as ws:
            pull_all(ws, fake)
            fake.world.reply(4, "時計がずれている")
            fake.world.time.at += 120
            pull_all(ws, fake)
            fake.world.time.at += LATER
            pull_all(ws, fake)
            assert held(ws) == truth(fake)


def test_reading_again_from_what_is_kept_gives_the_same(kind: Any, theatre: Stage, tmp_path: Path) -> None:
    fake = kind(small_world())
    with desk(tmp_path, fake, theatre) as ws:
        pull_all(ws, fake)
        asked = len(fake.asked)
        source = source_of(ws, fake)
        for row in rows_of(ws, version):
            page = source.reread(source.streams[-1], row["conversation_id"].removeprefix("desk:"), row["raw"])
            assert page.items[0].record.model_dump_json() == row["body"]
        assert len(fake.asked) == asked
