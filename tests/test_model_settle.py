"""Settle with a model: groups, names, several calls at once, and answers that cannot be used."""

import re
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa

from koe.engine.base import KnownTheme, WholeBacklog
from koe.engine.model import ModelEngine
from koe.engine.model.settle import FEWEST, MOST, settle
from koe.engine.model.shape import Call, Reply
from koe.errors import PendingError, RetryError
from koe.ledger.schema import theme
from koe.records import FindingKind, Theme
from koe.street import find_new, mask_new, settle_backlog
from koe.themes import settle_until
from koe.themes.likeness import DIMENSION
from koe.workspace import Workspace
from tests.model_player import good
from tests.observatory import WEEKS, observatory
from tests.scripted_caller import Scripted, unsettled, without

_LINE = re.compile(r"^(\d+)\| (.*)$", re.MULTILINE)


def known(id: str, name: str, *examples: str, **fields: Any) -> KnownTheme:
    """A theme that stands."""
    theme = Theme(id=id, kind=FindingKind.COMPLAINT, name=name, founded="2026-W30", **fields)
    return KnownTheme(theme, np.zeros(DIMENSION, np.float32), 5, examples)


def by_first_letter(call: Call) -> dict[str, Any]:
    """Sorts lines by their first letter; known themes by the first letter of their name."""
    head, _, lines = call.user.partition("\nFindings:\n")
    names = {text[0]: int(n) for n, text in _LINE.findall(head)}
    groups: dict[str, list[int]] = {}
    for n, text in _LINE.findall(lines):
        groups.setdefault(text[0], []).append(int(n))
    return {
        "themes": [
            {"known": names.get(letter, 0), "name": f"{letter}の問題", "findings": places}
            for letter, places in groups.items()
        ]
    }


def test_findings_join_known_themes_or_found_new_ones_together() -> None:
    caller = Scripted(by_first_letter)
    given = settle(
        caller, unsettled("星が出ない", "雲が多い", "星が暗い", "月が明るい"), [known("th_1", "星")]
    )
    assert [one.theme for one in given] == ["th_1", None, "th_1", None]
    assert given[1].group != given[3].group
    assert [one.name for one in given] == ["", "雲の問題", "", "月の問題"]
    assert "th_1" not in caller.calls[0].user
    assert len(caller.calls) == 1


def test_the_same_words_are_asked_about_once_and_known_ones_not_at_all() -> None:
    caller = Scripted(by_first_letter)
    given = settle(
        caller, unsettled("雲が多い", "雲が多い", "星が出ない"), [known("th_1", "星", "星が出ない")]
    )
    assert [one.theme for one in given] == [None, None, "th_1"]
    assert given[0].group == given[1].group
    assert len(_LINE.findall(caller.calls[0].user.partition("\nFindings:\n")[2])) == 1


def test_a_merged_theme_is_not_offered() -> None:
    caller = Scripted(by_first_letter)
    gone = known("th_2", "星", "星が出ない", merged_into="th_1")
    given = settle(caller, unsettled("星が出ない"), [gone])
    assert given[0].theme is None
    assert "(none)" in caller.calls[0].user


def test_more_than_fit_one_call_are_asked_at_once_and_brought_together() -> None:
    letters = "星雲月"
    caller = Scripted(by_first_letter)
    count = MOST + 100
    given = settle(caller, unsettled(*(f"{letters[n % 3]}が{n}" for n in range(count))), [])
    assert len({one.group for one in given}) == 3
    assert len(caller.calls) == 3
    assert [one.group for one in given[:3]] == [0, 1, 2]


def test_settling_is_the_same_for_the_same_answers() -> None:
    some = unsettled("星が出ない", "雲が多い", "星が暗い")
    assert settle(Scripted(by_first_letter), some, []) == settle(Scripted(by_first_letter), some, [])


@pytest.mark.parametrize(
    ("themes", "groups"),
    [
        pytest.param(
            [{"known": 9, "name": "星", "findings": [1, 2, 3]}], 1, id="a known number that is none"
        ),
        pytest.param([{"known": 0, "name": "星", "findings": [1, 2, 3, 88]}], 1, id="a finding that is none"),
    ],
)
def test_numbers_that_are_none_are_passed_over(themes: list[dict[str, Any]], groups: int) -> None:
    given = settle(
        Scripted(lambda call: {"themes": themes}), unsettled("星が出ない", "星が暗い", "星が青い"), []
    )
    assert len({one.group for one in given}) == groups
    assert all(one.theme is None for one in given)


