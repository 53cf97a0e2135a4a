"""What can be set of the sources that are asked over HTTP; the files beside them: `koe.settings.sources`.

A secret is named by the variable that holds it (`token_env = "ZENDESK_TOKEN"`), or set as
`KOE_SOURCES__<NAME>__TOKEN`. It is never printed.
"""

import os
import re
from datetime import date
from typing import ClassVar, Literal, Self
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator, model_validator

from koe.errors import SetupError

__all__ = [
    "FreshdeskSettings",
    "IntercomSettings",
    "JiraSettings",
    "KintoneSettings",
    "VendorSettings",
    "ZendeskSettings",
]

_HOST_PART = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
KINTONE_FIELDS = {
    "title": "subject line",
    "text": "what the customer wrote",
    "reply": "what was answered",
    "account_id": "id of the company",
    "account_name": "name of the company",
    "contact": "the customer's name or address",
    "status": "state of the request",
    "tags": "labels",
    "created_at": "when it came in",
    "deal": "id of the deal it belongs to",
}
"""What a field of a kintone app can be."""


class VendorSettings(BaseModel):
    """What every source over HTTP has."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    secrets: ClassVar[tuple[str, ...]] = ("token",)
    """Fields that hold a secret; each can be named by a variable in `<field>_env`."""

    type: str
    """Names the vendor, and its file in `connectors/vendors`."""
    base_url: str = ""
    """Address of the vendor; each vendor makes it from the company's name where it is left out."""
    token: SecretStr | None = None
    token_env: str = ""
    since: date | None = None
    """The first pull begins here; by default a year back."""
    our_domains: tuple[str, ...] = ()
    """Mail domains of our own people: whoever writes from one is an agent."""
    trust_deletes: bool = False
    """Withdraw also where most of the records seem deleted, which a token that lost its rights looks like."""
    per_minute: int | None = Field(default=None, ge=1, le=100_000)
    """Requests a minute; the vendor's own figure by default."""

    @field_validator("base_url")
    @classmethod
    def _safe_address(cls, value: str) -> str:
        parts = urlsplit(value)
        is_safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
        if value and not (is_safe and parts.hostname and "@" not in parts.netloc and not parts.query):
            raise ValueError("must be an https:// address without a user and a query")
        return value.rstrip("/")

    def secret(self, field: str = "token") -> str:
        """A secret's value. Raises SetupError when neither it nor its variable is set."""
        given: SecretStr | None = getattr(self, field)
        variable: str = getattr(self, f"{field}_env")
        value = given.get_secret_value() if given is not None else os.environ.get(variable, "")
        if value.strip():
            return value.strip()
        if variable:
            raise SetupError(f"The variable {variable!r} is not set. Put the source's {field} into it.")
        raise SetupError(f'A source has no {field}. Write {field}_env = "VARIABLE" into its koe.toml part.')

    def has(self, field: str) -> bool:
        """Whether a secret is named at all."""
        return getattr(self, field) is not None or bool(getattr(self, f"{field}_env"))


def _host_part(value: str) -> str:
    if value and not _HOST_PART.fullmatch(value.lower()):
        raise ValueError("must be the part of the address before the vendor's name, such as 'acme'")
    return value.lower()


class ZendeskSettings(VendorSettings):
    """Zendesk Support: an API token with the mail address of its owner, or an OAuth client or token."""

    secrets: ClassVar[tuple[str, ...]] = ("token", "client_secret")
    type: Literal["zendesk"]
    subdomain: str = ""
    email: str = ""
    """Owner of the API token; without it the token is an OAuth access token."""
    client_id: str = ""
    client_secret: SecretStr | None = None
    client_secret_env: str = ""
    scope: str = "read"

    _subdomain = field_validator("subdomain")(_host_part)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not (self.subdomain or self.base_url):
            raise ValueError('needs subdomain = "…", the part before .zendesk.com')
        if not (self.has("token") or (self.client_id and self.has("client_secret"))):
            raise ValueError(
                "needs token_env (with email for an API token), or client_id and client_secret_env"
            )
        return self


class IntercomSettings(VendorSettings):
    """Intercom: an access token of an app of one's own workspace."""

    type: Literal["intercom"]
    region: Literal["us", "eu", "au"] = "us"

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not self.has("token"):
            raise ValueError('needs token_env = "…"')
        return self


class FreshdeskSettings(VendorSettings):
    """Freshdesk: the API key of an agent who sees all tickets."""

    type: Literal["freshdesk"]
    domain: str = ""

    _domain = field_validator("domain")(_host_part)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not (self.domain or self.base_url):
            raise ValueError('needs domain = "…", the part before .freshdesk.com')
        if not self.has("token"):
            raise ValueError('needs token_env = "…"')
        return self


class JiraSettings(VendorSettings):
    """Jira Service Management: the mail address and API token of a person who sees the projects."""

    type: Literal["jira"]
    site: str = ""
    email: str
    projects: tuple[str, ...] = Field(min_length=1)
    """Keys of the projects to read."""

    _site = field_validator("site")(_host_part)

    @field_validator("projects")
    @classmethod
    def _keys(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for key in value:
            if not re.fullmatch(r"[A-Z][A-Z0-9_]{0,99}", key):
                raise ValueError("must be project keys such as 'SUP'")
        return value

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not (self.site or self.base_url):
            raise ValueError('needs site = "…", the part before .atlassian.net')
        if not self.has("token"):
            raise ValueError('needs token_env = "…"')
        return self


class KintoneSettings(VendorSettings):
    """kintone: one app with its API token, and which of its fields is what."""

    type: Literal["kintone"]
    subdomain: str = ""
    app: int = Field(ge=1)
    fields: dict[str, str]
    """Our field → the app's field code; see `KINTONE_FIELDS`."""

    _subdomain = field_validator("subdomain")(_host_part)

    @field_validator("fields")
    @classmethod
    def _known(cls, value: dict[str, str]) -> dict[str, str]:
        if unknown := sorted(set(value) - set(KINTONE_FIELDS)):
            raise ValueError(f"{unknown[0]!r} is no field; known are {', '.join(KINTONE_FIELDS)}")
        if "text" not in value or not value.keys() & {"account_id", "account_name", "contact"}:
            raise ValueError("needs 'text' and one of 'account_id', 'account_name' and 'contact'")
        return value

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not (self.subdomain or self.base_url):
            raise ValueError('needs subdomain = "…", the part before .cybozu.com')
        if not self.has("token"):
            raise ValueError('needs token_env = "…"')
        return self
