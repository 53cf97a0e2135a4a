"""Compose, plan and answer with a model, and what each does without an answer."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from koe.engine.base import Draft, FactCard
from koe.engine.model import ModelEngine
from koe.engine.model.answer import Asked, answer
from koe.engine.model.compose import compose
from koe.engine.model.plan import calendar_of, plan
from koe.errors import PendingError, RetryError, SkipError
from koe.guard import check
from koe.language.text import Language
from koe.model.prompts import load_prompt
from koe.records import Finding, FindingKind, Theme
from tests.guarded_week import Given, given_in, small_facts
from tests.model_player import PLAIN, good
from tests.scripted_caller import Scripted, finding_of, unsettled, without

_PASSES = re.compile(r"# Sentences that pass[^\n]*\n(.*?)\n\n# Format", re.DOTALL)


@pytest.fixture(scope="module", params=["ja", "en"])
def week(request: pytest.FixtureRequest) -> Given:
    """A week's facts and findings."""
    return given_in(small_facts(), request.param)


def written(*sentences: tuple[str, Sequence[str]]) -> Any:
    made = [{"section": "complaints", "text": text, "cites": list(cites)} for text, cites in sentences]
    return lambda call: {"answerable": True, "sentences": made}


def test_short_names_become_the_ids_they_stand_for(week: Given) -> None:
    said = [("{t:T1}: {f:complaint.T1.accounts} {q:Q1} {f:volumes.conversations}", ["Q2"])]
    draft = composed(week, lambda call: {"sentences": written(*said)(call)["sentences"]})
    theme = next(card.theme for card in week.cards if card.theme)
    first, second = (one.id for one in week.findings[:2])
    text = f"{{t:{theme}}}: {{f:complaint.{theme}.accounts}} {{q:{first}}} {{f:volumes.conversations}}"
    assert draft.sentences[0].text == text
    assert draft.sentences[0].cites == (second, first)


def composed(week: Given, play: Any, reasons: Sequence[str] = ()) -> Draft:
    return compose(Scripted(play), week.cards, week.findings, week.language, reasons)


def test_a_name_that_was_not_given_stays_one_and_is_refused(week: Given) -> None:
    play = written(("{t:T99} {q:Q99}", ["Q99"]))
    draft = composed(week, lambda call: {"sentences": play(call)["sentences"]})
    verdict = check(draft, week.cards, week.findings)
    assert verdict.passed == ()
    assert {"slots", "citations"} <= {refusal.rule for refusal in verdict.refusals}


def test_a_model_that_writes_sees_facts_and_findings_and_no_id(week: Given) -> None:
    caller = Scripted(lambda call: {"sentences": []})
    compose(
        caller, week.cards, week.findings, week.language, [f"themes: it leaves out {week.findings[0].theme}"]
    )
    user = caller.calls[0].user
    assert not any(one.id in user for one in week.findings)
    assert not re.search(r"[.:{]th_|## th_", user)
    assert "leaves out T1" in user
    assert all(one.conversation not in user for one in week.findings)


def lines_that_pass(prompt: str, language: Language) -> list[str]:
    block = _PASSES.search(load_prompt(prompt).system)
    assert block is not None
    is_ja = re.compile(r"[\u3041-\u30ff]")
    return [line for line in block[1].split("\n") if bool(is_ja.search(line)) == (language == "ja")]


def test_the_sentences_that_compose_promises_to_pass_do_pass(week: Given) -> None:
    lines = lines_that_pass("compose", week.language)
    assert len(lines) >= 10
    for line in lines:
        facts, findings, sentence = as_promised(line)
        draft = composed_of(sentence, facts, findings, week.language)
        assert not check(draft, facts, findings).refusals, line


def composed_of(
    sentence: tuple[str, list[str]],
    facts: Sequence[FactCard],
    findings: Sequence[Finding],
    language: Language,
) -> Draft:
    play = written(sentence)
    caller = Scripted(lambda call: {"sentences": play(call)["sentences"]})
    return compose(caller, facts, findings, language, ())


