"""Sources that records come from, and channels that facts go to."""

import hashlib
import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from connectors.base import Source
from koe.errors import SetupError
from koe.settings import Settings, SourceSettings
from koe.settings.sources import VendorSettings

if TYPE_CHECKING:
    from connectors.http.limits import Clock
    from connectors.http.vendor import VendorSource

__all__ = ["folder_source", "open_source", "vendor_source"]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")


def open_source(name: str, settings: Settings) -> Source:
    """The configured source of that name. Raises SetupError when there is none."""
    from connectors.files.source import FilesSource, of_files

    if name not in settings.sources:
        known = ", ".join(sorted(settings.sources)) or "none"
        raise SetupError(
            f"No source {name!r} is set up (there are: {known}). Add [sources.{name}] to koe.toml."
        )
    if not _NAME.fullmatch(name):
        raise SetupError(f"{name!r} cannot name a source. Use letters, digits, '-', '_' and '.'.")
    source = settings.sources[name]
    if isinstance(source, VendorSettings):
        return vendor_source(name, settings)
    return FilesSource(name, of_files(source, settings), settings.zone, agents=settings.agents)


def vendor_source(name: str, settings: Settings, clock: "Clock | None" = None) -> "VendorSource":
    """The configured source of that name, which is asked over HTTP; `vendors/<type>.py` knows how.

    Raises SetupError when a secret is not set, or the source is none of these.
    """
    from connectors.http.limits import Clock
    from connectors.http.opening import Opening
    from connectors.http.vendor import VendorSource

    source = settings.sources[name]
    if not isinstance(source, VendorSettings):
        raise SetupError(f"The source {name!r} is a folder; it is read with koe pull {name}.")
    opening = Opening(name, source, settings.zone, settings.home, clock or Clock(), settings.agents)
    try:
        vendor = import_module(f"connectors.vendors.{source.type}").open_vendor(opening)
    except SetupError as error:
        raise SetupError(f"{name}: {error}") from None
    return VendorSource(name, vendor, settings.zone, source.trust_deletes)


def folder_source(folder: Path, settings: Settings) -> Source:
    """A folder named by hand, as the source `files`.

    Several folders pulled this way add up: a folder only withdraws what it gave itself. So that moving
    a folder changes no id, its path is kept apart from the source's name.
    """
    from connectors.files.source import FilesSource, of_files

    path = folder.expanduser().resolve()
    mark = hashlib.sha256(str(path).encode()).hexdigest()[:8]
    return FilesSource(
        "files", of_files(SourceSettings(path=path), settings), settings.zone, mark, settings.agents
    )
