"""Accounts that a question names, as answers show them."""

import sqlalchemy as sa

from koe.engine.base import Query
from koe.facts.accounts import shown
from koe.language.text import normalize
from koe.ledger.schema import conversation
from koe.workspace import Workspace

__all__ = ["with_accounts"]

SHORTEST = 4
"""Letters of a name that is looked for; a shorter one stands in other words."""


def with_accounts(conn: sa.Connection, ws: Workspace, question: str, query: Query) -> Query:
    """The query kept to the accounts whose names stand in the question, their words taken out of it."""
    if query.accounts or not query.words:
        return query
    text = normalize(question).lower()
    columns = (conversation.c.account, conversation.c.account_name)
    rows = conn.execute(sa.select(*columns).where(~conversation.c.withdrawn).distinct()).all()
    names = sorted({(row.account, normalize(shown(ws, *row)).lower()) for row in rows})
    named = [(account, name) for account, name in names if len(name) >= SHORTEST and name in text]
    if not named:
        return query
    taken = _words(" ".join(name for _, name in named))
    words = tuple(word for word in query.words if word not in taken)
    return query.model_copy(update={"accounts": tuple(dict.fromkeys(id for id, _ in named)), "words": words})


def _words(names: str) -> set[str]:
    """Every word of the names, as a question's words are written."""
    from koe.language.tokens import stem, tokenize

    return {form for token in tokenize(names) for form in (token.normal, stem(token.normal))}
