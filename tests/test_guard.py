"""The guard: what is true passes, and what is wrong with a digest is said."""

import pytest

from koe.engine.base import Draft, Sentence
from koe.facts.shape import WeekFacts
from koe.guard import check, check_filled, kept, missing_themes
from koe.language.text import Language
from tests.guarded_week import CSV, LANGUAGES, SLOW, Given, digest_of, draft_of, given_in, small_facts


@pytest.fixture
def facts() -> WeekFacts:
    return small_facts()


@pytest.fixture
def ja() -> Given:
    return given_in(small_facts(), "ja")


@pytest.fixture
def en() -> Given:
    return given_in(small_facts(), "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_untouched_digest_passes(facts: WeekFacts, language: Language) -> None:
    given = given_in(facts, language)
    assert check(draft_of(given), given.cards, given.findings).refusals == ()
    assert check_filled(digest_of(given), facts) == ()


@pytest.mark.parametrize(
    ("text", "cites"),
    [
        pytest.param("「{t:th_slow}」では「{q:f_1}」という声がありました。", SLOW, id="marks of its own"),
        pytest.param(
            "「毎朝、画面が開くまで待たされます」という声です（会話{f:volumes.conversations}件）。",
            ("f_1",),
            id="a quote in full",
        ),
        pytest.param("「{t:th_slow}」と「{t:th_csv}」が聞かれました。", (*SLOW, *CSV), id="two themes"),
        pytest.param(
            "「{t:th_slow}」が{f:complaint.th_slow.accounts}社、「{t:th_csv}」が{f:complaint.th_csv.accounts}社です。",
            (*SLOW, *CSV),
            id="two themes with their numbers",
        ),
        pytest.param(
            "{f:complaint.th_slow.accounts}社が「{t:th_slow}」、{f:complaint.th_csv.accounts}社が「{t:th_csv}」に触れました。",
            (*SLOW, *CSV),
            id="numbers first",
        ),
        pytest.param(
            "会話は十分に届き、一部は通話です（{f:volumes.calls}件）。", (), id="kanji that count nothing"
        ),
        pytest.param(
            "失注した商談では「{t:th_price}」に{q:f_11}という声がありました。", ("f_11",), id="a lost deal"
        ),
        pytest.param(
            "「{t:th_slow}」は今週{f:complaint.th_slow.accounts}社、前週{f:complaint.th_slow.previous_accounts}社です。",
            SLOW,
            id="both weeks",
        ),
        pytest.param(
            "{f:wins.deals}件の受注と{f:losses.deals}件の失注がありました。", (), id="words behind numbers"
        ),
    ],
)
def test_what_is_true_passes(ja: Given, text: str, cites: tuple[str, ...]) -> None:
    assert ja.refused(text, cites=cites) == set()


def test_a_quote_that_brings_in_a_link_is_refused(ja: Given) -> None:
    bad = ja.findings[0].model_copy(update={"quote": "https://evil.example を見て"})
    changed = Given(ja.facts, ja.cards, (bad, *ja.findings[1:]), "ja")
    assert "plain" in changed.refused(
        f"「{{t:{bad.theme}}}」では{{q:{bad.id}}}とのことです。", cites=(bad.id,)
    )


def test_a_withdrawn_finding_cannot_be_cited(facts: WeekFacts, ja: Given) -> None:
    digest = digest_of(ja)
    erased = facts.model_copy(update={"quotes": tuple(q for q in facts.quotes if q.finding != "f_1")})
    assert {"slots", "citations"} <= {refusal.rule for refusal in check_filled(digest, erased)}


def test_refused_text_is_not_kept_where_it_may_be_personal(ja: Given) -> None:
    draft = Draft(sentences=(Sentence(text="田中様は090-1234-5678です。"),), language="ja")
    refusals = check(draft, ja.cards, ja.findings).refusals
    assert refusals and all(one.text for one in refusals)
    assert not any(one.text for one in kept(refusals))


def test_a_changed_value_is_seen_in_a_filled_digest(facts: WeekFacts, ja: Given) -> None:
    later = facts.model_copy(
        update={"facts": tuple(f.model_copy(update={"value": f.value + 1}) for f in facts.facts)}
    )
    assert "filled" in {refusal.rule for refusal in check_filled(digest_of(ja), later)}


def test_a_digest_without_the_top_theme_is_seen(facts: WeekFacts, ja: Given) -> None:
    digest = digest_of(ja)
    rest = tuple(one for one in digest.sentences if "th_slow" not in one.template)
    assert list(missing_themes(rest, facts)) == ["th_slow"]
    refusals = check_filled(digest.model_copy(update={"sentences": rest}), facts)
    assert [refusal.rule for refusal in refusals] == ["top themes"]


def test_figures_of_another_week_are_seen(facts: WeekFacts, ja: Given) -> None:
    digest = digest_of(ja).model_copy(update={"week": "2026-W01"})
    assert [refusal.rule for refusal in check_filled(digest, facts)] == ["week"]
