"""Whose words a ticket holds: the company it came from, or the person where there is none."""

from collections.abc import Collection

from koe.records import Account, Role

_FREE_MAIL = """
    126.com 163.com aol.com aol.jp au.com biglobe.ne.jp dion.ne.jp docomo.ne.jp excite.co.jp ezweb.ne.jp
    fastmail.com gmail.com gmx.com gmx.de gmx.net goo.jp googlemail.com hanmail.net hotmail.co.jp
    hotmail.co.uk hotmail.com hotmail.fr i.softbank.jp icloud.com infoseek.jp kakao.com live.com live.jp
    mac.com mail.com mail.ru me.com mineo.jp msn.com naver.com nifty.com ocn.ne.jp orange.fr outlook.com
    outlook.jp plala.or.jp proton.me protonmail.com qq.com rakuten.jp so-net.ne.jp softbank.ne.jp
    t-online.de uqmobile.jp web.de wanadoo.fr yahoo.co.jp yahoo.co.uk yahoo.com yahoo.ne.jp yandex.ru
    ybb.ne.jp ymail.com ymail.ne.jp ymobile.ne.jp zoho.com
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


def by_address(email: str) -> dict[str, str | None]:
    """The account of whom only a mail address is known, as koe's file format has it: the domain under its
    own name, or the address without one where many share the domain. No id where it is no address."""
    domain = domain_of(email)
    if domain in FREE_MAIL:
        return {"id": email.strip().lower(), "name": None}
    return {"id": domain or None, "name": domain or None}


def role_of(email: str, our_domains: Collection[str], otherwise: Role) -> Role:
    """Who speaks: an agent where the address is one of ours, else what the vendor says."""
    domain = domain_of(email)
    ours = {name.strip().lower().lstrip("@") for name in our_domains}
    return "agent" if domain and domain in ours else otherwise
