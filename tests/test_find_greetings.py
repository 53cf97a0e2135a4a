"""A quote begins where the matter does: a greeting before it is left out, and costs nothing."""

import json

import pytest

from koe.engine.offline.find.reading import find
from koe.engine.offline.find.words import _GREETING, trimmed
from koe.records import MaskedConversation, MaskedTurn
from training.rows import HERE

DAY = "2026-01-05T09:00:00+09:00"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        pytest.param("Hello, since May the pump leaks.", "since May the pump leaks.", id="en"),
        pytest.param("Hi [PERSON-k7q2a], the pump leaks.", "the pump leaks.", id="en, a name"),
        pytest.param("Good morning team\nthe pump leaks.", "the pump leaks.", id="en, a line"),
        pytest.param("Hi. Hope you are well. The pump leaks.", "The pump leaks.", id="en, two"),
        pytest.param("Hi, um, the pump leaks.", "the pump leaks.", id="en, a filler behind"),
        pytest.param("お世話になっております。ポンプが漏れます。", "ポンプが漏れます。", id="ja"),
        pytest.param(
            "いつもお世話になります、丸山園の[人名-k7q2a]です。ポンプが漏れます。",
            "ポンプが漏れます。",
            id="ja, who",
        ),
        pytest.param("Good morning report is missing", "Good morning report is missing", id="no greeting"),
        pytest.param("Hello page is broken", "Hello page is broken", id="a page's name"),
        pytest.param("こんにちは画面が出ない", "こんにちは画面が出ない", id="a screen's name"),
        pytest.param("Hello, help", "Hello, help", id="too little left"),
    ],
)
def test_a_greeting_before_the_matter_is_left_out(text: str, left: str) -> None:
    assert text[slice(*trimmed(text, 0, len(text)))] == left


@pytest.mark.parametrize(
    ("said", "quote"),
    [
        pytest.param(
            "お世話になっております。印刷が毎朝止まって困っています。",
            "印刷が毎朝止まって困っています。",
            id="ja",
        ),
        pytest.param("Hi team, the export fails every night.", "the export fails every night.", id="en"),
    ],
)
def test_what_a_greeting_leads_to_is_found_without_it(said: str, quote: str) -> None:
    turn = MaskedTurn(n=0, role="customer", text=said)
    talk = MaskedConversation(
        id="c", external_id="c", kind="ticket", account="a", title="", created_at=DAY, turns=(turn,)
    )
    assert [one.quote for one in find([talk])[0].proposals] == [quote]


def test_no_labelled_quote_begins_with_a_greeting() -> None:
    files = sorted((HERE / "utterances").glob("*.jsonl"))
    rows = [json.loads(line) for path in files for line in path.read_text("utf-8").splitlines()]
    quotes = [one["quote"] for row in rows for one in row["findings"]]
    assert len(quotes) > 4000 and [quote for quote in quotes if _GREETING.match(quote)] == []
