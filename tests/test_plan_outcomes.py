"""Which questions speak of how deals ended, and which of things that somebody lost or won."""

import pytest

from koe.engine.base import Query
from koe.engine.offline.plan.filters import plan


def _plan(question: str) -> Query:
    return plan(question, (), "2026-11-09")


@pytest.mark.parametrize(
    ("question", "words"),
    [
        pytest.param("Who lost bookings after the upgrade?", ("lost", "book", "upgrad"), id="verb"),
        pytest.param("Are there complaints about lost keys?", ("lost", "key"), id="participle before"),
        pytest.param("When were drawings lost on the tablet?", ("draw", "lost", "tablet"), id="behind"),
        pytest.param("Why are drawings lost on it?", ("draw", "lost"), id="why"),
        pytest.param(
            "Which clients lost customer files?", ("client", "lost", "file"), id="a customer's files"
        ),
        pytest.param("Who says that the scanner won't start?", ("scanner", "start"), id="will not"),
        pytest.param("Do tenants lose parcels?", ("tenant", "lose", "parcel"), id="lose"),
    ],
)
def test_what_customers_lose_is_no_deal(question: str, words: tuple[str, ...]) -> None:
    query = _plan(question)
    assert (query.outcome, query.words) == (None, words)
    assert "objection" not in query.kinds


@pytest.mark.parametrize(
    ("question", "outcome"),
    [
        pytest.param("Which accounts have we lost since May?", "lost", id="we have lost"),
        pytest.param("Those that we lost: what did they say?", "lost", id="those"),
        pytest.param("Show lost enterprise opportunities", "lost", id="opportunities"),
        pytest.param("Why was Quarry Foods lost?", "lost", id="a company"),
        pytest.param("Why did we lose Quarry Foods?", "lost", id="we lost a company"),
        pytest.param("How much business was lost in March?", "lost", id="business"),
        pytest.param("How many prospects were won in March?", "won", id="won"),
        pytest.param("What did we win on?", "won", id="we win"),
        pytest.param("won vs lost", None, id="both"),
        pytest.param("What did we win and what did we lose?", None, id="both, each with a verb"),
        pytest.param("失注した会社は?", "lost", id="lost in Japanese"),
    ],
)
def test_what_we_lose_or_win_is_a_deal(question: str, outcome: str | None) -> None:
    query = _plan(question)
    assert query.outcome == outcome
    assert query.outcome or query.ask == "compare"


def test_what_stands_between_two_outcomes_is_still_asked_for() -> None:
    query = _plan("How many won deals mention drones, and how many lost ones?")
    assert (query.ask, query.words) == ("compare", ("drone",))
