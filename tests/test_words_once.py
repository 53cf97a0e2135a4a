"""Taking Japanese text apart costs most of a station's time, so that each text is taken apart once."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import sqlalchemy as sa

from bench.generate import write_folder
from connectors import folder_source
from koe.engine.offline import OfflineEngine
from koe.language import sudachi
from koe.ledger.intake import pull
from koe.ledger.schema import turn
from koe.street import take_in
from koe.workspace import Workspace


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """How often Sudachi was given each text."""
    counts: Counter[str] = Counter()
    taken_apart = sudachi._morphemes

    def counted(text: str) -> Sequence[sudachi.Morpheme]:
        counts[text] += 1
        return taken_apart(text)

    _forget()
    monkeypatch.setattr(sudachi, "_morphemes", counted)
    yield counts
    _forget()


def test_masking_indexing_and_reading_take_a_text_apart_once(
    workspace: Workspace, tmp_path: Path, given: Counter[str]
) -> None:
    write_folder(tmp_path / "data", 60, 1)
    pull(workspace, folder_source(tmp_path / "data", workspace.settings))
    take_in(workspace, OfflineEngine())
    with workspace.ledger.connect() as conn:
        said = set(conn.scalars(sa.select(turn.c.text)))
    assert {text: times for text, times in given.items() if times > 1} == {}
    assert len(given.keys() & said) > 50


def _forget() -> None:
    for kept in (sudachi._kept_tokens, sudachi._kept_morphemes):
        kept.cache_clear()
