"""A company's tickets as they truly are, changing over a time that passes only when told; fakes show it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from connectors.http.limits import Clock

BEGIN = 1_790_000_000
"""2026-09-21T14:13:20Z."""


class Time:
    """A clock that stands until somebody sleeps."""

    def __init__(self, now: float = BEGIN) -> None:
        self.at = now
        self.slept: list[float] = []
        self.wrong_s = 0.0
        """How far the machine's clock is ahead of the vendor's."""

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.at + self.wrong_s, lambda: self.at, self.sleep)

    def sleep(self, seconds: float) -> None:
        assert seconds >= 0
        self.slept.append(seconds)
        self.at += seconds

    def iso(self, at: float | None = None) -> str:
        moment = datetime.fromtimestamp(self.at if at is None else at, UTC)
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass
class Said:
    n: int
    who: str
    text: str
    at: int
    public: bool = True


@dataclass
class Ticket:
    id: int
    title: str
    company: tuple[int, str] | None
    email: str
    name: str
    created: int
    updated: int
    status: str = "open"
    said: list[Said] = field(default_factory=list)
    deleted: bool = False
    merged_into: int | None = None

    @property
    def is_live(self) -> bool:
        return not self.deleted and self.merged_into is None


class World:
    """Tickets by id, and everything that can happen to one."""

    def __init__(self, time: Time | None = None) -> None:
        self.time = time or Time()
        self.tickets: dict[int, Ticket] = {}
        self._n = 0

    def open(self, text: str = "検索が遅いです", title: str = "", company: bool = True) -> Ticket:
        key = len(self.tickets) + 1
        now = int(self.time.at)
        name = (100 + key % 3, f"会社{key % 3}") if company else None
        ticket = Ticket(
            key, title or f"件名 {key}", name, f"c{key}@shop{key % 3}.example", f"客 {key}", now, now
        )
        self.tickets[key] = ticket
        self._say(ticket, "customer", text)
        return ticket

    def reply(self, key: int, text: str, who: str = "agent", public: bool = True) -> None:
        self._say(self.tickets[key], who, text, public)

    def retitle(self, key: int, title: str) -> None:
        self.tickets[key].title = title
        self._touch(self.tickets[key])

    def solve(self, key: int) -> None:
        self.tickets[key].status = "solved"
        self._touch(self.tickets[key])

    def delete(self, key: int) -> None:
        self.tickets[key].deleted = True
        self._touch(self.tickets[key])

    def restore(self, key: int) -> None:
        self.tickets[key].deleted = False
        self._touch(self.tickets[key])

    def merge(self, loser: int, winner: int) -> None:
        old, new = self.tickets[loser], self.tickets[winner]
        self._say(
            old, "agent", f'This request was closed and merged into request #{winner} "{new.title}".', False
        )
        self._say(
            new, "agent", f'Request #{loser} "{old.title}" was closed and merged into this request.', False
        )
        old.merged_into, old.status = winner, "closed"

    def live(self) -> list[int]:
        return [key for key, ticket in self.tickets.items() if ticket.is_live]

    def truth(self) -> dict[str, tuple[str, list[tuple[str, str]]]]:
        """What the ledger should hold: title and public turns by id; what was merged is its winner's."""
        return {str(key): (self.tickets[key].title, self.turns(key)) for key in self.live()}

    def turns(self, key: int) -> list[tuple[str, str]]:
        said = [one for part in self._family(key) for one in part.said if one.public]
        return [(one.who, one.text) for one in sorted(said, key=lambda one: (one.at, one.n))]

    def _family(self, key: int) -> list[Ticket]:
        merged = [k for k, ticket in self.tickets.items() if ticket.merged_into == key and not ticket.deleted]
        return [self.tickets[key], *(part for loser in merged for part in self._family(loser))]

    def _say(self, ticket: Ticket, who: str, text: str, public: bool = True) -> None:
        self._n += 1
        ticket.said.append(Said(self._n, who, text, int(self.time.at), public))
        self._touch(ticket)

    def _touch(self, ticket: Ticket) -> None:
        ticket.updated = int(self.time.at)
