"""Pulling a fake vendor into a ledger, with crashes, and what the ledger then holds."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sa

from connectors import vendor_source
from connectors.base import Page
from connectors.http.vendor import VendorSource
from koe.ledger.intake import PullResult, commit_page, pull
from koe.ledger.reading import load_cursor
from koe.ledger.schema import conversation, version
from koe.settings import Settings
from koe.workspace import Workspace, open_workspace
from tests.fake_freshdesk import FakeFreshdesk
from tests.fake_gong import FakeGong
from tests.fake_hubspot import FakeHubspot, joined_turns
from tests.fake_intercom import FakeIntercom
from tests.fake_jira import FakeJira
from tests.fake_kintone import FakeKintone
from tests.fake_salesforce import FakeSalesforce
from tests.fake_zendesk import FakeZendesk
from tests.fake_zoom import FakeZoom
from tests.vendor_fake import Fake, Stage

_ALL = (
    FakeFreshdesk,
    FakeGong,
    FakeHubspot,
    FakeIntercom,
    FakeJira,
    FakeKintone,
    FakeSalesforce,
    FakeZendesk,
    FakeZoom,
)
FAKES: dict[str, Any] = {fake.type: fake for fake in _ALL}
Held = dict[str, tuple[str, list[tuple[str, str]]]]


@cache
def _empty_ledger() -> bytes:
    """A migrated ledger with nothing in it, so that not every example migrates its own."""
    with TemporaryDirectory() as folder:
        ws = open_workspace(Settings(home=Path(folder)))
        ws.ledger.connect().close()
        ws.close()
        return (Path(folder) / "ledger.db").read_bytes()


@contextmanager
def desk(home: Path, fake: Fake, stage: Stage, **more: Any) -> Iterator[Workspace]:
    """A workspace whose source `desk` is the fake."""
    stage.show(fake)
    since = {"since": "2026-09-01"}
    settings = Settings(home=home, sources={"desk": {**since, **fake.settings(stage.base_url), **more}})  # type: ignore[dict-item]
    ws = open_workspace(settings)
    if not (home / "ledger.db").exists():
        (home / "ledger.db").write_bytes(_empty_ledger())
    try:
        yield ws
        stage.check()
    finally:
        ws.close()


def source_of(ws: Workspace, fake: Fake) -> VendorSource:
    """The source, opened anew as a new run would."""
    return vendor_source("desk", ws.settings, fake.world.time.clock)


def pull_all(ws: Workspace, fake: Fake) -> PullResult:
    """A whole pull."""
    return pull(ws, source_of(ws, fake))


def pull_through(ws: Workspace, fake: Fake, crashes: Any, later: tuple[int, ...]) -> None:
    """Pulls that die, then whole ones until nothing is left to happen; the last so many seconds later."""
    for pages, is_committed in crashes:
        pull_until(ws, fake, pages, is_committed)
    pull_all(ws, fake)
    while fake.happens:
        fake.happens.popitem()[1]()
    fake.script()
    for seconds in later:
        fake.world.time.at += seconds
        pull_all(ws, fake)


def pull_until(ws: Workspace, fake: Fake, pages: int, is_committed: bool) -> None:
    """A pull that dies at its n-th page, just before or just after that page is committed."""
    source = source_of(ws, fake)
    for stream in source.streams:
        with ws.ledger.connect() as conn:
            start = load_cursor(conn, "desk", stream)
        walk: Iterator[Page] = source.pages(stream, start)
        for n, page in enumerate(walk):
            if n < pages or is_committed:
                commit_page(ws.ledger, "desk", stream, page)
            if n == pages:
                walk.close()  # type: ignore[attr-defined]
                return


def held(ws: Workspace) -> Held:
    """What the ledger has that is not withdrawn: title and turns by external id."""
    joined = sa.and_(version.c.conversation_id == conversation.c.id, version.c.hash == conversation.c.version)
    query = sa.select(conversation.c.external_id, version.c.body).join(version, joined)
    with ws.ledger.connect() as conn:
        rows = conn.execute(query.where(~conversation.c.withdrawn)).all()
    bodies = {row.external_id: json.loads(row.body) for row in rows}
    return {
        key: (body["title"], [(turn["role"], turn["text"]) for turn in body["turns"]])
        for key, body in bodies.items()
    }


def truth(fake: Fake) -> Held:
    """What the ledger should hold; where a vendor has no turns, one text and one reply for each ticket.

    In a transcript what one speaker says on end is one turn.
    """
    found = fake.world.truth()
    if getattr(fake, "joins_turns", False):
        return {key: (title, joined_turns(turns)) for key, (title, turns) in found.items()}
    if getattr(fake, "has_turns", True):
        return found
    joined = {}
    for key, (title, turns) in found.items():
        said = [(who, "\n".join(text for one, text in turns if one == who)) for who in ("customer", "agent")]
        joined[key] = (title, [(who, text) for who, text in said if text])
    return joined


def rows_of(ws: Workspace, table: sa.Table) -> list[dict[str, Any]]:
    """A table's rows in the order of its key."""
    with ws.ledger.connect() as conn:
        found = conn.execute(sa.select(table).order_by(*table.primary_key.columns))
        return [dict(row._mapping) for row in found]
