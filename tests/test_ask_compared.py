"""Two matters of a question held against each other: each counted for itself, and what is said of it."""

import pytest

from koe.ask import Answer, ask, render
from koe.engine.base import Draft, FactCard, Sentence
from koe.engine.offline import OfflineEngine
from koe.guard import check
from koe.index.station import index_batch
from koe.language.text import Language
from koe.records import Finding, FindingKind
from koe.workspace import Workspace
from tests.asked_ledger import write_turns
from tests.small_ledger import Row, call, deal, said, theme, told, write

JA = (
    ("T-1", "A1", "07", "納品書の印刷が途中で止まってしまいます。"),
    ("T-2", "A2", "08", "納品書の印刷がかすれて読めません。"),
    ("T-3", "A3", "16", "納品書の印刷が右にずれます。"),
    ("T-4", "A1", "17", "また納品書の印刷が止まりました。"),
    ("T-5", "A4", "09", "棚卸の画面が開くまで一分以上かかります。"),
    ("T-6", "A5", "18", "棚卸の画面が遅くて待たされます。"),
)
EN = (
    ("E-1", "B1", "07", "The label printer jams on every second roll."),
    ("E-2", "B2", "08", "Our label printer jams again and again."),
    ("E-3", "B2", "16", "The label printer jams since the update."),
    ("E-4", "B3", "09", "The scanner loses its pairing every morning."),
    ("E-5", "B4", "17", "The scanner will not keep its pairing over lunch."),
    ("E-6", "B5", "18", "The scanner lost the pairing with the till."),
)


@pytest.fixture
def shop(workspace: Workspace) -> Workspace:
    return _filled(workspace, JA)


@pytest.fixture
def store(workspace: Workspace) -> Workspace:
    return _filled(workspace, EN)


def _filled(ws: Workspace, talks: tuple[tuple[str, str, str, str], ...]) -> Workspace:
    language = "ja" if talks is JA else "en"
    rows: list[Row] = [theme("th_first", "印刷"), theme("th_second", "棚卸")]
    for n, (id, account, day, text) in enumerate(talks):
        theme_id = "th_first" if n < (4 if talks is JA else 3) else "th_second"
        rows += told(id, account, f"2026-09-{day}T01:00:00Z", language=language)
        rows.append(said(f"f-{id}", id, theme_id, statement=text, quote=text, start=0, end=len(text)))
    write(ws, rows)
    write_turns(ws, {f"files:{id}": [("customer", text)] for id, _, _, text in talks})
    index_batch(ws, [f"files:{id}" for id, *_ in talks])
    return ws


def _ask(ws: Workspace, question: str) -> Answer:
    return ask(ws, OfflineEngine(), question, "2026-09-21")


def _values(answer: Answer) -> dict[str, int | str]:
    return {fact.id: fact.value for fact in answer.facts}


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("納品書の印刷と棚卸の画面ではどちらの苦情が多いですか", id="which"),
        pytest.param("納品書の印刷の苦情は棚卸の画面より多い?", id="than"),
        pytest.param("棚卸の画面より納品書の印刷の方が苦情が多い?", id="the other way round"),
    ],
)
def test_each_matter_is_counted_for_itself(shop: Workspace, question: str) -> None:
    answer = _ask(shop, question)
    assert answer.answer.split("\n")[:2] == [
        "会社の数と会話の数では、「納品書の印刷」のほうが「棚卸の画面」より多いです。",
        "差は1社、2件の会話です。",
    ]
    assert "・「納品書の印刷」: 3社、4件の会話" in answer.answer
    assert "・「棚卸の画面」: 2社、2件の会話" in answer.answer
    assert answer.citations == ("T-1", "T-2", "T-3", "T-4", "T-5", "T-6")
    assert {quote.conversation for quote in answer.quotes[:2]} <= {*("T-1", "T-2", "T-3"), *("T-5", "T-6")}


def test_accounts_and_conversations_may_differ(store: Workspace) -> None:
    answer = _ask(store, "Do more customers complain about jammed labels or about lost pairing?")
    values = _values(answer)
    assert (values["matter.1.accounts"], values["matter.2.accounts"]) == (2, 3)
    assert values["matter.1.conversations"] == values["matter.2.conversations"] == 3
    assert answer.answer.split("\n") == [
        'More accounts speak of "lost pairing" than of "jammed labels".',
        'As many conversations speak of "jammed labels" as of "lost pairing".',
        "The difference: 1 account.",
        '· "jammed labels": 2 accounts, 3 conversations',
        '· "lost pairing": 3 accounts, 3 conversations',
    ]


def test_a_matter_counts_as_in_a_question_of_its_own(shop: Workspace) -> None:
    two = _values(_ask(shop, "納品書の印刷と棚卸の画面ではどちらの苦情が多いですか"))
    for n, matter in enumerate(("納品書の印刷", "棚卸の画面"), 1):
        one = _values(_ask(shop, f"{matter}の苦情は何社、何件ありますか"))
        for unit in ("accounts", "conversations"):
            assert two[f"matter.{n}.{unit}"] == one[f"all.{unit}"]


