"""What `koe doctor` looks at: each check says what it saw and, when something is wrong, the next move."""

import stat
from collections.abc import Iterator
from typing import NamedTuple

import sqlalchemy as sa

from koe.engine import pick_engine
from koe.errors import KoeError
from koe.examined import Examined, examined_in
from koe.ledger.accounts import doubtful_names
from koe.ledger.opening import HEAD
from koe.ledger.schema import conversation, skip
from koe.ledger.taken import Say, as_it_is
from koe.model.prompts import unreviewed
from koe.workspace import PRIVATE_FOLDER, Workspace


class Check(NamedTuple):
    """One thing that was looked at."""

    name: str
    ok: bool
    says: str


def examine(ws: Workspace, say: Say = as_it_is) -> Iterator[Check]:
    """Every check in a fixed order; none of them changes anything.

    `say` has the reason why a record was left out in the language of the report: sources speak English.
    """
    words = examined_in(ws.settings.language)
    yield _folder(ws, words)
    yield _engine(ws, say)
    yield from _prompts(ws, words, say)
    ledger = _ledger(ws, words, say)
    yield ledger
    if ledger.ok:
        yield _skips(ws, words, say)
        yield from _accounts(ws, words)
        yield _index(ws)
        yield from _embeddings(ws)


def _folder(ws: Workspace, words: Examined) -> Check:
    mode = stat.S_IMODE(ws.home.stat().st_mode)
    if mode != PRIVATE_FOLDER:
        return Check("workspace", False, words.open_folder.format(home=ws.home, mode=f"{mode:o}"))
    return Check("workspace", True, words.folder.format(home=ws.home))


def _engine(ws: Workspace, say: Say) -> Check:
    try:
        return Check("engine", True, pick_engine(ws).name)
    except KoeError as error:
        return Check("engine", False, say(str(error), ws.settings.language))


def _prompts(ws: Workspace, words: Examined, say: Say) -> Iterator[Check]:
    if ws.settings.model is None:
        return
    try:
        names = unreviewed()
    except KoeError as error:
        yield Check("prompts", False, say(str(error), ws.settings.language))
        return
    says = words.unreviewed.format(names=", ".join(names)) if names else words.reviewed
    yield Check("prompts", True, says)


def _ledger(ws: Workspace, words: Examined, say: Say) -> Check:
    try:
        with ws.ledger.connect() as conn:
            count = conn.scalar(sa.select(sa.func.count()).select_from(conversation))
            damage = _damage(conn)
    except KoeError as error:
        return Check("ledger", False, say(str(error), ws.settings.language))
    except sa.exc.DatabaseError as error:
        damage = str(error.orig)
    if damage:
        return Check("ledger", False, words.damaged.format(damage=damage))
    return Check("ledger", True, words.ledger.format(dialect=ws.ledger.dialect.name, schema=HEAD, n=count))


def _damage(conn: sa.Connection) -> str | None:
    if conn.dialect.name != "sqlite":
        return None
    says = str(conn.scalar(sa.text("PRAGMA quick_check(1)")))
    return None if says == "ok" else says


def _skips(ws: Workspace, words: Examined, say: Say) -> Check:
    query = sa.select(skip.c.place, skip.c.reason).order_by(skip.c.source, skip.c.stream, skip.c.place)
    with ws.ledger.connect() as conn:
        rows = conn.execute(query).all()
    if not rows:
        return Check("skipped", True, words.none_left_out)
    first = f"{rows[0].place}: {say(rows[0].reason, ws.settings.language)}".rstrip(".。")
    rest = words.all_left_out if len(rows) > 1 else ""
    return Check("skipped", False, words.left_out.format(n=len(rows), first=first, rest=rest))


def _accounts(ws: Workspace, words: Examined) -> Iterator[Check]:
    with ws.ledger.connect() as conn:
        names = doubtful_names(conn)
    if names:
        few = ", ".join(names[:3]) if ws.settings.account_names == "readable" else "koe export conversations"
        yield Check("accounts", True, words.doubtful.format(n=len(names), few=few))


def _index(ws: Workspace) -> Check:
    from koe.index import check_index

    health = check_index(ws)
    return Check("index", health.ok, health.says)


def _embeddings(ws: Workspace) -> Iterator[Check]:
    if ws.settings.embeddings is not None:
        from koe.meaning.health import examine as examine_embeddings

        yield Check("embeddings", *examine_embeddings(ws))