def as_promised(line: str) -> tuple[list[FactCard], list[Finding], tuple[str, list[str]]]:
    """Figures, a theme and a finding as a line of the prompt has them, under the names that a call gives."""
    theme = next(iter(re.findall(r"\bT\d+\b", line)), None)
    text = re.sub(r"\bT\d+\b", "T1", re.sub(r"\bQ\d+\b", "Q1", line))
    kind = _KINDS.get(next(iter(re.findall(r"\{f:(\w+)\.T1", text)), "complaint"), "complaint")
    figures = dict.fromkeys(re.findall(r"\{f:([^}]+)\}", text), 3.0)
    figures |= {"volumes.conversations": 9.0, "coverage.failed": 0.0, "coverage.left": 0.0}
    falls = "減" in line or "no longer" in line
    figures["volumes.conversations.change"] = -3.0 if falls else 3.0
    cards = [card_of(id, n) for id, n in figures.items()]
    if theme:
        trend = "new" if re.search("first time|初めて", line) else "gone" if "no longer" in line else "rising"
        more = {
            "complaint.th_1.accounts": 5.0,
            "complaint.th_1.change": 2.0,
            "complaint.th_1.previous_accounts": 3.0,
        }
        have = {card.id for card in cards}
        cards += [card_of(id.replace("th_1", "T1"), n) for id, n in more.items() if id not in have]
        cards += [FactCard(id="theme.th_1", value="星", unit="text", label="星", theme="th_1")]
        cards += [FactCard(id="trend.th_1", value=trend, unit="trend", label="星", theme="th_1")]
    finding = finding_of("f1", "c", kind, "星", "星が出ません")
    finding = finding.model_copy(update={"theme": "th_1" if theme else None})
    is_gone = "no longer" in line
    return cards, [] if is_gone or not theme else [finding], (text, [] if is_gone or not theme else ["Q1"])


_KINDS = {"faq": "question", "feature_request": "feature_request", "objection": "objection",
          "buying_reason": "buying_reason", "praise": "praise"}  # fmt: skip


def card_of(id: str, value: float) -> FactCard:
    return FactCard(id=id.replace("T1", "th_1"), value=value, unit=_unit(id), label="", theme=_of(id))


def _of(id: str) -> str | None:
    return "th_1" if ".T1." in id else None


def _unit(id: str) -> str:
    last = id.split(".")[-1]
    if last == "change" and ".T1." in id:
        return "accounts"
    named = {"deals": "deals", "window": "weeks"}
    return "accounts" if "accounts" in last else named.get(last, "conversations")


QUESTION = "時刻が世界時で出る苦情は何社ですか"
THEMES = [
    Theme(id="th_a", kind=FindingKind.COMPLAINT, name="時刻が世界時で出る", founded="2026-W37"),
    Theme(id="th_b", kind=FindingKind.OBJECTION, name="料金が高い", founded="2026-W37"),
]


def planned(**fields: Any) -> Any:
    """The query of an answer with these fields."""
    return plan(Scripted(lambda call: PLAIN | fields), QUESTION, THEMES, "2026-09-21")


def test_a_questions_matter_is_the_themes_that_it_is_about() -> None:
    query = planned(themes=[1, 1, 9, 0], kinds=["complaint"], words=["時刻", "世界時"])
    assert query.themes == ("th_a",)
    assert query.kinds == (FindingKind.COMPLAINT,)
    assert "時刻" in query.words
    assert query.language == "ja"


