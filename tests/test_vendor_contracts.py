"""Our requests and our fakes' answers, judged by the vendors' contracts that `KOE_VENDOR_SPECS` holds."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors.vendors.intercom import conversation_of
from connectors.vendors.jira import conversation_of as issue_of
from tests.source_pulls import FAKES, desk, pull_all, source_of
from tests.vendor_fake import Asked, Fake, Reply, Stage, stage
from tests.vendor_world import World

jsonschema = pytest.importorskip("jsonschema")
from referencing import Registry, Resource  # noqa: E402
from referencing.jsonschema import DRAFT202012  # noqa: E402

FOLDER = os.environ.get("KOE_VENDOR_SPECS", "")
SPECS = {
    "intercom": "intercom-2.14.json",
    "jira": "jira.json",
    "kintone": "kintone.json",
    "zoom": "zoom-oad-old.json",
}
PREFIXES = {"zoom": "/v2"}
"""What the file's paths leave out."""
DEVIATIONS: dict[str, dict[str, str]] = {
    "jira": {"GET /rest/api/3/myself": "the file holds the paths of issues and search only"},
    "zoom": {
        **{
            f"GET /past_meetings/{n}/participants": "the file holds users and recordings only"
            for n in range(9)
        },
        **{f"GET /rec/rec/{n}": "a download's address is the vendor's own" for n in range(9)},
    },
}
"""Requests that the file does not know, with the reason why they are right all the same."""

ANSWERS: dict[str, dict[str, str]] = {
    "kintone": {
        "totalCount: None is not of type 'integer'": "null where nobody asked how many there are",
        "revision: '2' is not of type 'integer'": "the vendor's own description shows a text",
        "no answer 404 in the contract": "the file holds answers of 200 only",
    },
    "zoom": {"id: 8000000 is not of type 'string'": "the vendor's own description shows a number"},
}
"""What a file has against an answer, numbers of meetings apart, and why it is right all the same."""

pytestmark = pytest.mark.skipif(not FOLDER, reason="KOE_VENDOR_SPECS names no folder of vendor contracts")


@pytest.fixture(scope="module")
def theatre() -> Iterator[Stage]:
    with stage() as given_stage:
        yield given_stage


