"""The measure of names: words that somebody else has written of the theme, and agreement with one of them."""

import pytest

from eval.theme_names import scores_of
from koe.engine.base import Unsettled
from koe.engine.offline.settle.headings import headings_of
from koe.engine.offline.settle.headings_en import headings_en
from koe.engine.offline.settle.names import OF_KIND, PRIORS
from koe.language.sudachi import tokenize
from koe.language.text import Language
from koe.records import Finding, FindingKind
from koe.themes.likeness import LANGUAGES, describe
from training.names import Founding, Spoken, foundings, goodness, offered
from training.sayings import load_matters

STATED = ("検品表の列がずれる", "検品表の並びが崩れる")


def founding(*quotes: str, stated: tuple[str, ...] = STATED) -> Founding:
    vectors = describe([(quote, quote) for quote in quotes])
    said = [Spoken(Unsettled(_finding(q, n), vectors[n]), stated[n]) for n, q in enumerate(quotes)]
    return Founding("trade", said, said)


def _finding(quote: str, n: int) -> Finding:
    place = {"id": str(n), "conversation": "c", "turn": 0, "start": 0, "end": len(quote)}
    return Finding(**place, kind=FindingKind.COMPLAINT, statement="?", quote=quote, severity=1, engine="e")


ONE = founding("印刷すると検品表の列がずれます", "検品表がまた崩れてます")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        pytest.param("検品表の列がずれる", 1.0, id="the-matter"),
        pytest.param("印刷する", 0.0, id="aside"),
        pytest.param("印刷する検品表", 4 / 7, id="in-part"),
    ],
)
def test_a_name_is_as_good_as_its_words_are_stated(name: str, words: float) -> None:
    (found,) = scores_of([(ONE, name)], "ja")
    assert found.words == pytest.approx(words)
    assert found.long == len(name)


def test_a_name_is_ranked_among_the_themes_of_its_company() -> None:
    other = founding("発車が毎朝遅れます", stated=("バスの発車が遅れる",))
    own, stray = scores_of([(ONE, "検品表の列がずれる"), (other, "検品表の列がずれる")], "ja")
    assert (own.nearest, own.ranked) == (True, 1.0)
    assert (stray.nearest, stray.ranked) == (False, 0.5)


def test_the_matter_is_better_than_what_stands_beside_it() -> None:
    assert goodness("検品表の列がずれる", ONE, "ja") > goodness("印刷する", ONE, "ja")


def test_themes_are_founded_by_one_by_two_and_by_all() -> None:
    said = [ONE.members[0]] * 4
    found = foundings({("trade", "complaint", "t"): said})
    assert [len(one.members) for one in found] == [1, 2, 4]
    assert [one.trade for one in found] == ["trade"] * 3


def test_judgement_speaks_of_traits_that_are_offered() -> None:
    quotes = {language: _quotes(language) for language in LANGUAGES}
    told = [item for quote in quotes["ja"] for item in headings_of(tokenize(quote))]
    told += [item for quote in quotes["en"] for item in headings_en(quote)]
    known = {mark for item in told for mark in item.marks}
    known |= {trait for offer in offered(ONE, "ja") for trait in offer.traits}
    of_kind = {f"{kind.value} {mark}" for kind in FindingKind for mark in OF_KIND}
    assert {trait for priors in PRIORS.values() for trait in priors} <= known | of_kind


def _quotes(language: Language) -> list[str]:
    return [said.quote for one in load_matters(language)[:60] for said in one.sayings]
