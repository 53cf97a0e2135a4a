"""What `koe doctor` looks at: each check says what it saw and, when something is wrong, the next move."""

import stat
from collections.abc import Iterator
from typing import NamedTuple

import sqlalchemy as sa

from koe.engine import pick_engine
from koe.errors import KoeError
from koe.ledger.accounts import doubtful_names
from koe.ledger.opening import HEAD
from koe.ledger.schema import conversation, skip
from koe.model.prompts import unreviewed
from koe.workspace import PRIVATE_FOLDER, Workspace


class Check(NamedTuple):
    """One thing that was looked at."""

    name: str
    ok: bool
    says: str


def examine(ws: Workspace) -> Iterator[Check]:
    """Every check in a fixed order; none of them changes anything."""
    yield _folder(ws)
    yield _engine(ws)
    yield from _prompts(ws)
    ledger = _ledger(ws)
    yield ledger
    if ledger.ok:
        yield _skips(ws)
        yield from _accounts(ws)
        yield _index(ws)
        yield from _embeddings(ws)


def _folder(ws: Workspace) -> Check:
    mode = stat.S_IMODE(ws.home.stat().st_mode)
    if mode != PRIVATE_FOLDER:
        return Check(
            "workspace", False, f"{ws.home} has mode {mode:o}; others can read it. Run: chmod 700 {ws.home}"
        )
    return Check("workspace", True, f"{ws.home}, readable by its owner alone")


def _engine(ws: Workspace) -> Check:
    try:
        return Check("engine", True, pick_engine(ws).name)
    except KoeError as error:
        return Check("engine", False, str(error))


def _prompts(ws: Workspace) -> Iterator[Check]:
    if ws.settings.model is None:
        return
    try:
        names = unreviewed()
    except KoeError as error:
        yield Check("prompts", False, str(error))
        return
    says = "what they find is marked as unreviewed: no eval run has accepted them. See prompts/README.md"
    yield Check("prompts", True, f"{', '.join(names)}: {says}" if names else "accepted by an eval run")


def _ledger(ws: Workspace) -> Check:
    try:
        with ws.ledger.connect() as conn:
            count = conn.scalar(sa.select(sa.func.count()).select_from(conversation))
            damage = _damage(conn)
    except KoeError as error:
        return Check("ledger", False, str(error))
    except sa.exc.DatabaseError as error:
        damage = str(error.orig)
    if damage:
        return Check("ledger", False, f"damaged: {damage}. Restore it from a backup.")
    return Check("ledger", True, f"{ws.ledger.dialect.name}, schema {HEAD}, {count} conversations")


def _damage(conn: sa.Connection) -> str | None:
    if conn.dialect.name != "sqlite":
        return None
    says = str(conn.scalar(sa.text("PRAGMA quick_check(1)")))
    return None if says == "ok" else says


def _skips(ws: Workspace) -> Check:
    query = sa.select(skip.c.place, skip.c.reason).order_by(skip.c.source, skip.c.stream, skip.c.place)
    with ws.ledger.connect() as conn:
        rows = conn.execute(query).all()
    if not rows:
        return Check("skipped", True, "nothing that came in was left out")
    first = f"{rows[0].place}: {rows[0].reason}".rstrip(".")
    rest = " (all: koe export skipped)" if len(rows) > 1 else ""
    return Check(
        "skipped", False, f"{len(rows)} left out, the first {first}. Mend them and pull again{rest}."
    )


def _accounts(ws: Workspace) -> Iterator[Check]:
    with ws.ledger.connect() as conn:
        names = doubtful_names(conn)
    if names:
        few = ", ".join(names[:3]) if ws.settings.account_names == "readable" else "koe export conversations"
        says = "with several ids in one source, so that no other source's account is joined by name"
        yield Check("accounts", True, f"{len(names)} company names {says}: {few}")


def _index(ws: Workspace) -> Check:
    from koe.index import check_index

    health = check_index(ws)
    return Check("index", health.ok, health.says)


def _embeddings(ws: Workspace) -> Iterator[Check]:
    if ws.settings.embeddings is not None:
        from koe.meaning.health import examine as examine_embeddings

        yield Check("embeddings", *examine_embeddings(ws))
