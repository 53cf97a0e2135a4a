"""Find on what somebody types who tries koe: short sentences in plain words."""

import json

import pytest

from eval.find import KEPT, KINDS, read_plain
from eval.labels import ROOT, read_lines
from koe.language.text import Language
from training.conversations import load_conversations
from training.rows import load_rows, plain_rows

LEAST = 0.7


@pytest.mark.parametrize("language", ["ja", "en"])
def test_plain_sentences_are_found_and_plain_talk_is_not(language: Language) -> None:
    found, true, right = read_plain(language).tally()
    assert right / true >= LEAST and right / found >= 0.8


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_is_measured_by_was_never_taught(language: Language) -> None:
    taught = {row.text for row in load_rows(language) if row.labels}
    plain = {line["text"] for line in read_lines(ROOT / "eval" / f"plain_{language}.jsonl") if line["quote"]}
    kept = {
        talk.conversation.turns[mark.turn].text
        for talk in load_conversations(language, KEPT)
        for mark in talk.marks
    }
    assert len(plain) == 175 and len(kept) > 1500
    assert not taught & plain and not taught & kept


@pytest.mark.parametrize("language", ["ja", "en"])
def test_plain_lines_are_labelled_by_the_kinds_and_quote_their_text(language: Language) -> None:
    lines = read_lines(ROOT / "eval" / f"plain_{language}.jsonl")
    assert {line["kind"] for line in lines} == {*map(str, KINDS), "none"}
    assert all(
        line["quote"] in line["text"] and bool(line["quote"]) == (line["kind"] != "none") for line in lines
    )
    assert all(line["where"] == "sale" for line in lines if line["kind"] in ("objection", "buying_reason"))
    assert len({json.dumps(line, sort_keys=True) for line in lines}) == len(lines)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_plain_turns_are_taught_with_their_context(language: Language) -> None:
    rows = plain_rows(language)
    assert len(rows) > 1000 and all(row.context is not None for row in rows)
    assert {row.id for row in rows} <= {row.id for row in load_rows(language)}
