"""Prompt files: read strictly, filled wholly, locked, and true to what they promise in their own examples."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from koe.engine.base import Proposal
from koe.engine.model import schemas
from koe.engine.model.find import check as check_found
from koe.engine.model.plan import check as check_planned
from koe.engine.model.schemas import read_answer, schema_of
from koe.engine.model.shape import Call
from koe.errors import SetupError
from koe.ground import Grounded, ground
from koe.model.prompts import (
    NOT_MEASURED,
    VERBS,
    Prompt,
    accept_prompts,
    load_lock,
    load_prompt,
    prompt_names,
    render,
    unreviewed,
)
from koe.records import FindingKind, MaskedTurn

GOOD = """---
purpose: to try it
inputs: one, two
output: Found
temperature: 0.5
---
## system
Fixed. It costs $$5 or $5.

## user
Say $one and $two, ${one} again for $$3.
"""
_EXAMPLE = re.compile(r"^### \d+ \(.*?(?=^### |\Z)", re.MULTILINE | re.DOTALL)
_ANSWER = re.compile(r'→ (\{"record".*?\]\})', re.DOTALL)
_PLAN = re.compile(r"→ (\{\"ask\".*\})$", re.MULTILINE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one prompt in it."""
    (tmp_path / "try.md").write_text(GOOD, "utf-8")
    return tmp_path


def changed(folder: Path, old: str, new: str) -> Path:
    """The folder with a piece of its prompt replaced."""
    (folder / "try.md").write_text(GOOD.replace(old, new, 1), "utf-8")
    return folder


def test_a_prompt_file_is_read_whole(folder: Path) -> None:
    prompt = load_prompt("try", folder)
    assert prompt[:6] == ("try", "to try it", ("one", "two"), "Found", 0.5, "Fixed. It costs $$5 or $5.")
    assert render(prompt, one="$two", two="2") == "Say $two and 2, $two again for $3."


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        pytest.param("---\npurpose", "purpose", "front matter", id="no front matter"),
        pytest.param("temperature: 0.5\n", "", "lacks: temperature", id="a key is missing"),
        pytest.param("output: Found", "output: Found\nmodel: gpt", "'model: gpt'", id="a model's name"),
        pytest.param("output: Found", "output: Found\noutput: Found", "'output: Found'", id="a key twice"),
        pytest.param("temperature: 0.5", "temperature: warm", "'warm'", id="a temperature that is none"),
        pytest.param("## user", "## users", "parts", id="no user part"),
        pytest.param("Fixed.", "Fixed $one.", "system part", id="a variable in the fixed part"),
        pytest.param("$two,", "$three,", "three, two", id="a variable that is not declared"),
        pytest.param("$$3", "$3", "starts no variable", id="a bare dollar"),
        pytest.param("Say", "## user\nSay", "parts", id="a part twice"),
    ],
)
def test_a_broken_prompt_is_one_clear_line(folder: Path, old: str, new: str, says: str) -> None:
    with pytest.raises(SetupError) as error:
        load_prompt("try", changed(folder, old, new))
    assert says in str(error.value)
    assert "try.md" in str(error.value)
    assert "\n" not in str(error.value)


def test_missing_and_unknown_variables_are_named(folder: Path) -> None:
    prompt = load_prompt("try", folder)
    with pytest.raises(SetupError, match="Missing variables: one, two"):
        render(prompt)
    with pytest.raises(SetupError, match="Unknown variables: more"):
        render(prompt, one="1", two="2", more="3")


def test_a_prompt_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"find\.md"):
        load_prompt("find", tmp_path)


@pytest.mark.parametrize("name", VERBS)
def test_an_engines_prompt_keeps_its_promises(name: str) -> None:
    prompt = load_prompt(name)
    assert hasattr(schemas, prompt.output)
    assert prompt.temperature == 0
    assert not re.search(r"(?i)gpt|claude|gemini|llama|openai|anthropic", prompt.system + prompt.user)
    assert all(f"${one}" in prompt.user for one in prompt.inputs)


