"""The guard: what is true passes, and each way to corrupt it is refused."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from koe.digest import Digest
from koe.engine.base import Draft, FactCard, Sentence
from koe.engine.offline.compose import compose
from koe.facts import compute_facts
from koe.facts.shape import WeekFacts
from koe.guard import cards_of, check, check_filled, check_sentences, fill, findings_of, kept, missing_themes
from koe.guard.slots import SLOT, slots_of
from koe.records import Finding
from koe.settings import Settings
from koe.text import Language
from koe.workspace import open_workspace
from tests.small_ledger import WEEK, call, deal, said, small_week, theme, told, write

LANGUAGES: tuple[Language, ...] = ("ja", "en")


class Given(NamedTuple):
    """What a draft is checked against."""

    facts: WeekFacts
    cards: tuple[FactCard, ...]
    findings: tuple[Finding, ...]
    language: Language

    def refused(self, *texts: str, cites: tuple[str, ...] = ()) -> set[str]:
        """Names of the rules that refuse these sentences."""
        sentences = tuple(Sentence(text=text, cites=cites) for text in texts)
        verdict = check(Draft(sentences=sentences, language=self.language), self.cards, self.findings)
        return {refusal.rule for refusal in verdict.refusals}


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> WeekFacts:
    ws = open_workspace(Settings(home=tmp_path_factory.mktemp("guard") / "koe"))
    write(ws, small_week())
    return compute_facts(ws, WEEK)


def given_in(facts: WeekFacts, language: Language) -> Given:
    return Given(facts, cards_of(facts, language), findings_of(facts), language)


@pytest.fixture
def ja(facts: WeekFacts) -> Given:
    return given_in(facts, "ja")


@pytest.fixture
def en(facts: WeekFacts) -> Given:
    return given_in(facts, "en")


def draft_of(given: Given) -> Draft:
    return compose(given.cards, given.findings, given.language)


def digest_of(given: Given) -> Digest:
    return Digest(
        week=given.facts.week,
        language=given.language,
        engine="e",
        state="guarded",
        sentences=fill(draft_of(given).sentences, given.cards, given.findings, given.language),
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_untouched_digest_passes(facts: WeekFacts, language: Language) -> None:
    given = given_in(facts, language)
    assert check(draft_of(given), given.cards, given.findings).refusals == ()
    assert check_filled(digest_of(given), facts) == ()


SLOW = ("f_1", "f_2", "f_3")
CSV = ("f_4", "f_5")


@pytest.mark.parametrize(
    ("rule", "text", "cites"),
    [
        pytest.param("slots", "「{t:th_none}」が出ました。", (), id="an unknown theme"),
        pytest.param("slots", "会話は{f:volumes.mails}件です。", (), id="an unknown fact"),
        pytest.param("slots", "{q:f_99}という声がありました。", ("f_99",), id="an unknown quote"),
        pytest.param("slots", "会話は{volumes.tickets}件です。", (), id="a broken slot"),
        pytest.param("numbers", "会話は11件です。", (), id="a digit"),
        pytest.param("numbers", "会話は１１件です。", (), id="a full-width digit"),
        pytest.param("numbers", "会話は{f:volumes.conversations}0件です。", (), id="a digit behind a slot"),
        pytest.param("numbers", "困りごとは三社から聞かれました。", (), id="a kanji number"),
        pytest.param("numbers", "困りごとは十社から聞かれました。", (), id="ten in kanji"),
        pytest.param("numbers", "会話は二十三ありました。", (), id="a kanji number without a counter"),
        pytest.param("numbers", "会話は⑧件です。", (), id="a circled digit"),
        pytest.param("numbers", "会話は㊿件です。", (), id="a circled number"),
        pytest.param("numbers", "会話は٣件です。", (), id="an Arabic digit"),
        pytest.param("numbers", "会社の半数が困っています。", (), id="half of them"),
        pytest.param(
            "numbers", "{f:losses.amount.JPY}万円の失注でした。", (), id="a number ten thousand fold"
        ),
        pytest.param(
            "quotes", "「画面が遅いです」という声です（{f:volumes.calls}件）。", (), id="a quote nobody said"
        ),
        pytest.param(
            "quotes", "「毎朝、画面が開くまで待たされました」とのことです。", SLOW, id="a quote altered"
        ),
        pytest.param(
            "quotes", "{t:th_slow}」は{f:complaint.th_slow.accounts}社です。", SLOW, id="half a mark"
        ),
        pytest.param(
            "citations", "「{t:th_slow}」では{q:f_1}という声です。", ("f_2",), id="a quote not cited"
        ),
        pytest.param(
            "citations", "「{t:th_slow}」が聞かれました。", (*SLOW, "f_404"), id="a citation not given"
        ),
        pytest.param("claims", "「{t:th_slow}」が聞かれました。", (), id="no citation"),
        pytest.param("claims", "「{t:th_slow}」が聞かれました。", CSV, id="a citation of another theme"),
        pytest.param("claims", "「{t:th_slow}」が聞かれました。", ("f_1", "f_4"), id="one citation too many"),
        pytest.param("claims", "解約を考えているという声が目立ちました。", (), id="an empty claim"),
        pytest.param("claims", "印刷がずれる問題です。", CSV, id="a claim that hides behind citations"),
        pytest.param(
            "themes",
            "「{t:th_slow}」が{f:complaint.th_csv.accounts}社から聞かれました。",
            (*SLOW, *CSV),
            id="another theme's number",
        ),
        pytest.param(
            "themes",
            "「{t:th_slow}」が{f:complaint.th_csv.accounts}社、「{t:th_csv}」が{f:complaint.th_slow.accounts}社です。",
            (*SLOW, *CSV),
            id="two numbers swapped",
        ),
        pytest.param(
            "units", "「{t:th_slow}」は{f:complaint.th_slow.accounts}件です。", SLOW, id="another unit"
        ),
        pytest.param(
            "figures",
            "問い合わせ{f:volumes.calls}件、商談・通話{f:volumes.tickets}件が届きました。",
            (),
            id="tickets and calls swapped",
        ),
        pytest.param("figures", "受注が{f:losses.deals}件でした。", (), id="losses as wins"),
        pytest.param(
            "figures", "{f:losses.deals}件の受注がありました。", (), id="losses as wins, word behind"
        ),
        pytest.param(
            "figures",
            "「{t:th_slow}」は前週の{f:complaint.th_slow.accounts}社から"
            "{f:complaint.th_slow.previous_accounts}社に増えました。",
            SLOW,
            id="this week and last week swapped",
        ),
        pytest.param(
            "figures", "前週の問い合わせは{f:volumes.tickets}件です。", (), id="this week as last week"
        ),
        pytest.param(
            "outcomes",
            "受注した商談では「{t:th_price}」に{q:f_11}という声です。",
            ("f_11",),
            id="a lost deal as won",
        ),
        pytest.param(
            "directions",
            "「{t:th_slow}」は{f:complaint.th_slow.accounts}社で、減っています。",
            SLOW,
            id="up as down",
        ),
        pytest.param("directions", "「{t:th_mail}」は増えました。", ("f_6",), id="down as up"),
        pytest.param("directions", "「{t:th_mail}」は横ばいです。", ("f_6",), id="down as unchanged"),
        pytest.param(
            "directions", "会話は{f:volumes.conversations}件に減りました。", (), id="volumes up as down"
        ),
        pytest.param("directions", "「{t:th_slow}」は増えていません。", SLOW, id="a direction denied"),
        pytest.param(
            "directions", "「{t:th_slow}」は増加傾向です。", SLOW, id="a trend that the weeks do not have"
        ),
        pytest.param("directions", "サポートの数は増えました。", (), id="a direction of nothing"),
        pytest.param("changes", "会話は{f:volumes.calls}件増えました。", (), id="a count as a change"),
        pytest.param(
            "changes", "会話は{f:volumes.conversations.change}件です。", (), id="a change as a count"
        ),
        pytest.param("news", "「{t:th_slow}」が今週初めて聞かれました。", SLOW, id="old as new"),
        pytest.param("news", "「{t:th_slow}」は聞かれなくなりました。", SLOW, id="here as gone"),
        pytest.param(
            "coverage",
            "届いた会話{f:coverage.conversations}件は、すべて読み終えています。",
            (),
            id="all read",
        ),
        pytest.param("ranks", "最も多いのは「{t:th_csv}」でした。", CSV, id="second as first"),
        pytest.param("support", "「{t:th_csv}」と請求書の二重発行が出ました。", CSV, id="a theme of its own"),
        pytest.param("personal", "田中様の会社が{f:volumes.calls}件の通話で話しました。", (), id="a name"),
        pytest.param("personal", "連絡先は taro@example.com です（{f:volumes.calls}件）。", (), id="a mail"),
        pytest.param("plain", "詳しくは https://example.com を見てください。", (), id="a link"),
        pytest.param("plain", "詳しくは[こちら](evil)です。", (), id="a markdown link"),
        pytest.param("plain", "会話は{f:volumes.calls}件です。![x](y)", (), id="an image"),
        pytest.param("plain", "会話は<b>{f:volumes.calls}</b>件です。", (), id="a tag"),
        pytest.param("plain", "会話は**{f:volumes.calls}**件です。", (), id="emphasis"),
        pytest.param("plain", "会話は{f:volumes.calls}件です。evil.example を参照。", (), id="a bare host"),
        pytest.param("plain", "会話は{f:volumes.calls}件です。\n次に進みます。", (), id="a line break"),
        pytest.param("length", "会話" * 80, (), id="too long"),
        pytest.param("length", "", (), id="empty"),
        pytest.param("language", "This week had {f:volumes.calls} calls.", (), id="English"),
    ],
)
def test_what_breaks_a_rule_is_refused(ja: Given, rule: str, text: str, cites: tuple[str, ...]) -> None:
    assert rule in ja.refused(text, cites=cites)


@pytest.mark.parametrize(
    ("rule", "text", "cites"),
    [
        pytest.param("numbers", "There were 8 tickets.", (), id="a digit"),
        pytest.param("numbers", "Eight tickets came in.", (), id="a number word"),
        pytest.param("numbers", "One account asked.", (), id="one account"),
        pytest.param("numbers", "Complaints doubled.", (), id="doubled"),
        pytest.param("numbers", "A third of accounts complained.", (), id="a third"),
        pytest.param(
            "units", "“{t:th_slow}” came from {f:complaint.th_slow.accounts} tickets.", SLOW, id="unit"
        ),
        pytest.param("units", "We lost {f:losses.amount.JPY} dollars.", (), id="currency"),
        pytest.param(
            "figures", "Tickets at {f:volumes.calls}, calls at {f:volumes.tickets}.", (), id="swapped"
        ),
        pytest.param("figures", "Deals: lost {f:wins.deals}, won {f:losses.deals}.", (), id="won as lost"),
        pytest.param("figures", "There were {f:wins.deals} lost deals.", (), id="won as lost, word behind"),
        pytest.param(
            "figures",
            "“{t:th_slow}”: {f:complaint.th_slow.previous_accounts} accounts, up from "
            "{f:complaint.th_slow.accounts} last week.",
            SLOW,
            id="weeks swapped",
        ),
        pytest.param(
            "directions", "“{t:th_slow}” fell to {f:complaint.th_slow.accounts} accounts.", SLOW, id="fell"
        ),
        pytest.param("directions", "“{t:th_mail}” rose.", ("f_6",), id="rose"),
        pytest.param("directions", "“{t:th_slow}” did not rise.", SLOW, id="denied"),
        pytest.param("news", "“{t:th_slow}” was heard for the first time.", SLOW, id="new"),
        pytest.param("ranks", "The most frequent complaint is “{t:th_csv}”.", CSV, id="rank"),
        pytest.param(
            "outcomes", "An account that we won said of “{t:th_price}”: {q:f_11}.", ("f_11",), id="won"
        ),
        pytest.param("claims", "Customers want invoices by mail.", (), id="an empty claim"),
        pytest.param("support", "“{t:th_csv}” and broken invoice printing were raised.", CSV, id="own theme"),
        pytest.param(
            "quotes", 'They said "it never works" in {f:volumes.calls} calls.', (), id="invented quote"
        ),
        pytest.param("personal", "Mr. Johnson said so in {f:volumes.calls} calls.", (), id="a name"),
        pytest.param("personal", "“{t:th_csv}” was raised by Tanaka-san.", CSV, id="a name with -san"),
        pytest.param("figures", "Tickets: {f:coverage.read}.", (), id="another figure as tickets"),
        pytest.param("plain", "See www.evil.example for {f:volumes.calls} calls.", (), id="a link"),
        pytest.param("language", "今週は{f:volumes.calls}件です。", (), id="Japanese"),
    ],
)
def test_what_breaks_a_rule_in_english_is_refused(
    en: Given, rule: str, text: str, cites: tuple[str, ...]
) -> None:
    assert rule in en.refused(text, cites=cites)


@pytest.mark.parametrize(
    ("text", "cites"),
    [
        pytest.param("「{t:th_slow}」では「{q:f_1}」という声がありました。", SLOW, id="marks of its own"),
        pytest.param(
            "「毎朝、画面が開くまで待たされます」という声です（{f:volumes.calls}件）。",
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


# Corruptions of whole digests: of the text alone, and of text and template together, which is what an
# engine would write that lies with a straight face.

Corruption = Callable[[Given, Sentence], Iterator[Sentence]]


def _texts(one: Sentence, *texts: str) -> Iterator[Sentence]:
    yield from (one.model_copy(update={"text": text}) for text in texts if text != one.text)


def _swapped(text: str, left: str, right: str) -> str:
    return text.replace(left, "\0").replace(right, left).replace("\0", right)


def swap_figures(given: Given, one: Sentence) -> Iterator[Sentence]:
    """Two numbers of the sentence change places."""
    slots = [slot for slot in slots_of(one.text) if slot.sort == "f"]
    values = {card.id: card.value for card in given.cards}
    for left, right in pairwise(slots):
        if values[left.id] != values[right.id]:
            yield from _texts(one, _swapped(one.text, f"{{f:{left.id}}}", f"{{f:{right.id}}}"))


def figure_of_another(given: Given, one: Sentence) -> Iterator[Sentence]:
    """A theme's number becomes that of another theme."""
    for slot in slots_of(one.text):
        theme = next((card.theme for card in given.cards if card.id == slot.id), None)
        for other in ("th_slow", "th_csv", "th_sso"):
            if slot.sort == "f" and theme and theme != other:
                yield from _texts(
                    one, one.text.replace(f"{{f:{slot.id}}}", f"{{f:complaint.{other}.accounts}}")
                )


