"""The guard: no corruption of a correct sentence passes."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from koe.engine.base import Draft, Sentence
from koe.facts import compute_facts
from koe.facts.shape import WeekFacts
from koe.guard import check, check_filled, check_sentences
from koe.guard.slots import SLOT, slots_of
from koe.language.text import Language
from koe.settings import Settings
from koe.workspace import open_workspace
from tests.guarded_week import LANGUAGES, Given, digest_of, draft_of, given_in, small_facts
from tests.small_ledger import WEEK, call, deal, said, theme, told, write


@pytest.fixture
def facts() -> WeekFacts:
    return small_facts()


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
    dice = Random(seed)
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
