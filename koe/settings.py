"""What can be set: `KOE_…` variables first, then `koe.toml` in the workspace, then the defaults."""

import os
from pathlib import Path
from typing import Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from koe.errors import SetupError
from koe.text import Language

DEFAULT_HOME = Path(".koe")
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


class Settings(BaseSettings):
    """The settings of one workspace."""

    model_config = SettingsConfigDict(env_prefix="KOE_", extra="forbid", frozen=True)

    home: Path = DEFAULT_HOME
    """The workspace folder."""
    timezone: str = "Asia/Tokyo"
    """Whose Monday 00:00 starts a week."""
    language: Language = "ja"
    """Language of reports and answers."""
    ledger_url: SecretStr | None = None
    """PostgreSQL URL; without it a SQLite file in the workspace."""
    chroma_url: str | None = None
    """URL of a Chroma server; without it an embedded store in the workspace."""
    pseudonym_key: SecretStr | None = None
    """Key of the pseudonyms; without it one is made in the workspace."""
    account_names: Literal["readable", "pseudonym"] = "readable"
    """Whether reports and quotes may show the names of customer companies."""
    agents: tuple[str, ...] = ()
    """Names of our own people, masked wherever they appear."""
    keep: tuple[str, ...] = ()
    """Words that are never masked: product names that look like persons."""
    model: str | None = None
    """`provider:name` of an LLM; without it the offline engine reads."""
    max_usd: float | None = Field(default=None, ge=0)
    """The most that engines may cost in an ISO week; without it there is no wall."""
    dask: str | None = None
    """Address of a Dask scheduler that takes the batches; without it threads of this process."""
    batch_size: int = Field(default=200, ge=1, le=5000)
    """Conversations per task of the flow."""
    sources: dict[str, SourceSettings] = Field(default_factory=dict)
    """Configured sources by name."""

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError):
            raise ValueError(f"{value!r} is no time zone; write it like 'Asia/Tokyo'") from None
        return value

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that weeks are counted in."""
        return ZoneInfo(self.timezone)

    @property
    def url(self) -> str:
        """The ledger's SQLAlchemy URL, password included."""
        if self.ledger_url is not None:
            return self.ledger_url.get_secret_value()
        return f"sqlite:///{(self.home / 'ledger.db').resolve()}"


def load_settings(home: Path | None = None) -> Settings:
    """The settings of the workspace `home`, else `$KOE_HOME`, else `./.koe`.

    Raises SetupError naming the first value that does not fit.
    """
    folder = home or Path(os.environ.get("KOE_HOME") or DEFAULT_HOME)

    class _FromFolder(Settings):
        @classmethod
        def settings_customise_sources(
            cls,
            settings_cls: type[BaseSettings],
            init_settings: PydanticBaseSettingsSource,
            env_settings: PydanticBaseSettingsSource,
            dotenv_settings: PydanticBaseSettingsSource,
            file_secret_settings: PydanticBaseSettingsSource,
        ) -> tuple[PydanticBaseSettingsSource, ...]:
            toml = TomlConfigSettingsSource(settings_cls, folder / "koe.toml")
            return init_settings, env_settings, toml

    try:
        return _FromFolder(home=folder)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        variable = "" if "." in name else f" or in KOE_{name.upper()}"
        raise SetupError(
            f"Setting {name!r} does not fit: {first['msg'].removeprefix('Value error, ')}. "
            f"Mend it in {folder / 'koe.toml'}{variable}."
        ) from None
    except ValueError as error:
        raise SetupError(f"{folder / 'koe.toml'} is not valid TOML: {error}.") from None


def show_settings(settings: Settings) -> dict[str, object]:
    """Every setting as plain values, secrets masked."""
    return settings.model_dump(mode="json")
