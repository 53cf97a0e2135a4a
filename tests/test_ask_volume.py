"""Questions about how much came in, and the rules by which themes and words are chosen between."""

from pathlib import Path

import pytest

from koe.ask import Answer, ask, render
from koe.engine.offline import OfflineEngine
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.asked_ledger import fill_ledger


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    ws = open_workspace(Settings(home=Path(tmp_path_factory.mktemp("volume")) / "koe"))
    fill_ledger(ws)
    return ws


def _ask(ws: Workspace, question: str) -> Answer:
    return ask(ws, OfflineEngine(), question, "2026-11-22")


def _values(answer: Answer) -> dict[str, int | str]:
    return {fact.id: fact.value for fact in answer.facts}


@pytest.mark.parametrize(
    ("question", "id", "value"),
    [
        pytest.param("チケットは全部で何件来ましたか", "volumes.tickets", 8, id="tickets"),
        pytest.param("How many tickets came in?", "volumes.tickets", 8, id="tickets in English"),
        pytest.param("通話は何件ありますか", "volumes.calls", 3, id="calls"),
        pytest.param("How many conversations are there in total?", "volumes.conversations", 11, id="all"),
        pytest.param("9月14日の週の問い合わせは何件?", "volumes.tickets", 3, id="in a week"),
        pytest.param("失注した商談は何件ありますか", "volumes.lost", 2, id="lost deals"),
        pytest.param("失注した会社の一覧", "volumes.lost", 2, id="list of lost accounts"),
        pytest.param("List the lost deals", "volumes.lost", 2, id="list of lost deals"),
        pytest.param("How many deals did we win?", "volumes.won", 1, id="won deals"),
        pytest.param("何社から問い合わせがありましたか", "volumes.accounts", 5, id="accounts"),
    ],
)
def test_what_came_in_is_counted_and_cited(company: Workspace, question: str, id: str, value: int) -> None:
    answer = _ask(company, question)
    assert _values(answer)[id] == value
    assert answer.citations


def test_weeks_of_what_came_in_are_listed_with_the_conversations_behind_them(company: Workspace) -> None:
    answer = _ask(company, "週ごとの問い合わせ件数を教えて")
    weeks = {fact.id: fact for fact in answer.facts if fact.id.startswith("week.")}
    assert {id: fact.value for id, fact in weeks.items()} == {
        "week.2026-W37": 1, "week.2026-W38": 3, "week.2026-W39": 4,
    }  # fmt: skip
    assert weeks["week.2026-W37"].records == ("T-1",)


def test_a_period_without_data_is_not_counted_as_none(company: Workspace) -> None:
    assert not _ask(company, "2025年のチケットは何件?").answerable


def test_both_outcomes_are_told(company: Workspace) -> None:
    values = _values(_ask(company, "How many deals were won and how many lost?"))
    assert (values["volumes.won"], values["volumes.lost"]) == (1, 2)


def test_one_is_one(company: Workspace) -> None:
    assert "1 account," in _ask(company, "Who complains about the barcode reader?").answer


def test_a_word_that_is_spoken_of_is_counted_by_deals(company: Workspace) -> None:
    values = _values(_ask(company, "監査ログに言及した商談は失注と受注でそれぞれ何件?"))
    assert (values["mention.lost"], values["mention.won"]) == (1, 1)


