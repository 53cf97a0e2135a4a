"""What can be set of the sources that calls and deals come from."""

import re
from typing import ClassVar, Literal, Self

from pydantic import Field, SecretStr, field_validator, model_validator

from koe.settings.vendors import VendorSettings

__all__ = ["GongSettings", "HubspotSettings", "SalesforceSettings", "ZoomSettings"]

_FIELD = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,79}")
_CURRENCY = re.compile(r"[A-Z]{3}")


def _is_field(value: str) -> str:
    if value and not _FIELD.fullmatch(value):
        raise ValueError("must be the name of a field as the vendor's API has it")
    return value


def _is_currency(value: str) -> str:
    if value and not _CURRENCY.fullmatch(value):
        raise ValueError("must be three capital letters such as 'JPY'")
    return value


class HubspotSettings(VendorSettings):
    """HubSpot: a service key (or an access token) that may read deals, companies, contacts and calls."""

    type: Literal["hubspot"]
    currency: str = ""
    """Of deals that name none."""
    loss_reason: str = "closed_lost_reason"
    """The property that says why a deal was lost."""

    _currency = field_validator("currency")(_is_currency)
    _reason = field_validator("loss_reason")(_is_field)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not self.has("token"):
            raise ValueError('needs token_env = "…"')
        return self


class SalesforceSettings(VendorSettings):
    """Salesforce: an external client app with the client credentials flow, or an access token."""

    secrets: ClassVar[tuple[str, ...]] = ("token", "client_secret")
    type: Literal["salesforce"]
    domain: str = ""
    """The part of My Domain before .my.salesforce.com."""
    client_id: str = ""
    client_secret: SecretStr | None = None
    client_secret_env: str = ""
    currency: str = ""
    """Of organizations with one currency, which their records do not name."""
    loss_reason: str = ""
    """The field of Opportunity that says why it was lost, such as Loss_Reason__c."""
    transcript: str = "Description"
    """The field of events and tasks that recorders write what was said into, such as Transcript__c."""
    leave_share: float = Field(default=0.1, ge=0, lt=1)
    """This share of the organization's daily requests is left to others."""

    _currency = field_validator("currency")(_is_currency)
    _reason = field_validator("loss_reason", "transcript")(_is_field)

    @field_validator("domain")
    @classmethod
    def _host_part(cls, value: str) -> str:
        if value and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*(\.sandbox|\.develop)?", value):
            raise ValueError("must be the part of the address before .my.salesforce.com, such as 'acme'")
        return value.lower()

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not (self.domain or self.base_url):
            raise ValueError('needs domain = "…", the part before .my.salesforce.com')
        if not (self.has("token") or (self.client_id and self.has("client_secret"))):
            raise ValueError("needs token_env, or client_id and client_secret_env")
        return self


class CallSettings(VendorSettings):
    """What sources of recorded calls have in common."""

    late_days: int = Field(default=7, ge=1, le=60)
    """So long a call is looked at again for its transcript; then it is named as one without."""
    accounts: dict[str, str] = Field(default_factory=dict)
    """Names of customers by their mail domain, where nothing else names them."""


class GongSettings(CallSettings):
    """Gong: an access key and its secret; the address is the company's own."""

    secrets: ClassVar[tuple[str, ...]] = ("token", "key_secret")
    type: Literal["gong"]
    access_key: str
    key_secret: SecretStr | None = None
    key_secret_env: str = ""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not self.base_url:
            raise ValueError('needs base_url = "https://….api.gong.io", as Gong\'s API page shows it')
        if not self.has("key_secret"):
            raise ValueError('needs key_secret_env = "…"')
        return self


class ZoomSettings(CallSettings):
    """Zoom: a server-to-server OAuth app."""

    secrets: ClassVar[tuple[str, ...]] = ("token", "client_secret")
    type: Literal["zoom"]
    account_id: str = ""
    client_id: str = ""
    client_secret: SecretStr | None = None
    client_secret_env: str = ""
    users: tuple[str, ...] = ()
    """Mail addresses of those whose recordings are read; everybody's by default."""
    participants: bool = True
    """Ask who took part, which tells the customer; needs the scope for past meetings."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if not (self.has("token") or (self.account_id and self.client_id and self.has("client_secret"))):
            raise ValueError("needs account_id, client_id and client_secret_env")
        return self
