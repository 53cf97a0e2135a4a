"""Whose words a ticket holds: the company it came from, or the person where there is none."""

from collections.abc import Collection

from koe.records import Account, Role

_FREE_MAIL = """

"""
FREE_MAIL = frozenset(_FREE_MAIL.split())
"""Mail domains that name a provider and not a company."""


def domain_of(email: str) -> str:
    """The domain of a mail address in small letters; "" where it is none."""
    _, at, domain = email.strip().lower().rpartition("@")
    return domain if at and "." in domain and not set(domain) & set(" <>,;") else ""


def account_of(company: tuple[str, str] | None, email: str, person: str) -> Account:
    """The account of a ticket: its company (id, name), else its mail domain, else the person.

    A person's account has no name, so that no list of accounts shows one.
    """
    if company and company[0]:
        return Account(id=company[0], name=company[1])
    domain = domain_of(email)
    if domain and domain not in FREE_MAIL:
        return Account(id=domain, name=domain)
    return Account(id=f"person-{person or 'unknown'}")


def role_of(email: str, our_domains: Collection[str], otherwise: Role) -> Role:
    """Who speaks: an agent where the address is one of ours, else what the vendor says."""
    domain = domain_of(email)
    ours = {name.strip().lower().lstrip("@") for name in our_domains}
    return "agent" if domain and domain in ours else otherwise
