"""What can be set: `KOE_…` variables first, then `koe.toml` in the workspace, then the defaults."""

import re
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from koe.errors import SetupError
from koe.home import DEFAULT_HOME, home_of
from koe.language.text import Language
from koe.settings.channels import ChannelSettings
from koe.settings.models import ModelSettings
from koe.settings.sources import CSV_FIELDS, AnySource, CsvMap, DateOrder, SourceSettings, StageOutcome
from koe.settings.website import WebsiteSettings

__all__ = ["CSV_FIELDS", "CsvMap", "Settings", "SourceSettings", "load_settings", "show_settings"]

HIDDEN = "**********"
_SECRET = re.compile(r"(?:^|_)(?:key|token|secret|password)s?$")
_USERINFO = re.compile(r"(://)[^/\s@]+@")
_SAYS = {
    "extra_forbidden": "there is no such setting",
    "missing": "it is needed and not there",
    "literal_error": "it has to be {expected}",
    "float_parsing": "it has to be a number",
    "int_parsing": "it has to be a whole number",
    "bool_parsing": "it has to be true or false",
    "greater_than_equal": "it has to be {ge} or more",
    "less_than_equal": "it has to be {le} or less",
    "union_tag_not_found": "its type is missing",
    "union_tag_invalid": "no such type; there are {expected_tags}",
}
"""What to say by pydantic's type of an error; its own words where there is none."""


class Settings(ModelSettings):
    """The settings of one workspace."""

    model_config = SettingsConfigDict(
        env_prefix="KOE_", env_nested_delimiter="__", extra="forbid", frozen=True, hide_input_in_errors=True
    )

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
    date_order: DateOrder | None = None
    """What stands first in dates such as 3/4/2026 or 26/4/13, where their column does not tell."""
    outcomes: dict[str, StageOutcome] = Field(default_factory=dict)
    """What stages of deals mean that koe does not know, or knows otherwise."""
    dask: str | None = None
    """Address of a Dask scheduler that takes the batches; without it threads of this process."""
    batch_size: int = Field(default=200, ge=1, le=5000)
    """Conversations per task of the flow."""
    sources: dict[str, AnySource] = Field(default_factory=dict)
    """Configured sources by name."""
    channels: dict[str, ChannelSettings] = Field(default_factory=dict)
    """Configured channels by name."""
    website: WebsiteSettings | None = None
    """The company's own website; without it reports say nothing of it."""

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
    folder = home_of(home)

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
        raise SetupError(_what_is_wrong(error.errors()[0], folder / "koe.toml")) from None
    except ValueError as error:
        raise SetupError(f"{folder / 'koe.toml'} is not valid TOML: {error}.") from None


def show_settings(settings: Settings) -> dict[str, object]:
    """Every setting as plain values, secrets masked."""
    return {name: _masked(name, value) for name, value in settings.model_dump(mode="json").items()}


def _masked(name: str, value: object) -> object:
    """The value without a password in an address, and without what a name such as `api_key` stands for."""
    if isinstance(value, dict):
        return {key: _masked(str(key), one) for key, one in value.items()}
    if not isinstance(value, str) or name.endswith("_env"):
        return value
    return HIDDEN if _SECRET.search(name) and value else _USERINFO.sub(rf"\1{HIDDEN}@", value)


def _what_is_wrong(first: ErrorDetails, file: Path) -> str:
    """Which setting does not fit, why, and where it is mended."""
    kind, place = first["type"], first["loc"]
    name = ".".join(str(part) for n, part in enumerate(place) if not (n == 2 and _is_tag(place)))
    own = first["msg"].removeprefix("Value error, ")
    says = _SAYS[kind].format(**first.get("ctx", {})) if kind in _SAYS else own
    variable = "" if "." in name else f" or in KOE_{name.upper()}"
    return f"Setting {name!r} does not fit: {says}. Mend it in {file}{variable}."


def _is_tag(place: tuple[int | str, ...]) -> bool:
    """Whether the third part of a place is the type of a source or channel, which nobody wrote there."""
    return len(place) > 3 and place[0] in ("sources", "channels")
