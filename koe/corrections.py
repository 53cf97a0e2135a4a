"""A person's word on single findings: it is none, or it is of another kind. It outlives every reading."""

from collections.abc import Sequence
from typing import NamedTuple

import sqlalchemy as sa

from koe import faults
from koe.errors import SetupError
from koe.ledger.schema import correction, finding, pin
from koe.ledger.upsert import chunks, upsert
from koe.records import Finding, FindingKind
from koe.workspace import Workspace

REJECTED = "rejected"
"""The reason under which a rejected finding is counted as dropped."""


class Correction(NamedTuple):
    """What a person said of a finding; no kind means that it is none."""

    finding: str
    kind: FindingKind | None


def reject(ws: Workspace, finding_id: str, by: str = "") -> None:
    """Take a finding out for good: it counts nowhere, also after the next reading.

    Raises SetupError when the ledger has no such finding.
    """
    with ws.ledger.begin() as conn:
        _keep(conn, finding_id, None, by)
        conn.execute(finding.delete().where(finding.c.id == finding_id))
        faults.point("corrections: before a rejection commits")


def fix(ws: Workspace, finding_id: str, kind: FindingKind, by: str = "") -> None:
    """Give a finding another kind; its theme is found anew among those of that kind.

    Raises SetupError when the ledger has no such finding.
    """
    with ws.ledger.begin() as conn:
        _keep(conn, finding_id, kind, by)
        conn.execute(pin.delete().where(pin.c.finding_id == finding_id))
        conn.execute(
            finding.update()
            .where(finding.c.id == finding_id)
            .values(kind=kind.value, theme_id=None, vector=None)
        )
        faults.point("corrections: before a fix commits")


def load_corrections(conn: sa.Connection, conversations: Sequence[str]) -> dict[str, Correction]:
    """What people said of the findings of these conversations, by finding."""
    found: dict[str, Correction] = {}
    for some in chunks(conversations):
        query = sa.select(correction).where(correction.c.conversation_id.in_(some))
        for row in conn.execute(query):
            found[row.finding_id] = Correction(row.finding_id, FindingKind(row.kind) if row.kind else None)
    return found


def correct(findings: Sequence[Finding], said: dict[str, Correction]) -> tuple[tuple[Finding, ...], int]:
    """The findings as people left them, and how many they took out."""
    kept = [one for one in findings if one.id not in said or said[one.id].kind is not None]
    fixed = tuple(
        one.model_copy(update={"kind": said[one.id].kind}) if one.id in said else one for one in kept
    )
    return fixed, len(findings) - len(kept)


def _keep(conn: sa.Connection, finding_id: str, kind: FindingKind | None, by: str) -> None:
    where = conn.scalar(sa.select(finding.c.conversation_id).where(finding.c.id == finding_id))
    if where is None:
        raise SetupError(f"The ledger has no finding {finding_id!r}. `koe show CONVERSATION` lists them.")
    row = {
        "finding_id": finding_id,
        "conversation_id": where,
        "verb": "fix" if kind else "reject",
        "kind": kind.value if kind else None,
        "by": by,
    }
    upsert(conn, correction, [row])
