"""Accounts, deals and conversations that a question names, as answers show them.

A company goes by its whole name and by what people call it, without its legal form.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from koe.ask.question.begun import beginnings, is_meant
from koe.engine.base import Query
from koe.facts.accounts import shown
from koe.language.text import normalize
from koe.ledger.reading import cited_as
from koe.ledger.schema import conversation, deal, turn
from koe.workspace import Workspace

__all__ = ["everyday", "ids_in", "names_in", "with_accounts"]

_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]*[-_:#]?\d[\w-]*|\d{6,}", re.ASCII)
"""How ids of records look: letters with a number, or a long number."""
SHORTEST = 4
"""Letters of a name that is looked for; a shorter one stands in other words."""
SHORTEST_CALLED = 2
"""The same where the words around say that it is a company."""

_FORM = (
    r"(?:株式|有限|合同|合資|合名|相互)会社|\((?:株|有|同|資|名|社|財|医|学|福)\)|(?:一般|公益|特定)?(?:社団|財団)法人"
    r"|(?:特定非営利活動|npo|医療|社会福祉|学校|宗教|税理士|弁護士|独立行政)法人(?:社団|財団)?"
)
_FORM_EN = (
    r"incorporated|inc|limited|ltd|llc|llp|plc|corporation|corp|company|co|gmbh|ag|kk|k\.k|pty|pte|b\.?v|n\.?v"
    r"|s\.?a|s\.?r\.?l|sarl|oy|ab|a/s"
)
_FORMS = re.compile(rf"^(?:{_FORM})\s*|\s*(?:{_FORM})$|(?:\s*,\s*|\s+)(?:{_FORM_EN})\.?$")
_CALLED = r"\s*(?:さん|様|御中|社(?![内員会長])|から|との(?:商談|会話|通話|電話|打ち?合わ?せ|契約)|'s\b)"
_CALLED_BEFORE = r"\b(?:from|by|at|with|did|does|has)\s+(?:the\s+)?"

Spans = Sequence[tuple[int, int]]


def with_accounts(conn: sa.Connection, ws: Workspace, question: str, query: Query) -> Query:
    """The query kept to the accounts whose names stand in the question, their words taken out of it."""
    if query.accounts:
        return query
    named = _named(conn, ws, question)
    if not named:
        return query
    accounts = sorted((id, name) for name, one in named.items() for id in one.accounts)
    left = _left(normalize(question).lower(), [span for one in named.values() for span in one.spans])
    words = tuple(word for word in query.words if word in left)
    return query.model_copy(
        update={"accounts": tuple(dict.fromkeys(id for id, _ in accounts)), "words": words}
    )


def names_in(conn: sa.Connection, ws: Workspace, question: str) -> tuple[str, ...]:
    """The names of accounts that stand in the question, in lower case, the longest first."""
    return tuple(_named(conn, ws, question))


class _Named(NamedTuple):
    """Accounts that go by a name, and where it stands in the question."""

    accounts: set[str]
    spans: Spans


def _named(conn: sa.Connection, ws: Workspace, question: str) -> dict[str, _Named]:
    """The names in the question that stand for accounts, the longest first."""
    written = normalize(question)
    text = written.lower()
    whole, called = _names(conn, ws)
    begun = beginnings({**whole, **called})
    return {
        name: _Named({*whole.get(name, ()), *called.get(name, ()), *begun.get(name, ())}, spans)
        for name, spans in _places({*whole, *called, *begun}, text).items()
        if (name not in begun and _is_called(spans, text))
        or (name in begun and is_meant(written, spans) and not _is_said(conn, name, begun[name]))
        or (len(name) >= SHORTEST and name in whole)
        or (len(name) >= SHORTEST and name in called and not _is_said(conn, name, called[name]))
    }


def everyday(name: str) -> str:
    """What a company is called: its name without what it is by law."""
    while (shorter := _FORMS.sub("", name).strip(" ,")) not in (name, ""):
        name = shorter
    return name


def ids_in(conn: sa.Connection, question: str, table: sa.Table) -> tuple[str, ...]:
    """The ids of such records that stand in the question, as they are cited."""
    written = {word.lower() for word in _ID.findall(normalize(question))}
    forms = sorted({form for word in written for form in (word, word.upper())} | {*_ID.findall(question)})
    if not forms:
        return ()
    query = sa.select(cited_as(table).label("cited")).where(~table.c.withdrawn)
    found = conn.scalars(query.where(sa.or_(table.c.external_id.in_(forms), cited_as(table).in_(forms))))
    return tuple(sorted(set(found)))


Names = Mapping[str, set[str]]
"""Accounts by what they are called."""


def _names(conn: sa.Connection, ws: Workspace) -> tuple[Names, Names]:
    """Whole names, and names without a legal form, of all accounts that have conversations or deals."""
    whole: dict[str, set[str]] = defaultdict(set)
    called: dict[str, set[str]] = defaultdict(set)
    for table in (conversation, deal):
        columns = (table.c.account, table.c.account_name)
        for row in conn.execute(sa.select(*columns).where(~table.c.withdrawn).distinct()):
            name = normalize(shown(ws, *row)).lower()
            whole[name].add(row.account)
            if (short := everyday(name)) != name:
                called[short].add(row.account)
    return whole, called


def _places(names: Collection[str], text: str) -> dict[str, Spans]:
    """Where each name stands, but inside a longer one."""
    found: dict[str, Spans] = {}
    taken: list[tuple[int, int]] = []
    for name in sorted((one for one in names if one in text), key=lambda one: (-len(one), one)):
        spans = [
            match.span()
            for match in re.finditer(_as_such(name), text)
            if len(name) >= SHORTEST_CALLED and not any(a <= match.start() < b for a, b in taken)
        ]
        taken += spans
        if spans:
            found[name] = spans
    return found


def _as_such(name: str) -> str:
    """The name where it is no piece of a longer word in Latin letters or in katakana."""
    return _border("(?<!{})", name[0]) + re.escape(name) + _border("(?!{})", name[-1])


def _border(pattern: str, end: str) -> str:
    run = next((run for run in ("[a-z0-9]", "[ァ-ヴー]") if re.match(run, end)), None)
    return pattern.format(run) if run else ""


def _is_called(spans: Spans, text: str) -> bool:
    """Whether the words around say that it is a company."""
    return any(
        re.match(_CALLED, text[end:]) or re.search(_CALLED_BEFORE + "$", text[:start]) for start, end in spans
    )


def _is_said(conn: sa.Connection, name: str, accounts: Collection[str]) -> bool:
    """Whether customers of other accounts say the name too: then it may well be a matter."""
    query = (
        sa.select(turn.c.n)
        .join(conversation, conversation.c.id == turn.c.conversation_id)
        .where(turn.c.role == "customer", ~conversation.c.withdrawn, conversation.c.account.not_in(accounts))
        .where(sa.func.lower(turn.c.text).contains(name, autoescape=True))
    )
    return conn.execute(query.limit(1)).first() is not None


def _left(text: str, spans: Spans) -> set[str]:
    """The words of the question without the names and the legal forms beside them."""
    from koe.engine.offline.plan.filters import words_of

    left = list(text)
    for start, end in spans:
        before = re.search(rf"(?:{_FORM})\s*$", text[:start])
        behind = re.match(rf"\s*(?:{_FORM})|\s*,?\s*(?:{_FORM_EN})\b\.?", text[end:])
        start, end = before.start() if before else start, end + (behind.end() if behind else 0)
        left[start:end] = " " * (end - start)
    return set(words_of("".join(left)))