def test_many_conversations_are_not_all_listed_in_a_terminal(
    company: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("koe.ask.answer.words.SHOWN", 2)
    answer = _ask(company, "チケットは何件?")
    assert "T-1, T-2 … ほか6件" in render(answer)
    assert len(answer.citations) == 8


@pytest.mark.parametrize(
    "question", ["問い合わせと通話はそれぞれ何件?", "How many tickets and how many calls?"]
)
def test_both_streams_are_counted_where_both_are_asked_for(company: Workspace, question: str) -> None:
    values = _values(_ask(company, question))
    assert (values["volumes.tickets"], values["volumes.calls"]) == (8, 3)


def test_two_periods_are_counted_apart(company: Workspace) -> None:
    answer = _ask(company, "9月14日の週と9月21日の週で問い合わせの件数を比べてください")
    values = _values(answer)
    assert (values["span.before"], values["span.after"]) == (3, 4)
    assert "先の期間は3件、後の期間は4件" in answer.answer


@pytest.mark.parametrize(
    ("question", "told"),
    [
        pytest.param(
            "9月21日の週の問い合わせは、9月14日の週より増えましたか", "先の期間は3件、後の期間は4件", id="ja"
        ),
        pytest.param(
            "Have tickets gone up in the week of September 21 compared with the week of September 14?",
            "Earlier period: 3 conversations; later period: 4",
            id="en",
        ),
    ],
)
def test_whether_tickets_become_more_is_told_from_all_of_them(
    company: Workspace, question: str, told: str
) -> None:
    answer = _ask(company, question)
    assert _values(answer)["volumes.tickets"] == 7
    assert told in answer.answer


@pytest.mark.parametrize(
    "question",
    ["問い合わせが増えているテーマは?", "どんな問い合わせが増えましたか", "Which tickets are rising?"],
)
def test_which_of_them_become_more_is_another_question(company: Workspace, question: str) -> None:
    assert "volumes.tickets" not in _values(_ask(company, question))


def test_a_former_period_is_no_matter(company: Workspace) -> None:
    assert _values(_ask(company, "前の期間と比べて問い合わせは減りましたか"))["volumes.tickets"] == 8
    assert _values(_ask(company, "Did tickets drop against the previous period?"))["volumes.tickets"] == 8


def test_periods_of_different_lengths_are_told_apart(company: Workspace) -> None:
    unlike = _ask(company, "9月14日の週と9月21日の週で問い合わせの件数を比べてください")
    assert (_values(unlike)["span.before.days"], _values(unlike)["span.after.days"]) == (7, 4)
    assert "期間の長さが違います（先は7日間、後は4日間）" in unlike.answer
    alike = _ask(company, "9月7日の週と9月14日の週で問い合わせの件数を比べてください")
    assert "span.before" in _values(alike) and "span.after.days" not in _values(alike)
    english = _ask(company, "Did tickets rise between the week of September 14 and the week of September 21?")
    assert "Days in the earlier period: 7; in the later period: 4." in english.answer


def test_an_account_that_is_named_speaks_alone(company: Workspace) -> None:
    assert _ask(company, "A2商店の苦情は何件ですか").citations == ("T-2", "T-3", "T-8")
    assert _ask(company, "A2商店は何と言っていますか").citations == ("T-2", "T-3", "T-8")
    assert _ask(company, "A1商店から納品書の印刷の苦情はありますか").citations == ("T-1",)


def test_the_words_of_a_name_are_not_what_is_asked(company: Workspace) -> None:
    answer = _ask(company, "A2商店の納品書の印刷の苦情は?")
    assert answer.filters.accounts == ("A2",)
    assert not {"a2", "商店"} & set(answer.filters.words)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("問い合わせが一番多い会社は?", id="ja"),
        pytest.param("よく連絡してくるお客さんはどこ?", id="often"),
        pytest.param("Who contacts us the most?", id="en"),
        pytest.param("customers with the most tickets", id="tickets"),
    ],
)
def test_the_accounts_that_get_in_touch_most_are_named(company: Workspace, question: str) -> None:
    values = _values(_ask(company, question))
    assert (values["who.1.name"], values["who.1.conversations"]) == ("A2商店", 3)
    assert (values["who.2.name"], values["who.2.conversations"]) == ("A1商店", 2)


@pytest.mark.parametrize("question", ["主要テーマは何?", "主な話題を教えて", "What are the main themes?"])
def test_themes_that_are_asked_for_by_that_word_are_no_matter(company: Workspace, question: str) -> None:
    assert _values(_ask(company, question))["top.1.name"] == "納品書の印刷がうまくいかない"


@pytest.mark.parametrize("question", ["苦情が一番多かった週は?", "which week had the most complaints?"])
def test_for_the_week_of_most_every_week_is_told(company: Workspace, question: str) -> None:
    values = _values(_ask(company, question))
    weeks = {id: value for id, value in values.items() if id.startswith("week.")}
    assert weeks == {"week.2026-W37": 1, "week.2026-W38": 1, "week.2026-W39": 2}


@pytest.mark.parametrize(
    ("question", "accounts"),
    [
        pytest.param("一番深刻な苦情は?", 1, id="ja"),
        pytest.param("what are the most severe complaints?", 1, id="en"),
        pytest.param("苦情は?", 4, id="all"),
    ],
)
def test_the_most_severe_are_counted_alone(company: Workspace, question: str, accounts: int) -> None:
    answer = _ask(company, question)
    assert _values(answer)["total.accounts"] == accounts
    assert ("最も重い" in render(answer) or "most severe" in render(answer)) == (accounts == 1)


@pytest.mark.parametrize("question", ["失注した商談は?", "lost deals"])
def test_deals_that_are_named_alone_are_listed(company: Workspace, question: str) -> None:
    answer = _ask(company, question)
    assert _values(answer)["volumes.lost"] == 2
    assert "D-1 (A5商店)" in answer.answer
