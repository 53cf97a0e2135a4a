"""What a vendor's file is given to open a source, and what its checks have in common."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any, Generic, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from connectors.http.asking import Ask, Site
from connectors.http.auth import OAuth
from connectors.http.client import Client
from connectors.http.limits import Clock
from connectors.http.vendor import Health
from koe.errors import KoeError
from koe.settings.sources import VendorSettings

S = TypeVar("S", bound=VendorSettings)
FIRST_PULL = timedelta(days=365)
WRONG_CLOCK_S = 120.0


class Opening(NamedTuple, Generic[S]):
    """A source that is to be opened."""

    name: str
    settings: S
    zone: ZoneInfo
    home: Path
    """The workspace, where renewed tokens are kept."""
    clock: Clock
    agents: tuple[str, ...] = ()
    """Names of our own people."""

    @property
    def token_file(self) -> Path:
        """Where a refresh token is kept that the vendor has replaced."""
        return self.home / "tokens" / f"{self.name}.json"

    def start(self, client: Client) -> datetime:
        """Where the first pull begins."""
        if self.settings.since is None:
            return client.now() - FIRST_PULL
        return datetime.combine(self.settings.since, time(), self.zone).astimezone(UTC)


def granted(opening: Opening[Any], site: Site, path: str, form: Mapping[str, str]) -> OAuth:
    """A token by the grant of this form, asked for at a path of the site."""
    asker = Client(site, opening.clock)
    return OAuth(
        form, lambda sent: asker.ask(Ask("POST", path, form=sent)).body, opening.token_file, opening.clock
    )


def tried(name: str, does: Callable[[], str]) -> Health:
    """What came of trying something at a vendor: what it says, or the error's line."""
    try:
        return Health(name, True, does())
    except KoeError as error:
        return Health(name, False, str(error))


def checked(client: Client, who: Callable[[], str], newest: Callable[[], str]) -> Iterator[Health]:
    """The checks every source has: who we are there, the clock, and the newest record it shows us."""
    identity = tried("sign-in", who)
    yield identity
    if identity.ok:
        yield _clock(client)
        yield tried("newest record", newest)


def _clock(client: Client) -> Health:
    ahead = client.offset_s
    if abs(ahead) <= WRONG_CLOCK_S:
        return Health("clock", True, "agrees with the vendor's")
    way = "behind" if ahead > 0 else "ahead of"
    says = f"this machine is {abs(ahead) / 60:.0f} minutes {way} the vendor. Set its clock (NTP)."
    return Health("clock", False, says)
