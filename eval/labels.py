"""A labelled set on disk, and a workspace that koe has read it into.

A set is a folder with the truth (`findings.jsonl`, and whichever of `themes.json`, `weeks.json`,
`keywords.json`, `questions.json`, `pii.jsonl` it has). The conversations lie in it or in its folder
`records`. A `koe.toml` beside them may say `timezone`, `language`, `agents` and `keep`.
"""

import json
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import SecretStr

from connectors import folder_source
from koe.engine import pick_engine
from koe.errors import SetupError
from koe.language.text import Language, language_of
from koe.ledger.intake import pull
from koe.records import Record
from koe.settings import Settings
from koe.street import walk, weeks_with_data
from koe.workspace import Workspace, open_workspace

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "sample"
TRUTH = ROOT / "eval" / "sample_ja"
KEY = SecretStr("eval")
"""Pseudonyms are the same in every reading, so that what is written out can be compared."""
OPTIONS = ("timezone", "language", "agents", "keep")
FILES = ("tickets.jsonl", "calls.jsonl", "deals.jsonl")


class LabelledSet(Record):
    """A folder of truth with the folder of its conversations."""

    name: str
    truth: Path
    records: Path
    language: Language
    """Language of its reports."""
    timezone: str = "Asia/Tokyo"
    agents: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()

    def settings(self, model: str | None = None) -> Settings:
        """The settings it is read with, whatever the environment says."""
        return Settings(
            language=self.language,
            timezone=self.timezone,
            agents=self.agents,
            keep=self.keep,
            model=model,
            pseudonym_key=KEY,
            ledger_url=None,
            chroma_url=None,
            account_names="readable",
        )

    def lines(self, name: str) -> list[dict[str, Any]]:
        """The objects of one of its JSON-lines files; empty when it has none of that name."""
        path = self.truth / name
        return read_lines(path) if path.exists() else []

    def value(self, name: str, otherwise: Any) -> Any:
        """The value of one of its JSON files, else `otherwise`."""
        path = self.truth / name
        return read_json(path) if path.exists() else otherwise


def open_set(folder: Path) -> LabelledSet:
    """The set in a folder. Raises SetupError when it has no truth or no conversations."""
    if not (folder / "findings.jsonl").exists():
        raise SetupError(f"{str(folder)!r} is no labelled set: it has no findings.jsonl. See eval/README.md.")
    records = _records_of(folder)
    path = folder / "koe.toml"
    said = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
    options = {name: said[name] for name in OPTIONS if name in said}
    language = options.pop("language", None) or _language_in(records)
    return LabelledSet(
        name=folder.resolve().name, truth=folder, records=records, language=language, **options
    )


def _records_of(folder: Path) -> Path:
    places = [folder, folder / "records"]
    if folder.resolve() == TRUTH.resolve():
        places.append(SAMPLE)
    for place in places:
        if any((place / name).exists() for name in FILES[:2]):
            return place
    raise SetupError(f"{str(folder)!r} has no tickets.jsonl or calls.jsonl, in it or in its folder records.")


def _language_in(records: Path) -> Language:
    said = [
        turn["text"]
        for name in FILES[:2]
        if (records / name).exists()
        for row in read_lines(records / name)
        for turn in row["turns"]
    ]
    english = sum(language_of(text) == "en" for text in said)
    return "en" if 2 * english > len(said) else "ja"


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON-lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def read_json(path: Path) -> Any:
    """The value of a JSON file."""
    return json.loads(path.read_text("utf-8"))


@contextmanager
def read_workspace(folder: Path = SAMPLE, settings: Settings | None = None) -> Iterator[Workspace]:
    """A throw-away workspace in which koe has read the folder and published every week."""
    with (
        TemporaryDirectory(prefix="koe-eval-") as place,
        workspace_of(Path(place), settings or Settings(pseudonym_key=KEY)) as ws,
    ):
        pull(ws, folder_source(_records_alone(folder, Path(place) / "records"), ws.settings))
        walk(ws, pick_engine(ws), weeks_with_data(ws))
        yield ws


def _records_alone(folder: Path, place: Path) -> Path:
    """The conversations and deals of a folder without its truth, which is no record of a customer."""
    place.mkdir()
    for name in FILES:
        if (folder / name).exists():
            copyfile(folder / name, place / name)
    return place


@contextmanager
def workspace_of(place: Path, settings: Settings) -> Iterator[Workspace]:
    """An empty workspace in a folder, with the settings given but for their home."""
    ws = open_workspace(settings.model_copy(update={"home": place / "koe"}))
    try:
        yield ws
    finally:
        ws.close()
