"""Names of themes are unique within a kind and never change by themselves; a person may say them for ids."""

from collections.abc import Collection
from difflib import get_close_matches

import sqlalchemy as sa

from koe.errors import SetupError
from koe.language.text import clean
from koe.ledger.schema import theme
from koe.workspace import Workspace

LONGEST = 80
NEAREST = 3


def free_name(wanted: str, taken: Collection[str]) -> str:
    """The wanted name on one line, with a number behind it where another theme has it already."""
    name = tidy(wanted)[:LONGEST] or "?"
    if name not in taken:
        return name
    return next(other for n in range(2, len(taken) + 3) if (other := f"{name} ({n})") not in taken)


def tidy(name: str) -> str:
    """The name on one line, as a theme has it."""
    return " ".join(clean(name).split())


def id_called(ws: Workspace, wanted: str) -> str:
    """The id of the theme that a person means: by its id, or by its whole name.

    A theme that became part of another is meant by its id alone. Raises SetupError for an unknown
    theme and for a name that themes of several kinds have.
    """
    c = theme.c
    with ws.ledger.connect() as conn:
        if conn.scalar(sa.select(c.id).where(c.id == wanted)) is not None:
            return wanted
        of_name = sa.select(c.id, c.kind).where(c.name == tidy(wanted), c.merged_into.is_(None))
        found = conn.execute(of_name.order_by(c.id)).all()
        if not found:
            raise SetupError(f"There is no theme {wanted!r}. {nearest(conn, wanted)}")
    if len(found) > 1:
        ids = ", ".join(f"{row.id} ({row.kind})" for row in found)
        raise SetupError(f"{len(found)} themes are called {wanted!r}: {ids}. Name one by its id.")
    return str(found[0].id)


def nearest(conn: sa.Connection, wanted: str) -> str:
    """Which themes could be meant by an id or a name that none has."""
    query = sa.select(theme.c.id, theme.c.name).where(theme.c.merged_into.is_(None)).order_by(theme.c.id)
    known = conn.execute(query).all()
    keys = {label: row for row in known for label in (row.id, row.name)}
    close = get_close_matches(wanted, sorted(keys), n=NEAREST, cutoff=0.4)
    found = list(dict.fromkeys(keys[label] for label in close))
    if not found:
        return "koe themes list shows them."
    return "Nearest: " + ", ".join(f"{row.id} ({row.name})" for row in found) + "."
