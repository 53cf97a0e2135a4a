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
from koe.language.text import Language
from koe.ledger.exchange import delivery
from koe.ledger.schema import publication
from koe.ledger.taken import Say, as_it_is
from koe.ledger.upsert import upsert
from koe.progress import progress_in
from koe.publish import Publication, published
from koe.report.words import words_in
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
    """Why, or of an edition that is kept the revision that went out."""
    is_yours: bool = False
    """Whether it fails until somebody changes something."""

    @property
    def is_left(self) -> bool:
        """Whether it did not go out, or nobody can tell that it did."""
        return self.outcome in ("failed", "unsure")

    def line(self, language: Language = "en", say: Say = as_it_is) -> str:
        """One line for a person; `say` has the reason in the language, as channels speak English."""
        words = progress_in(language)
        why = say(self.reason, language)
        reason = words.went_out.format(n=self.reason) if self.outcome == "kept" else why
        told = words.outcomes.get(self.outcome, self.outcome)
        edition = words_in(language).readers_of[self.edition]
        return words.went.format(channel=self.channel, edition=edition, outcome=told) + (
            words.why.format(reason=reason) if reason else ""
        )


def deliver(ws: Workspace, outlets: Sequence[Outlet], week: str, again: bool = False) -> list[Delivered]:
    """What became of each edition of the week on each channel; one that went out stays out.

    `again` sends also what is unsure or went out before. Raises SetupError when the week has not been
    published.
    """
    given = published(ws, week)
    if given is None:
        raise SetupError(f"{week} has not been published. Run: koe weekly --week {week}")
    places = [(outlet, name) for outlet in outlets for name in dict.fromkeys(outlet.editions)]
    if given[1].state == "held":
        reason = progress_in(ws.settings.language).waits.format(week=week)
        return [Delivered(outlet.name, name, "held", reason) for outlet, name in places]
    return list(_each(ws, places, given[2], again))


def due_weeks(ws: Workspace, outlets: Sequence[Outlet], week: str) -> list[str]:
    """`week`, and those that did not get through on these channels or have a later revision to follow."""
    latest = (
        sa.select(publication.c.week, sa.func.max(publication.c.revision).label("revision"))
        .group_by(publication.c.week)
        .subquery()
    )
    following = [outlet.name for outlet in outlets if outlet.follows]
    is_later = sa.and_(delivery.c.revision < latest.c.revision, delivery.c.channel.in_(following))
    query = (
        sa.select(delivery.c.week)
        .join(latest, latest.c.week == delivery.c.week)
        .where(delivery.c.channel.in_([outlet.name for outlet in outlets]))
        .where(sa.or_(delivery.c.state != "delivered", is_later))
    )
    with ws.ledger.connect() as conn:
        return sorted({week, *conn.scalars(query)})


def _each(
    ws: Workspace, places: Sequence[tuple[Outlet, EditionName]], given: Publication, again: bool
) -> Iterator[Delivered]:
    """What becomes of each edition; the week is gathered once, and only when something is left to send."""
    material: Material | None = None
    for outlet, name in places:
        standing = _standing(ws, outlet, name, given.week)
        done = None if again else _done(outlet, name, given, standing)
        if done is not None:
            yield done
            continue
        material = material or gather(ws, given.week)
        assert material is not None
        letter = as_letter(make_edition(material, name))
        yield _one(ws, outlet, letter, None if again else standing)


def _one(ws: Workspace, outlet: Outlet, letter: Letter, standing: sa.RowMapping | None) -> Delivered:
    name = letter.edition.name
    try:
        replaced = _send(ws, outlet, letter, standing)
    except SkipError as error:
        return Delivered(outlet.name, name, "unsure", str(error))
    except BugError:
        raise
    except KoeError as error:
        state = "sending" if isinstance(error, RetryError) else "failed"
        _mark(ws, outlet, letter, state, {"reason": str(error)})
        return Delivered(outlet.name, name, "failed", str(error), is_yours=isinstance(error, SetupError))
    return Delivered(outlet.name, name, "replaced" if replaced else "delivered")


def _done(
    outlet: Outlet, name: EditionName, given: Publication, standing: sa.RowMapping | None
) -> Delivered | None:
    """What stands already, where nothing is left to do."""
    if standing is None or standing["state"] != "delivered":
        return None
    if standing["revision"] == given.revision:
        return Delivered(outlet.name, name, "already")
    return None if outlet.follows else Delivered(outlet.name, name, "kept", str(standing["revision"]))


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


def _standing(ws: Workspace, outlet: Outlet, name: EditionName, week: str) -> sa.RowMapping | None:
    query = sa.select(delivery).where(
        delivery.c.channel == outlet.name,
        delivery.c.edition == name,
        delivery.c.week == week,
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
