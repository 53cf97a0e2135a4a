"""The written sayings that themes are taught with: a matter's lines are its own, a bad line is named."""

import pytest

from koe.language.text import Language
from koe.records import FindingKind
from training.matters import HELD, held, load_all
from training.sayings import load_matters, parse

HEAD = "=== kiln makers\n## complaint cold-kiln | Kiln stays cold\n? whose kiln is cold\n? cold kilns\n"


def test_a_matter_has_its_name_its_questions_and_what_was_said_with_the_words_that_say_it() -> None:
    said = "t Hello, [[it will not heat.]] Ann\nc [[stone cold at noon]]\n"
    text = f"{HEAD}{said}## praise glad | Glad\nt [[lovely]]\n"
    cold, glad = parse(text, "en_0")
    assert (cold.trade, cold.kind, cold.slug, cold.name) == (
        "kiln makers", FindingKind.COMPLAINT, "cold-kiln", "Kiln stays cold",
    )  # fmt: skip
    assert cold.questions == ["whose kiln is cold", "cold kilns"]
    assert [(one.is_call, one.text, one.quote) for one in cold.sayings] == [
        (False, "Hello, it will not heat. Ann", "it will not heat."),
        (True, "stone cold at noon", "stone cold at noon"),
    ]
    assert (glad.kind, glad.questions, [one.quote for one in glad.sayings]) == (
        FindingKind.PRAISE, [], ["lovely"],
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("t [[words]]\n", id="a saying of no matter"),
        pytest.param(f"{HEAD}t words\n", id="a saying without its words marked"),
        pytest.param(f"{HEAD}x [[words]]\n", id="a line that is nothing known"),
        pytest.param("=== x\n## anger y | Z\n", id="a kind that is none"),
    ],
)
def test_a_line_that_is_nothing_known_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        list(parse(text, "en_0"))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_matter_of_the_files_is_said_by_several_in_words_that_stand_in_the_line(
    language: Language,
) -> None:
    matters = load_matters(language)
    assert len(matters) > 1500
    keys = [(one.file, one.trade, one.kind, one.slug) for one in matters]
    assert len(set(keys)) == len(keys)
    assert {len(one.questions) for one in matters} == {2, 4}
    assert all(len(one.sayings) >= 3 and one.name for one in matters)
    sayings = [said for one in matters for said in one.sayings]
    assert all(said.quote == said.quote.strip() and len(said.quote) > 1 for said in sayings)
    assert not any("[[" in said.text or "]]" in said.text for said in sayings)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_trades_held_back_are_among_the_single_turns_and_some_files_are_kept_whole(
    language: Language,
) -> None:
    matters = load_all(language)
    apart = held(language)
    turns = {one.trade for one in matters if one.file.startswith("turns ")}
    assert apart < turns and len(apart) >= 9
    assert HELD[language] < {one.file for one in matters}
    kept = [one for one in matters if one.trade not in apart and one.file not in HELD[language]]
    assert len(kept) > 3 * (len(matters) - len(kept))
