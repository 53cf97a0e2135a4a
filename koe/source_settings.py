"""What can be set of a source in `koe.toml`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

from koe.vendor_settings import (
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
    "FreshdeskSettings",
    "IntercomSettings",
    "JiraSettings",
    "KintoneSettings",
    "SourceSettings",
    "VendorSettings",
    "ZendeskSettings",
]

_ACCOUNT = {"id", "account_id", "account_name"}
_TALK = {"created_at", "updated_at", "contact", "title", "status", "tags", "deal_id"}
_TURN = {"speaker", "name", "at", "text"}
_DEAL = {"name", "owner", "industry", "stage", "outcome", "amount", "currency", "closed_at", "loss_reason"}
CSV_FIELDS = {
    "tickets": _ACCOUNT | _TALK | _TURN,
    "calls": _ACCOUNT | _TALK | _TURN,
    "deals": _ACCOUNT | _DEAL,
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
    outcomes: dict[str, Literal["won", "lost", "open"]] = Field(default_factory=dict)
    """Outcome by what its column says, beside 受注, 失注 and 商談中."""
    encoding: str | None = None
    """Only where it cannot be told from the file."""

    @model_validator(mode="after")
    def _known_columns(self) -> Self:
        unknown = sorted(set(self.columns) - CSV_FIELDS[self.records])
        if unknown:
            known = ", ".join(sorted(CSV_FIELDS[self.records]))
            raise ValueError(f"{self.records} have no field {unknown[0]!r}; known are {known}")
        needed = ("id", "outcome") if self.records == "deals" else ("id", "text")
        missing = [name for name in needed if name not in self.columns]
        if missing:
            raise ValueError(f"a map of {self.records} needs a column for {missing[0]!r}")
        if not self.columns.keys() & {"account_id", "account_name"}:
            raise ValueError("a map needs a column for 'account_id' or 'account_name'")
        if self.records != "deals" and not self.columns.keys() & {"created_at", "at"}:
            raise ValueError(f"a map of {self.records} needs a column for 'created_at' or 'at'")
        return self


class SourceSettings(BaseModel):
    """One configured source."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: Literal["files"] = "files"
    path: Path
    csv: tuple[CsvMap, ...] = ()


def _type_of(value: object) -> str:
    found = value.get("type", "files") if isinstance(value, Mapping) else getattr(value, "type", "files")
    return str(found)


AnySource = Annotated[
    Annotated[SourceSettings, Tag("files")]
    | Annotated[ZendeskSettings, Tag("zendesk")]
    | Annotated[IntercomSettings, Tag("intercom")]
    | Annotated[FreshdeskSettings, Tag("freshdesk")]
    | Annotated[JiraSettings, Tag("jira")]
    | Annotated[KintoneSettings, Tag("kintone")],
    Discriminator(
        _type_of,
        custom_error_type="source_type",
        custom_error_message="its type is unknown; known are files, freshdesk, intercom, jira, kintone, zendesk",
    ),
]
"""Settings of one source, told apart by `type`; without one it is a folder of files."""
