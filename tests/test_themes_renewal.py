"""Vectors of another version are made anew; what stands in a theme stays in it."""

import pytest
import sqlalchemy as sa

from koe.engine.offline import OfflineEngine
from koe.ledger import schema
from koe.themes import merge, renewal, settle_until
from koe.workspace import Workspace
from tests.test_themes import FIRST, SECOND, THIRD, VOICES, everything, put, settled, theme_of


def centroids_of(ws: Workspace) -> list[tuple[object, ...]]:
    with ws.ledger.connect() as conn:
        query = sa.select(schema.theme.c.id, schema.theme.c.centroid, schema.theme.c.members)
        return [tuple(row) for row in conn.execute(query.order_by(schema.theme.c.id))]


def age(ws: Workspace) -> None:
    """Make the workspace one that another version has written."""
    with ws.ledger.begin() as conn:
        conn.execute(sa.update(schema.finding).values(vector=b"\0" * 100))
        conn.execute(sa.update(schema.theme).values(centroid=b"\0" * 200, members=9))
        conn.execute(sa.update(schema.note).where(schema.note.c.key == renewal.NOTE).values(value="old"))


def test_vectors_of_another_version_are_made_anew_and_themes_stay(workspace: Workspace) -> None:
    settled(workspace)
    before = everything(workspace)
    age(workspace)
    settle_until(workspace, OfflineEngine(), THIRD)
    after = everything(workspace)
    assert after["findings"] == before["findings"]
    assert [row[0] for row in after["themes"]] == [row[0] for row in before["themes"]]
    assert all(isinstance(row[1], bytes) and any(row[1]) and row[2] < 9 for row in centroids_of(workspace))


def test_a_renewed_theme_goes_on_drawing(workspace: Workspace) -> None:
    settled(workspace, [voice for voice in VOICES if voice[0] == FIRST], FIRST)
    age(workspace)
    put(workspace, [voice for voice in VOICES if voice[0] == SECOND])
    settle_until(workspace, OfflineEngine(), SECOND)
    assert theme_of(workspace, "b3") == theme_of(workspace, "b1")


def test_a_version_that_is_known_is_left_alone(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    settled(workspace)
    assert not renewal.renew(workspace)
    monkeypatch.setattr(renewal, "version", lambda: "another")
    assert renewal.renew(workspace)


def test_findings_that_another_version_read_are_settled_by_vectors_of_this_one(workspace: Workspace) -> None:
    settled(workspace)
    before = everything(workspace)
    with workspace.ledger.begin() as conn:
        for table in (schema.theme, schema.settled):
            conn.execute(sa.delete(table))
        conn.execute(sa.update(schema.finding).values(theme_id=None, vector=b"\0" * 100))
        conn.execute(sa.update(schema.note).where(schema.note.c.key == renewal.NOTE).values(value="old"))
    for week in (FIRST, SECOND, THIRD):
        settle_until(workspace, OfflineEngine(), week)
    assert everything(workspace) == before


def test_a_theme_that_was_merged_away_goes_on_drawing_after_a_renewal(workspace: Workspace) -> None:
    settled(workspace, [voice for voice in VOICES if voice[0] == FIRST], FIRST)
    gone, kept = sorted({theme_of(workspace, "b1"), theme_of(workspace, "p1")})
    with workspace.ledger.connect() as conn:
        before = conn.execute(sa.select(schema.theme.c.id, schema.theme.c.members)).all()
    merge(workspace, gone, kept)
    with workspace.ledger.begin() as conn:
        conn.execute(sa.update(schema.note).where(schema.note.c.key == renewal.NOTE).values(value="old"))
    settle_until(workspace, OfflineEngine(), FIRST)
    after = {row[0]: row for row in centroids_of(workspace)}
    assert {key: row[2] for key, row in after.items()} == {row.id: row.members for row in before}
    assert all(any(bytes(row[1])) for row in after.values())  # type: ignore[call-overload]
