"""What koe refuses in English has its Japanese, whole, and says the same."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.words.of_channels import CHANNELS
from connectors.words.of_opening import OPENING
from connectors.words.of_site import SITE
from connectors.words.of_sources import SOURCES
from connectors.words.sentences import CATALOGUE, said_in
from koe.themes.telling import EN, JA, Telling
from koe.wording.catalogue import OWN
from koe.wording.catalogue import said_in as said_by_koe
from koe.wording.sentences import SLOTS

ROOT = Path(__file__).parent.parent
SLOT = re.compile(r"\{(\w+)\}")
JAPANESE = re.compile("[ぁ-んァ-ヶ一-龥]")
RAISED = {"SetupError", "RetryError", "BusyError", "RefusedError", "QuotaError"}
LEFT_OUT = {"SkipError", "self._skip", "skipped.append"}
ROOMS = ("koe", "connectors", "flows")
PAIRS = [*OPENING, *SOURCES, *CHANNELS, *SITE, *OWN]
KEPT_IN_ENGLISH = {
    "Missing variables: {} (prompt {}).",
    "Unknown variables: {} (prompt {}).",
    "Prompt {}: {}. Mend the file.",
    "Prompt {} cannot be read ({}). Put the file back.",
    "{} cannot be read ({}). Put the file back.",
    "The HTTP client has another inside than koe knows; calls would have no deadline.",
}
"""For who works on koe's prompts, which are English themselves."""
SAMPLES = {
    "n": "3", "m": "4", "all": "5", "number": "6", "week": "2026-W36", "first_week": "2026-W30",
    "last_week": "2026-W40", "name": "'x'", "other": "'y'", "third": "'z'", "stem": "S", "field": "f",
    "why": "there is no such setting", "cause": "Permission denied", "kinds": "complaint",
    "kinds_too": "question", "parts": "1 stood already", "choices": "praise", "export": "findings",
    "kind": "tickets",
}  # fmt: skip


def filled_in(node: ast.AST) -> str | None:
    """A text as the code has it, `{}` where something is filled in; None for what is no text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)
    return None


def raised() -> Iterator[str]:
    """Every sentence that an error for a person is raised with."""
    for path in (one for room in ROOMS for one in (ROOT / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and called(node) in RAISED:
                text = filled_in(node.args[0])
                yield from [text] if text else []


def left_out() -> Iterator[str]:
    """Every line about a page of the website that is left out."""
    for path in (ROOT / "connectors" / "site").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and called(node) in LEFT_OUT:
                text = filled_in(node.args[0])
                yield from [text] if text else []


def called(node: ast.Call) -> str:
    """What is called, as the code has it."""
    return ast.unparse(node.func)


def lacking() -> Iterator[str]:
    """Every line about a workspace that holds too little."""
    tree = ast.parse((ROOT / "koe" / "commands" / "lacking.py").read_text("utf-8"))
    for node in (one for one in ast.walk(tree) if isinstance(one, ast.Return) and one.value is not None):
        yield from filter(None, (filled_in(one) for one in ast.walk(node) if isinstance(one, ast.JoinedStr)))


def is_known(sentence: str) -> bool:
    """Whether a catalogue has the sentence, whatever is filled in on either side."""
    ours = re.compile(".*".join(map(re.escape, sentence.split("{}"))))
    return any(
        ours.fullmatch(english)
        or re.fullmatch(".+?".join(map(re.escape, SLOT.split(english)[::2])), sentence)
        for english, _ in CATALOGUE
    )


@pytest.mark.parametrize("sentence", sorted({*raised(), *lacking(), *left_out()} - KEPT_IN_ENGLISH))
def test_what_is_said_to_a_person_has_its_japanese(sentence: str) -> None:
    assert is_known(sentence), f"{sentence!r} is in no catalogue: see koe/wording and connectors/words"


@pytest.mark.parametrize(("english", "japanese"), PAIRS)
def test_a_sentence_is_said_whole_and_with_the_same_things(english: str, japanese: str) -> None:
    assert JAPANESE.search(SLOT.sub("", japanese))
    slots = set(SLOT.findall(english))
    assert set(SLOT.findall(japanese)) <= slots
    given = {slot: SAMPLES.get(slot, f"<{slot}>") for slot in slots}
    told = {slot: SLOTS[slot].says(text) if slot in SLOTS else text for slot, text in given.items()}
    told |= {slot: said_in(given[slot], "ja") for slot in slots & {"why", "parts"}}
    if "kind" in slots:
        told["kind"] = "問い合わせ"
    said = said_in(english.format(**given), "ja")
    assert said == japanese.format(**told)
    assert "\n" not in said
    assert said_in(english.format(**given), "en") == english.format(**given)


def test_a_sentence_that_is_not_known_whole_stays_english() -> None:
    for sentence in (
        "Nobody has said this. Next: koe weekly",
        "Setting 'agents' does not fit: nobody has said this. Mend it in /x/koe.toml.",
        "The ledger 'postgresql://db' cannot be opened: connection refused by a cat. Check KOE_LEDGER_URL.",
        "zd: GET /api/v2/users/me does not work: a new kind of trouble, after 6 tries. What came in is kept; "
        "pull again later.",
    ):
        assert said_in(sentence, "ja") == sentence


def test_koe_alone_says_what_is_its_own() -> None:
    assert said_by_koe("'x' is not a day. Write it as 2026-09-01.", "ja").startswith("「x」は日付では")


def sentences(words: Telling) -> dict[str, str]:
    """The sentences of a catalogue by name; the words of a pair and of a table each."""
    told: dict[str, str] = {}
    for name, value in words._asdict().items():
        each = value.values() if isinstance(value, dict) else (value,) if isinstance(value, str) else value
        told |= {f"{name} {n}": text for n, text in enumerate(each)}
    return told


def test_both_catalogues_of_themes_say_the_same_things() -> None:
    english, japanese = sentences(EN), sentences(JA)
    assert english.keys() == japanese.keys()
    slots = re.compile(r"\{(\w+)")
    for place, text in english.items():
        assert set(slots.findall(text)) == set(slots.findall(japanese[place])), place
        if not place.startswith(("between", "since")):
            assert JAPANESE.search(japanese[place]), place
