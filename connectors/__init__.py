"""Sources that records come from, and channels that facts go to."""

from pathlib import Path

from connectors.base import Source
from koe.errors import SetupError
from koe.settings import Settings, SourceSettings

__all__ = ["folder_source", "open_source"]


def open_source(name: str, settings: Settings) -> Source:
    """The source that `koe.toml` calls `name`. Raises SetupError when there is none."""
    from connectors.files import FilesSource

    configured = settings.sources.get(name)
    if configured is None:
        known = ", ".join(sorted(settings.sources)) or "none"
        raise SetupError(
            f"No source is called {name!r}; configured: {known}. Add [sources.{name}] to koe.toml."
        )
    return FilesSource(name, configured, settings.zone)


def folder_source(folder: Path, settings: Settings) -> Source:
    """A source over a folder that no setting names. Raises SetupError when it is no folder."""
    from connectors.files import FilesSource

    if not folder.is_dir():
        raise SetupError(
            f"{str(folder)!r} is not a folder. Name one that holds tickets.jsonl, calls.jsonl or CSV."
        )
    return FilesSource("files", SourceSettings(path=folder), settings.zone)
