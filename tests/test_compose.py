"""Compose: what the week's text says, and what happens when an engine writes what is not so."""

from collections.abc import Sequence

import pytest

from koe.compose import compose_guarded
from koe.engine.base import Draft, FactCard, Sentence
from koe.engine.offline import OfflineEngine
from koe.engine.offline.compose.phrases import DEGRADED, UNREVIEWED, Phrase
from koe.engine.offline.compose.week import compose
from koe.errors import BugError, RetryError, SetupError
from koe.facts import compute_facts
from koe.facts.shape import WeekFacts
from koe.guard import cards_of, check, check_filled, findings_of
from koe.language.text import Language
from koe.records import Finding
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.small_ledger import WEEK, Row, said, small_week, theme, told, write


class Writer(OfflineEngine):
    """An engine that gives queued drafts, then the offline one, and remembers what it was told."""

    name = "writer-1"

    def __init__(self, *drafts: Draft | Exception) -> None:
        self.drafts = list(drafts)
        self.told: list[Sequence[str]] = []

    def compose(
        self,
        facts: Sequence[FactCard],
        findings: Sequence[Finding],
        language: Language,
        reasons: Sequence[str] = (),
    ) -> Draft:
        self.told.append(tuple(reasons))
        if not self.drafts:
            return compose(facts, findings, language)
        draft = self.drafts.pop(0)
        if isinstance(draft, Exception):
            raise draft
        return draft


def facts_of(ws: Workspace, rows: list[Row] | None = None) -> WeekFacts:
    write(ws, small_week() if rows is None else rows)
    return compute_facts(ws, WEEK)


def texts(ws: Workspace, facts: WeekFacts) -> list[str]:
    return [one.text for one in compose_guarded(ws, OfflineEngine(), facts).sentences]


def draft(*sentences: str, cites: tuple[str, ...] = ()) -> Draft:
    return Draft(sentences=tuple(Sentence(text=text, cites=cites) for text in sentences), language="ja")


LIE = draft("困りごとは99社から聞かれました。")


def test_the_digest_of_the_small_week_reads_as_a_person_would_write_it(workspace: Workspace) -> None:
    assert texts(workspace, facts_of(workspace)) == [
        "今週届いた会話は11件（問い合わせ8件、商談・通話3件）で、前週より8件増えました。",
        "困りごとを話した会社は3社、要望を話した会社は2社でした。",
        "最も多くの会社から聞かれた困りごとは「画面の表示が遅い」で、3社と、前週の1社から増えています。"
        "「毎朝、画面が開くまで待たされます」という声がありました。",
        "次に「CSVの列がずれる」が1社から挙がり、この話は今週初めて出ました。"
        "「CSVの列が一つずれて出ます」という声がありました。",
        "「通知メールが届かない」は1社で、前週の2社から減りました。",
        "要望では「SSOに対応してほしい」が2社から寄せられました。",
        "「SSOに対応してほしい」に触れた商談は2件あり、このうち商談中の金額は1,200,000円です。",
        "使い方の質問では、直近2週で「承認者の変え方」が2社から寄せられ、よくある質問に載せる候補です。",
        "今週決まった商談は、受注が1件、失注が1件でした。",
        "商談での迷いとしては「価格が予算を超える」が1社から挙がり、"
        "「予算を少し超えてしまいます」という発言がありました。",
        "選ばれる理由としては「承認の流れが業務に合う」を1社が挙げています。",
        "「サポートの返信が早い」は1社から評価され、"
        "「サポートの返信が早くて助かりました」という言葉がありました。",
        "届いた会話11件のうち、読めなかったものが1件、まだ読んでいないものが1件あります。",
    ]


def test_it_speaks_english_where_the_settings_say_so(workspace: Workspace) -> None:
    ws = open_workspace(Settings(home=workspace.home, language="en"))
    digest = compose_guarded(ws, OfflineEngine(), facts_of(ws))
    assert digest.state == "guarded" and digest.language == "en"
    assert digest.sentences[2].text == (
        "The most widespread complaint is “画面の表示が遅い”, with 3 accounts, up from 1 last week. "
        "One customer put it this way: “毎朝、画面が開くまで待たされます”."
    )
    assert "with 1 account," in " ".join(
        one.text for one in digest.sentences
    ) or "from 1 account." in " ".join(one.text for one in digest.sentences)


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        pytest.param([], "今週届いた会話は0件でした。", id="an empty week"),
        pytest.param(
            told("T", "A1", "2026-09-07T01:00:00Z", state="nothing"),
            "会話は1件届きましたが、取り上げる声はありませんでした。",
            id="a silent week",
        ),
    ],
)
def test_a_week_with_nothing_to_say_says_so(workspace: Workspace, rows: list[Row], text: str) -> None:
    digest = compose_guarded(workspace, OfflineEngine(), facts_of(workspace, rows))
    assert digest.state == "guarded"
    assert text in [one.text for one in digest.sentences]


def test_a_theme_name_with_digits_passes_as_a_slot(workspace: Workspace) -> None:
    rows = [
        theme("th_a", "Office365と連携できない3つの画面"),
        *told("T", "A1", "2026-09-07T01:00:00Z"),
        said("f", "T", "th_a", quote="365とつながりません"),
    ]
    digest = compose_guarded(workspace, OfflineEngine(), facts_of(workspace, rows))
    assert digest.state == "guarded" and digest.refusals == ()
    assert "「Office365と連携できない3つの画面」" in digest.sentences[2].text


def test_only_a_question_that_the_report_lists_is_called_a_candidate(workspace: Workspace) -> None:
    rows = [
        theme("th_key", "合鍵の作り方", "question"),
        *told("P", "A1", "2026-09-01T01:00:00Z"),
        said("f_key", "P", "th_key", "question", quote="合鍵はどこで作れますか"),
        *told("T", "A2", "2026-09-07T01:00:00Z", state="nothing"),
    ]
    facts = facts_of(workspace, rows)
    assert facts.faq and not facts.faq_candidates
    assert not [text for text in texts(workspace, facts) if "合鍵" in text]


