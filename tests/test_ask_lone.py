"""A word or a name by itself: what is said is counted, what only means the same is told apart."""

from pathlib import Path

import pytest

from koe.ask import Answer, ask, render
from koe.ask.matching.groups import is_contrary
from koe.ask.matching.unsaid import lacking
from koe.ask.question.written import as_written
from koe.ask.rows.units import Unit
from koe.engine.base import FactCard
from koe.engine.offline import OfflineEngine
from koe.engine.offline.answer.reply import answer as worded
from koe.engine.offline.plan.filters import words_of
from koe.index.station import index_batch
from koe.language.tokens import index_tokens
from koe.records import FindingKind
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.asked_ledger import write_turns
from tests.small_ledger import Row, said, theme, told, write

TODAY = "2026-11-22"
K = FindingKind
SAID = {
    "E-1": "The Brellway adapter drops out whenever the dryer runs.",
    "E-2": "Our towels come back grey and stiff.",
    "E-3": "Since Monday Brellway will not start at all.",
    "E-4": "Two towels were missing from the last delivery.",
    "E-5": "We would rather pay per crate than by weight.",
    "J-1": "回収袋が足りず、床に置いたままです。",
    "J-2": "回収袋に穴が開いていました。",
    "J-3": "配達の時間が毎回ずれます。",
}
JAPANESE = [id for id in SAID if id.startswith("J")]


@pytest.fixture(scope="module")
def laundry(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """A laundry for hotels, which nobody has found anything in yet but one thing each."""
    ws = open_workspace(Settings(home=Path(tmp_path_factory.mktemp("laundry")) / "koe"))
    rows: list[Row] = [theme("th_linen", "Linen is not as it should be")]
    for n, (id, text) in enumerate(SAID.items(), 1):
        language = "ja" if id in JAPANESE else "en"
        rows += told(id, f"A{n}", f"2026-09-{6 + n:02d}T01:00:00Z", language=language)
        rows.append(said(f"f{n}", id, "th_linen", statement=text, quote=text, end=len(text)))
    write(ws, rows)
    write_turns(ws, {f"files:{id}": [("customer", text)] for id, text in SAID.items()})
    index_batch(ws, [f"files:{id}" for id in SAID])
    return ws


def _ask(ws: Workspace, question: str) -> Answer:
    return ask(ws, OfflineEngine(), question, TODAY)


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        pytest.param("Brellway", ("E-1", "E-3"), id="a name"),
        pytest.param("brellway?", ("E-1", "E-3"), id="a name in small letters"),
        pytest.param("Who mentioned Brellway?", ("E-1", "E-3"), id="who mentions it"),
        pytest.param("Who mentioned Brellway in September 2026?", ("E-1", "E-3"), id="in a month"),
        pytest.param("How many conversations mention Brellway?", ("E-1", "E-3"), id="how many"),
        pytest.param("towel", ("E-2", "E-4"), id="a word, one for many"),
        pytest.param("回収袋", ("J-1", "J-2"), id="a compound"),
        pytest.param("回収袋に言及した会社は?", ("J-1", "J-2"), id="who mentions a compound"),
    ],
)
def test_a_word_by_itself_and_who_mentions_it_count_what_is_said(
    laundry: Workspace, question: str, cited: tuple[str, ...]
) -> None:
    answer = _ask(laundry, question)
    values = {fact.id: fact.value for fact in answer.facts}
    assert answer.citations == cited
    assert (values["mention.accounts"], values["mention.conversations"]) == (2, 2)
    assert {str(name) for name in str(values["mention.names"]).replace("、", ", ").split(", ")}
    assert str(values["mention.names"]) in answer.answer


def test_a_phrase_keeps_the_small_word_that_it_begins_with(laundry: Workspace) -> None:
    assert "per crate" in _ask(laundry, "per crate").answer
    assert as_written("per crate deposit", ("crate", "deposit")) == "per crate deposit"


@pytest.mark.parametrize("question", ["towel", "回収袋"])
def test_what_only_means_the_same_is_not_cited_as_said(laundry: Workspace, question: str) -> None:
    answer = _ask(laundry, question)
    near = [fact for fact in answer.facts if fact.id == "near.conversations"]
    assert not {id for fact in near for id in fact.records} & {*answer.citations}
    assert ("without the word" in answer.answer or "この言葉はなくても" in answer.answer) == bool(near)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        pytest.param("en", 'Near in meaning to "late vans": 2 accounts, 3 conversations.', id="en"),
        pytest.param("ja", "「late vans」に意味の近い声は2社、3件の会話にあります。", id="ja"),
    ],
)
def test_what_nobody_says_is_told_as_near(language: str, told: str) -> None:
    values = {"all.name": "late vans", "all.accounts": 2, "all.conversations": 3}
    cards = [FactCard(id=id, value=value, unit="", label="near") for id, value in values.items()]
    draft = worded("", cards, [], "en" if language == "en" else "ja")
    texts = [one.text for one in draft.sentences]
    for id, value in values.items():
        texts = [text.replace(f"{{f:{id}}}", str(value)) for text in texts]
    assert texts == [told]


@pytest.mark.parametrize(
    ("question", "left"),
    [
        pytest.param("Do customers complain about velvet towels?", ("velvet",), id="a word nobody says"),
        pytest.param("Do customers complain about grey towels?", (), id="both are said"),
        pytest.param("金属回収袋の苦情は?", ("金属",), id="in Japanese"),
        pytest.param("回収袋の苦情は?", (), id="both are said in Japanese"),
    ],
)
def test_a_word_of_two_that_no_customer_says_is_named(question: str, left: tuple[str, ...]) -> None:
    units = [_unit(n, text) for n, text in enumerate(SAID.values())]
    assert lacking(question, words_of(question.lower()), units) == left


def _unit(n: int, text: str) -> Unit:
    return Unit(f"files:{n}", 0, 0, len(text), frozenset(index_tokens(text)), (), n, "")


def test_a_matter_of_which_a_word_is_never_said_is_answered_as_near_or_not_at_all(laundry: Workspace) -> None:
    answer = _ask(laundry, "Do customers complain about velvet towels?")
    told = render(answer)
    assert not answer.answerable or ("words of customers" in told and "Near in meaning" in told)


@pytest.mark.parametrize(
    ("own", "asked", "is_out"),
    [
        pytest.param(K.PRAISE, (K.COMPLAINT,), True, id="praise is no complaint"),
        pytest.param(K.BUYING_REASON, (K.COMPLAINT, K.OBJECTION), True, id="nor a reason to buy"),
        pytest.param(K.OBJECTION, (K.BUYING_REASON,), True, id="an objection is no reason to buy"),
        pytest.param(K.COMPLAINT, (K.PRAISE,), True, id="a complaint is no praise"),
        pytest.param(K.BUYING_REASON, (K.FEATURE_REQUEST,), False, id="a wish may be why somebody buys"),
        pytest.param(K.OBJECTION, (K.COMPLAINT,), False, id="an objection may be a complaint"),
        pytest.param(K.PRAISE, (), False, id="no kind is asked for"),
        pytest.param(K.PRAISE, (K.COMPLAINT, K.PRAISE), False, id="both are"),
        pytest.param(None, (K.COMPLAINT,), False, id="words of no finding"),
    ],
)
def test_a_kind_never_counts_as_its_contrary(
    own: FindingKind | None, asked: tuple[FindingKind, ...], is_out: bool
) -> None:
    assert is_contrary(own, asked) is is_out
