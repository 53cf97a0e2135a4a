"""The last door: what is not masked does not leave, and what is masked does."""

import json
from pathlib import Path

import pytest

from connectors import folder_source
from koe.engine.model.door import names_of, unmasked
from koe.engine.model.opening import open_caller
from koe.ledger.intake import pull
from koe.street import mask_new
from tests.model_calls import GOOD, calls, check, workspace_for
from tests.model_server import ModelServer

KNOWN = ["山本 太一", "東 京子", "Maria Silva", "Lee, Jonathan", "サポート担当", "田中"]
NAMES = names_of(KNOWN)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("3 customer| メールは kaneko@example.co.jp です", "a mail address", id="mail"),
        pytest.param("0 customer| 電話は 03-1234-5678 です", "a phone number", id="phone"),
        pytest.param("0 customer| ０９０ー１２３４ー５６７８", "a phone number", id="wide phone"),
        pytest.param("card 4111 1111 1111 1111", "a card number", id="card"),
        pytest.param("パスワードは Xk29#fLq です", "a credential", id="password"),
        pytest.param("use sk-proj-abcdefghijklmnop1234", "a credential", id="key"),
        pytest.param("0 customer| 山本太一です。", "a name", id="Japanese name"),
        pytest.param("0 customer| 山本 太一様より", "a name", id="Japanese name with a space"),
        pytest.param("東京子様のご紹介で", "a name", id="short name that is addressed"),
        pytest.param("ask for Maria Silva, please", "a name", id="Latin name"),
        pytest.param("Silva, Maria wrote", "a name", id="Latin name turned round"),
        pytest.param("JONATHAN LEE", "a name", id="Latin name in capitals"),
    ],
)
def test_what_is_not_masked_is_seen(text: str, found: str) -> None:
    assert unmasked(f"### 1 (ticket)\n{text}\nend", NAMES) == found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("0 customer| [人名-k7q2]です。電話は[電話-aaaaa]です", id="placeholders"),
        pytest.param("password: [CREDENTIAL], mail [EMAIL-abcde]", id="English placeholders"),
        pytest.param("東京子会社の分も見たい", id="a name that is part of a word"),
        pytest.param("田中の湯に行った", id="a name of one part"),
        pytest.param("注文番号 1234-5678-90 が 2026-09-01 に 12,000 円", id="other numbers"),
        pytest.param("the silva ticket of maria's team", id="parts apart"),
        pytest.param("サポート担当の方", id="a desk"),
    ],
)
def test_what_is_masked_or_ordinary_may_leave(text: str) -> None:
    assert unmasked(text, NAMES) is None


def test_a_word_that_is_kept_is_no_name() -> None:
    assert unmasked("マリア テレサを更新した", names_of(["マリア テレサ"])) == "a name"
    assert unmasked("マリア テレサを更新した", names_of(["マリア テレサ"], ["マリア"])) is None


def test_a_call_that_names_somebody_is_not_sent(tmp_path: Path) -> None:
    ticket = {
        "id": "T-1",
        "kind": "ticket",
        "account": {"id": "A-1", "name": "架空商事"},
        "created_at": "2026-09-01T00:00:00Z",
        "contact": "山本 太一",
        "turns": [{"speaker": "customer", "name": "山本 太一", "text": "画面が固まります。"}],
    }
    (tmp_path / "tickets.jsonl").write_text(json.dumps(ticket, ensure_ascii=False) + "\n", "utf-8")
    with ModelServer([GOOD]) as server:
        ws = workspace_for(server, tmp_path / "koe")
        pull(ws, folder_source(tmp_path, ws.settings))
        mask_new(ws)
        asked = [*calls(2), calls(1, "山本太一は")[0], calls(1, "call 090-1234-5678")[0]]
        replies = open_caller(ws).ask(asked, check)
        assert len(server.calls) == 2
    assert [reply.failure for reply in replies] == [None, None, "unsent", "unsent"]
    assert replies[2].reason == "It was held back at the last door: it has a name that is not masked."
    assert "山本" not in "".join(reply.reason for reply in replies)
