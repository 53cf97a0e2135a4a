"""What speaks for each passage: one row each, the finding of the kind asked for, the same for any order."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa

from koe.ask.matching.evidence import SIGNS, Evidence, gather
from koe.ask.matching.score import fit, sought_of
from koe.ask.rows.select import filters_of, select_findings
from koe.ask.rows.units import Units, units_of
from koe.engine.base import Query
from koe.records import FindingKind
from koe.settings import Settings
from koe.workspace import open_workspace
from tests.asked_ledger import fill_ledger

QUERY = Query(ask="count", kinds=(FindingKind.COMPLAINT,), words=("納品書", "印刷"))


@pytest.fixture(scope="module")
def conn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Connection]:
    ws = open_workspace(Settings(home=Path(tmp_path_factory.mktemp("evidence")) / "koe"))
    fill_ledger(ws)
    with ws.ledger.connect() as conn:
        yield conn


def seen(conn: sa.Connection, query: Query = QUERY) -> tuple[Evidence, Units]:
    zone = Settings().zone
    sought = sought_of(query.words)
    units = units_of(conn, filters_of(query, zone), sought.words, select_findings(conn, query, zone))
    return gather(conn, query, sought, units, fit(sought, units)), units


def test_every_passage_has_a_number_for_every_sign(conn: sa.Connection) -> None:
    evidence, units = seen(conn)
    assert evidence.signs.shape == (len(units.units), len(SIGNS))
    assert np.isfinite(evidence.signs).all()
    assert len(evidence.findings) == len(evidence.likeness) == len(evidence.places)


def test_what_has_the_words_and_the_kind_stands_out(conn: sa.Connection) -> None:
    evidence, units = seen(conn)
    words = evidence.signs[:, SIGNS.index("words")]
    best = units.units[evidence.places[int(words.argmax())]].conversation
    assert best in {"files:T-1", "files:T-2", "files:T-3", "files:T-8"}
    assert evidence.signs[int(words.argmax()), SIGNS.index("asked")] == 1


def test_a_finding_of_the_kind_asked_for_is_preferred(conn: sa.Connection) -> None:
    asked = QUERY.model_copy(update={"kinds": (FindingKind.OBJECTION,)})
    evidence, _ = seen(conn, asked)
    kinds = [row.kind for row in evidence.findings if row is not None]
    assert FindingKind.OBJECTION in kinds


def test_looking_twice_gives_the_same(conn: sa.Connection) -> None:
    first, second = seen(conn)[0], seen(conn)[0]
    assert first.signs.tolist() == second.signs.tolist()
    assert first.likeness.tolist() == second.likeness.tolist()