def literal_figure(given: Given, one: Sentence) -> Iterator[Sentence]:
    """A slot becomes a number written out, right or wrong."""
    for slot in slots_of(one.text):
        if slot.sort == "f":
            yield from _texts(one, one.text[: slot.start] + "4" + one.text[slot.end :])


def turn_direction(given: Given, one: Sentence) -> Iterator[Sentence]:
    """Up becomes down."""
    for left, right in (
        ("増え", "減り"),
        ("減り", "増え"),
        ("減って", "増えて"),
        (" up ", " down "),
        (" down ", " up "),
    ):
        yield from _texts(one, one.text.replace(left, right))


def swap_outcome(given: Given, one: Sentence) -> Iterator[Sentence]:
    """Won becomes lost and lost won."""
    yield from _texts(one, _swapped(one.text, "受注", "失注"), _swapped(one.text, "won", "lost"))


def wrong_citation(given: Given, one: Sentence) -> Iterator[Sentence]:
    """Another theme's finding is cited, or one that is not there."""
    themes = {finding.id: finding.theme for finding in given.findings}
    for other in ("f_4", "f_9", "f_gone"):
        if one.cites and themes.get(other) != themes[one.cites[0]]:
            yield one.model_copy(update={"cites": (other,)})
            yield one.model_copy(update={"cites": (*one.cites, other)})


