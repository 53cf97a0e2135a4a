"""A ticket in a language that the offline engine does not read is counted as that, and a model reads it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import sqlalchemy as sa

from connectors import folder_source
from koe.ask import ask
from koe.compose import compose_guarded
from koe.engine.base import Draft, FindResult, Proposal, Sentence
from koe.engine.offline import OfflineEngine
from koe.export import export
from koe.facts import compute_facts
from koe.facts.states import weeks_to_read
from koe.find import read_batch, unread
from koe.guard import cards_of, check, findings_of
from koe.language.text import Language
from koe.ledger.intake import pull
from koe.ledger.schema import reading
from koe.publish import publish
from koe.records import FindingKind, MaskedConversation, State
from koe.report.terminal import summary
from koe.settings import Settings
from koe.street import give_out, make_week, take_in
from koe.weeks import period_of
from koe.workspace import Workspace, open_workspace

WEEK = "2026-W37"
GERMAN = "Guten Tag, seit dem letzten Update stürzt die App jeden Morgen ab. Können Sie bitte nachsehen?"
CHINESE = "您好，我们的账号从昨天开始无法登录，系统太慢了，请尽快帮忙处理，谢谢。"
JAPANESE = "昨日から一覧の画面が開かず、毎朝困っています。"
TICKETS = {
    "T-1": [JAPANESE],
    "T-2": [GERMAN],
    "T-3": ["Hello,", CHINESE],
    "T-4": [GERMAN, "The export crashes every morning and we lose an hour each day.", "Danke!"],
    "T-5": ["請求書の再発行をお願いします。", "Thanks."],
}


class Told(NamedTuple):
    """The words of one language."""

    language: Language
    whole: str
    sentence: str
    row: str
    terminal: str
    question: str
    note: str


JA = Told(
    language="ja",
    whole="届いた会話は、すべて読み終えています。",
    sentence="届いた会話5件のうち、日本語でも英語でもないため読んでいないものが2件あります。",
    row="日本語でも英語でもないため、読んでいない（KOE_MODEL で言語モデルを使うと読めます）",
    terminal="読めていないもの 2、うち日本語でも英語でもないもの 2（KOE_MODEL で言語モデルを使うと読めます）",
    question="先週のお褒めの声は？",
    note="その期間の会話5件のうち2件は、日本語でも英語でもないため読んでいません"
    "（KOE_MODEL で言語モデルを使うと読めます）。",
)
EN = Told(
    language="en",
    whole="Everything that came in was read.",
    sentence="Conversations that came in: 5. Not read, as they are neither in Japanese nor in English: 2.",
    row="Not read: neither Japanese nor English (a model reads them: KOE_MODEL)",
    terminal="2 not read; 2 in neither Japanese nor English (a model reads them: KOE_MODEL)",
    question="Any praise last week?",
    note="Not read of that period, as neither in Japanese nor in English: 2 of 5 conversations "
    "(a model reads them: KOE_MODEL).",
)


class Polyglot(OfflineEngine):
    """A model that reads any language: each first turn complains."""

    name = "polyglot-1"

    def find(self, conversations: list[MaskedConversation]) -> list[FindResult]:  # type: ignore[override]
        """Each first turn as a complaint."""
        return [FindResult(item.id, [_complaint(item.turns[0].text)]) for item in conversations]


def _complaint(text: str) -> Proposal:
    return Proposal(kind=FindingKind.COMPLAINT, statement="s", quote=text, turn=0, severity=2)


def _ticket(id: str, said: list[str]) -> str:
    turns = [{"speaker": "customer", "text": text} for text in said]
    row = {"id": id, "kind": "ticket", "created_at": "2026-09-08T01:00:00Z", "subject": "", "turns": turns}
    return json.dumps({**row, "account": {"id": f"A-{id}", "name": f"{id}商店"}}, ensure_ascii=False)


@pytest.fixture(params=[JA, EN], ids=["ja", "en"])
def told(request: pytest.FixtureRequest) -> Told:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def ws(tmp_path: Path, told: Told) -> Iterator[Workspace]:
    folder = tmp_path / "in"
    folder.mkdir()
    rows = "\n".join(_ticket(id, said) for id, said in TICKETS.items())
    (folder / "tickets.jsonl").write_text(rows, "utf-8")
    ws = open_workspace(Settings(home=tmp_path / "koe", language=told.language))
    pull(ws, folder_source(folder, ws.settings))
    take_in(ws, OfflineEngine())
    yield ws
    ws.close()


def _states(ws: Workspace) -> dict[str, str]:
    return {str(row["conversation"]): str(row["state"]) for row in export(ws, "conversations", None, None)}


def test_what_is_foreign_is_a_state_of_its_own_and_settled_for_this_engine(ws: Workspace) -> None:
    states = _states(ws)
    assert {id: state for id, state in states.items() if state == "foreign"} == {
        "T-2": "foreign",
        "T-3": "foreign",
    }
    assert states["T-1"] == states["T-4"] == "read"
    assert states["T-5"] in ("read", "nothing")
    assert unread(ws, OfflineEngine()) == []
    with ws.ledger.connect() as conn:
        assert weeks_to_read(conn, period_of(WEEK, ws.settings.zone), ws.settings.zone) == ()
    coverage = compute_facts(ws, WEEK).coverage
    assert coverage.states[State.FOREIGN] == 2
    assert sum(coverage.language.values()) == 3


def test_another_engine_reads_it(ws: Workspace) -> None:
    waiting = unread(ws, Polyglot())
    assert len(waiting) == len(TICKETS)
    read_batch(ws, Polyglot(), waiting)
    assert set(_states(ws).values()) == {"read"}
    with ws.ledger.connect() as conn:
        assert set(conn.scalars(sa.select(reading.c.engine))) == {"polyglot-1"}


def test_the_report_says_so_and_does_not_say_that_all_was_read(ws: Workspace, told: Told) -> None:
    facts = compute_facts(ws, WEEK)
    digest = compose_guarded(ws, OfflineEngine(), facts)
    publication = publish(ws, facts, digest)
    texts = [one.text for one in digest.sentences]
    assert digest.state == "guarded" and not digest.refusals
    assert told.sentence in texts and not any(told.whole in text for text in texts)
    assert told.terminal in summary(facts, digest, publication, told.language)
    lie = Draft(sentences=(Sentence(text=told.whole, section="coverage"),), language=told.language)
    refusals = check(lie, cards_of(facts, told.language), findings_of(facts)).refusals
    assert [refusal.rule for refusal in refusals] == ["coverage"]
    folder = give_out(ws, WEEK).folder
    assert told.row in (folder / "digest.html").read_text("utf-8")
    assert told.row.split(" (")[0].split("（")[0] in (folder / "digest.md").read_text("utf-8")


def test_an_answer_that_finds_nothing_says_so(ws: Workspace, told: Told) -> None:
    make_week(ws, OfflineEngine(), WEEK)
    answer = ask(ws, OfflineEngine(), told.question, "2026-09-16")
    assert not answer.answerable
    assert answer.answer.splitlines()[1:] == [told.note]
