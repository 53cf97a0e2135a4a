"""Weeks of made-up companies: labelled turns, dealt out by a seed to accounts, tickets, calls and deals."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import sqlalchemy as sa

from eval.labels import ROOT, read_lines
from koe.language.text import Language
from koe.ledger import schema
from koe.settings import Settings
from koe.weeks import week_of
from koe.workspace import Workspace, open_workspace

UTTERANCES = ROOT / "training" / "utterances"
START = datetime(2026, 5, 4, 1, tzinfo=UTC)
WEEKS = 12
ACCOUNTS = 37
MOST_A_WEEK = 61

Row = tuple[sa.Table, dict[str, Any]]
Labelled = Mapping[str, Any]


class Voice(NamedTuple):
    """One labelled finding."""

    kind: str
    quote: str
    statement: str
    severity: int
    theme: str


@contextmanager
def made_workspace(seed: int, language: Language) -> Iterator[Workspace]:
    """A throw-away workspace with a dozen weeks of two trades in it, found and settled as labelled."""
    with TemporaryDirectory(prefix="koe-made-") as home:
        ws = open_workspace(Settings(home=Path(home) / "koe", language=language))
        _write(ws, list(_rows(Random(f"made:{seed}:{language}"), language)))
        yield ws
        ws.close()


def made_week_names(ws: Workspace) -> list[str]:
    """The weeks of a made workspace, but the first two, which have nothing to compare with."""
    days = (START + timedelta(weeks=n) for n in range(2, WEEKS))
    return [week_of(day, ws.settings.zone) for day in days]


def _rows(dice: Random, language: Language) -> Iterator[Row]:
    voices = _voices(dice, language)
    for one in {voice.theme: voice for voice in voices}.values():
        named = {"id": one.theme, "name": one.statement, "kind": one.kind}
        yield schema.theme, {**named, "named_by": "koe", "founded": week_of(START, Settings().zone)}
    deals = [f"D{n}" for n in range(3 * WEEKS)]
    for n, id in enumerate(deals):
        yield schema.deal, _deal(id, n, dice)
    for week in range(WEEKS):
        weights = [dice.paretovariate(1.1) for _ in voices]
        for n in range(dice.randrange(3, MOST_A_WEEK)):
            id = f"C{week}-{n}"
            at = START + timedelta(weeks=week, minutes=dice.randrange(6 * 24 * 60))
            said = dice.choices(voices, weights, k=dice.choice([0, 1, 1, 2, 3]))
            yield from _conversation(id, at, said, dice)


def _voices(dice: Random, language: Language) -> list[Voice]:
    """What is said in two trades, a theme being one label of one kind."""
    path = dice.choice(sorted(UTTERANCES.glob(f"{language}_*.jsonl")))
    rows = read_lines(path)
    trades = dice.sample(sorted({row["trade"] for row in rows}), 2)
    themes: dict[tuple[str, str, str], str] = {}
    voices = []
    for row in rows:
        for one in row["findings"] if row["trade"] in trades else ():
            key = (row["trade"], one["kind"], one["theme"])
            theme = themes.setdefault(key, f"th_{len(themes)}")
            voices.append(Voice(one["kind"], one["quote"], one["statement"], one["severity"], theme))
    return voices


def _deal(id: str, n: int, dice: Random) -> dict[str, Any]:
    closed = START + timedelta(days=dice.randrange(7 * WEEKS))
    outcome = dice.choice(["won", "lost", "open"])
    return {
        "id": f"made:{id}",
        "source": "made",
        "external_id": id,
        "account_id": f"A{n % ACCOUNTS}",
        "account_name": f"会社{n % ACCOUNTS}",
        "outcome": outcome,
        "amount": dice.choice([None, 1_234_567.0, 98_700.0, 7_000_001.5 * (1 + n)]),
        "currency": dice.choice(["JPY", "JPY", "JPY", "USD", "EUR"]),
        "closed_at": None if outcome == "open" else closed.isoformat(),
        "version": "v",
    }


def _conversation(id: str, at: datetime, said: Sequence[Voice], dice: Random) -> Iterator[Row]:
    account = dice.randrange(ACCOUNTS)
    is_call = dice.random() < 0.4
    yield (
        schema.conversation,
        {
            "id": f"made:{id}",
            "source": "made",
            "external_id": id,
            "kind": "call" if is_call else "ticket",
            "account_id": f"A{account}",
            "account_name": f"会社{account}",
            "created_at": at.isoformat(),
            "deal_id": f"made:D{account % (3 * WEEKS)}" if is_call else None,
            "version": "v",
            "masked": "v",
            "language": "ja",
        },
    )
    state = "read" if said else dice.choice(["nothing", "nothing", "failed", "empty"])
    yield (
        schema.reading,
        {"conversation_id": f"made:{id}", "version": "v", "engine": "e", "state": state, "dropped": "{}"},
    )
    for n, one in enumerate(said):
        values = {
            "id": f"f{id}-{n}",
            "conversation_id": f"made:{id}",
            "kind": one.kind,
            "theme_id": one.theme,
        }
        place = {"turn": n, "start": 0, "end": len(one.quote), "engine": "e"}
        words = {"statement": one.statement, "quote": one.quote, "severity": one.severity}
        yield schema.finding, values | place | words


def _write(ws: Workspace, rows: Sequence[Row]) -> None:
    with ws.ledger.begin() as conn:
        for table, values in rows:
            blank = {c.name: _blank(c) for c in table.c if not c.nullable and c.autoincrement is not True}
            conn.execute(table.insert().values(json.loads(json.dumps(blank)) | values))


def _blank(column: sa.Column[Any]) -> Any:
    return {bool: False, int: 0, float: 0.0}.get(column.type.python_type, "")