def erased_citation(given: Given, one: Sentence) -> Iterator[Sentence]:
    """The citations are gone."""
    if one.cites:
        yield one.model_copy(update={"cites": ()})


def moved_quote(given: Given, one: Sentence) -> Iterator[Sentence]:
    """The quote is that of another theme, with and without its citation."""
    for slot in slots_of(one.text):
        for other in ("f_4", "f_9"):
            if slot.sort == "q" and other not in one.cites:
                text = one.text.replace(f"{{q:{slot.id}}}", f"{{q:{other}}}")
                yield from _texts(one, text)
                yield one.model_copy(update={"text": text, "cites": (*one.cites, other)})


def altered_quote(given: Given, one: Sentence) -> Iterator[Sentence]:
    """The quote stands in the text, with one character changed."""
    quotes = {finding.id: finding.quote for finding in given.findings}
    left, right = ("「", "」") if given.language == "ja" else ("“", "”")
    for slot in slots_of(one.text):
        if slot.sort == "q":
            quote = quotes[slot.id]
            for altered in (quote[:-1], f"{quote[:2]}{quote[3:]}", quote.replace("ま", "も", 1) + "ん"):
                yield from _texts(one, one.text.replace(f"{{q:{slot.id}}}", f"{left}{altered}{right}"))


