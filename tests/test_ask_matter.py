"""What of a question says its matter, as it stands; a ticket's title says the matter of what is in it."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from koe.ask.matching.evidence import SIGNS, gather
from koe.ask.matching.score import fit, sought_of
from koe.ask.question.plans import matter_of
from koe.ask.rows.select import filters_of, select_findings
from koe.ask.rows.units import Units, title_words, units_of
from koe.engine.base import Query
from koe.index.station import index_batch
from koe.language.tokens import content_words, tokenize
from koe.ledger import schema
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.asked_ledger import fill_ledger, write_turns


@pytest.mark.parametrize(
    ("question", "words", "phrase", "whole"),
    [
        ("納品書が届かない声は？増えた？", ("納品書", "届く"), "納品書が届か", "納品書が届かない声は？"),
        ("Is it over? How many cannot open the parcel locker by phone?", ("parcel", "locker", "phone"),
         "parcel locker by phone", "How many cannot open the parcel locker by phone?"),
        ("SSO", ("sso",), "SSO", "SSO"),
    ],
)  # fmt: skip
def test_the_matter_is_read_with_the_small_words_between(
    question: str, words: Sequence[str], phrase: str, whole: str
) -> None:
    known = [word for token in tokenize(question) for word in content_words([token])]
    assert set(words) <= set(known)
    assert matter_of(question, words) == (phrase, whole)


def test_a_question_without_words_is_all_of_it() -> None:
    assert matter_of("先週の苦情は？", ()) == ("先週の苦情は？",)


def test_the_end_of_an_endless_question_is_not_read() -> None:
    assert all(len(text) <= 1_000 for text in matter_of("parcel locker " * 400, ("parcel",)))


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    ws = open_workspace(Settings(home=tmp_path / "koe"))
    fill_ledger(ws)
    with ws.ledger.begin() as conn:
        titled = schema.conversation.c.id.in_(["files:T-4", "files:T-6", "files:C-3"])
        conn.execute(schema.conversation.update().where(titled).values(title="ハンディ端末のこと"))
    return ws


def seen(ws: Workspace, query: Query) -> tuple[Units, dict[str, dict[str, float]]]:
    """The passages, and the signs of the best in each conversation."""
    zone, sought = ws.settings.zone, sought_of(query.words)
    with ws.ledger.connect() as conn:
        units = units_of(conn, filters_of(query, zone), sought.words, select_findings(conn, query, zone))
        signs = gather(conn, query, sought, units, fit(sought, units))
    best: dict[str, dict[str, float]] = {}
    for n, place in enumerate(signs.places):
        row = dict(zip(SIGNS, signs.signs[n].tolist(), strict=True))
        id = units.units[place].conversation
        best[id] = max(row, best.get(id, row), key=lambda one: one["words"])
    return units, best


def test_a_ticket_is_found_by_its_title(ws: Workspace) -> None:
    _, signs = seen(ws, Query(ask="count", words=("ハンディ", "端末")))
    assert [id for id, one in signs.items() if one["titled"] >= 0.99] == ["files:T-4", "files:T-6"]
    assert signs["files:T-4"]["words"] >= 0.99 > signs["files:T-1"]["words"]


def test_a_call_is_not_read_by_its_title(ws: Workspace) -> None:
    units, signs = seen(ws, Query(ask="count", words=("ハンディ", "端末")))
    assert {unit.title for unit in units.units if unit.conversation == "files:C-3"} == {""}
    assert signs["files:C-3"]["titled"] < 0.5


def test_only_what_was_found_in_a_ticket_has_its_titles_words(ws: Workspace) -> None:
    turns = [
        ("customer", "棚卸の画面が開くまで一分以上かかります。"),
        ("agent", "確認します。"),
        ("customer", "お願いします。"),
    ]
    with ws.ledger.begin() as conn:
        conn.execute(schema.turn.delete().where(schema.turn.c.conversation_id == "files:T-4"))
    write_turns(ws, {"files:T-4": turns})
    index_batch(ws, ["files:T-4"])
    units, _ = seen(ws, Query(ask="count", words=("ハンディ",)))
    own = [unit for unit in units.units if unit.conversation == "files:T-4"]
    assert [title_words("ハンディ端末のこと") <= unit.tokens for unit in own] == [
        bool(unit.findings) for unit in own
    ]
    assert [bool(unit.findings) for unit in own] == [True, False]


def test_the_one_word_of_a_question_said_as_it_is_stands_alone(ws: Workspace) -> None:
    _, one = seen(ws, Query(ask="count", words=("納品書",)))
    _, two = seen(ws, Query(ask="count", words=("納品書", "印刷")))
    assert one["files:T-1"]["alone"] == 1.0
    assert {signs["alone"] for signs in two.values()} == {0.0}
