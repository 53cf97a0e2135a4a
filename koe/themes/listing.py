"""The themes as a person sees them: those that live findings carry, with how many speak of each."""

from datetime import datetime

import sqlalchemy as sa

from koe.ledger.schema import conversation, finding, theme
from koe.records import FindingKind, Record, Theme
from koe.themes import rows
from koe.weeks import week_of
from koe.workspace import Workspace


class ThemeRow(Record):
    """A theme with how much stands behind it, over all weeks."""

    id: str
    kind: FindingKind
    name: str
    named_by: str
    founded: str
    """The week it was first seen in."""
    accounts: int
    conversations: int
    findings: int


def list_themes(ws: Workspace, kind: str | None = None) -> list[ThemeRow]:
    """Themes with at least one live finding, by kind, then most accounts first; merged ones are left out."""
    voice = sa.func.coalesce(conversation.c.duplicate_of, conversation.c.id)
    query = (
        sa.select(
            theme.c.id,
            theme.c.kind,
            theme.c.name,
            theme.c.named_by,
            theme.c.founded,
            sa.func.count(sa.distinct(conversation.c.account)).label("accounts"),
            sa.func.count(sa.distinct(voice)).label("conversations"),
            sa.func.count(finding.c.id).label("findings"),
        )
        .join(finding, finding.c.theme_id == theme.c.id)
        .join(conversation, conversation.c.id == finding.c.conversation_id)
        .where(~conversation.c.withdrawn, theme.c.merged_into.is_(None))
        .group_by(theme.c.id, theme.c.kind, theme.c.name, theme.c.named_by, theme.c.founded)
    )
    if kind is not None:
        query = query.where(theme.c.kind == kind)
    with ws.ledger.connect() as conn:
        rows = [ThemeRow(**row) for row in conn.execute(query).mappings()]
    order = list(FindingKind)
    return sorted(rows, key=lambda row: (order.index(row.kind), -row.accounts, -row.conversations, row.id))


def first_week(ws: Workspace, theme_id: str) -> str | None:
    """The week in which the theme (or the one it is part of) was first heard; None where it never was."""
    with ws.ledger.connect() as conn:
        end = rows.ends_of(conn, [theme_id]).get(theme_id, theme_id)
        query = (
            sa.select(sa.func.min(conversation.c.created_at))
            .join(finding, finding.c.conversation_id == conversation.c.id)
            .where(finding.c.theme_id == end, ~conversation.c.withdrawn)
        )
        first = conn.scalar(query)
    return week_of(datetime.fromisoformat(first), ws.settings.zone) if first else None


def names_within(ws: Workspace) -> dict[str, list[str]]:
    """The names of the themes that have become part of another, by the id of that one, oldest first."""
    within: dict[str, list[str]] = {}
    columns = [theme.c.name, theme.c.merged_into]
    query = sa.select(*columns).where(theme.c.merged_into.is_not(None)).order_by(theme.c.founded, theme.c.id)
    with ws.ledger.connect() as conn:
        for row in conn.execute(query):
            within.setdefault(row.merged_into, []).append(row.name)
    return within


def live_themes(ws: Workspace) -> list[Theme]:
    """The themes of `list_themes` as engines see them, by kind, then most findings first.

    Nothing is counted, so that a question costs the same however long the ledger is.
    """
    spoken = sa.exists(
        sa.select(finding.c.id)
        .join(conversation, conversation.c.id == finding.c.conversation_id)
        .where(finding.c.theme_id == theme.c.id, ~conversation.c.withdrawn)
    )
    columns = [theme.c[name] for name in ("id", "kind", "name", "named_by", "founded")]
    query = sa.select(*columns).where(theme.c.merged_into.is_(None), spoken)
    with ws.ledger.connect() as conn:
        rows = conn.execute(query.order_by(theme.c.members.desc(), theme.c.id)).mappings()
        themes = [Theme.model_validate(dict(row)) for row in rows]
    order = list(FindingKind)
    return sorted(themes, key=lambda one: order.index(one.kind))
