"""Questions with a model: what `answer` promises to pass does pass; a refusal is a plain no."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from koe.ask import Answer, ask
from koe.engine import pick_engine
from koe.engine.base import Draft, FactCard, Sentence
from koe.guard import check
from koe.model.prompts import load_prompt
from koe.records import Finding
from koe.street import find_new, index_new, mask_new, settle_backlog
from tests.model_player import PLAIN, good, user_of, verb_of
from tests.model_server import ModelServer
from tests.observatory import WEEKS, observatory
from tests.scripted_caller import finding_of

_PASSES = re.compile(r"# Sentences that pass[^\n]*\n(.*?)\n\n# Format", re.DOTALL)
_VALUES: Mapping[str, tuple[Any, str]] = {
    "name": ("星", "name"),
    "names": ("天文部", "names"),
    "term": ("星", "name"),
    "accounts": (3, "accounts"),
    "conversations": (4, "conversations"),
    "tickets": (3, "conversations"),
    "calls": (2, "conversations"),
    "before": (3, "conversations"),
    "after": (4, "conversations"),
    "day": ("2031-06-01", "day"),
    "deals": (3, "deals"),
    "won": (2, "deals"),
    "lost": (3, "deals"),
    "open": (2, "deals"),
}


def promised() -> list[str]:
    block = _PASSES.search(load_prompt("answer").system)
    assert block is not None
    return block[1].split("\n")


def card_of(id: str) -> FactCard:
    first, last = id.split(".")[0], id.split(".")[-1]
    own = {"label": (last, "week"), "week": (3, "accounts"), "reply": ("設定を開きます。", "text")}
    value, unit = own[first] if first in own else _VALUES[last]
    return FactCard(id=id, value=value, unit=unit, label=last if first == "week" else "")


@pytest.mark.parametrize("line", promised())
def test_a_sentence_that_answer_promises_to_pass_does(line: str) -> None:
    is_ja = re.search(r"[\u3041-\u30ff]|[会回]", line) is not None
    cards = [card_of(id) for id in dict.fromkeys(re.findall(r"\{f:([^}]+)\}", line))]
    trend = "rising" if re.search("増え|rising", line) else "falling"
    cards.append(FactCard(id="trend", value=trend, unit="trend", label=""))
    found: list[Finding] = [finding_of("Q2", "c", "complaint", "星", "星が出ません")]
    sentence = Sentence(text=line, cites=("Q2",))
    draft = Draft(sentences=(sentence,), language="ja" if is_ja else "en")
    assert check(draft, cards, found).refusals == ()


def asked(question: str, **answers: dict[str, Any]) -> tuple[Answer, list[str]]:
    """What is answered, and the user parts of the calls that asking made."""

    def play(body: Mapping[str, Any]) -> str:
        verb = verb_of(body)
        return json.dumps(answers[verb], ensure_ascii=False) if verb in answers else good(body)

    with ModelServer(play) as server:
        settings = {"model": "openai:any", "api_key": "key", "base_url": server.url}
        with observatory(settings) as ws:
            engine = pick_engine(ws)
            mask_new(ws)
            index_new(ws)
            find_new(ws, engine)
            settle_backlog(ws, engine, WEEKS[-1])
            before = len(server.calls)
            answer = ask(ws, engine, question, "2026-09-21")
            return answer, [user_of(body) for body in server.calls[before:]]


def test_a_question_is_counted_over_the_themes_that_it_is_about() -> None:
    answer, calls = asked("時刻が世界時で出る苦情は何社ですか")
    assert answer.citations == ("T-1", "T-2", "T-6")
    assert "3社、3件" in answer.answer
    assert answer.filters.theme_names == ("時刻が世界時で出る",)
    assert len(calls) == 2
    assert "complaint | 時刻が世界時で出る" in calls[0]
    assert "{f:voice.1.name} = 天文部A, {f:voice.1.day} = 2" in calls[1]


def test_a_model_that_finds_no_answer_in_what_was_counted_is_believed() -> None:
    answer, _ = asked("世界時の語源は何ですか", answer={"answerable": False, "sentences": []})
    assert not answer.answerable
    assert answer.citations == ()
    assert answer.answer == "この質問に答える記録はデータにありません。"


def test_what_conversations_cannot_hold_is_not_counted_at_all() -> None:
    answer, calls = asked("会員の更新率は?", plan=PLAIN | {"beyond": True})
    assert not answer.answerable
    assert len(calls) == 1


def test_a_draft_that_fails_is_asked_for_once_more_with_the_reasons_and_then_replaced() -> None:
    lie = {"answerable": True, "sentences": [{"section": "", "text": "47社です。", "cites": ["Q1"]}]}
    answer, calls = asked("時刻が世界時で出る苦情は何社ですか", answer=lie)
    assert len(calls) == 3
    assert "a digit stands outside a slot" in calls[2]
    assert "47" not in answer.answer
    assert "3社" in answer.answer