@pytest.mark.parametrize("name", prompt_names())
def test_a_prompt_changes_only_with_a_new_record_in_the_lock(name: str) -> None:
    locked = load_lock().get(name)
    assert locked is not None, f"run: python -m eval.prompt_lock ({name} is not in the lock)"
    assert locked.sha256 == load_prompt(name).sha256, f"run: python -m eval.prompt_lock ({name} has changed)"


def test_a_prompt_that_no_run_has_accepted_is_unreviewed(folder: Path) -> None:
    accept_prompts({}, folder)
    assert load_lock(folder)["try"].run == NOT_MEASURED
    assert unreviewed(["try"], folder) == ("try",)
    accept_prompts({"try": 'openai:any on a set: "good"\nenough'}, folder)
    assert unreviewed(["try"], folder) == ()
    assert load_lock(folder)["try"].run == 'openai:any on a set: "good" enough'
    changed(folder, "Fixed.", "Mended.")
    assert unreviewed(["try"], folder) == ("try",)
    accept_prompts({}, folder)
    assert unreviewed(["try"], folder) == ("try",)


def test_a_broken_lock_is_one_clear_line(folder: Path) -> None:
    (folder / "prompts.lock").write_text("[try]\nsha256 = 5\n", "utf-8")
    with pytest.raises(SetupError, match=r"prompts\.lock"):
        load_lock(folder)


def examples(prompt: Prompt) -> list[tuple[list[MaskedTurn], Mapping[str, object]]]:
    """The turns and the answer of each example record in `find`."""
    found = []
    for block in _EXAMPLE.findall(prompt.system.partition("# Examples")[2]):
        text, _, rest = block.partition("→")
        answer = _ANSWER.search("→" + rest)
        turns = re.findall(r"^(\d+) (customer|agent)\| (.*(?:\n\| .*)*)", text, re.MULTILINE)
        made = [MaskedTurn(n=int(n), role=role, text=said.replace("\n| ", "\n")) for n, role, said in turns]
        assert answer is not None, block
        found.append((made, json.loads(answer[1].replace("\n", ""))))
    return found


def test_every_quote_of_an_example_stands_in_its_turn() -> None:
    shown = examples(load_prompt("find"))
    assert len(shown) == 4
    kinds = set()
    for turns, answer in shown:
        schemas.FoundRecord.model_validate(answer)
        for one in answer["findings"]:  # type: ignore[attr-defined]
            kinds.add(one["kind"])
            place = ground(Proposal.model_validate(one), turns)
            assert isinstance(place, Grounded), one
            assert place.turn == one["turn"]
    assert kinds == {kind.value for kind in FindingKind}


def test_the_examples_of_plan_are_answers() -> None:
    prompt = load_prompt("plan")
    call = Call("plan", "", "", "", {}, 0, 1)
    shown = _PLAN.findall(prompt.system)
    assert len(shown) == 5
    for text in shown:
        assert check_planned(call, text) is None, text
        assert read_answer(schemas.Planned, text).ask


@pytest.mark.parametrize("name", VERBS)
def test_a_schema_is_strict_all_the_way_down(name: str) -> None:
    schema = schema_of(getattr(schemas, load_prompt(name).output))
    objects = [node for node in walk(schema) if node.get("type") == "object"]
    assert objects
    for node in objects:
        assert node["additionalProperties"] is False
        assert node["required"] == list(node["properties"])
    assert "$ref" not in json.dumps(schema)


def walk(node: object) -> list[dict[str, object]]:
    """Every object of a JSON value."""
    if isinstance(node, list):
        return [found for item in node for found in walk(item)]
    if not isinstance(node, dict):
        return []
    return [node, *(found for item in node.values() for found in walk(item))]


def test_the_answer_that_find_shows_passes_its_check() -> None:
    call = Call("find", "", "", "### 1 (ticket)\n0 customer| x", {}, 0, 1)
    shown = re.search(
        r'^Answer for every record.*?(\{"records".*\})$', load_prompt("find").system, re.MULTILINE
    )
    assert shown is not None
    assert check_found(call, shown[1]) is None