def invented_theme(given: Given, one: Sentence) -> Iterator[Sentence]:
    """The theme is one that nobody spoke of: as a slot, as a name, as plain words."""
    plain = "請求書の二重発行" if given.language == "ja" else "duplicate invoice printing"
    for slot in slots_of(one.text):
        if slot.sort == "t":
            name = one.text[slot.start : slot.end]
            yield from _texts(one, one.text.replace(name, "{t:th_invented}"), one.text.replace(name, plain))
            bare = one.text.replace(f"「{name}」", plain).replace(f"“{name}”", plain)
            yield from _texts(one, bare)


def added_words(given: Given, one: Sentence) -> Iterator[Sentence]:
    """A link, an image, a name, a number or another language stands behind the sentence."""
    ja = given.language == "ja"
    added = ["https://evil.example/x", "![](x)", "[x](y)", "<img src=x>"]
    added += (
        [
            "山田太郎様のご意見です。",
            "電話は03-1234-5678です。",
            "三社です。",
            "This is urgent and must be read by all.",
        ]
        if ja
        else []
    )
    added += (
        ["Mr. Smith said so.", "Call 415-555-0123.", "It was three accounts.", "至急です。"] if not ja else []
    )
    yield from _texts(one, *(f"{one.text} {words}" for words in added))


