"""A question that the model for embeddings could not be asked for is answered without it, and says why."""

import logging
from pathlib import Path

import pytest

from koe.meaning.near import question
from koe.settings import Settings
from koe.workspace import open_workspace

NAMED = {"embeddings": "openai:text-embedding-3-small"}


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        pytest.param({}, "needs a key: set KOE_EMBEDDINGS_API_KEY or OPENAI_API_KEY", id="no key"),
        pytest.param({"embeddings_api_key": "s3cret"}, "Run: koe reindex", id="nothing embedded"),
    ],
)
def test_one_line_says_why_a_question_goes_without_its_model(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    settings: dict[str, str],
    says: str,
) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    ws = open_workspace(Settings.model_validate({"home": tmp_path, **NAMED, **settings}))
    with caplog.at_level(logging.INFO, "koe.ask"):
        assert question(ws, "印刷がずれる") is None
    assert len(caplog.messages) == 1 and says in caplog.text and "s3cret" not in caplog.text


def test_without_the_setting_nothing_is_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert question(open_workspace(Settings(home=tmp_path)), "印刷がずれる") is None
    assert caplog.messages == []