class Contract:
    """An OpenAPI file as the judge of requests."""

    def __init__(self, path: Path) -> None:
        self.spec = json.loads(path.read_text("utf-8"))
        whole = Resource.from_contents(self.spec, default_specification=DRAFT202012)
        self.registry: Any = Registry().with_resource("urn:spec", whole)

    def faults(self, asked: Asked) -> list[str]:
        """What the contract has against a request."""
        found = self._of(asked)
        if found is None:
            return [f"{asked.method} {asked.path} is not in the contract"]
        return self._operation(found[0], asked, found[1])

    def answer_faults(self, asked: Asked, reply: Reply) -> list[str]:
        """What the contract has against an answer; nothing against one to a request that it does not know."""
        found = self._of(asked)
        if found is None:
            return []
        answers = found[0][asked.method.lower()]["responses"]
        answer = answers.get(str(reply.status), answers.get("default"))
        if answer is None:
            return [f"no answer {reply.status} in the contract"]
        content = self._resolved(answer).get("content", {})
        schemas = [one["schema"] for one in content.values() if "schema" in one]
        return [
            fault
            for schema in schemas[:1]
            for fault in (*self._judged(reply.body, schema, ""), *self._strangers(reply.body, schema, ""))
        ]

    def _of(self, asked: Asked) -> tuple[Any, dict[str, str]] | None:
        """The operations of a request's path, and what its placeholders hold."""
        for template, operations in self.spec["paths"].items():
            pattern = re.sub(r"\\\{[^/]+\\\}", "([^/]+)", re.escape(template))
            match = re.fullmatch(pattern, asked.path)
            if match and asked.method.lower() in operations:
                names = re.findall(r"\{([^/]+)\}", template)
                return operations, dict(zip(names, match.groups(), strict=True))
        return None

    def _operation(self, operations: Any, asked: Asked, path: dict[str, str]) -> list[str]:
        operation = operations[asked.method.lower()]
        listed = [
            self._resolved(one)
            for one in [*operations.get("parameters", []), *operation.get("parameters", [])]
        ]
        places = {"query": asked.query, "path": path, "header": asked.headers}
        found: list[str] = []
        for one in listed:
            value = places[one["in"]].get(one["name"].lower() if one["in"] == "header" else one["name"])
            if value is None and one.get("required"):
                found.append(f"{one['in']} {one['name']} is missing")
            elif value is not None:
                found += self._judged(
                    _typed(value, self._resolved(one["schema"])), one["schema"], one["name"]
                )
        known = {one["name"] for one in listed if one["in"] == "query"}
        found += [f"query {name} is not in the contract" for name in asked.query if name not in known]
        body = operation.get("requestBody")
        if asked.method == "POST" and body:
            schema = next(iter(self._resolved(body)["content"].values()))["schema"]
            found += self._judged(asked.body, schema, "body")
        return found

    def _resolved(self, one: Any) -> Any:
        while "$ref" in one:
            target: Any = self.spec
            for part in one["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            one = target
        return one

    def _strangers(self, value: Any, schema: Any, path: str) -> Iterator[str]:
        """Names that stand in an answer and not in the contract; schemas alone let most of them pass."""
        parts = list(self._branches(schema))
        if isinstance(value, list):
            within = next((one["items"] for one in parts if "items" in one), None)
            for one in value if within is not None else ():
                yield from self._strangers(one, within, f"{path}[]")
        names = {name: inner for one in parts for name, inner in one.get("properties", {}).items()}
        is_open = not names or any(one.get("additionalProperties") for one in parts)
        for name, inner in value.items() if isinstance(value, dict) else ():
            if name in names:
                yield from self._strangers(inner, names[name], f"{path}.{name}")
            elif not is_open:
                yield f"{path}.{name} is not in the contract"

    def _branches(self, schema: Any) -> Iterator[Any]:
        """A schema and those that it is made of."""
        whole = self._resolved(schema)
        yield whole
        for kind in ("allOf", "oneOf", "anyOf"):
            for one in whole.get(kind, ()):
                yield from self._branches(one)

    def _judged(self, value: Any, schema: Any, where: str) -> list[str]:
        away = json.loads(json.dumps(schema).replace('"#/', '"urn:spec#/'))
        validator = jsonschema.Draft202012Validator(away, registry=self.registry)
        faults = list(validator.iter_errors(value))
        places = [
            where or next((str(one) for one in reversed(fault.path) if isinstance(one, str)), "")
            for fault in faults
        ]
        return [f"{place}: {fault.message[:200]}" for place, fault in zip(places, faults, strict=True)]


def _typed(value: str, schema: Any) -> Any:
    """A parameter as its schema types it: everything is text in an address."""
    if schema.get("type") in ("integer", "number") and re.fullmatch(r"-?\d+", value):
        return int(value)
    if schema.get("type") == "boolean":
        return {"true": True, "false": False}.get(value, value)
    return [value] if schema.get("type") == "array" else value


def requests_of(fake: Fake, theatre: Stage, home: Path) -> list[Asked]:
    """Every kind of request: first and next pages, a second pull, the look for deletes, the checks."""
    with desk(home, fake, theatre) as ws:
        list(source_of(ws, fake).check())
        pull_all(ws, fake)
        fake.world.reply(1, "まだ遅い", who="customer")
        fake.world.delete(3)
        fake.world.time.at += 8 * 86_400
        pull_all(ws, fake)
    return fake.asked


@pytest.fixture
def world() -> World:
    made = World()
    for n in range(5):
        made.open(f"検索に {n} 分かかる")
        made.reply(n + 1, "調べます")
    made.time.at += 3600
    return made


@pytest.mark.parametrize("name", sorted(SPECS))
def test_every_request_is_one_the_vendor_s_contract_allows(
    name: str, world: World, theatre: Stage, tmp_path: Path
) -> None:
    contract = Contract(Path(FOLDER) / SPECS[name])
    known = DEVIATIONS.get(name, {})
    asked = requests_of(FAKES[name](world, page_size=2), theatre, tmp_path)
    asked = [one._replace(path=one.path.removeprefix(PREFIXES.get(name, ""))) for one in asked]
    faults = {
        f"{one.method} {one.path}": contract.faults(one)
        for one in asked
        if f"{one.method} {one.path}" not in known and contract.faults(one)
    }
    assert len(asked) > 10
    assert faults == {}


@pytest.mark.parametrize("name", sorted(SPECS))
def test_every_answer_of_a_fake_is_one_the_vendor_s_contract_allows(
    name: str, world: World, theatre: Stage, tmp_path: Path
) -> None:
    contract = Contract(Path(FOLDER) / SPECS[name])
    fake = FAKES[name](world, page_size=2)
    judged: list[str] = []
    faults: dict[str, str] = {}

    def judge(asked: Asked, reply: Reply) -> None:
        seen = asked._replace(path=asked.path.removeprefix(PREFIXES.get(name, "")))
        judged.append(seen.path)
        for fault in contract.answer_faults(seen, reply):
            faults[re.sub(r"800000\d", "8000000", fault)] = f"{seen.method} {seen.path}"

    fake.twist = judge
    requests_of(fake, theatre, tmp_path)
    assert len(judged) > 10
    assert {fault: place for fault, place in faults.items() if fault not in ANSWERS.get(name, {})} == {}
    assert ANSWERS.get(name, {}).keys() <= faults.keys(), "a deviation that is none any more"


def test_the_judge_says_no_where_it_should() -> None:
    contract = Contract(Path(FOLDER) / SPECS["jira"])
    wrong = Asked(0, "POST", "/rest/api/3/search/jql", {}, {"jql": 5, "page": 2}, {})
    assert len(contract.faults(wrong)) == 2
    assert contract.faults(wrong._replace(path="/rest/api/3/search")) != []
    asked = wrong._replace(body={"jql": "project = SUP"})
    assert contract.answer_faults(asked, Reply({"issues": [], "isLast": True})) == []
    assert contract.answer_faults(asked, Reply({"issues": "none", "isLast": 1})) != []
    assert ".issue is not in the contract" in contract.answer_faults(asked, Reply({"issue": []}))


def example(contract: Contract, path: str) -> Any:
    """The answer that a contract itself shows."""
    answer = contract._resolved(contract.spec["paths"][path]["get"]["responses"]["200"])
    shown = next(iter(answer["content"].values()))
    return shown["example"] if "example" in shown else next(iter(shown["examples"].values()))["value"]


def test_intercom_s_own_examples_are_a_conversation_without_a_surprise() -> None:
    contract = Contract(Path(FOLDER) / SPECS["intercom"])
    shown = {
        name: example(contract, f"/{path}")
        for name, path in (
            ("conversation", "conversations/{conversation_id}"),
            ("contact", "contacts/{contact_id}"),
            ("company", "companies/{company_id}"),
        )
    }
    odd: set[str] = set()
    made = conversation_of(shown, "desk", (), odd)
    assert odd == set()
    assert made.external_id == shown["conversation"]["id"]
    assert made.account.name == shown["company"]["name"]
    assert made.created_at.timestamp() == shown["conversation"]["created_at"]
    assert [turn.name for turn in made.turns] == [
        shown["conversation"]["source"]["author"]["name"],
        *(
            part["author"]["name"]
            for part in shown["conversation"]["conversation_parts"]["conversation_parts"]
            if part["body"]
        ),
    ]


def test_jira_s_own_example_of_a_comment_that_a_role_may_read_is_not_read() -> None:
    contract = Contract(Path(FOLDER) / SPECS["jira"])
    shown = json.loads(example(contract, "/rest/api/3/issue/{issueIdOrKey}/comment"))
    fields = {
        "created": "2026-09-01T09:00:00.000+0900",
        "summary": "検索",
        "description": "遅い",
        "status": {},
    }
    issue = {"id": "10010", "fields": fields}
    comments = shown["comments"]
    made = issue_of({"issue": issue, "comments": comments, "organizations_field": ""}, "desk", (), set())
    assert comments and comments[0]["visibility"]["type"] == "role"
    assert [turn.text for turn in made.turns] == ["遅い"]