CORRUPTIONS: list[Corruption] = [
    swap_figures,
    figure_of_another,
    literal_figure,
    turn_direction,
    swap_outcome,
    wrong_citation,
    erased_citation,
    moved_quote,
    altered_quote,
    invented_theme,
    added_words,
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("corrupt", [pytest.param(one, id=one.__name__) for one in CORRUPTIONS])
def test_no_corruption_passes(facts: WeekFacts, language: Language, corrupt: Corruption) -> None:
    given = given_in(facts, language)
    corrupted = [bad for one in draft_of(given).sentences for bad in corrupt(given, one)]
    assert corrupted
    for bad in corrupted:
        draft = Draft(sentences=(bad,), language=language)
        assert check(draft, given.cards, given.findings).passed == (), bad.text


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_character_of_a_filled_digest_can_change(
    facts: WeekFacts, language: Language, data: st.DataObject
) -> None:
    given = given_in(facts, language)
    sentences = digest_of(given).sentences
    n = data.draw(st.integers(0, len(sentences) - 1))
    text = sentences[n].text
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from("0123456789増減受失あいうabc 。"))
    changed = text[:at] + other + text[at + 1 :]
    if changed == text:
        return
    bad = sentences[n].model_copy(update={"text": changed})
    refusals = check_sentences((bad,), given.cards, given.findings, language)
    assert "filled" in {refusal.rule for refusal in refusals}


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_the_computed_digest_of_any_week_passes(
    seed: int, language: Language, tmp_path_factory: pytest.TempPathFactory
) -> None:
    import random

    dice = random.Random(seed)
    kinds = ["complaint", "feature_request", "question", "objection", "buying_reason", "praise"]
    rows = [theme(f"th_{kind}_{n}", f"{kind} {n}の話", kind) for kind in kinds for n in range(3)]
    rows += [
        deal(
            f"D{n}",
            f"A{n}",
            dice.choice(["won", "lost", "open"]),
            amount=dice.choice([None, 1000.0 * n]),
            currency=dice.choice(["JPY", "USD", "CHF", ""]),
            closed_at=dice.choice([None, "2026-09-09T00:00:00Z"]),
        )
        for n in range(4)
    ]
    for n in range(dice.randrange(30)):
        day = dice.randrange(1, 14)
        at = f"2026-09-{day:02d}T03:00:00Z"
        account = f"A{dice.randrange(6)}"
        if dice.random() < 0.4:
            rows += call(f"C{n}", account, at, f"D{dice.randrange(4)}", state="read")
        else:
            rows += told(f"C{n}", account, at, state=dice.choice(["read", "read", "failed", None]))
        kind = dice.choice(kinds)
        rows.append(
            said(f"f{n}", f"C{n}", f"th_{kind}_{dice.randrange(3)}", kind, severity=dice.randrange(1, 4))
        )
    ws = open_workspace(Settings(home=tmp_path_factory.mktemp("week") / "koe"))
    write(ws, rows)
    facts = compute_facts(ws, WEEK)
    given = given_in(facts, language)
    draft = draft_of(given)
    assert check(draft, given.cards, given.findings).refusals == ()
    assert check_filled(digest_of(given), facts) == ()
    assert not any(ch.isdigit() for one in draft.sentences for ch in SLOT.sub("", one.text))
