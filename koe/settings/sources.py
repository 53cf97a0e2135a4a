"""What can be set of a source in `koe.toml`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

from koe.settings.sales import GongSettings, HubspotSettings, SalesforceSettings, ZoomSettings
from koe.settings.vendors import (
    FreshdeskSettings,
    IntercomSettings,
    JiraSettings,
    KintoneSettings,
    VendorSettings,
    ZendeskSettings,
)

__all__ = [
    "CSV_FIELDS",
    "AnySource",
    "CsvMap",
    "DateOrder",
    "FreshdeskSettings",
    "GongSettings",
    "HubspotSettings",
    "IntercomSettings",
    "JiraSettings",
    "KintoneSettings",
    "SalesforceSettings",
    "SourceSettings",
    "StageOutcome",
    "TalkSettings",
    "VendorSettings",
    "ZendeskSettings",
    "ZoomSettings",
]

StageOutcome = Literal["won", "lost", "open"]
DateOrder = Literal["ymd", "mdy", "dmy"]
_ACCOUNT = {"id", "account_id", "account_name"}
_TALK = {"email", "created_at", "updated_at", "contact", "surname", "title", "status", "tags", "deal_id"}
_TURN = {"speaker", "name", "at", "text", "answer"}
_DEAL = {"name", "owner", "industry", "stage", "outcome", "amount", "currency", "loss_reason"}
_DEAL_TIMES = {"opened_at", "closed_at", "lost_at"}
CSV_FIELDS = {
    "tickets": _ACCOUNT | _TALK | _TURN,
    "calls": _ACCOUNT | _TALK | _TURN,
    "deals": _ACCOUNT | _DEAL | _DEAL_TIMES,
}
"""What a column of a CSV file can be."""


class CsvMap(BaseModel):
    """How the columns of one CSV file become a record's fields: field name → column header."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    """The file, inside the source's folder."""
    records: Literal["tickets", "calls", "deals"]
    columns: dict[str, str]
    speaker: Literal["customer", "agent"] = "customer"
    """Who speaks where no column says so."""
    speakers: dict[str, Literal["customer", "agent", "other"]] = Field(default_factory=dict)
    """Role by what the speaker column says; `"*"` is everybody else."""
    outcomes: dict[str, StageOutcome] = Field(default_factory=dict)
    """Outcome by what its column says, before the settings of that name."""
    encoding: str | None = None
    """Only where it cannot be told from the file."""
    sheet: str | None = None
    """The sheet of a workbook; without it the first visible one that has the columns."""
    dates: DateOrder | None = None
    """What stands first in dates such as 3/4/2026 or 26/4/13, where their column does not tell."""

    @model_validator(mode="after")
    def _known_columns(self) -> Self:
        unknown = sorted(set(self.columns) - CSV_FIELDS[self.records])
        if unknown:
            known = ", ".join(sorted(CSV_FIELDS[self.records]))
            raise ValueError(f"{self.records} have no field {unknown[0]!r}; known are {known}")
        is_by_row = self.records == "tickets" and "speaker" not in self.columns
        needed = ("text",) if is_by_row else ("id", "text")
        if self.records == "deals":
            needed = ("outcome",) if "name" in self.columns else ("id", "outcome")
        missing = [name for name in needed if name not in self.columns]
        if missing:
            raise ValueError(f"a map of {self.records} needs a column for {missing[0]!r}")
        if not self.columns.keys() & (
            {"account_id", "account_name"} | ({"email"} & CSV_FIELDS[self.records])
        ):
            raise ValueError("a map needs a column for 'account_id' or 'account_name'")
        if self.records != "deals" and not self.columns.keys() & {"created_at", "at"}:
            raise ValueError(f"a map of {self.records} needs a column for 'created_at' or 'at'")
        return self


class TalkSettings(BaseModel):
    """Who is who in transcripts and mails, and what a file's name says of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    agents: tuple[str, ...] = ()
    """Names of our own people as transcripts show them, beside the setting `agents`."""
    customers: tuple[str, ...] = ()
    """Names, or parts of names, of those who speak for customers."""
    speakers: dict[str, Literal["customer", "agent", "other"]] = Field(default_factory=dict)
    """Role by exactly what a transcript calls a speaker; `"*"` is everybody else."""
    domains: tuple[str, ...] = ()
    """Our own mail domains: who writes from there is an agent."""
    names: str = "{date}_{account}_{title}"
    """What a transcript's file name says: `date`, `time`, `account`, `title`, `deal`, `id`, `skip`."""
    accounts: dict[str, str] = Field(default_factory=dict)
    """Names of customers by their mail domain."""
    account: str | None = None
    """The customer of transcripts of which neither their name nor a list says it."""


class SourceSettings(BaseModel):
    """One configured folder of files."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Literal["files"] = "files"
    path: Path
    csv: tuple[CsvMap, ...] = ()
    outcomes: dict[str, StageOutcome] = Field(default_factory=dict)
    """What stages of deals mean, before the setting of that name."""
    date_order: DateOrder | None = None
    """What stands first in dates such as 3/4/2026 or 26/4/13; else the setting of that name."""
    talk: TalkSettings = Field(default_factory=TalkSettings)


def _type_of(value: object) -> str:
    found = value.get("type", "files") if isinstance(value, Mapping) else getattr(value, "type", "files")
    return str(found)


AnySource = Annotated[
    Annotated[SourceSettings, Tag("files")]
    | Annotated[ZendeskSettings, Tag("zendesk")]
    | Annotated[IntercomSettings, Tag("intercom")]
    | Annotated[FreshdeskSettings, Tag("freshdesk")]
    | Annotated[JiraSettings, Tag("jira")]
    | Annotated[KintoneSettings, Tag("kintone")]
    | Annotated[HubspotSettings, Tag("hubspot")]
    | Annotated[SalesforceSettings, Tag("salesforce")]
    | Annotated[GongSettings, Tag("gong")]
    | Annotated[ZoomSettings, Tag("zoom")],
    Discriminator(
        _type_of,
        custom_error_type="source_type",
        custom_error_message="no such type; there are files, freshdesk, gong, hubspot, intercom, jira, "
        "kintone, salesforce, zendesk, zoom",
    ),
]
"""Settings of one source, told apart by `type`; without one it is a folder of files."""
