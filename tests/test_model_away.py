"""A model that cannot be reached: what is said of it, how often, and how the run ends."""

import json
import logging
from pathlib import Path

import pytest

from koe.commands.weekly import _unanswered
from koe.compose import compose_guarded
from koe.engine import pick_engine
from koe.engine.model.opening import open_caller
from koe.errors import SetupError
from koe.facts import compute_facts
from koe.find import read_batch, unanswered, unread
from koe.settings import Settings, load_settings
from koe.workspace import Workspace, open_workspace
from tests.model_calls import QUICK, calls, check
from tests.small_ledger import WEEK, small_week, write
from tests.test_find import put

NOBODY = "http://me:pw-s3cret@127.0.0.1:9/v1"


def away(home: Path, **settings: object) -> Workspace:
    """A workspace whose model is at an address where nobody listens."""
    named = {
        "model": "openai:x",
        "api_key": "key-s3cret",
        "base_url": NOBODY,
        **QUICK,
        "tries": 1,
        **settings,
    }
    return open_workspace(Settings.model_validate({"home": home, **named}))


@pytest.mark.parametrize("model", ["openai:x", "ollama:x"])
def test_the_line_names_the_address_and_its_setting_and_nothing_secret(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, model: str
) -> None:
    if model.startswith("ollama"):
        pytest.importorskip("langchain_ollama")
    with caplog.at_level(logging.INFO, "koe"):
        (reply,) = open_caller(away(tmp_path, model=model)).ask(calls(1), check)
    assert reply.failure == "unreachable"
    assert "'127.0.0.1:9'" in caplog.text and "KOE_BASE_URL" in caplog.text
    assert "s3cret" not in caplog.text + reply.reason


def test_a_digest_that_no_model_answered_for_is_not_asked_for_twice(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ws = away(tmp_path)
    write(ws, small_week())
    with caplog.at_level(logging.INFO, "koe"):
        digest = compose_guarded(ws, pick_engine(ws), compute_facts(ws, WEEK))
    assert digest.state == "degraded"
    assert [line for line in caplog.messages if line.startswith("compose:")] == [
        "compose: 1 of 1 calls have no answer: No connection to '127.0.0.1:9' could be made. "
        "Check the network, or KOE_BASE_URL."
    ]


def test_what_nobody_read_is_counted_until_it_is_read(tmp_path: Path) -> None:
    ws = away(tmp_path)
    put(ws, "c1", ("customer", "画面が重いです"))
    put(ws, "c2", ("customer", "保存が遅いです"))
    engine = pick_engine(ws)
    assert unanswered(ws) == 0 and _unanswered(ws) == []
    assert read_batch(ws, engine, unread(ws, engine)) == 0
    assert unanswered(ws) == 2
    assert _unanswered(ws) == ["会話2件は、モデルの返事がなく読めていません。後でもう一度実行してください。"]


@pytest.mark.parametrize("address", ["127.0.0.1:9", "me:pw-s3cret@llm.example/v1", "ftp://llm.example"])
def test_an_address_without_its_scheme_is_one_clear_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("KOE_BASE_URL", address)
    with pytest.raises(SetupError, match=r"'base_url' does not fit: .*http://.*KOE_BASE_URL") as caught:
        load_settings(tmp_path)
    assert "\n" not in str(caught.value) and "s3cret" not in str(caught.value)


@pytest.mark.parametrize("address", ["", "http://127.0.0.1:9", "HTTPS://llm.example/v1"])
def test_an_address_with_its_scheme_is_taken_as_it_is(tmp_path: Path, address: str) -> None:
    assert Settings(home=tmp_path, base_url=address).base_url == address


def test_settings_say_nothing_of_the_password_in_the_address(tmp_path: Path) -> None:
    from koe.settings import show_settings

    assert "s3cret" not in json.dumps(show_settings(away(tmp_path).settings))
