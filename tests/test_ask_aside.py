"""Who asks why customers buy, or what they like, is told no word of a lost deal, as in the report."""

import pytest

from koe.ask import Answer, ask, render
from koe.engine.offline import OfflineEngine
from koe.facts import compute_facts
from koe.index.station import index_batch
from koe.workspace import Workspace
from tests.asked_ledger import write_turns
from tests.small_ledger import WEEK, Row, call, deal, said, theme, told, write
from tests.week_facts import MONDAY

ELSEWHERE = "型紙を一枚から刷ってくれる工房に頼むことにしました"
POLITE = "見本の生地は手触りがよかったです"
BOUGHT = "一反からでも染めてもらえるのでお願いしました"


@pytest.fixture
def dyer(workspace: Workspace) -> Workspace:
    """A dyer's week: one deal won for a reason, one lost in spite of two kind words, one thankful letter."""
    write(workspace, _week())
    turns = {"C-1": [ELSEWHERE, POLITE], "C-2": [BOUGHT], "T-1": ["染め直しが早くて助かりました。"]}
    write_turns(
        workspace, {f"files:{id}": [("customer", text) for text in some] for id, some in turns.items()}
    )
    index_batch(workspace, [f"files:{id}" for id in turns])
    return workspace


def _week() -> list[Row]:
    return [
        theme("th_paper", "型紙を一枚から刷れる", "buying_reason"),
        theme("th_small", "一反から染められる", "buying_reason"),
        theme("th_touch", "見本の生地がよい", "praise"),
        theme("th_quick", "染め直しが早い", "praise"),
        deal("D-1", "A1", "lost", closed_at="2026-09-09T03:00:00Z"),
        deal("D-2", "A2", "won", closed_at="2026-09-09T03:00:00Z"),
        *call("C-1", "A1", MONDAY, "D-1"),
        *call("C-2", "A2", MONDAY, "D-2"),
        *told("T-1", "A3", MONDAY),
        _said("f1", "C-1", "th_paper", "buying_reason", ELSEWHERE),
        _said("f2", "C-1", "th_touch", "praise", POLITE, turn=1),
        _said("f3", "C-2", "th_small", "buying_reason", BOUGHT),
        _said("f4", "T-1", "th_quick", "praise", "染め直しが早くて助かりました"),
    ]


def _said(id: str, conversation: str, theme: str, kind: str, quote: str, turn: int = 0) -> Row:
    place = {"turn": turn, "start": 0, "end": len(quote)}
    return said(id, conversation, theme, kind, quote=quote, statement=quote, **place)


def _ask(ws: Workspace, question: str) -> Answer:
    return ask(ws, OfflineEngine(), question, "2026-09-16")


def _values(answer: Answer) -> dict[str, int | str]:
    return {fact.id: fact.value for fact in answer.facts}


@pytest.mark.parametrize(
    "question",
    [
        "なぜ選ばれている？",
        "選ばれる理由",
        "当社が選ばれるのはなぜ？",
        "why do customers choose us",
        "購入理由を業種別に比べて",
        "Compare reasons to buy by industry",
        "Which reasons to buy did we hear?",
        "一反から染められることが決め手になった商談は？",
    ],
)
def test_the_reasons_to_buy_are_those_of_the_report(dyer: Workspace, question: str) -> None:
    answer = _ask(dyer, question)
    assert answer.citations == ("C-2",)
    assert [quote.quote for quote in answer.quotes] == [BOUGHT]
    assert ELSEWHERE not in render(answer) and "型紙" not in render(answer)


def test_what_was_set_aside_is_counted_as_the_report_counts_it(dyer: Workspace) -> None:
    facts = compute_facts(dyer, WEEK)
    answer = _ask(dyer, "選ばれる理由とお褒めの声は？")
    assert _values(answer)["aside.findings"] == facts.set_aside == 2
    assert "失注した商談で聞いた、選ばれる理由やお褒めにあたる声が2件あります" in answer.answer
    told = {answer.facts[n].value for n, fact in enumerate(answer.facts) if fact.id.endswith(".name")}
    assert told == {one.name for one in (*facts.buying_reasons, *facts.praise)}


def test_an_english_answer_says_it_in_english(dyer: Workspace) -> None:
    answer = _ask(dyer, "why do customers choose us")
    assert answer.answer.endswith(
        "1 finding said in deals that were lost: not among the reasons to buy, nor the praise."
    )


def test_praise_in_a_lost_deal_is_no_praise_and_that_of_a_ticket_is(dyer: Workspace) -> None:
    answer = _ask(dyer, "お褒めの声は？")
    assert answer.citations == ("T-1",)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("失注した商談でのお褒めは？", id="of lost deals"),
        pytest.param("C-1でのお褒めは？", id="of a call by its id"),
        pytest.param("A1商店が褒めていることは？", id="of the account by name"),
    ],
)
def test_who_asks_for_the_lost_deal_itself_is_told_its_words(dyer: Workspace, question: str) -> None:
    answer = _ask(dyer, question)
    assert answer.citations == ("C-1",)
    assert "aside.findings" not in _values(answer)


def test_who_compares_won_deals_with_lost_ones_is_told_both(dyer: Workspace) -> None:
    values = _values(_ask(dyer, "選ばれる理由を受注と失注で比べると？"))
    assert (values["outcome.won"], values["outcome.lost"]) == (1, 1)


def test_a_matter_by_itself_is_counted_whoever_speaks_of_it(dyer: Workspace) -> None:
    assert "C-1" in _ask(dyer, "型紙の話は何件？").citations


def test_where_all_was_set_aside_the_silence_says_so(workspace: Workspace) -> None:
    write(workspace, [row for row in _week() if row[1].get("id") not in ("f3", "f4")])
    answer = _ask(workspace, "選ばれる理由は？")
    assert not answer.answerable and answer.facts == () and answer.citations == ()
    assert "失注した商談で聞いた、選ばれる理由やお褒めにあたる声が1件あります" in answer.answer