def test_a_period_holds_for_both(shop: Workspace) -> None:
    answer = _ask(shop, "9月14日の週は納品書の印刷と棚卸の画面のどちらの苦情が多かったですか")
    assert answer.citations == ("T-3", "T-4", "T-6")
    assert (answer.filters.since, answer.filters.until) == ("2026-09-14", "2026-09-20")


def test_an_outcome_holds_for_both(shop: Workspace) -> None:
    quotes = {
        "C-1": "監査ログが残らないと導入できません。",
        "C-2": "費用が予算を超えます。",
        "C-3": "費用が高いです。",
    }
    rows = [deal("D-1", "A7", "lost"), deal("D-2", "A8", "lost"), deal("D-3", "A9", "won")]
    for n, (id, text) in enumerate(quotes.items(), 1):
        rows += call(id, f"A{n + 6}", "2026-09-10T01:00:00Z", f"D-{n}")
        rows.append(said(f"f-{id}", id, None, "objection", statement=text, quote=text, end=len(text)))
    write(shop, rows)
    write_turns(shop, {f"files:{id}": [("customer", text)] for id, text in quotes.items()})
    index_batch(shop, [f"files:{id}" for id in quotes])
    answer = _ask(shop, "失注した商談では監査ログと費用のどちらの懸念が多いですか")
    assert answer.citations == ("C-1", "C-2")
    assert "「監査ログ」と「費用」は同じです" in answer.answer and "差は" not in answer.answer


@pytest.mark.parametrize(
    ("question", "told"),
    [
        pytest.param(
            "納品書の印刷と駐車場ではどちらの苦情が多いですか",
            "「駐車場」にあたる声は見つかりません。",
            id="the second",
        ),
        pytest.param(
            "駐車場と納品書の印刷ではどちらの苦情が多いですか",
            "「駐車場」にあたる声は見つかりません。",
            id="the first",
        ),
    ],
)
def test_what_nobody_speaks_of_is_named_and_the_other_is_counted(
    shop: Workspace, question: str, told: str
) -> None:
    answer = _ask(shop, question)
    assert answer.answer.split("\n") == ["・「納品書の印刷」: 3社、4件の会話", told]
    assert answer.citations == ("T-1", "T-2", "T-3", "T-4")


def test_where_nobody_speaks_of_either_there_is_no_answer(shop: Workspace) -> None:
    answer = _ask(shop, "駐車場と花壇ではどちらの苦情が多いですか")
    assert not answer.answerable and not answer.citations and not answer.facts


def test_the_answer_reads_well_in_a_terminal(store: Workspace) -> None:
    shown = render(_ask(store, "Are there more complaints about the bicycle rack or about the pairing?"))
    assert 'Nothing was found of "bicycle rack".' in shown
    assert "Counted: complaints" in shown


FIGURES = {
    "matter.1.name": "A", "matter.1.accounts": 1, "matter.1.conversations": 4, "matter.1.deals": 2,
    "matter.2.name": "B", "matter.2.accounts": 3, "matter.2.conversations": 4, "matter.2.deals": 1,
    "lead.accounts": 2, "lead.deals": 1, "shared.conversations": 1, "lacking.1.name": "C",
}  # fmt: skip


def _cards(near: str = "") -> list[FactCard]:
    return [
        FactCard(
            id=id,
            value=value,
            unit="name" if isinstance(value, str) else id.rpartition(".")[2],
            label=near if id == "matter.2.name" else "",
        )
        for id, value in FIGURES.items()
    ]


def _finding() -> Finding:
    return Finding(
        id="f", conversation="T-1", kind=FindingKind.COMPLAINT, statement="", quote="q", turn=0, start=0,
        end=1, severity=1, engine="",
    )  # fmt: skip


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("near", ["", "near"])
def test_the_answers_own_words_pass_the_guard(language: Language, near: str) -> None:
    cards, findings = _cards(near), [_finding()]
    draft = OfflineEngine().answer("", cards, findings, language)
    assert len(draft.sentences) == 8
    assert check(draft, cards, findings).refusals == ()


@pytest.mark.parametrize(
    ("language", "text"),
    [
        pytest.param("en", 'More accounts speak of "{1}" than of "{2}".', id="not more"),
        pytest.param("en", 'More accounts and more deals speak of "{2}" than of "{1}".', id="not more deals"),
        pytest.param("en", 'As many accounts speak of "{1}" as of "{2}".', id="not as many"),
        pytest.param("en", "Accounts in all: {{f:lead.accounts}} accounts.", id="a difference as a count"),
        pytest.param("ja", "会社の数では、「{1}」のほうが「{2}」より多いです。", id="ja, not more"),
        pytest.param("ja", "会話の数では、「{2}」のほうが「{1}」より多いです。", id="ja, as many"),
        pytest.param("ja", "会社の数と会話の数では、「{1}」と「{2}」は同じです。", id="ja, not as many"),
        pytest.param("ja", "会社は{{f:lead.accounts}}社です。", id="ja, a difference as a count"),
    ],
)
def test_a_comparison_that_is_not_so_is_refused(language: Language, text: str) -> None:
    filled = text.format("", "{f:matter.1.name}", "{f:matter.2.name}")
    draft = Draft(sentences=(Sentence(text=filled, cites=("f",)),), language=language)
    assert {one.rule for one in check(draft, _cards(), [_finding()]).refusals} & {
        "comparisons",
        "named figures",
    }
