"""Accounts, deals and conversations that a question names, as answers show them."""

import re

import sqlalchemy as sa

from koe.engine.base import Query
from koe.facts.accounts import shown
from koe.language.text import normalize
from koe.ledger.reading import cited_as
from koe.ledger.schema import conversation
from koe.workspace import Workspace

__all__ = ["ids_in", "with_accounts"]

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]*[-_:#]?\d[\w-]*|\d{6,}", re.ASCII)
"""How ids of records look: letters with a number, or a long number."""
SHORTEST = 4
"""Letters of a name that is looked for; a shorter one stands in other words."""


def with_accounts(conn: sa.Connection, ws: Workspace, question: str, query: Query) -> Query:
    """The query kept to the accounts whose names stand in the question, their words taken out of it."""
    if query.accounts:
        return query
    text = normalize(question).lower()
    columns = (conversation.c.account, conversation.c.account_name)
    rows = conn.execute(sa.select(*columns).where(~conversation.c.withdrawn).distinct()).all()
    names = sorted({(row.account, normalize(shown(ws, *row)).lower()) for row in rows})
    named = [(account, name) for account, name in names if len(name) >= SHORTEST and _stands_in(name, text)]
    if not named:
        return query
    taken = _words(" ".join(name for _, name in named))
    words = tuple(word for word in query.words if word not in taken)
    return query.model_copy(update={"accounts": tuple(dict.fromkeys(id for id, _ in named)), "words": words})


def ids_in(conn: sa.Connection, question: str, table: sa.Table) -> tuple[str, ...]:
    """The ids of such records that stand in the question, as they are cited."""
    written = {word.lower() for word in _ID.findall(normalize(question))}
    forms = sorted({form for word in written for form in (word, word.upper())} | {*_ID.findall(question)})
    if not forms:
        return ()
    query = sa.select(cited_as(table).label("cited")).where(~table.c.withdrawn)
    found = conn.scalars(query.where(sa.or_(table.c.external_id.in_(forms), cited_as(table).in_(forms))))
    return tuple(sorted(set(found)))


def _stands_in(name: str, text: str) -> bool:
    """Whether the name is there as such: a Latin one not as a piece of another word."""
    left, right = (
        r"(?<![a-z0-9])" if name[0].isascii() else "",
        r"(?![a-z0-9])" if name[-1].isascii() else "",
    )
    return name in text and re.search(left + re.escape(name) + right, text) is not None


def _words(names: str) -> set[str]:
    """Every word of the names, as a question's words are written."""
    from koe.language.tokens import stem, tokenize

    return {form for token in tokenize(names) for form in (token.normal, stem(token.normal))}
