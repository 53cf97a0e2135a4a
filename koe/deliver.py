"""Deliver: editions of a published week go out through channels, each once; the ledger says what went where.

A delivery is marked `sending` before it leaves, so that a run that was cut off is asked after and not
repeated blindly. A channel that is down is tried again on the next run and never blocks another.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple, Protocol

import sqlalchemy as sa

from koe import faults
from koe.editions.making import gather, make_edition
from koe.editions.material import Material
from koe.editions.rendering import as_letter
from koe.editions.shape import EditionName, Letter
from koe.errors import BugError, KoeError, RetryError, SetupError, SkipError
from koe.ledger.exchange import delivery
from koe.ledger.schema import publication
from koe.ledger.upsert import upsert
from koe.workspace import Workspace

__all__ = ["Delivered", "Outlet", "deliver", "due_weeks"]

Outcome = Literal["delivered", "replaced", "already", "kept", "failed", "unsure", "held"]


class Outlet(Protocol):
    """A channel, as this station needs it."""

    name: str
    editions: tuple[EditionName, ...]
    follows: bool

    def deliver(self, letter: Letter, receipt: str | None) -> str:
        """The receipt of the letter."""
        ...

    def recover(self, letter: Letter) -> str | None:
        """The receipt of an earlier try of this edition and week that was cut off and yet got through."""
        ...


class Delivered(NamedTuple):
    """What became of one edition on one channel."""

    channel: str
    edition: EditionName
    outcome: Outcome
    reason: str = ""

    def line(self) -> str:
        """One line for a person."""
        return f"{self.channel} {self.edition}: {self.outcome}{f' ({self.reason})' if self.reason else ''}"


def deliver(ws: Workspace, outlets: Sequence[Outlet], week: str, again: bool = False) -> list[Delivered]:
    """What became of each edition of the week on each channel; one that went out stays out.

    `again` sends also what is unsure or went out before. Raises SetupError when the week has not been
    published.
    """
    material = gather(ws, week)
    if material is None:
        raise SetupError(f"{week} has not been published. Run: koe weekly --week {week}")
    return list(_each(ws, outlets, material, again))


def due_weeks(ws: Workspace, week: str) -> list[str]:
    """Weeks to deliver beside `week`: those that did not get through, and those with a later revision."""
    latest = (
        sa.select(publication.c.week, sa.func.max(publication.c.revision).label("revision"))
        .group_by(publication.c.week)
        .subquery()
    )
    query = (
        sa.select(delivery.c.week)
        .join(latest, latest.c.week == delivery.c.week)
        .where(sa.or_(delivery.c.state != "delivered", delivery.c.revision < latest.c.revision))
    )
    with ws.ledger.connect() as conn:
        return sorted({week, *conn.scalars(query)})


def _each(ws: Workspace, outlets: Sequence[Outlet], material: Material, again: bool) -> Iterator[Delivered]:
    for outlet in outlets:
        for name in dict.fromkeys(outlet.editions):
            if material.digest.state == "held":
                reason = f"waits for: koe approve {material.facts.week}"
                yield Delivered(outlet.name, name, "held", reason)
            else:
                letter = as_letter(make_edition(material, name))
                yield _one(ws, outlet, letter, again)


def _one(ws: Workspace, outlet: Outlet, letter: Letter, again: bool) -> Delivered:
    standing = _standing(ws, outlet, letter)
    done = None if again else _done(outlet, letter, standing)
    if done is not None:
        return done
    try:
        replaced = _send(ws, outlet, letter, None if again else standing)
    except SkipError as error:
        return _told(outlet, letter, "unsure", str(error))
    except BugError:
        raise
    except KoeError as error:
        state = "sending" if isinstance(error, RetryError) else "failed"
        _mark(ws, outlet, letter, state, {"reason": str(error)})
        return _told(outlet, letter, "failed", str(error))
    return _told(outlet, letter, "replaced" if replaced else "delivered")


def _done(outlet: Outlet, letter: Letter, standing: sa.RowMapping | None) -> Delivered | None:
    """What stands already, where nothing is left to do."""
    if standing is None or standing["state"] != "delivered":
        return None
    if standing["revision"] == letter.edition.revision:
        return _told(outlet, letter, "already")
    return None if outlet.follows else _told(outlet, letter, "kept", f"r{standing['revision']} went out")


def _send(ws: Workspace, outlet: Outlet, letter: Letter, standing: sa.RowMapping | None) -> bool:
    """Whether the letter took the place of one that stood there; a cut-off try is looked for first."""
    before = standing["receipt"] if standing else None
    if before is None and standing is not None and standing["state"] == "sending":
        before = outlet.recover(letter)
    tries = (standing["tries"] if standing else 0) + 1
    _mark(ws, outlet, letter, "sending", {"receipt": before, "tries": tries})
    faults.point("deliver: before it leaves")
    receipt = outlet.deliver(letter, before)
    faults.point("deliver: before its receipt is kept")
    _mark(ws, outlet, letter, "delivered", {"receipt": receipt})
    return before is not None


def _told(outlet: Outlet, letter: Letter, outcome: Outcome, reason: str = "") -> Delivered:
    return Delivered(outlet.name, letter.edition.name, outcome, reason)


def _standing(ws: Workspace, outlet: Outlet, letter: Letter) -> sa.RowMapping | None:
    query = sa.select(delivery).where(
        delivery.c.channel == outlet.name,
        delivery.c.edition == letter.edition.name,
        delivery.c.week == letter.edition.week,
    )
    with ws.ledger.connect() as conn:
        return conn.execute(query).mappings().one_or_none()


def _mark(ws: Workspace, outlet: Outlet, letter: Letter, state: str, values: dict[str, Any]) -> None:
    row = {
        "channel": outlet.name,
        "edition": letter.edition.name,
        "week": letter.edition.week,
        "revision": letter.edition.revision,
        "state": state,
        "reason": None,
        **values,
    }
    with ws.ledger.begin() as conn:
        upsert(conn, delivery, [row])