@pytest.mark.parametrize(
    "themes",
    [
        pytest.param([], id="nothing"),
        pytest.param([{"known": 0, "name": "a", "findings": [1, 2, 2, 3]}], id="one twice"),
        pytest.param([{"known": 0, "name": "a", "findings": [1]}], id="most left out"),
    ],
)
def test_an_answer_that_sorts_wrongly_leaves_each_alone(themes: list[dict[str, Any]]) -> None:
    given = settle(
        Scripted(lambda call: {"themes": themes}), unsettled("星が出ない", "雲が多い", "月が明るい"), []
    )
    assert len({one.group for one in given}) == 3
    assert all(one.name for one in given)


def test_a_call_that_is_refused_is_parted_down_to_a_few() -> None:
    def play(call: Call) -> Any:
        return Reply(None, "refused", "No.") if "毒" in call.user else by_first_letter(call)

    said = [f"星が{n}" for n in range(4 * FEWEST)]
    said[0] = "毒がある"
    given = settle(Scripted(play), unsettled(*said), [])
    assert len({one.group for one in given}) <= FEWEST + 3


@pytest.mark.parametrize(
    ("failure", "error"),
    [
        pytest.param("pending", PendingError, id="by batch"),
        pytest.param("unpaid", RetryError, id="no budget"),
        pytest.param("unreachable", RetryError, id="unreachable"),
    ],
)
def test_without_an_answer_settling_waits(failure: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        settle(Scripted(without(failure)), unsettled("星が出ない"), [])


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("障害99件", id="a number of its own"),
        pytest.param("見よ https://evil.example", id="a link"),
        pytest.param("Trouble", id="another language"),
        pytest.param("", id="empty"),
        pytest.param("{f:x}", id="a slot"),
    ],
)
def test_a_name_that_cannot_be_carried_is_made_of_what_was_said(name: str) -> None:
    play = Scripted(lambda call: {"themes": [{"known": 0, "name": name, "findings": [1]}]})
    given = settle(play, unsettled("予約画面の時刻がずれる"), [])
    assert given[0].name not in ("", name)
    assert set(given[0].name) <= set("予約画面の時刻がずれるのです")


def test_the_engine_settles_all_open_weeks_together() -> None:
    assert isinstance(ModelEngine(Scripted(good)), WholeBacklog)


def played(call: Call) -> str:
    """What the good model answers to a call."""
    messages = [{"content": call.system}, {"content": call.user}]
    return good({"response_format": {"json_schema": {"name": call.verb}}, "messages": messages})


def read_with(ws: Workspace, play: Any) -> tuple[ModelEngine, Scripted]:
    caller = Scripted(played)
    mask_new(ws)
    find_new(ws, ModelEngine(caller))
    caller.play = play
    return ModelEngine(caller), caller


def test_a_backlog_is_one_asking_a_kind_and_each_theme_is_founded_in_its_own_week() -> None:
    with observatory({}) as ws:
        engine, caller = read_with(ws, played)
        settle_backlog(ws, engine, WEEKS[-1])
        asked = [call for call in caller.calls if call.verb == "settle"]
        with ws.ledger.connect() as conn:
            founded = {
                row.name: row.founded for row in conn.execute(sa.select(theme.c.name, theme.c.founded))
            }
        assert len(asked) == 6
        assert founded["時刻が世界時で出る"] == WEEKS[0]
        assert founded["画像の消し方"] == WEEKS[1]
        settle_until(ws, engine, WEEKS[-1])
        assert len([call for call in caller.calls if call.verb == "settle"]) == 6


def test_every_kind_is_asked_about_before_one_is_waited_for() -> None:
    with observatory({}) as ws:
        engine, caller = read_with(ws, without("pending"))
        with pytest.raises(PendingError, match="6 answers"):
            settle_backlog(ws, engine, WEEKS[-1])
        assert len([call for call in caller.calls if call.verb == "settle"]) == 6
        with ws.ledger.connect() as conn:
            assert conn.scalar(sa.select(sa.func.count()).select_from(theme)) == 0
