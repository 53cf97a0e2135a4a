"""The measure of names: words that somebody else has written of the theme, and agreement with one of them."""

import pytest

from eval.theme_names import scores_of
from koe.engine.base import Unsettled
from koe.engine.offline.settle_names import PRIORS, load_weights
from koe.records import Finding, FindingKind
from koe.themes.likeness import describe
from training.names import Founding, Spoken, foundings, goodness, offered

STATED = ("検品表の列がずれる", "検品表の並びが崩れる")


def founding(*quotes: str) -> Founding:
    vectors = describe([(quote, quote) for quote in quotes])
    said = [Spoken(Unsettled(_finding(q, n), vectors[n]), STATED[n]) for n, q in enumerate(quotes)]
    return Founding("trade", said, said)


def _finding(quote: str, n: int) -> Finding:
    place = {"id": str(n), "conversation": "c", "turn": 0, "start": 0, "end": len(quote)}
    return Finding(**place, kind=FindingKind.COMPLAINT, statement="?", quote=quote, severity=1, engine="e")


ONE = founding("印刷すると検品表の列がずれます", "検品表がまた崩れてます")


@pytest.mark.parametrize(
    ("name", "words", "agrees"),
    [
        pytest.param("検品表の列がずれる", 1.0, True, id="the-matter"),
        pytest.param("印刷する", 0.0, False, id="aside"),
        pytest.param("印刷する検品表", 2 / 3, True, id="in-part"),
    ],
)
def test_a_name_is_as_good_as_its_words_are_stated(name: str, words: float, agrees: bool) -> None:
    found = scores_of(name, ONE)
    assert (found[0], found[1], found[2]) == (pytest.approx(words), agrees, len(name))


def test_the_matter_is_better_than_what_stands_beside_it() -> None:
    assert goodness("検品表の列がずれる", ONE) > goodness("検品表", ONE) > goodness("印刷する", ONE)


def test_themes_are_founded_by_one_by_two_and_by_all() -> None:
    said = [ONE.members[0]] * 4
    found = foundings({("trade", "complaint", "t"): said})
    assert [len(one.members) for one in found] == [1, 2, 4]
    assert [one.trade for one in found] == ["trade"] * 3


def test_judgement_speaks_of_traits_that_are_offered() -> None:
    known = {trait.split()[-1] for weights in load_weights().values() for trait in weights}
    known |= {trait for offer in offered(ONE, "ja") for trait in offer.traits}
    assert {trait for priors in PRIORS.values() for trait in priors} <= known