def test_without_a_theme_a_question_is_searched_by_its_words() -> None:
    query = planned(words=["蚊"], ask="passage")
    assert (query.themes, query.words, query.ask) == ((), ("蚊",), "passage")


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        pytest.param({"outcome": "lost"}, {"outcome": "lost"}, id="lost"),
        pytest.param({"channel": "call"}, {"conversation_kind": "call"}, id="calls"),
        pytest.param({"since": "2026-09-07"}, {"since": "2026-09-07", "period_named": True}, id="since"),
        pytest.param({"top": 30}, {"top": 10}, id="too many"),
        pytest.param({"top": 0}, {"top": None}, id="not said"),
        pytest.param({"mentions": [" 相見積 "], "themes": [1], "words": ["x"]},
                     {"mentions": ("相見積",), "themes": (), "words": ()}, id="a word itself"),
        pytest.param({"beyond": True}, {"beyond": True}, id="beyond"),
        pytest.param({"counted": "deals", "amount": True}, {"counted": "deals", "amount": True}, id="worth"),
        pytest.param({"against_since": "2026-09-14", "against_until": "2026-09-20"},
                     {"against": ("2026-09-14", "2026-09-20")}, id="two periods"),
    ],
)  # fmt: skip
def test_fields_of_a_plan(fields: dict[str, Any], wanted: Mapping[str, Any]) -> None:
    query = planned(**fields)
    assert {name: getattr(query, name) for name in wanted} == dict(wanted)


def test_a_day_that_is_none_is_asked_for_again() -> None:
    with pytest.raises(SkipError, match="YYYY-MM-DD"):
        planned(since="last week")


def test_the_calendar_says_the_days_that_questions_count_from() -> None:
    told = calendar_of(date(2026, 9, 21))
    assert "Today is Monday 2026-09-21." in told
    assert "last week: 2026-09-14 to 2026-09-20" in told
    assert "the last 4 weeks: 2026-08-24 to 2026-09-20" in told
    assert "last month: 2026-08-01 to 2026-08-31" in told


def cards(**values: Any) -> list[FactCard]:
    units = {"name": "name", "accounts": "accounts", "conversations": "conversations"}
    return [
        FactCard(id=f"all.{name}", value=value, unit=units[name], label="") for name, value in values.items()
    ]


def test_an_answer_can_be_that_there_is_none() -> None:
    draft = answer(
        Scripted(lambda call: {"answerable": False, "sentences": []}), Asked(QUESTION, "ja"), [], []
    )
    assert draft == Draft(sentences=(), language="ja", refuses=True)


def test_an_answer_passes_the_guard() -> None:
    text = "「{f:all.name}」にあたる声は{f:all.accounts}社、{f:all.conversations}件の会話にあります。"
    facts = cards(name="世界時", accounts=3, conversations=4)
    found = [one.finding for one in unsettled("時刻が世界時で出る")]
    draft = answer(Scripted(written((text, ["Q1"]))), Asked(QUESTION, "ja"), facts, found)
    assert check(draft, facts, found).refusals == ()
    assert draft.sentences[0].cites == ("f0",)


@pytest.mark.parametrize("verb", ["plan", "answer", "compose"])
@pytest.mark.parametrize(
    ("failure", "error"),
    [
        pytest.param("pending", PendingError, id="pending"),
        pytest.param("unreachable", RetryError, id="unreachable"),
        pytest.param("unpaid", RetryError, id="unpaid"),
        pytest.param("refused", SkipError, id="refused"),
    ],
)
def test_without_an_answer_a_verb_says_what_to_do_next(
    verb: str, failure: Any, error: type[Exception]
) -> None:
    engine = ModelEngine(Scripted(without(failure)))
    with pytest.raises(error):
        {
            "plan": lambda: engine.plan(QUESTION, THEMES, "2026-09-21"),
            "answer": lambda: engine.answer(QUESTION, [], [], "ja"),
            "compose": lambda: engine.compose([], [], "ja"),
        }[verb]()


def test_a_changed_prompt_of_another_verb_reads_nothing_again() -> None:
    engine = ModelEngine(Scripted(good))
    assert engine.name.endswith(load_prompt("find").sha256[:12])
    assert "scripted" in engine.name
