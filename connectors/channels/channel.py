"""What a channel is, and the configured ones."""

from typing import NamedTuple, Protocol

from koe.editions.shape import EditionName, Letter
from koe.errors import SetupError
from koe.settings import Settings

__all__ = ["Channel", "Opened", "open_channel", "open_channels"]


class Channel(Protocol):
    """Where letters go."""

    name: str
    editions: tuple[EditionName, ...]
    follows: bool
    """A later revision of a week takes the place of the one that went out; otherwise the first one stays."""

    def deliver(self, letter: Letter, receipt: str | None) -> str:
        """The receipt of this letter, now delivered; `receipt` is that of the revision it replaces, or None.

        Raises RetryError when the channel is down or did not answer, SetupError when it will not take it.
        """
        ...

    def recover(self, letter: Letter) -> str | None:
        """The receipt of a try of this edition and week that was cut off and yet got through, else None.

        Raises SkipError when nobody can tell; it is not sent twice then.
        """
        ...


class Opened(NamedTuple):
    """The channels that can be used, and one line on each that cannot."""

    channels: list[Channel]
    wrong: list[str]


def open_channels(settings: Settings) -> Opened:
    """Every configured channel, by name; one that is set up wrongly does not stop the others."""
    opened = Opened([], [])
    for name in sorted(settings.channels):
        try:
            opened.channels.append(open_channel(name, settings))
        except SetupError as error:
            opened.wrong.append(str(error))
    return opened


def open_channel(name: str, settings: Settings) -> Channel:
    """The configured channel of that name. Raises SetupError when there is none."""
    if name not in settings.channels:
        known = ", ".join(sorted(settings.channels)) or "none"
        raise SetupError(
            f"No channel {name!r} is set up (there are: {known}). Add [channels.{name}] to koe.toml."
        )
    one = settings.channels[name]
    if one.type == "slack":
        from connectors.channels.slack import SlackChannel

        return SlackChannel(name, one)
    if one.type == "mail":
        from connectors.channels.smtp import MailChannel

        return MailChannel(name, one)
    if one.type == "webhook":
        from connectors.channels.webhook import WebhookChannel

        return WebhookChannel(name, one)
    from connectors.channels.folder import FolderChannel

    is_own = not one.path.expanduser().is_absolute()
    placed = one.model_copy(update={"path": settings.home / one.path.expanduser()})
    return FolderChannel(name, placed, makes_folder=is_own)
