"""When the settings of masking change, what is masked is masked again and read again."""

from pathlib import Path

import sqlalchemy as sa

from connectors import folder_source
from koe.engine import pick_engine
from koe.ledger.intake import pull
from koe.ledger.schema import conversation, reading, turn
from koe.settings import Settings
from koe.street import find_new, mask_new
from koe.workspace import Workspace, open_workspace

SAMPLE = Path(__file__).parent.parent / "sample"


def texts_of(ws: Workspace) -> str:
    """All masked words."""
    with ws.ledger.connect() as conn:
        return "\n".join(conn.scalars(sa.select(turn.c.text).order_by(turn.c.conversation_id, turn.c.n)))


def read_all(home: Path, **settings: object) -> Workspace:
    """A workspace with the settings in which everything is masked and read."""
    ws = open_workspace(Settings(home=home, pseudonym_key="k", **settings))  # type: ignore[arg-type]
    pull(ws, folder_source(SAMPLE, ws.settings))
    mask_new(ws)
    find_new(ws, pick_engine(ws))
    return ws


def test_account_names_go_once_the_settings_say_so(tmp_path: Path) -> None:
    with read_all(tmp_path).ledger.connect() as conn:
        name = "スーパーふじみ屋"
        assert name in set(conn.scalars(sa.select(conversation.c.account_name)))
    assert name in texts_of(read_all(tmp_path))
    after = read_all(tmp_path, account_names="pseudonym")
    assert name not in texts_of(after)
    with after.ledger.connect() as conn:
        read = conn.scalar(sa.select(sa.func.count()).select_from(reading))
        assert read == conn.scalar(sa.select(sa.func.count()).select_from(conversation))


def test_masking_again_with_the_same_settings_does_nothing(tmp_path: Path) -> None:
    before = texts_of(read_all(tmp_path))
    with read_all(tmp_path).ledger.connect() as conn:
        assert conn.scalar(sa.select(sa.func.count()).where(conversation.c.masked.is_(None))) == 0
    assert texts_of(read_all(tmp_path)) == before