def test_a_theme_that_nobody_raised_any_more_is_told(workspace: Workspace) -> None:
    rows = [
        theme("th_old", "印刷がかすれる"),
        *told("P", "A1", "2026-09-01T01:00:00Z"),
        said("p", "P", "th_old"),
    ]
    rows += [theme("th_a", "a"), *told("T", "A1", "2026-09-07T01:00:00Z"), said("f", "T", "th_a")]
    assert "前週に1社から聞かれた「印刷がかすれる」は、今週は聞かれなくなりました。" in texts(
        workspace, facts_of(workspace, rows)
    )


@pytest.mark.parametrize(
    "quote",
    [
        pytest.param("短い", id="too short"),
        pytest.param("とても長い。" * 30, id="too long"),
        pytest.param("「遅い」と言われました", id="with marks of its own"),
        pytest.param("https://evil.example を見てください", id="with a link"),
    ],
)
def test_a_quote_that_does_not_fit_a_sentence_is_left_to_the_report(workspace: Workspace, quote: str) -> None:
    rows = [theme("th_a", "a"), *told("T", "A1", "2026-09-07T01:00:00Z"), said("f", "T", "th_a", quote=quote)]
    digest = compose_guarded(workspace, OfflineEngine(), facts_of(workspace, rows))
    assert digest.state == "guarded" and digest.refusals == ()
    assert not any("という声" in one.text for one in digest.sentences)


def test_numbers_of_the_text_are_those_of_the_facts(workspace: Workspace) -> None:
    facts = facts_of(workspace)
    digest = compose_guarded(workspace, OfflineEngine(), facts)
    assert check_filled(digest, facts) == ()
    assert digest.model_validate_json(digest.model_dump_json()) == digest


def test_what_fails_is_asked_for_once_more_with_the_reasons(workspace: Workspace) -> None:
    engine = Writer(LIE)
    digest = compose_guarded(workspace, engine, facts_of(workspace))
    assert (digest.state, digest.engine) == ("guarded", "writer-1")
    assert engine.told[0] == () and len(engine.told) == 2
    assert any(reason.startswith("numbers:") and "99社" in reason for reason in engine.told[1])
    assert any("leaves out th_slow" in reason for reason in engine.told[1])
    assert {refusal.rule for refusal in digest.refusals} >= {"numbers"}
    assert not any("99" in one.text for one in digest.sentences)


def test_an_engine_that_lies_twice_gets_the_computed_digest_with_a_line_that_says_so(
    workspace: Workspace,
) -> None:
    engine = Writer(LIE, LIE)
    facts = facts_of(workspace)
    digest = compose_guarded(workspace, engine, facts)
    assert (digest.state, digest.engine, len(engine.told)) == ("degraded", OfflineEngine.name, 2)
    assert "検査を通った下書きの文章がなかった" in digest.sentences[0].text
    assert check_filled(digest, facts) == ()
    assert "th_slow" in digest.sentences[3].template


def test_a_draft_that_leaves_out_the_top_theme_is_replaced(workspace: Workspace) -> None:
    true = draft("今週届いた会話は{f:volumes.conversations}件でした。")
    assert compose_guarded(workspace, Writer(true, true), facts_of(workspace)).state == "degraded"


def test_a_sentence_that_fails_twice_is_dropped_and_the_rest_stands(workspace: Workspace) -> None:
    facts = facts_of(workspace)
    good = compose(cards_of(facts, "ja"), findings_of(facts), "ja")
    mixed = good.model_copy(update={"sentences": (*good.sentences, LIE.sentences[0])})
    digest = compose_guarded(workspace, Writer(mixed, mixed), facts)
    assert (digest.state, len(digest.sentences)) == ("guarded", len(good.sentences))


@pytest.mark.parametrize(
    "error",
    [
        pytest.param(RetryError("the model is down"), id="down"),
        pytest.param(SetupError("no key"), id="no key"),
    ],
)
def test_an_engine_that_fails_degrades_the_digest_and_stops_nothing(
    workspace: Workspace, error: Exception
) -> None:
    digest = compose_guarded(workspace, Writer(error, error), facts_of(workspace))
    assert digest.state == "degraded"
    assert digest.refusals[0].rule == "engine" and type(error).__name__ in digest.refusals[0].reason


def test_a_bug_is_not_hidden(workspace: Workspace) -> None:
    with pytest.raises(BugError):
        compose_guarded(workspace, Writer(BugError("broken")), facts_of(workspace))


def test_a_draft_in_another_language_is_refused(workspace: Workspace) -> None:
    english = Draft(sentences=(Sentence(text="All {f:volumes.calls} calls."),), language="en")
    digest = compose_guarded(workspace, Writer(english, english), facts_of(workspace))
    assert digest.state == "degraded" and digest.refusals[0].rule == "language"


def test_what_the_guard_took_out_is_not_kept_where_it_is_personal(workspace: Workspace) -> None:
    personal = draft("田中様の電話は090-1234-5678です。")
    digest = compose_guarded(workspace, Writer(personal, personal), facts_of(workspace))
    assert "田中" not in digest.model_dump_json() and digest.refusals


@pytest.mark.parametrize("line", [DEGRADED, UNREVIEWED], ids=["degraded", "unreviewed"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_koe_says_of_its_own_text_passes_its_own_guard(line: Phrase, language: Language) -> None:
    draft = Draft(sentences=(Sentence(text=line(language), section="overview"),), language=language)
    assert check(draft, (), ()).refusals == ()
