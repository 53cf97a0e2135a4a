"""Names in questions: what nobody says is not counted, what is spelled otherwise is found."""

from pathlib import Path

import pytest

from koe.ask import ask, render
from koe.ask.matching.unsaid import is_near, names_in
from koe.engine.offline import OfflineEngine
from koe.engine.offline.plan.filters import plan
from koe.language.tokens import index_tokens
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.asked_ledger import TURNS, fill_ledger
from tests.small_ledger import told, write

TODAY = "2026-11-22"


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    ws = open_workspace(Settings(home=Path(tmp_path_factory.mktemp("unsaid")) / "koe"))
    fill_ledger(ws)
    return ws


@pytest.mark.parametrize(
    ("question", "name"),
    [
        pytest.param("Salesforce連携", "Salesforce", id="a product"),
        pytest.param(
            "Salesforceとの在庫の連携についての要望は?", "Salesforce", id="what stands by it is said"
        ),
        pytest.param("セールスフォースで書き出す方法は?", "セールスフォース", id="in katakana"),
        pytest.param("SSOの要望は何社?", "SSO", id="an acronym"),
        pytest.param("Kintoneへの請求書の書き出しは?", "Kintone", id="a rare product"),
        pytest.param("SSO", "SSO", id="alone"),
        pytest.param("sso", "sso", id="alone in small letters"),
        pytest.param("Who asks for an SSO barcode reader?", "SSO", id="in English"),
        pytest.param(
            "Do customers complain that Shopify loses the pairing?", "Shopify", id="a name in English"
        ),
    ],
)
def test_a_name_that_no_customer_says_has_no_answer(company: Workspace, question: str, name: str) -> None:
    answer = ask(company, OfflineEngine(), question, TODAY)
    assert (answer.answerable, answer.citations, answer.facts) == (False, (), ())
    assert name in answer.answer


@pytest.mark.parametrize(
    ("question", "cited"),
    [
        pytest.param("Excelでの書き出しについての質問は何件?", "T-6", id="as it is"),
        pytest.param("エクセルでの書き出しについての質問は何件?", "T-6", id="in katakana"),
        pytest.param("請求書のPDFの要望は?", "T-5", id="an acronym"),
        pytest.param("Who complains about the barcode reader pairing?", "T-7", id="no name"),
        pytest.param("Who Complains About The Barcode Reader Pairing?", "T-7", id="a title"),
    ],
)
def test_a_name_that_is_said_is_found(company: Workspace, question: str, cited: str) -> None:
    assert ask(company, OfflineEngine(), question, TODAY).citations == (cited,)


@pytest.mark.parametrize(
    ("question", "names"),
    [
        pytest.param("Why is the screen so dull?", (), id="plain words"),
        pytest.param("画面が暗いという苦情は?", (), id="plain Japanese words"),
        pytest.param("Who wants Google Calendar?", ("Google Calendar",), id="a name of two words"),
        pytest.param("LINEやSMSで届くようにしたい", ("LINE", "SMS"), id="two names"),
        pytest.param("FAQに印刷の説明はありますか", (), id="a word for the records"),
        pytest.param("Which customers need iOS 17 support?", ("iOS",), id="small and capital letters"),
        pytest.param("WHO COMPLAINS ABOUT SLOW SCREENS", (), id="all in capitals"),
        pytest.param("Salesforce integration", ("Salesforce",), id="a name that comes first"),
        pytest.param("Printers that jam", (), id="a word that comes first"),
        pytest.param("Invoices sent twice", (), id="a rarer word that comes first"),
        pytest.param("printouts", (), id="a rare word is no name"),
        pytest.param("ドローンについての声は?", ("ドローン",), id="a word in katakana alone"),
        pytest.param("ドローンの電池の苦情は?", ("ドローン",), id="a word in katakana that narrows"),
        pytest.param("電池のパックの苦情は?", (), id="a word in katakana that is narrowed"),
        pytest.param("レスポンスが遅いという苦情は?", (), id="a word in katakana of which something is said"),
    ],
)
def test_names_are_told_from_words(question: str, names: tuple[str, ...]) -> None:
    found = names_in(question, plan(question, [], TODAY).words)
    assert tuple(name.written for name in found) == names


@pytest.mark.parametrize(
    ("word", "said", "is_said"),
    [
        pytest.param(
            "ドローン", "無人の倉庫で警備を頼みました", False, id="folded into another word's vector"
        ),
        pytest.param("ヘリコプター", "空港まで送迎してほしい", False, id="far"),
        pytest.param("スキャナー", "スキャンが途中で止まります", True, id="near in meaning"),
        pytest.param("クラウド", "クラウドストレージに置いています", True, id="a part of another word"),
    ],
)
def test_a_word_nobody_says_is_asked_for_only_where_another_means_it(
    word: str, said: str, is_said: bool
) -> None:
    (name,) = names_in(f"{word}の声は?", plan(f"{word}の声は?", [], TODAY).words)
    assert is_near(name, {*index_tokens(said)}) == is_said


@pytest.mark.parametrize(
    ("question", "says"),
    [
        pytest.param("ドローンについての声は?", "お客さまの発言に「ドローン」は出てきません", id="ja"),
        pytest.param(
            "ヘリコプターの印刷の苦情は?", "「ヘリコプター」は出てきません", id="ja, with a said word"
        ),
        pytest.param("What do customers say about drones?", "No customer says “drones”", id="en"),
        pytest.param("Who complains about helicopters?", "No customer says “helicopters”", id="en, kind"),
    ],
)
def test_nobody_is_said_to_speak_of_what_nobody_speaks_of(
    company: Workspace, question: str, says: str
) -> None:
    answer = ask(company, OfflineEngine(), question, TODAY)
    assert not answer.answerable and not answer.citations
    assert says in answer.answer


def test_a_name_missed_in_a_period_is_said_to_be_missed_there(company: Workspace) -> None:
    answer = ask(company, OfflineEngine(), "9月14日の週のSalesforceの苦情は?", TODAY)
    assert "質問の範囲では" in answer.answer


def test_before_any_week_is_read_the_command_is_named(workspace: Workspace) -> None:
    write(workspace, [*told("T-1", "A1", "2026-09-07T01:00:00Z")])
    answer = ask(workspace, OfflineEngine(), "印刷の苦情は?", TODAY)
    assert not answer.answerable
    assert "koe weekly" in answer.answer


def test_copies_are_told_apart_from_what_is_counted(company: Workspace) -> None:
    told_of = render(ask(company, OfflineEngine(), "納品書の印刷の苦情は何社ですか", TODAY))
    assert told_of.endswith("T-1, T-2, T-3, T-8（うち1件は同じ文面の再送で、数に入れていません）")
    assert len(TURNS) > 4
