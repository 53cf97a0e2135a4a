"""Our fakes of help desks, read to the end by clients that other people wrote, and what koe then holds."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from connectors.vendors.freshdesk import STATUSES
from tests.fake_freshdesk import FakeFreshdesk
from tests.fake_jira import FakeJira
from tests.fake_zendesk import FakeZendesk
from tests.foreign import foreign, waits
from tests.source_pulls import Held, desk, held, pull_all, truth
from tests.vendor_fake import Fake, Stage, stage
from tests.vendor_world import World

__all__ = ["waits"]


@pytest.fixture(scope="module")
def theatre() -> Iterator[Stage]:
    with stage() as given_stage:
        yield given_stage


def busy_world() -> World:
    """Seven tickets of some pages of three: with replies, a note, one deleted and text that is not plain."""
    world = World()
    for n in range(1, 8):
        world.open(f"検索が <{n}> 秒かかる & 止まる 👨‍👩‍👧", company=n != 5)
        world.time.at += 50
    for n in range(4):
        world.reply(2, f"調べています {n}")
    world.reply(3, "社内のメモ", public=False)
    world.reply(3, "まだ遅いです", who="customer")
    world.delete(6)
    world.solve(7)
    world.time.at += 3600
    return world


def koe_holds(fake: Fake, theatre: Stage, home: Path) -> Held:
    """What koe's own connector makes of the same fake."""
    with desk(home, fake, theatre) as ws:
        pull_all(ws, fake)
        return held(ws)


def zendesk_as_zdesk_reads_it(url: str, fake: Fake) -> Held:
    mail, again = "me@ours.example", {"retry_on": [429, 503], "max_retries": 3}
    client = foreign("zdesk").Zendesk(url, mail, zdesk_password=fake.token, zdesk_token=True, **again)
    page = client.incremental_tickets_cursor_list(start_time=1_700_000_000)
    tickets = list(page["tickets"])
    while not page["end_of_stream"]:
        page = client.call(page["after_url"].removeprefix(url))
        tickets += page["tickets"]
    found: Held = {}
    for one in tickets:
        if one["status"] != "deleted":
            comments = client.ticket_comments(one["id"], get_all_pages=True)["comments"]
            authors = sorted({said["author_id"] for said in comments})
            users = client.users_show_many(ids=authors)["users"]
            roles = {user["id"]: "customer" if user["role"] == "end-user" else "agent" for user in users}
            turns = [(roles[said["author_id"]], said["plain_body"]) for said in comments if said["public"]]
            found[str(one["id"])] = (one["subject"], turns)
    return found


def jira_as_jira_reads_it(url: str, fake: Fake) -> Held:
    return _jira(url, fake, use_post=False)


def jira_as_jira_reads_it_by_post(url: str, fake: Fake) -> Held:
    return _jira(url, fake, use_post=True)


def _jira(url: str, fake: Fake, use_post: bool) -> Held:
    client = foreign("jira").JIRA(
        url, options={"rest_api_version": "3"}, basic_auth=("me@ours.example", fake.token)
    )
    assert client._is_cloud
    found: Held = {}
    jql = "project = SUP ORDER BY updated ASC"
    for issue in client.enhanced_search_issues(jql, maxResults=0, use_post=use_post):
        first = ("customer", _adf(issue.raw["fields"]["description"]))
        comments: list[Any] = []
        while not comments or len(comments) % fake.page_size == 0:
            page = client.comments(issue.key, start_at=len(comments), max_results=fake.page_size)
            comments += page
            if not page:
                break
        roles = {"customer": "customer", "atlassian": "agent"}
        public = [one for one in comments if not hasattr(one, "visibility") and one.jsdPublic]
        said = [(roles[one.author.accountType], _adf(one.raw["body"])) for one in public]
        found[issue.id] = (issue.fields.summary, [first, *said])
    return found


def _adf(node: Any) -> str:
    return str(node.get("text", "")) + "".join(_adf(one) for one in node.get("content", ()))


def freshdesk_as_python_freshdesk_reads_it(url: str, fake: Fake) -> Held:
    client = foreign("freshdesk.v2.api").API("acme.freshdesk.com", fake.token)
    client._api_prefix = f"{url}/api/v2/"
    assert client.agents.currently_authenticated_agent().ticket_scope == 1
    found: Held = {}
    more = {"updated_since": "2020-01-01T00:00:00Z", "include": "description,requester"}
    size = fake.page_size
    for one in client.tickets.list_tickets(filter_name=None, per_page=size, **more):
        said = client.comments.list_comments(one.id, per_page=size)
        turns = [("customer" if c.incoming else "agent", c.body_text) for c in said if not c.private]
        found[str(one.id)] = (one.subject, [("customer", one.description_text), *turns])
        assert one.company_id is None or client.companies.get_company(one.company_id).name
    assert [one.id for one in client.tickets.list_deleted_tickets()] == [6]
    return found


READERS: list[Any] = [
    pytest.param(FakeZendesk, zendesk_as_zdesk_reads_it, id="zendesk by zdesk"),
    pytest.param(FakeJira, jira_as_jira_reads_it, id="jira by jira"),
    pytest.param(FakeJira, jira_as_jira_reads_it_by_post, id="jira by jira, by POST"),
    pytest.param(FakeFreshdesk, freshdesk_as_python_freshdesk_reads_it, id="freshdesk by python-freshdesk"),
]


@pytest.mark.parametrize("size", [1, 3, 100])
@pytest.mark.parametrize(("kind", "read"), READERS)
def test_another_s_client_reads_from_the_fake_what_koe_reads(
    kind: Any, read: Any, size: int, theatre: Stage, tmp_path: Path
) -> None:
    fake = kind(busy_world(), page_size=size)
    theatre.show(fake)
    found = read(theatre.base_url, fake)
    assert len(found) == 6
    assert found == truth(fake)
    assert found == koe_holds(fake, theatre, tmp_path)


@pytest.mark.parametrize(
    ("kind", "read", "faults", "least"),
    [
        pytest.param(FakeZendesk, zendesk_as_zdesk_reads_it, {1: "429 seconds", 4: "503"}, 7, id="zdesk"),
        pytest.param(FakeJira, jira_as_jira_reads_it, {2: "429 seconds", 5: "429 seconds"}, 7, id="jira"),
    ],
)
def test_another_s_client_comes_through_what_the_fake_lets_fail(
    kind: Any, read: Any, faults: dict[int, str], least: float, theatre: Stage, waits: list[float]
) -> None:
    fake = kind(busy_world(), page_size=3)
    theatre.show(fake)
    fake.script(faults)
    assert read(theatre.base_url, fake) == truth(fake)
    assert fake.faults == {} and waits[0] >= least


def test_another_s_client_is_told_by_the_fake_how_long_to_wait(theatre: Stage) -> None:
    errors = foreign("freshdesk.v2.errors")
    fake = FakeFreshdesk(busy_world(), page_size=3)
    theatre.show(fake)
    fake.script({2: "429 seconds"})
    with pytest.raises(errors.FreshdeskRateLimited, match="until 7 seconds"):
        freshdesk_as_python_freshdesk_reads_it(theatre.base_url, fake)


def test_a_status_s_number_means_to_koe_what_it_means_to_another_s_client() -> None:
    ticket = foreign("freshdesk.v2.models").Ticket
    born = {"created_at": "2026-09-21T00:00:00Z", "updated_at": "2026-09-21T00:00:00Z"}
    assert {key: ticket(status=int(key), **born).status for key in STATUSES} == STATUSES
