"""What can be set of the company's own website in `koe.toml`."""

from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

__all__ = ["WebsiteSettings"]


class WebsiteSettings(BaseModel):
    """The company's own site, so that reports can say which words and answers it lacks."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sitemap: str | None = None
    """Address of the sitemap, such as `https://www.example.co.jp/sitemap.xml`."""
    folder: Path | None = None
    """Or a folder with its pages as Markdown, text or HTML."""
    private: bool = False
    """The site stands on our own network: inside addresses and other ports are allowed."""
    max_pages: int = Field(default=500, ge=1, le=20_000)

    @model_validator(mode="after")
    def _one_place(self) -> Self:
        if (self.sitemap is None) == (self.folder is None):
            raise ValueError("name either a sitemap or a folder")
        return self
