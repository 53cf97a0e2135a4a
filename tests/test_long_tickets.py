"""What is written under a ticket is read to its end, however long; a vendor that goes in circles is told."""

from collections.abc import Callable, Mapping
from types import SimpleNamespace
from typing import Any, cast

import pytest

from connectors.http.asking import Answer
from connectors.vendors.freshdesk import Freshdesk
from connectors.vendors.jira import Jira
from connectors.vendors.zendesk import Zendesk
from koe.errors import RetryError

PAGES = 70
Page = Callable[[int, bool], Answer]


class Pages:
    """A client with so many pages of two comments each; without an end the first comes again."""

    def __init__(self, page: Page, ends: bool) -> None:
        self._page, self._ends, self.asked = page, ends, 0

    def get(self, path: str, params: Mapping[str, str], allow: tuple[int, ...] = ()) -> Answer:
        self.asked += 1
        assert self.asked <= PAGES, "asked on after the end"
        return self._page(self.asked if self._ends else 1, self.asked < PAGES)


def two(n: int) -> list[dict[str, Any]]:
    return [{"id": 2 * n}, {"id": 2 * n + 1}]


def zendesk_page(n: int, more: bool) -> Answer:
    meta = {"has_more": more, "after_cursor": f"c{n}"}
    return Answer(200, {"comments": two(n), "users": [], "meta": meta}, {})


def jira_page(n: int, more: bool) -> Answer:
    return Answer(200, {"comments": two(n), "total": 2 * PAGES}, {})


def freshdesk_page(n: int, more: bool) -> Answer:
    return Answer(200, two(n), {"link": '<https://desk.example/>; rel="next"'} if more else {})


def comments_of(kind: Any, client: Pages) -> list[Any]:
    vendor = kind(cast(Any, SimpleNamespace(name="desk")), cast(Any, client))
    found = vendor._replies("1") if kind is Freshdesk else vendor._comments("1")
    return cast(list[Any], found["comments"] if kind is Zendesk else found)


vendors = pytest.mark.parametrize(
    ("kind", "page"),
    [
        pytest.param(Zendesk, zendesk_page, id="zendesk"),
        pytest.param(Jira, jira_page, id="jira"),
        pytest.param(Freshdesk, freshdesk_page, id="freshdesk"),
    ],
)


@vendors
def test_a_long_ticket_is_read_to_its_end(kind: Any, page: Page) -> None:
    comments = comments_of(kind, Pages(page, ends=True))
    assert [one["id"] for one in comments] == [id for n in range(1, PAGES + 1) for id in (2 * n, 2 * n + 1)]


@vendors
def test_a_vendor_that_gives_the_same_page_again_is_told(kind: Any, page: Page) -> None:
    client = Pages(page, ends=False)
    with pytest.raises(RetryError, match="desk: the vendor gives the same page again"):
        comments_of(kind, client)
    assert client.asked == 2
