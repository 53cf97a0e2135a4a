"""What can be set of a channel in `koe.toml`: where facts go, and which editions."""

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from koe.editions.shape import EditionName
from koe.errors import SetupError

__all__ = [
    "ChannelSettings",
    "FolderSettings",
    "MailSettings",
    "SlackSettings",
    "WebhookSettings",
    "secret_of",
]


class _Channel(BaseModel):
    """What every channel has."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    editions: tuple[EditionName, ...] = ("management",)
    """Who it is for; each edition is a message of its own."""


class SlackSettings(_Channel):
    """A Slack channel; the app needs `chat:write`, and `channels:history` to be sure after a crash."""

    type: Literal["slack"]
    channel: str
    """Id of the channel, such as `C0123456789`."""
    token: SecretStr | None = None
    token_env: str = "SLACK_BOT_TOKEN"
    """Variable that holds the bot token."""
    base_url: str = "https://slack.com/api/"


class MailSettings(_Channel):
    """An SMTP server and who gets the mail."""

    type: Literal["mail"]
    host: str
    port: int = Field(default=587, ge=1, le=65535)
    tls: Literal["starttls", "ssl", "none"] = "starttls"
    """`none` is for a server on this machine only."""
    user: str | None = None
    password: SecretStr | None = None
    password_env: str = "KOE_SMTP_PASSWORD"
    """Variable that holds the password."""
    sender: str
    to: tuple[str, ...] = Field(min_length=1)


class FolderSettings(_Channel):
    """A folder, such as a file share."""

    type: Literal["folder"]
    path: Path


class WebhookSettings(_Channel):
    """An address of your own that takes signed JSON."""

    type: Literal["webhook"]
    url: str
    secret: SecretStr | None = None
    secret_env: str = "KOE_WEBHOOK_SECRET"
    """Variable that holds the secret of the signature."""


ChannelSettings = Annotated[
    SlackSettings | MailSettings | FolderSettings | WebhookSettings, Field(discriminator="type")
]


def secret_of(given: SecretStr | None, variable: str, channel: str) -> str:
    """The secret of a channel: from the settings, else from its variable.

    Raises SetupError when neither has it.
    """
    value = given.get_secret_value() if given is not None else os.environ.get(variable, "")
    if not value:
        raise SetupError(f"Channel {channel!r} has no secret. Set the variable {variable}.")
    return value
