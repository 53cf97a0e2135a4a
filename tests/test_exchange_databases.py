"""What koe exchanges with the world stands on SQLite and on PostgreSQL alike."""

from pathlib import Path
from typing import NamedTuple

import pytest
import sqlalchemy as sa

from connectors import vendor_source
from connectors.channels.folder import FolderChannel
from koe.deliver import deliver, due_weeks
from koe.ledger.exchange import delivery
from koe.ledger.intake import pull
from koe.ledger.reread import reread
from koe.publish import publish
from koe.settings import Settings
from koe.settings.channels import FolderSettings
from koe.website import keep_pages, load_pages
from koe.workspace import Workspace
from tests.report_week import made_week
from tests.source_pulls import FAKES, held, truth
from tests.vendor_fake import stage
from tests.vendor_world import World

pytest_plugins = ["tests.postgres"]

WEEK = "2026-W45"
HOUR = 3_600


def test_a_week_is_delivered_once_and_again_as_a_revision(any_workspace: Workspace, tmp_path: Path) -> None:
    ws = any_workspace
    _, facts, digest = made_week()
    publish(ws, facts, digest.model_copy(update={"state": "guarded"}))
    share = FolderSettings(type="folder", path=tmp_path / "share", editions=("sales", "content"))
    outlets = [FolderChannel("share", share, makes_folder=True)]
    assert [one.outcome for one in deliver(ws, outlets, WEEK)] == ["delivered", "delivered"]
    assert [one.outcome for one in deliver(ws, outlets, WEEK)] == ["already", "already"]
    publish(ws, facts.model_copy(update={"wins": facts.wins + 1}), digest)
    assert due_weeks(ws, outlets, "2026-W50") == [WEEK, "2026-W50"]
    assert [one.outcome for one in deliver(ws, outlets, WEEK)] == ["replaced", "replaced"]
    with ws.ledger.connect() as conn:
        rows = conn.execute(sa.select(delivery.c.state, delivery.c.revision, delivery.c.tries)).all()
    assert [tuple(row) for row in rows] == [("delivered", 2, 2)] * 2


class Page(NamedTuple):
    """A page as a reader gives it."""

    url: str
    title: str
    text: str


def test_a_site_is_kept_and_what_is_gone_goes(any_workspace: Workspace) -> None:
    ws = any_workspace
    assert load_pages(ws) is None
    assert keep_pages(ws, [Page("a", "料金", "# 料金\n監査ログ"), Page("b", "B", "x")], True) == 2
    assert keep_pages(ws, [Page("a", "料金", "# 料金\n給与連携")], False) == 2
    assert keep_pages(ws, [Page("a", "料金", "# 料金\n給与連携")], True) == 1
    pages = load_pages(ws)
    assert pages is not None
    assert (pages.using(("給与連携",)), pages.using(("監査ログ",))) == (("a",), ())


@pytest.mark.parametrize("kind", sorted(FAKES))
def test_a_vendor_is_pulled_changed_and_reread(any_workspace: Workspace, kind: str) -> None:
    ws = any_workspace
    world = World()
    for n in range(4):
        world.open(f"検索に {n} 分かかる")
    fake = FAKES[kind](world, page_size=2)
    with stage() as theatre:
        theatre.show(fake)
        desk = {"since": "2026-09-01", **fake.settings(theatre.base_url)}
        settings = Settings.model_validate({"home": ws.home, "sources": {"desk": desk}})
        for _ in range(2):
            world.time.at += HOUR
            pull(ws, vendor_source("desk", settings, world.time.clock))
            assert held(ws) == truth(fake)
            world.reply(1, "まだ遅い", who="customer")
        world.time.at += HOUR
        pull(ws, vendor_source("desk", settings, world.time.clock))
        assert held(ws) == truth(fake)
        again = reread(ws, vendor_source("desk", settings, world.time.clock))
        theatre.check()
    assert (again.new, again.changed, again.withdrawn) == (0, 0, 0)
