"""Recorded calls: whose they are, and those whose transcript is not there yet."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from connectors.http.vendor import Raw
from connectors.records.accounts import FREE_MAIL, account_of, domain_of
from koe.records import Account


class Waiting:
    """Calls without a transcript: left for a later pull, and named once they have waited too long."""

    def __init__(self, late: timedelta) -> None:
        self._late = late
        self._ids: set[str] = set()

    def judge(self, key: str, body: Mapping[str, Any], began: datetime | None, now: datetime) -> list[Raw]:
        """Nothing for a call that may still get a transcript; what names it for one that is too old."""
        if began is not None and now - began <= self._late:
            self._ids.add(key)
            return []
        return [Raw(key, body, trouble=f"has no transcript after {self._late.days} days")]

    def note(self) -> list[str]:
        """What there is to say of those that wait, once."""
        count, self._ids = len(self._ids), set()
        return [f"calls: {count} wait for their transcript; a later pull brings them"] if count else []


def company_of(emails: Iterable[str], ours: Iterable[str], names: Mapping[str, str], person: str) -> Account:
    """The account of a call: the company that most of those have who are not ours, else the person.

    `names` are names of customers by their mail domain.
    """
    own = {name.strip().lower().lstrip("@") for name in ours}
    domains = [domain for one in emails if (domain := domain_of(one)) and domain not in own | FREE_MAIL]
    if not domains:
        return account_of(None, "", person)
    domain = min(set(domains), key=lambda one: (-domains.count(one), one))
    return Account(id=domain, name=names.get(domain, domain))
